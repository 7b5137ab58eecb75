"""Whatever stands in a sheet, it is lifted, read and judged without an error, and every line is accounted for."""

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

AS_OF = date(2026, 11, 22)
LAW = Law(load(), calendar_of(), AS_OF)

MOST = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

WORDS = st.sampled_from([
    "STT", "Họ và tên", "Họ tên", "Ngày sinh", "Nam", "Nữ", "Dân tộc", "Vi Thị Thử", "Lò Văn Mẫu", "Cộng", "Tổng số: 3",
    "BÍ THƯ", "T/M CHI BỘ", "I. Chi bộ Một", "5/9/1998", "nt", "//", "x", "(1)", "A", "=1+1", "#REF!",
    "09/9/2022 - 18/9/2022", "Ghi chú", "Ngày vào Đảng", "1.1E+11", "\u202e", "\x00", "Kinh", "Công nhân; Nông dân",
])  # fmt: skip
CELLS = st.one_of(
    st.just(""), st.just(""), WORDS, WORDS,
    st.text(max_size=10), st.integers(-(10**20), 10**20), st.integers(1, 60), st.floats(), st.booleans(),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(),
)  # fmt: skip
NAME, *OTHERS = [HEADING["full_name"], *(text for name, text in HEADING.items() if name != "full_name")]


@st.composite
def headers(draw: st.DrawFn) -> list[list[object]]:
    """A header of a register, perhaps huge, perhaps of two lines, perhaps with something in it that spoils it."""
    known = draw(st.lists(st.sampled_from(OTHERS), min_size=2, max_size=12, unique=True))
    strange = [f"Mục {'a' * number}" for number in range(draw(st.sampled_from([0, 0, 0, 2, 60])))]
    line: list[object] = draw(st.permutations([NAME, *known, *strange]))
    if draw(st.sampled_from([False, False, False, True])):
        line = [*line, draw(CELLS)]
    every = draw(st.sampled_from([0, 1, 2, 3]))
    upper = [[text if number % every == 0 else "" for number, text in enumerate(line)]] if every else []
    return [*upper, line]


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Anything above a header and below it, lines that end anywhere, a second header now and then, any merges."""
    lines: list[list[object]] = draw(st.lists(st.lists(CELLS, max_size=4), max_size=4))
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))):
        lines += draw(headers())
        lines += draw(st.lists(st.lists(CELLS, max_size=14), max_size=10))
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
@given(st.lists(grids(), min_size=1, max_size=2))
def test_any_sheets_come_to_their_findings_and_no_line_is_lost(sheets):
    before = [[list(row) for row in grid.rows] for grid in sheets]
    files = [opened(number, grid) for number, grid in enumerate(sheets)]
    tables = [(number, table) for number, one in enumerate(files) for table in one.tables]

    judged = assess(tables, LAW)
    told = located(judged, files)

    assert [repr(grid.rows) for grid in sheets] == list(map(repr, before))
    assert [one.lines for one in files] == [count_lines(grid.rows) for grid in sheets]
    assert len(judged.typed) == len(judged.verdicts) == len(judged.stages) == sum(one.persons for one in files)
    assert told["message"].str.strip().ne("").all()


@MOST
@given(grids())
def test_every_person_of_any_sheet_stands_on_a_line_of_its_own(grid):
    made = lift(grid)
    if isinstance(made, RawTable):
        assert made.rows == sorted(set(made.rows))
        assert {len(column) for column in [*made.columns.values(), *made.extra.values()]} <= {len(made.rows)}
        assert all(1 <= row <= len(grid.rows) for row in made.rows)
