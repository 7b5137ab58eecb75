"""Days as branches write them: read strictly, never swapped, never filled in."""

from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.incoming.dates import Read, read_date

DAY = date(1998, 9, 5)

SAME_DAY = [
    "5/9/1998",
    "05/09/1998",
    "5-9-1998",
    "05.09.1998",
    "5 9 1998",
    "5 / 9 / 1998",
    "\u00a05/9/1998. ",
    "'05/09/1998",
    "ngày 5 tháng 9 năm 1998",
    "Ngày 05 tháng 09, 1998",
    "5 tháng 9 năm 1998",
    "ngày 5/9/1998",
    "1998-09-05",
    "1998-09-05 00:00:00",
    "1998-09-05T00:00:00",
    "05/09/1998 07:30",
    DAY,
    datetime.combine(DAY, time(7, 30)),
    pd.Timestamp(DAY),
    36043,
    36043.0,
    36043.25,
]

KNOWN_IN_PART = [
    ("9/1998", "month"),
    ("tháng 9 năm 1998", "month"),
    ("00/09/1998", "month"),
    ("1998", "year"),
    ("năm 1998", "year"),
    ("00/00/1998", "year"),
    ("../../1998", "year"),
    (1998, "year"),
    (1998.0, "year"),
]

FAULTS = [
    ("5/9/98", "date.two_digit_year", 0),
    ("31/02/2025", "date.impossible", 2025),
    ("29/02/2025", "date.impossible", 2025),
    ("13/2020", "date.impossible", 2020),
    ("05/09/0206", "date.range", 0),
    ("0206", "date.range", 0),
    ("5/9/20025", "date.range", 0),
    (date(206, 9, 5), "date.range", 0),
    ("26-52025", "date.range", 0),
    ("5/9", "date.unreadable", 0),
    ("05-09/1998", "date.unreadable", 0),
    ("hôm qua", "date.unreadable", 0),
    ("09/05/2025 12:00 AM", "date.unreadable", 0),
    ("2025-05-08T17:00:00Z", "date.unreadable", 0),
    (12, "date.unreadable", 0),
    (9.1998, "date.unreadable", 0),
    (float("inf"), "date.unreadable", 0),
    (10**400, "date.unreadable", 0),
    (False, "date.unreadable", 0),
    (time(9, 12), "date.unreadable", 0),
    (timedelta(days=3), "date.unreadable", 0),
    ("x", "date.tick", 0),
    ("✓", "date.tick", 0),
    ("đã có", "date.tick", 0),
    (1.0, "date.tick", 0),
    (True, "date.tick", 0),
    ("09/9/2022 - 18/9/2022", "date.range_text", 2022),
    ("09-18/9/2022", "date.range_text", 2022),
    ("từ 28/12/2022 đến ngày 05/01/2023", "date.range_text", 2023),
    ("05/9/2022\n18/9/2022", "date.range_text", 2022),
    ("9/2022-10/2022", "date.range_text", 2022),
    ("2021-2022", "date.range_text", 2022),
]


@pytest.mark.parametrize("typed", SAME_DAY, ids=repr)
def test_every_usual_way_to_write_a_day_is_read(typed):
    assert read_date(typed) == Read(DAY, 1998, "day")


@pytest.mark.parametrize(("typed", "precision"), KNOWN_IN_PART)
def test_a_day_known_in_part_is_never_filled_in(typed, precision):
    assert read_date(typed) == Read(None, 1998, precision)


@pytest.mark.parametrize(("typed", "fault", "year"), FAULTS)
def test_what_is_no_single_day_has_a_fault_and_keeps_the_legible_year(typed, fault, year):
    got = read_date(typed)

    assert (got.day, got.precision, got.fault, got.year) == (None, "", fault, year)


@pytest.mark.parametrize("nothing", ["", "  ", "\u00a0", "-", "…", None, float("nan"), pd.NaT, pd.NA], ids=repr)
def test_an_empty_cell_is_no_fault(nothing):
    assert read_date(nothing) == Read()


def test_a_month_typed_first_is_offered_the_other_way_round_but_not_swapped():
    assert read_date("04/25/2026") == Read(None, 2026, "", "date.impossible", "25/04/2026")


def test_eight_digits_are_offered_as_a_day_but_not_read():
    assert read_date("15031998") == Read(None, 0, "", "date.unreadable", "15/03/1998")
    assert read_date(15031998.0) == read_date("15031998")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["/", "-", ".", " "]))
def test_every_day_written_day_first_reads_back(day, parting):
    assert read_date(f"{day.day}{parting}{day.month}{parting}{day.year}") == Read(day, day.year, "day")


@given(st.text(alphabet="0123456789/-. ngàytháămđế", max_size=24))
def test_any_text_is_a_day_or_a_part_of_one_or_a_fault_or_blank(typed):
    got = read_date(typed)

    assert bool(got.day) == (got.precision == "day")
    assert not (got.precision and got.fault)
    assert got.year == 0 or 1900 <= got.year <= 2100
