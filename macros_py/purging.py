"""`songuon purge`: finished people out of our own books, told."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros_py import shell
from macros_py.legible import in_lines, legible
from macros_py.options import PATH, Day
from workbook.days import format_day
from workbook.phrases import phrase

if TYPE_CHECKING:  # what reads workbooks takes a while to load
    from workbook.purging.purge import Purged


@click.command(cls=shell.Verb, help=phrase("purge.help"))
@click.argument("path", type=PATH, metavar="BOOK|DIR")
@click.option("--until", type=Day(), required=True, help=phrase("purge.help_until"))
def purge(path: Path, until: date) -> int:
    """Write every quota book without the people who are finished; what is no quota book is named."""
    from workbook import given
    from workbook.errors import NotAWorkbook

    given.existing([path])
    whole_folder = path.is_dir()
    books = sorted(one for one in path.iterdir() if one.is_file()) if whole_folder else [path]
    others, undated = [], 0
    for book in books:
        try:
            undated += _purged(book, until)
        except NotAWorkbook:
            if not whole_folder:
                raise
            others.append(book.name)
    cleared = _cleared(path if whole_folder else path.parent)
    _tell_rest(others)
    return shell.CLEAN if cleared and not others and not undated else shell.FINDINGS


def _purged(book: Path, until: date) -> int:
    """Write a book without them and tell it; how many of its people are finished, but nobody knows since when."""
    from workbook.purging.purge import purge_book

    out = book.with_name(phrase("purge.suffix", stem=book.stem, suffix=book.suffix))
    made = purge_book(book, out, until)
    _tell(book, out, made, until)
    return made.undated


def _cleared(folder: Path) -> bool:
    """Whether nothing is left of the readings that were kept beside the committee book."""
    from workbook.errors import CannotWrite
    from workbook.incoming.cache import FOLDER, clear

    try:
        kept = clear(folder)
    except CannotWrite as error:
        shell.say(legible(shell.told(error, FOLDER)))
        return False
    if kept:
        shell.say(legible(phrase("purge.cleared", count=kept)))
    return True


def _tell(book: Path, out: Path, made: "Purged", until: date) -> None:
    if made.persons:
        told = [phrase("purge.done", file=book.name, count=made.persons, out=out)]
    else:
        told = [phrase("purge.nobody", file=book.name, day=format_day(until))]
    if made.unsought:
        told.append(phrase("purge.unsought", file=book.name, count=made.unsought))
    if made.undated:
        told.append(phrase("purge.undated", file=book.name, count=made.undated))
    shell.say(in_lines(told))


def _tell_rest(others: Sequence[str]) -> None:
    from workbook import given

    if others:
        shell.say(legible(phrase("purge.others", count=len(others), files=given.named(others, ", "))))
    shell.say(legible(phrase("purge.remain")))
