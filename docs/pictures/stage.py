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
from unittest.mock import patch
from xml.sax.saxutils import escape

import xlwings as xw

from macros_py.actions import table
from macros_py.addin import oxt
from macros_py.engines.bridge import properties
from macros_py.engines.libreoffice import Office, install

#: What a stage is made of; for pictures there is also `import`, of ImageMagick.
PROGRAMS = ("soffice", "unopkg", "Xvfb", "xdotool")

_WIDTH, _HEIGHT = 1360, 768
_PATIENCE, _PAUSE, _REPAINT = 60, 0.1, 1.5  # seconds
_COLOURS = 128  # keeps a picture small
_TOOLBAR = f"private:resource/toolbar/addon_{oxt.IDENTIFIER}.toolbar"
_ALL_OF_WINDOW = 15  # com.sun.star.awt.PosSize.POSSIZE
_BUTTON, _TABLE = 44, 58  # com.sun.star.accessibility.AccessibleRole

# Vietnamese where its words are installed, days as Vietnamese clerks type them, and nothing in front of the sheet.
_MANNERS = {
    "Office.Linguistic/General": {"UILocale": "vi"},
    "Office.Linguistic/SpellChecking": {"IsSpellAuto": "false"},
    "Office.Common/Misc": {"FirstRun": "false", "ShowTipOfTheDay": "false"},
    "Setup/L10N": {"ooSetupSystemLocale": "vi-VN"},
}


@dataclass(frozen=True)
class Stage:
    """A running office on a screen of its own; `surroundings` are the environment of what is started there.

    Cells are (row, column) counted from one, on the sheet in front.
    """

    office: Office
    app: xw.App
    surroundings: Mapping[str, str]

    def open(self, path: Path) -> xw.Book:
        """A workbook in a window that fills the screen, without the panel beside it."""
        book = self.app.books.open(path)
        self._frame.ContainerWindow.setPosSize(0, 0, _WIDTH, _HEIGHT, _ALL_OF_WINDOW)
        dispatcher = self.office.service("com.sun.star.frame.DispatchHelper")
        dispatcher.executeDispatch(self._frame, ".uno:Sidebar", "", 0, properties(Sidebar=False))
        return book

    def press(self, tag: str) -> None:
        """Click on a button of our toolbar, and wait until the program it starts has ended."""
        self.click(tag)
        until(self._working)
        until(lambda: not self._working())

    def click(self, tag: str) -> None:
        """Click on a button of our toolbar; for buttons that ask something before they have ended."""
        label = next(action.label for action in table().actions if action.tag == tag)
        bar = self._frame.LayoutManager.getElement(_TOOLBAR).RealInterface.AccessibleContext
        self._mouse(next(found(bar, _BUTTON, label)), "click", "1")

    def type(self, cell: tuple[int, int], text: str) -> None:
        """Click on a cell that is in sight, type over it, and press Enter."""
        self._mouse(self._place(cell), "click", "1")
        self._hand("type", "--delay", "40", text)
        self._hand("key", "Return")

    def shot(self, path: Path, pointed: tuple[int, int] | None = None) -> None:
        """Keep what the screen shows while the mouse rests on a cell, so that its note is read, or out of the way."""
        if pointed:
            self._mouse(self._place(pointed))
        else:
            self._hand("mousemove", str(_WIDTH - 1), str(_HEIGHT - 1))
        time.sleep(_REPAINT)
        self._run("import", "-window", "root", "-colors", str(_COLOURS), f"PNG8:{path}")

    @property
    def _frame(self) -> Any:
        return self.office.desktop.CurrentFrame

    def _working(self) -> bool:
        """Whether a program that a button has started is running."""
        seek = ["pgrep", "-f", "--", f"--libreoffice={self.office.pipe}"]
        return subprocess.run(seek, stdout=subprocess.DEVNULL, check=False).returncode == 0

    def _place(self, cell: tuple[int, int]) -> Any:
        """A cell as the office describes it to those who cannot see it."""
        sheet = next(found(self._frame.ComponentWindow.AccessibleContext, _TABLE))
        return sheet.getAccessibleCellAt(cell[0] - 1, cell[1] - 1).AccessibleContext

    def _mouse(self, thing: Any, *more: str) -> None:
        """Move the mouse onto the middle of something in the window, and what else it shall do there."""
        at, size = thing.LocationOnScreen, thing.Size
        self._hand("mousemove", str(at.X + size.Width // 2), str(at.Y + size.Height // 2), *more)

    def _hand(self, *words: str) -> None:
        self._run("xdotool", *words)

    def _run(self, *command: str) -> None:
        subprocess.run(command, env=self.surroundings, check=True, timeout=_PATIENCE)


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened; TimeoutError where it does not."""
    deadline = time.monotonic() + _PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(_PAUSE)


def found(place: Any, role: int, name: str = "") -> Iterator[Any]:
    """What is of that role, and so called, in a part of the window; cells of a sheet are not looked through."""
    if place.AccessibleRole == role and name in ("", place.AccessibleName):
        yield place
    elif place.AccessibleRole != _TABLE:
        for index in range(place.AccessibleChildCount):
            yield from found(place.getAccessibleChild(index).AccessibleContext, role, name)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A stage that keeps everything of its own in the folder; FileNotFoundError where a program of it is missing."""
    with screen() as display:
        surroundings = {**os.environ, "DISPLAY": display, "SONGUON_HOME": str(folder / "log")}
        with running(folder, surroundings) as office:
            yield Stage(office, install(office), surroundings)


@contextmanager
def screen() -> Iterator[str]:
    """A screen nobody sees; its name."""
    ear, mouth = os.pipe()
    size = f"{_WIDTH}x{_HEIGHT}x24"
    command = ["Xvfb", "-displayfd", str(mouth), "-screen", "0", size, "-nolisten", "tcp"]
    command += ["-noreset"]  # after its last client has gone it would be deaf for a moment
    with os.fdopen(ear) as told, ended(command, pass_fds=[mouth]):
        os.close(mouth)
        yield f":{told.readline().strip()}"


@contextmanager
def running(folder: Path, surroundings: Mapping[str, str]) -> Iterator[Office]:
    """An office with our extension and no workbook yet."""
    # The superuser may install for everybody only; "everybody" is then a folder of this office's own.
    places = {"UserInstallation": folder / "profile", "UNO_SHARED_PACKAGES_CACHE": folder / "shared"}
    private = [f"-env:{name}={place.as_uri()}" for name, place in places.items()]
    pipe, extension = f"songuon-{secrets.token_hex(4)}", folder / "so-nguon.oxt"
    with patch.object(oxt, "PIPE", pipe):  # one machine may have several stages at a time
        oxt.build_oxt(extension, Path(sys.executable))
    add = ["unopkg", "add", "--shared", "--suppress-license", *private, str(extension)]
    subprocess.run(add, check=True, capture_output=True, timeout=_PATIENCE)
    _mannered(folder / "profile" / "user")
    command = ["soffice", *private, "--norestore", "--nologo", "--nodefault"]
    with ended(command, env=surroundings), Office.connect(pipe, _PATIENCE) as office:
        yield office


@contextmanager
def ended(command: list[str], **more: Any) -> Iterator[None]:
    """A program that is ended, with all it has started, when it is not needed any more."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True, **more)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(_PATIENCE)


def _mannered(profile: Path) -> None:
    """Settings of the office as a file of its profile."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>"
        for place, values in _MANNERS.items()
        for name, value in values.items()
    )
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        "utf-8",
    )
