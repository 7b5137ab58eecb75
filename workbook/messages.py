"""Code → sentence: where, what is wrong in the clerk's words, what to do, an example.

The sentences are data, in `messages_vi/*.toml`, by code or by family (what stands before the first dot):
`fault`, `fix`, `example`, and `level` where no rule of the law gives one; `branch_fix` and `branch_example` where a
branch cannot do what the committee can. A `{name}` is filled from the context;
a part in [brackets] is left out where one of its names has no value. The clause, `cite`, is appended to every fault,
and so is what keeps it from being held against anybody: a trial of the rule, a reason that was given.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from validation.vocabulary import CODE_COLUMNS, Level, Stage, TargetGroup
from workbook import codes
from workbook.days import format_day
from workbook.labels import label
from workbook.layout import HEADING
from workbook.toml_file import toml_file

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")

# A longer list of choices would bury the sentence.
_MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a clerk reads of one finding: place and fault, then what to do with an example."""

    message: str
    fix: str
    branch_fix: str = ""

    def for_branch(self) -> "Sentence":
        """What the branch reads: where the fix names what only the committee has, one it can do itself."""
        return replace(self, fix=self.branch_fix or self.fix)


def sentence(code: str, context: Mapping[str, object]) -> Sentence:
    """The sentence of a code; KeyError where neither the code nor its family has one.

    `context`: `cell`, `sheet`, `file`, `column`, `heading`, `value`, the row's cells by register column, and the
    finding's detail. What a sentence names and the context lacks shows as an ellipsis: no run stops for it.
    """
    template, parts = _template(code), _Parts(context)
    said = template["fault"] + _basis(template) + _around()["fault"]["lowered"]
    fault, place, example = _fill(said, parts), _place(parts), template.get("example", "")
    fix, own = _advice(template["fix"], example, parts), template.get("branch_fix", "")
    branch_fix = _advice(own, template.get("branch_example", example), parts) if own else ""
    return Sentence(place + fault if place else fault[:1].upper() + fault[1:], fix, branch_fix)


def _advice(fix: str, example: str, parts: "_Parts") -> str:
    """What to do, with an example where there is one."""
    told = _fill(fix, parts)
    return _around()["fix"]["example"].format(fix=told, example=_fill(example, parts)) if example else told


def place_of_reasons(*, has_column: bool) -> str:
    """What stands for `reasons`: where a register takes reasons, and where one without such a column."""
    return _around()["reasons"]["column" if has_column else "none"]


def level_of(code: str) -> Level:
    """How grave a code is that no rule of the law grades; a question unless its sentence says otherwise."""
    return Level(_template(code).get("level", Level.QUERY))


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every template by code or family; ValueError where two files have the same."""
    made: dict[str, Mapping[str, str]] = {}
    for file in sorted((files("workbook") / "messages_vi").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text("utf-8"))
            if twice := made.keys() & table.keys():
                raise ValueError(f"{file.name}: already said elsewhere: {sorted(twice)}")
            made |= table
    return made


def names(template: Mapping[str, str]) -> frozenset[str]:
    """The placeholders of a template."""
    return frozenset(name for text in template.values() for name in _NAME.findall(text))


def _template(code: str) -> Mapping[str, str]:
    said = catalogue()
    return said[code] if code in said else said[code.partition(".")[0]]


def _around() -> Mapping[str, Mapping[str, str]]:
    return toml_file("workbook", "sentence_vi.toml")


def _fill(text: str, parts: "_Parts") -> str:
    kept = _OPTIONAL.sub(lambda part: part[1] if all(map(parts.text, _NAME.findall(part[1]))) else "", text)
    return kept.format_map(parts)


def _basis(template: Mapping[str, str]) -> str:
    """Where the law says it, after every fault; unless the template names the clause in its own words."""
    return "" if "cite" in names(template) else _around()["fault"]["basis"]


def _place(parts: "_Parts") -> str:
    kind = "sheet" if not parts.text("cell") else "heading" if parts.text("heading") else "cell"
    known = kind != "sheet" or parts.text("sheet")
    return _around()["place"][kind].format_map(parts) if known else ""


class _Parts(dict[str, str]):
    """Placeholders, each worked out when a sentence asks for it."""

    def __init__(self, context: Mapping[str, object]) -> None:
        self._context = context

    def __missing__(self, name: str) -> str:
        return self.text(name) or _around()["missing"]["value"]

    def text(self, name: str) -> str:
        """What stands for a name, "" where there is nothing."""
        value = self._context.get(name, "")
        if name == "heading":
            return str(value) or HEADING.get(str(self._context.get("column", "")), "")
        if name == "reasons":
            return str(value) or place_of_reasons(has_column=True)
        if name == "choices":
            return _choices(str(self._context.get("column", "")))
        if name == "cite" and value:
            return _around()["cite"][str(self._context.get("source") or "read")].format(cite=value)
        if name == "others" and not isinstance(value, str):
            return self._days(value)
        return _shown(name, value)

    def _days(self, columns: object) -> str:
        listed = columns if isinstance(columns, Sequence) else ()
        return ", ".join(f"{HEADING[column]} ({self[column]})" for column in listed)


def _choices(column: str) -> str:
    listed = TargetGroup if column == "target_groups" else CODE_COLUMNS.get(column)
    choices = codes.labels(listed) if listed else []
    return "; ".join(choices) if len(choices) <= _MOST_CHOICES else ""


def _shown(name: str, value: Any) -> str:
    """A value as a clerk writes it."""
    if isinstance(value, list | tuple):
        return ", ".join(_shown(name, one) for one in value)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return _label(name, str(value))


def _label(name: str, value: str) -> str:
    """The label of a code or a stage; any other text as it is."""
    if name == "stage" and value in set(Stage):
        return label(Stage(value))
    listed = CODE_COLUMNS.get(name)
    return codes.label(listed(value)) if listed and value in set(listed) else value
