"""Findings as a frame: made, joined, and added up to a verdict."""

from datetime import date

import pandas as pd
import pytest

from validation.findings import COLUMNS, explained, firm, frame, join, tried, verdicts
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


def test_only_a_query_with_a_reason_becomes_a_note_and_the_reason_is_kept():
    found = frame([one(1, Level.QUERY), one(2, Level.QUERY), one(3, Level.ERROR)])
    told = explained(found, pd.Series(["floods", None, "floods"]))
    assert told["level"].tolist() == [Level.NOTE, Level.QUERY, Level.ERROR]
    assert told["detail"].tolist() == [{"reason": "floods"}, {}, {}]


def test_findings_on_trial_are_notes_and_are_not_firm():
    found = frame([one(1, Level.ERROR, "a.b"), one(2, Level.ERROR, "c.d")])
    told = tried(found, {"a.b": date(2026, 12, 31)})
    assert told["level"].tolist() == [Level.NOTE, Level.ERROR]
    assert firm(told)["code"].tolist() == ["c.d"]
    assert firm(frame()).empty
