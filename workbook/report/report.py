"""The whole report, not yet a document: header, sections, table of branches, and where every number comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from workbook.incoming.quota_book import Cell
from workbook.phrases import phrase
from workbook.report.composition import composition
from workbook.report.facts import Facts, shown
from workbook.report.handed_in import submissions
from workbook.report.outlook import forecast
from workbook.report.progress import progress
from workbook.report.result import opening, result
from workbook.report.said import Figure, How, Sentence, count, say, words
from workbook.report.span import period_figure
from workbook.text import key

#: Columns of the table of branches.
COLUMNS = ("name", "quota", "admitted", "percent")
_COUNTED = ("admitted", "percent")


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the appendix: which sentence, the numbers in it, their cells in the same order, how they follow.

    `of`: what of the report it is about: "title", "opening", "table", or the number of a section.
    """

    of: str
    place: str
    shown: str
    cells: str
    how: str


@dataclass(frozen=True, slots=True)
class Report:
    """Texts as they are printed; `unit` is what a line of the book is called.

    `sections` are numbered from 1; a line of `table` follows `COLUMNS`.
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
        sources=tuple(_sources(facts, title, begun, sections)),
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
        remark = phrase("state.missing") if line in facts.silent else facts.remark(line) if line in facts.gone else ""
        return said["remarked"].format(name=cell.text, remark=remark) if remark else cell.text
    if name in _COUNTED and line in facts.silent:
        return said["unknown"]
    return cell.text if cell.number is None else shown(cell).text


def _sources(facts: Facts, title: Figure, begun: Sentence, sections: Sequence[Sequence[Sentence]]) -> Iterator[Source]:
    places: dict[str, str] = words()["places"]
    yield from _of_sentence("title", places["title"], Sentence(title.text, (title,)))
    yield from _of_sentence("opening", places["opening"], begun)
    for section, sentences in enumerate(sections, start=1):
        for number, sentence in enumerate(sentences, start=1):
            place = places["sentence"].format(section=section, number=number)
            yield from _of_sentence(str(section), place, sentence)
        if section == 1:
            yield from _of_table(places["table"], facts)


def _of_sentence(of: str, place: str, sentence: Sentence) -> Iterator[Source]:
    """The numbers of a sentence; those that were taken as they are from one sheet stand together, in their order."""
    numbers = [one for one in sentence.figures if any(map(str.isdigit, one.text))]
    for figures in _together(numbers):
        cells = [cell for figure in figures for cell in figure.cells]
        how, whole = figures[0].how, figures[0].whole
        where = _named(cells, drawn_together=how in (How.COUNT, How.SUM, How.COUNT_SHARE))
        if whole:
            where = f"{where} ÷ {_named(whole, drawn_together=True)}"
        yield Source(of, place, "; ".join(figure.text for figure in figures), where, words()["How"][how])


def _together(numbers: Sequence[Figure]) -> Iterator[list[Figure]]:
    groups: dict[tuple[str, str, int], list[Figure]] = {}
    for at, figure in enumerate(numbers):
        cell, alone = figure.cells[0], figure.how is not How.VALUE
        groups.setdefault((cell.book, cell.sheet, at if alone else -1), []).append(figure)
    yield from groups.values()


def _of_table(place: str, facts: Facts) -> Iterator[Source]:
    """The table column by column; its total line is the last cell."""
    for number, name in enumerate(COLUMNS[1:], start=2):
        cells = facts.branches.cells((*facts.lines, facts.total), name)
        where = _named(cells, drawn_together=True)
        column = words()["places"]["column"]
        yield Source("table", place.format(number=number + 1), column, where, words()["How"][How.VALUE])


def _named(cells: Sequence[Cell], *, drawn_together: bool) -> str:
    """The cells with their sheet, said once for those of one sheet: "Sheet!E13, E14"."""
    texts = []
    for (book, sheet), grouped in groupby(cells, lambda cell: (cell.book, cell.sheet)):
        same = list(grouped)
        addresses = _spans(same) if drawn_together else [cell.address for cell in same]
        texts.append((f"[{book}] " if book else "") + f"{sheet}!" + ", ".join(addresses))
    return "; ".join(texts)


def _letters(cell: Cell) -> str:
    return cell.address.rstrip("0123456789")


def _spans(cells: Sequence[Cell]) -> list[str]:
    """Addresses with neighbours below each other drawn together: E13:E15, E20."""
    spots = [(_letters(cell), int(cell.address[len(_letters(cell)) :])) for cell in cells]
    runs = groupby(enumerate(spots), lambda one: (one[1][0], one[1][1] - one[0]))
    ends = [(run[0][1], run[-1][1]) for _, grouped in runs if (run := list(grouped))]
    return [f"{a}{first}" if first == last else f"{a}{first}:{b}{last}" for (a, first), (b, last) in ends]
