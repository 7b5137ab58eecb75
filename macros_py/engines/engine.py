"""The application as xlwings sees it: one engine, one app, its books."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros_py.engines import values
from macros_py.engines.books import Books
from macros_py.engines.bridge import enum
from macros_py.engines.office import Office
from macros_py.engines.range import Range

NAME = "libreoffice"

_SAID = "private:resource/progressbar/progressbar"
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}
_ANSWERS = {0: "cancel", 1: "ok", 2: "yes", 3: "no"}
_BOXES = {None: "MESSAGEBOX", "info": "INFOBOX", "critical": "ERRORBOX"}


@dataclass(frozen=True)
class Alert:
    """A message box that nobody could see, because the office has no window."""

    prompt: str
    title: str
    buttons: str


class App:
    """What xlwings' App stands on. `strict` refuses texts that Excel would re-type.

    What Excel switches off for speed has no need to be switched here: those properties are kept and do nothing.
    """

    version = "16.0"  # below 15 xlwings re-codes the caller's name as Excel 2011 for Mac did
    hwnd: int | None = None
    cut_copy_mode: Any = None
    visible = screen_updating = display_alerts = enable_events = interactive = True
    calculation = "automatic"

    def __init__(self, engine: "Engine", office: Office) -> None:
        self.engine, self.office = engine, office
        self.books = Books(self)
        self.strict = False
        self.alerts: list[Alert] = []
        self.answer: str | None = None
        self._status: str | bool = False
        self._indicator: Any = None

    @property
    def api(self) -> Any:
        """The office's desktop."""
        return self.office.desktop

    @property
    def pid(self) -> int:
        """The process, 0 for an office we did not start."""
        return self.office.pid

    @property
    def selection(self) -> Range | None:
        """The selected cells of the workbook in front."""
        book = self.books.active
        return book.selection if book else None

    def activate(self, steal_focus: bool = False) -> None:
        """There is one app, and it is active."""

    def calculate(self) -> None:
        """Calculate what has changed, in every open workbook."""
        for book in self.books:
            book.uno.calculate()

    @property
    def status_bar(self) -> str | bool:
        """What was last said at the foot of the window, False once it is taken back."""
        return self._status

    @status_bar.setter
    def status_bar(self, text: str | bool | None) -> None:
        book = self.books.active
        if self._indicator is not None:
            self._indicator.end()
            self._indicator = None
        self._status = text or False
        if book and isinstance(text, str) and text:
            self._indicator = book.uno.CurrentController.Frame.createStatusIndicator()
            self._indicator.start(text, 0)
        elif book:
            _end_earlier(book.uno.CurrentController.Frame)

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any) -> str:
        """Show a message box and return the button pressed.

        Without a window it is kept in `alerts`, and `answer`, else the first button, is what was "pressed".
        """
        del callback
        if self.office.windowless:
            self.alerts.append(Alert(prompt, title or "", buttons))
            return self.answer or buttons.partition("_")[0]
        kind = _BOXES[mode] if buttons == "ok" else "QUERYBOX"
        window = self.office.desktop.CurrentFrame.ContainerWindow
        toolkit = self.office.service("com.sun.star.awt.Toolkit")
        box = enum("awt.MessageBoxType", kind)
        return _ANSWERS[toolkit.createMessageBox(window, box, _BUTTONS[buttons], title or "", prompt).execute()]

    def quit(self) -> None:
        """End the office where it is our own."""
        self.office.stop()

    def kill(self) -> None:
        """The same: a private office is ended by force where it does not end by itself."""
        self.quit()


def _end_earlier(frame: Any) -> None:
    """What a program that has ended since said at the foot of the window would hide the office's own words."""
    manager = frame.LayoutManager
    bar = manager.getElement(_SAID) if manager else None
    if bar:
        bar.RealInterface.end()


class Apps:
    """The one app, while an office is connected."""

    def __init__(self) -> None:
        self.app: App | None = None

    def keys(self) -> list[int]:
        """Its process."""
        return [app.pid for app in self]

    def __iter__(self) -> Iterator[App]:
        return iter([self.app] if self.app else [])

    def __len__(self) -> int:
        return 1 if self.app else 0

    def __getitem__(self, pid: int) -> App:
        if self.app is None or self.app.pid != pid:
            raise KeyError(pid)
        return self.app


class Engine:
    """What is handed to `xlwings.Engine(impl=…)`."""

    name, type = NAME, "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    def attach(self, office: Office) -> App:
        """Let xlwings speak to this office from now on."""
        self.apps.app = App(self, office)
        return self.apps.app

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """One value on its way to a cell."""
        del options
        return values.prepared(value)

    @staticmethod
    def clean_value_data(data: values.Grid, moment: Any, empty: Any, number: Any, errors: bool) -> values.Grid:
        """Values on their way from cells. An error is None, or with `errors` what Excel shows, like "#REF!"."""
        return [[values.cleaned(value, moment, empty, number, errors) for value in row] for row in data]
