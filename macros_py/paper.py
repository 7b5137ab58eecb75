"""A desk of paper: a book in memory, for tests and rehearsals of the buttons."""

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from macros_py.desk import Refused, free_title, telling_progress
from workbook.incoming.grid import Merge
from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.areas import Cell, cells_of
from workbook.outgoing.areas import areas as as_areas
from workbook.outgoing.journal import Edits, Kept
from workbook.outgoing.lists import Offer
from workbook.outgoing.marks import Listing


@dataclass
class PaperSheet:
    """One sheet on paper. Blank cells are ""; `rows` may be ragged."""

    rows: list[list[object]] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    fills: dict[Cell, str] = field(default_factory=dict)
    notes: dict[Cell, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    locked: bool = False
    lists: dict[Cell, tuple[str, ...]] = field(default_factory=dict)
    formulas: tuple[Area, ...] = ()

    def write(self, corner: Cell, block: Sequence[Sequence[object]]) -> None:
        """Write a block of values, growing as needed."""
        top, left = corner
        for at, line in enumerate(block, start=top - 1):
            self.rows.extend([] for _ in range(at + 1 - len(self.rows)))
            self.rows[at].extend([""] * (left - 1 + len(line) - len(self.rows[at])))
            self.rows[at][left - 1 : left - 1 + len(line)] = line

    def square(self) -> list[list[object]]:
        """The rows, all as long as the last filled column and no more than are filled."""
        width = max((at for row in self.rows for at, value in enumerate(row, start=1) if value != ""), default=0)
        rows = [[*row[:width], *[""] * (width - len(row))] for row in self.rows]
        while rows and not any(value != "" for value in rows[-1]):
            rows.pop()
        return rows


@dataclass
class PaperDesk:
    """A book on paper. `said` and `told` are what a clerk would have read."""

    sheets: dict[str, PaperSheet]
    day: date
    front: str = ""
    at: Cell = (1, 1)
    journal: list[Kept] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    path: Path | None = None
    answers: list[object] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    beside: list[dict[str, PaperSheet]] = field(default_factory=list)
    sealed: bool = False
    asked: Counter[str] = field(default_factory=Counter)
    stop_after: int = sys.maxsize

    def today(self) -> date:
        """The day it was made with."""
        return self.day

    def sheet(self, name: str = "") -> OpenSheet:
        """That sheet, or the one in front."""
        name = name or self.cursor()[0]
        if name not in self.sheets:
            raise Refused("button.no_sheet", sheet=name)
        paper = self.sheets[name]
        return OpenSheet("giay.xlsx", name, paper.square(), paper.merges, paper.hidden, paper.formulas)

    def names(self) -> list[str]:
        """All of them: the journal is kept apart."""
        return list(self.sheets)

    def books_with(self, needed: Collection[str], others: Collection[str]) -> list[list[OpenSheet]]:
        """Those of `beside`."""
        return [
            [OpenSheet("so-cap-uy.xlsx", name, book[name].square()) for name in (*needed, *others) if name in book]
            for book in self.beside
            if book.keys() >= set(needed)
        ]

    def check_writable(self, *sheets: str) -> None:
        """Refused where one of them is locked."""
        for name in sheets:
            if self.sheets[name].locked:
                raise Refused("button.protected", sheet=name)

    def check_structure(self) -> None:
        """Refused where the book is sealed."""
        if self.sealed:
            raise Refused("button.structure")

    def fills(self, sheet: str, cells: Collection[Cell]) -> Mapping[Cell, str]:
        """What is painted there; counted in `asked`."""
        self.asked["fills"] += 1
        return {cell: self.sheets[sheet].fills[cell] for cell in cells if cell in self.sheets[sheet].fills}

    def notes(self, sheet: str) -> Mapping[Cell, str]:
        """All of them."""
        return dict(self.sheets[sheet].notes)

    def widths(self, sheet: str, columns: Collection[int]) -> Mapping[int, float]:
        """As set, else the usual one."""
        return {column: self.sheets[sheet].widths.get(column, 8.43) for column in columns}

    def change(self, sheet: str, edits: Edits) -> None:
        """Carry out the edits."""
        paper = self.sheets[sheet]
        for top, left, bottom, right in edits.clear:
            paper.write((top, left), [[""] * (right - left + 1)] * (bottom - top + 1))
        for corner, block in edits.blocks:
            paper.write(corner, block)
        for colour, areas in edits.fills.items():
            paper.fills |= {cell: colour for area in areas for cell in cells_of(area)}
        paper.fills = {cell: colour for cell, colour in paper.fills.items() if colour}
        for cell in edits.unnote:
            del paper.notes[cell]
        paper.notes |= edits.notes
        paper.widths |= edits.widths

    def put(self, listing: Listing, over: str) -> str:
        """Write the sheet."""
        name = over or free_title(listing.title, self.sheets)
        self.sheets[name] = PaperSheet([list(listing.headings), *map(list, listing.lines)])
        return name

    def drop(self, sheets: Sequence[str]) -> None:
        """Take them out."""
        self.sheets = {name: paper for name, paper in self.sheets.items() if name not in sheets}

    def kept(self) -> list[Kept]:
        """The journal as written; paper has no rows to insert."""
        return [one for one in self.journal if one.sheet in self.sheets]

    def keep(self, kept: Sequence[Kept]) -> None:
        """Keep it."""
        self.journal = list(kept)

    def cursor(self) -> tuple[str, Cell]:
        """Where it was last sent."""
        return self.front or next(iter(self.sheets)), self.at

    def select(self, sheet: str, cell: Cell) -> None:
        """Go there."""
        self.front, self.at = sheet, cell

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Paper does not undo."""
        del title
        yield

    def say(self, sentence: str) -> None:
        """Keep it in `said`."""
        self.said.append(sentence)

    def tell(self, sentence: str) -> None:
        """Keep it in `told`."""
        self.told.append(sentence)

    def agree(self, question: str) -> bool:
        """The next of `answers`."""
        return bool(self._answer(question))

    def ask(self, question: str, before: str) -> str:
        """The next of `answers`."""
        del before
        return str(self._answer(question) or "")

    def folder(self, title: str) -> Path | None:
        """The next of `answers`."""
        answer = self._answer(title)
        return Path(str(answer)) if answer else None

    def new_file(self, title: str, name: str) -> Path | None:
        """A file of that name in the folder that is the next of `answers`."""
        chosen = self.folder(title)
        return chosen / name if chosen else None

    def saved(self) -> Path:
        """Its `path`."""
        if self.path is None:
            raise Refused("button.not_on_disk")
        return self.path

    def open(self, path: Path) -> None:
        """Keep it in `opened`."""
        self.opened.append(path)

    def write(self, sheet: str, cell: Cell, text: str) -> None:
        """Write it."""
        self.sheets[sheet].write(cell, [[text]])

    def unruled(self, sheet: str, areas: Sequence[Area]) -> list[Area]:
        """Those that are not in the sheet's `lists`."""
        cells = {cell for area in areas for cell in cells_of(area)}
        return list(as_areas(cells - self.sheets[sheet].lists.keys()))

    def offer(self, sheet: str, offer: Offer) -> None:
        """Keep it in the sheet's `lists`."""
        self.sheets[sheet].lists |= {cell: offer.entries for area in offer.areas for cell in cells_of(area)}

    def progress(self, label: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Keep it in `said`; after `stop_after` the clerk wishes to stop."""
        return telling_progress(self.say, label, lambda done: done > self.stop_after)

    def _answer(self, question: str) -> object:
        self.said.append(question)
        return self.answers.pop(0)

    def explain(self, error: Exception) -> str:
        """Paper does not fail."""
        del error
        return ""
