"""A printed report → what is wrong with its percentages, with place, fault and fix."""

from collections.abc import Iterator
from typing import Any

from workbook.incoming.raw import Question
from workbook.located import COLUMNS
from workbook.messages import level_of, sentence
from workbook.printed import tables
from workbook.printed.claims import Kind, claims, numbers
from workbook.printed.faults import Base, fault, misdivided
from workbook.printed.paper import Paper, Paragraph


def findings(paper: Paper, file: str) -> list[dict[str, Any]]:
    """Everything wrong, as lines of the frame `located`, in the order of the report's text, then of its tables."""
    found = list(_of_text(paper))
    found += [(table.place, question) for table in paper.tables for question in tables.questions(table)]
    return [_line(file, place, question) for place, question in found]


def _line(file: str, place: str, question: Question) -> dict[str, Any]:
    """A finding; the place stands beside the sentence, which would call it a sheet."""
    said = sentence(question.code, {"cell": question.cell, **question.detail})
    known = {"row": -1, "level": level_of(question.code), "code": question.code, "file": file, "sheet": place,
             "cell": question.cell, "value": question.detail.get("value", ""), "message": said.message,
             "fix": said.fix, "branch_fix": said.for_branch().fix}  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | known


def is_printed(paper: Paper) -> bool:
    """Whether a workbook has a table that a report prints: percentages of a quota, or columns a number row explains."""
    return any(map(tables.judged, paper.tables))


def _of_text(paper: Paper) -> Iterator[tuple[str, Question]]:
    """Sentences in their order: what a share is of has often been said before."""
    known: list[Base] = [base for table in paper.tables for base in tables.bases(table)]
    said: list[Base] = []
    for paragraph in paper.paragraphs:
        here: list[Base] = [(count, counts or "other") for count, counts in numbers(paragraph.text)]
        yield from _of_paragraph(paragraph, here, [*said, *known])
        said = [*(one for one in here if one[1] in ("quota", "admitted")), *said]


def _of_paragraph(paragraph: Paragraph, here: list[Base], before: list[Base]) -> Iterator[tuple[str, Question]]:
    for claim in claims(paragraph.text):
        if claim.kind is Kind.SHARE:
            question = misdivided(claim, [*here, *before], paragraph.cell)
        elif claim.base:
            question = fault(claim, [*here, *before], paragraph.cell)
        else:
            question = None
        if question:
            yield paragraph.place, question
