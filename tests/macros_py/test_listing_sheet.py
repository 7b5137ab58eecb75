"""The list beside a register leads back to its cells, whatever the register's sheet is called."""

from macros_py.listing_sheet import _jump


def test_a_sheet_name_stays_inside_the_text_of_the_formula():
    """Excel allows quotation marks in the name of a sheet, and a branch chooses it."""
    assert _jump('Sổ "&WEBSERVICE(A1)&"', "B2") == '=HYPERLINK("#\'Sổ ""&WEBSERVICE(A1)&""\'!B2","B2")'
