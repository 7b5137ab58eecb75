"""What there is on this machine that decides whether the buttons can work. Looks, and changes nothing."""

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from macros_py.addin.build import stamp, stamp_of
from macros_py.addin.errors import AddinError
from macros_py.addin.install import Places, places
from macros_py.engines.bridge import OfficeError, load_uno

# Keys of the registry, per user and then per machine; `policy` is what an office's administrator has set.
_OFFICE = r"Software\{policy}Microsoft\Office\16.0"
_SETTINGS = (
    (r"\Common", "VBAOff"),
    (r"\Excel\Security", "VBAWarnings"),
    (r"\Excel\Security", "DisableAllAddins"),
    (r"\Excel\Security", "RequireAddinSig"),
    (r"\Excel\Security\Trusted Locations", "AllLocationsDisabled"),
)
_RULES = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"

# Defender's attack surface reduction: "Block all Office applications from creating child processes".
_NO_CHILDREN = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"

_PROGRAMS = {"libreoffice": ("soffice", "libreoffice"), "wps": ("wps", "et")}
_WINDOWS_KEYS = {
    "excel": r"Excel.Application\CLSID",
    "libreoffice": "LibreOffice.CalcDocument.1",
    "wps": "KET.Application",
}
_MAC_BUNDLES = {"excel": "Microsoft Excel.app", "libreoffice": "LibreOffice.app", "wps": "wpsoffice.app"}


@dataclass(frozen=True, slots=True)
class Machine:
    """Facts. `system`: as `platform.system()`. `addin`: the stamp of the add-in in place; `wanted`: of one built now.

    `policies`: settings of Office found in the registry, by name. `children`: how Defender treats programs that
    Office starts (0 off, 1 block, 2 audit, 6 warn). `offices`: which of excel, libreoffice, wps are installed.
    `boxes`: whether Python can open boxes of its own; `bridge`: whether it can speak to LibreOffice.
    """

    system: str
    python: Path
    version: tuple[int, int]
    bits: int
    wanted: str | None
    addin: str | None
    startup: Path | None
    writable: bool
    policies: Mapping[str, int]
    children: int
    offices: frozenset[str]
    boxes: bool
    bridge: bool


def look() -> Machine:
    """The facts of the machine this runs on."""
    system = platform.system()
    where = places(system, Path.home(), os.environ)
    return Machine(
        system=system,
        python=Path(sys.executable),
        version=sys.version_info[:2],
        bits=64 if sys.maxsize > 2**32 else 32,
        wanted=_wanted(),
        addin=stamp_of(where.addin) if where else None,
        startup=where.startup if where else None,
        writable=_writable(where),
        policies=_policies(),
        children=_registry("HKEY_LOCAL_MACHINE", _RULES, _NO_CHILDREN) or 0,
        offices=frozenset(name for name in _MAC_BUNDLES if _has(system, name)),
        boxes=_loads("tkinter"),
        bridge=_bridge(),
    )


def _loads(module: str) -> bool:
    """Whether it can really be imported: of tkinter systems leave the half out that is not Python."""
    try:
        import_module(module)
    except ImportError:
        return False
    return True


def _bridge() -> bool:
    try:
        load_uno()
    except OfficeError:
        return False
    return True


def _wanted() -> str | None:
    try:
        return stamp() if find_spec("pyopenvba") else None
    except AddinError:
        return None


def _writable(where: Places | None) -> bool:
    if where is None:
        return False
    folder = where.startup if where.startup.exists() else where.startup.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


def _has(system: str, office: str) -> bool:
    if system == "Windows":
        return _known("HKEY_CLASSES_ROOT", _WINDOWS_KEYS[office])
    if system == "Darwin":
        return (Path("/Applications") / _MAC_BUNDLES[office]).exists()
    return any(map(shutil.which, _PROGRAMS.get(office, ())))


def _policies() -> dict[str, int]:
    """What an administrator has set counts before what the person has chosen."""
    found: dict[str, int] = {}
    for policy in ("Policies\\", ""):
        for key, name in _SETTINGS:
            value = _registry("HKEY_CURRENT_USER", _OFFICE.format(policy=policy) + key, name)
            if value is not None:
                found.setdefault(name, value)
    return found


def _known(hive: str, key: str) -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.OpenKey(getattr(winreg, hive), key).Close()
    except OSError:
        return False
    return True


def _registry(hive: str, key: str, name: str) -> int | None:
    """A number of the registry; None where it is not set, and on every other system."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(getattr(winreg, hive), key) as opened:
            value, _kind = winreg.QueryValueEx(opened, name)
        return int(value)
    except (OSError, ValueError):
        return None
