"""What a branch changed between two versions of its register: lines more, lines fewer, persons told otherwise."""

import pandas as pd

from workbook.consolidate.compared import comparable
from workbook.consolidate.pairing import pair
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import stack
from workbook.incoming.versions import Submission
from workbook.layout import REGISTER
from workbook.phrases import phrase

#: What a line says of a person; its running number is no matter.
_TOLD = tuple(column.name for column in REGISTER if column.name != "number")


def version_changes(versions: tuple[Submission, Submission] | None) -> str:
    """The changes from the first version to the second, as text; "" where there is no earlier version."""
    if versions is None:
        return ""
    before, now = (_persons(one) for one in versions)
    same = pair(*(comparable(people, str, str) for people in (before, now))).same
    old, new = before.loc[same["before"], list(_TOLD)], now.loc[same["now"], list(_TOLD)]
    changed = int((old.to_numpy() != new.to_numpy()).any(axis=1).sum())
    counts = {"added": len(now) - len(same), "removed": len(before) - len(same), "changed": changed}
    if not any(counts.values()):
        return phrase("version.same")
    return phrase("version.between", count=f"{len(now) - len(before):+d}") + " " + _listed(counts)


def _listed(counts: dict[str, int]) -> str:
    said = {
        "added": phrase("version.added", count=counts["added"]),
        "removed": phrase("version.removed", count=counts["removed"]),
        "changed": phrase("version.changed", count=counts["changed"]),
    }
    return ", ".join(said[name] for name, count in counts.items() if count) + "."


def _persons(one: Submission) -> pd.DataFrame:
    """The persons of the branch in the file, blanks as ""; two ways to type one day or label are one."""
    typed, _ = normalise(stack([(0, table) for table in one.opened.tables]))
    mine = [name == one.branch for table in one.claim.rows for name in table]
    shown = typed.loc[mine].reset_index(drop=True)
    told = shown[list(_TOLD)].astype(object)
    return told.where(told.notna(), "").assign(branch=one.branch, stage="", name_key=shown["name_key"])
