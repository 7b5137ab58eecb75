"""Where a link inside the workbook leads: "#'Sheet'!A1" for Excel, "#'Sheet'.A1" for LibreOffice."""

import re

_CELLS = r"(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)$"


def excel_target(target: str) -> str:
    """The target as Excel writes it; an address on the web is left alone."""
    return re.sub(rf"^(#.*)\.{_CELLS}", r"\1!\2", target)


def office_target(target: str) -> str:
    """The target as LibreOffice follows it; an address on the web is left alone."""
    return re.sub(rf"^(#.*)!{_CELLS}", r"\1.\2", target)
