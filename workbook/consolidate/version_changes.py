"""What a branch changed between two versions of its register: lines more, lines fewer, persons told otherwise."""

from collections.abc import Callable, Sequence

import pandas as pd

from workbook.consolidate.compared import comparable, texts
from workbook.consolidate.pairing import pair
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import stack
from workbook.incoming.versions import Submission
from workbook.layout import REGISTER
from workbook.phrases import phrase

#: What a line says of a person; its running number is no matter.
_TOLD = tuple(column.name for column in REGISTER if column.name != "number")


def version_changes(versions: Sequence[tuple[Submission, Submission] | None]) -> list[str]:
    """For every two versions of a register the changes from the first to the second, as text; "" where there are none.

    All at once: with one comparison a register, two versions of each cost more than all else of a run.
    """
    pairs = [pair for pair in versions if pair]
    if not pairs:
        return [""] * len(versions)
    before, now = (_persons(one) for one in zip(*pairs, strict=True))
    told = _changes(before, now, _apart(comparable(before, str, str)), _apart(comparable(now, str, str)))
    said = iter([told.get(str(number), phrase("version.same")) for number in range(len(pairs))])
    return [next(said) if pair else "" for pair in versions]


def changes_by_branch(before: pd.DataFrame, now: pd.DataFrame, called: Callable[[str], str]) -> dict[str, str]:
    """Branch → its changes, as text; only branches with anybody then or now.

    `before` and `now`: persons with `branch` and `stage` as in a book; a register column that `before` lacks is not
    compared. `called`: branch of `before` → its name now.
    """
    return _changes(before, now, comparable(before, called, str), comparable(now, str, str))


def _changes(before: pd.DataFrame, now: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> dict[str, str]:
    """The changes by branch; `old` and `new` are the same lines as text that `pair` takes."""
    same = pair(old, new).same
    home = old.loc[same["before"], "branch"].to_numpy() == new.loc[same["now"], "branch"].to_numpy()
    stayed = same[home]
    where = new.loc[stayed["now"], "branch"]
    counts = pd.DataFrame(
        {
            "before": old["branch"].value_counts(),
            "now": new["branch"].value_counts(),
            "stayed": where.value_counts(),
            "changed": where[_told_otherwise(before, now, stayed)].value_counts(),
        }
    )
    return {str(branch): _said(line) for branch, line in counts.fillna(0).astype(int).iterrows()}


def _apart(people: pd.DataFrame) -> pd.DataFrame:
    """The lines so told that nobody of one branch can be somebody of another: registers are compared each by itself."""
    mark = people["branch"] + "\n"
    facts = ("id", "name_key", "birth")
    return people.assign(**{name: (mark + people[name]).where(people[name] != "", "") for name in facts})


def _told_otherwise(before: pd.DataFrame, now: pd.DataFrame, pairs: pd.DataFrame) -> "pd.Series[bool]":
    """For each pair whether anything is told otherwise, by the index of `now`."""
    rows, otherwise = pairs["now"].to_numpy(), pd.Series(False, index=pairs["now"])
    for column in (name for name in _TOLD if name in before and name in now):
        then = texts(before.loc[pairs["before"]], column).to_numpy()
        otherwise |= then != texts(now.loc[rows], column).to_numpy()
    return otherwise


def _said(line: "pd.Series[int]") -> str:
    added, removed = line["now"] - line["stayed"], line["before"] - line["stayed"]
    counts = {"added": added, "removed": removed, "changed": line["changed"]}
    if not any(counts.values()):
        return phrase("version.same")
    return phrase("version.between", count=f"{added - removed:+d}") + " " + _listed(counts)


def _listed(counts: dict[str, int]) -> str:
    said = {
        "added": phrase("version.added", count=counts["added"]),
        "removed": phrase("version.removed", count=counts["removed"]),
        "changed": phrase("version.changed", count=counts["changed"]),
    }
    return ", ".join(said[name] for name, count in counts.items() if count) + "."


def _persons(files: Sequence[Submission]) -> pd.DataFrame:
    """The persons of each file's branch, the number of the file as their branch; two ways to type one day are one."""
    typed, _ = normalise(stack([(number, table) for number, one in enumerate(files) for table in one.opened.tables]))
    mine = [name == one.branch for one in files for table in one.claim.rows for name in table]
    shown = typed.loc[mine].reset_index(drop=True)
    return shown[list(_TOLD)].astype(object).assign(branch=shown["file"].astype(str).astype(object), stage="")
