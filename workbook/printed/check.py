"""A printed report → what is wrong with its percentages, with place, fault and fix."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.incoming.raw import Question
from workbook.located import COLUMNS
from workbook.messages import level_of, sentence
from workbook.printed import tables
from workbook.printed.claims import Claim, Kind, claims
from workbook.printed.faults import Base, fault, misdivided, whole_of
from workbook.printed.paper import Paper, Paragraph
from workbook.printed.tokens import numbers, percentages
from workbook.printed.words import has


@dataclass(frozen=True, slots=True)
class Recount:
    """How many percentages of a report were worked out again, and how many it does not say enough of."""

    file: str
    checked: int
    unchecked: int


def findings(paper: Paper, file: str) -> list[dict[str, Any]]:
    """Everything wrong, as lines of the frame `located`, in the order of the report's text, then of its tables."""
    found = [(place, question) for place, question in _of_text(paper) if question]
    found += [(table.place, question) for table in paper.tables for question in tables.questions(table)]
    return [_line(file, place, question) for place, question in found]


def recount(paper: Paper, file: str) -> Recount:
    """How far the check went."""
    judged = sum(1 for _ in _of_text(paper))
    printed = sum(percentages(paragraph.text) for paragraph in paper.paragraphs)
    lines = [one for table in paper.tables for one in tables.judgements(table)]
    return Recount(file, judged + len(lines), printed - judged)


def _line(file: str, place: str, question: Question) -> dict[str, Any]:
    """A finding; the place stands beside the sentence, which would call it a sheet."""
    said = sentence(question.code, {"cell": question.cell, **question.detail})
    known = {"row": -1, "level": level_of(question.code), "code": question.code, "file": file, "sheet": place,
             "cell": question.cell, "value": question.detail.get("value", ""), "message": said.message,
             "fix": said.fix, "branch_fix": said.for_branch().fix}  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | known


def is_printed(paper: Paper) -> bool:
    """Whether a workbook has a table that a report prints: percentages of a quota, or columns a number row explains."""
    return any(map(tables.is_checkable, paper.tables))


def _of_text(paper: Paper) -> Iterator[tuple[str, Question | None]]:
    """Every percentage of the sentences that can be judged, with its place: in their order, for what a share is of
    has often been said before.
    """
    known: list[Base] = [base for table in paper.tables for base in tables.bases(table)]
    said: dict[Base, None] = {}  # each number once, the latest last: a long report says the same ones again and again
    for paragraph in paper.paragraphs:
        here: list[Base] = [(count, counts or "other") for count, counts in numbers(paragraph.text)]
        if claimed := claims(paragraph.text):
            yield from _of_paragraph(paragraph, claimed, here, [*here, *reversed(said), *known])
        for base in reversed(here):
            said.pop(base, None)
            said[base] = None


def _of_paragraph(
    paragraph: Paragraph, claimed: Sequence[Claim], here: Sequence[Base], wholes: Sequence[Base]
) -> Iterator[tuple[str, Question | None]]:
    """The percentages of a paragraph; of `wholes` each may be a share, what is said `here` first, then the latest."""
    for claim in claimed:
        if claim.kind is not Kind.SHARE:
            others = [base for base in wholes if base in here or base[1] in ("quota", "admitted")]
            yield paragraph.place, fault(claim, others, paragraph.cell)
        elif not has(paragraph.text, "nouns", "elsewhere") and whole_of(claim, wholes):
            yield paragraph.place, misdivided(claim, wholes, paragraph.cell)
