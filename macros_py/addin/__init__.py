"""Buttons inside the spreadsheet, made on the clerk's machine: an add-in for Excel, an extension for LibreOffice."""
