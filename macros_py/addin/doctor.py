"""What stands between a clerk and working buttons, in plain words. Facts in, sentences out; looks at nothing itself."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from macros_py.addin.machine import Machine
from workbook.toml_file import toml_file


class State(StrEnum):
    """How well one thing stands."""

    GOOD = "good"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, its state with the Vietnamese word for it, and what to do."""

    name: str
    state: State
    label: str
    sentence: str


def doctor(machine: Machine) -> list[Check]:
    """Every check that concerns this machine, in the order in which a person would go through them."""
    return [_told(name, outcome, machine) for name, outcome in _outcomes(machine)]


def outcomes() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Every sentence by check and outcome, with its state."""
    checks: Mapping[str, Mapping[str, Mapping[str, str]]] = _texts()["checks"]
    return checks


def _outcomes(machine: Machine) -> Iterator[tuple[str, str]]:
    yield from ((name, check(machine)) for name, check in _EVERYWHERE.items())
    if "excel" in machine.offices or machine.startup:
        yield from ((name, check(machine)) for name, check in _EXCEL.items())
    if machine.system == "Linux" and "libreoffice" in machine.offices:
        yield from ((name, check(machine)) for name, check in _LIBREOFFICE.items())
    if machine.system == "Windows":
        yield from ((name, check(machine)) for name, check in _WINDOWS.items())


def _told(name: str, outcome: str, machine: Machine) -> Check:
    found = outcomes()[name][outcome]
    state = State(found["state"])
    facts = {"version": ".".join(map(str, machine.version)), "bits": machine.bits, "python": machine.python,
             "startup": machine.startup, "wanted": machine.wanted, "addin": machine.addin}  # fmt: skip
    return Check(name, state, str(_texts()["states"][state]), found["text"].format_map(facts))


def _python(machine: Machine) -> str:
    return "ok" if machine.version >= (3, 11) else "old"


def _bits(machine: Machine) -> str:
    return "ok" if machine.bits == 64 else "narrow"


def _path(machine: Machine) -> str:
    return "ok" if str(machine.python).isascii() else "marks"


def _office(machine: Machine) -> str:
    """The best office program there is."""
    return next((name for name in ("excel", "libreoffice", "wps") if name in machine.offices), "none")


def _boxes(machine: Machine) -> str:
    return "ok" if machine.boxes else "missing"


def _bridge(machine: Machine) -> str:
    return "ok" if machine.bridge else "missing"


def _parts(machine: Machine) -> str:
    return "ok" if machine.wanted else "missing"


def _startup(machine: Machine) -> str:
    return "ok" if machine.writable else "refused"


def _addin(machine: Machine) -> str:
    if machine.addin is None:
        return "missing"
    return "ok" if machine.addin == machine.wanted else "old"


def _trust(machine: Machine) -> str:
    """Files in the startup folder are trusted, unless an administrator trusts no folder or no add-in at all."""
    set_to = machine.policies.get
    if set_to("VBAOff") or set_to("DisableAllAddins"):
        return "off"
    if set_to("RequireAddinSig"):
        return "signed"
    if set_to("AllLocationsDisabled"):
        return "untrusted" if set_to("VBAWarnings", 2) >= 3 else "asked"
    return "ok"


def _children(machine: Machine) -> str:
    return {0: "ok", 1: "blocked"}.get(machine.children, "watched")


def _antivirus(machine: Machine) -> str:
    return "vanished" if machine.addin is None else "ok"


_Checks = Mapping[str, Callable[[Machine], str]]
_EVERYWHERE: _Checks = {"python": _python, "bits": _bits, "path": _path, "office": _office, "boxes": _boxes}
_LIBREOFFICE: _Checks = {"bridge": _bridge}
_EXCEL: _Checks = {"parts": _parts, "startup": _startup, "addin": _addin}
_WINDOWS: _Checks = {"trust": _trust, "children": _children, "antivirus": _antivirus}


def _texts() -> dict[str, Any]:
    return toml_file("macros_py.addin", "doctor_vi.toml")
