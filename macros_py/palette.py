"""The palette: a small window beside the spreadsheet with every button, for where Excel may start no program.

It attaches from outside to the application that runs, so nothing here is a child of Excel.
Tkinter is imported at the top: whoever opens a palette says in words where this Python has none.
"""

import platform
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from macros_py import buttons
from macros_py.actions import Action, table
from macros_py.addin.oxt import PIPE
from macros_py.apology import apology
from macros_py.attach import open_desk
from macros_py.desk import Refused

_GAP = 4  # pixels around everything
_WIDTH = 240  # pixels that a sentence may take before it goes on in the next line
_TOLD = "#9c0006"


def press(tag: str) -> str:
    """Press a button on the book in front; what the palette must say because no application can, else ""."""
    try:
        buttons.press(tag, open_desk(_whereabouts()))
    except Refused as refusal:
        return refusal.sentence
    except Exception as error:  # the last door: the application went away between two words
        return apology(error)
    return ""


class Palette:
    """The window; `press` does what a tag is for and returns a sentence to show, or "". TclError without a screen."""

    def __init__(self, press: Callable[[str], str] = press) -> None:
        self._press = press
        self.window = tk.Tk()
        self.window.title(table().title)
        self.window.attributes("-topmost", True)
        self.window.resizable(False, False)
        self.buttons = {action.tag: self._button(group, action) for group, action in self._places()}
        self.tip = self._line("")
        self.told = self._line(_TOLD)

    def show(self) -> None:
        """Stay until the clerk closes the window."""
        self.window.mainloop()

    def pressed(self, tag: str) -> None:
        """Do it; no button answers meanwhile, so impatience presses nothing twice."""
        self._answer(False)
        self.told.configure(text="")
        self.window.update_idletasks()
        try:
            self.told.configure(text=self._press(tag))
        finally:
            self.window.update()  # clicks made meanwhile fall on buttons that do not answer
            self._answer(True)

    def _answer(self, ready: bool) -> None:
        for button in self.buttons.values():
            button.state(["!disabled" if ready else "disabled"])

    def _places(self) -> list[tuple[ttk.LabelFrame, Action]]:
        """Every action with the frame of its group, in the order of the table."""
        places = []
        for group in table().groups:
            frame = ttk.LabelFrame(self.window, text=group.label)
            frame.pack(fill="x", padx=_GAP, pady=_GAP)
            places += [(frame, action) for action in table().of(group)]
        return places

    def _button(self, frame: ttk.LabelFrame, action: Action) -> ttk.Button:
        button = ttk.Button(frame, text=action.label, command=lambda: self.pressed(action.tag))
        button.pack(fill="x", padx=_GAP, pady=_GAP // 2)
        for approach in ("<Enter>", "<FocusIn>"):
            button.bind(approach, lambda _event: self.tip.configure(text=action.tip))
        return button

    def _line(self, colour: str) -> ttk.Label:
        line = ttk.Label(self.window, wraplength=_WIDTH, foreground=colour)
        line.pack(fill="x", padx=_GAP, pady=_GAP)
        return line


def _whereabouts() -> list[str]:
    """As on the command line of a button: Excel, or where there is none the LibreOffice that has the extension."""
    return [] if platform.system() in ("Windows", "Darwin") else [f"--libreoffice={PIPE}"]
