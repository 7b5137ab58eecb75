"""What people have explained once about the books of lower committees, and are not asked again.

The code of a query is made of the committee, the rule and what the query tells of but days: a quota that differs by
other numbers is another query, a book that tells of another day than its neighbours is the same one every month.
"""

from datetime import date
from typing import Any

from validation.vocabulary import Level
from workbook.committee import Committee
from workbook.incoming.raw import Question
from workbook.query_codes import query_code, reasons_given


class Reasons:
    """The reasons among a committee's decisions; the last word under a code holds."""

    def __init__(self, committee: Committee) -> None:
        self._given = reasons_given(committee.decisions)
        self._names = {branch.name: (branch.name, *branch.aliases) for branch in committee.branches}

    def recalled(self, line: dict[str, Any], question: Question) -> dict[str, Any]:
        """A line of the sheet of findings with the code of its query; a note with the reason where one was given.

        Errors stay as they are, and so does a query of which neither the committee nor what it wrote is known.
        """
        if line["level"] != Level.QUERY or not (line["branch"] or line["value"]):
            return line
        about = _about(line["sheet"], question)
        names = self._names.get(line["branch"], (line["branch"],))
        codes = [query_code(name, about) for name in names]
        reason = next((self._given[code] for code in codes if code in self._given), None)
        coded = {**line, "memory": codes[0]}
        return coded if reason is None else {**coded, "level": Level.NOTE, "reason": reason}


def _about(sheet: str, question: Question) -> str:
    told = {name: value for name, value in question.detail.items() if name != "branch" and not isinstance(value, date)}
    return "|".join([question.code, sheet, *(f"{name}={told[name]}" for name in sorted(told))])
