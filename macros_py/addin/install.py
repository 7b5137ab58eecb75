"""Puts the add-in where Excel loads it at every start, and takes it away without a trace.

No folder is looked up here: `places` says where Excel looks, tests say somewhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from macros_py.addin.build import xlam
from macros_py.addin.errors import AddinError

_ADDIN = "SoNguon.xlam"
_SCRIPT = "SoNguon.applescript"

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


def uninstall(where: Places | None) -> tuple[Path, ...]:
    """Remove whatever an installation wrote; returns the files removed. AddinError where Excel holds one."""
    present = tuple(path for path in where.files if path.exists()) if where else ()
    for path in present:
        try:
            path.unlink()
        except OSError as error:
            raise AddinError("held", file=path) from error
    return present


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    draft = path.with_suffix(".draft")
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
