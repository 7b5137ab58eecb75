"""The bridge to a running office: objects over there, counted, and its errors in plain words.

Debian ships the bridge for its own Python in a folder full of other packages. Only the module `uno` is
taken from it, by its file, and the `__import__` it replaces for everybody is put back.
"""

import builtins
import importlib.util
import sys
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from macros_py import soffice

_PLACES = (Path("/usr/lib/python3/dist-packages/uno.py"), Path("/usr/lib/libreoffice/program/uno.py"))


class OfficeError(Exception):
    """LibreOffice is missing, has gone away, or refused; the text holds no cell's content and no file name."""


@cache
def load_uno() -> ModuleType:
    """The module `uno` of the installed LibreOffice, imported once. OfficeError where there is none."""
    program = soffice.program()
    beside = (Path(program).resolve().parent / "uno.py",) if program else ()
    found = next((place for place in (*_PLACES, *beside) if place.is_file()), None)
    spec = importlib.util.spec_from_file_location("uno", found) if found else None
    if spec is None or spec.loader is None:
        raise OfficeError("the Python bridge of LibreOffice (package python3-uno) is not installed")
    module = importlib.util.module_from_spec(spec)
    original = builtins.__import__
    try:
        sys.modules["uno"] = module  # the bridge itself asks for it by this name
        spec.loader.exec_module(module)
    except ImportError as error:
        del sys.modules["uno"]
        raise OfficeError("the Python bridge of LibreOffice does not fit this Python") from error
    finally:
        builtins.__import__ = original
    return module


@dataclass
class Calls:
    """How many properties were read or written and methods called on the other side of the bridge."""

    total: int = 0


class Remote:
    """An object inside the office. Whatever it hands out is wrapped again, so no call goes uncounted.

    Plain values, structs and tuples of them are copies on this side and stay as they are.
    """

    __slots__ = ("_calls", "_target")

    def __init__(self, target: Any, calls: Calls) -> None:
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_calls", calls)

    def __getattr__(self, name: str) -> Any:
        value = self._ask(name, getattr, self._target, name)
        if type(value).__name__ != "PyUNO_callable":
            return self._wrapped(value)
        self._calls.total -= 1  # looking a method up is not yet a call
        return partial(self._call, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask(name, setattr, self._target, name, bare(value))

    def _call(self, name: str, method: Any, *arguments: Any) -> Any:
        return self._wrapped(self._ask(name, method, *map(bare, arguments)))

    def _wrapped(self, value: Any) -> Any:
        return Remote(value, self._calls) if type(value) is type(self._target) else value

    def _ask(self, name: str, act: Any, *arguments: Any) -> Any:
        self._calls.total += 1
        uno = load_uno()
        # Of a closed workbook even the properties are unknown; a misspelt one is an AttributeError.
        gone = ("lang.DisposedException", "beans.UnknownPropertyException")
        try:
            return act(*arguments)
        except tuple(uno.getClass(f"com.sun.star.{one}") for one in gone) as error:
            raise OfficeError("LibreOffice, or the workbook in it, has been closed") from error
        except uno.getClass("com.sun.star.uno.Exception") as error:
            raise OfficeError(f"LibreOffice refused {name}: {type(error).__name__}") from error


def present(value: Any) -> Any:
    """What every open workbook has; OfficeError where a closed one hands out nothing instead."""
    if value in (None, ""):
        raise OfficeError("LibreOffice, or the workbook in it, has been closed")
    return value


def bare(value: Any) -> Any:
    """The object behind a Remote, to be handed back over the bridge; anything else unchanged."""
    return object.__getattribute__(value, "_target") if isinstance(value, Remote) else value


def struct(name: str, **fields: Any) -> Any:
    """A UNO struct with some fields set, such as "table.CellAddress"."""
    made = load_uno().createUnoStruct(f"com.sun.star.{name}")
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def enum(name: str, value: str) -> Any:
    """A UNO enum value, such as "sheet.ValidationType", "LIST"."""
    return load_uno().Enum(f"com.sun.star.{name}", value)


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as the office's load and store calls take them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())
