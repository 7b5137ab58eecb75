"""The measure itself: a written value that is wrong must be found out."""

import pytest
import xlsxwriter


@pytest.mark.libreoffice
def test_a_wrong_written_value_is_found_out(tmp_path, disagreements):
    path = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Sổ")
        sheet.write_column("A1", [2, 3])
        sheet.write_formula("A3", "=SUM(A1:A2)", None, 99)
        sheet.write_formula("A4", "=A1/0", None, "#DIV/0!")
        sheet.write_formula("A5", "=A1*A2", None, 6)
    assert disagreements(path) == ["Sổ!A3: 99, 5", "Sổ!A4: '#DIV/0!', '#DIV/0!'"]
