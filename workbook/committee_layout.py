"""The committee book's sheets: Vietnamese heading ↔ English name ↔ kind, in template order.

The words are data (`committee_vi.toml`), so that the blank book and its reader cannot part.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workbook.toml_file import toml_file


class Kind(StrEnum):
    """How a cell of the committee book is read and written."""

    TEXT = "text"
    TEXTS = "texts"  # several, parted by ";"
    COUNT = "count"
    COUNTS = "counts"  # several, parted by ";"
    DATE = "date"
    CODE = "code"  # one label of `choices`


@dataclass(frozen=True, slots=True)
class Field:
    """One column (of "settings": one line). `choices`: English value → label; `width` in characters."""

    name: str
    heading: str
    note: str
    kind: Kind = Kind.TEXT
    width: int = 14
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the book; `title` heads its printed pages."""

    name: str
    title: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that English name."""
        return next(one for one in self.fields if one.name == name)


@dataclass(frozen=True, slots=True)
class Alerts:
    """What the blank book says at once when a cell is filled wrongly; `{example}` is the caller's to fill."""

    title: str
    count: str
    date: str
    code: str
    year: str
    decimals: str
    merged_into: str


def _sheet(table: Mapping[str, Any]) -> Sheet:
    return Sheet(table["sheet"], table["title"], tuple(_field(name, it) for name, it in table["fields"].items()))


def _field(name: str, table: Mapping[str, Any]) -> Field:
    return Field(name, **{**table, "kind": Kind(table.get("kind", Kind.TEXT))})


_BOOK = toml_file("workbook", "committee_vi.toml")

SETTINGS = _sheet(_BOOK["settings"])
BRANCHES = _sheet(_BOOK["branches"])
HOLIDAYS = _sheet(_BOOK["holidays"])
DECISIONS = _sheet(_BOOK["decisions"])

#: The headings of the sheet of settings: item, value, how to fill it.
SETTINGS_HEADER: tuple[str, str, str] = (
    _BOOK["settings"]["item"],
    _BOOK["settings"]["value"],
    _BOOK["settings"]["guide"],
)

ALERTS = Alerts(**_BOOK["alerts"])

#: What stands in the column of names below the branches without being one.
TOTALS: tuple[str, ...] = tuple(_BOOK["words"]["totals"])
