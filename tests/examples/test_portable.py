"""The folder for Windows: what can be said of it without a network and without Windows."""

import importlib.util
import re
import shutil
import struct
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from macros_py.cli import verbs

HOUSE = Path(__file__).parents[2]
PORTABLE = HOUSE / "docs" / "portable"
FILES = sorted((PORTABLE / "files").iterdir())
COMMANDS = [file for file in FILES if file.suffix == ".cmd"]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("portable", PORTABLE / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def recorded() -> dict[str, str]:
    """The wheels of the last making: name → version."""
    names = [line for line in (PORTABLE / "wheels.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    return {str(name): str(version) for name, version, _, _ in map(parse_wheel_filename, names)}


@pytest.fixture
def python(tmp_path) -> Path:
    """What looks like the embeddable Python of Windows from outside."""
    folder = tmp_path / "python-embed"
    folder.mkdir()
    (folder / "python.exe").write_bytes(program(0x8664))
    (folder / "python3.dll").write_bytes(b"")
    (folder / "python313.dll").write_bytes(b"")
    (folder / "python313._pth").write_text(
        "python313.zip\n.\n\n# Uncomment to run site.main()\n#import site\n", "utf-8"
    )
    return folder


def program(machine: int) -> bytes:
    head = bytearray(256)
    head[:2], head[128:132] = b"MZ", b"PE\0\0"
    struct.pack_into("<I", head, 60, 128)
    struct.pack_into("<H", head, 132, machine)
    return bytes(head)


def test_every_wheel_that_was_resolved_goes_into_a_64_bit_windows_python(maker):
    head, *names = (PORTABLE / "wheels.txt").read_text("utf-8").splitlines()
    version = re.search(r"Python (\d+\.\d+) on win_amd64", head)[1]
    maker.refused(names, version)
    assert any(name.endswith("win_amd64.whl") for name in names)


def test_every_dependency_of_the_product_is_among_them_under_its_pin(recorded):
    """Where it is not: python docs/portable/make.py SoNguon --record."""
    windows = default_environment() | {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
    said = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["excel"]]
    wanted = [one for one in map(Requirement, said) if one.marker is None or one.marker.evaluate(windows)]
    pins = {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in map(Requirement, PROJECT["tool"]["uv"]["constraint-dependencies"])
    }
    names = {canonicalize_name(one.name) for one in wanted}
    assert names - recorded.keys() == set()
    assert {name: recorded[name] for name in names} == {name: pins[name] for name in names}


@pytest.mark.parametrize(
    "name",
    [
        "numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl",
        "numpy-2.4.6-cp311-cp311-win32.whl",
        "numpy-2.4.6-cp312-cp312-win_amd64.whl",
        "numpy-2.4.6-cp311-cp311-win_arm64.whl",
        "numpy-2.4.6.tar.gz",
    ],
)
def test_a_file_for_another_machine_is_refused_by_name(maker, name):
    with pytest.raises(maker.InTheWayError, match=re.escape(name)):
        maker.refused(["six-1.17.0-py2.py3-none-any.whl", name], "3.11")


def test_a_wheel_for_every_later_python_is_accepted(maker):
    maker.refused(["cryptography-50.0.2-cp311-abi3-win_amd64.whl", "click-8.5.1-py3-none-any.whl"], "3.13")


@pytest.mark.parametrize("name", ["Sổ Nguồn", "So Nguon", "Phần mềm"])
def test_a_name_with_marks_or_spaces_is_refused(maker, name, tmp_path, capsys):
    assert maker.main([str(tmp_path / name)]) == 2
    assert "plain letters" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(maker, tmp_path, capsys):
    (tmp_path / "SoNguon").mkdir()
    (tmp_path / "SoNguon" / "a.txt").write_text("x")
    assert maker.main([str(tmp_path / "SoNguon")]) == 2
    assert (tmp_path / "SoNguon" / "a.txt").read_text() == "x"


def test_without_a_network_it_says_so_in_one_sentence_and_leaves_nothing_behind(tmp_path, monkeypatch):
    if shutil.which("uv", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("uv is not beside this Python")
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://index.invalid/simple")
    command = [sys.executable, str(PORTABLE / "make.py"), str(tmp_path / "SoNguon")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no package index could be reached" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "SoNguon").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_the_python_given_is_unpacked_known_by_its_version_and_opened_to_packages(maker, python, packed, tmp_path):
    given = python
    if packed:
        given = tmp_path / "python.zip"
        with zipfile.ZipFile(given, "w") as archive:
            for file in python.iterdir():
                archive.write(file, file.name)

    assert maker.unpack(given, tmp_path / "made") == "3.13"

    lines = (tmp_path / "made" / "python313._pth").read_text("utf-8").splitlines()
    assert lines[:2] == ["python313.zip", "."]
    assert lines[-2:] == ["Lib\\site-packages", "import site"]
    assert not any(line.startswith("#import") for line in lines)


def test_a_python_without_tkinter_is_told_of(maker, python, capsys):
    maker.look(python)
    assert "tkinter" in capsys.readouterr().err
    (python / "DLLs").mkdir()
    (python / "DLLs" / "_tkinter.pyd").write_bytes(b"")
    maker.look(python)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("machine", "dll", "why"),
    [(0x14C, "python313.dll", "64-bit"), (0xAA64, "python313.dll", "64-bit"), (0x8664, "python310.dll", "3.11 or")],
)
def test_a_python_that_would_not_do_is_refused(maker, python, machine, dll, why):
    (python / "python.exe").write_bytes(program(machine))
    (python / "python313.dll").rename(python / dll)
    with pytest.raises(maker.InTheWayError, match=why):
        maker.look(python)


def test_what_is_no_windows_program_is_not_taken_for_one(maker, python):
    for content in (b"", b"#!/bin/sh\n", b"MZ" + bytes(10), b"MZ" + bytes(200)):
        (python / "python.exe").write_bytes(content)
        with pytest.raises(maker.InTheWayError):
            maker.look(python)


def wheel(folder: Path, name: str, files: dict[str, str]) -> None:
    """A wheel as small as can be."""
    info = f"{name}-1.dist-info"
    said = {"METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\nProvides-Extra: excel\n", "RECORD": ""}
    said["WHEEL"] = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    said["entry_points.txt"] = "[console_scripts]\nsonguon = macros_py.cli:main\n"
    folder.mkdir()
    with zipfile.ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as packed:
        for path, text in {**files, **{f"{info}/{key}": text for key, text in said.items()}}.items():
            packed.writestr(path, text)


def test_the_wheels_go_into_the_python_from_the_folder_alone_without_a_program_of_ours(maker, tmp_path):
    if shutil.which("uv", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("uv is not beside this Python")
    wheel(tmp_path / "wheels", "so_nguon", {"macros_py/__init__.py": "", "xlwings64-9.dll": ""})

    maker.install(tmp_path, "3.11")

    made = {path.relative_to(tmp_path / "python").as_posix() for path in (tmp_path / "python").rglob("*")}
    assert {"Lib/site-packages/macros_py/__init__.py", "xlwings64-9.dll"} <= made
    assert not [path for path in made if path.endswith(".exe") or "songuon" in path]


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: file.name)
def test_a_command_file_is_plain_and_starts_what_exists(file):
    text = file.read_bytes().decode("ascii")
    started = re.findall(r"(?:songuon\.cmd\"|-m macros_py) (\w+)", text)
    assert set(started) <= set(verbs.commands)
    assert started or "%*" in text
    assert "%~dp0" in text  # wherever the folder lies


def test_the_commands_that_need_a_person_are_there_to_be_double_clicked():
    started = {
        word for file in COMMANDS for word in re.findall(r"(?:songuon\.cmd\"|-m macros_py) (\w+)", file.read_text())
    }
    assert started == {"install", "uninstall", "doctor", "palette"}


def test_the_folder_gets_windows_line_ends_and_no_program_of_ours(maker, tmp_path):
    maker.lay_out(tmp_path)
    made = sorted(tmp_path.iterdir())
    assert [file.name for file in made] == [file.name for file in FILES]
    assert all(file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") > 0 for file in made)
    page = (tmp_path / "DOC-TRUOC.txt").read_text("utf-8-sig")
    assert [file.name for file in COMMANDS if file.name not in page and file.name != "songuon.cmd"] == []
