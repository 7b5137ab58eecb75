"""The days clocks are counted from: the register's own, and the two it does not hold but that follow from it."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation.provisions import DOSSIER_STARTED, PROBATION_ENDS, Deadline
from validation.rulebook import Rulebook
from validation.vocabulary import DATE_COLUMNS
from validation.workdays import add_months

#: A column of days, NaT where blank.
Days = npt.NDArray[np.datetime64]

#: Papers of a dossier that the register dates, in the order of the procedure. The texts do not say which one
#: "drawing up the dossier" means, so the earliest counts and the clock names it.
DOSSIER_PAPERS = ("applied_on", "vetting_sent_on", "vetting_result_on", "union_resolved_on", "residence_opinion_on")


def trigger_days(typed: pd.DataFrame, rulebook: Rulebook, as_of: date) -> pd.DataFrame:
    """All `DATE_COLUMNS` and `DERIVED_COLUMNS` of a typed frame, without days after `as_of`.

    A day that has not come yet is a slip of the pen and starts nothing. The end of a probation under way is no
    such day: it follows from a ceremony that was held.
    """
    told = typed[list(DATE_COLUMNS)].to_numpy("datetime64[us]")
    past = np.where(told <= np.datetime64(as_of), told, np.datetime64("NaT"))
    days = pd.DataFrame(past, index=typed.index, columns=list(DATE_COLUMNS))
    started = np.fmin.reduce([past[:, DATE_COLUMNS.index(paper)] for paper in DOSSIER_PAPERS])
    return days.assign(**{DOSSIER_STARTED: started, PROBATION_ENDS: probation_ends(days["ceremony_on"], rulebook)})


def probation_ends(ceremony_on: "pd.Series[pd.Timestamp]", rulebook: Rulebook) -> "pd.Series[pd.Timestamp]":
    """The day the probation is over, by the rules of the day of the ceremony; lateness never moves it."""
    return add_months(ceremony_on, rulebook.numbers("probation_months", ceremony_on))


def arrays(days: pd.DataFrame) -> dict[str, Days]:
    """The columns of a frame of days as arrays."""
    return dict(zip(map(str, days), days.to_numpy("datetime64[us]").T, strict=True))


def started_on(days: Mapping[str, Days], deadline: Deadline) -> Days:
    """The day each clock of a deadline starts, from the fallback where the proper column is blank; NaT: none yet."""
    proper = days[deadline.counted_from]
    return proper if deadline.fallback is None else np.where(np.isnat(proper), days[deadline.fallback], proper)


def column_used(days: Mapping[str, Days], deadline: Deadline) -> npt.NDArray[np.object_]:
    """The column behind `started_on`; for a dossier its earliest paper. Meaningless where nothing started."""
    if deadline.counted_from == DOSSIER_STARTED:
        return _earliest_paper(days)
    blank = np.isnat(days[deadline.counted_from])
    return np.where(blank, deadline.fallback or "", deadline.counted_from).astype(np.object_)


def _earliest_paper(days: Mapping[str, Days]) -> npt.NDArray[np.object_]:
    papers = np.column_stack([days[name] for name in DOSSIER_PAPERS])
    filled = np.where(np.isnat(papers), np.datetime64("9999-12-31"), papers)
    earliest: npt.NDArray[np.object_] = np.array(DOSSIER_PAPERS, dtype=np.object_)[filled.argmin(axis=1)]
    return earliest
