"""What goes where in a given form: a small TOML, one per form; ours are in `workbook/forms/`.

```toml
stands = ["Biểu số 2-BTCTW"]        # texts that stand on the sheet; by them a form is known
sheet = "Biểu 2"                    # only where the texts stand on several sheets

[columns]                           # heading → now, before (same day last year) or rule (as the row of numbers says)
"Kỳ này" = "now"

[[cells]]
row = "Dân tộc thiểu số"            # a label of the form, as it stands there ...
under = "II. Phân tích"             # ... the first one below this label
value = "composition.Người dân tộc thiểu số.total"   # without a value: left blank, and told

[[cells]]
cell = "C3"                         # or an address
value = "book.committee"

[[rows]]                            # a line per person, below the headings
people = ["admitted", "recognized"]
[rows.columns]                      # heading → name of a person's value, "" for what no register knows
"Họ và tên" = "full_name"
```
"""

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from workbook.errors import NotAWorkbook, Unreachable
from workbook.phrases import phrase

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_ADDRESS = re.compile(r"[A-Za-z]{1,3}[1-9][0-9]{0,6}")
_LINE = re.compile(r"at line (\d+)")
#: What the checking library calls a fault → what we call it.
_KINDS = {
    "extra_forbidden": "form_map.extra_forbidden",
    "missing": "form_map.missing",
    "too_short": "form_map.too_short",
    "string_too_short": "form_map.too_short",
    "enum": "form_map.enum",
    "value_error": "form_map.value_error",
}


class Column(StrEnum):
    """What a column of a form shows of its lines."""

    NOW = "now"
    BEFORE = "before"
    RULE = "rule"


class People(StrEnum):
    """Of whom there is a line each."""

    ADMITTED = "admitted"  # in the year of the book
    RECOGNIZED = "recognized"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CellMap(_Strict):
    """One value and its place: an address, or a label with the column of a heading (none: every column of the form).

    `also`: what other forms call the same line. `note`: what a person must know of the number.
    """

    cell: str = ""
    row: str = ""
    also: tuple[_Text, ...] = ()
    under: str = ""
    column: str = ""
    value: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """What the place is called: its label, or its address in capitals."""
        return self.row or self.cell.upper()

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.cell) == bool(self.row) or (self.cell and not _ADDRESS.fullmatch(self.cell)):
            raise ValueError("either an address or a label")
        return self


class RowsMap(_Strict):
    """A line per person: heading of the form → name of the value; the headings without which a line is not complete.

    `only_with`: needed only of those who have another value. `hints`: what is known instead, with {names} of values.
    """

    people: tuple[People, ...] = Field(min_length=1)
    columns: dict[_Text, str] = Field(min_length=1)
    needed: tuple[_Text, ...] = ()
    only_with: dict[_Text, str] = {}
    hints: dict[_Text, str] = {}

    @model_validator(mode="after")
    def _known(self) -> Self:
        if not {*self.needed, *self.only_with, *self.hints} <= self.columns.keys():
            raise ValueError("needed headings must be among the columns")
        return self


class FormMap(_Strict):
    """One form. `name` is how it is called when speaking of it."""

    name: str = ""
    stands: tuple[_Text, ...] = Field(min_length=1)
    sheet: str = ""
    columns: dict[_Text, Column] = {}
    cells: tuple[CellMap, ...] = ()
    rows: tuple[RowsMap, ...] = ()


def read_map(path: Path) -> FormMap:
    """A clerk's own mapping. Raises Unreachable where there is none, NotAWorkbook with what is wrong in it."""
    try:
        return _parsed(path.read_text("utf-8"), path.name)
    except OSError as error:
        raise Unreachable("file.missing", {"file": path.name}) from error
    except UnicodeError as error:
        raise NotAWorkbook("form.map", {"file": path.name, "value": "UTF-8"}) from error


@cache
def shipped() -> tuple[FormMap, ...]:
    """The mappings that come with the product."""
    folder = files("workbook") / "forms"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(_parsed((folder / name).read_text("utf-8"), name) for name in names)


def _parsed(text: str, file: str) -> FormMap:
    try:
        made = FormMap.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise NotAWorkbook("form.map", {"file": file, "value": _where(str(error))}) from error
    except ValidationError as error:
        raise NotAWorkbook("form.map", {"file": file, "value": "; ".join(_faults(error))}) from error
    return made if made.name else made.model_copy(update={"name": made.stands[0]})


def _where(fault: str) -> str:
    """The line that is no TOML; the library says more only in English."""
    found = _LINE.search(fault)
    return phrase("form_map.syntax", line=found[1]) if found else phrase("form_map.syntax_end")


def _faults(error: ValidationError) -> Iterator[str]:
    """Where each fault lies, as a path of the file with its entries counted from one, and what it is."""
    for one in error.errors():
        steps = (str(step + 1) if isinstance(step, int) else str(step) for step in one["loc"])
        kind = _KINDS.get(one["type"], "form_map.other")
        if kind == "form_map.value_error" and one["loc"][:1] == ("rows",):
            kind = "form_map.rows_error"
        expected = str(one.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
        yield phrase("form_map.place", place=" ".join(steps), fault=phrase(kind, expected=expected))
