"""Groups of which nobody knows who belongs to them: nothing of it goes into a form as if it were known."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from workbook.consolidate.composition import composition, former_blocks
from workbook.incoming.quota_book import read_quota_book
from workbook.layout import LACKING_HEADINGS
from workbook.outgoing.form.fill import fill_form
from workbook.outgoing.form.mapping import FormMap
from workbook.outgoing.lacking_list import write_lacking
from workbook.outgoing.write import write_book

#: Label of the form → name of the value; the form's lines stand from row 3 on.
LINES = {
    "Tổng số kết nạp": "composition.admitted.total",
    "Đoàn viên": "composition.union_member.total",
    "Theo tôn giáo": "composition.religious.total",
    "Không theo tôn giáo": "composition.religious.no.total",
    "Dân tộc thiểu số": "composition.minority.total",
    "Tỷ lệ dân tộc thiểu số": "composition.minority.share",
    "Chưa rõ tôn giáo": "composition.religious.unknown.total",
    "Tuổi bình quân": "composition.age.mean.total",
    "Nữ": "composition.sex.female.total",
    "Công nhân": "composition.groups.worker.total",
    "Nông dân": "composition.groups.farmer.total",
}


@pytest.fixture
def form(tmp_path):
    path, book = tmp_path / "bieu.xlsx", openpyxl.Workbook()
    for row in (["Biểu thử"], ["Tiêu chí", "Kỳ này"], *([label] for label in LINES)):
        book.active.append(row)
    book.save(path)
    return path


def mapped(names=LINES, **columns):
    cells = [{"row": row, "value": name} for row, name in names.items()]
    return FormMap.model_validate({"stands": ["Biểu thử"], "columns": columns or {"Kỳ này": "now"}, "cells": cells})


@pytest.fixture
def recounted(quota_book):
    """`recounted(sex=…)`: the book of four admitted of whom a column says what is given for each, else nothing."""

    def recount(**columns):
        people = quota_book.people
        admitted = people.index[people["admitted_in"] == 2026]
        unknown = {"union_member": pd.NA, "religious": pd.NA, "minority": pd.NA, "age": pd.NA, "sex": "", "groups": ""}
        for name, blank in unknown.items():
            said = columns.get(name, [blank] * len(admitted))
            people = people.assign(**{name: pd.Series(said, admitted).astype(quota_book.people[name].dtype)})
        people["groups"] = people["groups"].fillna("")
        return replace(quota_book, people=people,
                       composition=composition(people, quota_book.branches["name"].tolist(), 2026))  # fmt: skip

    return recount


@pytest.fixture
def filled(recounted, form, tmp_path):
    """`filled(**columns)`: what became of the form, and what stands in it by label."""

    def fill(mapping=None, **columns):
        write_book(recounted(**columns), tmp_path / "so.xlsx")
        made = fill_form(read_quota_book(tmp_path / "so.xlsx"), form, tmp_path / "ra.xlsx", mapping or mapped())
        sheet = openpyxl.load_workbook(tmp_path / "ra.xlsx").active
        return made, {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}

    return fill


def told(made, code):
    """Cells and why, a text for each reason."""
    cells = next((one.detail["cells"] for one in made.questions if one.code == code), "")
    return cells.split("; ") if isinstance(cells, str) and cells else cells


def test_of_a_block_of_which_nothing_is_known_no_zero_is_written(filled):
    made, cells = filled()
    assert [label for label, value in cells.items() if value is not None] == ["Tổng số kết nạp", "Chưa rõ tôn giáo"]
    assert cells["Tổng số kết nạp"] == cells["Chưa rõ tôn giáo"] == 4
    blank = told(made, "form.unsure_blank")
    assert [text for text in blank if "Đoàn viên (B4)" in text and "cả 4 người" in text and "“Ngày vào Đoàn”" in text]
    assert [text for text in blank if "Công nhân (B12), Nông dân (B13)" in text and "“Đối tượng”" in text]
    assert not told(made, "form.unsure")
    assert not told(made, "form.blank")
    assert not told(made, "form.no_value")


def test_a_zero_among_the_known_is_no_zero_of_all(filled):
    made, cells = filled(religious=[False, False, pd.NA, pd.NA])
    assert cells["Theo tôn giáo"] is None
    assert [text for text in told(made, "form.unsure_blank") if "Theo tôn giáo (B5)" in text and "còn 2 người" in text]


def test_what_is_counted_so_far_is_written_and_said_to_be_so(filled):
    groups = ["|Công nhân|", "", "|Công nhân|", ""]
    made, cells = filled(minority=[True, False, pd.NA, True], groups=groups, age=[20, 21, pd.NA, pd.NA])
    assert [cells["Dân tộc thiểu số"], cells["Tỷ lệ dân tộc thiểu số"], cells["Công nhân"]] == [2, 50, 2]
    assert cells["Tuổi bình quân"] == 20.5
    assert cells["Nông dân"] is None
    some = told(made, "form.unsure")
    (minority,) = [text for text in some if text.startswith("Dân tộc thiểu số (B7)")]
    assert "mới có 2, còn 1 người chưa rõ" in minority
    (worker,) = [text for text in some if text.startswith("Công nhân (B12)")]
    assert "mới có 2, còn 2 người chưa rõ" in worker


def test_where_everybody_is_known_nothing_is_said(filled):
    known = [True, False, False, True]
    groups = ["|Công nhân|", "|Khác|", "|Khác|", "|Khác|"]
    made, cells = filled(union_member=known, religious=[False] * 4, minority=known, age=[20, 30, 40, 50],
                         sex=["Nam"] * 4, groups=groups,
                         mapping=mapped({row: name for row, name in LINES.items() if row != "Đoàn viên"}))  # fmt: skip
    assert [cells["Theo tôn giáo"], cells["Không theo tôn giáo"], cells["Nữ"], cells["Nông dân"]] == [0, 4, 0, 0]
    assert not {"form.unsure", "form.unsure_blank"} & {one.code for one in made.questions}
    assert not made.unsure


def test_a_value_named_by_the_label_of_its_line_is_held_back_too(filled):
    names = {"Đoàn viên": "composition.Người theo tôn giáo.total",
             "Nữ": "composition.Tôn giáo.Người theo tôn giáo.total"}  # fmt: skip
    made, cells = filled(mapped(names), religious=[False, False, False, pd.NA])
    assert [cells["Đoàn viên"], cells["Nữ"]] == [None, None]
    assert len(told(made, "form.unsure_blank")) == 1


def test_no_share_is_worked_out_of_a_number_that_is_not_complete(filled, form):
    book = openpyxl.load_workbook(form)
    sheet = book.active
    sheet.insert_rows(3)
    for column, text in enumerate(("1", "2", "3", "4(=2*100/3)"), 1):
        sheet.cell(3, column, text)
    sheet["C2"], sheet["D2"], sheet["C8"], sheet["C4"] = "Năm trước", "(%)", 4, 2
    book.save(form)
    names = {row: LINES[row] for row in ("Tổng số kết nạp", "Dân tộc thiểu số")}
    made, _ = filled(mapped(names, **{"Kỳ này": "now", "(%)": "rule"}), minority=[True, False, pd.NA, True])
    sheet = openpyxl.load_workbook(form.with_name("ra.xlsx")).active
    assert [sheet["B4"].value, sheet["D4"].value] == [4, 200]
    assert [sheet["B8"].value, sheet["D8"].value] == [2, None]
    assert [text for text in told(made, "form.unsure_blank") if "Dân tộc thiểu số (D8)" in text]


def test_what_last_years_book_does_not_know_is_not_written_either(recounted, form, tmp_path):
    book = openpyxl.load_workbook(form)
    book.active["C2"] = "Năm trước"
    book.save(form)
    write_book(recounted(minority=[True] * 4, religious=[True] * 4), tmp_path / "so.xlsx")
    last = recounted(minority=[True, pd.NA, pd.NA, pd.NA])
    people = last.people.assign(admitted_in=last.people["admitted_in"].replace(2026, 2025))
    told_anew = composition(people, last.branches["name"].tolist(), 2025)
    write_book(replace(last, people=people, composition=told_anew, as_of=last.as_of.replace(year=2025),
                       committee=replace(last.committee, year=2025)), tmp_path / "truoc.xlsx")  # fmt: skip
    now, before = read_quota_book(tmp_path / "so.xlsx"), read_quota_book(tmp_path / "truoc.xlsx", earlier=True)
    names = {row: LINES[row] for row in ("Theo tôn giáo", "Dân tộc thiểu số")}
    mapping = mapped(names, **{"Kỳ này": "now", "Năm trước": "before"})
    made = fill_form(now, form, tmp_path / "ra.xlsx", mapping, [before])
    sheet = openpyxl.load_workbook(tmp_path / "ra.xlsx").active
    assert [[sheet[f"{column}{row}"].value for column in "BC"] for row in (5, 7)] == [[4, None], [4, 1]]
    assert told(made, "form.unsure_blank")[0].startswith("Theo tôn giáo (C5): cả 4 người")
    assert told(made, "form.unsure")[0].startswith("Dân tộc thiểu số (C7): mới có 1, còn 3 người")


def test_cells_that_the_form_keeps_are_not_spoken_of(filled, form):
    book = openpyxl.load_workbook(form)
    book.active["B4"], book.active["B5"] = "=1+1", 7
    book.save(form)
    made, cells = filled()
    assert [cells["Đoàn viên"], cells["Theo tôn giáo"]] == ["=1+1", 7]
    assert "B4" not in str(told(made, "form.unsure_blank"))
    assert not [one for one in made.unsure if one.row in {4, 5}]


def test_the_list_of_what_is_missing_has_a_line_for_each_such_number(filled, tmp_path):
    made, _ = filled(minority=[True, False, pd.NA, True])
    write_lacking(made, read_quota_book(tmp_path / "so.xlsx"), tmp_path / "thieu.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "thieu.xlsx")["Còn thiếu"].iter_rows(values_only=True))
    lines = [dict(zip(LACKING_HEADINGS, row, strict=True)) for row in rows[1:]]
    assert (
        [line["Dòng trong biểu"] for line in lines]
        == [one.row for one in made.unsure]
        == sorted(one.row for one in made.unsure)
    )
    (union,) = [line for line in lines if line["Dòng trong biểu"] == 4]
    assert union["Còn thiếu"] == "Đoàn viên (B4)"
    assert "cả 4 người chưa rõ" in union["Sổ đang ghi"]
    assert "mới có 2" in next(line["Sổ đang ghi"] for line in lines if line["Dòng trong biểu"] == 7)


def test_of_an_older_block_without_a_line_for_the_unknown_nobody_can_say(recounted, form, tmp_path):
    book = recounted(minority=[True, True, True, False], religious=[False] * 4)
    old = former_blocks()["minority"][0]
    lines = [line for line in book.composition.lines if "Chưa rõ" not in line.label]
    lines = [replace(line, label=old) if line.label in {"Dân tộc", "Tôn giáo"} else line for line in lines]
    write_book(replace(book, composition=replace(book.composition, lines=tuple(lines))), tmp_path / "so.xlsx")
    made = fill_form(read_quota_book(tmp_path / "so.xlsx"), form, tmp_path / "ra.xlsx", mapped())
    sheet = openpyxl.load_workbook(tmp_path / "ra.xlsx").active
    assert [sheet["B5"].value, sheet["B7"].value] == [None, 3]
    assert [text for text in told(made, "form.unsure") if "Dân tộc thiểu số (B7)" in text]
