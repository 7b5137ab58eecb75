"""The made-up inbox holds real files, every mess it says, and the truth it promises."""

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from dateutil.parser import parse
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook, PasswordError

from workbook.demo.inbox import Made, make
from workbook.demo.lateness import LATENESS
from workbook.demo.layouts import layouts
from workbook.demo.messes import MESSES
from workbook.demo.scenes import SCENES
from workbook.demo.twice import WAYS
from workbook.layout import HEADING

AS_OF = date(2026, 11, 22)

#: Messes of whole files, by the name under which they are noted.
WHOLE_FILE = {
    "resubmission",
    "identical_copy",
    "other_branch_in_name",
    "xlsx_named_xls",
    "html_named_xls",
    "password",
    "dimension_too_small",
    "unknown_branch",
    "picture_named_xlsx",
    "zero_bytes",
    "lock_file",
    "cut_in_half",
    "text_file",
}
BROKEN = {"html_named_xls", "password", "picture_named_xlsx", "zero_bytes", "lock_file", "cut_in_half", "text_file"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("demo"), AS_OF)


@pytest.fixture(scope="module")
def books(made: Made) -> dict[str, openpyxl.Workbook]:
    """Every file that is truly a workbook, opened."""
    broken = {one.file for one in made.planted if one.mess in BROKEN}
    return {sent.file: _open(made.inbox / sent.file) for sent in made.files if sent.file not in broken}


def _open(path: Path) -> openpyxl.Workbook:
    with path.open("rb") as file:  # by content: one workbook is called .xls
        return openpyxl.load_workbook(file)


def _visible(book: openpyxl.Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _contents(folder: Path) -> dict[str, tuple[str, float]]:
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _cells(made: Made, books: dict[str, openpyxl.Workbook], mess: str) -> list[Any]:
    """What the workbook holds where a mess is noted."""
    return [books[one.file][one.sheet][one.cell].value for one in made.planted if one.mess == mess]


def test_the_same_seed_gives_the_same_bytes_and_times(made: Made, tmp_path: Path) -> None:
    again = make(tmp_path, AS_OF)
    assert _contents(again.inbox) == _contents(made.inbox)
    assert (again.committee, again.branches, again.planted) == (made.committee, made.branches, made.planted)


def test_another_seed_gives_another_inbox(made: Made, tmp_path: Path) -> None:
    assert make(tmp_path, AS_OF, seed=1).branches != made.branches


def test_branches_use_at_least_fourteen_layouts(made: Made) -> None:
    used = {truth.layout for truth in made.branches} - {""}
    assert used == set(layouts())
    assert len(used) >= 14


def test_no_two_layouts_have_the_same_headings() -> None:
    headings = {tuple(field.path for field in layout.columns) for layout in layouts().values()}
    assert len(headings) == len(layouts())


def test_a_completed_layout_shows_every_register_column_once() -> None:
    for layout in layouts().values():
        whole = [field.source for field in layout.completed().columns if field.source in HEADING]
        assert len(whole) == len(set(whole))
        assert len(layout.completed().columns) >= len(HEADING)


def test_every_mess_is_planted(made: Made) -> None:
    assert {one.mess for one in made.planted} == {*MESSES, *LATENESS, *WHOLE_FILE, *WAYS}


def test_lines_that_are_alike_stand_in_the_registers_of_two_branches(made: Made) -> None:
    for way in WAYS:
        files = [one.file for one in made.planted if one.mess == way]
        assert len(files) == len(set(files)) == 2


def test_every_file_of_the_inbox_is_accounted_for(made: Made) -> None:
    assert sorted(sent.file for sent in made.files) == sorted(_contents(made.inbox))


@pytest.mark.parametrize("mess", sorted(BROKEN))
def test_a_broken_file_cannot_be_opened(made: Made, mess: str) -> None:
    files = [one.file for one in made.planted if one.mess == mess]
    assert files
    for file in files:
        with pytest.raises(Exception):  # noqa: B017, PT011 - openpyxl has no common error
            _open(made.inbox / file)


def test_the_password_protected_file_is_known_as_such(made: Made) -> None:
    path = made.inbox / next(one.file for one in made.planted if one.mess == "password")
    with path.open("rb") as file:
        assert msoffcrypto.OfficeFile(file).is_encrypted()
    with pytest.raises(PasswordError):
        CalamineWorkbook.from_path(str(path))


def test_the_counting_file_lists_exactly_the_people_expected(made: Made, books: dict[str, openpyxl.Workbook]) -> None:
    for truth in made.branches:
        if truth.file:
            listed = sum(_listed(sheet) for sheet in _visible(books[truth.file]))
            assert listed == truth.people + truth.doubles


def _listed(sheet: Worksheet) -> int:
    """How many lines carry a running number under its heading."""
    headings = {"STT", "TT", "Stt", "S\nT\nT"}
    column = next(cell.column for row in sheet.iter_rows(max_row=15) for cell in row if cell.value in headings)
    return sum(isinstance(sheet.cell(row, column).value, int) for row in range(1, sheet.max_row + 1))


def _is_swapped(values: list[Any]) -> bool:
    dates, texts = [v for v in values if isinstance(v, datetime)], [v for v in values if isinstance(v, str)]
    return bool(dates and texts) and all(v.day <= 12 for v in dates) and all(int(v[:2]) > 12 for v in texts)


HOLDS: dict[str, Callable[[list[Any]], bool]] = {
    "text_dates_slash": lambda values: all("/" in value for value in values),
    "iso_dates": lambda values: all(date.fromisoformat(value) for value in values),
    "serial_dates": lambda values: all(30_000 < value < 60_000 for value in values),
    "swapped_dates": _is_swapped,
    "year_only": lambda values: all(1950 < value < 2010 for value in values),
    "impossible_day": lambda values: all(value.startswith("31/02/") for value in values),
    "lost_zeros": lambda values: all(isinstance(value, int) and len(str(value)) == 11 for value in values),
    "ids_with_point": lambda values: all(value.endswith(".0") for value in values),
    "schooling_as_date": lambda values: all((value.day, value.month) == (9, 12) for value in values),
    "decomposed_names": lambda values: all(v != unicodedata.normalize("NFC", v) for v in values if not v.isascii()),
    "hard_spaces": lambda values: all("\u00a0" in value for value in values),
    "capital_names": lambda values: all(value.isupper() for value in values),
    "lookalike_d": lambda values: all("\u00d0" in value for value in values),
    "formula_text": lambda values: {value[0] for value in values} == {"=", "+", "@"},
    "error_cell": lambda values: values == ["=#REF!"],
    "mixed_ticks": lambda values: len(set(values)) == 4,
}


@pytest.mark.parametrize("mess", sorted(HOLDS))
def test_a_mess_is_where_it_is_said_to_be(made: Made, books: dict[str, openpyxl.Workbook], mess: str) -> None:
    values = _cells(made, books, mess)
    assert values
    assert HOLDS[mess](values)


def test_late_people_started_their_clocks_long_ago(made: Made, books: dict[str, openpyxl.Workbook]) -> None:
    for mess in LATENESS:
        for value in _cells(made, books, mess):
            started = value if isinstance(value, datetime) else parse(value, dayfirst=True)
            assert (AS_OF - started.date()).days > 60


def test_some_cells_of_the_body_are_merged(made: Made, books: dict[str, openpyxl.Workbook]) -> None:
    spots = [one for one in made.planted if one.mess == "merged_body"]
    merged = books[spots[0].file][spots[0].sheet].merged_cells
    assert any(spots[0].cell in area and spots[-1].cell in area for area in merged.ranges)


def test_old_years_lie_on_hidden_sheets(books: dict[str, openpyxl.Workbook]) -> None:
    hidden = {len(book.worksheets) - len(_visible(book)) for book in books.values()}
    assert hidden == {0, 3, 4}


def test_the_later_version_is_the_one_that_counts(made: Made, books: dict[str, openpyxl.Workbook]) -> None:
    older = next(one.file for one in made.planted if one.mess == "resubmission")
    branch = next(sent.branch for sent in made.files if sent.file == older)
    newer = next(truth.file for truth in made.branches if truth.branch == branch)
    assert newer != older
    assert books[older].properties.modified < books[newer].properties.modified
    assert _listed(_visible(books[older])[0]) < _listed(_visible(books[newer])[0])


def test_the_copy_is_the_same_to_the_byte(made: Made) -> None:
    copy = next(one.file for one in made.planted if one.mess == "identical_copy")
    branch = next(sent.branch for sent in made.files if sent.file == copy)
    counting = next(truth.file for truth in made.branches if truth.branch == branch)
    assert (made.inbox / copy).read_bytes() == (made.inbox / counting).read_bytes()


def test_the_committee_book_lists_every_branch_with_its_quota(made: Made) -> None:
    book = openpyxl.load_workbook(made.committee_book)
    assert book.sheetnames[:4] == ["Cấu hình", "Chi bộ", "Ngày nghỉ", "Quyết định"]
    header, *lines = book["Chi bộ"].iter_rows(max_col=12, values_only=True)
    assert header[:11] == (
        "Mã", "Chi bộ", "Tên khác", "Loại hình", "Số đảng viên", "Chỉ tiêu năm", "Chỉ tiêu nhiệm kỳ",
        "Người theo dõi", "Hiệu lực từ", "Hiệu lực đến", "Sáp nhập vào",
    )  # fmt: skip
    listed = {line[1]: line[5] for line in lines if line[1]}
    assert listed == {branch.name: branch.quota for branch in made.committee.branches}
    assert [truth.branch for truth in made.branches] == list(listed)


def test_nobody_in_the_inbox_has_an_identity_number_of_a_real_province(books: dict[str, openpyxl.Workbook]) -> None:
    numbers = [
        value
        for book in books.values()
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, str) and value.isdigit() and len(value) == 12
    ]
    assert numbers
    assert all(number.startswith("099") for number in numbers)


@pytest.mark.parametrize("branches", [1, 2, 3, 7])
def test_a_small_committee_can_be_made_too(tmp_path: Path, branches: int) -> None:
    small = make(tmp_path, date(2024, 2, 29), branches=branches)
    assert len(small.branches) == len(small.committee.branches) == branches
    assert len([sent for sent in small.files if sent.counts]) == sum(bool(truth.file) for truth in small.branches)


def test_no_more_scenes_than_half_the_branches(tmp_path: Path) -> None:
    small = make(tmp_path, AS_OF, branches=4)
    assert len(SCENES) > 2
    assert sum(bool(truth.file) for truth in small.branches) >= 2
