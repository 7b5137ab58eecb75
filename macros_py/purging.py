"""`songuon purge`: finished people out of our own books, told."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from macros_py import shell
from workbook.phrases import phrase

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
    from workbook.incoming.cache import clear
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
        _tell(book, out, made.persons, made.undated, last)
    if kept := clear(folder):
        click.echo(phrase("purge.cleared", count=kept))
    _tell_rest(others)
    return shell.FINDINGS if others or undated else shell.CLEAN


def _tell(book: Path, out: Path, persons: int, undated: int, last: date) -> None:
    if persons:
        click.echo(phrase("purge.done", file=book.name, count=persons, out=out))
    else:
        click.echo(phrase("purge.nobody", file=book.name, day=f"{last:%d/%m/%Y}"))
    if undated:
        click.echo(phrase("purge.undated", file=book.name, count=undated))


def _tell_rest(others: Sequence[str]) -> None:
    if others:
        shown = ", ".join(others[:_MOST_NAMED]) + (", …" if len(others) > _MOST_NAMED else "")
        click.echo(phrase("purge.others", count=len(others), files=shown))
    click.echo(phrase("purge.remain"))
