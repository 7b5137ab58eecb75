"""What a person has decided about doubles: the words of the answers, and the codes that name lines without an id."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import pandas as pd

from workbook.committee import Decision, DecisionKind
from workbook.frames import made_once
from workbook.phrases import phrase
from workbook.short_code import LETTERS, short_code, tidy_code
from workbook.text import clean, key

_LENGTH = 6
_JOIN = "-"
_CODE = re.compile(rf"[{LETTERS}]{{{_LENGTH}}}(?:{_JOIN}[{LETTERS}]{{{_LENGTH}}})+")


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision: whether the lines of these codes are of one person, and the branch where the person counts."""

    codes: tuple[str, ...]
    same: bool
    branch: str = ""

    @property
    def content(self) -> str:
        """The answer in words."""
        if not self.same:
            return phrase("double.two_people")
        return phrase("double.one_at", branch=self.branch) if self.branch else phrase("double.one_person")

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every two of the codes, in order."""
        return frozenset(combinations(sorted(self.codes), 2))


def line_codes(made: pd.DataFrame) -> "pd.Series[str]":
    """A short code for each line of `traits`, the same as long as name, birth and branch are; one of 64 million.

    Lines that agree in all three share one; only what is matched anyway is ever held against a ruling.
    """
    day = made["born"].dt
    born = (day.year * 10_000 + day.month * 100 + day.day).fillna(made["year"]).astype("int64").astype("str")
    whole = made["bare"].fillna("") + "|" + born + "|" + made["branch"].fillna("")
    return made_once(whole, partial(short_code, length=_LENGTH))


def group_code(codes: Iterable[str]) -> str:
    """The code of a group of lines, whatever their order."""
    return _JOIN.join(sorted(codes))


def rulings(decisions: Iterable[Decision]) -> tuple[Ruling, ...]:
    """The decisions about doubles, in order; lines of another kind, and those that say neither, are passed over."""
    made = (ruling(one.subject, one.content) for one in decisions if one.kind is DecisionKind.PERSON)
    return tuple(one for one in made if one)


def ruling(subject: str, content: str) -> Ruling | None:
    """What one line of the sheet of decisions says, None where the code or the answer is none of ours."""
    if not is_group_code(subject):
        return None
    codes, said = tuple(tidy_code(subject).split(_JOIN)), key(content)
    if said == key(phrase("double.two_people")):
        return Ruling(codes, same=False)
    one_person, at = key(phrase("double.one_person")), key(phrase("double.one_at", branch=""))
    if said.startswith(at):
        return Ruling(codes, same=True, branch=clean(clean(content)[len(at) :]))
    return Ruling(codes, same=True) if said == one_person else None


def is_group_code(text: str) -> bool:
    """Whether the text can be the code of a group, however it is spaced."""
    return bool(_CODE.fullmatch(tidy_code(text)))


def answered(answers: Iterable[tuple[str, str]]) -> tuple[Decision, ...]:
    """Answers given on the sheet of doubles, as decisions: (group code, answer), in the order of the sheet.

    The last answer of a group holds, but "one person" does not unsay the branch where an earlier line counts that
    person. Blank and strange answers are passed over, so that the group is asked about again.
    """
    made: dict[str, Ruling] = {}
    for code, answer in answers:
        said, before = ruling(code, answer), made.get(code)
        if said and not (before and before.same and before.branch and said.same and not said.branch):
            made[code] = said
    return tuple(Decision(DecisionKind.PERSON, group_code(one.codes), one.content) for one in made.values())


def latest(given: Sequence[Ruling]) -> dict[tuple[str, str], Ruling]:
    """What holds for every two codes: the last word on them."""
    return {pair: one for one in given for pair in one.pairs}
