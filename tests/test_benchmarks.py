"""The benchmarks themselves: a time counts only where the file that was written holds everybody."""

import sys

import pytest
import xlsxwriter

from benchmarks.compare import main
from benchmarks.registers import AS_OF, make
from benchmarks.truth import hold_book, hold_readings, hold_rows
from workbook.demo.inbox import COMMITTEE_BOOK, INBOX
from workbook.incoming.inbox import jobs, open_all
from workbook.run import consolidate_inbox

FILES, ROWS = 3, 4


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    make(folder, FILES, ROWS)
    out = folder / "so.xlsx"
    consolidate_inbox(folder / INBOX, folder / COMMITTEE_BOOK, out, AS_OF)
    return out


def test_a_book_that_counts_everybody_is_whole(book):
    hold_book(book, FILES, FILES * ROWS)


@pytest.mark.parametrize(
    ("files", "people", "said"), [(FILES, FILES * ROWS + 1, "people counted"), (FILES + 1, FILES * ROWS, "files named")]
)
def test_a_book_that_lacks_somebody_stops_the_benchmark_with_a_sentence(book, files, people, said):
    with pytest.raises(SystemExit, match=rf"is not whole: {said}"):
        hold_book(book, files, people)


def test_a_book_with_an_unread_file_stops_the_benchmark(tmp_path):
    make(tmp_path, FILES, ROWS)
    next((tmp_path / INBOX).iterdir()).write_bytes(b"no workbook")
    out = tmp_path / "so.xlsx"
    consolidate_inbox(tmp_path / INBOX, tmp_path / COMMITTEE_BOOK, out, AS_OF)
    with pytest.raises(SystemExit, match="could not be read 1 instead of 0"):
        hold_book(out, FILES, (FILES - 1) * ROWS)


def test_rows_without_an_identity_number_are_nobody(tmp_path):
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_column(0, 0, ["099190104729", "Tổng cộng", "", "099196038956"])
    hold_rows(path, 2)
    with pytest.raises(SystemExit, match="people 2 instead of 4"):
        hold_rows(path, 4)


def test_all_ways_run_and_one_table_comes_out(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["compare", "--files", str(FILES), "--rows", str(ROWS), "--rounds", "1"])
    main()
    said = capsys.readouterr().out
    assert "3 registers × 4 people × 46 columns in 3 layouts" in said
    assert said.count("\n| ") == 6


def test_a_reading_in_which_files_are_missing_or_broken_stops_the_benchmark(tmp_path):
    (tmp_path / "hong.xlsx").write_bytes(b"PK")
    opened = open_all(jobs([tmp_path]))
    with pytest.raises(SystemExit, match="files 0 instead of 1"):
        hold_readings(opened, 1, 40)
    with pytest.raises(SystemExit, match="people 0 instead of 40"):
        hold_readings([], 0, 40)
