"""Finished people leave our books: their names are nowhere in the new file, every count is what it was."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from macros_py.cli import verbs
from validation.vocabulary import Stage
from workbook.book import DOUBLE_COLUMNS
from workbook.incoming.cache import FOLDER
from workbook.incoming.previous import read_previous
from workbook.matching import DoubleKind
from workbook.outgoing.page import Field, listed
from workbook.outgoing.styles import Accent, Look
from workbook.outgoing.write import SHEETS, render, write_book
from workbook.purging.purge import purge_book

UNTIL = date(2026, 6, 30)
DONE, LEFT = "Lê Thị Thử", "Phạm Văn Thử"
LATER, UNKNOWN = "Vũ Văn Giả", "Hồ Thị Mẫu"


@pytest.fixture
def book(quota_book, tmp_path):
    """One recognised in May, one who left in June; one recognised in October, one who left on an unknown day."""
    people = quota_book.people
    stage = people["stage"].mask(people["full_name"] == LATER, Stage.OFFICIAL).mask(people["full_name"] == UNKNOWN, "")
    days = {DONE: "2026-05-01", LATER: "2026-10-01"}
    people = people.assign(
        stage=stage,
        recognized_on=pd.to_datetime(people["full_name"].map(days)),
        status_changed_on=pd.to_datetime(people["full_name"].map({LEFT: "2026-06-30"})),
        remark=people["full_name"].map({DONE: "con bà Thử ở thôn Mây", LEFT: "099000000005"}).fillna(""),
    )
    late = quota_book.overdue.assign(name=[DONE, *quota_book.overdue["name"][1:]], cell="AH12")
    late.loc[0, "cell"] = f"AH{int(people.loc[people['full_name'] == DONE, 'row'].iloc[0])}"
    found = quota_book.findings.assign(message=f"Trùng với {LEFT} ở sổ khác.")
    path = tmp_path / "so.xlsx"
    made = quota_book.__class__(**{
        **{name: getattr(quota_book, name) for name in quota_book.__dataclass_fields__},
        "people": people, "overdue": late, "findings": found,
    })  # fmt: skip
    write_book(made, path, None)
    return path


@pytest.fixture
def purged(book, tmp_path):
    out = tmp_path / "moi.xlsx"
    assert purge_book(book, out, UNTIL).persons == 2
    return out


def everything(path) -> str:
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def numbers(path):
    """Every number and formula of every sheet but the one of persons, with its place."""
    formulas, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): (cell.value, cached[sheet.title][cell.coordinate].value)
        for sheet in formulas
        if sheet.title not in ("Dữ liệu", "Quá hạn", "Lỗi")
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type in "nf" and cell.value is not None
    }


def test_the_names_of_finished_people_are_nowhere_in_the_new_book(book, purged):
    before, after = everything(book), everything(purged)
    for text in (DONE, LEFT, "099000000001", "099000000005", "con bà Thử"):
        assert text in before
        assert text not in after


def test_who_is_not_finished_or_nobody_knows_since_when_stays(book, purged, tmp_path):
    after = everything(purged)
    assert LATER in after
    assert UNKNOWN in after
    assert purge_book(book, tmp_path / "khac.xlsx", UNTIL).undated == 1


def test_every_count_stays_what_it_was(book, purged):
    assert numbers(purged) == numbers(book)


def test_the_day_itself_belongs_to_it_and_the_day_before_does_not(book, tmp_path):
    assert purge_book(book, tmp_path / "a.xlsx", date(2026, 6, 29)).persons == 1
    assert purge_book(book, tmp_path / "b.xlsx", date(2026, 4, 30)).persons == 0
    assert not (tmp_path / "b.xlsx").exists()


def test_the_old_book_is_not_touched_and_a_second_purge_finds_nobody(book, purged, tmp_path):
    before = sha256(book.read_bytes()).hexdigest()
    assert purge_book(book, tmp_path / "nua.xlsx", UNTIL).persons == 2
    assert sha256(book.read_bytes()).hexdigest() == before
    assert purge_book(purged, tmp_path / "lan-hai.xlsx", UNTIL).persons == 0


def test_somebody_who_stays_keeps_a_name_that_a_finished_one_had_too(quota_book, tmp_path):
    people = quota_book.people.assign(full_name=DONE, status_changed_on=pd.Timestamp(2026, 1, 1))
    path, out = tmp_path / "so.xlsx", tmp_path / "moi.xlsx"
    write_book(quota_book.__class__(**{
        **{name: getattr(quota_book, name) for name in quota_book.__dataclass_fields__}, "people": people,
    }), path)  # fmt: skip
    assert purge_book(path, out, UNTIL).persons == 1
    assert len(re.findall(DONE, everything(out))) >= 1


def test_a_purged_book_can_be_the_book_before(purged):
    previous = read_previous(purged)
    assert previous.branches["admitted"].tolist() == [2, 1, 1]


@pytest.mark.libreoffice
def test_the_formulas_of_a_purged_book_give_what_those_of_the_old_one_give(book, purged, disagreements):
    assert disagreements(purged) == disagreements(book)


def test_a_folder_is_purged_book_by_book_and_the_rest_is_named(book, tmp_path):
    (tmp_path / "phieu.docx").write_bytes(b"x")
    done = CliRunner().invoke(verbs, ["purge", str(tmp_path), "--until", "2026-06-30"], standalone_mode=False)
    assert done.return_value == 1
    assert "so.xlsx: lược bỏ 2 người" in done.output
    assert "phieu.docx" in done.output
    assert "bản sao lưu" in done.output
    assert (tmp_path / "so-da-luoc.xlsx").exists()


def made(quota_book, path, **changes):
    """A quota book with other people, and what else is given."""
    kept = {name: getattr(quota_book, name) for name in quota_book.__dataclass_fields__}
    write_book(quota_book.__class__(**{**kept, **changes}), path)
    return path


def people_named(quota_book, names, gone, **columns):
    """The twelve people under other names; of those named first so many were recognised long ago."""
    people = quota_book.people.sort_values("row")
    first = [number < gone for number in range(len(people))]
    people = people.assign(
        full_name=[*names, *people["full_name"][len(names) :]],
        stage=people["stage"].mask(first, Stage.OFFICIAL).where(people["stage"] != "", Stage.DOSSIER),
        recognized_on=pd.to_datetime([date(2026, 1, 5) if one else None for one in first]),
    )
    blank = [""] * len(people)
    return people.assign(**{name: [*values, *blank[len(values) :]] for name, values in columns.items()})


def lines_of(path, *headings):
    """The cells below some headings of the sheet of persons."""
    rows = list(openpyxl.load_workbook(path)["Dữ liệu"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if "Họ và tên" in row)
    places = [rows[head].index(heading) for heading in headings]
    return [tuple(row[place] for place in places) for row in rows[head + 1 :]]


def test_a_name_that_is_part_of_another_name_leaves_the_other_whole(quota_book, tmp_path):
    names = ["Lê Văn An", "Lê Văn", "Lê Văn Anh", "Trần Lê Văn An", "Lê Văn Ân"]
    helpers = ["", "", "Lê Văn Anh Tú", "Lê Văn An", "Lê Văn An Ninh"]
    people = people_named(quota_book, names, 2, helper=helpers, native_place=["", "", "Thôn Lê Văn An"])
    path, out = made(quota_book, tmp_path / "so.xlsx", people=people), tmp_path / "moi.xlsx"
    assert purge_book(path, out, UNTIL).persons == 2
    shown = ("Họ và tên", "Đảng viên giúp đỡ", "Quê quán", "Chi bộ", "Số định danh cá nhân", "Ngày, tháng, năm sinh")
    before, after = lines_of(path, *shown), lines_of(out, *shown)
    assert [line for line in after if line[0] != "(đã lược bỏ)"] == [
        line for line in before if line[0] not in ("Lê Văn An", "Lê Văn")
    ]
    assert len(after) == 12


@pytest.mark.parametrize(
    "written",
    [
        "Hà Y",
        "HÀ Y",
        "LÊ VĂN HOÀ",
        "lê văn hoà",
        "Lê  Văn\u00a0Hoà",
        "099 090 000 001",
        "099.090.000.001",
        "99090000001",
        "090000123",
    ],
)
def test_a_finished_person_is_not_named_in_the_note_of_another_however_written(quota_book, tmp_path, written):
    remarks = ["", "", f"Em của {written}, cùng thôn.", "Công an xã, 01/02/2026, 099000000004."]
    people = people_named(quota_book, ["Lê Văn Hòa", "Hà Y"], 2, remark=remarks)
    people = people.assign(
        citizen_id=["099090000001", *people["citizen_id"][1:]],
        card_number=["", "90.000.123", *[""] * 10],
    )
    path, out = made(quota_book, tmp_path / "so.xlsx", people=people), tmp_path / "moi.xlsx"
    assert purge_book(path, out, UNTIL).unsought == 0
    notes = [note for (note,) in lines_of(out, "Ghi chú") if note]
    assert sorted(notes) == ["Công an xã, 01/02/2026, 099000000004.", "Em của (đã lược bỏ), cùng thôn."]


def test_a_name_that_is_a_word_too_is_not_sought_in_notes_and_that_is_said(quota_book, tmp_path):
    people = people_named(quota_book, ["An", "Lý Do"], 2, remark=["", "", "Công an xã hỏi lý do."])
    path = made(quota_book, tmp_path / "so.xlsx", people=people)
    done = CliRunner().invoke(verbs, ["purge", str(path), "--until", "2026-06-30"], standalone_mode=False)
    assert [note for (note,) in lines_of(tmp_path / "so-da-luoc.xlsx", "Ghi chú") if note] == ["Công an xã hỏi lý do."]
    assert "1 người có tên chỉ một chữ" in done.output


def test_every_mention_of_one_person_counted_once_goes_and_a_pair_that_is_only_asked_about_stays(quota_book, tmp_path):
    names = ["Lê Văn Hòa", "Lò Thị Mẫu"]
    people = people_named(quota_book, names, 1)
    rows = people["row"].tolist()
    doubles = pd.DataFrame(
        {
            "group": [1, 1, 2, 2],
            "kind": [DoubleKind.TWICE, DoubleKind.TWICE, DoubleKind.ASKED, DoubleKind.ASKED],
            "name": ["Lê Văn Hòa", "Lê Hòa (Tư)", "Lê Văn Hòa", "Lò Thị Mẫu"],
            "birth_on": ["05/09/1999", "1971", "05/09/1999", "1972"],
            "branch": "Chi bộ thôn Mây 1",
            "file": ["may.xlsx", "sao.xlsx", "may.xlsx", "may.xlsx"],
            "cell": [f"B{rows[0]}", "B40", f"B{rows[0]}", f"B{rows[1]}"],
            "sheet": "Sổ theo dõi",
            "status": None,
            "stage": Stage.OFFICIAL,
        }
    ).reindex(columns=list(DOUBLE_COLUMNS), fill_value="")
    path = made(quota_book, tmp_path / "so.xlsx", people=people, doubles=doubles)
    purge_book(path, tmp_path / "moi.xlsx", UNTIL)
    said = [str(cell) for row in openpyxl.load_workbook(tmp_path / "moi.xlsx")["Trùng"].values for cell in row if cell]
    assert not {"Lê Văn Hòa", "Lê Hòa (Tư)", "1971", "B40"} & set(said)
    assert {"Lò Thị Mẫu", "1972"} <= set(said)


def test_kept_readings_that_cannot_be_deleted_are_told_of_and_the_book_is_purged(book, tmp_path):
    entry = tmp_path / FOLDER / "ab" / f"{'c' * 62}.json.gz"
    entry.mkdir(parents=True)  # a folder where a file should be can be deleted by nobody as a file
    done = CliRunner().invoke(verbs, ["purge", str(book), "--until", "2026-06-30"], standalone_mode=False)
    assert done.return_value == 1
    assert "xóa hết được bản lưu" in done.output
    assert (tmp_path / "so-da-luoc.xlsx").exists()


# --- sheets that a keeper or a clerk has added, of which the purge knows nothing


BORN, PHONE = date(1999, 9, 5), 912345678


def purged_with(quota_book, tmp_path, fields, lines, *, formulas=(), notes=(), hidden=False):
    """A sheet added as docs/keeping says, in a book out of which two people go; its cells before and after.

    `lines`: what it lists; `formulas` and `notes`: what a clerk wrote to it besides, cell by cell.
    """
    people = people_named(quota_book, [DONE, LEFT, LATER], 2, remark=["con bà Thử", "", "con ông Thử"])
    people = people.assign(
        birth_on=[BORN, date(1998, 3, 2), *[date(1990, 1, 1)] * 10],
        citizen_id=[f"0990900000{number:02}" for number in range(12)],
    )

    def write(paper, book):
        page = listed(
            paper, "Ghi chú", "GHI CHÚ", fields, pd.DataFrame(lines, columns=[one.name for one in fields]), book
        )
        for cell, text, shown in formulas:
            page.formula(cell, text, shown, Look.TEXT, Accent.PLAIN)
        for cell, text in notes:
            page.sheet.write_comment(cell, text)
        if hidden:
            page.sheet.hide()

    book = replace(quota_book, people=people)
    (tmp_path / "so.xlsx").write_bytes(render(book, lambda *_: "", (*SHEETS, write)))
    assert purge_book(tmp_path / "so.xlsx", tmp_path / "moi.xlsx", UNTIL).persons == 2
    return [shown_on(tmp_path / name) for name in ("so.xlsx", "moi.xlsx")]


def shown_on(path, sheet="Ghi chú"):
    book = openpyxl.load_workbook(path, data_only=True)
    return [tuple(value or None for value in row) for row in book[sheet].iter_rows(min_row=2, values_only=True)]


MAY = "Chi bộ thôn Mây 1"
NOTES = (
    Field("branch", "Chi bộ", 20),
    Field("full_name", "Họ và tên", 20),
    Field("phone", "Điện thoại", 12, Look.COUNT),
    Field("birth_on", "Ngày sinh", 12, Look.DATE),
    Field("remark", "Ghi chú", 30),
)
NOTED = [
    (MAY, DONE, PHONE, pd.Timestamp(BORN), "con bà Thử"),
    (MAY, LATER, PHONE + 1, pd.Timestamp(1990, 1, 1), "con ông Thử"),
    (MAY, f"{LEFT.upper()} (1998)", None, pd.Timestamp(1998, 3, 2), "hẹn gặp"),
]


@pytest.mark.parametrize("hidden", [False, True])
def test_of_a_finished_person_s_line_on_a_sheet_that_was_added_only_the_branch_stays(quota_book, tmp_path, hidden):
    before, after = purged_with(quota_book, tmp_path, NOTES, NOTED, hidden=hidden)
    assert before[0][2:4] == (PHONE, pd.Timestamp(BORN))
    assert after == [(MAY, None, None, None, None), before[1], (MAY, None, None, None, None)]


def test_a_line_without_a_name_is_known_by_the_number_or_by_the_day_of_birth_beside_something_else(
    quota_book, tmp_path
):
    fields = (
        Field("id", "Số", 12),
        Field("when", "Ngày", 12, Look.DATE),
        Field("what", "Việc", 30),
        Field("n", "Lần", 5),
    )
    before, after = purged_with(
        quota_book,
        tmp_path,
        fields,
        [
            ("099 090 000 000", None, "quà", 31),
            (None, pd.Timestamp(BORN), "con bà Thử", 32),
            (None, pd.Timestamp(BORN), "ngày hội", 33),
            ("099 090 000 002", None, "quà", 34),
        ],
    )
    assert after == [(None,) * 4, (None,) * 4, *before[2:]]


def test_of_two_who_share_a_name_the_line_is_the_one_s_of_whom_it_says_most(quota_book, tmp_path):
    people = people_named(quota_book, [DONE, DONE], 1).assign(
        birth_on=[BORN, date(1998, 3, 2), *[date(1990, 1, 1)] * 10]
    )
    fields = (Field("name", "Tên", 20), Field("birth_on", "Sinh", 12, Look.DATE), Field("gift", "Quà", 12))
    lines = [(DONE, pd.Timestamp(1998, 3, 2), "sách"), (DONE, pd.Timestamp(BORN), "vở"), (DONE, None, "bút")]

    def write(paper, book):
        listed(paper, "Ghi chú", "GHI CHÚ", fields, pd.DataFrame(lines, columns=["name", "birth_on", "gift"]), book)

    path, out = tmp_path / "so.xlsx", tmp_path / "moi.xlsx"
    path.write_bytes(render(replace(quota_book, people=people), lambda *_: "", (*SHEETS, write)))
    purge_book(path, out, UNTIL)
    assert shown_on(out) == [(DONE, pd.Timestamp(1998, 3, 2), "sách"), (None, None, None), (None, None, None)]


@pytest.mark.parametrize("heading", ["Đảng viên giúp đỡ", "Người theo dõi"])
def test_a_sheet_that_counts_by_helpers_stays_as_it_is_though_a_finished_person_helps(quota_book, tmp_path, heading):
    fields = (Field("branch", "Chi bộ", 20), Field("helper", heading, 20), Field("helped", "Số người", 9))
    before, after = purged_with(quota_book, tmp_path, fields, [(MAY, DONE, 3), (MAY, LATER, 2)])
    assert [line[2] for line in after] == [line[2] for line in before] == [3, 2]


def test_what_formulas_count_stays_and_the_result_of_a_formula_about_a_person_goes(quota_book, tmp_path):
    formulas = [
        ((1, 5), '=B2&" "&YEAR(D2)', f"{DONE} 1999"),
        ((4, 2), "=SUM(C2:C4)", 2 * PHONE + 1),
        ((4, 3), "=MAX(D2:D4)", 36408),
    ]
    fields, noted = (*NOTES, Field("told", "Gọi là", 20)), [(*line, "") for line in NOTED]
    before, after = purged_with(quota_book, tmp_path, fields, noted, formulas=formulas)
    assert after[3] == before[3]
    assert after[0] == (MAY, None, PHONE, None, None, None)  # the sum must tie; the day of birth goes all the same
    formula = openpyxl.load_workbook(tmp_path / "moi.xlsx")["Ghi chú"]["F2"].value
    assert formula == '=B2&" "&YEAR(D2)'


def test_a_list_that_was_added_and_names_its_source_keeps_of_a_finished_person_only_the_branch(quota_book, tmp_path):
    rows = quota_book.people.sort_values("row")["row"].tolist()
    file = quota_book.people.sort_values("row")["file"].tolist()
    headings = ("Chi bộ", "Nhóm", "Mã", "Tệp", "Trang", "Ô")
    fields = tuple(Field(f"column_{at}", heading, 12) for at, heading in enumerate(headings))
    lines = [(MAY, "hộ nghèo", f"ND-{at}", file[at], "Sổ theo dõi", f"B{rows[at]}") for at in (0, 2)]
    before, after = purged_with(quota_book, tmp_path, fields, lines)
    assert after == [(MAY, None, None, None, None, None), before[1]]


def test_a_note_at_a_finished_person_s_line_is_blank_and_elsewhere_the_name_goes_from_it(quota_book, tmp_path):
    notes = [("C2", "Sinh ngày 5/9/1999, gọi buổi tối."), ("C3", f"Em của {DONE}, gọi buổi sáng.")]
    purged_with(quota_book, tmp_path, NOTES, NOTED, notes=notes)
    sheet = openpyxl.load_workbook(tmp_path / "moi.xlsx")["Ghi chú"]
    said = [(cell.comment.text if cell.comment else "").strip() for cell in (sheet["C2"], sheet["C3"])]
    assert said == ["", "Em của (đã lược bỏ), gọi buổi sáng."]
