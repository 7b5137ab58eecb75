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
from workbook.incoming.previous import read_previous
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
