"""Which committee an open register is judged for: the one whose book is open beside it, else the one last consolidated.

Where neither is known, or more than one is open, the central law holds. The clerk is told which, every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.committee import Committee, DecisionKind
from workbook.committee_layout import BRANCHES, DECISIONS, HOLIDAYS, SETTINGS
from workbook.errors import BadCommitteeBook, UnreadableWorkbook
from workbook.incoming.committee_book import parse, read_committee
from workbook.incoming.grid import Grid
from workbook.open_sheet import OpenSheet, Review, without
from workbook.phrases import phrase

#: An open book with these sheets is a committee book; the others it may lack.
NEEDED, OTHERS = (SETTINGS.name, BRANCHES.name), (HOLIDAYS.name, DECISIONS.name)


@dataclass(frozen=True, slots=True)
class Ruling:
    """The committee to judge by, None for the central law, and a sentence that says so."""

    committee: Committee | None
    said: str

    def of(self, review: Review) -> str:
        """The sentence for a sheet judged so; also why reasons were not found, where its branch is not known."""
        kept = self.committee.decisions if self.committee else ()
        explained = any(decision.kind is DecisionKind.EXPLAIN for decision in kept)
        lost = [phrase("button.no_branch")] if explained and not review.branches else []
        return " ".join([self.said, *lost])


def ruling(books: Sequence[Sequence[OpenSheet]], last: Path | None = None) -> Ruling:
    """Judge by the one committee whose book is open; with several, or one that cannot be used, by the central law.

    Where none is open by the book `last` consolidated, as it was saved.
    """
    found = [(sheets[0].book, _committee(sheets)) for sheets in books]
    if not found:
        return _of_file(last) if last else Ruling(None, phrase("button.central"))
    name, committee = found[0]
    if len(found) == 1 and committee:
        return Ruling(committee, phrase("button.by_committee", name=committee.name or name))
    return Ruling(None, phrase("button.central_although", books=", ".join(name for name, _ in found)))


def _of_file(path: Path) -> Ruling:
    try:
        committee, _ = read_committee(path)
    except UnreadableWorkbook:
        return Ruling(None, phrase("button.central_since", book=path.name))
    return Ruling(committee, phrase("button.by_last", name=committee.name or path.name, book=path.name))


def _committee(sheets: Sequence[OpenSheet]) -> Committee | None:
    grids = [Grid(sheet.name, without(sheet.rows, ()), sheet.merges) for sheet in sheets]
    try:
        return parse(grids)[0]
    except BadCommitteeBook:
        return None
