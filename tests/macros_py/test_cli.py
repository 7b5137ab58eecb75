"""The shell: one clear sentence for every fault, the right exit code, and the other files go on."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from random import Random

import msoffcrypto
import openpyxl
import pytest

from validation.vocabulary import Stage
from workbook.demo import inbox, practice
from workbook.demo.draft import Cover, draft
from workbook.demo.layouts import layouts
from workbook.demo.paper import save
from workbook.demo.people import person

AS_OF = date(2026, 11, 22)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


Answer = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def check(songuon) -> Answer:
    return lambda *words: songuon("check", *words, "--as-of", AS_OF.isoformat(), "--workers", 1)


@pytest.fixture
def overdue(songuon) -> Answer:
    return lambda *words: songuon("overdue", *words, "--as-of", AS_OF.isoformat(), "--workers", 1)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of two lawful people."""
    return saved(tmp_path / "inbox" / "so.xlsx")


def saved(path: Path, *, spoil: bool = False) -> Path:
    rng = Random(7)
    stages = (Stage.CERTIFIED, Stage.PROBATIONARY)
    people = [person(rng, stage, AS_OF, serial=number, number=str(number)) for number, stage in enumerate(stages, 1)]
    sheet = draft(next(iter(layouts().values())), people, Cover("Chi bộ thôn Thử", "Đảng ủy xã Thử", AS_OF))
    if spoil:
        sheet.put(0, "birth_on", "31/02/1999")
    save(path, [("Sổ theo dõi", sheet)], datetime(2026, 11, 1, 8, tzinfo=UTC))
    return path


def locked(path: Path, source: Path) -> Path:
    with source.open("rb") as plain, path.open("wb") as out:
        msoffcrypto.OfficeFile(plain).encrypt("mat-khau-thu", out)
    return path


@pytest.mark.parametrize(("kind", "code"), [("clean", 0), ("spoilt", 1), ("picture", 2)])
def test_a_process_of_its_own_says_the_same_and_ends_the_same(check, tmp_path, kind, code):
    """In whatever encoding it was started: the other tests ask the entry point itself."""
    path = saved(tmp_path / "so.xlsx", spoil=kind == "spoilt")
    if kind == "picture":
        path.write_bytes(PNG)
    here = check(path)

    command = [sys.executable, "-c", "from macros_py.cli import main; main()", *here.args[1:]]
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii", "SONGUON_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=surroundings)
    assert (done.returncode, done.stdout, done.stderr) == (code, here.stdout, here.stderr)
    assert here.returncode == code
    assert done.stdout + done.stderr


def test_a_clean_register_is_clean(check, register):
    done = check(register)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 tệp, 2 người: 0 lỗi, 0 cần giải trình" in done.stdout


def test_a_fault_is_told_with_its_cell_and_what_to_do(check, tmp_path):
    done = check(saved(tmp_path / "so.xlsx", spoil=True))
    assert done.returncode == 1
    assert "Ngày, tháng, năm sinh" in done.stdout
    assert "31/02/1999" in done.stdout
    assert "Cách sửa: " in done.stdout


def test_a_query_explained_beside_an_error_is_told_as_a_note(check, tmp_path):
    book = openpyxl.Workbook()
    for line in (
        ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Giải trình"],
        [1, "Thử", "05/09/1999", "Nam", "tên trong giấy khai sinh chỉ có một chữ"],
        [2, "Nguyễn Văn Mẫu", "31/02/1999", "Nam", ""],
    ):
        book.active.append(line)
    book.save(tmp_path / "so.xlsx")

    done = check(tmp_path / "so.xlsx")

    assert (done.returncode, done.stderr) == (1, "")
    assert "Lưu ý: Sheet – Ô B2" in done.stdout
    assert "Lỗi: Sheet – Ô C3" in done.stdout


def test_a_folder_is_checked_whole_and_one_bad_file_stops_no_other(check, register):
    inbox = register.parent
    (inbox / "anh.xlsx").write_bytes(PNG)
    locked(inbox / "khoa.xlsx", register)
    (inbox / "rong.xlsx").write_bytes(b"")

    done = check(inbox)

    assert done.returncode == 1
    assert "1 tệp, 2 người" in done.stdout
    told = done.stderr.strip().splitlines()
    assert [line.split(":")[0] for line in told] == ["anh.xlsx", "khoa.xlsx", "rong.xlsx"]


@pytest.mark.parametrize("kind", ["picture", "locked"])
def test_a_single_unreadable_file_is_one_sentence_and_could_not_run(check, kind, register, tmp_path):
    path = tmp_path / "nop.xlsx"
    if kind == "picture":
        path.write_bytes(PNG)
    else:
        locked(path, register)

    done = check(path)

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_nothing_to_check_is_said(check, tmp_path):
    for path in (tmp_path / "khong-co", tmp_path):
        done = check(path)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_sheet_that_is_no_register_is_told_and_is_not_clean(check, tmp_path):
    book = openpyxl.Workbook()
    for line in (["Tên hàng", "Số lượng"], ["Bàn", 3]):
        book.active.append(line)
    book.save(tmp_path / "kho.xlsx")

    done = check(tmp_path / "kho.xlsx")

    assert done.returncode == 1
    assert "chưa đọc được người nào" in done.stdout


def test_two_files_of_one_name_are_told_apart(check, tmp_path):
    for folder in ("a", "b"):
        saved(tmp_path / folder / "so.xlsx", spoil=True)
    found = json.loads(check(tmp_path / "a", tmp_path / "b", "--format", "json").stdout)
    assert len({one["file"] for one in found}) == 2


def test_a_committee_book_that_is_none_is_named(check, tmp_path, register):
    done = check(register, "--committee", tmp_path / "so-cap-uy.xlsx")
    assert done.returncode == 2
    assert done.stderr.startswith("so-cap-uy.xlsx: ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_our_own_fault_is_an_apology_without_data_even_where_no_log_can_be_written(tmp_path, monkeypatch, capsys):
    import click

    from macros_py import crash, shell

    (tmp_path / "file").write_text("")
    monkeypatch.setattr(crash, "LOG", tmp_path / "file" / "songuon.log")

    @click.group()
    def broken() -> None:
        raise KeyError("099099000011")

    broken.command("go")(lambda: None)
    monkeypatch.setattr(sys, "argv", ["songuon", "go"])
    with pytest.raises(SystemExit) as left:
        shell.run(broken)
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert "099099000011" not in told
    assert "Traceback" not in told


def test_the_log_of_our_own_fault_says_where_and_not_what(tmp_path, monkeypatch):
    from macros_py import crash

    monkeypatch.setattr(crash, "LOG", tmp_path / "songuon.log")
    try:
        {}["099099000011"]
    except KeyError as error:
        log = crash.record(error)
    text = log.read_text("utf-8")
    assert "KeyError" in text
    assert "test_cli.py" in text
    assert "099099000011" not in text


def test_findings_as_json_have_the_promised_keys_and_masked_identifiers(check, tmp_path):
    path = saved(tmp_path / "so.xlsx", spoil=True)
    sheet = openpyxl.load_workbook(path)
    headings = {str(cell.value): cell for row in sheet.active.iter_rows(max_row=12) for cell in row if cell.value}
    top = headings["Số định danh cá nhân"]
    cell = sheet.active.cell(top.row + 1, top.column)
    short = cell.value = str(cell.value).removeprefix("0")
    sheet.save(path)

    found = json.loads(check(path, "--format", "json").stdout)

    keys = {"file", "sheet", "cell", "column", "code", "level", "value", "message", "fix"}
    assert found
    assert all(set(one) == keys for one in found)
    zero = next(one for one in found if one["code"] == "id.zero_lost")
    assert zero["cell"] == f"{top.column_letter}{top.row + 1}"
    assert zero["value"] == f"{short[:3]}*****{short[-3:]}"
    assert short not in json.dumps(found, ensure_ascii=False)


def test_a_file_that_stays_shut_is_an_object_of_the_json(check, tmp_path, register):
    (register.parent / "anh.xlsx").write_bytes(PNG)
    found = json.loads(check(register.parent, "--format", "json").stdout)
    assert [one["file"] for one in found if one["level"] == "error"] == ["anh.xlsx"]


def test_overdue_lists_what_is_late_soonest_first(songuon, tmp_path):
    rng = Random(3)
    stuck = person(rng, Stage.AWAITING_DECISION, date(2026, 3, 2), serial=1, number="1")
    soon = person(rng, Stage.PROBATIONARY, AS_OF, serial=2, number="2")
    sheet = draft(next(iter(layouts().values())), [soon, stuck], Cover("Chi bộ thôn Thử", "Đảng ủy xã Thử", AS_OF))
    save(tmp_path / "so.xlsx", [("Sổ theo dõi", sheet)], datetime(2026, 11, 1, 8, tzinfo=UTC))

    done = songuon("overdue", tmp_path / "so.xlsx", "--as-of", AS_OF.isoformat())

    assert done.returncode == 1
    days = [(line[6:10], line[3:5], line[:2]) for line in done.stdout.splitlines() if line[2:3] == "/"]
    assert days == sorted(days)
    assert "Quá hạn" in done.stdout
    assert "45 ngày làm việc từ Ngày nghị quyết chi bộ" in done.stdout


def waiting(folder: Path) -> Path:
    """A register of one person with a dossier and one whose decision is overdue."""
    rng = Random(3)
    stuck = person(rng, Stage.AWAITING_DECISION, date(2026, 3, 2), serial=1, number="1")
    drawn_up = person(rng, Stage.DOSSIER, AS_OF, serial=2, number="2")
    sheet = draft(next(iter(layouts().values())), [stuck, drawn_up], Cover("Chi bộ thôn Thử", "Đảng ủy xã Thử", AS_OF))
    save(folder / "so.xlsx", [("Sổ theo dõi", sheet)], datetime(2026, 11, 1, 8, tzinfo=UTC))
    return folder / "so.xlsx"


def test_overdue_hands_out_a_calendar_without_names_and_check_lists(overdue, tmp_path):
    register, ics, lists = waiting(tmp_path), tmp_path / "han.ics", tmp_path / "phieu.xlsx"
    done = overdue(register, "--ics", ics, "--checklists", lists)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-2:] == [
        f"Đã ghi 1 việc vào tệp lịch {ics}.",
        f"Đã ghi 1 phiếu kiểm tra vào {lists}.",
    ]
    late = next(line for line in done.stdout.splitlines() if "Quá hạn" in line)
    name = late.split(" – ")[1].split(" (")[0]
    assert name not in ics.read_bytes().replace(b"\r\n ", b"").decode()
    assert openpyxl.load_workbook(lists).sheetnames == ["Phiếu kiểm tra"]

    named = tmp_path / "ten.ics"
    assert overdue(register, "--ics", named, "--names").returncode == 1
    assert name in named.read_bytes().replace(b"\r\n ", b"").decode()


@pytest.mark.parametrize("option", ["--ics", "--checklists"])
def test_what_is_handed_out_never_takes_the_place_of_a_file(overdue, tmp_path, option):
    (tmp_path / "cua-toi").write_bytes(b"the clerk's own")
    done = overdue(waiting(tmp_path), option, tmp_path / "cua-toi")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert (tmp_path / "cua-toi").read_bytes() == b"the clerk's own"


def test_where_nothing_can_be_handed_out_it_is_said_and_nothing_is_written(overdue, tmp_path, register):
    out = tmp_path / "ra"
    out.mkdir()
    for unread, told in ((False, ["Không có hạn nào", "Không có ai"]), (True, [])):
        if unread:
            register.write_bytes(PNG)
        done = overdue(register, "--ics", out / "han.ics", "--checklists", out / "phieu.xlsx")
        assert done.returncode == (2 if unread else 0)
        assert all(words in done.stdout for words in told)
        assert not list(out.iterdir())


def test_names_are_asked_for_only_with_a_calendar(overdue, tmp_path):
    done = overdue(waiting(tmp_path), "--names")
    assert done.returncode == 2
    assert "--help" in done.stderr


def test_the_demo_can_be_run_again_beside_the_first(songuon, tmp_path, monkeypatch):
    """The second time with fewer branches: it is about where they lie."""
    for name, make in (("thu", inbox.make), ("thu-2", partial(inbox.make, branches=8))):
        monkeypatch.setattr(inbox, "make", make)
        done = songuon("demo", tmp_path / "thu", "--as-of", AS_OF.isoformat(), "--workers", 1)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / name / "so-chi-tieu.xlsx").is_file()
        assert "Đối chiếu khớp" in done.stdout


def test_a_desk_to_practise_on_says_of_which_day_it_is(songuon, tmp_path, monkeypatch):
    monkeypatch.setattr(practice, "lay", partial(practice.lay, branches=1))
    for words, day in (((), "22/11/2026"), (("--as-of", "2028-02-29"), "29/02/2028")):
        done = songuon("demo", tmp_path / "tap", "--practice", *words)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"vào ngày {day}" in done.stdout
        assert f"31/12/{day[-4:]}" in done.stdout
    assert (tmp_path / "tap-2" / practice.PASSWORDS).is_file()


def test_blank_books_are_written_once_and_never_over_another(songuon, tmp_path):
    for kind in ("register", "committee"):
        out = tmp_path / f"{kind}.xlsx"
        assert songuon("template", kind, out).returncode == 0
        before = out.read_bytes()
        again = songuon("template", kind, out)
        assert again.returncode == 2
        assert len(again.stderr.strip().splitlines()) == 1
        assert out.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [["check"], ["nói"], ["check", "x.xlsx", "--as-of", "hôm qua"], ["consolidate", "x"], ["check", "--lạ", "x.xlsx"]],
    ids=["no path", "no such verb", "no day", "no committee", "no such option"],
)
def test_a_misuse_is_one_vietnamese_sentence(songuon, words):
    done = songuon(*words)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--help" in done.stderr


def test_help_speaks_vietnamese(songuon):
    done = songuon("--help")
    assert done.returncode == 0
    for word in ("Cách dùng: ", "Tùy chọn", "Lệnh"):
        assert word in done.stdout
    assert "Usage" not in done.stdout
    assert "Options" not in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_neither_file_nor_folder_is_refused_by_name(check, tmp_path):
    os.mkfifo(tmp_path / "nhan")
    done = check(tmp_path / "nhan")
    assert done.returncode == 2
    assert str(tmp_path / "nhan") in done.stderr
    assert "không phải tệp, cũng không phải thư mục" in done.stderr


CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TITLE = "\x1b]0;x\x07"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_a_file_says_cannot_command_the_terminal(check, register, form):
    book = openpyxl.load_workbook(register)
    sheet = book.worksheets[0]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Vi Thị Thử" or cell.column == 3)
    first = next(row for row in range(place.row, sheet.max_row + 1) if sheet.cell(row, 1).value in (1, "1"))
    for column in range(2, 6):
        sheet.cell(first, column).value = "_x001B_]0;PWNED_x0007__x009B_2J\u202e99/99/2026"
    book.save(register)
    done = check(register, "--format", form)
    assert "99/99/2026" in done.stdout
    assert not CONTROLS.findall(done.stdout)
    if form == "json":
        assert any("\x1b]0;" in one["value"] for one in json.loads(done.stdout))


@pytest.mark.skipif(sys.platform == "win32", reason="no such name can be given there")
def test_the_name_of_a_file_cannot_command_the_terminal(check, register):
    (register.parent / f"{TITLE}\n\u202esach.xlsx").write_bytes(PNG)
    for done in (check(register.parent), check(register.parent / f"{TITLE}khong-co")):
        assert done.stderr
        assert not CONTROLS.findall(done.stdout + done.stderr)
        assert len(done.stderr.splitlines()) == 1
