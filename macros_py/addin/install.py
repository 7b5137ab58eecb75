"""Puts the add-in where Excel loads it at every start, and takes it away without a trace.

No folder is looked up here: `places` says where Excel looks, tests say somewhere else.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from macros_py import last_run
from macros_py.addin.build import xlam
from macros_py.addin.errors import AddinError

_ADDIN = "SoNguon.xlam"
_SCRIPT = "SoNguon.applescript"

#: What the buttons leave in our own folder: the log, where the last consolidation took its files from, and marks of
#: actions that were ended from outside.
_OWN = ("songuon.log", last_run.NAME, "dang-chay-*")

_MAC_STARTUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"
_MAC_SCRIPTS = "Library/Application Scripts/com.microsoft.Excel"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of one person's Excel: add-ins opened at every start; on a Mac, scripts that Excel may run."""

    startup: Path
    scripts: Path | None = None

    @property
    def addin(self) -> Path:
        """The add-in's file."""
        return self.startup / _ADDIN

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything an installation writes."""
        return (self.addin, *([self.scripts / _SCRIPT] if self.scripts else []))


def places(system: str, home: Path, environment: Mapping[str, str]) -> Places | None:
    """Where Excel looks on this system (`platform.system()`); None where there is no Excel to look.

    A running Excel knows better: `Places(Path(app.startup_path))`.
    """
    if system == "Windows" and environment.get("APPDATA"):
        return Places(Path(environment["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART")
    if system == "Darwin":
        return Places(home / _MAC_STARTUP, home / _MAC_SCRIPTS)
    return None


def interpreter(executable: Path) -> Path:
    """The interpreter that opens no console: `pythonw.exe` where one stands beside `executable`."""
    windowless = executable.with_name("pythonw.exe")
    return windowless if windowless.exists() else executable


def install(where: Places | None, python: Path) -> tuple[Path, ...]:
    """Write the add-in that starts `python`, over an earlier one; returns the files written.

    AddinError where there is no Excel, or its folder or the file cannot be written.
    """
    # Excel makes the startup folder only when it is first asked for, the folder above when it first runs.
    if where is None or not where.startup.parent.is_dir():
        raise AddinError("no_excel")
    contents = (xlam(python), *([_script(python)] if where.scripts else []))
    for path, content in zip(where.files, contents, strict=True):
        _put(path, content)
    return where.files


def uninstall(where: Places | None, home: Path) -> tuple[Path, ...]:
    """Remove whatever an installation, and the buttons in our own folder `home`, wrote; returns the files removed.

    AddinError where a program holds one.
    """
    written = [*where.files, *map(_draft, where.files)] if where else []
    own = sorted(path for name in _OWN for path in home.glob(name))
    present = tuple(path for path in (*written, *own) if path.exists())
    for path in present:
        try:
            path.unlink()
        except OSError as error:
            raise AddinError("held", file=path) from error
    with suppress(OSError):  # not there, or somebody keeps files of their own in it
        home.rmdir()
    return present


def _draft(path: Path) -> Path:
    return path.with_suffix(".draft")


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = _draft(path)
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(content)
    except OSError as error:
        raise AddinError("refused", folder=path.parent) from error
    try:
        draft.replace(path)
    except OSError as error:
        draft.unlink()
        raise AddinError("held", file=path) from error


def _script(python: Path) -> bytes:
    text = files("macros_py.addin").joinpath(_SCRIPT).read_text("ascii")
    quoted = str(python).replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("@PYTHON@", quoted).encode("utf-8")
