"""`songuon purge`: finished people out of our own books, told."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros_py import shell
from macros_py.legible import in_lines, legible
from workbook.phrases import phrase

if TYPE_CHECKING:  # what reads workbooks takes a while to load
    from workbook.purge import Purged

_PATH = click.Path(path_type=Path)
_MOST_NAMED = 5


@click.command(cls=shell.Verb, help=phrase("purge.help"))
@click.argument("path", type=_PATH, metavar="BOOK|DIR")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="YYYY-MM-DD", help=phrase("purge.help_until")
)
def purge(path: Path, until: date) -> int:
    """Write every quota book without the people who are finished; what is no quota book is named."""
    from workbook import run
    from workbook.errors import NotAWorkbook
    from workbook.purge import purge_book

    last = date(until.year, until.month, until.day)
    run.existing([path])
    folder = path if path.is_dir() else path.parent
    books = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    others, undated = [], 0
    for book in books:
        out = book.with_name(phrase("purge.suffix", stem=book.stem, suffix=book.suffix))
        try:
            made = purge_book(book, out, last)
        except NotAWorkbook:
            if not path.is_dir():
                raise
            others.append(book.name)
            continue
        undated += made.undated
        _tell(book, out, made, last)
    cleared = _cleared(folder)
    _tell_rest(others)
    return shell.CLEAN if cleared and not others and not undated else shell.FINDINGS


def _cleared(folder: Path) -> bool:
    """Whether nothing is left of the readings that were kept beside the committee book."""
    from workbook.errors import CannotWrite
    from workbook.incoming.cache import FOLDER, clear

    try:
        kept = clear(folder)
    except CannotWrite as error:
        click.echo(legible(shell.told(error, FOLDER)))
        return False
    if kept:
        click.echo(phrase("purge.cleared", count=kept))
    return True


def _tell(book: Path, out: Path, made: "Purged", last: date) -> None:
    if made.persons:
        told = [phrase("purge.done", file=book.name, count=made.persons, out=out)]
    else:
        told = [phrase("purge.nobody", file=book.name, day=f"{last:%d/%m/%Y}")]
    if made.unsought:
        told.append(phrase("purge.unsought", file=book.name, count=made.unsought))
    if made.undated:
        told.append(phrase("purge.undated", file=book.name, count=made.undated))
    click.echo(in_lines(told))


def _tell_rest(others: Sequence[str]) -> None:
    if others:
        shown = ", ".join(others[:_MOST_NAMED]) + (", …" if len(others) > _MOST_NAMED else "")
        click.echo(legible(phrase("purge.others", count=len(others), files=shown)))
    click.echo(phrase("purge.remain"))
