"""The row of numbers of a form: where it stands, and whether printed numbers keep to it."""

from decimal import Decimal

import pytest

from workbook.incoming.form_rules import agrees, numbering
from workbook.incoming.grid import Grid


def test_the_first_row_of_numbers_of_a_sheet_is_found_with_its_rules():
    rows = [["Tiêu chí", "", "", ""], [1.0, 2.0, 3.0, "4 = (2-3)*100/3"], ["Nữ", "", "", ""], ["1", "2", "3", "4=2"]]
    made = numbering(Grid("Biểu", rows))
    assert (made.row, list(made.rules), made.rules[3].shown) == (1, [3], "4 = (2-3)*100/3")


def test_a_form_without_a_row_of_numbers_has_none():
    assert numbering(Grid("Biểu", [["Tiêu chí", "Kỳ này"], ["Nữ", 3]])) is None


@pytest.mark.parametrize(
    ("printed", "exact", "verdict"),
    [("75.63", "75.625", True), ("75.62", "75.625", True), ("75.6", "75.625", True), ("75.7", "75.625", False),
     ("94", "94", True), ("113", "112.5", True), ("114", "112.5", False)],
)  # fmt: skip
def test_a_printed_number_may_be_rounded_half_up_or_cut_off(printed, exact, verdict):
    assert agrees(Decimal(printed), Decimal(exact)) is verdict
