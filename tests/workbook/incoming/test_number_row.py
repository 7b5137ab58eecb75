"""The row that numbers a form's columns: one reading of it for forms we fill in and for reports we check."""

from decimal import Decimal
from fractions import Fraction

import pytest

from workbook.incoming.number_row import formulas


def worked_out(cells, *values):
    """What the one formula of a row comes to; the values by column, None: not known."""
    (formula,) = formulas(cells).values()
    return formula.work_out({column: value for column, value in enumerate(values) if value is not None})


@pytest.mark.parametrize(
    ("rule", "result"),
    [
        pytest.param("4(=2*100/3)", Fraction(300, 4), id="2021"),
        pytest.param("4 = 2:3", Fraction(3, 4), id="2012"),
        pytest.param("4 = (2-3)*100/3", -25, id="brackets first"),
        pytest.param("4=2/(3+1)", Fraction(3, 104), id="brackets last"),
        pytest.param("4(=100*(2-3))", -100, id="brackets in brackets"),
        pytest.param("(4=2+3)", 7, id="all in brackets"),
        pytest.param("(4)=((2)-(3))", -1, id="numbers in brackets"),
        pytest.param("4=2\u22123", -1, id="minus sign"),
        pytest.param("4=2\u20133", -1, id="dash for a minus"),
        pytest.param("4 = 2/3 x 100%", Fraction(300, 4), id="a hundred per cent"),
        pytest.param("4 = 2\u00f73\u00d7100", Fraction(300, 4), id="other signs"),
        pytest.param("4=2-3-1", -101, id="from left to right"),
    ],
)
def test_the_arithmetic_of_a_rule_is_done_as_it_is_written(rule, result):
    assert worked_out(["1", "2", "3", rule], 100, 3, 4) == result


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        pytest.param(["A", "B", "1", "2", "3=1+2"], 7, id="letters"),
        pytest.param(["TT", "A", "1", "2", "3=1+2"], 7, id="TT"),
        pytest.param(["STT", "(B)", "1", "2", "3=1+2"], 7, id="STT"),
        pytest.param(["1", "2", "3a", "3b", "4=3a+3b"], 7, id="a column parted in two"),
        pytest.param(["1", "5", "3", "4", ""], None, id="out of turn"),
        pytest.param(["", "", "5", "6", "7=5+6"], 7, id="going on from another table"),
        pytest.param(["1", "1", "2", "3", "4=2+3"], 7, id="a merged number stands in both its columns"),
    ],
)
def test_beside_its_numbers_a_row_has_only_letters_and_its_numbers_are_in_turn(cells, result):
    assert (None if formulas(cells) is None else worked_out(cells, 1, 2, 3, 4)) == result


@pytest.mark.parametrize("dots", ["3+…+6", "3+...+6", "(3)+…+(6)", "3 + ... + 6", "3+….+6", "3+4+…+6"])
def test_the_dots_of_a_long_sum_are_the_columns_between(dots):
    assert worked_out(["1", f"2 (={dots})", "3", "4", "5", "6"], 0, 0, 3, 4, 5, 6) == 18


def test_blocks_side_by_side_are_numbered_each_for_itself():
    found = formulas(["1", "2", "3=1+2", "1", "2", "3=1+2"])
    assert {column: formula.columns for column, formula in found.items()} == {2: [0, 1], 5: [3, 4]}


@pytest.mark.parametrize("rule", ["4=2+", "4=(2-3", "4=cột 2", "4=2**3", "4=-2", "4=2 3"])
def test_what_is_no_arithmetic_is_no_rule(rule):
    assert formulas(["1", "2", "3", rule]) == {}


def test_what_is_missing_or_divided_by_nothing_has_no_result():
    row = ["1", "2", "3", "4(=2*100/3)"]
    assert worked_out(row, None, 5, None) is None
    assert worked_out(row, None, 5, 0) is None
    assert worked_out(row, None, Decimal("0.5"), 2) == 25


@pytest.mark.parametrize("cells", [["1", "Kinh", "2"], ["Có", "2", "3"], ["3", "1", "2"], ["7", "8", "9"], ["1", "2"]])
def test_a_line_of_the_table_is_no_row_of_numbers(cells):
    assert formulas(cells) is None
