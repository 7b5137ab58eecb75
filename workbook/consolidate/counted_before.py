"""Which lines the previous quota book counted: what settles between two lines of a person when nothing else does."""

from datetime import date

import pandas as pd

from workbook.committee import Committee
from workbook.consolidate.compared import comparable
from workbook.consolidate.pairing import elsewhere
from workbook.incoming.branches import Directory
from workbook.incoming.previous import Previous

_NEEDED = ["full_name", "birth_on", "citizen_id", "branch", "stage"]


def counted_before(
    lines: pd.DataFrame, previous: Previous | None, committee: Committee, as_of: date
) -> "pd.Series[bool]":
    """Row id → whether the previous book has the person in that branch, or in the one that has taken it in.

    `lines`: typed rows with `branch` and `stage`. A person is known again by number and name, or by name and birth.
    """
    if previous is None or previous.people is None:
        return pd.Series(False, index=lines.index)
    directory = Directory(committee)
    homes = directory.homes(as_of)

    def home(name: str) -> str:
        now = directory.named(name) or name
        return homes.get(now, now)

    before = comparable(previous.people[[name for name in _NEEDED if name in previous.people]], home, str)
    now = comparable(lines[_NEEDED], home, str)
    return elsewhere(now, before) == now["branch"]
