"""From TOML to regulations, or a refusal that names the file and the key.

`[[deadline]]`, `[[condition]]`, `[[exemption]]` and `[[term]]` tables stand under the document's own fields; see
`validation/provisions.py` for what each may hold. A period that is a deadline and a condition stands there once, as
the deadline: two statements of one number could come to differ.
"""

import tomllib
from collections import Counter
from dataclasses import replace
from importlib.resources.abc import Traversable

from pydantic import TypeAdapter, ValidationError

from validation.provisions import Condition, Deadline, Regulation, Series, Unit

_REGULATION = TypeAdapter(Regulation)
_TABLES = {"deadline": "deadlines", "condition": "conditions", "exemption": "exemptions", "term": "terms"}


class RegulationError(ValueError):
    """A regulation file cannot be used; the text names the file and the key at fault."""


def read(file: Traversable) -> Regulation:
    """One regulation from its file; raises `RegulationError`."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        regulation = _REGULATION.validate_python({_TABLES.get(key, key): value for key, value in table.items()})
    except tomllib.TOMLDecodeError as error:
        raise RegulationError(f"{file.name}: {error}") from error
    except ValidationError as error:
        raise RegulationError(f"{file.name}: {_faults(error, table)}") from error
    _check_name(file.name, regulation)
    periods = (_condition(file.name, one) for one in regulation.deadlines if one.condition)
    whole = replace(regulation, conditions=(*regulation.conditions, *periods))
    _check_keys(file.name, whole)
    return whole


def _condition(name: str, deadline: Deadline) -> Condition:
    """The period of a deadline as a condition: the same number, clause and certainty."""
    if deadline.unit is not Unit.CALENDAR_MONTHS:
        raise RegulationError(f"{name}: deadline {deadline.key}, condition: only a period of calendar months is one")
    return Condition(key=deadline.condition, value=deadline.count, cite=deadline.cite, source=deadline.source)


def _faults(error: ValidationError, table: dict[str, object]) -> str:
    """`deadline ceremony, unit: Input should be …` for every fault."""
    return "; ".join(f"{_place(fault['loc'], table)}: {fault['msg']}" for fault in error.errors())


def _place(loc: tuple[int | str, ...], table: dict[str, object]) -> str:
    names = {plural: single for single, plural in _TABLES.items()}
    if len(loc) < 2 or loc[0] not in names:
        return str(loc[0])
    name = names[str(loc[0])]
    entries = table[name]
    entry = entries[loc[1]] if isinstance(entries, list) and isinstance(loc[1], int) else {}
    key = entry.get("key", loc[1]) if isinstance(entry, dict) else loc[1]
    return ", ".join([f"{name} {key}", *map(str, loc[2:3])])


def _check_name(name: str, regulation: Regulation) -> None:
    """The folder is the timeline only while every file is named by its day in force."""
    overlay = regulation.series is Series.OVERLAY
    expected = f"{regulation.slug}.toml" if overlay else f"{regulation.in_force_from}-{regulation.slug}.toml"
    if name != expected:
        raise RegulationError(f"{name}: by its in_force_from and slug the file should be called {expected}")


def _check_keys(name: str, regulation: Regulation) -> None:
    counted = Counter(provision.key for provision in regulation.provisions)
    twice = sorted(key for key, times in counted.items() if times > 1)
    if twice:
        raise RegulationError(f"{name}: stated twice: {', '.join(twice)}")
