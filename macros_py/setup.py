"""`songuon install | uninstall | doctor | palette`: the buttons' way to the spreadsheet program."""

import os
import platform
import sys
from pathlib import Path

import click

from macros_py import crash, shell
from macros_py.legible import in_lines, legible
from macros_py.options import PATH
from workbook.phrases import phrase


@click.command(cls=shell.Verb, help=phrase("help.install"))
@click.option("--oxt", type=PATH, default=None, help=phrase("help.oxt"))
def install(oxt: Path | None) -> int:
    """Put the add-in into Excel; with --oxt write the extension for LibreOffice instead."""
    from macros_py.addin.install import install as put
    from macros_py.addin.install import interpreter, places
    from macros_py.addin.oxt import oxt as extension
    from workbook.outgoing.save import save_new

    python = Path(sys.executable)
    if oxt:
        save_new(extension(python), oxt)
        shell.say_written(oxt)
        return shell.CLEAN
    for path in put(places(platform.system(), Path.home(), os.environ), interpreter(python)):
        shell.say_written(path)
    shell.say(legible(phrase("shell.installed")))
    return shell.CLEAN


@click.command(cls=shell.Verb, help=phrase("help.uninstall"))
def uninstall() -> int:
    """Take the add-in out of Excel again."""
    from macros_py.addin.install import places
    from macros_py.addin.install import uninstall as take_away
    from macros_py.addin.oxt import IDENTIFIER

    removed = take_away(places(platform.system(), Path.home(), os.environ), crash.LOG.parent)
    told = [phrase("shell.removed", out=path) for path in removed] or [phrase("shell.nothing_installed")]
    if platform.system() == "Linux":
        told.append(phrase("shell.remove_extension", identifier=IDENTIFIER))
    shell.say(in_lines(told))
    return shell.CLEAN


@click.command(cls=shell.Verb, help=phrase("help.doctor"))
def doctor() -> int:
    """Look at the machine and say what is missing."""
    from macros_py.addin.doctor import State
    from macros_py.addin.doctor import doctor as examine
    from macros_py.addin.machine import look

    checks = examine(look())
    shell.say(in_lines(f"[{check.label}] {check.sentence}" for check in checks))
    return shell.FINDINGS if any(check.state is State.BROKEN for check in checks) else shell.CLEAN


@click.command(cls=shell.Verb, help=phrase("help.palette"))
def palette() -> int:
    """Show the buttons in a window of their own until it is closed."""
    try:
        from tkinter import TclError

        from macros_py.palette import Palette
    except ImportError as error:
        shell.fail(phrase("shell.palette_part", part=error.name))
    try:
        opened = Palette()
    except TclError:
        shell.fail(phrase("shell.palette_screen"))
    opened.show()
    return shell.CLEAN
