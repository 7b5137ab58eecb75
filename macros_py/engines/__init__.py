"""Spreadsheet applications that xlwings does not know by itself; `libreoffice` is the door."""
