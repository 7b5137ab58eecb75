"""The sheet of decisions → decisions, and what keeps one from being carried out: in its own line, or in the inbox."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from workbook.committee import Committee, Decision, DecisionKind
from workbook.committee_layout import DECISIONS
from workbook.incoming.branches import Directory
from workbook.incoming.committee_lines import Line
from workbook.incoming.headings import column_named
from workbook.incoming.raw import Question
from workbook.incoming.vocabulary import heading_key
from workbook.matching.rulings import is_group_code, ruling
from workbook.query_codes import is_query_code
from workbook.text import key

#: Decisions that say nothing without their content.
_NEED_CONTENT = (DecisionKind.ASSIGN, DecisionKind.HEADING, DecisionKind.EXPLAIN, DecisionKind.PERSON)

_OF_FILES = (DecisionKind.WITHDRAW, DecisionKind.ASSIGN)


def decisions(lines: Sequence[Line], committee: Committee) -> tuple[tuple[Decision, ...], list[Question]]:
    """The decisions of the lines that say what is decided of what; the branches are those of `committee`."""
    directory, questions, made = Directory(committee), list[Question](), list[Decision]()
    for line in lines:
        kind = DecisionKind(str(line.values["kind"]))
        asked = list(_doubts(kind, line, directory))
        questions += asked
        if not asked:
            written = {name: value for name, value in line.values.items() if value is not None and name != "kind"}
            made.append(Decision(kind, **written, cell=line.cells["subject"]))
    return tuple(made), questions


def unmet(made: Sequence[Decision], files: Mapping[str, str], before: Mapping[str, str]) -> Iterator[Question]:
    """A question for each decision about a file that is not there. `files`: each file of the inbox → its SHA-256.

    `before`: the same of the previous book. What was decided of one of those was carried out then, and is not asked.
    """
    known = {name for listing in (files, before) for file, sha256 in listing.items() for name in _names(file, sha256)}
    for one in made:
        if one.kind in _OF_FILES and key(one.subject) not in known:
            detail: dict[str, object] = {"heading": DECISIONS.field("subject").heading, "value": one.subject}
            yield Question("committee.file_unknown", one.cell, detail=detail)


def unmet_headings(made: Sequence[Decision], met: Collection[str]) -> Iterator[Question]:
    """A question for each decision about a heading that stands in no register; `met`: keys of those that do."""
    for one in made:
        if one.kind is DecisionKind.HEADING and heading_key(key(one.subject)) not in met:
            detail: dict[str, object] = {"heading": DECISIONS.field("subject").heading, "value": one.subject}
            yield Question("committee.heading_unknown", one.cell, detail=detail)


def _names(file: str, sha256: str) -> set[str]:
    """What a decision may call a file: its way in the inbox, its name, its content."""
    return set(filter(None, map(key, (file, PurePosixPath(file).name, sha256))))


def _doubts(kind: DecisionKind, line: Line, directory: Directory) -> Iterator[Question]:
    subject, content = str(line.values["subject"]), str(line.values.get("content") or "")
    if kind in _NEED_CONTENT and not content:
        yield line.ask("committee.line_incomplete", DECISIONS.field("content"))
    elif kind is DecisionKind.PERSON:
        yield from _of_persons(line, directory)
    elif kind is DecisionKind.EXPLAIN and not is_query_code(subject):
        yield line.ask("committee.query_code", DECISIONS.field("subject"), value=subject)
    elif kind is DecisionKind.ASSIGN and not directory.named(content):
        yield line.ask("committee.assigned", DECISIONS.field("content"), value=content)
    elif kind is DecisionKind.HEADING and not column_named(content):
        yield line.ask("committee.heading", DECISIONS.field("content"), value=content)


def _of_persons(line: Line, directory: Directory) -> Iterator[Question]:
    """What keeps a decision about doubles from being carried out."""
    subject, content = str(line.values["subject"]), str(line.values["content"])
    if not is_group_code(subject):
        yield line.ask("committee.group_code", DECISIONS.field("subject"), value=subject)
        return
    said = ruling(subject, content)
    if said is None or (said.branch and key(directory.named(said.branch)) != key(said.branch)):
        yield line.ask("committee.answer", DECISIONS.field("content"), value=content)
