"""One cell of the committee book → its value, or the code of what is wrong with it. Never raises, never guesses."""

import re
from dataclasses import dataclass, field

from workbook.committee_layout import Field, Kind
from workbook.incoming.cells import as_text, is_blank
from workbook.incoming.dates import read_date
from workbook.incoming.identifiers import read_count
from workbook.text import bare, clean, key

_PARTS = re.compile(r"[;\n]")
_NUMBERS = re.compile(r"[;,\n]")


@dataclass(frozen=True, slots=True)
class Read:
    """`value` is None where the cell is blank or faulty; a faulty one has a `fault` and what its sentence needs."""

    value: object = None
    fault: str = ""
    detail: dict[str, object] = field(default_factory=dict)


def read_cell(it: Field, value: object) -> Read:
    """Read one cell by the kind of its field."""
    if is_blank(value):
        return Read()
    made = _BY_KIND[it.kind](it, value)
    return made if not made.fault else Read(None, made.fault, {"value": as_text(value), **made.detail})


def parts(value: object) -> tuple[str, ...]:
    """The pieces of a cell parted by ";" or line breaks, blank ones left out."""
    return tuple(piece for part in _PARTS.split(str(value)) if (piece := clean(part)))


def _text(_: Field, value: object) -> Read:
    return Read(as_text(value))


def _texts(_: Field, value: object) -> Read:
    return Read(parts(value))


def _count(_: Field, value: object) -> Read:
    read = read_count(value)
    return Read(read.value, read.fault)


def _counts(_: Field, value: object) -> Read:
    reads = [read_count(piece) for piece in _NUMBERS.split(as_text(value)) if clean(piece)]
    fault = next((read.fault for read in reads if read.fault), "")
    return Read(tuple(read.value for read in reads), fault)


def _date(_: Field, value: object) -> Read:
    read = read_date(value)
    if read.day is None:
        return Read(fault=read.fault or "date.partial", detail={"suggestion": read.suggestion})
    return Read(read.day)


def _code(it: Field, value: object) -> Read:
    """A label of the list; without accents where the cell has none at all."""
    typed = as_text(value)
    same = bare if typed.isascii() else key
    for code, label in it.choices.items():
        if same(label) == same(typed):
            return Read(code)
    labels = list(it.choices.values())
    return Read(fault="committee.choice", detail={"listed": "; ".join(labels), "first": labels[0]})


_BY_KIND = {
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.COUNT: _count,
    Kind.COUNTS: _counts,
    Kind.DATE: _date,
    Kind.CODE: _code,
}
