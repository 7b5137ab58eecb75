"""Boxes of our own, where the application has none: a question, a folder, a file, or a word when there is no book.

Tkinter is imported late: systems split it off from Python, and most buttons need no box. Nothing but Python's own
is needed to tell: a broken installation speaks through here too.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from macros_py.actions import table
from macros_py.legible import in_lines


@contextmanager
def _asking() -> Iterator[Any]:
    """A window for a box that must be answered; Refused where there can be none."""
    from macros_py.desk import Refused

    try:
        from tkinter import TclError
    except ImportError as error:
        raise Refused("button.no_box") from error
    try:
        with _window() as window:
            yield window
    except TclError as error:
        raise Refused("button.no_box") from error


@contextmanager
def _window() -> Iterator[Any]:
    """An unseen window in front of all others, for a box to belong to."""
    from tkinter import Tk

    window = Tk()
    window.withdraw()
    window.attributes("-topmost", True)
    try:
        yield window
    finally:
        window.destroy()


def tell(sentence: str) -> None:
    """Say something that must be read; on standard error where there is no screen."""
    try:
        from tkinter import TclError, messagebox
    except ImportError:
        _write(sentence)
        return
    try:
        with _window() as window:
            messagebox.showinfo(table().title, sentence, parent=window)
    except TclError:
        _write(sentence)


def _write(sentence: str) -> None:
    print(in_lines(sentence.split("\n")), file=sys.stderr)  # noqa: T201 - there is no screen, and click may be what is missing


def ask(question: str, before: str = "") -> str:
    """One line of text, "" where the clerk thinks better of it."""
    with _asking() as window:
        from tkinter import simpledialog

        return simpledialog.askstring(table().title, question, initialvalue=before, parent=window) or ""


def folder(title: str) -> Path | None:
    """A folder that is there."""
    with _asking() as window:
        from tkinter import filedialog

        return _path(filedialog.askdirectory(title=title, mustexist=True, parent=window))


def new_file(title: str, name: str) -> Path | None:
    """Where to write a new workbook."""
    with _asking() as window:
        from tkinter import filedialog

        kinds = [("Excel", "*.xlsx")]
        chosen = filedialog.asksaveasfilename(
            title=title, initialfile=name, defaultextension=".xlsx", filetypes=kinds, parent=window
        )
        return _path(chosen)


def _path(chosen: str) -> Path | None:
    return Path(chosen) if chosen else None
