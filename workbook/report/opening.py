"""The sentence before the sections: of which day, from which book, of which committee."""

from workbook.incoming.quota_book import Cell, QuotaBook
from workbook.report.facts import Facts
from workbook.report.said import Figure, How, Sentence, day, part_of, say, text
from workbook.report.span import number_of_year
from workbook.text import key


def opening(facts: Facts) -> Sentence:
    """Of which day and from which book everything is told."""
    parts = {"day": day(facts.book.title.as_of), "year": number_of_year(facts.book)}
    return say("opening.as_of", **parts, committee=committee_name(facts.book))


def committee_name(book: QuotaBook) -> Figure:
    """The committee's name as it is written in a line of text where the book has one, else in its capitals."""
    capitals = book.title.name
    if capitals is None:
        return Figure("", How.PART, (book.title.as_of,))
    for grid in book.grids:
        for row, line in enumerate(grid.rows[:3], start=1):
            name, comma, _ = str(line[0]).rpartition(",")
            if comma and key(name) == key(capitals.text):
                return part_of(name, Cell(line[0], grid.sheet, f"A{row}"))
    return text(capitals)
