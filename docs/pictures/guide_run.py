"""Types the commands of the guide's pages on the desk of the guide, and tells what became of them.

    python docs/pictures/guide_run.py FOLDER < pages.json > told.json

`pages.json` holds for each page its commands in their order, each with whether it stands apart: it may write what
another has written. `told.json` holds for each page what every command said and its exit code. Every page begins on the
desk as it was laid, but for what the page itself is about to write. "A person" fills in a blank committee book (it is
replaced by the filled one of the desk) and one line of the mapping for the form that nobody knows.

A process of its own, because the processes that read registers keep the folder in which the first of them began.
"""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import guide_desk
from click.testing import CliRunner

from macros_py.cli import verbs

#: Options after which the name of a file to be written stands.
_WRITTEN = ("--out", "--docx", "--upward", "--ics", "--checklists", "--missing", "--slips", "--oxt")
_BLANK_COMMITTEE = "songuon template committee "
_OWN_MAP = "songuon template map bieu-rieng.xlsx "

#: As many branches as are needed for somebody to be late, locked, twice and about to be admitted.
_BRANCHES = 8


def main(folder: Path) -> None:
    """Read the pages, type, tell."""
    pages: dict[str, list[tuple[str, bool]]] = json.load(sys.stdin)
    laid, desk = folder / "laid", folder / "desk"
    laid.mkdir()
    desk.mkdir()
    os.chdir(desk)
    guide_desk.lay(laid, branches=_BRANCHES)
    told = {}
    for page, commands in pages.items():
        _lay_out(laid, desk)
        told[page] = [typed(command, laid, apart=apart) for command, apart in commands]
    json.dump(told, sys.stdout, ensure_ascii=False)


def _lay_out(laid: Path, desk: Path) -> None:
    """The desk as it was laid; the folder itself stays, for other processes are in it."""
    for one in desk.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    shutil.copytree(laid, desk, dirs_exist_ok=True)


def typed(command: str, laid: Path, *, apart: bool) -> dict[str, object]:
    """The words of a command, what it said and its exit code."""
    words = shlex.split(command)[1:]
    for name in names_written(words):
        _put_away(Path(name), laid, apart)
    if words[0] in ("check", "overdue", "consolidate", "rollup", "demo") and "--as-of" not in words:
        words += ["--as-of", guide_desk.AS_OF.isoformat()]
    done = CliRunner().invoke(verbs, words, standalone_mode=False)
    if command.startswith(_BLANK_COMMITTEE) and done.exception is None:
        shutil.copy(laid / guide_desk.COMMITTEE, words[-1])
    if command.startswith(_OWN_MAP) and done.exception is None:
        guide_desk.name_value(Path(words[-1]))
    failed = "" if done.exception is None else repr(done.exception)
    return {"command": command, "code": done.return_value, "output": done.output, "failed": failed}


def names_written(words: Sequence[str]) -> list[str]:
    """The files and folders that the words of a command, without the program, have it write."""
    after = [follows for word, follows in pairwise(words) if word in _WRITTEN]
    blank = words[3:4] if words[:2] == ["template", "map"] else words[2:3] if words[0] == "template" else []
    return [*after, *blank]


def _put_away(path: Path, laid: Path, apart: bool) -> None:
    """What a command writes is not there yet; but what an earlier command has written stays, for it to stumble over."""
    prepared = laid / path
    if path.is_file() and (apart or (prepared.is_file() and path.read_bytes() == prepared.read_bytes())):
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
