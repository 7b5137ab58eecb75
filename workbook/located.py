"""Findings as a clerk meets them: file, sheet, cell, what was typed, one sentence, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from validation.vocabulary import CODE_COLUMNS, Level, TargetGroup
from workbook.absent import questions
from workbook.assess import Assessment
from workbook.codes import nearest
from workbook.frames import lines
from workbook.incoming.cells import is_blank
from workbook.incoming.headings import speaks_of_a_paper
from workbook.incoming.inbox import Opened
from workbook.incoming.lift import NotARegister
from workbook.incoming.number_and_day import holds_a_day, is_a_day
from workbook.incoming.raw import Question, RawTable
from workbook.layout import HEADING, JOURNAL_SHEET
from workbook.masking import shown
from workbook.messages import level_of, place_of_reasons, sentence
from workbook.other_reading import OtherReading
from workbook.phrases import phrase
from workbook.sheet_memory import NOTHING_KNOWN, SheetMemory

#: `row` is the row id, or -1 for what concerns a sheet or file as a whole.
#: `branch_fix` is what the branch is told to do; `reasons` the words for where its register takes reasons, "" as usual.
#: `memory` is the code under which a query can be explained (`workbook/memory`), `reason` what people gave for it.
COLUMNS = (
    "row", "level", "code", "file", "sheet", "cell", "column", "heading", "value", "message", "fix", "memory", "reason",
    "branch_fix", "reasons",
)  # fmt: skip


def located(assessment: Assessment, files: Sequence[Opened], memory: SheetMemory = NOTHING_KNOWN) -> pd.DataFrame:
    """All findings of judged rows and all questions of their sheets, in file, sheet and row order.

    `memory`: what was explained of sheets; rows bring their codes and reasons with them (`memory.recalled`).
    """
    questions = (*_of_tables(assessment, files), *_of_sheets(files))
    return _frame([*_of_rows(assessment, files), *(asked(*question, memory) for question in questions)])


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(records, columns=list(COLUMNS))


def _of_rows(assessment: Assessment, files: Sequence[Opened]) -> Iterator[dict[str, Any]]:
    frame = assessment.stacked.frame
    numbers, tables = frame["file"].to_numpy(), frame["table"].to_numpy()
    raw = {name: frame[name].to_numpy() for name in HEADING}
    rows, reasons = Rows(assessment.typed), [_reasons(table) for table in assessment.stacked.tables]
    other = OtherReading(assessment)
    for finding in lines(assessment.findings):
        row, column = int(finding.row), finding.column
        place = {
            "file": files[numbers[row]].file,
            "sheet": assessment.stacked.tables[tables[row]].sheet,
            "cell": assessment.stacked.cell(row, column),
            "column": column,
            "heading": HEADING[column],
            "value": shown(column, raw[column][row]),
            "memory": finding.detail.get("memory", ""),
            "reason": shown("explanation", finding.detail.get("reason")).rstrip(" ."),
            "reasons": reasons[tables[row]],
        }
        detail = _with_lines_named(finding.detail, tables[row], assessment.stacked.tables)
        told = _record(row, finding.level, finding.code, place, Context(rows, row, place, detail))
        yield _with_other_reading(told, other.of(row, column, finding.code, finding.detail))


def _with_other_reading(told: dict[str, Any], day: date | None) -> dict[str, Any]:
    """The record with the day in its fixes that the cell may have meant."""
    if day is None:
        return told
    also = sentence("dates.other_reading", {"suggestion": day}).fix
    return told | {name: f"{told[name]} {also}" for name in ("fix", "branch_fix") if told[name]}


def _with_lines_named(detail: Mapping[str, Any], own: int, tables: Sequence[RawTable]) -> Mapping[str, Any]:
    """The detail with its `lines`, (tables further on, line) each, as a clerk finds them: another sheet by its name."""
    if "lines" not in detail:
        return detail
    places = [(line, tables[own + further].sheet) for further, line in detail["lines"]]
    here = tables[own].sheet
    named = [str(line) if sheet == here else phrase("data.line_of", line=line, sheet=sheet) for line, sheet in places]
    return {**detail, "lines": named}


def _reasons(table: RawTable) -> str:
    return "" if "explanation" in table.letters else place_of_reasons(has_column=False)


def _of_sheets(files: Sequence[Opened]) -> Iterator[tuple[str, str, Question]]:
    """File, sheet and question, each as `asked` takes it."""
    for opened in files:
        for question in opened.questions:
            yield opened.file, str(question.detail.get("sheet", "")), question
        for table in opened.tables:
            yield from ((opened.file, table.sheet, question) for question in (*table.questions, *_beside(table)))
        for other in opened.others:
            yield from ((opened.file, other.sheet, question) for question in _unread(other, opened))
        for sheet, count in opened.hidden:
            if sheet != JOURNAL_SHEET:
                yield opened.file, sheet, Question("sheet.hidden", detail={"count": count})


def _beside(table: RawTable) -> Iterator[Question]:
    """The columns kept beside the register that nobody was asked about; those full of days are likely to be missed."""
    asked = {question.detail.get("heading") for question in table.questions}
    ours = {phrase("button.result"), phrase("button.detail")}  # a register marked by the buttons comes back with them
    extra = {heading: values for heading, values in table.extra.items() if heading not in asked | ours}
    days = [heading for heading, values in extra.items() if _holds_days(heading, values)]
    others = [heading for heading in extra if heading not in days]
    if days:
        yield Question("columns.unread_days", detail={"columns": days})
    if others:
        yield Question("columns.unknown", detail={"columns": others})


def _holds_days(heading: str, values: Sequence[object]) -> bool:
    """Whether most cells are days; or, below a heading that has a paper in it, have a day in them."""
    tells = holds_a_day if speaks_of_a_paper(heading) else is_a_day
    filled = [value for value in values if not is_blank(value)]
    return sum(map(tells, filled)) * 2 > len(filled)


def _unread(sheet: NotARegister, opened: Opened) -> Iterator[Question]:
    """Why a sheet was not read: graver where the file has no register at all, nothing where the sheet is blank."""
    if sheet.reason == "sheet.no_register" and not opened.tables:
        yield Question("sheet.nothing_read")
    elif sheet.reason != "sheet.blank":
        yield Question(sheet.reason)


def _of_tables(assessment: Assessment, files: Sequence[Opened]) -> Iterator[tuple[str, str, Question]]:
    stacked = assessment.stacked
    numbers = stacked.frame["file"].to_numpy()
    for table, question in questions(stacked, assessment.missed).items():
        yield files[numbers[stacked.starts[table]]].file, stacked.tables[table].sheet, question


def asked(file: str, sheet: str, question: Question, memory: SheetMemory = NOTHING_KNOWN) -> dict[str, Any]:
    """A question about a sheet, or a file as a whole (`sheet` ""), as a line of the frame `located`.

    A query of a known branch has a code; one that was explained is a note.
    """
    level, code, reason = level_of(question.code), "", ""
    if level is Level.QUERY:
        code, reason = memory.code(file, sheet, question), memory.reason(file, sheet, question)
    place = {
        "file": file,
        "sheet": sheet,
        "cell": question.cell,
        "column": question.column,
        "heading": HEADING.get(question.column, ""),
        "value": str(question.detail.get("heading", question.detail.get("value", ""))),
        "memory": code,
        "reason": shown("explanation", reason).rstrip(" ."),
        "reasons": "",
    }
    told = Level.NOTE if reason else level
    return _record(-1, told, question.code, place, {**place, **question.detail})


def _record(
    row: int, level: Level, code: str, place: Mapping[str, str], context: Mapping[str, object]
) -> dict[str, Any]:
    said = sentence(code, context)
    told = {"message": said.message, "fix": said.fix, "branch_fix": said.for_branch().fix}
    return {"row": row, "level": level, "code": code, **place, **told}


class Rows:
    """The cells of judged rows, for sentences to ask for."""

    def __init__(self, typed: pd.DataFrame) -> None:
        self._cells = {name: typed[name].array for name in HEADING}

    def cell(self, row: int, column: str) -> object:
        """A typed cell as it may be shown: a day as a day, anything else as text with identifiers masked."""
        value = self._cells[column][row]
        return value if isinstance(value, date) else shown(column, value)


class Context(Mapping[str, object]):
    """What a sentence may name: the finding's place and detail, then the row's own cells, each worked out if asked."""

    def __init__(self, rows: Rows, row: int, place: Mapping[str, str], detail: Mapping[str, object]) -> None:
        self._rows, self._row, self._said = rows, row, {**detail, **place}

    def __getitem__(self, name: str) -> object:
        if name in self._said:
            return self._said[name]
        if name == "suggestion":
            return self._nearest()
        return self._rows.cell(self._row, name)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._said, **HEADING, "suggestion": ""})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _nearest(self) -> str:
        """The label nearest to a value that stands in no list."""
        column = str(self._said["column"])
        listed = TargetGroup if column == "target_groups" else CODE_COLUMNS.get(column)
        return nearest(listed, str(self._said.get("unknown", self._said["value"]))) if listed else ""
