"""`songuon install | uninstall | doctor | palette`: the buttons' way to the spreadsheet program."""

import os
import platform
import sys
from pathlib import Path

import click

from macros_py import crash, shell
from workbook.phrases import phrase


@click.command(cls=shell.Verb, help=phrase("help.install"))
@click.option("--oxt", type=click.Path(path_type=Path), default=None, help=phrase("help.oxt"))
def install(oxt: Path | None) -> int:
    """Put the add-in into Excel; with --oxt write the extension for LibreOffice instead."""
    from macros_py.addin.install import install as put
    from macros_py.addin.install import interpreter, places
    from macros_py.addin.oxt import oxt as extension
    from workbook.outgoing.save import save_new

    python = Path(sys.executable)
    if oxt:
        save_new(extension(python), oxt)
        click.echo(phrase("shell.written", out=oxt))
        return shell.CLEAN
    for path in put(places(platform.system(), Path.home(), os.environ), interpreter(python)):
        click.echo(phrase("shell.written", out=path))
    click.echo(phrase("shell.installed"))
    return shell.CLEAN


@click.command(cls=shell.Verb, help=phrase("help.uninstall"))
def uninstall() -> int:
    """Take the add-in out of Excel again."""
    from macros_py.addin.install import places
    from macros_py.addin.install import uninstall as take_away
    from macros_py.addin.oxt import IDENTIFIER

    removed = take_away(places(platform.system(), Path.home(), os.environ), crash.LOG.parent)
    for path in removed:
        click.echo(phrase("shell.removed", out=path))
    if not removed:
        click.echo(phrase("shell.nothing_installed"))
    if platform.system() == "Linux":
        click.echo(phrase("shell.remove_extension", identifier=IDENTIFIER))
    return shell.CLEAN


@click.command(cls=shell.Verb, help=phrase("help.doctor"))
def doctor() -> int:
    """Look at the machine and say what is missing."""
    from macros_py.addin.doctor import State
    from macros_py.addin.doctor import doctor as examine
    from macros_py.addin.machine import look

    checks = examine(look())
    for check in checks:
        click.echo(f"[{check.label}] {check.sentence}")
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
