"""Whom a committee has admitted this year, group by group: the lines of the statistics forms, in all and per branch.

Which age bands hold is chosen by the year counted (`workbook/composition_vi.toml`).
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation.vocabulary import Qualification, Schooling, Sex, TargetGroup
from workbook import codes
from workbook.composition import Composition, Criterion, Line, Role
from workbook.toml_file import toml_file

#: The title of a block → the column of yes and no that it is counted by.
_ANSWERED = {"union": "union_member", "ethnicity": "minority", "religion": "religious"}


def composition(people: pd.DataFrame, branches: Sequence[str], year: int) -> Composition:
    """Count the persons of `people` (as in `Book`) admitted in a year, each for the branch `credited_to`."""
    counted = _Counted(_worded(people[people["admitted_in"] == year]), pd.Index(branches))
    figured: list[Line] = []
    for line in lines_of(year):
        total, *by_branch = _figures(line, counted, _open_block(figured))
        figured.append(Line(line.label, line.role, line.criterion, total, tuple(by_branch)))
    return Composition(tuple(figured), form_of(year)["name"])


class _Counted:
    """The persons admitted, and where among the branches each of them is counted (-1: for none of them)."""

    def __init__(self, persons: pd.DataFrame, branches: "pd.Index[str]") -> None:
        self.persons = persons
        self.place = branches.get_indexer(pd.Index(persons["credited_to"]))
        self._branches = len(branches)

    def number(self, picked: "pd.Series[bool]") -> NDArray[np.intp]:
        """How many of those picked there are: in all, then branch by branch."""
        places = self.place[picked.to_numpy()]
        by_branch = np.bincount(places[places >= 0], minlength=self._branches)
        return np.concatenate([[len(places)], by_branch])

    def mean(self, column: str) -> list[Decimal | None]:
        """The mean of a column, to one decimal: in all, then branch by branch."""
        known = self.persons[column].notna().to_numpy()
        values, places = self.persons[column].to_numpy()[known], self.place[known]
        of_branch = places >= 0
        sums = np.bincount(places[of_branch], values[of_branch], minlength=self._branches)
        counts = np.bincount(places[of_branch], minlength=self._branches)
        return [_mean(values.sum(), len(values)), *map(_mean, sums, counts)]


def _worded(people: pd.DataFrame) -> pd.DataFrame:
    """What is true or false as the sheet of persons says it."""
    said = {True: _data()["labels"]["yes"], False: _data()["labels"]["no"]}
    return people.assign(**{name: people[name].map(said) for name in _ANSWERED.values()})


def _figures(line: Line, counted: _Counted, block: Sequence[Criterion]) -> Sequence[int | Decimal | None]:
    """What a line says: in all, then branch by branch."""
    everybody = counted.number(pd.Series(True, index=counted.persons.index))
    if line.role is Role.BLOCK:
        return [None] * len(everybody)
    if line.role is Role.MEAN:
        return counted.mean(line.criterion.column)
    if line.role is Role.REST:
        listed = sum(counted.number(one.picks(counted.persons)) for one in block)
        return [int(number) for number in everybody - listed]
    if line.role is Role.NOWHERE:
        somewhere = pd.concat([one.picks(counted.persons) for one in block], axis="columns").any(axis="columns")
        return [int(number) for number in everybody - counted.number(somewhere)]
    return [int(number) for number in counted.number(line.criterion.picks(counted.persons))]


def _mean(total: float, count: int) -> Decimal | None:
    """Of whole numbers, to one decimal, halves up; None of nothing."""
    return (Decimal(int(total)) / int(count)).quantize(Decimal("0.1"), ROUND_HALF_UP) if count else None


def _open_block(lines: Sequence[Line]) -> list[Criterion]:
    """The criteria counted since the last title."""
    titles = [place for place, line in enumerate(lines) if line.role is Role.BLOCK]
    return [line.criterion for line in lines[titles[-1] + 1 :]] if titles else []


def lines_of(year: int) -> Iterator[Line]:
    """The lines of a year in their order, without figures."""
    said, age_bands = words(), form_of(year)["age_bands"]
    yield Line(said["admitted"], Role.ALL)
    yield from _listed(said["sex"], "sex", codes.labels(Sex))
    for title, column in _ANSWERED.items():
        yield from _answered(said[title], column)
    yield Line(said["groups"], Role.BLOCK)
    for group in codes.labels(TargetGroup):
        yield Line(group, Role.COUNT, Criterion("groups", holds=group))
    yield Line(said["groups_unknown"], Role.NOWHERE)
    yield Line(said["age"], Role.BLOCK)
    for least, most in age_bands:
        text = said["age_band" if most else "age_over"].format(least=least, most=most)
        yield Line(text, Role.COUNT, Criterion("age", least=least, most=most))
    yield Line(said["unknown"], Role.REST)
    yield Line(said["age_mean"], Role.MEAN, Criterion("age"))
    yield from _listed(said["schooling"], "schooling", codes.labels(Schooling))
    yield from _listed(said["qualification"], "qualification", codes.labels(Qualification))


def _answered(title: str, column: str) -> Iterator[Line]:
    """A block of yes, no (where a register can say so) and the rest: of a blank nobody knows which it is."""
    said = words()
    yield Line(title, Role.BLOCK)
    yield Line(said[column], Role.COUNT, Criterion(column, equals=said["yes"]))
    if no := said.get(f"{column}_no"):
        yield Line(no, Role.COUNT, Criterion(column, equals=said["no"]))
    yield Line(said[f"{column}_unknown"], Role.REST)


def _listed(title: str, column: str, values: Sequence[str]) -> Iterator[Line]:
    """A block of one line per value of a closed list, and the rest."""
    yield Line(title, Role.BLOCK)
    for value in values:
        yield Line(value, Role.COUNT, Criterion(column, equals=value))
    yield Line(words()["unknown"], Role.REST)


def form_of(year: int) -> dict[str, Any]:
    """The newest statistics form of the year; the oldest known for years before it."""
    known = [form for form in _data()["forms"] if form["from_year"] <= year]
    return dict(known[-1] if known else _data()["forms"][0])


def titles() -> dict[str, str]:
    """Title of a block → its name in `words`; of the blocks of older books the name of the first that took over."""
    names = ("sex", *_ANSWERED, "groups", "age", "schooling", "qualification")
    blocks = {column: title for title, column in _ANSWERED.items()}
    former = {title: blocks[line] for line, before in reversed(former_blocks().items()) for title in before}
    return {**former, **{words()[name]: name for name in names}}


def rests() -> dict[str, Role]:
    """What the lines for those of a block who are in none of its lines are called, and which of the two each is."""
    said = words()
    labels = (said["unknown"], *(said[f"{column}_unknown"] for column in _ANSWERED.values()))
    return {**dict.fromkeys(labels, Role.REST), said["groups_unknown"]: Role.NOWHERE}


def words() -> dict[str, str]:
    """What the lines are called."""
    return dict(_data()["labels"])


def former_labels() -> dict[str, list[str]]:
    """What lines were called in books we wrote before, by the name of the line (`composition_keys`)."""
    return dict(_data()["former_labels"])


def former_blocks() -> dict[str, list[str]]:
    """Below which titles lines stood in books we wrote before, by the name of the line."""
    return dict(_data()["former_blocks"])


def _data() -> dict[str, Any]:
    return toml_file("workbook", "composition_vi.toml")
