"""A stage for pictures, and for tests with a real mouse: a screen nobody sees, and on it LibreOffice with our toolbar.

    with stage(folder) as on:
        book = on.open(path)
        on.press("check")
        on.shot(Path("checked.png"))

The office has a screen, a profile and a pipe of its own. Its toolbar comes from the extension that
`songuon install --oxt` writes, and a click on it starts the very program that a clerk's click starts.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlwings as xw

from macros_py.addin import oxt
from macros_py.buttons import title
from macros_py.engines.bridge import properties
from macros_py.engines.libreoffice import Office, install

#: What a stage is made of; a picture also needs `import`, of ImageMagick.
PROGRAMS = ("soffice", "unopkg", "Xvfb", "xdotool")

_WIDTH, _HEIGHT = 1360, 768
_PATIENCE, _PAUSE, _REPAINT = 60, 0.1, 1.5  # seconds
_COLOURS = 128  # keeps a picture small
_ALL_OF_IT = 15  # com.sun.star.awt.PosSize.POSSIZE
_TAB, _BUTTON, _TABLE = 38, 44, 58  # com.sun.star.accessibility.AccessibleRole

# Vietnamese where its words are installed, days as Vietnamese clerks type them, and nothing in front of the sheet.
_MANNERS = {
    "Office.Linguistic/General": {"UILocale": "vi"},
    "Office.Linguistic/SpellChecking": {"IsSpellAuto": "false"},
    "Office.Common/Misc": {"FirstRun": "false", "ShowTipOfTheDay": "false"},
    "Setup/L10N": {"ooSetupSystemLocale": "vi-VN"},
}

#: Row and column on the sheet in front, counted from one.
Cell = tuple[int, int]


@dataclass(frozen=True)
class Stage:
    """A running office on a screen of its own; `surroundings` are the environment of what is started there."""

    office: Office
    app: xw.App
    surroundings: Mapping[str, str]

    def open(self, path: Path) -> xw.Book:
        """A workbook in a window that fills the screen, without the panel beside it."""
        book = self.app.books.open(path)
        until(lambda: self._frame is not None, "the window of the workbook")
        self._frame.ContainerWindow.setPosSize(0, 0, _WIDTH, _HEIGHT, _ALL_OF_IT)
        dispatcher = self.office.service("com.sun.star.frame.DispatchHelper")
        dispatcher.executeDispatch(self._frame, ".uno:Sidebar", "", 0, properties(Sidebar=False))
        time.sleep(_REPAINT)
        return book

    def press(self, tag: str) -> None:
        """Click on a button of our toolbar, and wait until the program it starts has ended."""
        self.click(tag)
        until(self._working, f"the button {tag} to start something")
        until(lambda: not self._working(), f"what the button {tag} has started to end")

    def click(self, tag: str) -> None:
        """Click on a button of our toolbar, and wait for nothing: it may be one that asks."""
        bar = self._frame.LayoutManager.getElement(oxt.TOOLBAR).RealInterface.AccessibleContext
        self._mouse(_found(bar, _BUTTON, title(tag)), "click", "1")

    def turn_to(self, sheet: str) -> None:
        """Click on the tab of a sheet."""
        self._mouse(_found(self._inside, _TAB, sheet), "click", "1")

    def type(self, cell: Cell, text: str) -> None:
        """Click on a cell that is in sight, type over it, and press Enter."""
        self._mouse(self._place(cell), "click", "1")
        self._run("xdotool", "type", "--delay", "40", text)
        self._run("xdotool", "key", "Return")
        time.sleep(_REPAINT)

    def shot(self, path: Path, pointed: Cell | None = None) -> None:
        """Keep what the screen shows while the mouse rests on a cell, so that its note is read, or out of the way."""
        if pointed:
            self._mouse(self._place(pointed))
        else:
            self._run("xdotool", "mousemove", str(_WIDTH - 1), str(_HEIGHT - 1))
        time.sleep(_REPAINT)
        self._run("import", "-window", "root", "-colors", str(_COLOURS), f"PNG8:{path}")

    @property
    def _frame(self) -> Any:
        return self.office.desktop.CurrentFrame

    @property
    def _inside(self) -> Any:
        """The window without its menu and toolbars, as the office describes it to those who cannot see it."""
        return self._frame.ComponentWindow.AccessibleContext

    def _place(self, cell: Cell) -> Any:
        row, column = cell
        return _found(self._inside, _TABLE).getAccessibleCellAt(row - 1, column - 1).AccessibleContext

    def _working(self) -> bool:
        """Whether a program that a button has started is running: none but ours is told the name of our pipe so."""
        return any(f"--libreoffice={self.office.pipe}".encode() in words for words in _command_lines())

    def _mouse(self, thing: Any, *more: str) -> None:
        """Move the mouse onto the middle of something in the window, and what else it shall do there."""
        at, size = thing.LocationOnScreen, thing.Size
        self._run("xdotool", "mousemove", str(at.X + size.Width // 2), str(at.Y + size.Height // 2), *more)

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self.surroundings, check=True, timeout=_PATIENCE)


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait until it has happened; TimeoutError, with what was waited for, where it does not."""
    deadline = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(_PAUSE)


def _command_lines() -> Iterator[bytes]:
    """How every program on this machine was called."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            yield place.read_bytes()


def _found(place: Any, role: int, name: str = "") -> Any:
    """The first thing of that role, and so called, in a part of the window; LookupError where there is none."""
    for one in _within(place):
        if one.AccessibleRole == role and name in ("", one.AccessibleName):
            return one
    raise LookupError(name)


def _within(place: Any) -> Iterator[Any]:
    """Everything in a part of the window; a sheet's cells are too many."""
    yield place
    if place.AccessibleRole != _TABLE:
        for index in range(place.AccessibleChildCount):
            yield from _within(place.getAccessibleChild(index).AccessibleContext)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A stage that keeps everything of its own in the folder; FileNotFoundError where a program of it is missing."""
    with _screen() as display:
        surroundings = {**os.environ, "DISPLAY": display, "SONGUON_HOME": str(folder / "log")}
        with _office(folder, surroundings) as office:
            yield Stage(office, install(office), surroundings)


@contextmanager
def _screen() -> Iterator[str]:
    """A screen nobody sees; its name."""
    ear, mouth = os.pipe()
    size = f"{_WIDTH}x{_HEIGHT}x24"
    command = ["Xvfb", "-displayfd", str(mouth), "-screen", "0", size, "-nolisten", "tcp"]
    command += ["-noreset"]  # else, when its last client has gone, it is deaf for a moment
    with os.fdopen(ear) as told, _started(command, pass_fds=[mouth]):
        os.close(mouth)
        yield f":{told.readline().strip()}"


@contextmanager
def _office(folder: Path, surroundings: Mapping[str, str]) -> Iterator[Office]:
    """An office with our extension and no workbook yet."""
    # The superuser may install for everybody only; "everybody" is then a folder of this office's own.
    places = {"UserInstallation": folder / "profile", "UNO_SHARED_PACKAGES_CACHE": folder / "shared"}
    private = [f"-env:{name}={place.as_uri()}" for name, place in places.items()]
    pipe, extension = f"songuon-{secrets.token_hex(4)}", folder / "so-nguon.oxt"
    extension.write_bytes(oxt.oxt(Path(sys.executable), pipe))  # a pipe of its own: several stages may be up at a time
    add = ["unopkg", "add", "--shared", "--suppress-license", *private, str(extension)]
    subprocess.run(add, check=True, capture_output=True, timeout=_PATIENCE)
    _teach(folder / "profile" / "user")
    command = ["soffice", *private, "--norestore", "--nologo", "--nodefault"]
    with _started(command, env=surroundings), Office.connect(pipe, _PATIENCE) as office:
        yield office


@contextmanager
def _started(command: list[str], **more: Any) -> Iterator[None]:
    """A program that is ended, with all it has started, when it is not needed any more."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True, **more)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(_PATIENCE)


def _teach(profile: Path) -> None:
    """Write the manners into the profile of an office."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>\n"
        for place, values in _MANNERS.items()
        for name, value in values.items()
    )
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n',
        "utf-8",
    )
