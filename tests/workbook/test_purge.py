"""Finished people leave our books: their names are nowhere in the new file, every count is what it was."""

import re
import zipfile
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
from workbook.outgoing.write import write_book
from workbook.purge import purge_book

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
