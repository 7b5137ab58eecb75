"""Types the commands of the guide's pages on the desk of the guide, and tells what became of them.

    python docs/pictures/guide_run.py FOLDER [YYYY-MM-DD] < desks.json > told.json

`desks.json` is a list of desks; each holds for pages, one after the other, their commands in order, each with whether
it does in another way what the one above it did: what that wrote is taken away first, as the pages say. Every desk is a
new one, as `songuon demo --practice` lays it, and nothing else is put right between commands. `told.json` holds for
each page what every command said and its exit code. A command without a day is of the given one, else of the desk's.

"A person" does what the pages say in words: puts the committee book away before a blank one is made, and fills that in
(it is replaced by the filled one of the desk); writes one line into the mapping for the form that nobody knows.

A process of its own, because the processes that read registers keep the folder in which the first of them began.
"""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from click.testing import CliRunner

from macros_py.cli import verbs
from workbook.demo import practice
from workbook.demo.inbox import COMMITTEE_BOOK

#: The line of the unknown form for which a person writes the name of a value, and that name.
UNKNOWN = ("Là công nhân", "composition.groups.worker.total")

#: Options after which the name of a file to be written stands.
_WRITTEN = ("--out", "--docx", "--upward", "--ics", "--checklists", "--missing", "--slips", "--oxt")
_BLANK_COMMITTEE = f"songuon template committee {COMMITTEE_BOOK}"
_OWN_MAP = f"songuon template map {practice.OWN_FORM} "
_PUT_AWAY = "so-cap-uy-2026.xlsx"
_OF_A_DAY = ("check", "overdue", "consolidate", "rollup", "demo")


def main(folder: Path, today: date) -> None:
    """Read the desks, type, tell."""
    desks: list[dict[str, list[tuple[str, bool]]]] = json.load(sys.stdin)
    laid, desk = folder / "laid", folder / "desk"
    desk.mkdir(parents=True)
    os.chdir(desk)
    practice.lay(laid)
    told = {}
    for pages in desks:
        _lay_out(laid, desk)
        for page, commands in pages.items():
            told[page] = [typed(command, today, instead=instead) for command, instead in commands]
    json.dump(told, sys.stdout, ensure_ascii=False)


def _lay_out(laid: Path, desk: Path) -> None:
    """The desk as it was laid; the folder itself stays, for other processes are in it."""
    for one in desk.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    shutil.copytree(laid, desk, dirs_exist_ok=True)


def typed(command: str, today: date, *, instead: bool) -> dict[str, object]:
    """The words of a command, what it said and its exit code."""
    words = shlex.split(command)[1:]
    blank = command == _BLANK_COMMITTEE
    if blank:
        Path(COMMITTEE_BOOK).replace(_PUT_AWAY)
    for name in names_written(words) if instead else ():
        Path(name).unlink(missing_ok=True)
    if words[0] in _OF_A_DAY and "--as-of" not in words:
        words += ["--as-of", today.isoformat()]
    done = CliRunner().invoke(verbs, words, standalone_mode=False)
    if blank:
        shutil.copy(_PUT_AWAY, COMMITTEE_BOOK)
    if command.startswith(_OWN_MAP) and done.exception is None:
        name_value(Path(words[-1]))
    failed = "" if done.exception is None else repr(done.exception)
    return {"command": command, "code": done.return_value, "output": done.output, "failed": failed}


def names_written(words: Sequence[str]) -> list[str]:
    """The files and folders that the words of a command, without the program, have it write."""
    after = [follows for word, follows in pairwise(words) if word in _WRITTEN]
    blank = words[3:4] if words[:2] == ["template", "map"] else words[2:3] if words[0] == "template" else []
    return [*after, *blank]


def name_value(mapping: Path) -> None:
    """What a person does to the mapping drafted for the unknown form: write the name of a value into one line."""
    label, name = UNKNOWN
    drafted = mapping.read_text("utf-8")
    before, after = f'row = "{label}"\n# value = ""', f'row = "{label}"\nvalue = "{name}"'
    assert before in drafted
    mapping.write_text(drafted.replace(before, after), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), date.fromisoformat(sys.argv[2]) if sys.argv[2:] else practice.AS_OF)
