"""Section 4: what the book forecasts; section 5: who has handed in."""

import re
from collections.abc import Iterator

from workbook.incoming.quota_book import Cell, Table
from workbook.phrases import phrase
from workbook.report.facts import Facts
from workbook.report.said import Sentence, count, number, part_of, ratio, say, shortened, text, total
from workbook.text import key

_DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


def forecast(facts: Facts) -> list[Sentence]:
    """The sentences of the forecast; empty without the sheet or the day it is made for."""
    table, day = facts.book.tables.get("forecast"), _forecast_day(facts)
    if table is None or table.total is None or day is None:
        return []
    return [*_expected(facts, table, table.total, day), *_lacking(table, table.total)]


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
    beside = {name: number(table.cell(line, name)) for name in ("possible", "impossible")}
    yield say("forecast.beside", **beside)


def _lacking(table: Table, last: int) -> Iterator[Sentence]:
    """Branches that will not meet the quota; nothing is said where nobody has one."""
    lines = [line for line in table.lines if line < last]
    short = [line for line in lines if table.cell(line, "lacking").number]
    if short:
        names = table.cells(short, "name")
        lacks = table.cells(short, "lacking")
        said = [
            say("forecast.branch_lacking", name=text(name), lacking=number(lack))
            for name, lack in zip(names, lacks, strict=True)
        ]
        lacking = total(lacks)
        yield say("forecast.lacking", count=count(names), lacking=lacking, items=shortened(said, names))
    elif table.cell(last, "quota").number:
        yield say("forecast.lacking_none")


def submissions(facts: Facts) -> list[Sentence]:
    """The sentences of the board of submissions; empty without it."""
    table = facts.book.tables.get("submissions")
    return [*_handed_in(table), *_queries(facts, table), *_files(table)] if table else []


def _in_state(table: Table, state: str) -> list[int]:
    wanted = key(phrase(f"state.{state}"))
    states = table.frame["state"].map(lambda value: key(str(value)))
    return [int(str(line)) for line in states.index[states == wanted]]


def _handed_in(table: Table) -> Iterator[Sentence]:
    handed, missing = _in_state(table, "counted"), _in_state(table, "missing")
    if not handed and not missing:
        return
    asked = count(table.cells(sorted([*handed, *missing]), "branch"))
    if not missing:
        yield say("submissions.all", asked=asked)
        return
    names = table.cells(missing, "branch")
    items = shortened([say("result.branch", name=text(name)) for name in names], names)
    handed_in = count(table.cells(handed, "branch"))
    yield say("submissions.handed_in", handed=handed_in, asked=asked, count=count(names), items=items)


def _queries(facts: Facts, table: Table) -> Iterator[Sentence]:
    handed = _in_state(table, "counted")
    if handed and {"queries"} <= set(table.places) and "errors" in facts.branches.places:
        queries = total(table.cells(handed, "queries"))
        yield say("submissions.queries", errors=number(facts.sum("errors")), queries=queries)


def _files(table: Table) -> Iterator[Sentence]:
    for name, state in (("unread", "unreadable"), ("unknown", "no_branch")):
        lines = _in_state(table, state)
        if lines:
            yield say(f"submissions.{name}", count=count(table.cells(lines, "state")))
