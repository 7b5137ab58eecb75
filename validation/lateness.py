"""Clocks → findings: acts that came after their day, and papers that lapsed while they were still needed.

What is merely due or overdue is no finding: nothing on the sheet is wrong yet. It is told apart, with its arithmetic.
"""

import pandas as pd

from validation import findings
from validation.provisions import Nature
from validation.vocabulary import Level, Stage

_DETAIL = ("started_on", "due_on", "done_on", "days_late", "count", "counted_from", "cite", "regulation")


def explain(clocks: pd.DataFrame, stage: "pd.Series[str]") -> pd.DataFrame:
    """Findings on late acts and lapsed papers, each to be explained once; `stage` by row id.

    A late act asks for an explanation until the person is an official member, and no longer: the bodies that had to
    answer for it have by then recognised the member. It stands on the act's own cell; a lapse on the paper's.
    """
    late = clocks[clocks["days_late"] > 0]
    done = ~late["open"] & (late["nature"] == Nature.ACT) & (late["row"].map(stage) != Stage.OFFICIAL)
    lapsed = late["open"] & (late["nature"] == Nature.VALIDITY)
    told = late[done | lapsed]
    return findings.join(
        pd.DataFrame(
            {
                "row": told["row"],
                "column": told["done"].where(done[told.index], told["counted_from"]),
                "code": told["code"],
                "level": Level.QUERY,
                "detail": told[list(_DETAIL)].to_dict("records"),
            }
        )
    )
