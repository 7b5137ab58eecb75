"""The sheet of settings → what a run must know of the committee itself; here the lines are items, not columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from validation.regulation import overlay_names
from workbook.committee import Committee, CountedBy
from workbook.committee_layout import SETTINGS, SETTINGS_HEADER, Kind
from workbook.errors import BadCommitteeBook
from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.committee_lines import (
    Doubt,
    Line,
    heading_row,
    headings_of,
    misordered,
    read_field,
    settle,
    sheet_of,
)
from workbook.incoming.grid import Grid, address
from workbook.incoming.raw import Question
from workbook.incoming.vocabulary import heading_key

_BOUNDS = {"year": (2000, 2099), "decimals": (0, 2)}

#: Settings with a usual value, which is used, and told, where the clerk left them blank.
_USUAL = ("counted_by", "decimals", "reminders")
_FIELDS = {heading_key(field.heading): field for field in SETTINGS.fields}


def settings(grids: Sequence[Grid]) -> tuple[dict[str, Any], list[Question]]:
    """The settings by field of `Committee`, blank and faulty ones left out.

    Raises BadCommitteeBook without the sheet or without a year.
    """
    line, questions = _read(grids)
    known, doubts = settle(line, [*_out_of_bounds(line), *_unknown_overlays(line), *_term(line), *_forecast(line)])
    if "year" not in known:
        detail = {"wanted": SETTINGS.name, "heading": SETTINGS.field("year").heading}
        raise BadCommitteeBook("committee.year_missing", detail)
    if "counted_by" in known:
        known["counted_by"] = CountedBy(known["counted_by"])
    return {"name": "", **known}, [*questions, *doubts, *_blanks(line)]


def other_year(committee: Committee, as_of: date) -> Iterator[Question]:
    """A question where a day of another year is asked about than the one whose admissions are counted."""
    if as_of.year > committee.year:
        yield Question("committee.year_over", detail={"value": as_of, "year": committee.year, "next": as_of.year})
    elif as_of.year < committee.year:
        yield Question("committee.year_ahead", detail={"value": as_of, "year": committee.year, "next": as_of.year})


def _read(grids: Sequence[Grid]) -> tuple[Line, list[Question]]:
    """All items as one line."""
    headings = dict(zip(("item", "value"), SETTINGS_HEADER, strict=False))
    grid = sheet_of(grids, SETTINGS.name)
    found = heading_row(grid, headings, tuple(headings)) if grid else None
    if grid is None or found is None:
        detail = {"wanted": SETTINGS.name, "headings": ", ".join(headings.values())}
        raise BadCommitteeBook("committee.sheet_missing", detail)
    return _items(grid, *found)


def _items(grid: Grid, top: int, places: Mapping[str, int]) -> tuple[Line, list[Question]]:
    """Items in any order; one that stands nowhere is looked for under the heading of the values."""
    values: dict[str, object] = {}
    cells = dict.fromkeys((field.name for field in SETTINGS.fields), address(top, places["value"]))
    questions: list[Question] = []
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        item, value = as_text(row[places["item"]]), row[places["value"]]
        field = _FIELDS.get(heading_key(item))
        if field is None or field.name in values:
            other = cells[field.name] if field else ""
            questions += _odd(item, value, address(number, places["item"]), other)
            continue
        cells[field.name] = address(number, places["value"])
        values[field.name], asked = read_field(field, value, cells[field.name])
        questions += asked
    faulty = {name for name, cell in cells.items() for question in questions if question.cell == cell}
    return Line(values, cells, frozenset(faulty)), questions


def _odd(item: str, value: object, cell: str, other: str) -> Iterator[Question]:
    """What to ask of an item that is unknown, or that stands at `other` already."""
    if is_blank(value) or not item:
        return
    if other:
        yield Question("committee.repeated", cell, detail={"value": item, "other": other})
    else:
        yield Question("committee.setting_unknown", cell, detail={"value": item, "items": headings_of(SETTINGS)})


def _out_of_bounds(line: Line) -> Iterator[Doubt]:
    for name, (least, most) in _BOUNDS.items():
        value = line.values.get(name)
        if isinstance(value, int) and not least <= value <= most:
            said = {"value": value, "least": least, "most": most}
            yield line.ask("committee.out_of_range", SETTINGS.field(name), **said), (name,)


def _unknown_overlays(line: Line) -> Iterator[Doubt]:
    """Names no overlay has; then none is used, for half of the rules would be worse than the central ones alone."""
    known = overlay_names()
    for name in line.values.get("overlays") or ():
        if name not in known:
            said = {"value": name, "listed": "; ".join(known), "first": known[0]}
            yield line.ask("committee.overlay", SETTINGS.field("overlays"), **said), ("overlays",)


def _term(line: Line) -> Iterator[Doubt]:
    return misordered(line, SETTINGS.field("term_from"), SETTINGS.field("term_to"))


def _forecast(line: Line) -> Iterator[Doubt]:
    """A day aimed at outside the year that is counted would add people of another year to it."""
    year, until = line.values.get("year"), line.values.get("forecast_until")
    if isinstance(year, int) and isinstance(until, date) and until.year != year:
        yield (
            line.ask("committee.forecast_year", SETTINGS.field("forecast_until"), value=until, year=year),
            ("forecast_until",),
        )


def _blanks(line: Line) -> Iterator[Question]:
    """The committee's name, and the settings whose usual value is taken because they are blank."""
    if line.lacks(SETTINGS.field("name")):
        yield line.ask("committee.name_missing", SETTINGS.field("name"))
    for name in _USUAL:
        field = SETTINGS.field(name)
        usual = getattr(Committee(""), name)
        if line.lacks(field):
            shown = ";".join(map(str, usual)) if field.kind is Kind.COUNTS else field.choices.get(usual, usual)
            yield line.ask("committee.setting_blank", field, used=shown)
