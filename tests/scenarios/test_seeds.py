"""The organisations the product was made for: made-up inboxes whose totals are theirs print exactly their figures.

And so do their written reports, whose every number is traced to the book and every percentage right.
"""

from datetime import date, timedelta

import docx
import pytest

from validation.vocabulary import Stage
from workbook.committee import Branch
from workbook.outgoing.save import save_new
from workbook.printed.check import findings
from workbook.printed.paper import read_paper
from workbook.report.facts import Period
from workbook.written_report import written


def days(year: int, count: int, last: date | None = None) -> list[date]:
    """So many ceremony days spread from February of a year to its end, or to `last`."""
    first, last = date(year, 2, 2), last or date(year, 12, 20)
    return [first + timedelta(days=at * (last - first).days // max(count - 1, 1)) for at in range(count)]


@pytest.fixture(scope="module")
def enterprises(organisation, unit):
    """Long Biên: 38 → 63 branches, 413 → 701 members, 64 admitted in the term."""
    start = date(2017, 1, 1)
    old = [
        Branch(f"{n:02}", f"Chi bộ Công ty Thử {n}", members=11, members_at_start=11 - (n <= 5)) for n in range(1, 39)
    ]
    new = [
        Branch(
            f"{n:02}", f"Chi bộ Công ty Thử {n}", members=11 + (n > 55), members_at_start=0, valid_from=date(2018, 5, 4)
        )
        for n in range(39, 64)
    ]
    joined = days(2017, 21) + days(2018, 21) + days(2019, 22)
    branches = [*old, *new]
    units = [unit(one, joined[n::63]) for n, one in enumerate(branches)]

    return organisation(units, date(2019, 12, 31), year=2019, decimals=1, term_from=start, term_to=date(2020, 12, 31))


def test_a_bloc_of_enterprises_that_grew_prints_65_8_and_69_7(enterprises):
    book = enterprises
    assert book.headline("Số chi bộ") == "63 (đầu kỳ 38, +25 = 65,8%)"
    assert book.headline("Số đảng viên") == "701 (đầu kỳ 413, +288 = 69,7%)"
    assert book.total["Đã kết nạp nhiệm kỳ"] == 64


@pytest.fixture(scope="module")
def commune(organisation, unit):
    """Nam Mẫu: 13 branches of four kinds, 169 members, 9/8 = 113%, 18 sent to the awareness course."""
    kinds = ["Thôn"] * 9 + ["Trường học"] * 2 + ["Trạm y tế", "Công an"]
    branches = [
        Branch(f"{n:02}", f"Chi bộ {kind} Thử {n}", kind=kind, members=13, quota=1 if n <= 8 else None)
        for n, kind in enumerate(kinds, start=1)
    ]
    joined = days(2026, 9, date(2026, 10, 30))
    certified = [{Stage.CERTIFIED: 2 if n < 5 else 1} for n in range(13)]
    units = [unit(one, joined[n : n + 1], certified[n]) for n, one in enumerate(branches)]

    return organisation(units, date(2026, 11, 22), year=2026, decimals=0)


def test_a_commune_that_admitted_nine_against_eight_prints_113(commune):
    book = commune
    assert (book.total["Đã kết nạp"], book.total["Chỉ tiêu"], book.total["Tỷ lệ (%)"]) == (9, 8, 113)
    assert book.headline("Kết nạp năm 2026") == "9/8 = 113%"
    assert book.total["Số đảng viên"] == 169
    assert sum(line["Đã có giấy chứng nhận"] for line in book.table("Tổng hợp")[:13]) == 18


ZONES = [
    Branch(f"{n:02}", f"Chi bộ Nhà máy Thử {n}", members=8 if n <= 8 else 7, watcher=f"Cán bộ phụ trách {n}")
    for n in range(1, 14)
]


@pytest.fixture(scope="module")
def zones(organisation, unit):
    """Phú Thọ: 13 branches, 99 members, a named person for each."""
    return organisation([unit(one) for one in ZONES], date(2026, 11, 22), year=2026)


def test_industrial_zones_name_who_answers_for_each_enterprise(zones):
    assert zones.total["Số đảng viên"] == 99
    assert [line["Người theo dõi"] for line in zones.table("Tổng hợp")[:13]] == [one.watcher for one in ZONES]


@pytest.fixture(scope="module")
def province(organisation, unit):
    """Ninh Bình 2020: 794 of 2.000 by 31/8."""
    branches = [Branch(f"{n:02}", f"Đảng bộ huyện Thử {n}", quota=250) for n in range(1, 9)]
    joined = days(2020, 794, date(2020, 8, 31))
    units = [unit(one, joined[n::8]) for n, one in enumerate(branches)]

    return organisation(units, date(2020, 8, 31), year=2020, decimals=1)


def test_a_province_at_the_end_of_august_prints_39_7(province):
    book = province
    assert (book.total["Đã kết nạp"], book.total["Chỉ tiêu"], book.total["Tỷ lệ (%)"]) == (794, 2000, 39.7)
    assert book.headline("Kết nạp năm 2020") == "794/2.000 = 39,7%"


@pytest.fixture(scope="module")
def office(organisation, unit):
    """Văn phòng: 5 branches, 43 = 36 + 7, ten admitted in the term against at least six."""
    members = (9, 9, 9, 8, 8)
    branches = [
        Branch(f"{n:02}", f"Chi bộ Phòng Thử {n}", members=count, term_quota=2 if n == 1 else 1)
        for n, count in enumerate(members, start=1)
    ]
    joined = [*days(2011, 1), *days(2012, 2), *days(2014, 7, date(2014, 12, 1))]
    units = [unit(one, joined[n::5]) for n, one in enumerate(branches)]

    return organisation(
        units, date(2014, 12, 31), year=2014, decimals=0, term_from=date(2010, 7, 1), term_to=date(2015, 6, 30)
    )


def test_an_office_of_43_is_36_official_and_7_probationary_and_ten_against_a_term_quota_of_six(office):
    book = office
    assert book.headline("Đảng viên hiện có") == "43 = 36 chính thức + 7 dự bị"
    assert (book.total["Đã kết nạp nhiệm kỳ"], book.total["Chỉ tiêu nhiệm kỳ"]) == (10, 6)


CAN_THO = {
    "Khối Cơ quan Thử": (318, 250, 127.2),
    "quận Thử Một": (115, 110, 104.55),
    "huyện Thử Hai": (195, 190, 102.63),
    "quận Thử Ba": (141, 150, 94),
    "huyện Thử Bốn": (112, 130, 86.15),
    "quận Thử Năm": (121, 160, 75.63),
    "huyện Thử Sáu": (123, 180, 68.33),
    "Các khu công nghiệp Thử": (24, 30, 80),
    "các đơn vị còn lại": (465, 970, 47.94),
}


def test_a_city_at_two_decimals_rounds_halves_up(organisation, unit):
    """Cần Thơ 28/5/2017: 1.614 of 2.170 = 74,38; 121/160 = 75,63 where binary rounding would print 75,62."""
    units = [
        unit(Branch(f"{n:02}", f"Đảng bộ {name}", quota=quota), days(2017, done, date(2017, 5, 26)))
        for n, (name, (done, quota, _)) in enumerate(CAN_THO.items(), start=1)
    ]

    book = organisation(units, date(2017, 5, 28), year=2017, decimals=2)

    shares = {line["Chi bộ"]: line["Tỷ lệ (%)"] for line in book.table("Tổng hợp")}
    for name, (_, _, share) in CAN_THO.items():
        assert shares[f"Đảng bộ {name}"] == pytest.approx(share)
    assert (book.total["Đã kết nạp"], book.total["Chỉ tiêu"]) == (1614, 2170)
    assert book.total["Tỷ lệ (%)"] == pytest.approx(74.38)


def test_a_closing_day_is_the_day_everything_is_told_of(organisation, unit):
    one = unit(Branch("01", "Chi bộ thôn Thử", quota=4), [date(2026, 5, 4), date(2026, 7, 2)])

    book = organisation([one], date(2026, 11, 22), year=2026, closing_on=date(2026, 6, 30))

    assert (book.total["Đã kết nạp"], book.total["Dự bị"]) == (1, 1)


#: What stands in the written report of each.
SAID = {
    "enterprises": ["nhiệm kỳ đến nay kết nạp 64 đảng viên", "hiện có 701 đảng viên"],
    "commune": ["vượt chỉ tiêu năm, đạt 113% (9/8)"],
    "zones": ["hiện có 99 đảng viên"],
    "province": ["đạt 39,7% chỉ tiêu năm (794/2.000)"],
    "office": [
        "kết nạp 10 đảng viên, đạt 167% chỉ tiêu nhiệm kỳ (10/6)",
        "43 đảng viên, trong đó 7 đảng viên dự bị",
    ],
}


@pytest.mark.parametrize("scenario", SAID)
def test_the_report_of_an_organisation_prints_its_figures_and_every_number_is_traced(
    scenario, request, untraced, tmp_path
):
    book = request.getfixturevalue(scenario).path
    made, doubts = written(book, [], Period.YEAR, None, named=False)
    out = tmp_path / "bao-cao.docx"
    save_new(made, out)

    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert doubts == ()
    assert [one for one in SAID[scenario] if one not in text] == [], text
    assert untraced(out, book) == []
    assert findings(read_paper(out), out.name) == []
