"""A file appears whole or not at all; who is killed leaves nothing that the next run does not take away."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from macros_py import pdf
from workbook.errors import CannotWrite, WorkbookLocked
from workbook.messages import sentence
from workbook.outgoing.save import beside, refuse_existing, save_new, sweep

posix_only = pytest.mark.skipif(os.name != "posix", reason="limits and locks of POSIX systems")

HOLDS = """
import sys, time
from pathlib import Path
from random import Random
from workbook.outgoing import save
with save.beside(Path(sys.argv[1])) as (stream, _):
    stream.write(b"half")
    stream.flush()
    print("here", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writing(tmp_path):
    """Another run in the middle of its writing into the folder."""
    run = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "here\n"
    yield run
    run.kill()
    run.wait()
    run.stdout.close()


def temporary(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_a_killed_run_leaves_no_file_and_the_next_one_takes_its_rest_away(writing, tmp_path):
    assert len(temporary(tmp_path)) == 1
    writing.kill()
    writing.wait()
    assert not (tmp_path / "so.xlsx").exists()

    save_new(b"whole", tmp_path / "so.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]


def test_the_temporary_file_of_a_living_run_is_left_to_it(writing, tmp_path):
    save_new(b"whole", tmp_path / "so.xlsx")
    assert len(temporary(tmp_path)) == 1


def test_only_our_own_temporary_files_are_taken_away(tmp_path):
    for name in (".songuon-0011223344556677.tmp", "nhap.tmp", ".khac.tmp", "songuon-1.tmp"):
        (tmp_path / name).write_bytes(b"x")
    assert sweep(tmp_path) == 1
    assert sorted(temporary(tmp_path)) == [".khac.tmp", "nhap.tmp", "songuon-1.tmp"]


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(os, "fsync", lambda handle: told.append((tmp_path / "so.xlsx").exists()))
    save_new(b"whole", tmp_path / "so.xlsx")
    assert told[0] is False


TWO = """
import sys
from pathlib import Path
from random import Random
from workbook.errors import CannotWrite
from workbook.outgoing.save import save_new
sys.stdin.readline()
try:
    save_new(sys.argv[2].encode() * 200_000, Path(sys.argv[1]))
    print("wrote")
except CannotWrite as error:
    print(error.code)
"""


def test_of_runs_at_once_one_wins_and_the_others_say_so(tmp_path):
    out = tmp_path / "so.xlsx"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", TWO, str(out), letter], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for letter in "abcd"
    ]
    time.sleep(1)
    for run in runs:
        run.stdin.write("\n")
        run.stdin.flush()
    said = [run.communicate()[0].strip() for run in runs]
    assert sorted(said) == ["write.exists"] * 3 + ["wrote"]
    winner = "abcd"[said.index("wrote")]
    assert out.read_bytes() == winner.encode() * 200_000
    assert temporary(tmp_path) == []


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_folder_without_second_names_gets_its_file_all_the_same(tmp_path, monkeypatch, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    save_new(b"whole", tmp_path / "so.xlsx")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("so.xlsx", b"whole")]
    with pytest.raises(CannotWrite) as caught:
        save_new(b"another", tmp_path / "so.xlsx")
    assert caught.value.code == "write.exists"
    assert (tmp_path / "so.xlsx").read_bytes() == b"whole"


FULL = """
import resource, signal, sys
from pathlib import Path
from random import Random
from workbook.errors import CannotWrite
from workbook.outgoing.save import save_new
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    save_new(b"x" * 100_000, Path(sys.argv[1]))
except CannotWrite as error:
    print(error.code)
"""


@posix_only
def test_where_no_byte_more_fits_nothing_is_left_and_it_is_said(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "so.xlsx")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "write.full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mark", ["~${}", ".~lock.{}#"], ids=["Excel", "LibreOffice"])
def test_a_target_that_is_open_in_a_program_is_refused_before_the_work(tmp_path, mark):
    (tmp_path / mark.format("so.xlsx")).write_bytes(b"")
    with pytest.raises(WorkbookLocked) as caught:
        refuse_existing(tmp_path / "so.xlsx")
    said = sentence(caught.value.code, caught.value.detail)
    assert "so.xlsx" in said.message
    assert "Đóng" in said.fix


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path):
    (tmp_path / "so.xlsx").symlink_to(tmp_path / "elsewhere" / "so.xlsx")
    with pytest.raises(CannotWrite) as caught:
        refuse_existing(tmp_path / "so.xlsx")
    assert caught.value.code == "write.exists"


def test_a_long_name_does_not_become_too_long_on_the_way(tmp_path):
    out = tmp_path / ("s" * 250 + ".xls")
    save_new(b"whole", out)
    assert out.read_bytes() == b"whole"


def test_the_folder_of_a_killed_conversion_is_taken_away_and_that_of_a_living_one_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf.tempfile, "gettempdir", lambda: str(tmp_path))
    dead, living = tmp_path / "songuon-pdf-a", tmp_path / "songuon-pdf-b"
    for folder in (dead, living):
        folder.mkdir()
        (folder / "report.docx").write_bytes(b"a name")
    (dead / ".songuon-0011223344556677.tmp").write_bytes(b"")
    with beside(living):
        pdf._sweep()
        assert living.exists()
        assert not dead.exists()


WRITES = """
import sys
from pathlib import Path
from random import Random
from workbook.outgoing.save import save_new
content = b"whole" * 400_000
print("here", flush=True)
for number in range(1000):
    save_new(content, Path(sys.argv[1]) / f"{number}.xlsx")
"""


@pytest.mark.kills
def test_killed_while_it_writes_one_file_after_another_no_half_file_is_seen(tmp_path):
    random = Random(5)
    for turn in range(8):
        folder = tmp_path / str(turn)
        folder.mkdir()
        run = subprocess.Popen([sys.executable, "-c", WRITES, str(folder)], stdout=subprocess.PIPE, text=True)
        assert run.stdout.readline() == "here\n"
        time.sleep(random.uniform(0.02, 0.3))
        run.kill()
        run.wait()
        run.stdout.close()
        assert {path.read_bytes() for path in folder.glob("*.xlsx")} <= {b"whole" * 400_000}
        save_new(b"next", folder / "next")
        assert temporary(folder) == []
