"""Pictures of the buttons, and of what they ask: a real mouse on our toolbar in a LibreOffice nobody sees.

Only our toolbar and the sheet are kept of the screen: what is above them looks otherwise in every program.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import register
import xlwings as xw
from stage import Cell, Stage, stage, until

from macros_py.clock import today
from macros_py.engines.bridge import enum
from workbook.demo import practice
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.layout import REGISTER_SHEET
from workbook.outgoing.template import write_register
from workbook.phrases import phrase

#: Seen in the boxes that ask for a folder, hence short and the same on every machine.
DESK = Path(tempfile.gettempdir()) / "so-nguon"

_WIDTH, _HEIGHT, _ABOVE = 1180, 640, 76  # pixels: the window, and what is left out of it above our toolbar
_BRANCHES = 12  # as many as are consolidated while somebody waits
_PART, _ALL = f"{_WIDTH}x{_HEIGHT - _ABOVE}+0+{_ABOVE}", f"{_WIDTH}x{_HEIGHT}+0+0"
_COLOURS, _PAUSE, _SLOWLY = "48", 2, 5  # seconds
_ALL_OF_IT, _BUTTON = 15, 44  # com.sun.star.awt.PosSize.POSSIZE, com.sun.star.accessibility.AccessibleRole

#: Columns of the blank register, and somebody in them whose number does not tell the sex that is written.
_MEMBER = {
    "Họ và tên": "Quàng Thị Bản",
    "Ngày, tháng, năm sinh": "14/07/1995",
    "Giới tính": "Nam",
    "Số định danh cá nhân": "099195005721",
    "Dân tộc": "Thái",
    "Tôn giáo": "Không",
}

#: Keeps what is seen, or a part of it, under a name, while the mouse rests on a cell where one is given.
Keep = Callable[..., None]


def main(folder: Path, into: Path) -> None:
    """Play every story, each on a stage of its own: windows of one would lie over those of another."""
    shutil.rmtree(DESK, ignore_errors=True)
    DESK.mkdir()
    try:
        practice.lay(DESK, branches=_BRANCHES)
        for story in (_register, _blank, _reasons, _committee, _palette):
            place = folder / story.__name__
            place.mkdir()
            for lock in DESK.glob(".~lock.*#"):  # of the office before, which was ended and not left
                lock.unlink()
            with chdir(DESK), stage(place) as on:
                story(on, album(on, into))
    finally:
        shutil.rmtree(DESK, ignore_errors=True)


def album(on: Stage, into: Path) -> Keep:
    """Where the pictures of a stage are kept."""
    return lambda name, pointed=None, part=_PART: _keep(on, into / f"{name}.png", pointed, part)


def _register(on: Stage, keep: Keep) -> None:
    """A branch's register as it came: checked, mended, timed, sent back, cleared."""
    path = DESK / "so-chi-bo.xlsx"
    register.write(path, today())
    _open(on, path)
    keep("2-mo-so")
    on.press("check")
    keep("2-kiem-tra")
    on.turn_to(phrase("button.errors"))
    keep("2-trang-loi")
    on.turn_to(register.SHEET)
    for _ in range(3):
        on.press("next_error")
    keep("2-loi-tiep-theo", register.MISTAKE)
    on.type(register.MISTAKE, register.MENDED)
    on.press("check")
    keep("2-da-sua")
    on.press("clear")
    keep("2-xoa-danh-dau")
    on.press("overdue")
    keep("4-qua-han")
    on.turn_to(phrase("button.overdue"))
    keep("4-trang-qua-han")
    on.turn_to(register.SHEET)
    on.press("clear")
    _return(on, keep)


def _return(on: Stage, keep: Keep) -> None:
    """What the button for return slips asks and tells."""
    on.click("return_slips")
    _answer(on, "Yes", lambda: keep("3-hoi-luu"))
    _type_into_box(on, str(DESK), lambda: keep("3-chon-thu-muc"))
    _answer(on, "OK", lambda: keep("3-ket-qua"))
    _open(on, next(DESK.rglob("*-danh-dau.xlsx")))
    keep("3-ban-danh-dau")


def _blank(on: Stage, keep: Keep) -> None:
    """A blank register where the clerk says."""
    _open(on, DESK / COMMITTEE_BOOK)
    on.click("new_register")
    _type_into_box(on, str(DESK / "so-moi.xlsx"), lambda: keep("1-tao-so-moi"))
    until((DESK / "so-moi.xlsx").exists, "the blank register")
    time.sleep(_SLOWLY)
    _fit(on)
    keep("1-so-moi")


def _reasons(on: Stage, keep: Keep) -> None:
    """Our own register: a reason given, and a list put back that was pasted away."""
    write_register(DESK / "so-theo-doi.xlsx", "Chi bộ thôn Suối Mây")
    _open(on, DESK / "so-theo-doi.xlsx")
    sheet = on.app.books.active.sheets.active
    header = _find(sheet, "Họ và tên")
    for heading, value in _MEMBER.items():
        sheet[header[0] + 1, _find(sheet, heading)[1]].value = value
    sheet[header[0] + 1, header[1]].select()
    on.press("check")
    on.click("explain")
    _type_into_box(on, "", lambda: keep("2-giai-trinh"))
    lists = sheet[header[0] + 1, _find(sheet, "Giới tính")[1]]
    anything = lists.impl.api.Validation
    anything.Type = enum("sheet.ValidationType", "ANY")
    lists.impl.api.Validation = anything
    on.press("restore_lists")
    lists.select()
    on.turn_to(REGISTER_SHEET)
    _run(on, "xdotool", "key", "Right", "Left")  # the arrow is seen where the cursor has come by a key
    keep("2-danh-sach-chon")


def _committee(on: Stage, keep: Keep) -> None:
    """The committee's own book: an inbox chosen, consolidated, and the figures beside the quotas."""
    _open(on, DESK / COMMITTEE_BOOK)
    on.turn_to("Chi bộ")
    keep("5-so-cap-uy")
    on.click("consolidate")
    _type_into_box(on, str(DESK / INBOX), lambda: keep("5-chon-thu-muc"))
    _answer(on, "Yes", lambda: keep("5-hoi-luu"))
    _answer(on, "OK", lambda: keep("5-ket-qua"))
    time.sleep(_SLOWLY)
    _fit(on)
    keep("5-so-chi-tieu")


def _palette(on: Stage, keep: Keep) -> None:
    """The buttons in a window of their own."""
    command = [sys.executable, "-c", "from macros_py.cli import main; main()", "palette"]
    opened = subprocess.Popen(command, env=on.surroundings)
    try:
        until(lambda: bool(_boxes(on)), "the palette")
        time.sleep(_PAUSE)
        keep("su-co-palette", part=_ALL)
    finally:
        opened.terminate()
        opened.wait(_SLOWLY)


def _open(on: Stage, path: Path) -> None:
    on.open(path)
    _fit(on)


def _fit(on: Stage) -> None:
    """Give the window in front the size of the pictures."""
    on.office.desktop.CurrentFrame.ContainerWindow.setPosSize(0, 0, _WIDTH, _HEIGHT, _ALL_OF_IT)
    time.sleep(_PAUSE)


def _answer(on: Stage, answer: str, before: Callable[[], None]) -> None:
    """Wait for a box of the office, do something before it, and click on its answer."""
    until(lambda: bool(_answers(on, answer)), f"a box with {answer}")
    before()
    until(lambda: _clicked(on, answer), f"the box with {answer} to close")


def _clicked(on: Stage, answer: str) -> bool:
    """Click on the answer, and say whether the box has closed: a click may only bring the window to the front."""
    for button in _answers(on, answer):
        place, size = button.LocationOnScreen, button.Size
        _run(on, "xdotool", "mousemove", str(place.X + size.Width // 2), str(place.Y + size.Height // 2), "click", "1")
    time.sleep(_PAUSE)
    return not _answers(on, answer)


def _answers(on: Stage, answer: str) -> list[Any]:
    """The button so called of the box in front, in a list, or none."""
    toolkit = on.office.service("com.sun.star.awt.Toolkit")
    for number in range(toolkit.TopWindowCount):
        window = toolkit.getTopWindow(number)
        if not window.isVisible():  # one that has been answered stays in the list for a while
            continue
        buttons = [
            one
            for one in _inside(window.AccessibleContext)
            if one.AccessibleRole == _BUTTON and one.AccessibleName == answer
        ]
        if buttons:
            return buttons
    return []


def _inside(place: Any) -> list[Any]:
    """A box and what is in it; only boxes are so small."""
    count = place.AccessibleChildCount
    children = [place.getAccessibleChild(index).AccessibleContext for index in range(count)] if count < 9 else []
    return [place, *(one for child in children for one in _inside(child))]


def _type_into_box(on: Stage, text: str, before: Callable[[], None]) -> None:
    """Wait for a box of our own, do something before it, type into its line and press Enter."""
    until(lambda: bool(_boxes(on)), "a box of our own")
    _run(on, "xdotool", "windowfocus", _boxes(on)[0])
    time.sleep(_PAUSE)
    before()
    if text:
        _run(on, "xdotool", "key", "ctrl+slash")  # all that stands in the line
        _run(on, "xdotool", "type", "--delay", "30", text)
    until(lambda: _entered(on), "the box of our own to close")


def _entered(on: Stage) -> bool:
    """Press Enter, and say whether the box has closed: one for folders first goes into the folder that is typed."""
    time.sleep(_PAUSE)
    _run(on, "xdotool", "key", "Return")
    time.sleep(_PAUSE)
    return not _boxes(on)


def _boxes(on: Stage) -> list[str]:
    """The windows of Tk that are seen."""
    search = ["xdotool", "search", "--onlyvisible", "--class", "^(Tk|Toplevel)"]
    told = subprocess.run(search, env=on.surroundings, check=False, timeout=60, capture_output=True, text=True)
    return told.stdout.split()


def _find(sheet: xw.Sheet, heading: str) -> tuple[int, int]:
    """Row and column of a heading, counted from zero."""
    for row, line in enumerate(sheet.used_range.options(ndim=2).value):
        if heading in line:
            return row, line.index(heading)
    raise LookupError(heading)


def _keep(on: Stage, path: Path, pointed: Cell | None, part: str) -> None:
    """A part of the screen without the black around it, with few colours."""
    whole = path.with_suffix(".whole.png")
    on.shot(whole, pointed)
    shape = ["-crop", part, "+repage", "-bordercolor", "black", "-border", "1", "-fuzz", "5%", "-trim", "+repage"]
    _run(on, "convert", str(whole), *shape, "-colors", _COLOURS, f"PNG8:{path}")
    whole.unlink()


def _run(on: Stage, *command: str) -> None:
    subprocess.run(command, env=on.surroundings, check=True, timeout=60)
