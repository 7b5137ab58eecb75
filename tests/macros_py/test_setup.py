"""`songuon install | uninstall | doctor` from a shell; the add-in itself is tested beside it."""

import platform
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ON_LINUX = pytest.mark.skipif(platform.system() != "Linux", reason="says what a machine without Excel is told")


def songuon(*words: object, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from macros_py.cli import main; main()", *map(str, words)]
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)


@ON_LINUX
def test_without_excel_nothing_is_installed_and_one_sentence_says_so(tmp_path):
    done = songuon("install", home=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Excel" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_extension_for_libreoffice_is_written_once(tmp_path):
    out = tmp_path / "so-nguon.oxt"
    assert songuon("install", "--oxt", out, home=tmp_path).returncode == 0
    assert "description.xml" in zipfile.ZipFile(out).namelist()
    again = songuon("install", "--oxt", out, home=tmp_path)
    assert again.returncode == 2
    assert len(again.stderr.strip().splitlines()) == 1


@ON_LINUX
def test_where_nothing_is_installed_there_is_nothing_to_take_away(tmp_path):
    done = songuon("uninstall", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Chưa cài" in done.stdout
    assert "unopkg remove vn.songuon.addin" in done.stdout


def test_the_doctor_says_of_each_thing_how_it_stands(tmp_path):
    done = songuon("doctor", home=tmp_path)
    assert done.returncode in (0, 1)
    lines = done.stdout.strip().splitlines()
    assert len(lines) >= 4
    assert all(line.startswith(("[tốt] ", "[cần xem] ", "[hỏng] ")) for line in lines)
