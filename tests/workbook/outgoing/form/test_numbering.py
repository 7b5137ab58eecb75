"""The row of numbers of a form: where it stands, and what it states."""

from workbook.incoming.grid import Grid
from workbook.outgoing.form.numbering import numbering


def test_the_first_row_of_numbers_of_a_sheet_is_found_with_its_rules():
    rows = [["Tiêu chí", "", "", ""], [1.0, 2.0, 3.0, "4 = (2-3)*100/3"], ["Nữ", "", "", ""], ["1", "2", "3", "4=2"]]
    made = numbering(Grid("Biểu", rows))
    assert (made.row, list(made.rules), made.rules[3].shown) == (1, [3], "4 = (2-3)*100/3")


def test_a_form_without_a_row_of_numbers_has_none():
    assert numbering(Grid("Biểu", [["Tiêu chí", "Kỳ này"], ["Nữ", 3]])) is None
