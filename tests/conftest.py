"""A real spreadsheet application for the tests: LibreOffice without a window, with a profile of its own."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

# LibreOffice shows the values it finds unless it is told to calculate them anew on load (0 = always).
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""

Convert = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def soffice(tmp_path_factory) -> Convert:
    """`soffice(path, "pdf")` converts a file, its formulas calculated anew, and returns the new file.

    Where LibreOffice is not installed the test is skipped, or fails with SONGUON_REQUIRE_LIBREOFFICE=1.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing = pytest.fail if os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1" else pytest.skip
        missing("LibreOffice (soffice) is not installed")
    profile = tmp_path_factory.mktemp("libreoffice-profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, "utf-8")
    base = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]

    def convert(path: Path, kind: str) -> Path:
        into = tmp_path_factory.mktemp("converted")
        command = [*base, "--convert-to", kind, "--outdir", str(into), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        made = list(into.iterdir())
        assert made, done.stdout + done.stderr
        return made[0]

    return convert


@pytest.fixture(scope="session")
def recalculated(soffice) -> Callable[[Path], Path]:
    """`recalculated(path)` is a copy of the workbook with every formula calculated by LibreOffice."""
    return lambda path: soffice(path, "xlsx")


@pytest.fixture(scope="session")
def disagreements(recalculated) -> Callable[[Path], list[str]]:
    """`disagreements(path)` names every formula whose written value is not what LibreOffice calculates.

    Each as "Sheet!A1: written, calculated"; an error value always disagrees. Raises where there is no formula.
    """

    def compare(path: Path) -> list[str]:
        formulas, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        fresh = openpyxl.load_workbook(recalculated(path), data_only=True)
        places = [
            (sheet.title, cell.coordinate)
            for sheet in formulas
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        assert places, "there is no formula to compare"
        told = ((place, cached[place[0]][place[1]].value, fresh[place[0]][place[1]].value) for place in places)
        return [f"{sheet}!{cell}: {was!r}, {now!r}" for (sheet, cell), was, now in told if not _same(was, now)]

    return compare


def _same(written: object, calculated: object) -> bool:
    if isinstance(written, int | float) and isinstance(calculated, int | float):
        return written == pytest.approx(calculated, abs=1e-9)
    return written == calculated and not str(calculated).startswith("#")
