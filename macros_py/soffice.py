"""The program of LibreOffice that is installed here."""

import os
import shutil
from pathlib import Path

#: Where it stands though it is on no search path.
_ELSEWHERE = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path(os.environ.get("PROGRAMFILES", "C:/Program Files")) / "LibreOffice" / "program" / "soffice.exe",
)


def program() -> str | None:
    """What starts it; None where there is none."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((str(place) for place in _ELSEWHERE if place.exists()), None)
