"""A real mouse on the real toolbar: the extension in a LibreOffice with a window, on a screen nobody sees.

The stage and the register are those of the pictures in `docs/pictures`.
"""

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from macros_py.clock import today
from macros_py.engines.bridge import load_uno
from macros_py.engines.libreoffice import OfficeError
from macros_py.ledger import NAME as JOURNAL
from workbook.phrases import phrase

pytestmark = pytest.mark.libreoffice

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
ERROR, QUERY, NOTE = (255, 199, 206), (255, 235, 156), (221, 235, 247)


@pytest.fixture(scope="module")
def pictures() -> Iterator[tuple[ModuleType, ModuleType]]:
    """The modules `stage` and `register`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PICTURES)
        yield importlib.import_module("stage"), importlib.import_module("register")


@pytest.fixture(scope="module")
def on(pictures, tmp_path_factory) -> Iterator[Any]:
    """A stage; skipped where a program of it is not installed, or failed with SONGUON_REQUIRE_LIBREOFFICE=1."""
    lacking = [program for program in pictures[0].PROGRAMS if shutil.which(program) is None]
    try:
        load_uno()
    except OfficeError as error:
        lacking.append(str(error))
    if lacking:
        required = os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1"
        (pytest.fail if required else pytest.skip)(f"for a real click there is lacking: {', '.join(lacking)}")
    with pictures[0].stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def book(on, pictures, tmp_path_factory) -> Any:
    """The messy register, open on the stage."""
    path = tmp_path_factory.mktemp("register") / "Sổ theo dõi 2026 (a=b).xlsx"
    pictures[1].write(path, today())
    return on.open(path)


def looks(sheet) -> tuple[Any, dict[str, Any]]:
    """What stands on the register's own cells and a little beyond, and the fill of each one that has any."""
    cells = sheet["A1:L17"]
    fills = {cell.address: cell.color for cell in cells}
    return cells.value, {place: fill for place, fill in fills.items() if fill}


def foot(on) -> bytes:
    """What the foot of the window looks like: the office tells nobody what a program has written there."""
    manager = on.office.desktop.CurrentFrame.LayoutManager
    bar = manager.getElement("private:resource/statusbar/statusbar").RealInterface
    return bytes(bar.createBitmap(0, 0, bar.PosSize.Width, bar.PosSize.Height).DIB.value)


def test_a_clerk_checks_goes_to_an_error_mends_it_checks_again_and_clears(on, book, pictures):
    """One story, one office: each step stands on the one before."""
    mistake, mended = pictures[1].MISTAKE, pictures[1].MENDED
    sheet = book.sheets.active
    names, (values, fills) = list(book.sheet_names), looks(sheet)
    assert not fills

    on.press("check")
    assert set(book.sheet_names) == {*names, phrase("button.errors"), JOURNAL}
    marked = looks(sheet)[1]
    assert marked["$E$8"] == marked["$F$7"] == marked["$C$8"] == ERROR
    assert (marked["$F$12"], marked["$E$10"]) == (QUERY, NOTE)
    assert mended in {note.location.address: note.text for note in sheet.notes}["$E$8"]

    sheet["C8"].select()
    said = foot(on)
    on.press("next_error")
    pictures[0].until(lambda: foot(on) != said, "what the check has said to give way to the office's own words")
    assert (book.selection.row, book.selection.column) == mistake

    on.type(mistake, mended)
    assert sheet[mistake[0] - 1, mistake[1] - 1].value == mended
    on.press("check")
    assert looks(sheet)[1] == {place: fill for place, fill in marked.items() if place != "$E$8"}
    assert "$E$8" not in {note.location.address for note in sheet.notes}

    on.press("clear")
    assert list(book.sheet_names) == names
    values[mistake[0] - 1][mistake[1] - 1] = mended
    assert looks(sheet) == (values, {})
    assert not list(sheet.notes)
