"""What the sections of the report ask of a quota book: its branches, its total line, its earlier books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook.incoming.quota_book import Cell, QuotaBook, Table
from workbook.layout import ROLLUP_BOOK
from workbook.report.said import Figure, Sentence, number, share, text, words


class Period(StrEnum):
    """What a report is for: the month, quarter or year of the day that the book tells of."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Facts:
    """A quota book with the earlier books it is compared with.

    `lines`: the branches' lines on the sheet of quotas; `total`: the total line there.
    """

    book: QuotaBook
    earlier: tuple[QuotaBook, ...]
    period: Period
    named: bool
    branches: Table
    lines: tuple[int, ...]
    total: int

    @property
    def unit(self) -> Sentence:
        """What the lines of the book are, as a sentence calls one of them: branches, or lower committees."""
        lines = "committee" if self.book.kind == ROLLUP_BOOK else "branch"
        return Sentence(words()["units"][lines])

    @property
    def decimals(self) -> int:
        """As many decimals as the book's own percentages have."""
        shares = self.branches.cells((*self.lines, self.total), "percent")
        return max((len(shown(cell).text.partition(",")[2]) for cell in shares), default=0)

    def sum(self, name: str) -> Cell:
        """The cell of the total line."""
        return self.branches.cell(self.total, name)

    def number(self, line: int, name: str) -> float:
        """The number of a branch, nought where there is none."""
        return self.branches.cell(line, name).number or 0

    def those(self, lines: Sequence[int]) -> tuple[Cell, ...]:
        """The names of branches."""
        return self.branches.cells(lines, "name")

    def of(self, line: int, *names: str) -> Mapping[str, Figure]:
        """Figures of a branch by column, its name among them."""
        cells = {name: self.branches.cell(line, name) for name in names}
        return {"name": text(self.branches.cell(line, "name")), **{name: shown(cell) for name, cell in cells.items()}}


def shown(cell: Cell) -> Figure:
    """A count or a percentage, by whether the cell holds a fraction."""
    exact = cell.number is not None and cell.number != round(cell.number)
    return share(cell) if exact or cell.number is None else number(cell)


def facts(book: QuotaBook, earlier: Sequence[QuotaBook], period: Period, *, named: bool) -> Facts:
    """Find the branches and the total line; persons are `named` only where asked for."""
    branches = book.tables["branches"]
    return Facts(book, tuple(earlier), period, named, branches, branch_lines(branches), branches.total or 0)


def branch_lines(branches: Table) -> tuple[int, ...]:
    """The numbered lines: what follows them is the total and the signatures."""
    return tuple(line for line in branches.lines if branches.cell(line, "number").number is not None)
