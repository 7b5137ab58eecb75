"""Who is late is said once, and who is not watched is said wherever lateness is read."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import docx
import openpyxl
import pytest
import xlsxwriter

from workbook.committee import Branch, Committee
from workbook.layout import HEADING
from workbook.outgoing.template import write_committee

DAY = ("--as-of", "2026-11-22")
MAY, HILL = "Chi bộ thôn Mây", "Chi bộ thôn Đồi"
NAMES = ("Lê Thị Thử", "Trần Văn Mẫu", "Phạm Thị Giả")
RESOLVED = {"certificate_on": "01/12/2025", "applied_on": "05/01/2026", "branch_resolved_on": "02/03/2026"}
DECIDED = {**RESOLVED, "decided_on": "20/03/2026", "ceremony_on": "10/04/2026"}
PROBATIONARY = {"decided_on": "20/08/2025", "ceremony_on": "10/09/2025", "member_record_on": "15/09/2025"}
COMMANDS = (
    ("consolidate", "--out", "so.xlsx"),
    ("overdue", "--ics", "han.ics"),
    ("overdue", "--checklists", "phieu.xlsx"),
    ("rollup", "--out", "so.xlsx"),
)


def register(path: Path, branch: str, *people: dict[str, str], day: int = 1) -> Path:
    """A register with the columns of these people, saved on a day of November."""
    days = dict.fromkeys(name for person in people for name in person)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, day, 9, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, branch)
        sheet.write_row(2, 0, [HEADING[name] for name in ("number", "full_name", "birth_on", *days)])
        for at, person in enumerate(people):
            who = [at + 1, NAMES[at], f"0{at + 1}/09/1998"]
            sheet.write_row(3 + at, 0, [*who, *(person.get(name, "") for name in days)])
    return path


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Path:
    """A folder with an inbox still empty and a committee book of two branches; commands run in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nhan").mkdir()
    branches = (Branch("01", MAY, quota=3, members=20), Branch("02", HILL, quota=3, members=20))
    write_committee(tmp_path / "so-cap-uy.xlsx", Committee("Đảng ủy xã Thử", year=2026, branches=branches))
    return tmp_path


def versions(inbox: Path) -> None:
    """Two people overdue, of whom a newer file shows one as admitted; the older file twice."""
    old = register(inbox / "cu.xlsx", MAY, RESOLVED, RESOLVED)
    copyfile(old, inbox / "cu-chep.xlsx")
    register(inbox / "moi.xlsx", MAY, RESOLVED, DECIDED, day=2)


def test_what_a_newer_file_has_settled_is_late_no_more(songuon, desk):
    versions(desk / "nhan")
    done = songuon("overdue", "nhan", "--committee", "so-cap-uy.xlsx", "--ics", "han.ics", *DAY)
    assert "\n1 việc quá hạn, " in done.stdout
    assert "Không kể 2 tệp bị thay thế, đã rút hoặc là bản sao." in done.stdout
    assert NAMES[1] not in "".join(line for line in done.stdout.splitlines() if "Quá hạn" in line)


def test_without_a_committee_it_is_said_that_every_file_was_taken_for_itself(songuon, desk):
    versions(desk / "nhan")
    alone = "Không có sổ cấp ủy nên mỗi tệp được xét riêng"
    assert alone in songuon("overdue", "nhan", *DAY).stdout
    assert alone not in songuon("overdue", "nhan/moi.xlsx", *DAY).stdout
    assert alone not in songuon("overdue", "nhan", "--committee", "so-cap-uy.xlsx", *DAY).stdout


def test_a_file_of_no_branch_is_named(songuon, desk):
    register(desk / "nhan" / "la.xlsx", "Chi bộ khu phố Lạ", RESOLVED)
    done = songuon("overdue", "nhan", "--committee", "so-cap-uy.xlsx", *DAY)
    assert done.returncode == 1
    assert "Không kể 1 tệp chưa rõ của chi bộ nào: la.xlsx." in done.stdout


def test_a_check_says_how_many_of_its_persons_do_not_count(songuon, desk):
    versions(desk / "nhan")
    said = "Trong đó 2 tệp bị thay thế, đã rút hoặc là bản sao, có 4 người: khi tổng hợp không tính."
    done = songuon("check", "nhan", "--committee", "so-cap-uy.xlsx", *DAY)
    assert "Đã kiểm tra 3 tệp, 6 người: " in done.stdout
    assert said in done.stdout
    assert "Trong đó" not in songuon("check", "nhan/moi.xlsx", "--committee", "so-cap-uy.xlsx", *DAY).stdout


def test_who_cannot_be_watched_is_told_wherever_lateness_is_read(songuon, desk):
    """In the same words by the command, above the sheet and in the report; the front page has room for the number."""
    register(desk / "nhan" / "may.xlsx", MAY, PROBATIONARY, PROBATIONARY)
    said = "Chưa tính đủ hạn cho 2 người vì có ngày ghi sai, cột ngày chưa đọc được hoặc thiếu cột ngày"
    committee = ("--committee", "so-cap-uy.xlsx", *DAY)

    for words in (committee, DAY):
        late = songuon("overdue", "nhan", *words)
        assert (late.returncode, f"\n{said}; " in late.stdout) == (1, True)
    made = songuon("consolidate", "nhan", "--out", "so.xlsx", *committee)
    assert "Quá hạn: 0 người ở 0 chi bộ, chưa tính đủ hạn cho 2 người\n" in made.stdout
    book = openpyxl.load_workbook("so.xlsx", data_only=True)
    front = [str(cell.value) for row in book["Tổng hợp"] for cell in row]
    assert "Quá hạn: 0 người ở 0 chi bộ, chưa tính đủ hạn cho 2 người" in front
    assert book["Quá hạn"]["A1"].value == f"{said}; xem trang Lỗi."
    assert [cell.value for cell in book["Quá hạn"][2]][:3] == ["STT", "Chi bộ", "Họ và tên"]

    for source in ("so.xlsx", "so-lieu.xlsx"):
        assert songuon("report", source, "--docx", f"{source}.docx").returncode == 0
        assert f"{said}." in "\n".join(one.text for one in docx.Document(f"{source}.docx").paragraphs)
        songuon("report", "so.xlsx", "--upward", "so-lieu.xlsx")


def test_where_everybody_is_watched_nothing_is_said(songuon, desk):
    register(desk / "nhan" / "may.xlsx", MAY, {**PROBATIONARY, "recognition_resolved_on": ""})
    done = songuon("consolidate", "nhan", "--out", "so.xlsx", "--committee", "so-cap-uy.xlsx", *DAY)
    assert "Quá hạn: 1 người ở 1 chi bộ\n" in done.stdout
    assert openpyxl.load_workbook("so.xlsx")["Quá hạn"]["A1"].value == "STT"
    assert "Chưa tính đủ" not in songuon("overdue", "nhan", *DAY).stdout


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_no_result_is_written_among_what_is_read(songuon, desk, words):
    verb, option, name = words
    register(desk / "nhan" / "may.xlsx", MAY, RESOLVED)
    for place in (f"nhan/{name}", f"nhan/thang-11/{name}", f"nhan/../nhan/{name}"):
        done = songuon(verb, "nhan", "--committee", "so-cap-uy.xlsx", option, place)
        assert (done.returncode, done.stdout) == (2, "")
        (told,) = done.stderr.strip().splitlines()
        assert f"{place} nằm trong thư mục nhan" in told
    assert [file.name for file in (desk / "nhan").iterdir()] == ["may.xlsx"]
