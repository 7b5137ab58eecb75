"""The palette beside the spreadsheet: its sentences without a screen, its window on a screen of its own (Xvfb)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest

from macros_py.actions import table

#: As with LibreOffice: on a developer's machine what is missing skips these tests, where it is required it fails them.
REQUIRED = os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1"

if not REQUIRED:
    pytest.importorskip("tkinter", reason="this Python has no tkinter")

DAY = date(2026, 11, 22)
SONGUON = ["-c", "from macros_py.cli import main; main()"]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of a screen nobody sees."""
    program = shutil.which("Xvfb")
    if program is None:
        (pytest.fail if REQUIRED else pytest.skip)("Xvfb is not installed")
    ear, mouth = os.pipe()
    command = [program, "-displayfd", str(mouth), "-screen", "0", "800x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[mouth], stderr=subprocess.DEVNULL)
    os.close(mouth)
    with os.fdopen(ear) as told:
        number = told.readline().strip()
    assert number, "Xvfb ended while it was starting"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def palette(screen, monkeypatch):
    """A palette whose presses are written down and answered with a sentence."""
    from macros_py.palette import Palette

    monkeypatch.setenv("DISPLAY", screen)
    heard: list[str] = []

    def press(tag: str) -> str:
        heard.append(tag)
        return f"Nghe {tag}."

    made = Palette(press)
    made.heard = heard
    made.window.update()
    yield made
    made.window.destroy()


def environment(home, **more: str) -> dict[str, str]:
    return {"HOME": str(home), "SONGUON_HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **more}


def songuon(code: list[str], home) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *code, "palette"]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, env=environment(home)
    )


def test_the_window_has_every_action_by_its_label_and_stays_in_front(palette):
    assert palette.window.title() == "Sổ Nguồn"
    shown = {tag: str(button.cget("text")) for tag, button in palette.buttons.items()}
    assert shown == {action.tag: action.label for action in table().actions}
    assert palette.window.attributes("-topmost")


def test_a_click_presses_its_own_action_and_the_answer_is_shown(palette):
    for tag, button in palette.buttons.items():
        for event in ("<Enter>", "<ButtonPress-1>", "<ButtonRelease-1>"):
            button.event_generate(event, x=5, y=5)
        palette.window.update()
        assert str(palette.told.cget("text")) == f"Nghe {tag}."
    assert palette.heard == list(palette.buttons)


def test_the_pointer_over_a_button_brings_up_its_tip(palette):
    for action in table().actions:
        palette.buttons[action.tag].event_generate("<Enter>")
        palette.window.update()
        assert str(palette.tip.cget("text")) == action.tip


def test_a_click_while_a_button_works_presses_nothing(palette):
    def press(tag: str) -> str:
        palette.heard.append(tag)
        other = palette.buttons["clear"]
        for event in ("<Enter>", "<ButtonPress-1>", "<ButtonRelease-1>"):
            other.event_generate(event, x=5, y=5, when="tail")
        return ""

    palette._press = press
    palette.pressed("check")
    palette.window.update()
    assert palette.heard == ["check"]
    assert all(button.instate(["!disabled"]) for button in palette.buttons.values())


def test_a_palette_in_which_a_press_failed_goes_on_answering(palette):
    def press(tag: str) -> str:
        raise ValueError

    palette._press = press
    with pytest.raises(ValueError):  # noqa: PT011 - it is ours, two lines above
        palette.pressed("check")
    assert all(button.instate(["!disabled"]) for button in palette.buttons.values())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the palette attaches to Excel")
def test_without_a_spreadsheet_application_the_palette_is_given_a_sentence(tmp_path, monkeypatch):
    from macros_py import palette

    monkeypatch.setattr(palette, "PIPE", "songuon-nobody")
    assert palette.press("check").startswith("Sổ đã đóng hoặc bảng tính đã thoát.")


@pytest.mark.libreoffice
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the palette attaches to Excel")
def test_the_palette_works_on_the_book_that_is_open(tmp_path, monkeypatch):
    """An office that runs beside it, as a clerk's does, and a made-up register."""
    from macros_py import palette
    from macros_py.engines.libreoffice import Office, OfficeError, install
    from workbook.checking import check
    from workbook.demo.inbox import make

    checked = check(make(tmp_path, DAY, branches=1).inbox.rglob("*.xlsx"), DAY)
    path = next(one.path for one in checked.files if one.file == checked.found["file"].iloc[0])
    try:
        office = Office.start()
    except OfficeError as error:
        (pytest.fail if os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1" else pytest.skip)(str(error))
    monkeypatch.setattr(palette, "PIPE", office.pipe)
    with office:
        book = install(office).books.open(path)
        before = list(book.sheet_names)
        assert palette.press("check") == ""
        assert set(book.sheet_names) > {*before, "Lỗi"}
        assert palette.press("clear") == ""
        assert book.sheet_names == before


def test_a_fault_of_ours_becomes_an_apology_in_the_window(monkeypatch, tmp_path):
    from macros_py import crash, palette

    def broken(_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(crash, "LOG", tmp_path / "log.txt")
    monkeypatch.setattr(palette, "open_desk", broken)
    assert palette.press("check").startswith("Xin lỗi")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_verb_says_so_in_one_sentence(tmp_path):
    done = songuon(SONGUON, tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Không có màn hình")
    assert len(done.stderr.splitlines()) == 1


def test_without_tkinter_the_verb_says_so_in_one_sentence(tmp_path):
    """`None` in the table of modules is how Python itself spells "there is no such module"."""
    done = songuon(["-c", "import sys; sys.modules['tkinter'] = None; " + SONGUON[1]], tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Python trên máy này thiếu phần tkinter")
    assert len(done.stderr.splitlines()) == 1
