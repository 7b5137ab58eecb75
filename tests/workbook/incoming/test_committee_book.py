"""What a clerk may write in a committee book, and what comes of it."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from workbook.committee import Branch, Committee, CountedBy, Decision, DecisionKind
from workbook.committee_layout import BRANCHES, DECISIONS, HOLIDAYS, SETTINGS
from workbook.errors import BadCommitteeBook
from workbook.incoming.committee_book import parse, read_committee
from workbook.incoming.grid import Grid
from workbook.incoming.headings import heading_key
from workbook.messages import catalogue, sentence
from workbook.outgoing.template import write_committee

WHOLE = Committee(
    name="Đảng ủy xã Suối Mây",
    superior="Tỉnh ủy Sông Trong",
    year=2026,
    closing_on=date(2026, 6, 30),
    counted_by=CountedBy.DECISION,
    decimals=0,
    reminders=(60, 30),
    overlays=("ha-noi",),
    submit_by=date(2026, 7, 5),
    forecast_until=date(2026, 11, 30),
    term_from=date(2025, 7, 1),
    term_to=date(2030, 6, 30),
    branches=(
        Branch(
            "CB01", "Chi bộ thôn Nà Ổi", ("CB Nà Ổi", "Nà Ổi"), "Thôn", 24, 3, 12, "Vi Văn Thử", members_at_start=22
        ),
        Branch("CB02", "Chi bộ thôn Bản Sậy", quota=0, valid_to=date(2026, 3, 31), merged_into="Chi bộ thôn Nà Ổi"),
        Branch("", "Chi bộ Trường Tiểu học Nà Ổi", valid_from=date(2026, 4, 1)),
    ),
    workdays={date(2026, 1, 2): False, date(2026, 1, 10): True},
    decisions=(
        Decision(DecisionKind.WITHDRAW, "so-cu.xlsx", note="gửi nhầm"),
        Decision(DecisionKind.ASSIGN, "so-1.xlsx", "Chi bộ thôn Nà Ổi"),
        Decision(DecisionKind.HEADING, "Ngày vào ĐTNCS", "Ngày vào Đoàn"),
        Decision(DecisionKind.EXPLAIN, "BCDFG-HJKLM", "Lũ cuốn cầu", "", "Vi Văn Thử", date(2026, 6, 15)),
        Decision(DecisionKind.PERSON, "KTRMBX-QWDFGH", "Là một người; tính ở Chi bộ thôn Nà Ổi"),
        Decision(DecisionKind.OTHER, "Hai người cùng tên ở Nà Ổi"),
    ),
)

SETTINGS_ROWS = (
    ("Mục", "Giá trị"),
    ("Tên cấp ủy", "Đảng ủy xã Suối Mây"),
    ("Năm", 2026.0),
    ("Đếm kết nạp theo", "Lễ kết nạp"),
    ("Số chữ số thập phân", 2.0),
    ("Mốc nhắc (ngày)", "90;60;30;15;7"),
)
BRANCH_ROWS = (("Mã", "Chi bộ", "Tên khác", "Chỉ tiêu năm"), ("CB01", "Chi bộ thôn Nà Ổi", "", 3.0))


def grid(sheet: str, *rows: tuple[object, ...]) -> Grid:
    width = max(map(len, rows))
    return Grid(sheet, [[*row, *[""] * (width - len(row))] for row in rows])


def book(settings=SETTINGS_ROWS, branches=BRANCH_ROWS, **others) -> list[Grid]:
    more = [grid(sheet.replace("_", " "), *rows) for sheet, rows in others.items()]
    return [grid("Cấu hình", *settings), grid("Chi bộ", *branches), *more]


def asked(grids: list[Grid]) -> list[tuple[str, str, str]]:
    """Sheet, cell and code of every question; each must fill its sentence (an ellipsis is a gap)."""
    questions = parse(grids)[1]
    said = [sentence(question.code, {"cell": question.cell, **question.detail}) for _, question in questions]
    assert not [one for one in said if "…" in one.message + one.fix]
    return [(sheet, question.cell, question.code) for sheet, question in questions]


def test_a_book_written_from_a_committee_reads_back_as_that_committee(tmp_path: Path) -> None:
    write_committee(tmp_path / "so.xlsx", WHOLE)

    assert read_committee(tmp_path / "so.xlsx") == (WHOLE, ())


def test_a_blank_book_says_in_one_sentence_that_the_year_is_missing(tmp_path: Path) -> None:
    write_committee(tmp_path / "so.xlsx")

    with pytest.raises(BadCommitteeBook) as caught:
        read_committee(tmp_path / "so.xlsx")

    said = sentence(caught.value.code, caught.value.detail)
    assert caught.value.code == "committee.year_missing"
    assert "Cấu hình" in said.message
    assert "Năm" in said.message
    assert "2026" in said.fix


def test_a_clerk_fills_the_blank_book_with_year_and_branches_and_it_runs(tmp_path: Path) -> None:
    """The usual settings stand in the blank book already."""
    path = tmp_path / "so.xlsx"
    write_committee(path)
    filled = openpyxl.load_workbook(path)
    settings = {row[0].value: row[1] for row in filled["Cấu hình"].iter_rows()}
    settings["Năm"].value, settings["Tên cấp ủy"].value = 2026, "Đảng ủy xã Suối Mây"
    filled["Chi bộ"]["B2"].value = "Chi bộ thôn Nà Ổi"
    filled.save(path)

    committee, questions = read_committee(path)

    assert questions == ()
    assert committee == Committee("Đảng ủy xã Suối Mây", year=2026, branches=(Branch("", "Chi bộ thôn Nà Ổi"),))


def test_title_rows_moved_columns_and_blank_rows_change_nothing() -> None:
    branches = (
        ("ĐẢNG ỦY XÃ SUỐI MÂY",),
        ("",),
        ("TT", "Chỉ tiêu  năm", "TÊN KHÁC", "chi bộ *", "Mã (nếu có)"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("",),
        (1.0, 3.0, "Nà Ổi", "Chi bộ thôn Nà Ổi", "CB01"),
        ("",),
        (2.0, "", "", "Chi bộ thôn Bản Sậy", ""),
        ("", 3.0, "", "Tổng số", ""),
    )
    settings = (("CẤU HÌNH",), ("Ghi chú", "Mục", "Đơn vị", "Giá trị"), *(("", a, "", b) for a, b in SETTINGS_ROWS[1:]))

    committee, questions = parse(book(settings, branches))

    assert questions == ()
    assert committee.year == 2026
    assert committee.branches == (
        Branch("CB01", "Chi bộ thôn Nà Ổi", ("Nà Ổi",), quota=3),
        Branch("", "Chi bộ thôn Bản Sậy"),
    )


def test_numbers_and_days_typed_as_text_are_read() -> None:
    settings = (
        *SETTINGS_ROWS[:2],
        ("Năm", " 2026 "),
        ("Đếm kết nạp theo", "quyết định"),
        ("Số chữ số thập phân", "1"),
        ("Mốc nhắc (ngày)", "60, 30"),
        ("Ngày chốt", "30/6/2026"),
        ("Ngày nộp", date(2026, 7, 5)),
    )

    committee, questions = parse(book(settings, (BRANCH_ROWS[0], ("1", "Chi bộ thôn Nà Ổi", "", "12"))))

    assert questions == ()
    assert (committee.year, committee.counted_by, committee.decimals) == (2026, CountedBy.DECISION, 1)
    assert committee.reminders == (60, 30)
    assert (committee.closing_on, committee.submit_by) == (date(2026, 6, 30), date(2026, 7, 5))
    assert committee.branches[0].quota == 12


@pytest.mark.parametrize(("typed", "quota"), [("", None), ("-", None), (0.0, 0), ("0", 0), ("03", 3)])
def test_a_blank_quota_is_no_quota_and_a_zero_is_zero(typed: object, quota: int | None) -> None:
    committee, questions = parse(book(branches=(BRANCH_ROWS[0], ("CB01", "Chi bộ thôn Nà Ổi", "", typed))))

    assert (committee.branches[0].quota, questions) == (quota, ())


@pytest.mark.parametrize("typed", ["mười", -1.0, 2.5, "3 người", date(2026, 3, 1), True])
def test_a_quota_that_is_no_number_is_asked_about_and_counts_as_none(typed: object) -> None:
    grids = book(branches=(("TIÊU ĐỀ",), BRANCH_ROWS[0], ("CB01", "Chi bộ thôn Nà Ổi", "", typed)))

    committee, ((sheet, question),) = parse(grids)

    assert committee.branches == (Branch("CB01", "Chi bộ thôn Nà Ổi"),)
    assert (sheet, question.cell, question.code) == ("Chi bộ", "D3", "count.unreadable")
    assert "D3 (Chỉ tiêu năm)" in sentence(question.code, {"cell": question.cell, **question.detail}).message


@pytest.mark.parametrize(
    ("typed", "code"), [("31/02/2026", "date.impossible"), ("6/2026", "date.partial"), ("nay mai", "date.unreadable")]
)
def test_a_day_that_is_none_is_asked_about_and_the_run_goes_on(typed: str, code: str) -> None:
    grids = book((*SETTINGS_ROWS, ("Ngày chốt", typed)))

    assert parse(grids)[0].closing_on is None
    assert asked(grids) == [("Cấu hình", "B7", code)]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ((("Mục", "Giá trị"), ("Tên cấp ủy", "Đảng ủy xã Suối Mây")), "committee.year_missing"),
        ((("Mục", "Giá trị"), ("Năm", "năm nay")), "committee.year_missing"),
        ((("Mục", "Giá trị"), ("Năm", 26.0)), "committee.year_missing"),
        ((("Năm", 2026.0),), "committee.sheet_missing"),
    ],
)
def test_without_a_legible_year_the_book_is_refused(settings: tuple[tuple[object, ...], ...], code: str) -> None:
    with pytest.raises(BadCommitteeBook) as caught:
        parse(book(settings))

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("branches", "code"),
    [
        ((BRANCH_ROWS[0],), "committee.no_branch"),
        ((BRANCH_ROWS[0], ("", "Tổng số", "", 3.0)), "committee.no_branch"),
        ((("Mã", "Chỉ tiêu năm"), ("CB01", 3.0)), "committee.sheet_missing"),
    ],
)
def test_without_a_branch_the_book_is_refused(branches: tuple[tuple[object, ...], ...], code: str) -> None:
    with pytest.raises(BadCommitteeBook) as caught:
        parse(book(branches=branches))

    assert caught.value.code == code


def test_a_book_without_its_sheets_is_refused() -> None:
    with pytest.raises(BadCommitteeBook) as caught:
        parse([grid("Chi bộ", *BRANCH_ROWS)])

    assert "Cấu hình" in sentence(caught.value.code, caught.value.detail).message


def test_a_blank_setting_takes_its_usual_value_and_says_so() -> None:
    grids = book((*SETTINGS_ROWS[:3], ("Đếm kết nạp theo", ""), ("Số chữ số thập phân", 1.0)))

    committee, questions = parse(grids)

    assert (committee.counted_by, committee.reminders) == (CountedBy.CEREMONY, (90, 60, 30, 15, 7))
    assert asked(grids) == [
        ("Cấu hình", "B4", "committee.setting_blank"),
        ("Cấu hình", "B1", "committee.setting_blank"),
    ]
    assert [question.detail["used"] for _, question in questions] == ["Lễ kết nạp", "90;60;30;15;7"]


def test_a_committee_without_a_name_is_asked_for_it() -> None:
    grids = book((SETTINGS_ROWS[0], *SETTINGS_ROWS[2:]))

    assert parse(grids)[0].name == ""
    assert asked(grids) == [("Cấu hình", "B1", "committee.name_missing")]


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        (("Mốc nhắc", "bảy"), "B7", "count.unreadable"),
        (("Đếm kết nạp theo", "Ngày họp"), "B7", "committee.choice"),
        (("Số chữ số thập phân", 3.0), "B7", "committee.out_of_range"),
        (("Lớp quy định (overlay)", "ha-noi; sông trong"), "B7", "committee.overlay"),
        (("Mốc dự báo", date(2027, 1, 1)), "B7", "committee.forecast_year"),
        (("Năm kế hoạch", 2027.0), "A7", "committee.setting_unknown"),
        (("Năm", 2027.0), "A7", "committee.repeated"),
    ],
)
def test_an_odd_setting_is_asked_about_and_not_used(row: tuple[object, ...], cell: str, code: str) -> None:
    kept = [line for line in SETTINGS_ROWS if line[0] == "Năm" or heading_key(str(line[0])) != heading_key(str(row[0]))]
    kept += [("", "")] * (6 - len(kept))
    grids = book((*kept, row))

    assert asked(grids) == [("Cấu hình", cell, code)]
    assert parse(grids)[0] == Committee(
        "Đảng ủy xã Suối Mây", year=2026, branches=(Branch("CB01", "Chi bộ thôn Nà Ổi", quota=3),)
    )


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 11, 30), date(2026, 12, 31)])
def test_forecasts_look_to_the_day_the_committee_sets_in_its_year(day: date) -> None:
    assert parse(book((*SETTINGS_ROWS, ("Mốc dự báo", day))))[0].forecast_day == day


def test_forecasts_look_to_the_end_of_the_year_where_no_day_is_set() -> None:
    assert parse(book())[0].forecast_day == date(2026, 12, 31)


def test_an_overlay_is_known_by_its_name() -> None:
    assert parse(book((*SETTINGS_ROWS, ("Lớp quy định", "ha-noi"))))[0].overlays == ("ha-noi",)


@pytest.mark.parametrize(
    ("second", "cell"),
    [
        (("CB02", "CHI BỘ THÔN NÀ ỔI", ""), "B3"),
        (("cb01", "Chi bộ thôn Bản Sậy", ""), "A3"),
        (("CB02", "Chi bộ thôn Bản Sậy", "Bản Sậy; nà ổi"), "C3"),
        (("CB02", "Nà Ổi", ""), "B3"),
    ],
)
def test_two_branches_of_one_name_are_asked_about(second: tuple[str, ...], cell: str) -> None:
    """A register of that name could belong to either."""
    grids = book(branches=(("Mã", "Chi bộ", "Tên khác"), ("CB01", "Chi bộ thôn Nà Ổi", "Nà Ổi"), second))

    assert len(parse(grids)[0].branches) == 2
    assert asked(grids) == [("Chi bộ", cell, "committee.branch_twice")]


def test_a_branch_may_repeat_its_own_name_among_its_aliases() -> None:
    branches = (("Mã", "Chi bộ", "Tên khác"), ("CB01", "Chi bộ thôn Nà Ổi", "chi bộ thôn nà ổi; CB01; Nà Ổi"))

    assert asked(book(branches=branches)) == []


def test_a_line_without_a_name_is_no_branch_and_is_asked_about() -> None:
    grids = book(branches=(*BRANCH_ROWS, ("CB02", "", "", 2.0)))

    assert len(parse(grids)[0].branches) == 1
    assert asked(grids) == [("Chi bộ", "B3", "committee.branch_unnamed")]


def test_a_branch_merged_into_one_that_the_book_lacks_is_asked_about() -> None:
    head = ("Chi bộ", "Sáp nhập vào", "Hiệu lực từ", "Hiệu lực đến")
    heirs = (("Chi bộ thôn Nà Ổi", "Chi bộ thôn Đá Đen"), ("Chi bộ thôn Bản Sậy", "chi bộ thôn nà ổi", "", "30/6/2026"))
    grids = book(branches=(head, *heirs))

    assert [branch.merged_into for branch in parse(grids)[0].branches] == ["", "chi bộ thôn nà ổi"]
    assert asked(grids) == [("Chi bộ", "B2", "committee.merged_into")]


def test_a_merger_names_another_branch_and_a_day() -> None:
    head = ("Chi bộ", "Tên khác", "Sáp nhập vào", "Hiệu lực đến")
    first = ("Chi bộ thôn Nà Ổi", "Nà Ổi", "Nà Ổi", "30/6/2026")
    second = ("Chi bộ thôn Bản Sậy", "", "Chi bộ thôn Nà Ổi", "")
    grids = book(branches=(head, first, second))

    assert [branch.merged_into for branch in parse(grids)[0].branches] == ["", "Chi bộ thôn Nà Ổi"]
    assert asked(grids) == [
        ("Chi bộ", "C2", "committee.merged_into_itself"),
        ("Chi bộ", "D3", "committee.merged_undated"),
    ]


def test_a_branch_that_ends_before_it_begins_has_neither_day() -> None:
    rows = (("Chi bộ", "Hiệu lực từ", "Hiệu lực đến"), ("Chi bộ thôn Nà Ổi", "1/10/2026", "30/9/2026"))
    grids = book(branches=rows)

    assert parse(grids)[0].branches == (Branch("", "Chi bộ thôn Nà Ổi"),)
    assert asked(grids) == [("Chi bộ", "C2", "committee.order")]


def test_a_heading_that_stands_twice_counts_once() -> None:
    grids = book(branches=(("Chi bộ", "Chỉ tiêu năm", "Chỉ tiêu năm"), ("Chi bộ thôn Nà Ổi", 3.0, 4.0)))

    assert parse(grids)[0].branches[0].quota == 3
    assert asked(grids) == [("Chi bộ", "C1", "committee.repeated")]


def test_days_off_and_days_worked_override_the_calendar() -> None:
    days = (
        ("Ngày", "Loại", "Căn cứ"),
        ("02/01/2026", "Nghỉ", "hoán đổi"),
        (date(2026, 1, 10), "LÀM BÙ", ""),
        ("31/02/2026", "Nghỉ", ""),
        ("", "Nghỉ", ""),
        ("03/03/2026", "", ""),
        ("04/03/2026", "Trực", ""),
        ("05/03/2026", "Nghỉ", ""),
        ("05/03/2026", "Làm bù", ""),
    )
    grids = book(Ngày_nghỉ=days)

    assert parse(grids)[0].workdays == {date(2026, 1, 2): False, date(2026, 1, 10): True}
    assert sorted(asked(grids)) == [
        ("Ngày nghỉ", "A4", "date.impossible"),
        ("Ngày nghỉ", "A5", "committee.line_incomplete"),
        ("Ngày nghỉ", "A9", "committee.day_twice"),
        ("Ngày nghỉ", "B6", "committee.line_incomplete"),
        ("Ngày nghỉ", "B7", "committee.choice"),
    ]


def test_a_decision_needs_what_it_is_about() -> None:
    decisions = (
        ("Loại", "Đối tượng", "Nội dung", "Người quyết định", "Ngày", "Ghi chú"),
        ("Rút tệp", "so-cu.xlsx", "", "Vi Văn Thử", "15/06/2026", "gửi nhầm"),
        ("Tệp của chi bộ", "so-1.xlsx", "", "", "", ""),
        ("Tiêu đề cột", "", "Ngày vào Đoàn", "", "", ""),
        ("Khác", "Trùng tên", "", "", "", ""),
    )
    grids = book(Quyết_định=decisions)

    assert parse(grids)[0].decisions == (
        Decision(DecisionKind.WITHDRAW, "so-cu.xlsx", "", "gửi nhầm", "Vi Văn Thử", date(2026, 6, 15)),
        Decision(DecisionKind.OTHER, "Trùng tên"),
    )
    assert sorted(asked(grids)) == [
        ("Quyết định", "B4", "committee.line_incomplete"),
        ("Quyết định", "C3", "committee.line_incomplete"),
    ]


def test_a_decision_about_doubles_names_a_group_an_answer_and_a_branch_that_is_known() -> None:
    code = "KTRMBX-QWDFGH"
    decisions = (
        ("Loại", "Đối tượng", "Nội dung"),
        ("Trùng người", code, "Là hai người khác nhau"),
        ("Trùng người", code, "Là một người; tính ở chi bộ thôn Nà Ổi"),
        ("Trùng người", "nhóm 3", "Là một người"),
        ("Trùng người", code, "chưa rõ"),
        ("Trùng người", code, "Là một người; tính ở Chi bộ thôn Xa"),
        ("Trùng người", code, ""),
    )
    grids = book(Quyết_định=decisions)

    assert [one.content for one in parse(grids)[0].decisions] == [decisions[1][2], decisions[2][2]]
    assert sorted(asked(grids)) == [
        ("Quyết định", "B4", "committee.group_code"),
        ("Quyết định", "C5", "committee.answer"),
        ("Quyết định", "C6", "committee.answer"),
        ("Quyết định", "C7", "committee.line_incomplete"),
    ]


def test_an_explanation_names_the_code_of_a_query_and_a_reason() -> None:
    decisions = (
        ("Loại", "Đối tượng", "Nội dung"),
        ("Giải trình", "BCDFG-HJKLM", "Thẩm tra chậm vì lũ"),
        ("Giải trình", "ô F12", "Thẩm tra chậm vì lũ"),
        ("Giải trình", "BCDFG-HJKLM", ""),
    )
    grids = book(Quyết_định=decisions)

    assert parse(grids)[0].decisions == (Decision(DecisionKind.EXPLAIN, "BCDFG-HJKLM", "Thẩm tra chậm vì lũ"),)
    assert sorted(asked(grids)) == [
        ("Quyết định", "B3", "committee.query_code"),
        ("Quyết định", "C4", "committee.line_incomplete"),
    ]


def test_a_sheet_whose_columns_are_lost_is_not_read_and_says_so() -> None:
    grids = book(Ngày_nghỉ=(("02/01/2026", "Nghỉ"),))

    assert parse(grids)[0].workdays == {}
    assert asked(grids) == [("Ngày nghỉ", "", "committee.columns_missing")]


def test_no_two_headings_of_a_sheet_look_alike_to_the_reader() -> None:
    for sheet in (SETTINGS, BRANCHES, HOLIDAYS, DECISIONS):
        keys = [heading_key(field.heading) for field in sheet.fields]
        assert len(set(keys)) == len(keys)


def test_every_sentence_of_the_committee_book_is_said_by_its_reader() -> None:
    """And the reader says none that is not written: KeyError would stop the tests above."""
    room = Path(parse.__code__.co_filename).parent
    code = "\n".join(path.read_text("utf-8") for path in room.glob("committee_*.py"))

    assert [name for name in catalogue() if name.startswith("committee.") and f'"{name}"' not in code] == []
