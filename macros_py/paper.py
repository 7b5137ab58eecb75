"""A desk of paper: a book in memory, for tests and rehearsals of the buttons."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from macros_py.desk import Refused, free_title
from workbook.incoming.grid import Merge
from workbook.open_sheet import Area, OpenSheet
from workbook.outgoing.journal import Cell, Edits, Kept, Sight
from workbook.outgoing.lists import Offer
from workbook.outgoing.marks import Listing
from workbook.phrases import phrase


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
    lists: dict[Area, tuple[str, ...]] = field(default_factory=dict)

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
        return OpenSheet("giay.xlsx", name, paper.square(), paper.merges, paper.hidden)

    def has_sheet(self, name: str) -> bool:
        """Whether there is one."""
        return name in self.sheets

    def check_writable(self, sheet: str) -> None:
        """Refused where the sheet is locked."""
        if self.sheets[sheet].locked:
            raise Refused("button.protected", sheet=sheet)

    def fills(self, sheet: str, cells: Collection[Cell]) -> Mapping[Cell, str]:
        """What is painted there."""
        return {cell: self.sheets[sheet].fills[cell] for cell in cells if cell in self.sheets[sheet].fills}

    def sight(self, sheet: str, cells: Collection[Cell], columns: Collection[int]) -> Sight:
        """What stands there."""
        paper = self.sheets[sheet]
        return Sight(
            self.fills(sheet, cells), dict(paper.notes), {column: paper.widths.get(column, 8.43) for column in columns}
        )

    def change(self, sheet: str, edits: Edits) -> None:
        """Carry out the edits."""
        paper = self.sheets[sheet]
        for top, left, bottom, right in edits.clear:
            paper.write((top, left), [[""] * (right - left + 1)] * (bottom - top + 1))
        if edits.block:
            paper.write(*edits.block)
        for colour, areas in edits.fills.items():
            cells = {(r, c) for top, left, bottom, right in areas for r in range(top, bottom + 1)
                     for c in range(left, right + 1)}  # fmt: skip
            paper.fills |= dict.fromkeys(cells, colour)
        paper.fills = {cell: colour for cell, colour in paper.fills.items() if colour}
        for cell in edits.unnote:
            del paper.notes[cell]
        paper.notes |= edits.notes
        paper.widths |= edits.widths

    def put(self, listing: Listing, over: str) -> str:
        """Write the sheet."""
        name = over if over in self.sheets else free_title(listing.title, self.sheets)
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

    def offer(self, sheet: str, offer: Offer) -> bool:
        """Keep it in the sheet's `lists`."""
        lost = self.sheets[sheet].lists.get(offer.area) != offer.entries
        self.sheets[sheet].lists[offer.area] = offer.entries
        return lost

    @contextmanager
    def progress(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """Keep it in `said`; after `stop_after` the clerk wishes to stop."""

        def told(done: int, total: int) -> None:
            if done > self.stop_after:
                raise Refused("shell.stopped")
            self.say(phrase("button.progress", label=label, done=done, total=total))

        yield told

    def _answer(self, question: str) -> object:
        self.said.append(question)
        return self.answers.pop(0)

    def explain(self, error: Exception) -> str:
        """Paper does not fail."""
        del error
        return ""
