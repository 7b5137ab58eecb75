"""The appendix of the report: where every number in it comes from, sentence by sentence and column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from workbook.incoming.quota_book import Cell
from workbook.report.facts import Facts
from workbook.report.said import Figure, How, Sentence, words

#: Columns of the table of branches.
COLUMNS = ("name", "quota", "admitted", "percent")


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


def sources(facts: Facts, title: Figure, begun: Sentence, sections: Sequence[Sequence[Sentence]]) -> Iterator[Source]:
    """Every line of the appendix in the order of the report; the table of branches comes after the first section."""
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
