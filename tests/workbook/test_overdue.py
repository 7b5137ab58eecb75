"""What is late among files is what the sheet of the quota book lists: each person once, nobody passed over unsaid."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.checking import check
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.layout import BRANCH_PROPERTY, HEADING
from workbook.outgoing.write import write_book
from workbook.overdue import due_of
from workbook.run import book_of

DAY = date(2026, 11, 22)
BRANCHES = ("Chi bộ thôn Mây", "Chi bộ thôn Đồi", "Chi bộ thôn Suối")
COMMITTEE = Committee(
    "Đảng ủy xã Thử",
    year=2026,
    branches=tuple(Branch(str(at), name, watcher="Thử") for at, name in enumerate(BRANCHES)),
)
NAMES = ("Lê Thị Thử", "Trần Văn Mẫu", "Phạm Thị Giả", "Vũ Văn Ví", "Đỗ Thị Dụ", "Bùi Văn Nháp")
COLUMNS = ("number", "full_name", "birth_on", "citizen_id", "certificate_on", "applied_on", "branch_resolved_on",
           "decided_on", "ceremony_on", "member_record_on", "recognition_resolved_on")  # fmt: skip

#: How far a person has come → the days that a register shows; whoever is at the second or third is overdue.
DAYS = (
    {"applied_on": "05/01/2026"},
    {"applied_on": "05/01/2026", "branch_resolved_on": "02/03/2026"},
    {"applied_on": "05/01/2026", "branch_resolved_on": "02/03/2026", "decided_on": "20/03/2026"},
    {"decided_on": "20/03/2026", "ceremony_on": "10/04/2026", "member_record_on": "15/04/2026"},
)
#: A heading that may mean the branch's resolution, and is not read.
UNSURE = "Ngày NQ chi bộ xét"

#: Whom a register lists and how far each has come.
Listed = Sequence[tuple[int, int]]


def register(
    path: Path, branch: str, people: Listed, *, day: int = 1, columns: Sequence[str] = COLUMNS, own: bool = False
) -> Path:
    """A register saved on a `day` of November, `own`: of our template, that names the branch inside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, day, 9, tzinfo=UTC).replace(tzinfo=None)})
        if own:
            book.set_custom_property(BRANCH_PROPERTY, branch)
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, branch)
        sheet.write_row(2, 0, [HEADING.get(name, name) for name in columns])
        for at, (who, stage) in enumerate(people):
            said = {"number": at + 1, "full_name": NAMES[who], "birth_on": f"0{who + 1}/09/1998", **DAYS[stage]}
            said |= {"citizen_id": f"09909800001{who}", "certificate_on": "01/12/2025"}
            said[UNSURE] = said.get("branch_resolved_on", "")
            sheet.write_row(3 + at, 0, [said.get(name, "") for name in columns])
    return path


def listed(path: Path) -> list[tuple[object, ...]]:
    """The lines of the sheet "Quá hạn" of a written book, without their number."""
    rows = list(openpyxl.load_workbook(path, data_only=True)["Quá hạn"].iter_rows(values_only=True))
    top = next(at for at, row in enumerate(rows) if row[0] == "STT")
    wanted = [rows[top].index(heading) for heading in _SHOWN.values()]
    return [tuple(row[at] for at in wanted) for row in rows[top + 1 :]]


_SHOWN = {"branch": "Chi bộ", "name": "Họ và tên", "step": "Bước", "due_on": "Hạn", "days_late": "Số ngày quá hạn",
          "watcher": "Người theo dõi", "file": "Tệp", "sheet": "Trang", "cell": "Ô"}  # fmt: skip


def told(inbox: Path, committee: Committee) -> list[tuple[object, ...]]:
    """The same of `overdue`; what is not late yet has no number of days on the sheet."""
    frame = due_of([inbox], DAY, committee).lines
    frame = frame.assign(days_late=frame["days_late"].astype(object).where(frame["days_late"] > 0, None))
    return list(frame[list(_SHOWN)].itertuples(index=False, name=None))


people = st.lists(
    st.tuples(st.integers(0, len(NAMES) - 1), st.integers(0, 3)), max_size=4, unique_by=lambda one: one[0]
)
versions = st.lists(st.tuples(people, st.booleans(), st.booleans()), max_size=3)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(inbox=st.tuples(versions, versions, versions))
def test_the_list_is_the_sheet_whatever_was_replaced_copied_or_withdrawn(tmp_path_factory, inbox):
    folder, withdrawn = tmp_path_factory.mktemp("ho-so"), []
    (folder / "nhan").mkdir()
    for at, (branch, sent) in enumerate(zip(BRANCHES, inbox, strict=True)):
        for version, (whom, copied, taken_out) in enumerate(sent):
            file = register(folder / "nhan" / f"{at}-{version}.xlsx", branch, whom, day=version + 1)
            if copied:
                copyfile(file, file.with_stem(f"chep-{file.stem}"))
            withdrawn += [Decision(DecisionKind.WITHDRAW, file.name)] if taken_out else []
    committee = Committee("Đảng ủy xã Thử", year=2026, branches=COMMITTEE.branches, decisions=tuple(withdrawn))

    write_book(book_of(folder / "nhan", committee, DAY), folder / "so.xlsx")

    assert told(folder / "nhan", committee) == listed(folder / "so.xlsx")


def test_who_has_a_decision_in_the_newer_file_is_not_late_by_the_older(tmp_path):
    register(tmp_path / "nhan" / "cu.xlsx", BRANCHES[0], [(0, 1), (1, 1)])
    newer = register(tmp_path / "nhan" / "moi.xlsx", BRANCHES[0], [(0, 3), (1, 1)], day=2)
    copyfile(newer, tmp_path / "nhan" / "moi-chep.xlsx")
    due = due_of([tmp_path / "nhan"], DAY, COMMITTEE)
    late = due.lines[due.lines["days_late"] > 0]
    assert late[["name", "branch", "watcher"]].values.tolist() == [[NAMES[1], BRANCHES[0], "Thử"]]
    assert len(due.aside) == 2


def test_a_person_of_two_registers_is_listed_once(tmp_path):
    register(tmp_path / "nhan" / "1.xlsx", BRANCHES[0], [(0, 1)])
    register(tmp_path / "nhan" / "2.xlsx", BRANCHES[1], [(0, 1)])
    assert len(due_of([tmp_path / "nhan"], DAY, COMMITTEE).lines) == 1


def test_a_file_of_no_branch_is_named_for_its_lines_are_not_on_the_list(tmp_path):
    register(tmp_path / "nhan" / "la.xlsx", "Chi bộ khu phố Lạ", [(0, 1)])
    due = due_of([tmp_path / "nhan"], DAY, COMMITTEE)
    assert (len(due.lines), due.unknown) == (0, ("la.xlsx",))


def test_without_a_committee_each_file_is_taken_for_itself_and_a_copy_once(tmp_path):
    first = register(tmp_path / "1.xlsx", BRANCHES[0], [(0, 1)], own=True)
    copyfile(first, tmp_path / "1-chep.xlsx")
    register(tmp_path / "2.xlsx", BRANCHES[1], [(1, 1)], day=2)
    due = due_of([tmp_path], DAY)
    assert due.lines["name"].tolist() == [NAMES[0], NAMES[1]]
    assert due.branch.tolist() == [BRANCHES[0], ""]
    assert (len(due.aside), due.alone) == (1, True)


def unsure(column: str) -> str:
    return UNSURE if column == "branch_resolved_on" else column


@pytest.mark.parametrize(
    ("columns", "stage", "count"),
    [
        (COLUMNS, 1, 0),
        (COLUMNS, 3, 0),
        (COLUMNS[:-1], 3, 1),
        ([unsure(name) for name in COLUMNS], 1, 1),
        ([unsure(name) for name in COLUMNS], 0, 0),
    ],
    ids=["all is read", "nor later", "no column of the act", "a heading in doubt", "nothing below such a heading"],
)
def test_who_cannot_be_watched_is_counted(tmp_path, columns, stage, count):
    file = register(tmp_path / "so.xlsx", BRANCHES[0], [(0, stage)], columns=columns)
    due = due_of([file], DAY)
    assert due.untimed == count
    assert (due.lines["days_late"] > 0).any() == (stage == 1 and not count)


def test_who_has_left_or_is_an_official_member_needs_no_watching(tmp_path):
    columns = ("number", "full_name", "birth_on", "applied_on", "recognized_on", "status")
    file = tmp_path / "so.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Sổ")
        sheet.write_row(0, 0, [HEADING[name] for name in columns])
        sheet.write_row(1, 0, [1, NAMES[0], "01/09/1998", "31/02/2026", "", "Chuyển đi"])
        sheet.write_row(2, 0, [2, NAMES[1], "02/09/1998", "31/02/2020", "05/03/2023", ""])
        sheet.write_row(3, 0, [3, NAMES[2], "03/09/1998", "31/02/2026", "", ""])
    assert due_of([file], DAY).untimed == 1


def test_a_check_says_how_many_of_its_persons_consolidation_will_not_count(tmp_path):
    old = register(tmp_path / "nhan" / "cu.xlsx", BRANCHES[0], [(0, 1), (1, 1)])
    register(tmp_path / "nhan" / "moi.xlsx", BRANCHES[0], [(0, 3)], day=2)
    copyfile(old, tmp_path / "nhan" / "cu-chep.xlsx")
    assert check([tmp_path / "nhan"], DAY, COMMITTEE).uncounted == (2, 4)
    assert check([tmp_path / "nhan"], DAY).uncounted == (1, 2)
