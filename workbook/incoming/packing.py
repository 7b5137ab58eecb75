"""What was read from a file as JSON and back, to the last bit: without pickles, which run code when they are opened.

JSON knows texts, numbers, truth values and lists. Everything else stands as an object with one key, the name of its
kind: {"date": "2026-11-22"}, {"tuple": [1, 2]}, {"RawTable": [field, field, …]}.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from typing import Any

from workbook.incoming.lift import NotARegister
from workbook.incoming.raw import Question, RawTable

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
_OURS = (RawTable, NotARegister, Question)


def _of_ours(kind: type) -> Callable[[Any], list[object]]:
    names = [field.name for field in fields(kind)]
    return lambda value: [_packed(getattr(value, name)) for name in names]


def _made_of(kind: type) -> Callable[[Any], object]:
    return lambda values: kind(*values)


def _each(values: Any) -> list[object]:
    return [_packed(one) for one in values]


#: Kind → what stands for it.
_PACK: dict[type, Callable[[Any], object]] = {
    tuple: _each,
    frozenset: lambda value: _each(sorted(value)),
    dict: lambda value: _each(map(list, value.items())),
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    timedelta: lambda value: [value.days, value.seconds, value.microseconds],
    **{kind: _of_ours(kind) for kind in _OURS},
}
#: Name of a kind → how it is made again.
_UNPACK: dict[str, Callable[[Any], object]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "dict": dict,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda parts: timedelta(*parts),
    **{kind.__name__: _made_of(kind) for kind in _OURS},
}


def pack(value: object) -> bytes:
    """The value as JSON. Raises TypeError for what holds anything that could not be made again."""
    text = json.dumps(_packed(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # a damaged file may hold half a letter


def unpack(content: bytes) -> Any:
    """The value again. Raises ValueError, KeyError or TypeError for what `pack` did not make."""
    return json.loads(content.decode("utf-8", "surrogatepass"), object_hook=_unpacked)


def _packed(value: object) -> object:
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if isinstance(value, list) and kind is list:
        return value if set(map(type, value)) <= _AS_IT_IS else _each(value)
    if kind not in _PACK:
        raise TypeError(kind.__name__)
    return {kind.__name__: _PACK[kind](value)}


def _unpacked(tagged: dict[str, Any]) -> object:
    ((name, content),) = tagged.items()
    return _UNPACK[name](content)
