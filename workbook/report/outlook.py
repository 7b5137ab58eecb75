"""Section 4: what the book forecasts."""

import re
from collections.abc import Iterator

from workbook.incoming.quota_book import Cell, Table
from workbook.report.facts import Facts
from workbook.report.said import Sentence, count, number, part_of, ratio, say, shortened, text, total
from workbook.text import key

#: What is known of those who are possible, as columns of the sheet.
_KNOWN = ("likely", "unlikely", "passed")
_DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


def forecast(facts: Facts) -> list[Sentence]:
    """The sentences of the forecast; empty without the sheet or the day it is made for."""
    table, day = facts.book.tables.get("forecast"), _forecast_day(facts)
    if table is None or table.total is None or day is None:
        return []
    return [*_expected(facts, table, table.total, day), *_lacking(facts, table, table.total)]


def _forecast_day(facts: Facts) -> Cell | None:
    """The title of the sheet, which says until when."""
    table = facts.book.tables.get("forecast")
    grids = (grid for grid in facts.book.grids if table and grid.sheet == table.sheet)
    titles = (Cell(grid.rows[0][0], grid.sheet, "A1") for grid in grids if grid.rows)
    return next((title for title in titles if _DAY.search(title.text)), None)


def _expected(facts: Facts, table: Table, line: int, title: Cell) -> Iterator[Sentence]:
    found = _DAY.search(title.text)
    cells = {name: table.cell(line, name) for name in ("expected", "quota", "admitted", "sure")}
    parts = {name: number(cell) for name, cell in cells.items()}
    parts["day"] = part_of(found[0] if found else "", title)
    if cells["quota"].number:
        parts["share"] = ratio(cells["expected"], cells["quota"], facts.decimals)
        order = ("day", "expected", "share", "quota", "admitted", "sure")
        yield say("forecast.total", **{name: parts[name] for name in order})
    else:
        yield say("forecast.total_free", **{name: parts[name] for name in ("day", "expected", "admitted", "sure")})
    yield _beside(table, line)


def _beside(table: Table, line: int) -> Sentence:
    """Whom the law only leaves it open, with what is known of them where the book tells it of every branch."""
    told = _KNOWN if _tells(table, line) else ()
    parts = {name: number(table.cell(line, name)) for name in ("possible", *told, "impossible")}
    return say("forecast.beside_known" if told else "forecast.beside", **parts)


def _tells(table: Table, last: int) -> bool:
    """Whether it is told of every branch that has any; a book rolled up of older ones leaves it blank."""
    lines = [line for line in table.lines if line < last and table.cell(line, "possible").number]
    known = {*_KNOWN} <= table.places.keys()
    return known and all(table.cell(line, name).number is not None for line in lines for name in _KNOWN)


def _lacking(facts: Facts, table: Table, last: int) -> Iterator[Sentence]:
    """Branches that will not meet the quota, of those that are counted; nothing is said where nobody has one."""
    silent = {key(cell.text) for cell in facts.those(sorted(facts.silent))}
    beside = silent | {key(cell.text) for cell in facts.those(sorted(facts.gone))}
    lines = [line for line in table.lines if line < last and key(table.cell(line, "name").text) not in beside]
    short = [line for line in lines if table.cell(line, "lacking").number]
    if short:
        names = table.cells(short, "name")
        lacks = table.cells(short, "lacking")
        said = [
            say("forecast.branch_lacking", name=text(name), lacking=number(lack))
            for name, lack in zip(names, lacks, strict=True)
        ]
        lacking = total(lacks)
        yield say(
            "forecast.lacking",
            count=count(names),
            lacking=lacking,
            items=shortened(said, names, facts.unit),
            unit=facts.unit,
        )
    elif table.cell(last, "quota").number:
        yield say("forecast.lacking_none_heard" if silent else "forecast.lacking_none", unit=facts.unit)
