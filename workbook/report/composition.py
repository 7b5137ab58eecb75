"""Section 2: whom the committee admitted, every share with its denominator said."""

from collections.abc import Iterator, Sequence

from workbook.consolidate.composition import titles, words
from workbook.incoming.quota_book import Cell, Table
from workbook.report.facts import Facts, shown
from workbook.report.said import Sentence, number, say, share, text
from workbook.text import key

#: A sentence a block: each answers a question of its own, to which somebody may be without an answer.
_BLOCKS = ("union", "ethnicity", "religion", "groups", "age", "schooling", "qualification")
#: Blocks whose labels are what persons are: "3 người dân tộc thiểu số", not "người dân tộc thiểu số 3 người".
_OF_PERSONS = frozenset({"ethnicity", "religion"})


def composition(facts: Facts) -> list[Sentence]:
    """The sentences of the section; empty without the sheet."""
    table = facts.book.tables.get("composition")
    return list(_said(table)) if table else []


def _said(table: Table) -> Iterator[Sentence]:
    blocks = _blocks(table)
    whole = _labelled(table, table.lines, words()["admitted"])
    if whole is None:
        return
    if not whole.number:
        yield say("composition.empty")
        return
    sexes = _items(table, blocks.get("sex", []), "composition.item")
    if sexes:
        yield say("composition.admitted", admitted=number(whole), items=sexes)
    for block in _BLOCKS:
        yield from _block(table, block, blocks.get(block, []))
    yield say("composition.basis")


def _block(table: Table, block: str, lines: Sequence[int]) -> Iterator[Sentence]:
    items = _items(table, lines, f"composition.{'item' if block in _OF_PERSONS else 'item_of'}")
    if not items:
        return
    if block != "age":
        yield say(f"composition.{block}", items=items)
        return
    mean = _labelled(table, lines, words()["age_mean"])
    if mean and mean.number is not None:
        yield say("composition.age", items=items, mean=share(mean))
    else:
        yield say("composition.age_unknown", items=items)


def _items(table: Table, lines: Sequence[int], how: str) -> list[Sentence]:
    """The lines that count anybody; a mean has no share."""
    cells = [(table.cell(line, "total"), table.cell(line, "label"), table.cell(line, "share")) for line in lines]
    return [
        say(how, label=_small(label), count=number(total), share=shown(part))
        for total, label, part in cells
        if total.number and part.number is not None
    ]


def _small(label: Cell) -> Sentence:
    """A label within a sentence: its first letter small, unless it begins with capitals (THPT)."""
    figure = text(label)
    keep = figure.text[:2].isupper()
    return Sentence(figure.text if keep else figure.text[:1].lower() + figure.text[1:], (figure,))


def _labelled(table: Table, lines: Sequence[int], label: str) -> Cell | None:
    """The total of the first of the lines with that label."""
    found = (line for line in lines if key(table.cell(line, "label").text) == key(label))
    return next((table.cell(line, "total") for line in found), None)


def _blocks(table: Table) -> dict[str, list[int]]:
    """Block name → its lines: those below the line that is the block's title."""
    known = {key(title): name for title, name in titles().items()}
    blocks: dict[str, list[int]] = {}
    block = ""
    for line in table.lines:
        label = table.cell(line, "label").text
        if key(label) in known and table.cell(line, "total").number is None:
            block = known[key(label)]
        elif block and label:
            blocks.setdefault(block, []).append(line)
    return blocks
