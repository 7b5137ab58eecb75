"""Section 5: who has handed in, in time or late, and in what state the books are."""

from collections.abc import Iterator, Mapping, Sequence

from workbook.incoming.board_states import lines_in
from workbook.incoming.quota_book import Cell, Table
from workbook.layout import ROLLUP_BOOK
from workbook.report.facts import Facts
from workbook.report.said import Part, Sentence, count, count_ratio, day, number, say, shortened, text, total
from workbook.states import State

#: What a branch did hand in, though something later may count in its place.
_CAME = (State.COUNTED, State.REPLACED)


def submissions(facts: Facts) -> list[Sentence]:
    """The sentences of the board of submissions; empty without it."""
    table = facts.book.tables.get("submissions")
    if table is None:
        return []
    parts = (_handed_in, _in_time, _rates, _queries, _files)
    return [sentence for part in parts for sentence in part(facts, table)]


def _handed_in(facts: Facts, table: Table) -> Iterator[Sentence]:
    handed, missing = lines_in(table, [State.COUNTED]), lines_in(table, [State.MISSING])
    if not handed and not missing:
        return
    asked = count(table.cells(sorted([*handed, *missing]), "branch"))
    if not missing:
        yield say("submissions.all", asked=asked, unit=facts.unit)
        return
    if not handed:
        yield say("submissions.none", asked=asked, unit=facts.unit)
        return
    names = table.cells(missing, "branch")
    items = shortened([say("result.branch", name=text(name)) for name in names], names, facts.unit)
    handed_in = count(table.cells(handed, "branch"))
    yield say("submissions.handed_in", handed=handed_in, asked=asked, count=count(names), items=items, unit=facts.unit)


def _first_came(table: Table) -> Mapping[str, int]:
    """Who was asked and handed in something that could be read → the line of what came first, counted in days late."""
    lines = lines_in(table, _CAME) if "days_late" in table.places else []
    known = [line for line in lines if table.cell(line, "days_late").number is not None]
    known.sort(key=lambda line: table.cell(line, "days_late").number or 0, reverse=True)
    return {table.cell(line, "branch").text: line for line in known}


def _in_time(facts: Facts, table: Table) -> Iterator[Sentence]:
    """Who was in time, who late and by how many days; nothing where no last day was set."""
    due = _due(table)
    if due is None:
        return
    came = sorted(_first_came(table).values())
    late = [line for line in came if table.cell(line, "days_late").number]
    if came and not late:
        yield say("submissions.all_in_time", due=day(due), unit=facts.unit)
    elif late:
        yield _late(facts, table, due, late, [line for line in came if line not in late])
    if came:
        yield say("submissions.by_file_times")
    yield from _missing_late(facts, table)


def _due(table: Table) -> Cell | None:
    """The first cell that says the last day."""
    cells = table.cells(table.lines, "due_on") if "due_on" in table.places else ()
    return next((cell for cell in cells if cell.text), None)


def _late(facts: Facts, table: Table, due: Cell, late: Sequence[int], in_time: Sequence[int]) -> Sentence:
    names = table.cells(late, "branch")
    said = [
        say("submissions.late_unit", name=text(name), days=number(table.cell(line, "days_late")))
        for line, name in zip(late, names, strict=True)
    ]
    told: dict[str, Part] = {"late": count(names), "items": shortened(said, names, facts.unit), "unit": facts.unit}
    if not in_time:
        return say("submissions.late_all", due=day(due), **told)
    return say("submissions.late", due=day(due), in_time=count(table.cells(in_time, "branch")), **told)


def _missing_late(facts: Facts, table: Table) -> Iterator[Sentence]:
    if "days_late" not in table.places:
        return
    lines = [line for line in lines_in(table, [State.MISSING]) if table.cell(line, "days_late").number]
    if lines:
        days = number(table.cell(lines[0], "days_late"))
        yield say("submissions.missing_late", count=count(table.cells(lines, "branch")), unit=facts.unit, days=days)


def _rates(facts: Facts, table: Table) -> Iterator[Sentence]:
    """Expected, received, without an error, in time: of those that are asked, each told once.

    In time is who handed in anything that could be read by the last day, however often it was corrected since.
    """
    handed, missing = lines_in(table, [State.COUNTED]), lines_in(table, [State.MISSING])
    asked = [line for line in sorted([*handed, *missing]) if not _due(table) or table.cell(line, "due_on").text]
    if not asked or "errors" not in table.places:
        return
    received = [line for line in handed if line in asked]
    whole = [line for line in received if not table.cell(line, "errors").number]
    came = [line for line in _first_came(table).values() if not table.cell(line, "days_late").number]
    told = {"received": received, "complete": whole} | ({"in_time": sorted(came)} if _due(table) else {})
    every = table.cells(asked, "branch")
    items = [_rate(facts, name, table.cells(lines, "branch"), every) for name, lines in told.items()]
    yield say("submissions.rates", expected=count(every), unit=facts.unit, items=items)


def _rate(facts: Facts, name: str, some: Sequence[Cell], every: Sequence[Cell]) -> Sentence:
    """How many of all, in percent too; of none nothing is counted, for a nought has no cell to come from."""
    if not some:
        return say(f"submissions.{name}_none", unit=facts.unit)
    return say(f"submissions.{name}", count=count(some), share=count_ratio(some, every, facts.decimals))


def _queries(facts: Facts, table: Table) -> Iterator[Sentence]:
    handed = lines_in(table, [State.COUNTED])
    if handed and "queries" in table.places and "errors" in facts.branches.places:
        queries = total(table.cells(handed, "queries"))
        yield say("submissions.queries", errors=number(facts.sum("errors")), queries=queries)


def _files(facts: Facts, table: Table) -> Iterator[Sentence]:
    """What was handed in and does not count; a rolled-up book has further reasons."""
    states = {"unread": [State.UNREADABLE], "unknown": [State.NO_BRANCH]}
    if facts.book.kind == ROLLUP_BOOK:
        states |= {"unknown": [State.NO_COMMITTEE], "other_period": [State.WRONG_YEAR, State.WRONG_PERIOD]}
    for name, wanted in states.items():
        lines = lines_in(table, wanted)
        if lines:
            yield say(f"submissions.{name}", count=count(table.cells(lines, "state")), unit=facts.unit)
