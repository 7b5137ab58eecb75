"""The papers as facts: every form once, in the order of the procedure, and no claim beyond what the register holds."""

import pytest

from validation.papers import form_source, papers
from validation.provisions import Source
from validation.regulation import load
from validation.vocabulary import Step

#: As `domain.md` has them: form → the register's column that shows it, None where no register tells.
SHOWN_BY = {
    "1-KNĐ": "applied_on",
    "2-KNĐ": None,
    "3-KNĐ": None,
    "4-KNĐ / 4A-KNĐ": "union_resolved_on",
    "5-KNĐ": "residence_opinion_on",
    "6-KNĐ": "branch_resolved_on",
    "7-KNĐ": None,
    "8-KNĐ": "committee_resolved_on",
    "9-KNĐ": "decided_on",
    "10-KNĐ": None,
    "11-KNĐ": None,
    "12-KNĐ": None,
    "13-KNĐ": "recognition_resolved_on",
    "14-KNĐ": None,
    "15-KNĐ": None,
    "16-KNĐ": "recognized_on",
}


def test_every_form_of_the_admission_stands_once_and_in_order():
    assert [paper.form for paper in papers() if paper.form.endswith("-KNĐ")] == list(SHOWN_BY)


@pytest.mark.parametrize(("form", "column"), SHOWN_BY.items())
def test_a_form_is_shown_by_its_own_column_or_by_none(form, column):
    assert next(paper.column for paper in papers() if paper.form == form) == column


def test_papers_stand_in_the_order_of_the_procedure_and_have_keys_of_their_own():
    steps = [list(Step).index(paper.step) for paper in papers()]
    assert steps == sorted(steps)
    assert len({paper.key for paper in papers()}) == len(papers())


def test_no_paper_is_asked_for_before_it_is_made():
    steps = list(Step)
    assert all(steps.index(paper.step) <= steps.index(asked) for paper in papers() for asked in paper.asked_at)


def test_what_lapses_follows_a_deadline_of_the_rulebook():
    assert {paper.lapses for paper in papers() if paper.lapses} <= set(load().keys)


def test_exactly_four_papers_are_made_anew_with_a_dossier_and_one_only_where_something_changed():
    again = [paper for paper in papers() if paper.lapses == "dossier_validity"]
    assert [paper.step for paper in again] == [
        Step.VET,
        Step.INTRODUCE_BY_MEMBER,
        Step.INTRODUCE_BY_UNION,
        Step.GATHER_OPINIONS,
    ]
    assert [paper.key for paper in papers() if paper.if_changed] == ["vetting"]


def test_the_numbers_of_forms_are_known_from_others_only():
    assert form_source() is Source.CITED
    assert all(paper.cite for paper in papers())
