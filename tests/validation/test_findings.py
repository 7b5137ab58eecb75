"""Findings as a frame: made, joined, and added up to a verdict."""

import pandas as pd
import pytest

from validation.findings import COLUMNS, frame, join, verdicts
from validation.vocabulary import Level, Verdict


def one(row, level, code="a.b"):
    return (row, "sex", code, level, {})


def test_no_findings_are_still_a_frame_of_findings():
    assert tuple(frame().columns) == COLUMNS
    assert join().empty
    assert join(frame(), frame()).empty


def test_findings_of_several_judges_stand_in_row_order_each_judge_s_in_theirs():
    joined = join(frame([one(2, Level.NOTE, "x.1"), one(1, Level.NOTE, "x.2")]), frame([one(1, Level.ERROR, "y.1")]))
    assert joined["code"].tolist() == ["x.2", "y.1", "x.1"]
    assert joined.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        ((), Verdict.VALID),
        ((Level.NOTE,), Verdict.VALID),
        ((Level.QUERY,), Verdict.WARNED),
        ((Level.QUERY, Level.NOTE), Verdict.WARNED),
        ((Level.ERROR,), Verdict.INVALID),
        ((Level.ERROR, Level.QUERY, Level.NOTE), Verdict.INVALID),
    ],
)
def test_the_gravest_finding_is_the_verdict(levels, verdict):
    found = frame([one(7, level) for level in levels])
    assert verdicts(found, pd.Index([7])).tolist() == [verdict]


def test_every_row_has_a_verdict_and_findings_of_no_row_count_for_none():
    found = frame([one(5, Level.ERROR), one(-1, Level.ERROR)])
    answer = verdicts(found, pd.Index([4, 5, 6]))
    assert answer.to_dict() == {4: Verdict.VALID, 5: Verdict.INVALID, 6: Verdict.VALID}
