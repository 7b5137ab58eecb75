"""The lines of the sheet of groups by names that outlive their labels: `age.18_30`, `sex.female`, `groups.worker`.

Made from what each line counts by, so that a line and its name cannot part. Labels of older books stand beside ours in
`workbook/composition_vi.toml`.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import product

from validation.vocabulary import Qualification, Schooling, Sex, TargetGroup
from workbook import codes
from workbook.composition import Criterion, Line, Role
from workbook.consolidate.composition import former_blocks, former_labels, lines_of, words
from workbook.text import key

_LISTS: dict[str, type[StrEnum]] = {
    "sex": Sex,
    "groups": TargetGroup,
    "schooling": Schooling,
    "qualification": Qualification,
}
_ALL = "admitted"
#: What persons are counted by → the column of a register that says it, where that has another name.
_REGISTERED = {
    "union_member": "youth_union_on",
    "minority": "ethnicity",
    "religious": "religion",
    "groups": "target_groups",
    "age": "birth_on",
}


def line_keys(year: int) -> dict[tuple[str, str], str]:
    """(title of the block, label) as `workbook.text.key` has them → name of the line; the first block has no title."""
    return dict(_named(year))


def labels_of(year: int) -> dict[str, str]:
    """Name of a line → its label as the sheet has it now, in the order of the sheet."""
    made: dict[str, str] = {}
    column = ""
    for line in lines_of(year):
        if line.role is not Role.BLOCK:
            column = line.criterion.column or column
            made[_key(line, column)] = line.label
    return made


def registered(column: str) -> str:
    """The column of a register from which it is known what persons are counted by: "union_member", "sex" …"""
    return _REGISTERED.get(column, column)


def _named(year: int) -> Iterator[tuple[tuple[str, str], str]]:
    labels, blocks = former_labels(), former_blocks()
    block = column = ""
    for line in lines_of(year):
        if line.role is Role.BLOCK:
            block = line.label
            continue
        column = line.criterion.column or column
        name = _key(line, column)
        for title, label in product((block, *blocks.get(name, ())), (line.label, *labels.get(name, ()))):
            yield (key(title), key(label)), name


def _key(line: Line, column: str) -> str:
    """The rest of a block is named by the `column` that the block was counted by."""
    match line.role:
        case Role.ALL:
            return _ALL
        case Role.REST | Role.NOWHERE:
            return f"{column}.unknown"
        case Role.MEAN:
            return f"{column}.mean"
    return ".".join(filter(None, (column, _part(line.criterion, column))))


def _part(criterion: Criterion, column: str) -> str:
    """Which persons of a column are meant; "" for those of whom it is true."""
    if criterion.equals == words()["no"]:
        return "no"
    if column in _LISTS:
        label = criterion.equals or criterion.holds
        return next(str(one) for one in _LISTS[column] if codes.label(one) == label)
    return f"{criterion.least}_{criterion.most or ''}".rstrip("_") if criterion.least else ""
