"""The straight line on sheets of any shape: the cell named in a finding holds the bad value, and no row is lost."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.incoming.inbox import Job, open_file
from workbook.layout import HEADING
from workbook.located import located

AS_OF = date(2026, 11, 22)
LAW = Law(load(), calendar_of(), AS_OF)
BAD = {"birth_on": "31/02/1999", "applied_on": "35/13/2026", "sex": "Nan", "votes_for": "mười", "ethnicity": "Kihn"}
FILL = {
    "birth_on": "05/09/1999",
    "applied_on": "03/03/2026",
    "sex": "Nam",
    "votes_for": 9,
    "ethnicity": "Kinh",
    "remark": "x",
}
GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khoa", "Lan", "Minh", "Nga", "Phúc", "Quân")


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[object]], list[str], dict[int, str], int]:
    """A sheet as rows of cells: title lines, blank lines, shuffled columns, people, some with one bad value each."""
    columns = draw(st.permutations(["number", "full_name", *FILL]))
    offset = draw(st.integers(0, 2))
    titles = draw(st.lists(st.sampled_from(["ĐẢNG BỘ XÃ THỬ", "DANH SÁCH NĂM 2026", "", "Chi bộ thôn 1"]), max_size=5))
    rows: list[list[object]] = [[title] for title in titles]
    rows.append([""] * offset + [HEADING[name] for name in columns])
    people = draw(st.integers(1, 12))
    bad: dict[int, str] = {}
    for person in range(people):
        rows += [[]] * draw(st.sampled_from([0, 0, 0, 1, 3]))
        cells = {**FILL, "number": person + 1, "full_name": f"Nguyễn Văn {GIVEN[person]}"}
        if fault := draw(st.sampled_from(["", "", *BAD])):
            cells[fault] = BAD[fault]
            bad[len(rows) + 1] = fault
        rows.append([""] * offset + [cells[name] for name in columns])
    rows += [[]] * draw(st.integers(0, 4))
    return rows, columns, bad, people


def written(rows: list[list[object]], path: Path) -> Path:
    book = openpyxl.Workbook()
    for number, cells in enumerate(rows, start=1):
        for position, value in enumerate(cells, start=1):
            if value != "":
                book.active.cell(number, position, value)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("line")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheet=sheets())
def test_the_cell_named_in_a_finding_holds_the_bad_value_and_no_row_is_lost(sheet, folder):
    rows, _, bad, people = sheet
    path = written(rows, folder / "so.xlsx")

    opened = open_file(Job("so.xlsx", path))
    found = located(assess([(0, opened.tables[0])], LAW), [opened])

    cells = openpyxl.load_workbook(path).active
    assert opened.persons == people
    assert opened.lines == sum(any(value != "" for value in row) for row in rows)
    for row, column in bad.items():
        own = found[(found["column"] == column) & found["cell"].str.fullmatch(rf"[A-Z]+{row}")]
        assert [cells[cell].value for cell in own["cell"]] == [BAD[column]] * len(own)
        assert len(own) == 1
