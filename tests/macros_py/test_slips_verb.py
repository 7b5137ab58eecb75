"""`songuon check --slips`: what goes back to the branches, beside the usual answer."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest


@pytest.fixture
def check(songuon) -> Callable[..., subprocess.CompletedProcess[str]]:
    return lambda *words: songuon("check", *words, "--as-of", "2026-11-22", "--workers", "1")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of one made-up person, with an impossible day."""
    book = openpyxl.Workbook()
    book.active.append(["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc"])
    book.active.append([1, "Lê Thị Thử", "31/02/2000", "Nữ", "Kinh"])
    (tmp_path / "nhan").mkdir()
    book.save(tmp_path / "nhan/so.xlsx")
    return tmp_path / "nhan/so.xlsx"


def test_slips_are_written_beside_the_usual_answer(check, register, tmp_path):
    done = check(register, "--slips", tmp_path / "tra-lai", "--format", "json")
    assert done.returncode == 1
    assert "C2" in {one["cell"] for one in json.loads(done.stdout)}
    assert "1 phiếu trả lại và 1 bản sao đánh dấu" in done.stderr
    assert sorted(path.name for path in (tmp_path / "tra-lai").iterdir()) == [
        "so-danh-dau.xlsx",
        "so-phieu-tra-lai.docx",
    ]


@pytest.mark.parametrize("folder", ["tra-lai", "nhan/tra-lai"], ids=["not empty", "inside the inbox"])
def test_a_folder_that_would_be_mixed_up_is_refused_before_anything_is_read(check, register, tmp_path, folder):
    (tmp_path / "tra-lai").mkdir()
    (tmp_path / "tra-lai/cu.docx").touch()
    done = check(tmp_path / "nhan", "--slips", tmp_path / folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "nhan/tra-lai").exists()
