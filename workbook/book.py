"""The quota book before it is a file: one frame per sheet, in English columns. Made by `consolidate`."""

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from workbook.committee import Committee
from workbook.composition import Composition

DOSSIER_COLUMNS = ("branch", "name", "step", "paper", "form", "state", "lapses_on", "task", "due_on", "basis",
                   "file", "sheet", "cell")  # fmt: skip
PROSPECT_COLUMNS = ("branch", "name", "stage", "outlook", "earliest_on", "likely_on", "hope", "next_step", "act_by",
                    "actor", "plan", "reason", "file", "sheet", "cell")  # fmt: skip
DOUBLE_COLUMNS = ("group", "kind", "name", "birth_on", "branch", "file", "sheet", "cell", "decision", "code",
                  "reasons", "counts", "admission", "status", "stage", "remark")  # fmt: skip
MONTH_COLUMNS = ("month", "admitted", "planned", "before")
EXPERIENCE_COLUMNS = ("act", "cases", "usual", "most")


@dataclass(frozen=True, slots=True)
class Book:
    """What the output sheets show. Text a clerk reads is already Vietnamese; dates are datetime64, NaT = blank.

    `people`: one row per counted person. Columns: `branch` (name), every register column as it should be shown
        (dates as datetime64 where a full day is known, else the text typed), `stage` (a Stage value, or "" for
        those who left; the register column `status` holds its shown label), `next_due_on`, `verdict` (Verdict
        value), `detail` (text, all messages of the row), `file`, `sheet`, `row`, `admitted_in` (year counted, 0
        none), `in_term` (bool), `certified_in` (year of the certificate, 0 none), `overdue` (number of overdue
        clocks), `expected` (bool: admitted this year, or will be if every remaining deadline is kept), `extra`
        (text: columns of the branch's own, "heading: value; ..."), `admitted_on` (day counted, NaT where not full),
        `credited_to` (branch whose quota the admission meets), `outlook` and `hope` (Outlook and Hope value, "" for
        who is not on the way), `union_member`, `minority`, `religious` (boolean, NA unknown), `age` (on admission,
        NA unknown), `groups` (labels between bars).
    `branches`: one row per branch shown: `name`, `kind`, `members`, `quota`, `term_quota` (float, NaN blank),
        `members_at_start`, `watcher`, `admitted`, `percent` (Decimal or None), `lacking`, `expected`, one column
        per Stage value, `overdue` (persons), `errors` (persons with errors), `rank` (int or 0), `left`,
        `admitted_with_errors`, `certificates` (this year), `term_admitted`, `term_percent`, `missing` (bool: nothing
        of it counts that should), `remark` (text).
    `overdue`: `branch`, `name`, `step` (label), `counted_from` (label), `started_on`, `term` (text such as
        "45 ngày làm việc"), `due_on`, `days_late` (calendar days, 0 = not late yet), `tier` (text), `basis` (text),
        `watcher`, `file`, `sheet`, `cell`.
    `untimed`: how many counted persons have a clock that could not be worked out (a day is wrong, or was not read).
    `findings`: `level` (Level value), `code`, `branch`, `file`, `sheet`, `cell`, `heading`, `value`, `message`, `fix`,
        `memory` (code to explain it by, "" none), `reason` (text).
    `submissions`: `branch`, `state` (State value, "" unknown), `heir` (the branch that took it in), `file`,
        `received_at` (datetime64), `rows`, `errors`, `queries`, `version` (Int64, NA unknown), `sha256`, `remark`
        (text), `due_on`, `days_late` (Int64), `changes` (since the version before) and `reminder` (texts),
        `last_version`, `last_sha256` (of a branch that handed in nothing this time).
    `reconciliation`: `item` (text), `count` (int), `role` ("read", "counted", "aside", "tallied", "info").
    `headline`: lines a leader reads first, as (label, value text).
    `prospects`: one row per person on the way to admission, what is overdue and soonest first; index = row id:
        `branch`, `name`, `stage` (Stage value), `outlook` (Outlook value), `earliest_on` (by law, NaT where it need
        not be waited for), `likely_on` (by experience), `hope` (Hope value of those the law leaves possible, "" of the
        others), `next_step` (label), `act_by` (its last safe day, NaT for one past that nobody has missed), `actor`
        (label), `plan`, `reason` (texts), `file`, `sheet`, `cell`.
    `experience`: what finished cases tell of each act: `act`, `cases`, `usual`, `most` (days: median, upper quartile).
    `law_numbers`: the numbers of the law that forecasts rest on, with their documents (text, "" none).
    `dossier`: one row per counted person and paper of the next step: `branch`, `name`, `step` (label), `paper` (title),
        `form` (number, "" none), `state` (PaperState value), `lapses_on` (last good day), `task` (text, "" nothing to
        do), `due_on` (soonest day the paper or the step is awaited), `basis` (text), `file`, `sheet`, `cell`.
    `doubles`: one row per line of a register that is, or may be, a second mention: `group` (number), `kind` (DoubleKind
        value), `name`, `birth_on` (day or text), `branch`, `file`, `sheet`, `cell`, `decision` (text, "" none), `code`
        (of the group), `reasons`, `counts`, `admission`, `remark` (texts), `status` and `stage` (values).
    `composition`: the lines of the sheet of groups.
    `months`: admissions from January to the end of each month: `month`, `admitted`, `planned`, `before` (last year).
    `counts_only`: nobody is named in it; its numbers are values, for the lines they were counted from are not there.
    `changes`: one row per change since the previous book: `branch`, `name` ("" for the branch itself), `change`,
        `before`, `now` (texts), `column` (heading or ""), `file`, `sheet`, `cell`; None without a previous book.
    `explained`: keys of the headings the committee explained that stand in some register of the inbox.
    """

    committee: Committee
    as_of: date
    people: pd.DataFrame
    branches: pd.DataFrame
    overdue: pd.DataFrame
    findings: pd.DataFrame
    submissions: pd.DataFrame
    reconciliation: pd.DataFrame
    headline: tuple[tuple[str, str], ...]
    prospects: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(PROSPECT_COLUMNS)))
    experience: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(EXPERIENCE_COLUMNS)))
    law_numbers: str = ""
    dossier: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DOSSIER_COLUMNS)))
    doubles: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DOUBLE_COLUMNS)))
    composition: Composition = field(default_factory=Composition)
    months: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(MONTH_COLUMNS)))
    changes: pd.DataFrame | None = None
    counts_only: bool = False
    untimed: int = 0
    explained: frozenset[str] = frozenset()
