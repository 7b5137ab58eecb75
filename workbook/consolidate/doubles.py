"""Lines that are, or may be, one person → the frame of the sheet of doubles: what was made of them, and why.

Groups stand in the order of how much they ask of a clerk. A line of a pair that is asked about may also belong to a
group of its own; each says for itself whether it counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, compress

import pandas as pd

from validation.vocabulary import DATE_COLUMNS, Status
from workbook.assess import Assessment
from workbook.book import DOUBLE_COLUMNS
from workbook.consolidate.people import Roll
from workbook.incoming.cells import as_text
from workbook.incoming.inbox import Opened
from workbook.layout import HEADING
from workbook.matching import Bond, DoubleKind, Persons
from workbook.matching.rulings import Ruling, group_code
from workbook.phrases import phrase
from workbook.text import key

#: What the lines of one person should agree in; a new place has a helper and a status of its own.
_SAID_OF_ONE = (
    "citizen_id",
    "sex",
    *(name for name in DATE_COLUMNS if name not in ("helper_assigned_on", "status_changed_on")),
)
_SAID = ("row", "group", "kind", "decision", "code", "reasons", "counts", "admission", "remark")
_ORDER = (DoubleKind.ASKED, DoubleKind.TWICE, DoubleKind.MOVED, DoubleKind.PARTED)


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines that belong together: row ids, the counted one first, and the reasons (keys of phrases) of each."""

    kind: DoubleKind
    rows: tuple[int, ...]
    reasons: dict[int, tuple[str, ...]]

    @property
    def merged(self) -> bool:
        """Whether the lines count as one person."""
        return self.kind in (DoubleKind.TWICE, DoubleKind.MOVED)


def doubles(assessment: Assessment, who: Roll, persons: pd.DataFrame, files: Sequence[Opened]) -> pd.DataFrame:
    """The frame `doubles` of `Book`, one line per line of a register.

    `group` counts from 1; `decision` is what people have said, on the group's first line; `counts` says whether and
    where the line counts, `admission` for whom the person's admission counts.
    """
    order = {kind: place for place, kind in enumerate(_ORDER)}
    groups = sorted(_groups(who.same), key=lambda one: (order[one.kind], who.branch[one.rows[0]], one.rows))
    told = _admissions(groups, persons), _remarks(groups, assessment.typed, who)
    lines = [line for number, group in enumerate(groups, start=1) for line in _lines(number, group, who, *told)]
    made = pd.DataFrame(lines, columns=list(_SAID))
    places = _places(made["row"].astype("int64"), assessment, who, files)
    return pd.concat([made, places], axis="columns")[list(DOUBLE_COLUMNS)]


def _groups(same: Persons) -> Iterator[_Group]:
    """Those counted as one person; and pairs of two persons, each once, that are asked about or were parted."""
    certain = same.pairs[same.pairs["bond"] == Bond.CERTAIN]
    reasons: dict[int, tuple[str, ...]] = {}
    for one, other, why in zip(certain["one"], certain["other"], certain["reasons"], strict=True):
        for row in (one, other):
            reasons[row] = reasons.get(row) or why
    several = same.stands_for[same.stands_for.isin(same.kinds.index)]
    for counted, kind in same.kinds.items():
        first = sorted(several.index[several == counted], key=lambda row: (row != counted, row))
        yield _Group(DoubleKind(kind), tuple(first), {row: reasons[row] for row in first})
    for bond, kind in ((Bond.ASKED, DoubleKind.ASKED), (Bond.PARTED, DoubleKind.PARTED)):
        yield from _two_persons(same, bond, kind)


def _two_persons(same: Persons, bond: Bond, kind: DoubleKind) -> Iterator[_Group]:
    pairs = same.pairs[same.pairs["bond"] == bond]
    who = pairs["one"].map(same.stands_for), pairs["other"].map(same.stands_for)
    # Of the lines of two persons the pair that counts is shown, if it is among the pairs.
    spare = (who[0] != pairs["one"]).astype(int) + (who[1] != pairs["other"])
    persons = pd.DataFrame(
        {"low": who[0].where(who[0] < who[1], who[1]), "high": who[0].where(who[0] > who[1], who[1])}
    )
    once = persons[who[0] != who[1]].assign(spare=spare).sort_values("spare", kind="stable")
    for at in once.drop_duplicates(["low", "high"]).index:
        one, other, why = pairs.loc[at, ["one", "other", "reasons"]]
        yield _Group(kind, (int(one), int(other)), {int(one): why, int(other): why})


def _lines(
    number: int, group: _Group, who: Roll, admissions: Mapping[int, str], remarks: Mapping[int, str]
) -> Iterator[dict[str, object]]:
    """What is said of each line of a group; of the group as a whole on its first line."""
    code, first = group_code(who.same.codes[row] for row in group.rows), group.rows[0]
    for row in group.rows:
        again = row != first and group.reasons[row] == group.reasons[first]
        yield {
            "row": row,
            "group": number,
            "kind": group.kind,
            "decision": _decision(group, who.same) if row == first else "",
            "code": code,
            "reasons": "" if again else "; ".join(map(phrase, group.reasons[row])),
            "counts": _counts(group, row, who),
            "admission": admissions.get(row, "") if group.merged else "",
            "remark": remarks.get(row, "") if group.merged else "",
        }


def _places(rows: "pd.Series[int]", assessment: Assessment, who: Roll, files: Sequence[Opened]) -> pd.DataFrame:
    """Who stands on the lines, and where they are; a birth of which no full day can be read as it was typed."""
    typed, raw, stacked = assessment.typed.loc[rows], assessment.stacked.frame.loc[rows], assessment.stacked
    born = typed["birth_on"].astype(object).where(typed["birth_on"].notna(), raw["birth_on"].map(as_text))
    columns = {
        "name": typed["full_name"].tolist(),
        "birth_on": born.tolist(),
        "branch": who.branch[rows].tolist(),
        "file": [files[number].file for number in raw["file"]],
        "sheet": [stacked.sheet(row) for row in rows],
        "cell": [stacked.cell(row, "full_name") for row in rows],
        "status": typed["status"].tolist(),
        "stage": assessment.stages[rows].tolist(),
    }
    return pd.DataFrame(columns, index=rows.index)


def _decision(group: _Group, same: Persons) -> str:
    said = _ruling(group, same)
    return said.content if said else ""


def _ruling(group: _Group, same: Persons) -> Ruling | None:
    """What people have said of the group; of several sayings the one that names a branch."""
    pairs = combinations(sorted(same.codes[row] for row in group.rows), 2)
    said = [same.ruled[pair] for pair in pairs if pair in same.ruled]
    return max(said, key=lambda one: bool(one.branch), default=None)


def _counts(group: _Group, row: int, who: Roll) -> str:
    counted = who.same.stands_for[row]
    if counted != row:
        elsewhere = who.branch[counted] != who.branch[row]
        here = phrase("double.set_aside_here")
        return phrase("double.set_aside", branch=who.branch[counted]) if elsewhere else here
    said = {DoubleKind.ASKED: "double.counts_both", DoubleKind.PARTED: "double.counts_apart"}
    return phrase(said.get(group.kind, "double.counts"))


def _admissions(groups: Sequence[_Group], persons: pd.DataFrame) -> dict[int, str]:
    """By counted line: for which year and branch the person's admission counts."""
    counted = persons.loc[[group.rows[0] for group in groups if group.merged], ["admitted_in", "credited_to"]]
    admitted = counted[counted["admitted_in"] > 0]
    told = zip(admitted.index, admitted["admitted_in"], admitted["credited_to"], strict=True)
    return {int(row): phrase("double.admission", year=year, branch=branch) for row, year, branch in told}


def _remarks(groups: Sequence[_Group], typed: pd.DataFrame, who: Roll) -> dict[int, str]:
    """By counted line: what it lacks, and what the lines contradict each other in, for the branches to put right."""
    merged = {group.rows[0]: group for group in groups if group.merged}
    counted = pd.Series({row: first for first, group in merged.items() for row in group.rows}, dtype="int64")
    said = typed.loc[counted.index, list(_SAID_OF_ONE)].rename(columns=HEADING)
    differs = said.groupby(counted).nunique() > 1
    lacking = said.notna().groupby(counted).any() & said.loc[differs.index].isna()
    told = {"double.lacking": lacking, "double.differs": differs}
    gone = _away(merged.values(), typed, who)
    return {
        first: f"{gone[first]} {_remark(group, told, who.branch[first])}".strip() for first, group in merged.items()
    }


def _away(groups: Iterable[_Group], typed: pd.DataFrame, who: Roll) -> dict[int, str]:
    """By counted line: that the branch somebody chose says itself that the person has moved away, else ""."""
    made = {}
    for group in groups:
        first, said = group.rows[0], _ruling(group, who.same)
        chosen = key(said.branch) if said else ""
        away = [row for row in group.rows[1:] if key(who.branch[row]) == chosen != key(who.branch[first])]
        left = any(typed.at[row, "status"] == Status.MOVED_OUT for row in away)
        made[first] = phrase("double.away", branch=who.branch[away[0]], now=who.branch[first]) if left else ""
    return made


def _remark(group: _Group, told: Mapping[str, pd.DataFrame], branch: str) -> str:
    """The sentences of one group: each key of a phrase with the columns it holds for."""
    first = group.rows[0]
    joined = [] if group.reasons[first] else [phrase("double.joined")]
    columns = {code: ", ".join(map(str, compress(table, table.loc[first]))) for code, table in told.items()}
    return " ".join(joined + [phrase(code, columns=named, branch=branch) for code, named in columns.items() if named])
