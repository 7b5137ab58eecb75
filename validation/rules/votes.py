"""The branch's vote: two thirds of the official members summoned, in whole numbers."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation.rules.rule import Flags, Mask, Rule, filled, rule, stands_in
from validation.vocabulary import Level, Stage, Status

#: A candidate the vote went against stands rightly below the threshold.
_NOT_PROPOSED = (Status.REFUSED.value, Status.REMOVED.value)

_BOTH = ("votes_for", "members_summoned")


@rule("votes.missing", Level.QUERY, *_BOTH)
def missing(rows: pd.DataFrame) -> Mask:
    """The branch has resolved, and neither number is told."""
    awaited = stands_in(rows, Stage.AWAITING_DECISION, Stage.AWAITING_DECISION)
    return ~filled(rows, "votes_for") & ~filled(rows, "members_summoned") & awaited


@rule("votes.lonely", Level.QUERY, *_BOTH)
def lonely(rows: pd.DataFrame) -> Mask:
    """One of the two numbers says nothing without the other."""
    return filled(rows, "votes_for") ^ filled(rows, "members_summoned")


@rule("votes.impossible", Level.ERROR, "members_summoned", "votes_for")
def impossible(rows: pd.DataFrame) -> Mask:
    """Nobody was summoned, or fewer than none agreed."""
    return _known(rows) & ~_possible(rows)


@rule("votes.more_than_summoned", Level.ERROR, *_BOTH)
def more_than_summoned(rows: pd.DataFrame) -> Mask:
    """More votes than members summoned."""
    votes, summoned = _counts(rows)
    return _possible(rows) & (votes > summoned)


def _tell_needed(rows: pd.DataFrame) -> pd.DataFrame:
    share = rows["members_summoned"].astype(float) * rows["vote_numerator"]
    needed = -(-share // rows["vote_denominator"])
    told = rows[["vote_numerator", "vote_denominator"]].assign(needed=needed)
    return told.astype("int64")


@rule("votes.two_thirds", Level.ERROR, *_BOTH, "branch_resolved_on", tells=_tell_needed, measured="vote_numerator")
def too_few(rows: pd.DataFrame) -> Mask:
    """Fewer votes than the share of the members summoned that a resolution needs."""
    votes, summoned = _counts(rows)
    short: Mask = votes * rows["vote_denominator"] < summoned * rows["vote_numerator"]
    return short & _possible(rows) & ~rows["status"].isin(_NOT_PROPOSED)


@rule("votes.no_rule", Level.NOTE, *_BOTH, "branch_resolved_on")
def no_rule(rows: pd.DataFrame) -> Mask:
    """No document that was seen states the share for that day: said, so that silence is not taken for a yes.

    Not of official members, nor of those who left: long registers would drown in it.
    """
    unknown = rows["branch_resolved_on"].notna() & rows["vote_numerator"].isna()
    return _possible(rows) & unknown & stands_in(rows, Stage.SYMPATHIZER, Stage.PROBATIONARY)


@rule("votes.undated", Level.QUERY, "branch_resolved_on", *_BOTH)
def undated(rows: pd.DataFrame) -> Mask:
    """A vote is told, but not the day the branch resolved."""
    told = filled(rows, "votes_for") | filled(rows, "members_summoned")
    return told & ~filled(rows, "branch_resolved_on") & stands_in(rows, Stage.SYMPATHIZER, Stage.DOSSIER)


def _known(rows: pd.DataFrame) -> Flags:
    return filled(rows, "votes_for") & filled(rows, "members_summoned")


def _counts(rows: pd.DataFrame) -> list[npt.NDArray[np.float64]]:
    """Votes and members, NaN where blank, which is neither more nor less than anything."""
    return [rows[column].to_numpy("float64", na_value=np.nan) for column in _BOTH]


def _possible(rows: pd.DataFrame) -> Flags:
    """Whether both are told, and can be."""
    votes, summoned = _counts(rows)
    return np.asarray((votes >= 0) & (summoned >= 1))


RULES: tuple[Rule, ...] = (missing, lonely, impossible, more_than_summoned, too_few, no_rule, undated)
