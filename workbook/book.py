"""The quota book before it is a file: one frame per sheet, in English columns. Made by `consolidate`."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.committee import Committee


@dataclass(frozen=True, slots=True)
class Book:
    """What the output sheets show. Text a clerk reads is already Vietnamese; dates are datetime64, NaT = blank.

    `people`: one row per counted person. Columns: `branch` (name), every register column as it should be
        shown (dates as datetime64 where a full day is known, else the text typed), `stage` (a Stage value, or ""
        for those who left; the register column `status` holds its shown label), `next_due_on`, `verdict`
        (Verdict value), `detail` (text, all messages of the row), `file`, `sheet`, `row`, `admitted_in` (year
        counted, 0 none),
        `in_term` (bool), `certified_in` (year of the certificate, 0 none), `overdue` (number of overdue clocks),
        `expected` (bool: admitted this year, or will be if every remaining deadline is kept), `extra` (text:
        columns of the branch's own, "heading: value; ...").
    `branches`: one row per branch shown: `name`, `kind`, `members`, `quota`, `term_quota` (float, NaN blank),
        `members_at_start`, `watcher`, `admitted`, `percent` (Decimal or None), `lacking`, `expected`, one column
        per Stage value, `overdue` (persons), `errors` (persons with errors), `rank` (int or 0), `left`,
        `admitted_with_errors`, `certificates` (this year), `term_admitted`, `term_percent`.
    `overdue`: `branch`, `name`, `step` (label), `counted_from` (label), `started_on`, `term` (text such as
        "45 ngày làm việc"), `due_on`, `days_late` (calendar days, 0 = not late yet), `tier` (text), `basis` (text),
        `watcher`, `file`, `sheet`, `cell`.
    `findings`: `level` (Level value), `code`, `branch`, `file`, `sheet`, `cell`, `heading`, `value`, `message`, `fix`.
    `submissions`: `branch`, `state` (label), `file`, `received_at` (datetime64), `rows`, `errors`, `queries`,
        `version`, `sha256`, `remark` (text).
    `reconciliation`: `item` (text), `count` (int), `role` ("read", "counted", "aside", "check").
    `headline`: lines a leader reads first, as (label, value text).
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
