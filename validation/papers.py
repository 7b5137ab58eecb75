"""The papers of the procedure as facts: which act makes each, what form it has, when it is asked for, if it lapses.

What the papers are is in `papers.toml`, with where each is stated and how sure that is; how a person's papers
stand is worked out in `validation/dossier.py`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, TypeAdapter

from validation.provisions import Key, RegisterColumn, Source, Text
from validation.vocabulary import TEXT_COLUMNS, Step


def _text_column(name: str) -> str:
    if name not in TEXT_COLUMNS:
        raise ValueError(f"no text column of the register is called {name!r}")
    return name


_STRICT = ConfigDict(extra="forbid")
_DOSSIER = "dossier_validity"  # the deadline after which a dossier lapses
_NumberColumn = Annotated[str, AfterValidator(_text_column)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. `step` makes it; it must lie ready at each of `asked_at`.

    `form`: the number of its form, "" for none. `column`: the register's day that shows it exists, None where no
    register tells; `number_column` shows it too, though not its day. `lapses`: key of the deadline after which it
    has to be made anew, "" for never; `if_changed`: then only where something changed. `after_probation`: it may
    not be written before probation ends. `remark`: when it is not needed.
    """

    __pydantic_config__ = _STRICT

    key: Key
    step: Step
    form: str = ""
    title: Text
    column: RegisterColumn | None = None
    number_column: _NumberColumn | None = None
    asked_at: tuple[Step, ...]
    lapses: str = ""
    if_changed: bool = False
    after_probation: bool = False
    remark: str = ""
    cite: Text
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    __pydantic_config__ = _STRICT

    form_source: Source
    paper: tuple[Paper, ...]


def papers() -> tuple[Paper, ...]:
    """Every paper, in the order of the procedure."""
    return _read().paper


def redone_columns() -> tuple[str, ...]:
    """The register's days of the papers to be made anew, changed or not, once the dossier has lapsed."""
    lapsing = [paper for paper in papers() if paper.lapses == _DOSSIER and not paper.if_changed]
    return tuple(paper.column for paper in lapsing if paper.column)


def redone() -> int:
    """How many papers are to be made anew, or supplemented, once the dossier has lapsed."""
    return sum(paper.lapses == _DOSSIER for paper in papers())


def form_source() -> Source:
    """How sure the numbers of the forms are, whatever is known of the papers themselves."""
    return _read().form_source


@cache
def _read() -> _File:
    table = tomllib.loads((files("validation") / "papers.toml").read_text(encoding="utf-8"))
    return TypeAdapter(_File).validate_python(table)
