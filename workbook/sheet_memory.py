"""What people have said once of a sheet, or of a file as a whole: the code of the question, and the reason known of it.

A code is made of the branch, the rule, the sheet and what the question names there, never of the file's name: a
register that comes back next month is asked under the same code. What a question only counts is left out where it is
about how a sheet is built; where it is about what stands in it, other numbers are another question.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workbook.committee import Committee
from workbook.incoming.branches import Directory, hint
from workbook.incoming.raw import Question
from workbook.incoming.versions import Submission
from workbook.memory import names_of, reason_under
from workbook.query_codes import query_code, reasons_given
from workbook.text import key

#: Families of questions about how a sheet is built, or when it came: how many lines there are says nothing about them.
_BUILT = frozenset({"column", "columns", "sheet", "heading", "table", "merged"})

_COUNTED = re.compile(r" \(\d+\)$")

#: Between the names of branches that share a file.
_AND = "; "


@dataclass(frozen=True, slots=True)
class SheetMemory:
    """Whose each sheet is: (file, sheet) → branch, (file, "") → branch of the file; no entry where nobody knows.

    `names`: every name the queries of a branch may have been explained under; `given`: code → reason.
    """

    whose: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    def code(self, file: str, sheet: str, question: Question) -> str:
        """The code under which the question can be explained, "" where the file is of no known branch."""
        branch = self._branch(file, sheet)
        return query_code(branch, about(sheet, question)) if branch else ""

    def reason(self, file: str, sheet: str, question: Question) -> str:
        """The reason that was given, "" none."""
        branch = self._branch(file, sheet)
        names = self.names.get(branch, (branch,))
        return reason_under(self.given, names, about(sheet, question)) or "" if branch else ""

    def _branch(self, file: str, sheet: str) -> str:
        return self.whose.get((file, sheet)) or self.whose.get((file, ""), "")


#: Where there is no committee nothing has a code.
NOTHING_KNOWN = SheetMemory()


def sheet_memory(submissions: Sequence[Submission], committee: Committee, as_of: date) -> SheetMemory:
    """What is known of the sheets of these files.

    Of branches that share a sheet or a file the names are taken together; a file without a register is of the branch
    that its name hints at.
    """
    directory, whose = Directory(committee), dict[tuple[str, str], str]()
    for one in submissions:
        opened, claim = one.opened, one.claim
        whose[opened.file, ""] = _together(claim.branches) or hint(opened, directory)
        for table, rows in zip(opened.tables, claim.rows, strict=True):
            whose[opened.file, table.sheet] = _together(rows)
    return SheetMemory(whose, names_of(committee, as_of), reasons_given(committee.decisions))


def _together(names: Iterable[str]) -> str:
    return _AND.join(sorted({*names} - {""}))


def about(sheet: str, question: Question) -> str:
    """What the question is about, the same every month."""
    built = question.code.partition(".")[0] in _BUILT
    told = (f"{name}={text}" for name, value in sorted(question.detail.items()) if (text := _told(value, built=built)))
    return "|".join([question.code, key(sheet), question.column, *told])


def _told(value: object, *, built: bool) -> str:
    """A detail as part of a code; of how a sheet is built only what it names, without counts and days."""
    if isinstance(value, list | tuple):
        return ",".join(_told(one, built=built) for one in value)
    if not built:
        return str(value)
    return key(_COUNTED.sub("", value)) if isinstance(value, str) else ""
