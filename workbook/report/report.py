"""The whole report, not yet a document: header, sections, table of branches, appendix."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.report.composition import composition
from workbook.report.facts import Facts, shown
from workbook.report.handed_in import submissions
from workbook.report.opening import opening
from workbook.report.outlook import forecast
from workbook.report.progress import progress
from workbook.report.result import result
from workbook.report.said import Sentence, count, say, words
from workbook.report.sources import COLUMNS, Source, sources
from workbook.report.span import period_figure
from workbook.states import State, state_label
from workbook.text import key

_COUNTED = ("admitted", "percent")


@dataclass(frozen=True, slots=True)
class Report:
    """Texts as they are printed; `unit` is what a line of the book is called.

    `sections` are numbered from 1; a line of `table` follows `sources.COLUMNS`.
    """

    superior: str
    committee: str
    sign: str
    signer: str
    unit: str
    period: str
    opening: Sentence
    sections: tuple[tuple[Sentence, ...], ...]
    table: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    sources: tuple[Source, ...]


def report(facts: Facts) -> Report:
    """Say what the book holds; a section without any figure says so."""
    counted = (composition(facts), progress(facts), forecast(facts))
    made = (result(facts), *(_reserved(facts, section) for section in counted), submissions(facts))
    sections = tuple(tuple(section) or (say("words.none"),) for section in made)
    begun, title, heads = opening(facts), period_figure(facts), facts.book.title
    superior, committee = (cell.text if cell else "" for cell in (heads.superior, heads.name))
    body = _body(committee)
    rows = [tuple(_shown(facts, line, name) for name in COLUMNS) for line in (*facts.lines, facts.total)]
    return Report(
        superior=superior,
        committee=committee,
        sign=body["sign"],
        signer=body["signer"],
        unit=facts.unit.text,
        period=title.text,
        opening=begun,
        sections=sections,
        table=tuple(rows[:-1]),
        total=rows[-1],
        sources=tuple(sources(facts, title, begun, sections)),
    )


def _reserved(facts: Facts, section: Sequence[Sentence]) -> Sequence[Sentence]:
    """A section that counts over all, with what it does not know said first."""
    if not section or not facts.silent:
        return section
    silent = facts.those(sorted(facts.silent))
    return (say("words.without_section", count=count(silent), unit=facts.unit), *section)


def _body(committee: str) -> dict[str, str]:
    """What kind of committee it is, by its name."""
    bodies: list[dict[str, str]] = words()["bodies"]
    return next(body for body in bodies if key(committee).startswith(key(body["begins"])))


def _shown(facts: Facts, line: int, name: str) -> str:
    """A cell of the table: a number, a dash as the book has it, a blank; a dash for what nobody has counted yet."""
    cell = facts.branches.cell(line, name)
    said: dict[str, str] = words()["words"]
    if name == "name":
        remark = (
            state_label(State.MISSING) if line in facts.silent else facts.remark(line) if line in facts.gone else ""
        )
        return said["remarked"].format(name=cell.text, remark=remark) if remark else cell.text
    if name in _COUNTED and line in facts.silent:
        return said["unknown"]
    return cell.text if cell.number is None else shown(cell).text
