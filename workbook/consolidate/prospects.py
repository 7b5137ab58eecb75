"""Who can still be admitted by the day aimed at, and who must do what by when: the forecast as lines for a clerk."""

from collections.abc import Collection
from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation.durations import Experience, learn
from validation.forecast import Forecast, Hope, Horizon, Outlook, forecast
from validation.forecast_chain import ACTS, chain_to
from validation.vocabulary import Status
from workbook.assess import Assessment, Law
from workbook.book import EXPERIENCE_COLUMNS, PROSPECT_COLUMNS
from workbook.committee import Committee
from workbook.consolidate.prospect_texts import Aim, plans, reasons, short, step
from workbook.frames import held_once
from workbook.incoming.raw import Stacked
from workbook.labels import label


def prospects(
    assessment: Assessment, people: pd.DataFrame, committee: Committee, law: Law, moved: Collection[int] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `prospects` (index: row id) and `experience` of `Book`.

    `people` as in `Book`: what is learnt is learnt from the persons counted, and a person further on elsewhere is on
    the way no more. `moved`: row ids of persons who came here from another branch, whether or not their line says so.
    """
    horizon = Horizon(law.rulebook, law.calendar, law.as_of, committee.forecast_day, committee.counted_by.value)
    counted = assessment.typed.loc[people.index]
    learnt = learn(counted, horizon)
    waiting = counted[people["stage"].isin(horizon.stages)]
    waiting = waiting.assign(status=waiting["status"].mask(waiting.index.isin(moved), Status.MOVED_IN.value))
    made = forecast(waiting, horizon, learnt, _blind(assessment.stacked, waiting.index))
    experience = _experience(learnt, horizon)
    aim = Aim(law, horizon.target, horizon.target + timedelta(days=max(committee.reminders, default=0)))
    lines = _lines(made, people, assessment.stacked, horizon.today).assign(reason=reasons(_told(made, experience), aim))
    return lines.iloc[_order(made.people, horizon)][list(PROSPECT_COLUMNS)], experience


def _told(made: Forecast, experience: pd.DataFrame) -> pd.DataFrame:
    """What reasons are told of; where nothing at all was learnt, the sheet says so once and for all."""
    return made.people.assign(gap="") if experience.empty else made.people


def _order(told: pd.DataFrame, horizon: Horizon) -> NDArray[np.intp]:
    """Whom the law gives no hope last, and before them whom experience gives none, the nearest to success first.

    The others come first, what is overdue, then the soonest act: an overdue act is somebody's duty, hope or not.
    Where nothing was learnt, acts whose last safe day is past give no hope either: they would bury what can be done.
    So would those whom only a confirmation saves from waiting until it is too late.
    """
    waiting = told["hurried"] | (told["together_on"] > horizon.target)
    unlikely = (told["hope"] == Hope.UNLIKELY) | (told["hope"].isin([Hope.UNKNOWN, Hope.PASSED]) & waiting)
    hopeless = unlikely & told["overdue_on"].isna()
    still_far = -told["next"].map(list(ACTS).index)
    keys = [
        told["outlook"] == Outlook.IMPOSSIBLE,
        hopeless,
        told["overdue_on"],
        told["likely_on"].where(hopeless),
        still_far.where(hopeless),
        told["act_by"],
    ]
    return np.lexsort([key.to_numpy() for key in reversed(keys)])


def _lines(made: Forecast, people: pd.DataFrame, stacked: Stacked, today: pd.Timestamp) -> pd.DataFrame:
    rows, told = made.people.index, made.people
    place = people.loc[rows, ["branch", "full_name", "stage", "file", "sheet"]].rename(columns={"full_name": "name"})
    following = told["next"]
    return place.assign(
        **told[["outlook", "likely_on", "hope"]],
        act_by=told["act_by"].mask(told["slipped"]),
        # Today is no day the law sets, and may be a Sunday: blank says that nothing need be waited for.
        earliest_on=told["earliest_on"].where(told["earliest_on"] > today),
        next_step=following.map({column: step(column) for column in ACTS}),
        actor=following.map({column: label(act.actor) for column, act in ACTS.items()}),
        plan=plans(made.plan, today),
        cell=held_once(stacked.cell(int(row), column) for row, column in zip(rows, following, strict=True)),
    )


def _blind(stacked: Stacked, rows: "pd.Index[int]") -> pd.DataFrame:
    """For each row the acts that its sheet has no column to tell of."""
    lacking = pd.DataFrame({column: [column not in table.columns for table in stacked.tables] for column in ACTS})
    return lacking.loc[stacked.table_of[rows]].set_axis(rows)


def _experience(learnt: Experience, horizon: Horizon) -> pd.DataFrame:
    """What was learnt of each act, in the order of the procedure; without those too few cases tell of."""
    lessons = [(short(column), learnt[column]) for column in chain_to(horizon.counted_by)]
    told = [(act, one.cases, one.usual, one.most) for act, one in lessons if one.usual is not None]
    return pd.DataFrame(told, columns=list(EXPERIENCE_COLUMNS))
