"""The pictures of the quota book: the first printed page of each sheet, of a made-up committee.

    python docs/pictures/pages.py

Needs LibreOffice and pdftoppm (Debian: libreoffice-calc, poppler-utils). Every sheet is printed by itself, with the
values that stand in the book; that LibreOffice calculates the same values is proved by the tests.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from workbook.book import Book
from workbook.demo.inbox import make
from workbook.given import committee_at
from workbook.incoming.previous import read_previous
from workbook.outgoing.links import locate_in
from workbook.outgoing.write import SHEETS, render, write_book
from workbook.run import book_of

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 22)
BEFORE = date(2026, 10, 31)
BRANCHES = 24
RESOLUTION = "80"  # dots an inch: legible on a screen, small in the repository


def main() -> None:
    """Make every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name, book in printed(made_up(Path(folder)), Path(folder)):
            picture(name, book)


def made_up(folder: Path) -> Book:
    """A quota book of a made-up committee, with what changed since the one before."""
    made = make(folder / "demo", AS_OF, branches=BRANCHES)
    committee = committee_at(made.committee_book)
    assert committee
    write_book(book_of(made.inbox, committee, BEFORE), folder / "before.xlsx")
    return book_of(made.inbox, committee, AS_OF, previous=read_previous(folder / "before.xlsx"))


def printed(book: Book, folder: Path) -> Iterator[tuple[str, Path]]:
    """Each sheet in a book of its own, by the name of its module."""
    for write_sheet in SHEETS:
        name = write_sheet.__module__.rpartition(".")[2]
        path = folder / f"{name}.xlsx"
        path.write_bytes(render(book, locate_in(None, path), (write_sheet,)))
        yield name, path


def picture(name: str, book: Path) -> None:
    """The first page of a book or of a letter as PNG beside this script."""
    profile = f"-env:UserInstallation={(book.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(book.parent), str(book)]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pages = ["pdftoppm", "-png", "-r", RESOLUTION, "-f", "1", "-singlefile"]
    subprocess.run([*pages, str(book.with_suffix(".pdf")), str(HERE / name)], check=True, timeout=60)


if __name__ == "__main__":
    main()
