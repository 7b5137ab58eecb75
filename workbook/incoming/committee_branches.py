"""The sheet of branches → branches, each known by names that no other has."""

import re
from collections.abc import Iterator, Mapping, Sequence

from workbook.committee import Branch
from workbook.committee_layout import BRANCHES, TOTALS, Field
from workbook.errors import BadCommitteeBook
from workbook.incoming.committee_lines import Doubt, Line, headings_of, misordered, read_lines, settle, sheet_of
from workbook.incoming.grid import Grid
from workbook.incoming.raw import Question
from workbook.text import key

_LETTER = re.compile(r"[^\W\d_]")
_TOTALS = frozenset(map(key, TOTALS))

#: The fields a branch can be called by.
_CALLED_BY = tuple(BRANCHES.field(name) for name in ("code", "name", "aliases"))


def branches(grids: Sequence[Grid]) -> tuple[list[Branch], list[Question]]:
    """Every line with a name, in the order of the sheet; total lines pass without a question.

    Raises BadCommitteeBook without the sheet, its column of names, or a single branch.
    """
    lines, questions = _read(grids)
    named = [line for line in lines if _is_named(line)]
    nameless = [line for line in lines if not _is_named(line) and not _is_total(line)]
    questions += [line.ask("committee.branch_unnamed", BRANCHES.field("name")) for line in nameless]
    called = _called(named)
    settled = [settle(line, _doubts(line, called)) for line in named]
    if not settled:
        raise BadCommitteeBook("committee.no_branch", _wanted())
    return [Branch(**{"code": "", **known}) for known, _ in settled], [
        *questions,
        *(one for _, asked in settled for one in asked),
    ]


def _read(grids: Sequence[Grid]) -> tuple[list[Line], list[Question]]:
    grid = sheet_of(grids, BRANCHES.name)
    read = read_lines(grid, BRANCHES, ("name",)) if grid else None
    if read is None:
        raise BadCommitteeBook("committee.sheet_missing", {"wanted": BRANCHES.name, "headings": headings_of(BRANCHES)})
    return read


def _wanted() -> dict[str, object]:
    return {"wanted": BRANCHES.name, "heading": BRANCHES.field("name").heading}


def _is_named(line: Line) -> bool:
    name = str(line.values.get("name") or "")
    return _LETTER.search(name) is not None and key(name) not in _TOTALS


def _is_total(line: Line) -> bool:
    return any(isinstance(value, str) and key(value) in _TOTALS for value in line.values.values())


def _doubts(line: Line, called: Mapping[str, str]) -> Iterator[Doubt]:
    """`called`: every name a branch goes by → the cell where it stands first."""
    for field, name in _names(line):
        other = called[key(name)]
        if other not in line.cells.values():
            yield line.ask("committee.branch_twice", field, value=name, other=other), ()
    into = line.values.get("merged_into")
    if into and key(str(into)) not in called:
        field = BRANCHES.field("merged_into")
        yield line.ask("committee.merged_into", field, value=into, wanted=BRANCHES.field("name").heading), (field.name,)
    elif into:
        yield from _merged(line, str(into))
    yield from misordered(line, BRANCHES.field("valid_from"), BRANCHES.field("valid_to"))


def _merged(line: Line, into: str) -> Iterator[Doubt]:
    """What keeps a merger into a known branch from being one: no day, or no other branch."""
    if key(into) in {key(name) for _, name in _names(line)}:
        field = BRANCHES.field("merged_into")
        yield line.ask("committee.merged_into_itself", field), (field.name,)
    elif line.lacks(end := BRANCHES.field("valid_to")):
        yield line.ask("committee.merged_undated", end, into=into), ()


def _called(lines: Sequence[Line]) -> dict[str, str]:
    return {key(name): line.cells[field.name] for line in reversed(lines) for field, name in reversed(_names(line))}


def _names(line: Line) -> list[tuple[Field, str]]:
    """Everything the branch of a line is called, with the field it stands in."""
    found = [(field, line.values.get(field.name) or ()) for field in _CALLED_BY]
    return [(field, name) for field, names in found for name in ((names,) if isinstance(names, str) else names)]
