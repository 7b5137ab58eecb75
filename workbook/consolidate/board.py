"""Submissions → the board of who has handed in what: every branch of the committee, then files of no branch."""

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from validation.vocabulary import Level
from workbook import frames
from workbook.consolidate.board_order import in_order, local_time
from workbook.incoming.branches import Known
from workbook.incoming.versions import State, Submission
from workbook.messages import sentence
from workbook.phrases import phrase

COLUMNS = (
    "branch", "state", "file", "received_at", "rows", "errors", "queries", "version", "sha256", "remark", "people",
)  # fmt: skip

#: Of these everything was judged that there is to judge; the faults of any other file are not known.
_JUDGED = (State.COUNTED, State.NO_REGISTER)
_VERSIONS = (State.COUNTED, State.REPLACED)

#: (file, level) → how many findings.
_Faults = Mapping[Hashable, int]


def board(
    submissions: Sequence[Submission],
    branches: Sequence[str],
    found: pd.DataFrame,
    ended: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The frame `submissions` of `Book`: one line per branch and file, "missing" for a branch without any.

    `ended`: branches that are no more → what became of them. Nothing is missing of them. `people`: how many persons of
    the file are of the branch.
    """
    gone = ended or {}
    faults = found.groupby(["file", "level"]).size().to_dict()
    of_branches, of_others = in_order(submissions, branches)
    lines = []
    for name, files in of_branches:
        end = gone.get(name, "")
        if not any(one.state is State.COUNTED for one in files):
            lines.append(_silent(name, end))
        lines += [_line(one, faults, end) for one in files]
    lines += [_line(one, faults) for one in of_others]
    made = pd.DataFrame(lines, columns=list(COLUMNS))
    return _compared(made.astype(dict.fromkeys(("rows", "errors", "queries", "version", "people"), "Int64")))


def outnumbered(handed_in: pd.DataFrame) -> pd.DataFrame:
    """The counted lines of the board with fewer people than a file they replaced, each with the fullest such file.

    That is `fuller`, which has `more` people. An old copy that somebody saved again looks like this.
    """
    counted, replaced = (handed_in[handed_in["state"] == phrase(f"state.{one}")] for one in _VERSIONS)
    fullest = replaced.sort_values("people", kind="stable").drop_duplicates("branch", keep="last").set_index("branch")
    told = counted.join(fullest[["file", "people"]].set_axis(["fuller", "more"], axis="columns"), on="branch")
    return told[(told["more"] > told["people"]).fillna(value=False)]


def _compared(handed_in: pd.DataFrame) -> pd.DataFrame:
    """The board with a remark beside every file that has fewer people than one it replaced."""
    fewer = outnumbered(handed_in)
    texts = [phrase("board.fewer", count=one.people, other=one.fuller, more=one.more) for one in frames.lines(fewer)]
    said = dict(zip(fewer.index, texts, strict=True))
    told = [" ".join(filter(None, (text, said.get(at)))) for at, text in handed_in["remark"].items()]
    return handed_in.assign(remark=pd.Series(told, handed_in.index, dtype=object))


def remarks(branches: Sequence[str], handed_in: pd.DataFrame, ended: Mapping[str, str]) -> list[str]:
    """For each branch why its counts say less than those of others: what became of it, or that it is silent."""
    missing = set(handed_in.loc[handed_in["state"] == phrase("state.missing"), "branch"])
    return [ended.get(name) or (phrase("state.missing") if name in missing else "") for name in branches]


def _silent(branch: str, end: str) -> dict[str, object]:
    """A branch without a counted file: asked for one, unless it is no more."""
    said = {"state": end or phrase("state.missing"), "remark": phrase("board.no_last") if end else ""}
    return {"branch": branch, "file": "", "received_at": pd.NaT, **said}


def _line(one: Submission, faults: _Faults, end: str = "") -> dict[str, object]:
    last = phrase("board.last", end=end) if end and one.state is State.COUNTED else ""
    opened = one.opened
    return {
        "branch": one.branch,
        "state": phrase(f"state.{one.state}"),
        "file": opened.file,
        "received_at": local_time(one.received_at),
        "rows": opened.persons if opened.tables else None,
        "errors": _count(one, faults, Level.ERROR),
        "queries": _count(one, faults, Level.QUERY),
        "version": one.version or None,
        "sha256": opened.sha256,
        "remark": " ".join(filter(None, (last, _remark(one)))),
        "people": sum(rows.count(one.branch) for rows in one.claim.rows),
    }


def _count(one: Submission, faults: _Faults, level: Level) -> int | None:
    """How many faults there are; None of a file that was not judged."""
    return faults.get((one.opened.file, level), 0) if one.state in _JUDGED else None


def _remark(one: Submission) -> str:
    """Why a file does not count, or what a person should confirm about one that does."""
    opened = one.opened
    if opened.error:
        return sentence(opened.error.code, {"file": opened.file, **opened.error.detail}).message
    rivals, sheets = ", ".join(one.claim.rivals), ", ".join(name for name, _ in opened.hidden)
    remarks = {
        "board.by_name": one.claim.known is Known.NAME,
        "board.rivals": bool(rivals),
        "board.no_branch": one.state is State.NO_BRANCH and not rivals,
        "board.no_register": one.state is State.NO_REGISTER,
        "board.empty": bool(opened.tables) and not opened.persons,
        "board.hidden": bool(sheets),
    }
    return " ".join(phrase(key, branches=rivals, sheets=sheets) for key, holds in remarks.items() if holds)
