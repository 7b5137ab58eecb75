"""The ways branches lay out a register, read from `layouts_vi.toml`: who puts which column where."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from validation.vocabulary import Stage
from workbook.demo.people import LEFT, WEIGHTS
from workbook.demo.words import load
from workbook.layout import REGISTER, REGISTER_SHEET

#: The column without which a register cannot show that somebody stands at a stage.
MILESTONES: Mapping[str, str] = {
    Stage.SYMPATHIZER: "sympathizer_on",
    Stage.CERTIFIED: "certificate_on",
    Stage.DOSSIER: "dossier_opened_on",
    Stage.AWAITING_DECISION: "branch_resolved_on",
    Stage.AWAITING_CEREMONY: "decided_on",
    Stage.PROBATIONARY: "ceremony_on",
    Stage.OFFICIAL: "recognized_on",
    LEFT: "status",
}

#: Columns that hold a part of a register column.
_PARTS: Mapping[str, str] = {"family_name": "full_name", "birth_day": "birth_on"}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a layout: its headings from top to bottom, what it shows, its machine code if any."""

    path: tuple[str, ...]
    source: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to lay out a register; the fields are explained in `layouts_vi.toml`."""

    name: str
    columns: tuple[Field, ...]
    sheet: str = REGISTER_SHEET
    titles: tuple[str, ...] = ()
    dates: str = ""
    names: str = ""
    tick: str = "x"
    numbering: str = ""
    groups: int = 0
    group: str = ""
    subtotal: str = ""
    repeat: bool = False
    gap: int = 0
    total: str = ""
    notes: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """What the columns show, in order."""
        return tuple(field.source for field in self.columns)

    @property
    def depth(self) -> int:
        """How many rows the header takes, numbering and machine codes apart."""
        return max(len(field.path) for field in self.columns)

    @property
    def names_branch(self) -> bool:
        """Whether a file says inside whose it is, without the help of its name."""
        return any("{branch}" in title or "{BRANCH}" in title for title in self.titles)

    def weights(self) -> dict[str, int]:
        """Of `WEIGHTS` (standing → weight) those this layout can tell from each other."""
        return {standing: weight for standing, weight in WEIGHTS.items() if MILESTONES[standing] in self.sources}

    def completed(self) -> "Layout":
        """The same layout with the register columns it lacks added at the right, under the register's headings."""
        told = {register_column(source) for source in self.sources}
        lacking = tuple(field for field in _register() if field.source not in told)
        return replace(self, columns=self.columns + lacking)

    def without(self, columns: Collection[str]) -> "Layout":
        """The same layout without what it shows of these register columns."""
        kept = tuple(field for field in self.columns if register_column(field.source) not in columns)
        return replace(self, columns=kept)


def whole_registers() -> list[Layout]:
    """The layouts that hold every column of the register on one sheet and name the branch inside, in their order."""
    return [one.completed() for one in layouts().values() if one.names_branch and not one.sheets]


def register_column(source: str) -> str:
    """The register column that a source shows, wholly or in part; the source itself where it shows none."""
    return _PARTS.get(source, re.split("[!=@]", source)[0])


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by name, in the order of the file."""
    return {table["name"]: _layout(table) for table in load("layouts_vi.toml")["layout"]}


def _layout(table: Mapping[str, Any]) -> Layout:
    columns = tuple(_field(*entry) for entry in table.get("columns", ())) or _register()
    options: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.items()
    }
    return Layout(**{**options, "columns": columns})


def _field(heading: str, source: str, code: str = "") -> Field:
    return Field(tuple(heading.split(" | ")), source, code)


def _register() -> tuple[Field, ...]:
    return tuple(Field((column.heading,), column.name) for column in REGISTER)
