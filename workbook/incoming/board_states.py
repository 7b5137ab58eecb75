"""The states on the board of a quota book of ours, read back; a word that is no state of ours is asked about."""

from collections.abc import Iterator, Sequence

from workbook.incoming.committee_book import Asked
from workbook.incoming.quota_book import Cell, Table
from workbook.incoming.raw import Question
from workbook.states import State, stated


def state_of(text: str) -> State | None:
    """The State that a text of a book stands for; None for what is no word of ours."""
    known = stated(text)
    return known.state if known else None


def lines_in(table: Table, states: Sequence[State]) -> list[int]:
    """The lines of the board (`table`) that are in any of the states."""
    return [line for line in table.lines if state_of(table.cell(line, "state").text) in states]


def unknown_states(table: Table) -> Iterator[Asked]:
    """A question for each text among the states of the board (`table`) that is none of them, where it stands first.

    A line that tells of nobody and of no file has no state.
    """
    unknown: dict[str, list[Cell]] = {}
    for line in table.lines:
        cell = table.cell(line, "state")
        if (cell.text or _tells(table, line)) and state_of(cell.text) is None:
            unknown.setdefault(cell.text, []).append(cell)
    for value, cells in unknown.items():
        detail: dict[str, object] = {"value": value, "count": len(cells)}
        yield table.sheet, Question("quota_book.unknown_state", cells[0].address, detail=detail)


def _tells(table: Table, line: int) -> bool:
    return any(table.cell(line, name).text for name in ("branch", "file") if name in table.places)
