"""What a reorganisation leaves to be asked: people whom no register shows any more, registers that came too late.

What was decided, and why, is in docs/decisions/0007-reorganisation.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from validation import findings
from validation.vocabulary import Level, Stage
from workbook.assess import Assessment
from workbook.committee import Branch, Committee
from workbook.consolidate.people import Roll
from workbook.incoming.branches import Directory, Known
from workbook.incoming.raw import Question
from workbook.incoming.versions import Submission
from workbook.located import COLUMNS, asked
from workbook.sheet_memory import SheetMemory
from workbook.states import State


def ended(committee: Committee, as_of: date) -> Mapping[str, str]:
    """Every branch that is no more → the branch that took it in, "" none."""
    homes = Directory(committee).homes(as_of)
    return {branch.name: homes.get(branch.name, "") for branch in committee.branches if branch.ended_before(as_of)}


def with_unshown(
    assessment: Assessment, who: Roll, submissions: Sequence[Submission], committee: Committee, as_of: date
) -> Assessment:
    """The judged rows with a query on everybody of a merged branch whom its heir's register does not show.

    Only a register that came after the merger can show them; who has left or is an official member needs no showing.
    """
    homes, received = Directory(committee).homes(as_of), _received(submissions)
    waiting = who.counted & ~assessment.left & (assessment.stages != Stage.OFFICIAL)
    records = []
    for branch in committee.branches:
        heir = homes.get(branch.name, "")
        if _is_after(received.get(heir), branch):
            detail = {"heir": heir, "until": branch.valid_to, "received": received[heir]}
            rows = who.branch.index[waiting & (who.branch == branch.name)]
            records += [(int(row), "full_name", "merged.unshown", Level.QUERY, detail) for row in rows]
    return replace(assessment, findings=findings.join(assessment.findings, findings.frame(records)))


def after_the_end(submissions: Sequence[Submission], committee: Committee, memory: SheetMemory) -> pd.DataFrame:
    """A question, as `located` has them, for every counted file of a branch that came after the branch had ended.

    Where a person has said whose the file is, nothing is asked.
    """
    branches = {branch.name: branch for branch in committee.branches}
    return pd.DataFrame(
        [
            _late(one, branches[one.branch], memory)
            for one in submissions
            if one.state is State.COUNTED and one.claim.known is not Known.DECISION and one.branch in branches
            if _is_after(one.received_on, branches[one.branch])
        ],
        columns=list(COLUMNS),
    )


def _late(one: Submission, branch: Branch, memory: SheetMemory) -> Mapping[str, object]:
    detail: dict[str, object] = {"branch": branch.name, "until": branch.valid_to, "received": one.received_on}
    return asked(one.opened.file, "", Question("merged.late_register", detail=detail), memory)


def _received(submissions: Sequence[Submission]) -> Mapping[str, date | None]:
    """Branch → the day its counted file came."""
    return {one.branch: one.received_on for one in submissions if one.state is State.COUNTED}


def _is_after(day: date | None, branch: Branch) -> bool:
    return bool(day and branch.valid_to and day > branch.valid_to)
