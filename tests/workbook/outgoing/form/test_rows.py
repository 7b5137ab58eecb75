"""Lines of persons for the national database: what the book itself holds for an error is in none of them."""

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from validation.vocabulary import Level
from workbook.incoming.quota_book import read_quota_book
from workbook.layout import HEADING
from workbook.outgoing.form.fill import fill_form
from workbook.outgoing.form.mapping import FormMap
from workbook.outgoing.write import write_book

HEADINGS = ["STT", "Họ và tên", "Giới tính", "Số định danh", "Dân tộc", "Ngày chính thức"]
MAPPING = FormMap.model_validate({"stands": ["Số định danh"], "rows": [{
    "people": ["admitted"],
    "columns": dict(zip(HEADINGS, ["counter", "full_name", "sex", "citizen_id", "ethnicity", ""], strict=True)),
    "needed": ["Giới tính", "Số định danh", "Ngày chính thức"],
    "only_with": {"Ngày chính thức": "ceremony_on"},
    "hints": {"Ngày chính thức": "sổ có ngày lễ {ceremony_on}"},
}]})  # fmt: skip


@pytest.fixture
def filled(quota_book, tmp_path):
    """`filled(column=value, …)`: the first person admitted with those values, each told as an error."""

    def fill(level=Level.ERROR, mapping=MAPPING, **wrong):
        people = quota_book.people.assign(sex="Nam", ethnicity="Kinh", ceremony_on=pd.Timestamp(2026, 3, 26))
        first = people.index[people["admitted_in"] == 2026][0]
        for name, value in wrong.items():
            people[name] = people[name].astype(object)
            people.loc[first, name] = value
        place = {
            "file": people.at[first, "file"],
            "sheet": people.at[first, "sheet"],
            "branch": people.at[first, "branch"],
        }
        found = pd.DataFrame(
            {"level": level, "code": "list.sex", **place, "cell": f"D{people.at[first, 'row']}",
             "heading": HEADING[name], "value": f"{str(value)[:3]}…", "message": "Lỗi.", "fix": "Sửa.",
             "memory": "", "reason": ""}
            for name, value in wrong.items()
        )  # fmt: skip
        write_book(replace(quota_book, people=people, findings=found), tmp_path / "so.xlsx")
        form = openpyxl.Workbook()
        form.active.append(HEADINGS)
        form.save(tmp_path / "bieu.xlsx")
        made = fill_form(read_quota_book(tmp_path / "so.xlsx"), tmp_path / "bieu.xlsx", tmp_path / "ra.xlsx", mapping)
        lines = list(openpyxl.load_workbook(tmp_path / "ra.xlsx").active.iter_rows(values_only=True))[1:]
        return made, lines, people.at[first, "full_name"]

    return fill


def test_a_value_that_the_book_holds_for_an_error_stays_blank_and_is_listed(filled):
    made, lines, name = filled(sex="Nm", citizen_id="09912345678")
    line = next(line for line in lines if line[1] == name)
    assert line[2:5] == (None, None, "Kinh")
    assert all(other[2] == "Nam" and len(other[3]) == 12 for other in lines if other is not line)
    lacking = next(one for one in made.lacking if one.name == name)
    assert lacking.headings[:2] == ("Giới tính (sổ ghi sai)", "Số định danh (sổ ghi sai)")
    assert "Giới tính: sổ ghi “Nm…”" in lacking.hints[-2]
    assert "09912345678" not in str(made)


def test_what_is_wrong_is_listed_even_where_the_form_does_not_ask_for_it(filled):
    made, _, name = filled(ethnicity="Kih")
    assert "Dân tộc (sổ ghi sai)" in next(one for one in made.lacking if one.name == name).headings


def test_a_name_in_error_is_not_put_in_but_the_list_says_whose_line_it_is(filled):
    made, lines, name = filled(full_name="Lê Văn 2")
    assert name not in [line[1] for line in lines]
    assert [one.name for one in made.lacking if "Họ và tên (sổ ghi sai)" in one.headings] == ["Lê …"]


def test_a_day_in_error_is_neither_put_in_nor_hinted_at(filled):
    made, _, name = filled(ceremony_on="31/02/2026")
    lacking = next(one for one in made.lacking if one.name == name)
    assert "Ngày chính thức" in lacking.headings
    assert not lacking.hints


@pytest.mark.parametrize(
    ("hint", "said"),
    [("sổ có ngày lễ {ceremony_on}", "sổ có ngày lễ 26/03/2026"), ("xem {ceremony_on", "xem {ceremony_on"),
     ("xem sổ }", "xem sổ }"), ("xem {ngày lễ}", "")],
)  # fmt: skip
def test_a_hint_of_a_clerk_has_its_values_and_a_stray_brace_stays_as_it_is(hint, said, filled):
    rows = MAPPING.rows[0].model_copy(update={"hints": {"Ngày chính thức": hint}})
    made, _, name = filled(mapping=MAPPING.model_copy(update={"rows": (rows,)}), sex="Nm")
    lacking = next(one for one in made.lacking if one.name == name)
    assert [one for one in lacking.hints if "Giới tính" not in one] == ([said] if said else [])


def test_a_value_that_is_only_asked_about_is_put_in(filled):
    _, lines, name = filled(Level.QUERY, sex="Nữ")
    assert next(line for line in lines if line[1] == name)[2] == "Nữ"
