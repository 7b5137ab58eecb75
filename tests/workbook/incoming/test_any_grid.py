"""Whatever stands in a sheet, it is lifted, stacked, read and judged without an error, and every line is accounted for."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.incoming.grid import Grid, count_lines
from workbook.incoming.inbox import Opened
from workbook.incoming.lift import NotARegister, lift
from workbook.incoming.raw import RawTable
from workbook.layout import HEADING
from workbook.located import located
from workbook.messages import catalogue

AS_OF = date(2026, 11, 22)
LAW = Law(load(), calendar_of(), AS_OF)

MOST = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

WORDS = st.sampled_from([
    "STT", "Họ và tên", "Họ tên", "Ngày sinh", "Nam", "Nữ", "Dân tộc", "Vi Thị Thử", "Lò Văn Mẫu", "Cộng", "Tổng số: 3",
    "BÍ THƯ", "T/M CHI BỘ", "I. Chi bộ Một", "5/9/1998", "nt", "//", "x", "(1)", "A", "=1+1", "#REF!", "09/9/2022 - 18/9/2022",
    "Ghi chú", "Ngày vào Đảng", "1.1E+11", "\u202e", "\x00", "Kinh", "Công nhân; Nông dân",
])  # fmt: skip
CELLS = st.one_of(
    st.just(""), st.just(""), WORDS, WORDS,
    st.text(max_size=10), st.integers(-(10**20), 10**20), st.integers(1, 60), st.floats(), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip
HEADINGS = st.one_of(st.sampled_from(list(HEADING.values())), st.sampled_from(list(HEADING.values())), CELLS)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Anything above a header, which may be huge, of two lines or none at all; lines that end anywhere; any merges."""
    width = draw(st.sampled_from([1, 3, 6, 9, 50, 300]))
    above = draw(st.lists(st.lists(CELLS, max_size=4), max_size=4))
    heads = draw(st.lists(st.lists(HEADINGS, min_size=min(width, 9), max_size=width), max_size=3))
    if heads and draw(st.booleans()):
        heads[-1][: len(heads[-1]) // 2] = [*HEADING.values()][: len(heads[-1]) // 2]
    below = draw(st.lists(st.lists(CELLS, max_size=12), max_size=12))
    lines = [*above, *heads, *below]
    widest = max(map(len, lines), default=0)
    corners = st.tuples(*[st.integers(0, 14)] * 2, *[st.integers(0, 9)] * 2)
    boxes = draw(st.lists(corners, max_size=4))
    merges = tuple((top, left, top + down, left + right) for top, left, down, right in boxes)
    return Grid("Sổ", [[*line, *[""] * (widest - len(line))] for line in lines], merges)


def opened(number: int, grid: Grid) -> Opened:
    made = lift(grid)
    name = f"{number}.xlsx"
    if isinstance(made, NotARegister):
        return Opened(name, Path(name), others=(made,))
    return Opened(name, Path(name), tables=(made,))


@MOST
@given(st.lists(grids(), min_size=1, max_size=3))
def test_any_sheets_come_to_their_findings_and_no_line_is_lost(sheets):
    before = [[list(row) for row in grid.rows] for grid in sheets]
    files = [opened(number, grid) for number, grid in enumerate(sheets)]
    tables = [(number, table) for number, one in enumerate(files) for table in one.tables]

    judged = assess(tables, LAW)
    told = located(judged, files)

    assert [repr(grid.rows) for grid in sheets] == list(map(repr, before))
    assert [one.lines for one in files] == [count_lines(grid.rows) for grid in sheets]
    assert len(judged.typed) == len(judged.verdicts) == len(judged.stages) == sum(one.persons for one in files)
    assert set(told["code"]) <= catalogue().keys()


@MOST
@given(grids())
def test_every_person_of_any_sheet_stands_on_a_line_of_its_own(grid):
    made = lift(grid)
    if isinstance(made, RawTable):
        assert made.rows == sorted(set(made.rows))
        assert {len(column) for column in [*made.columns.values(), *made.extra.values()]} <= {len(made.rows)}
        assert all(1 <= row <= len(grid.rows) for row in made.rows)
