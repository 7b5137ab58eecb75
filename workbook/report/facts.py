"""What the sections of the report ask of a quota book: its branches, its total line, its earlier books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbook.incoming.board_states import lines_in, state_of
from workbook.incoming.quota_book import Cell, QuotaBook, Table
from workbook.layout import ROLLUP_BOOK
from workbook.report.said import Figure, Sentence, count, number, say, share, text, words
from workbook.states import State
from workbook.text import key


class Period(StrEnum):
    """What a report is for: the month, quarter or year of the day that the book tells of."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Facts:
    """A quota book with the earlier books it is compared with.

    `lines`: the branches' lines on the sheet of quotas; `total`: the total line there. `silent`: the lines of those
    that have not handed in, whose noughts say nothing; `gone`: of those that are no more and owe nothing.
    """

    book: QuotaBook
    earlier: tuple[QuotaBook, ...]
    period: Period
    named: bool
    branches: Table
    lines: tuple[int, ...]
    total: int
    silent: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()

    @property
    def unit(self) -> Sentence:
        """What the lines of the book are, as a sentence calls one of them: branches, or lower committees."""
        lines = "committee" if self.book.kind == ROLLUP_BOOK else "branch"
        return Sentence(words()["units"][lines])

    @property
    def without(self) -> Sentence:
        """What a sum over all lines has to say of those that have not handed in; nothing where all have."""
        if not self.silent:
            return Sentence("")
        return say("words.without", count=count(self.those(sorted(self.silent))), unit=self.unit)

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

    def remark(self, line: int) -> str:
        """What the book itself says beside the counts of a branch."""
        return _remark(self.branches, line)

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
    lines = branch_lines(branches)
    gone = frozenset(line for line in lines if _is_gone(_remark(branches, line)))
    silent = _silent(book, branches, lines) - gone
    return Facts(book, tuple(earlier), period, named, branches, lines, branches.total or 0, silent, gone)


def branch_lines(branches: Table) -> tuple[int, ...]:
    """The numbered lines: what follows them is the total and the signatures."""
    return tuple(line for line in branches.lines if branches.cell(line, "number").number is not None)


def _remark(branches: Table, line: int) -> str:
    return branches.cell(line, "remark").text if "remark" in branches.places else ""


def _is_gone(remark: str) -> bool:
    return state_of(remark) in (State.MERGED, State.ENDED)


def _silent(book: QuotaBook, branches: Table, lines: Sequence[int]) -> frozenset[int]:
    """Who has not handed in, by the remark beside the counts (which a clerk may write over) or by the board."""
    awaited = _awaited(book.tables.get("submissions"))
    return frozenset(
        line
        for line in lines
        if state_of(_remark(branches, line)) is State.MISSING or key(branches.cell(line, "name").text) in awaited
    )


def _awaited(board: Table | None) -> set[str]:
    """Keys of the names of those that the board says have not handed in."""
    if board is None:
        return set()
    return {key(board.cell(line, "branch").text) for line in lines_in(board, [State.MISSING])}
