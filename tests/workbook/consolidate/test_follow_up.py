"""The living board: due and late, changes since the version before, the four rates, what to remind a branch of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.book import Book
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.consolidate import consolidate
from workbook.errors import Protected
from workbook.incoming.inbox import Opened
from workbook.incoming.previous import Previous, read_previous
from workbook.incoming.raw import RawTable
from workbook.incoming.versions import choose
from workbook.outgoing.write import write_book
from workbook.states import State

AS_OF, EARLIER, DUE = date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 10)
ONE, TWO, THREE = (Branch(str(at), f"Chi bộ thôn {name}") for at, name in enumerate(("Một", "Hai", "Ba")))
GONE = Branch("9", "Chi bộ thôn Cũ", valid_to=date(2026, 6, 30), merged_into=ONE.name)
SOUND = {"full_name": "Lê Thị Thử", "birth_on": "05/09/1999", "sex": "Nữ", "ethnicity": "Kinh", "religion": "Không",
         "citizen_id": "099199000011", "sympathizer_on": "03/02/2026"}  # fmt: skip
OTHER = {**SOUND, "full_name": "Vũ Văn Mẫu", "birth_on": "02/03/2001", "sex": "Nam", "citizen_id": "099201000022"}
WRONG = {**SOUND, "birth_on": "31/02/2000"}


def file(name: str, rows: Sequence[Mapping[str, object]], title: str = ONE.name, day: int = 1) -> Opened:
    table = RawTable(
        sheet="Sổ",
        title=(title,),
        columns={column: [row.get(column, "") for row in rows] for column in SOUND},
        rows=list(range(3, 3 + len(rows))),
        groups=[""] * len(rows),
        units=[""] * len(rows),
        letters={column: chr(65 + at) for at, column in enumerate(SOUND)},
    )
    return Opened(name, Path(name), (table,), sha256=name, modified_at=datetime(2026, 11, day, 5, tzinfo=UTC))


def book(
    *files: Opened, submit_by: date | None = DUE, as_of: date = AS_OF, decisions=(), previous: Previous | None = None
) -> Book:
    described = Committee(
        "Đảng ủy xã Thử", year=2026, submit_by=submit_by, branches=(ONE, TWO, THREE, GONE), decisions=decisions
    )
    submissions = choose(files, described)
    counted = {one.opened.file for one in submissions if one.state is State.COUNTED}
    tables = [(at, table) for at, one in enumerate(files) if one.file in counted for table in one.tables]
    return consolidate(
        assess(tables, Law(load(), calendar_of(), as_of)),
        files,
        submissions,
        described,
        Law(load(), calendar_of(), as_of),
        previous,
    )


@pytest.fixture
def as_previous(tmp_path: Path):
    """A book written and read back, as the book before the next one."""

    def written(made: Book) -> Previous:
        path = tmp_path / f"so-{len(list(tmp_path.iterdir()))}.xlsx"
        write_book(made, path)
        return read_previous(path)

    return written


def line(made: Book, branch: str = ONE.name, name: str = "") -> Mapping[str, object]:
    board = made.submissions
    mine = board[(board["branch"] == branch) & ((board["file"] == name) if name else True)]
    return mine.iloc[0].to_dict()


def rates(made: Book) -> str:
    return dict(made.headline)["Tỷ lệ nộp sổ"]


@pytest.mark.parametrize(("day", "late"), [(9, 0), (10, 0), (11, 1), (20, 10)])
def test_a_register_is_late_by_the_days_between_the_last_day_and_the_one_it_came(day, late):
    made = line(book(file("a.xlsx", [SOUND], day=day)))
    assert made["days_late"] == late
    assert made["due_on"] == pd.Timestamp(DUE)


def test_a_register_that_has_not_come_is_late_from_the_last_day_on_and_nothing_is_late_where_there_is_none():
    assert line(book(), TWO.name)["days_late"] == 12
    assert line(book(as_of=date(2026, 11, 1)), TWO.name)["days_late"] == 0
    assert pd.isna(line(book(submit_by=None), TWO.name)["days_late"])


def test_a_branch_that_is_no_more_owes_nothing():
    gone = line(book(), GONE.name)
    assert pd.isna(gone["due_on"])
    assert pd.isna(gone["days_late"])
    assert gone["reminder"] == ""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([SOUND], "Không đổi."),
        ([{**SOUND, "birth_on": date(1999, 9, 5)}], "Không đổi."),
        ([SOUND, OTHER], "+1 dòng: thêm 1 người."),
        ([OTHER], "+0 dòng: thêm 1 người, bớt 1 người."),
        ([{**SOUND, "religion": "Phật giáo"}], "+0 dòng: sửa 1 người."),
        ([], "-1 dòng: bớt 1 người."),
    ],
    ids=["nothing", "typed otherwise", "one more", "another person", "one corrected", "one fewer"],
)
def test_the_board_tells_what_the_newest_version_changed(rows, said):
    made = book(file("cu.xlsx", [SOUND], day=1), file("moi.xlsx", rows, day=5))
    assert line(made, name="moi.xlsx")["changes"] == said
    assert line(made, name="cu.xlsx")["changes"] == ""


def test_each_register_is_compared_by_itself_though_somebody_went_from_one_to_the_other():
    made = book(
        file("mot-cu.xlsx", [SOUND, OTHER]),
        file("mot-moi.xlsx", [SOUND], day=2),
        file("hai-cu.xlsx", [WRONG], title=TWO.name),
        file("hai-moi.xlsx", [WRONG, OTHER], title=TWO.name, day=2),
    )
    assert dict(zip(made.submissions["file"], made.submissions["changes"], strict=True)) == {
        "mot-cu.xlsx": "",
        "mot-moi.xlsx": "-1 dòng: bớt 1 người.",
        "hai-cu.xlsx": "",
        "hai-moi.xlsx": "+1 dòng: thêm 1 người.",
        "": "",
    }


def test_of_four_rates_each_counts_branches_that_stand():
    made = book(
        file("1.xlsx", [SOUND], day=5),
        file("2.xlsx", [{**WRONG, "full_name": "Đỗ Văn Giả", "citizen_id": ""}], TWO.name, day=12),
    )
    assert rates(made) == ("phải nộp 3 chi bộ: đã nộp 2 = 66,67%, không có lỗi 1 = 33,33%, đúng hạn 1 = 33,33%")
    assert "đúng hạn" not in rates(book(file("1.xlsx", [SOUND]), submit_by=None))


def test_who_handed_in_in_time_stays_in_time_however_late_the_correction():
    made = book(file("cu.xlsx", [WRONG], day=5), file("moi.xlsx", [SOUND], day=20))
    assert line(made, name="moi.xlsx")["days_late"] == 10
    assert "đúng hạn 1 =" in rates(made)


def test_a_withdrawn_register_is_as_if_it_had_not_come():
    withdrawn = (Decision(DecisionKind.WITHDRAW, "1.xlsx"),)
    made = book(file("1.xlsx", [SOUND], day=5), decisions=withdrawn)
    assert "đã nộp 0 = 0%" in rates(made)
    assert "đúng hạn 0 =" in rates(made)


def test_the_reminder_of_a_missing_register_says_what_is_missing_and_by_when():
    late, early = line(book(), TWO.name), line(book(as_of=date(2026, 11, 1)), TWO.name)
    assert late["reminder"] == (
        "Kính gửi Chi bộ thôn Hai! Đến ngày 22/11/2026, Đảng ủy xã Thử chưa nhận được sổ theo dõi kết nạp đảng viên "
        "của chi bộ. Hạn nộp 10/11/2026 đã qua 12 ngày, rất mong chi bộ nộp sổ trong thời gian sớm nhất. "
        "Trân trọng cảm ơn!"
    )
    assert "chậm nhất ngày 10/11/2026" in early["reminder"]
    assert "Hạn nộp" not in line(book(submit_by=None), TWO.name)["reminder"]


def test_the_reminder_names_a_file_that_could_not_be_read():
    shut = Opened("chi-bo-thon-hai.xlsx", Path("chi-bo-thon-hai.xlsx"), error=Protected("file.protected"))
    made = book(shut)
    assert "chi-bo-thon-hai.xlsx" in line(made, TWO.name)["reminder"]
    assert line(made, "", shut.file)["reminder"] == ""


def test_the_reminder_of_a_register_with_errors_counts_them_and_one_without_gets_none():
    wrong, sound = book(file("a.xlsx", [WRONG], day=5)), book(file("a.xlsx", [SOUND], day=5))
    assert "(tệp a.xlsx) còn 1 lỗi." in line(wrong)["reminder"]
    assert line(sound)["reminder"] == ""


def test_a_reminder_names_nobody():
    made = book(file("a.xlsx", [WRONG, OTHER], day=20), file("b.xlsx", [WRONG], TWO.name, day=20))
    said = " ".join(made.submissions["reminder"]) + " ".join(made.submissions["changes"])
    assert not [name for name in ("Lê Thị Thử", "Vũ Văn Mẫu", "099199000011") if name in said]


# --- since the previous book


def test_a_register_handed_in_next_is_the_next_version_and_told_of_by_persons_and_faults(as_previous):
    before = as_previous(book(file("thang10.xlsx", [WRONG, OTHER])))
    made = line(book(file("thang11.xlsx", [SOUND, OTHER]), previous=before))
    assert made["version"] == 2
    assert made["changes"] == "+0 dòng: sửa 1 người. So với kỳ trước: lỗi 1 → 0."


def test_the_very_file_of_the_previous_book_stays_its_version_and_is_noticed_under_any_name(as_previous):
    before = as_previous(book(file("thang10.xlsx", [WRONG]), as_of=EARLIER))
    again = replace(file("doi ten.xlsx", [WRONG]), sha256="thang10.xlsx")
    made = line(book(again, previous=before))
    assert made["version"] == 1
    assert made["changes"] == "Vẫn đúng tệp đã nộp kỳ trước, chưa sửa."
    assert "(tệp doi ten.xlsx) vẫn đúng tệp đã nộp kỳ trước, chưa sửa, còn 1 lỗi." in made["reminder"]


def test_a_file_older_than_what_counted_in_the_previous_book_is_said_to_be(as_previous):
    before = as_previous(book(file("a.xlsx", [WRONG], day=1), file("b.xlsx", [SOUND], day=2)))
    made = line(book(file("a.xlsx", [WRONG]), previous=before))
    assert made["version"] == 1
    assert made["changes"] == (
        "Là bản 1 đã nộp trước đây, cũ hơn bản được tính ở kỳ trước. So với kỳ trước: lỗi 0 → 1."
    )


def test_versions_go_on_where_old_and_new_files_lie_in_one_folder(as_previous):
    before = as_previous(book(file("a.xlsx", [WRONG], day=1), file("b.xlsx", [SOUND], day=2)))
    files = file("a.xlsx", [WRONG], day=1), file("b.xlsx", [SOUND], day=2), file("c.xlsx", [SOUND, OTHER], day=3)
    made = book(*files, previous=before)
    assert [line(made, name=f"{name}.xlsx")["version"] for name in "abc"] == [1, 2, 3]
    assert [line(made, name=f"{name}.xlsx")["changes"] for name in "abc"] == ["", "", "+1 dòng: thêm 1 người."]


def test_a_branch_silent_for_a_period_goes_on_counting_where_it_had_stopped(as_previous):
    before = as_previous(book(file("a.xlsx", [SOUND], day=1), file("b.xlsx", [SOUND, OTHER], day=2)))
    silent = book(previous=before, as_of=EARLIER)
    assert line(silent)["last_version"] == 2
    assert pd.isna(line(silent)["version"])
    between = as_previous(silent)
    assert line(book(file("c.xlsx", [SOUND]), previous=between))["version"] == 3
    same = line(book(file("b.xlsx", [SOUND, OTHER]), previous=between))
    assert (same["version"], same["changes"]) == (2, "Vẫn đúng tệp đã nộp kỳ trước, chưa sửa.")


def test_a_register_that_says_the_same_in_another_file_is_a_version_without_a_change(as_previous):
    before = as_previous(book(file("a.xlsx", [{**SOUND, "birth_on": date(1999, 9, 5)}, {**OTHER, "birth_on": "2001"}])))
    made = line(book(file("b.xlsx", [SOUND, {**OTHER, "birth_on": "2001"}]), previous=before))
    assert (made["version"], made["changes"]) == (2, "Không đổi.")


def test_a_branch_first_heard_of_begins_with_its_first_version(as_previous):
    made = line(book(file("a.xlsx", [SOUND]), previous=as_previous(book())))
    assert (made["version"], made["changes"]) == (1, "")


def test_a_book_of_the_same_day_made_anew_accuses_nobody(as_previous):
    """Answers are taken over from the book they were written into, and no branch has had the time to send anything."""
    before = as_previous(book(file("a.xlsx", [WRONG], day=5)))
    made = line(book(file("a.xlsx", [WRONG], day=5), previous=before))
    assert (made["version"], made["changes"]) == (1, "")
    assert "(tệp a.xlsx) còn 1 lỗi." in made["reminder"]
    assert "kỳ trước" not in made["reminder"]
    later = line(book(file("a.xlsx", [WRONG], day=5), previous=before, as_of=date(2026, 11, 23)))
    assert "vẫn đúng tệp đã nộp kỳ trước" in later["reminder"]


def test_a_book_that_does_not_say_its_day_accuses_nobody(as_previous):
    before = replace(as_previous(book(file("a.xlsx", [WRONG], day=5), as_of=EARLIER)), as_of=None)
    assert "kỳ trước" not in line(book(file("a.xlsx", [WRONG], day=5), previous=before))["reminder"]


def test_of_a_file_whose_state_then_is_not_known_nothing_is_said_that_rests_on_it(as_previous):
    before = as_previous(book(file("a.xlsx", [WRONG], day=5), as_of=EARLIER))
    unknown = replace(before, board=before.board.assign(state=""))
    made = line(book(file("a.xlsx", [WRONG], day=5), previous=unknown))
    assert (made["version"], made["changes"]) == (1, "Không đổi.")
    assert "kỳ trước" not in made["reminder"]


# --- what was not judged


def test_what_was_not_judged_is_blank_and_no_nought():
    shut = Opened("hong.xlsx", Path("hong.xlsx"), error=Protected("file.protected"))
    out = (Decision(DecisionKind.WITHDRAW, "rut.xlsx"),)
    files = file("cu.xlsx", [WRONG], day=1), file("moi.xlsx", [SOUND], day=2), file("rut.xlsx", [WRONG], TWO.name)
    made = book(*files, shut, decisions=out)
    replaced, withdrawn, unread = (
        line(made, name="cu.xlsx"),
        line(made, TWO.name, "rut.xlsx"),
        line(made, "", shut.file),
    )
    for one in (replaced, withdrawn, unread):
        assert pd.isna(one["errors"])
        assert pd.isna(one["queries"])
    assert (replaced["rows"], withdrawn["rows"]) == (1, 1)
    assert pd.isna(unread["rows"])
    assert line(made, name="moi.xlsx")["errors"] == 0


def test_a_branch_whose_register_was_withdrawn_is_asked_for_a_new_one():
    out = (Decision(DecisionKind.WITHDRAW, "1.xlsx"),)
    made = book(file("1.xlsx", [SOUND], day=5), decisions=out)
    assert line(made)["reminder"] == (
        "Kính gửi Chi bộ thôn Một! Sổ chi bộ đã nộp (tệp 1.xlsx) đã được rút nên không tính; đến ngày 22/11/2026, "
        "Đảng ủy xã Thử chưa nhận được bản mới. Hạn nộp 10/11/2026 đã qua 12 ngày, rất mong chi bộ nộp sổ trong thời "
        "gian sớm nhất. Trân trọng cảm ơn!"
    )
