"""The row of numbers of a form: what it says of the arithmetic, and whether printed numbers keep to it."""

from decimal import Decimal

import pytest

from workbook.incoming.form_rules import agrees, numbering
from workbook.incoming.grid import Grid


def numbered(*cells):
    return numbering(Grid("Biểu", [["Tiêu chí", *[""] * (len(cells) - 1)], list(cells)]))


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        pytest.param(["1", "2", "3", "4(=2*100/3)"], Decimal(200) / 3, id="2021"),
        pytest.param([1.0, 2.0, 3.0, "4 = 2:3"], Decimal(2) / 3, id="2012"),
        pytest.param(["1", "2 (=3+4)", "3", "4"], Decimal(7), id="sum before its parts"),
        pytest.param(["(1)", "(2)=(3)+(4)", "(3)", "(4)"], Decimal(7), id="in brackets"),
        pytest.param(["1", "2 (=3+…+6)", "3", "4", "5", "6"], Decimal(18), id="dots"),
        pytest.param(["1", "2(=3+...+6)", "3", "4", "5", "6"], Decimal(18), id="three dots"),
        pytest.param(["A", "B", "1", "2", "3=1-2"], Decimal(-1), id="beside letters"),
        pytest.param(["8", "9=10+11", "10", "11"], Decimal(7), id="going on from another table"),
    ],
)
def test_a_rule_is_read_however_it_is_printed(cells, result):
    made = numbered(*cells)
    (rule,) = made.rules
    values = {column: Decimal(column + 1) for column in range(len(cells))}
    assert made.result(rule, values) == result


@pytest.mark.parametrize("cells", [["1", "Kinh", "2"], ["Có", "2", "3"], ["3", "1", "2"], ["7", "8", "9"]])
def test_a_line_of_the_table_is_no_row_of_numbers(cells):
    assert numbered(*cells) is None


def test_a_rule_with_a_missing_number_or_a_division_by_nothing_has_no_result():
    made = numbered("1", "2", "3", "4(=2*100/3)")
    assert made.result(made.rules[0], {1: Decimal(5)}) is None
    assert made.result(made.rules[0], {1: Decimal(5), 2: Decimal(0)}) is None


def test_words_after_the_sign_are_no_rule():
    assert numbered("1", "2", "3 (= cột trước)") is None or not numbered("1", "2", "3 (= cột trước)").rules


@pytest.mark.parametrize(
    ("printed", "exact", "verdict"),
    [("75.63", "75.625", True), ("75.62", "75.625", True), ("75.6", "75.625", True), ("75.7", "75.625", False),
     ("94", "94", True), ("113", "112.5", True), ("114", "112.5", False)],
)  # fmt: skip
def test_a_printed_number_may_be_rounded_half_up_or_cut_off(printed, exact, verdict):
    assert agrees(Decimal(printed), Decimal(exact)) is verdict
