"""Section 3: who stands where on the way, what is overdue, what comes due."""

import re
from collections.abc import Iterator

import pandas as pd

from validation.vocabulary import Stage
from workbook.incoming.cells import text_or_blank
from workbook.incoming.committee_lines import sheet_of
from workbook.incoming.grid import address
from workbook.incoming.quota_book import Cell, Table
from workbook.labels import label
from workbook.phrases import pattern
from workbook.report.facts import Facts, shown
from workbook.report.said import Figure, How, Sentence, count, day, number, part_of, say, shortened, text

#: How a count is written within a line of text.
_COUNT = r"[\d.]+"

_ON_THE_WAY = (
    Stage.SYMPATHIZER, Stage.CERTIFIED, Stage.DOSSIER, Stage.AWAITING_DECISION, Stage.AWAITING_CEREMONY,
    Stage.PROBATIONARY,
)  # fmt: skip


def progress(facts: Facts) -> list[Sentence]:
    """The sentences of the section; without names, persons are only counted by branch."""
    parts = (_stages, _certificates, _late, _untimed, _due, _steps, _coming)
    said = [sentence for part in parts for sentence in part(facts)]
    return said + (list(_named(facts)) if facts.named else [])


def _stages(facts: Facts) -> Iterator[Sentence]:
    table = facts.book.tables.get("progress")
    if table is None or table.total is None:
        return
    cells = {stage: table.cell(table.total, str(stage)) for stage in _ON_THE_WAY if str(stage) in table.places}
    items = [
        say("progress.stage", count=number(cell), stage=Sentence(label(stage)))
        for stage, cell in cells.items()
        if cell.number
    ]
    if items:
        yield say("progress.stages", items=items)


def _certificates(facts: Facts) -> Iterator[Sentence]:
    if "certificates" in facts.branches.places:
        yield say("progress.certificates", count=number(facts.sum("certificates")))


def _late(facts: Facts) -> Iterator[Sentence]:
    if "overdue" not in facts.branches.places:
        return
    lines = [line for line in facts.lines if facts.number(line, "overdue")]
    if not lines:
        yield say("progress.late_none")
        return
    names = facts.those(lines)
    said = [
        say("progress.late_branch", name=text(name), count=shown(facts.branches.cell(line, "overdue")))
        for line, name in zip(lines, names, strict=True)
    ]
    items = shortened(said, names, facts.unit)
    yield say(
        "progress.late", persons=number(facts.sum("overdue")), branches=count(names), items=items, unit=facts.unit
    )


def _untimed(facts: Facts) -> Iterator[Sentence]:
    """For how many persons the book could not work out every clock, as it says beside who is late on its front."""
    wanted = re.compile(pattern("headline.persons_and_untimed", _COUNT, untimed=f"(?P<untimed>{_COUNT})"))
    front = sheet_of(facts.book.grids, facts.branches.sheet)
    above = front.rows[: facts.lines[0]] if front and facts.lines else []
    for row, values in enumerate(above):
        for column, value in enumerate(values):
            if found := wanted.search(text_or_blank(value)):
                cell = Cell(value, facts.branches.sheet, address(row, column))
                yield say("progress.untimed", persons=part_of(found["untimed"], cell))


def _due(facts: Facts) -> Iterator[Sentence]:
    """How many tasks are late and coming, where the book has counted them itself."""
    table = facts.book.tables.get("due")
    if table is None or table.total is None or not {"coming", "longest"} <= set(table.places):
        return
    parts = {name: number(table.cell(table.total, name)) for name in ("late", "coming")}
    some = table.cell(table.total, "late").number
    yield say("progress.due", **parts) if some else say("progress.due_coming", coming=parts["coming"])
    lines = [line for line in table.lines if line < table.total and table.cell(line, "longest").number]
    if lines:
        line = max(lines, key=lambda line: table.cell(line, "longest").number or 0)
        yield say(
            "progress.due_longest", longest=number(table.cell(line, "longest")), name=text(table.cell(line, "name"))
        )


def _overdue(table: Table) -> pd.DataFrame:
    """The lines that are late already; what is not late yet has no number of days."""
    days = pd.to_numeric(table.frame["days_late"], errors="coerce")
    return table.frame[days > 0]


def _steps(facts: Facts) -> Iterator[Sentence]:
    table = facts.book.tables.get("late")
    late = _overdue(table) if table else pd.DataFrame()
    if table is None or late.empty:
        return
    items = []
    for _, lines in late.groupby("step", sort=False):
        cells = table.cells(lines.index, "step")
        items.append(say("progress.late_step", step=text(cells[0]), count=count(cells)))
    yield say("progress.late_steps", items=items)


def _coming(facts: Facts) -> Iterator[Sentence]:
    """What comes due, by how soon, in the order of the sheet: soonest first."""
    table = facts.book.tables.get("late")
    if table is None:
        return
    ahead = table.frame[~table.frame.index.isin(_overdue(table).index) & (table.frame["tier"] != "")]
    items = []
    for _, lines in ahead.groupby("tier", sort=False):
        cells = table.cells(lines.index, "tier")
        tier = Figure(cells[0].text[:1].lower() + cells[0].text[1:], How.VALUE, cells[:1])
        items.append(say("progress.coming_tier", count=count(cells), tier=tier))
    if items:
        yield say("progress.coming", items=items)


def _named(facts: Facts) -> Iterator[Sentence]:
    """Who is late, branch by branch: only where names were asked for."""
    table = facts.book.tables.get("late")
    if table is None:
        return
    for _, lines in _overdue(table).groupby("branch", sort=False):
        items = [_person(table, int(str(line))) for line in lines.index]
        yield say("progress.named", branch=text(table.cell(int(str(lines.index[0])), "branch")), items=items)


def _person(table: Table, line: int) -> Sentence:
    cells = {name: table.cell(line, name) for name in ("name", "step", "due_on", "days_late")}
    return say(
        "progress.named_person",
        name=text(cells["name"]),
        step=text(cells["step"]),
        due_on=day(cells["due_on"]),
        days=number(cells["days_late"]),
    )
