"""From real registers to a calendar file and check lists: whose each line is, and nothing written over another."""

from datetime import date

import icalendar
import openpyxl
import pytest

from workbook.committee import Branch, Committee
from workbook.errors import CannotWrite
from workbook.handouts import refuse_existing, write_calendar, write_checklists
from workbook.layout import BRANCH_PROPERTY
from workbook.overdue import due_of

AS_OF = date(2026, 11, 22)
ONE, TWO = Branch("CB01", "Chi bộ thôn Một"), Branch("CB02", "Chi bộ thôn Hai")
COMMITTEE = Committee("Đảng ủy xã Thử", year=2026, branches=(TWO, ONE))

REGISTER = """
| {title} |           |                          |              |                        |                         |
| STT     | Họ và tên | Ngày cấp giấy chứng nhận | Ngày làm đơn | Ngày nghị quyết chi bộ | Ngày quyết định kết nạp |
| #1      | {first}   | @2026-01-15              | @2026-03-02  |                        |                         |
| #2      | {second}  | @2026-01-15              | @2026-03-02  | @2026-10-05            |                         |
"""


@pytest.fixture
def paths(book):
    """Two registers, each of one person with a dossier and one who waits for a decision due on 08/12/2026."""
    return [
        book.file(REGISTER.format(title=ONE.name, first="Nguyễn Văn Thử", second="Trần Thị Mẫu"), "1.xlsx"),
        book.file(
            REGISTER.format(title="", first="Lê Văn Giả", second="Phạm Thị Ví"),
            "2.xlsx",
            properties={BRANCH_PROPERTY: TWO.name},
        ),
    ]


@pytest.fixture
def due(paths):
    """What is due in them by the committee's book."""
    return due_of(paths, AS_OF, COMMITTEE)


def summaries(path):
    return sorted(str(event["summary"]) for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def names(path):
    values = [cell.value for row in openpyxl.load_workbook(path).active for cell in row if cell.value]
    return [str(value).removeprefix("Họ và tên: ") for value in values if str(value).startswith("Họ và tên: ")]


def test_every_line_is_of_the_branch_that_its_file_names(due):
    assert due.branch.tolist() == [ONE.name, ONE.name, TWO.name, TWO.name]


def test_without_a_committee_only_our_own_template_says_whose_a_line_is(paths):
    assert due_of(paths, AS_OF).branch.tolist() == ["", "", TWO.name, TWO.name]


def test_the_calendar_counts_by_branch_and_says_no_name(due, tmp_path):
    out = tmp_path / "han.ics"
    assert write_calendar(due, COMMITTEE, AS_OF, out, named=False) == 2
    assert summaries(out) == [f"{code}: 1 việc — Cấp có thẩm quyền quyết định kết nạp" for code in ("CB01", "CB02")]
    write_calendar(due, COMMITTEE, AS_OF, tmp_path / "ten.ics", named=True)
    assert [summary.rsplit(": ", 1)[1] for summary in summaries(tmp_path / "ten.ics")] == [
        "Trần Thị Mẫu",
        "Phạm Thị Ví",
    ]


def test_check_lists_follow_the_committee_s_order_of_branches(due, paths, tmp_path):
    out = tmp_path / "phieu.xlsx"
    assert write_checklists(due, COMMITTEE, AS_OF, out) == 2
    assert names(out) == ["Lê Văn Giả", "Nguyễn Văn Thử"]
    assert write_checklists(due_of(paths, AS_OF), None, AS_OF, tmp_path / "khong-so.xlsx") == 2
    assert names(tmp_path / "khong-so.xlsx") == ["Nguyễn Văn Thử", "Lê Văn Giả"]


def test_a_list_of_somebody_who_may_have_been_resolved_on_says_so(book, tmp_path):
    """The branch's day stands under a heading that is not read for certain."""
    doubtful = REGISTER.replace("Ngày nghị quyết chi bộ", "Ngày NQ chi bộ xét")
    due = due_of([book.file(doubtful.format(title=ONE.name, first="Nguyễn Văn Thử", second="Trần Thị Mẫu"))], AS_OF)
    assert write_checklists(due, None, AS_OF, tmp_path / "phieu.xlsx") == 2
    values = [str(cell.value) for row in openpyxl.load_workbook(tmp_path / "phieu.xlsx").active for cell in row]
    assert sum("hỏi chi bộ đã xét chưa" in value for value in values) == 1


def test_nothing_is_written_where_there_is_nothing_to_say(book, tmp_path):
    register = book.file("| STT | Họ và tên | Ngày sinh | Giới tính |\n| #1 | Vi Thị Thử | @1998-09-05 | Nữ |")
    nobody = due_of([register], AS_OF, COMMITTEE)
    assert write_calendar(nobody, COMMITTEE, AS_OF, tmp_path / "han.ics", named=False) == 0
    assert write_checklists(nobody, COMMITTEE, AS_OF, tmp_path / "phieu.xlsx") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["so.xlsx"]


@pytest.mark.parametrize(
    "write", [write_checklists, lambda *asked: write_calendar(*asked, named=False)], ids=["check lists", "calendar"]
)
def test_a_file_that_stands_there_is_never_touched(due, tmp_path, write):
    out = tmp_path / "cua-toi"
    out.write_bytes(b"the clerk's own")
    for attempt in (lambda: refuse_existing(None, out), lambda: write(due, COMMITTEE, AS_OF, out)):
        with pytest.raises(CannotWrite):
            attempt()
    assert out.read_bytes() == b"the clerk's own"
