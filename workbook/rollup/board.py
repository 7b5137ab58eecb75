"""Files → the board of who has handed in: every lower committee, then files that belong to none."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from validation.vocabulary import Level
from workbook.consolidate.board import silent_line
from workbook.consolidate.board_order import in_order, local_time
from workbook.messages import sentence
from workbook.phrases import phrase
from workbook.rollup.standing import Handed
from workbook.states import State

COLUMNS = (
    "branch", "state", "heir", "file", "received_at", "rows", "errors", "queries", "version", "sha256", "remark",
    "told_on",
)  # fmt: skip

#: Why a book does not count in which there is nothing to ask about.
_WHY = {
    State.REPLACED: "rollup.why_replaced",
    State.WITHDRAWN: "rollup.why_withdrawn",
    State.COPY: "rollup.why_copy",
}


def board(
    handed: Sequence[Handed], branches: Sequence[str], found: pd.DataFrame, ended: Mapping[str, str]
) -> pd.DataFrame:
    """The frame `submissions` of `UpperBook`; "missing" for a committee without a counted book.

    `ended`: committees that are no more → the one that took them in, "" none. Nothing is missing of them.
    """
    of_branches, of_others = in_order(handed, branches)
    lines: list[dict[str, object]] = []
    for name, books in of_branches:
        if not any(one.state is State.COUNTED for one in books):
            lines.append(silent_line(name, ended))
        lines += [_line(one, found) for one in books]
    lines += [_line(one, found) for one in of_others]
    made = pd.DataFrame(lines, columns=list(COLUMNS))
    return made.assign(**{name: pd.to_datetime(made[name]) for name in ("received_at", "told_on")})


def files_by_state(handed: Sequence[Handed]) -> pd.DataFrame:
    """The frame `files` of `UpperBook`."""
    counts = Counter(one.state for one in handed)
    known = [(state, counts[state]) for state in State if counts[state]]
    return pd.DataFrame(known, columns=["state", "count"])


def _line(one: Handed, found: pd.DataFrame) -> dict[str, object]:
    opened, mine = one.opened, found[found["file"] == one.opened.file]
    return {
        "branch": one.branch,
        "state": one.state,
        "heir": "",
        "file": opened.file,
        "received_at": local_time(opened.received_at),
        "rows": len(opened.book.summary.lines) if opened.book else None,
        "errors": int((mine["level"] == Level.ERROR).sum()),
        "queries": int((mine["level"] == Level.QUERY).sum()),
        "version": one.version or None,
        "sha256": opened.sha256,
        "remark": _remark(one, mine),
        "told_on": one.told_on,
    }


def _remark(one: Handed, mine: pd.DataFrame) -> str:
    """Why a file does not count."""
    error = one.opened.error
    if one.state is State.NO_QUOTA_BOOK and error:
        code = "lower.no_quota_book" if error.code == "file.no_quota_book" else error.code
        return sentence(code, {"file": one.opened.file, **error.detail}).message
    if one.state in _WHY:
        return phrase(_WHY[one.state])
    return "" if one.state is State.COUNTED else " ".join(mine["message"])
