"""Whose admission it is: a person counted on one line of several is admitted once, for the branch of the ceremony.

Somebody admitted in branch A who then moved to B stands in B from then on, but meets A's quota: in the statistics A
counts an admission and B somebody who moved in. A's own line must hold the day, and not after the day of moving: a
ceremony after the move is B's (06-HD/TW 2025 §3.9). Which of the two is A their lines say, not which of them counts:
an answer on the sheet of doubles may have counted either. Counted twice without having moved, the person meets the
quota of the branch whose line counts. Where that line lacks the day that another line of the person holds, the
admission still counts, and the sheet of doubles asks the branch to fill it in.
"""

from datetime import date

import numpy as np
import pandas as pd

from validation.vocabulary import Stage, Status, year_of
from workbook.committee import Committee
from workbook.matching import DoubleKind, Persons, took_over

#: Whose admission a line's is, for the person: the branch left behind, the counted line itself, any other line.
_ORIGIN, _ITSELF, _OTHER = 0, 1, 2


def admissions(
    typed: pd.DataFrame, branch: pd.Series, same: Persons, committee: Committee, as_of: date
) -> pd.DataFrame:
    """By row id: `admitted_in`, `admitted_on`, `in_term`, and the branch whose quota it meets, `credited_to`."""
    year = admitted_in(typed, committee, as_of)
    own = pd.DataFrame(
        {
            "admitted_in": year,
            "admitted_on": typed[committee.counted_by.value].where(year > 0),
            "in_term": in_term(typed, committee, as_of),
            "credited_to": branch,
        }
    )
    source = _sources(typed, branch, same, own["admitted_in"], committee)
    taken = own.loc[source["row"]].set_axis(source.index)
    taken["credited_to"] = taken["credited_to"].where(source["tier"] == _ORIGIN, own["credited_to"])
    return pd.concat([own.drop(index=taken.index), taken]).reindex(own.index)


def _sources(
    typed: pd.DataFrame, branch: pd.Series, same: Persons, admitted: pd.Series, committee: Committee
) -> pd.DataFrame:
    """For each counted line of several whose person is admitted: the `row` that says so, and its `tier`."""
    several = same.stands_for[same.stands_for.isin(same.kinds.index)]
    held = several[admitted.reindex(several.index) > 0]
    lines = typed.loc[several.index].assign(branch=branch[several.index])
    origin = _left_behind(lines, several, committee.counted_by.value)[held.index] & (
        held.map(same.kinds) == DoubleKind.MOVED
    )
    tier = np.select([origin, held.index == held], [_ORIGIN, _ITSELF], _OTHER)
    changed = lines["status_changed_on"]
    keys = pd.DataFrame({"counted": held, "tier": tier, "changed": changed[held.index], "row": held.index})
    return keys.sort_values(["tier", "changed", "row"]).drop_duplicates("counted").set_index("counted")


def _left_behind(lines: pd.DataFrame, several: pd.Series, event: str) -> "pd.Series[bool]":
    """The lines whose branch had the person on the day of the `event`, and from which the person went on.

    Went on: the line says so, or the counted one has come later; where it alone says when, its day is the move's.
    """
    counted = lines.loc[several.to_numpy("int64")].set_axis(several.index)
    came = lines["status"] == Status.MOVED_IN
    said = ~came & ((lines["status"] == Status.MOVED_OUT) | lines["moved_to"].notna())
    arrived = (counted["status"] == Status.MOVED_IN) | several.map(took_over(lines, several))
    moved_on = lines["status_changed_on"].fillna(
        counted["status_changed_on"].where(counted["status"] == Status.MOVED_IN)
    )
    had = (~came & ~(lines[event] > moved_on)) | (came & (lines[event] >= lines["status_changed_on"]))
    return (said | arrived) & had & (lines["branch"] != counted["branch"])


def furthest(stages: pd.Series, same: Persons) -> pd.Series:
    """Row id → the stage of the person: the furthest that any line of the person shows."""
    rank = stages.map({stage.value: place for place, stage in enumerate(Stage)})
    several = same.stands_for[same.stands_for.isin(same.kinds.index)]
    best = rank.loc[several.index].groupby(several).max().reindex(rank.index, fill_value=-1)
    return rank.where(rank > best, best).map(dict(enumerate(map(str, Stage))))


def _event_day(typed: pd.DataFrame, committee: Committee) -> tuple[pd.Series, pd.Series]:
    column = committee.counted_by.value
    return typed[column], typed[year_of(column)]


def admitted_in(typed: pd.DataFrame, committee: Committee, as_of: date) -> pd.Series:
    """The year each admission counts for, 0 where there is none up to the day told of.

    A date of which only the year is legible counts for that year: a row with errors still counts.
    """
    day, year = _event_day(typed, committee)
    cut = pd.Timestamp(as_of)
    happened = (day <= cut) | (day.isna() & (year > 0) & (year <= cut.year))
    return year.where(happened, 0).astype(np.int64)


def in_term(typed: pd.DataFrame, committee: Committee, as_of: date) -> pd.Series:
    """Whether the admission falls in the committee's term, up to the day told of."""
    if committee.term_from is None:
        return pd.Series(False, index=typed.index)
    day, year = _event_day(typed, committee)
    until = pd.Timestamp(min(as_of, committee.term_to or as_of))
    since = pd.Timestamp(committee.term_from)
    by_year = day.isna() & (year > since.year) & (year <= until.year)
    return ((day >= since) & (day <= until)) | by_year
