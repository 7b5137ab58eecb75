"""The extension for LibreOffice: what is in it, and that the real office installs it and starts our program."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from macros_py.actions import table
from macros_py.addin import oxt
from macros_py.addin.package import unzipped

PYTHON = Path('/Sổ & "bạn"/python')
OOR = "{http://openoffice.org/2001/registry}"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    return unzipped(oxt.oxt(PYTHON))


def values(parts, place: str, name: str) -> list[str]:
    """Every value of a property anywhere under a place of Addons.xcu."""
    root = ET.fromstring(parts["Addons.xcu"])
    top = next(node for node in root.iter("node") if node.get(f"{OOR}name") == place)
    return [prop.findtext("value") for prop in top.iter("prop") if prop.get(f"{OOR}name") == name]


def test_built_twice_it_is_the_same_to_the_byte():
    assert oxt.oxt(PYTHON) == oxt.oxt(PYTHON)


@pytest.mark.parametrize("place", ["OfficeMenuBar", "OfficeToolBar"])
def test_menu_and_toolbar_hold_every_action_in_the_order_of_the_table(parts, place):
    assert values(parts, place, "URL") == [oxt.command(action) for action in table().actions]
    labels = [title for title in values(parts, place, "Title") if title != table().title]
    assert labels == [action.label for action in table().actions]


def test_it_shows_in_calc_alone(parts):
    assert set(values(parts, "AddonUI", "Context")) == {"com.sun.star.sheet.SpreadsheetDocument"}


def test_the_manifest_names_parts_that_exist(parts):
    manifest = ET.fromstring(parts["META-INF/manifest.xml"])
    paths = [value for entry in manifest for key, value in entry.attrib.items() if key.endswith("full-path")]
    assert paths
    assert all(any(name.startswith(path) for name in parts) for path in paths)


def test_the_toolbar_is_docked_under_our_name(parts):
    """Without this the office lets it float over the standard toolbars, under a name of its own."""
    root = ET.fromstring(parts["CalcWindowState.xcu"])
    bar = next(node for node in root.iter("node") if node.get(f"{OOR}name") == oxt.TOOLBAR)
    said = {prop.get(f"{OOR}name"): (prop.get(f"{OOR}type"), prop.findtext("value")) for prop in bar}
    assert said["UIName"] == ("xs:string", table().title)
    assert said["Docked"] == said["Visible"] == ("xs:boolean", "true")
    assert said["DockingArea"] == ("xs:int", "0")
    assert "CalcWindowState.xcu" in parts["META-INF/manifest.xml"].decode()


def test_another_pipe_is_told_to_the_office_and_to_the_program():
    parts = unzipped(oxt.oxt(PYTHON, pipe="khac"))
    assert "pipe,name=khac;" in parts["Setup.xcu"].decode()
    assert "--libreoffice=khac" in parts["SoNguon/Launcher.xba"].decode()


def test_the_macro_starts_the_program_and_does_not_wait(parts):
    source = ET.fromstring(parts["SoNguon/Launcher.xba"]).text
    assert source == oxt.macro(PYTHON)
    assert 'Shell """/Sổ & ""bạn""/python""", 0, "-P -m macros_py " & action & " --libreoffice=songuon' in source
    assert "False" in source
    assert "@" not in source


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> tuple[Path, list[str]]:
    """A private office with the extension, whose interpreter writes down how it was called."""
    if not (shutil.which("soffice") and shutil.which("unopkg")):
        missing = pytest.fail if os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1" else pytest.skip
        missing("LibreOffice (soffice, unopkg) is not installed")
    home = tmp_path_factory.mktemp("extension")
    recorder = home / "Máy của tôi" / "python"
    recorder.parent.mkdir()
    recorder.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{home}/draft" && mv "{home}/draft" "{home}/called"\n')
    recorder.chmod(0o755)
    (home / "songuon.oxt").write_bytes(oxt.oxt(recorder))
    # The superuser may install for everybody only; "everybody" is then a folder of this office's own.
    private = [
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        f"-env:UNO_SHARED_PACKAGES_CACHE={(home / 'shared').as_uri()}",
    ]
    command = ["unopkg", "add", "--shared", "--suppress-license", *private, str(home / "songuon.oxt")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return home, private


@pytest.mark.libreoffice
def test_the_real_office_installs_and_lists_it(office):
    _, private = office
    command = ["unopkg", "list", "--shared", *private]
    listed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    assert f"Identifier: {oxt.IDENTIFIER}" in listed
    assert listed.count("is registered: yes") == 5


@pytest.mark.libreoffice
def test_an_action_in_the_real_office_starts_our_program_with_the_open_book(office):
    """Program and book both stand under names with marks and spaces."""
    home, private = office
    book = home / "Sổ hồ sơ 2026 (a=b).xlsx"
    openpyxl.Workbook().save(book)
    clear = next(action for action in table().actions if action.tag == "clear")

    called = home / "called"
    command = ["soffice", "--headless", "--norestore", *private, str(book), oxt.command(clear)]
    running = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        waited = time.monotonic() + 90
        while not called.exists() and time.monotonic() < waited:
            time.sleep(0.2)
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=60)

    *words, book_word = called.read_text("utf-8").splitlines()
    assert words == ["-P", "-m", "macros_py", "clear", "--libreoffice=songuon"]
    assert unquote(book_word) == f"--wb=file://{book}"
