"""Marks that have moved with their persons: a clerk sorts the lines, and no formula of the journal follows.

So the journal knows who stood on every marked line, and a line is found again by the person; where that person has been
corrected too, by our own notes on it. What cannot be found for certain is never put back in the place of another:
our notes are taken away wherever they stand, and how many fills are lost is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from workbook.incoming.cells import as_text
from workbook.incoming.raw import RawTable
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.journal import Kept, Kind
from workbook.text import key

#: Line of the journal → line where it stands now; who cannot be found for certain is missing.
Rows = Mapping[int, int]

_MARKS = (Kind.FILL, Kind.NOTE, Kind.PERSON)


def persons(table: RawTable) -> dict[Cell, str]:
    """Cell of the name → who it is: a digest of the name, and one of birth and number; nothing is kept twice."""
    blank = [""] * len(table.rows)
    columns = [table.columns.get(name, blank) for name in ("full_name", "birth_on", "citizen_id")]
    return {
        cell_of(table.cell(at, "full_name")): f"{_digest(name)} {_digest(*others)}"
        for at, (name, *others) in enumerate(zip(*columns, strict=True))
    }


def _digest(*values: object) -> str:
    """Nothing for blanks alone."""
    said = "\n".join(key(as_text(value)) for value in values)
    return sha256(said.encode()).hexdigest()[:16] if said.strip() else ""


def marked(kept: Sequence[Kept]) -> dict[int, str]:
    """The lines of a sheet on which persons were marked, and who they were."""
    return {one.area[0]: one.after for one in kept if one.kind is Kind.PERSON}


def by_person(kept: Sequence[Kept], now: Mapping[Cell, str]) -> dict[int, int]:
    """Where the marked persons stand now who were not corrected and stand on one line only."""
    return _paired(marked(kept), _by_row(now), str, 1)


def by_notes(kept: Sequence[Kept], now: Mapping[Cell, str], found: Rows, notes: Mapping[Cell, str]) -> dict[int, int]:
    """The same with the others: told by our notes, else by their order, else in place, else by name, else by birth.

    Last come those of whom nothing is left: their line is where it was if nobody else has taken it.
    """
    was, there, rows = marked(kept), _by_row(now), dict(found)
    still = all(row == at for row, at in found.items())
    quiet = []
    for row in sorted(was.keys() - rows.keys()):
        bearing = _bearing(kept, row, notes, rows)
        if len(bearing) == 1 or (still and row in bearing):
            rows[row] = row if row in bearing else bearing[0]
        elif not bearing:
            quiet.append(row)
    for match in (_in_order, _in_place, _by_name, _by_birth):
        taken = set(rows.values())
        lost = {row: was[row] for row in quiet if row not in rows}
        rows |= match(lost, {row: who for row, who in there.items() if row not in taken})
    return {**{row: row for row in set(quiet) - set(rows.values())}, **rows}


def _in_order(was: Mapping[int, str], now: Mapping[int, str]) -> dict[int, int]:
    return _paired(was, now, str, len(was))


def _in_place(was: Mapping[int, str], now: Mapping[int, str]) -> dict[int, int]:
    """Who still has the name, or birth and number."""
    return {row: row for row, who in was.items() if set(who.split()) & set(now.get(row, "").split())}


def _by_name(was: Mapping[int, str], now: Mapping[int, str]) -> dict[int, int]:
    return _paired(was, now, lambda who: who.partition(" ")[0], 1)


def _by_birth(was: Mapping[int, str], now: Mapping[int, str]) -> dict[int, int]:
    return _paired(was, now, lambda who: who.partition(" ")[2], 1)


def _by_row(now: Mapping[Cell, str]) -> dict[int, str]:
    return {row: who for (row, _), who in now.items()}


def _paired(was: Mapping[int, str], now: Mapping[int, str], part: Callable[[str], str], most: int) -> dict[int, int]:
    """Lines of the same group, in their order, where there are as many on both sides, and at most so many."""
    old, new = _grouped(was, part), _grouped(now, part)
    same = [(rows, new.get(who, [])) for who, rows in old.items() if len(rows) <= most]
    return {row: at for rows, places in same if len(rows) == len(places) for row, at in zip(rows, places, strict=True)}


def _grouped(rows: Mapping[int, str], part: Callable[[str], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for row in sorted(rows):
        groups.setdefault(part(rows[row]), []).append(row)
    groups.pop("", None)  # blanks are nobody's
    return groups


def _bearing(kept: Sequence[Kept], row: int, notes: Mapping[Cell, str], rows: Rows) -> list[int]:
    """The lines nobody has taken that bear all notes we put on this one."""
    ours = {one.area[1]: one.after for one in kept if one.kind is Kind.NOTE and one.area[0] == row}
    free = sorted({at for at, _ in notes} - set(rows.values())) if ours else []
    return [at for at in free if all(notes.get((at, column)) == text for column, text in ours.items())]


def places(kept: Sequence[Kept], rows: Rows) -> set[Cell]:
    """The cells of which the fill must be known: before and after."""
    cells = {cell for one in kept if one.kind is Kind.FILL for cell in one.cells}
    return cells | {(rows.get(row, row), column) for row, column in cells}


def carried(
    kept: Sequence[Kept], rows: Rows, fills: Mapping[Cell, str], notes: Mapping[Cell, str]
) -> tuple[list[Kept], int]:
    """The journal of the sheet with every line where it stands now, and how many fills can no longer be put back."""
    gone = marked(kept).keys() - rows.keys()
    marks = [_at(one, *cell) for one in kept if one.kind in _MARKS for cell in one.cells]
    if _stayed([one for one in marks if one.kind is Kind.FILL], rows, fills):
        still, marks = _parted(marks, lambda one: one.kind is Kind.FILL)
    else:
        still = []
    lost, marks = _parted(marks, lambda one: one.area[0] in gone)
    moved = [_at(one, rows.get(one.area[0], one.area[0]), one.area[1]) for one in marks]
    rest = [one for one in kept if one.kind not in _MARKS]
    return [*rest, *still, *moved, *_strays(lost, moved, notes)], _count_lost(lost)


def _stayed(marks: Sequence[Kept], rows: Rows, fills: Mapping[Cell, str]) -> bool:
    """Whether the fills stayed where they were: LibreOffice can sort without formats; notes go with the values."""
    moves = [(one, rows.get(one.area[0], one.area[0])) for one in marks]
    here = sum(fills.get(one.area[:2]) == one.after for one, row in moves if row != one.area[0])
    there = sum(fills.get((row, one.area[1])) == one.after for one, row in moves if row != one.area[0])
    return here > there


def _strays(lost: Sequence[Kept], moved: Sequence[Kept], notes: Mapping[Cell, str]) -> list[Kept]:
    """Our notes that stand on nobody's known line, and our fills with them: to be taken away, nothing put back."""
    known = {one.area[:2] for one in moved if one.kind is Kind.NOTE}
    texts = {one.area[:2]: one.after for one in lost if one.kind is Kind.NOTE}
    ours: dict[tuple[int, str], list[Kept]] = {}
    for one in lost:
        ours.setdefault((one.area[1], texts.get(one.area[:2], "")), []).append(replace(one, before=""))
    strays = ((cell, ours.get((cell[1], text), ())) for cell, text in notes.items() if text and cell not in known)
    return list(dict.fromkeys(_at(one, *cell) for cell, marks in strays for one in marks))


def _count_lost(lost: Sequence[Kept]) -> int:
    """Fills that hid one of the clerk's, or that no note of ours would betray."""
    noted = {one.area[:2] for one in lost if one.kind is Kind.NOTE}
    return sum(one.kind is Kind.FILL and (one.before != "" or one.area[:2] not in noted) for one in lost)


def _at(one: Kept, row: int, column: int) -> Kept:
    return replace(one, area=(row, column, row, column))


def _parted(marks: Sequence[Kept], belongs: Callable[[Kept], bool]) -> tuple[list[Kept], list[Kept]]:
    return [one for one in marks if belongs(one)], [one for one in marks if not belongs(one)]
