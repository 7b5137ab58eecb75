"""What a run found → three columns beside the quotas of the committee book itself."""

from collections.abc import Sequence

import pandas as pd

from workbook.committee_layout import BRANCHES
from workbook.errors import BadCommitteeBook
from workbook.frames import lines
from workbook.incoming.grid import is_blank
from workbook.open_sheet import Area, OpenSheet, formula_columns, without
from workbook.outgoing.journal import Wanted
from workbook.outgoing.styles import HEADING_FILL
from workbook.phrases import phrase
from workbook.text import key

_WIDTH = 11.0


def quota_marks(sheet: OpenSheet, branches: pd.DataFrame, ours: Sequence[Area] = ()) -> Wanted:
    """Admitted, share in per cent and overdue persons beside every branch; `branches` as in a `Book`.

    BadCommitteeBook where the sheet has no heading of names.
    """
    rows = without(sheet.rows, ours)
    named = key(BRANCHES.field("name").heading)
    places = (
        (at, column) for at, row in enumerate(rows) for column, value in enumerate(row) if key(str(value)) == named
    )
    top, names = next(places, (-1, -1))
    if top < 0:
        detail = {"wanted": BRANCHES.name, "headings": BRANCHES.field("name").heading}
        raise BadCommitteeBook("committee.sheet_missing", detail)
    counted = {key(one.name): (one.admitted, _share(one.percent), one.overdue) for one in lines(branches)}
    heads = phrase("button.admitted"), phrase("button.share"), phrase("button.late_persons")
    block = [counted.get(key(str(row[names])), ("", "", "")) for row in rows[top + 1 :]]
    column = 1 + max(_width(rows[top:]), formula_columns(sheet, ours))
    columns = range(column, column + len(heads))
    return Wanted(
        fills={(top + 1, at): HEADING_FILL for at in columns},
        results=(heads, *block),
        corner=(top + 1, column),
        widths=dict.fromkeys(columns, _WIDTH),
        by="consolidate",
    )


def _width(rows: Sequence[Sequence[object]]) -> int:
    return 1 + max(at for row in rows for at, value in enumerate(row) if not is_blank(value))


def _share(percent: object) -> object:
    return "" if percent is None else float(str(percent))
