"""The extension for LibreOffice (.oxt): a menu and a toolbar in Calc from the table of actions, and one Basic macro."""

from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from macros_py import actions
from macros_py.actions import Action, Table
from macros_py.addin.package import zipped

#: What `unopkg` knows the extension by.
IDENTIFIER = "vn.songuon.addin"

#: The named pipe on which the office listens, to the same person's programs only.
PIPE = "songuon"

#: What the office calls our toolbar.
TOOLBAR = f"private:resource/toolbar/addon_{IDENTIFIER}.toolbar"

_LIBRARY = "SoNguon"
_MODULE = "Launcher"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XML_TYPES = {str: "string", int: "int", bool: "boolean"}
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_SETTINGS = "application/vnd.sun.star.configuration-data"
_MEDIA = {
    "Addons.xcu": _SETTINGS,
    "CalcWindowState.xcu": _SETTINGS,
    "Setup.xcu": _SETTINGS,
    f"{_LIBRARY}/": "application/vnd.sun.star.basic-library",
}


def oxt(python: Path, pipe: str = PIPE) -> bytes:
    """The extension that starts `python`, and has the office listen on `pipe`, as the bytes of a package.

    Same interpreter, same pipe and same version, same bytes.
    """
    table = actions.table()
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(table.title),
        "Addons.xcu": _addons(table),
        "CalcWindowState.xcu": _window_state(table.title),
        "Setup.xcu": _setup(pipe),
        f"{_LIBRARY}/script.xlb": _library(f'<library:element library:name="{_MODULE}"/>'),
        f"{_LIBRARY}/dialog.xlb": _library(""),
        f"{_LIBRARY}/{_MODULE}.xba": _module(macro(python, pipe)),
    }
    return zipped({name: (_DECLARATION + text).encode("utf-8") for name, text in parts.items()})


def macro(python: Path, pipe: str = PIPE) -> str:
    """The Basic source that starts `python` and tells it on which pipe the office listens."""
    text = files("macros_py.addin").joinpath(f"{_MODULE}.bas").read_text("ascii")
    return text.replace("@PIPE@", pipe).replace("@PYTHON@", str(python).replace('"', '""'))


def command(action: Action) -> str:
    """The address of an action inside the office."""
    return f'macro:///{_LIBRARY}.{_MODULE}.OnAction("{action.tag}")'


def _addons(table: Table) -> str:
    entries = "".join(_entry(f"a{place:02}", action) for place, action in enumerate(table.actions))
    menu = _props({"Title": table.title, "Context": _CALC}) + _node("Submenu", entries)
    bars = _node("OfficeMenuBar", _added(f"{IDENTIFIER}.menu", menu))
    bars += _node("OfficeToolBar", _added(f"{IDENTIFIER}.toolbar", entries))
    return _configuration("Addons", "org.openoffice.Office", _node("AddonUI", bars))


def _entry(name: str, action: Action) -> str:
    said = {"URL": command(action), "Title": action.label, "Target": "_self", "Context": _CALC}
    return _added(name, _props(said))


def _window_state(title: str) -> str:
    """Where the toolbar stands when it is first seen: else it floats over the others under a name of the office's."""
    # Area 0 is the top, 4 the line below the standard bars.
    docked = _props({"UIName": title, "Docked": True, "DockingArea": 0, "DockPos": "0,4", "Visible": True})
    states = _node("UIElements", _node("States", _added(TOOLBAR, docked)))
    return _configuration("CalcWindowState", "org.openoffice.Office.UI", states)


def _setup(pipe: str) -> str:
    listen = f"pipe,name={pipe};urp;StarOffice.ComponentContext"
    return _configuration("Setup", "org.openoffice", _node("Office", _props({"ooSetupConnectionURL": listen})))


def _configuration(name: str, package: str, content: str) -> str:
    return (
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{name}" oor:package="{package}">'
        f"{content}</oor:component-data>"
    )


def _node(name: str, content: str) -> str:
    """A place in the office's own settings."""
    return f'<node oor:name="{name}">{content}</node>'


def _added(name: str, content: str) -> str:
    """A node of ours among them."""
    return f'<node oor:name="{name}" oor:op="replace">{content}</node>'


def _props(values: Mapping[str, str | int | bool]) -> str:
    return "".join(
        f'<prop oor:name="{name}" oor:type="xs:{_XML_TYPES[type(value)]}"><value>{_text(value)}</value></prop>'
        for name, value in values.items()
    )


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value))


def _manifest() -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in _MEDIA.items()
    )
    return f'<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{entries}</manifest:manifest>'


def _description(title: str) -> str:
    return (
        '<description xmlns="http://openoffice.org/extensions/description/2006">'
        f'<identifier value="{IDENTIFIER}"/><version value="{version("so-nguon")}"/>'
        f'<display-name><name lang="vi">{escape(title)}</name></display-name></description>'
    )


def _library(content: str) -> str:
    return (
        f'<library:library xmlns:library="http://openoffice.org/2000/library" library:name="{_LIBRARY}" '
        f'library:readonly="false" library:passwordprotected="false">{content}</library:library>'
    )


def _module(source: str) -> str:
    return (
        f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{_MODULE}" '
        f'script:language="StarBasic">{escape(source)}</script:module>'
    )
