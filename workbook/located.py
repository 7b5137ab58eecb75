"""Findings as a clerk meets them: file, sheet, cell, what was typed, one sentence, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from validation.vocabulary import CODE_COLUMNS, Level, TargetGroup
from workbook.assess import Assessment
from workbook.codes import nearest
from workbook.frames import is_blank, lines
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import Question
from workbook.layout import BY_NAME, HEADING, Kind
from workbook.messages import level_of, sentence

#: `row` is the row id, or -1 for what concerns a sheet or file as a whole.
COLUMNS = ("row", "level", "code", "file", "sheet", "cell", "column", "heading", "value", "message", "fix")


def located(assessment: Assessment, files: Sequence[Opened]) -> pd.DataFrame:
    """All findings of judged rows and all questions of their sheets, in file, sheet and row order."""
    return _frame([*_of_rows(assessment, files), *_of_tables(assessment, files), *_of_sheets(files)])


def of_files(files: Sequence[Opened]) -> pd.DataFrame:
    """The questions of files and sheets alone."""
    return _frame(list(_of_sheets(files)))


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(records, columns=list(COLUMNS))


def _of_rows(assessment: Assessment, files: Sequence[Opened]) -> Iterator[dict[str, Any]]:
    frame = assessment.stacked.frame
    numbers, tables = frame["file"].to_numpy(), frame["table"].to_numpy()
    raw = {name: frame[name].to_numpy() for name in HEADING}
    rows = Rows(assessment.typed)
    for finding in lines(assessment.findings):
        row, column = int(finding.row), finding.column
        place = {
            "file": files[numbers[row]].file,
            "sheet": assessment.stacked.tables[tables[row]].sheet,
            "cell": assessment.stacked.cell(row, column),
            "column": column,
            "heading": HEADING[column],
            "value": shown(column, raw[column][row]),
        }
        yield _record(row, finding.level, finding.code, place, rows.context(row, place, finding.detail))


def _of_sheets(files: Sequence[Opened]) -> Iterator[dict[str, Any]]:
    for opened in files:
        sheets: list[tuple[str, Sequence[Question]]] = [("", opened.questions)]
        sheets += [(table.sheet, table.questions) for table in opened.tables]
        sheets += [(name, (Question("sheet.hidden", detail={"count": count}),)) for name, count in opened.hidden]
        for sheet, questions in sheets:
            yield from (_asked(opened.file, sheet, question) for question in questions)


def _of_tables(assessment: Assessment, files: Sequence[Opened]) -> Iterator[dict[str, Any]]:
    stacked = assessment.stacked
    numbers = stacked.frame["file"].to_numpy()
    for table, question in assessment.questions.items():
        yield _asked(files[numbers[stacked.starts[table]]].file, stacked.tables[table].sheet, question)


def _asked(file: str, sheet: str, question: Question) -> dict[str, Any]:
    place = {
        "file": file,
        "sheet": sheet,
        "cell": question.cell,
        "column": question.column,
        "heading": HEADING.get(question.column, ""),
        "value": str(question.detail.get("heading", question.detail.get("value", ""))),
    }
    return _record(-1, level_of(question.code), question.code, place, {**place, **question.detail})


def _record(
    row: int, level: Level, code: str, place: Mapping[str, str], context: Mapping[str, object]
) -> dict[str, Any]:
    said = sentence(code, context)
    return {"row": row, "level": level, "code": code, **place, "message": said.message, "fix": said.fix}


class Rows:
    """What a sentence may ask of a row: its own cells, identifiers masked."""

    def __init__(self, typed: pd.DataFrame) -> None:
        self._cells = {name: typed[name].to_numpy(dtype=object) for name in HEADING}

    def context(self, row: int, place: Mapping[str, str], detail: Mapping[str, object]) -> dict[str, object]:
        """The row's cells by column name, the finding's place and detail; nearest label for a value in no list."""
        cells = {name: _masked_cell(name, values[row]) for name, values in self._cells.items()}
        listed = _listed(place["column"])
        near = {"suggestion": nearest(listed, str(detail.get("unknown", place["value"])))} if listed else {}
        return {**cells, **near, **detail, **place}


def _masked_cell(name: str, value: object) -> object:
    return shown(name, value) if BY_NAME[name].kind is Kind.DIGITS else value


def _listed(column: str) -> Any:
    return TargetGroup if column == "target_groups" else CODE_COLUMNS.get(column)


def shown(column: str, value: object) -> str:
    """A cell's value as text for a sentence; identifiers masked but for their ends."""
    if is_blank(value):
        return ""
    text = f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value).strip()
    text = text.removesuffix(".0") if isinstance(value, float) else text
    return masked(text) if column in BY_NAME and BY_NAME[column].kind is Kind.DIGITS else text


def masked(text: str) -> str:
    """An identifier as it may be shown in a report: first and last three characters."""
    return text if len(text) <= 6 else f"{text[:3]}{'*' * (len(text) - 6)}{text[-3:]}"
