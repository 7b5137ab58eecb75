"""Submissions → the board of who has handed in what: every branch of the committee, then files of no branch."""

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from validation.vocabulary import Level
from workbook import frames
from workbook.consolidate.board_order import in_order, local_time
from workbook.incoming.branches import Known
from workbook.incoming.versions import Submission
from workbook.messages import sentence
from workbook.phrases import phrase
from workbook.states import State, ended_state, state_label

COLUMNS = (
    "branch", "state", "heir", "file", "received_at", "rows", "errors", "queries", "version", "sha256", "remark",
    "people",
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
    near: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The frame `submissions` of `Book`: one line per branch and file, "missing" for a branch without any.

    `ended`: branches that are no more → the branch that took them in, "" none. Nothing is missing of them. `people`:
    how many persons of the file are of the branch. `near`: a file of no known branch → the only one it may be of.
    """
    gone = ended or {}
    faults = found.groupby(["file", "level"]).size().to_dict()
    of_branches, of_others = in_order(submissions, branches)
    lines = []
    for name, files in of_branches:
        if not any(one.state is State.COUNTED for one in files):
            lines.append({**silent_line(name, gone), "remark": phrase("board.no_last") if name in gone else ""})
        end = state_label(state_of(name, gone), gone[name]) if name in gone else ""
        lines += [_line(one, faults, end) for one in files]
    lines += [_suggested(_line(one, faults), near or {}) for one in of_others]
    made = pd.DataFrame(lines, columns=list(COLUMNS))
    return _compared(made.astype(dict.fromkeys(("rows", "errors", "queries", "version", "people"), "Int64")))


def outnumbered(handed_in: pd.DataFrame) -> pd.DataFrame:
    """The counted lines of the board with fewer people than a file they replaced, each with the fullest such file.

    That is `fuller`, which has `more` people. An old copy that somebody saved again looks like this.
    """
    counted, replaced = (handed_in[handed_in["state"] == one] for one in _VERSIONS)
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


def silent_branches(handed_in: pd.DataFrame) -> "pd.Series[str]":
    """The branches that should have handed in and have not."""
    return handed_in.loc[handed_in["state"] == State.MISSING, "branch"]


def remarked(branches: pd.DataFrame, handed_in: pd.DataFrame, ended: Mapping[str, str]) -> pd.DataFrame:
    """The branches with `missing`, and the `remark` why their counts say less: what became of it, or that it is silent.

    `ended` as for `board`.
    """
    made = branches.assign(
        missing=branches["name"].isin(silent_branches(handed_in)) & ~branches["name"].isin(list(ended))
    )
    told = [
        state_label(state_of(one.name, ended), ended.get(one.name, "")) if one.missing or one.name in ended else ""
        for one in frames.lines(made[["name", "missing"]])
    ]
    return made.assign(remark=pd.Series(told, made.index, dtype=object))


def state_of(branch: str, ended: Mapping[str, str]) -> State:
    """The state of a branch without a counted file: asked for one, unless it is no more; `ended` as for `board`."""
    return ended_state(ended[branch]) if branch in ended else State.MISSING


def silent_line(branch: str, ended: Mapping[str, str]) -> dict[str, object]:
    """The line of a branch without a counted file; `ended` as for `board`."""
    return {
        "branch": branch,
        "state": state_of(branch, ended),
        "heir": ended.get(branch, ""),
        "file": "",
        "received_at": pd.NaT,
        "remark": "",
    }


def _line(one: Submission, faults: _Faults, end: str = "") -> dict[str, object]:
    last = phrase("board.last", end=end) if end and one.state is State.COUNTED else ""
    opened = one.opened
    return {
        "branch": one.branch,
        "state": one.state,
        "heir": "",
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


def _suggested(line: dict[str, object], near: Mapping[str, str]) -> dict[str, object]:
    """The line of a file of no known branch, with the branch that it may be of and what to write down if it is."""
    file = str(line["file"])
    if file not in near:
        return line
    return line | {"remark": f"{line['remark']} {phrase('board.near', branch=near[file], file=file)}"}


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
