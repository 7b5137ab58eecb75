"""Who can still be admitted by the day aimed at, and who must do what by when: the forecast as lines for a clerk."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validation.durations import Experience, learn
from validation.forecast import Forecast, Horizon, Outlook, forecast
from validation.forecast_chain import ACTS, chain_to
from workbook.assess import Assessment, Law
from workbook.book import EXPERIENCE_COLUMNS, PROSPECT_COLUMNS
from workbook.committee import Committee
from workbook.consolidate.prospect_texts import plans, reasons, short, step
from workbook.incoming.raw import Stacked
from workbook.labels import label


def prospects(
    assessment: Assessment, people: pd.DataFrame, committee: Committee, law: Law
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frames `prospects` (index: row id) and `experience` of `Book`.

    `people` as in `Book`: what is learnt is learnt from the persons counted, and a person further on elsewhere is on
    the way no more.
    """
    horizon = Horizon(law.rulebook, law.calendar, law.as_of, committee.forecast_day, committee.counted_by.value)
    counted = assessment.typed.loc[people.index]
    learnt = learn(counted, horizon)
    waiting = counted[people["stage"].isin(horizon.stages)]
    made = forecast(waiting, horizon, learnt, _blind(assessment.stacked, waiting.index))
    lines = _lines(made, people, assessment.stacked).assign(reason=reasons(made.people, law, horizon.target))
    ordered = lines.iloc[_order(made.people, horizon)]
    return ordered[list(PROSPECT_COLUMNS)], _experience(learnt, horizon)


def _order(told: pd.DataFrame, horizon: Horizon) -> NDArray[np.intp]:
    """Soonest act first; but whom experience gives no hope comes after the others, and whom the law gives none last.

    Where nothing was learnt, acts whose last safe day is past give no hope either: they would bury what can be done.
    """
    late = (told["likely_on"] > horizon.target) | (told["likely_on"].isna() & told["hurried"])
    hopeless = late & (told["outlook"] != Outlook.SURE)
    return np.lexsort((told["act_by"], hopeless, told["outlook"] == Outlook.IMPOSSIBLE))


def _lines(made: Forecast, people: pd.DataFrame, stacked: Stacked) -> pd.DataFrame:
    rows, told = made.people.index, made.people
    place = people.loc[rows, ["branch", "full_name", "stage", "file", "sheet"]].rename(columns={"full_name": "name"})
    following = told["next"]
    return place.assign(
        **told[["outlook", "earliest_on", "likely_on", "act_by"]],
        next_step=following.map({column: step(column) for column in ACTS}),
        actor=following.map({column: label(act.actor) for column, act in ACTS.items()}),
        plan=plans(made.plan),
        cell=[stacked.cell(int(row), column) for row, column in zip(rows, following, strict=True)],
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
