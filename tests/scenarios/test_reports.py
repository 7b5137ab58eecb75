"""The written reports of the five organisations: their figures, every number traced, every percentage right."""

from datetime import date, timedelta
from pathlib import Path

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
    first, last = date(year, 2, 2), last or date(year, 12, 20)
    return [first + timedelta(days=at * (last - first).days // max(count - 1, 1)) for at in range(count)]


def enterprises(unit):
    branches = [
        Branch(
            f"{n:02}", f"Chi bộ Công ty Thử {n}", members=11 + (n > 55), members_at_start=11 - (n <= 5) if n < 39 else 0
        )
        for n in range(1, 64)
    ]
    joined = days(2017, 21) + days(2018, 21) + days(2019, 22)
    units = [unit(one, joined[n::63]) for n, one in enumerate(branches)]
    settings = {"year": 2019, "decimals": 1, "term_from": date(2017, 1, 1), "term_to": date(2020, 12, 31)}
    return units, date(2019, 12, 31), settings, ["nhiệm kỳ đến nay kết nạp 64 đảng viên", "hiện có 701 đảng viên"]


def commune(unit):
    branches = [
        Branch(f"{n:02}", f"Chi bộ thôn Thử {n}", members=13, quota=1 if n <= 8 else None) for n in range(1, 14)
    ]
    joined = days(2026, 9, date(2026, 10, 30))
    units = [unit(one, joined[n : n + 1], {Stage.CERTIFIED: 2 if n < 5 else 1}) for n, one in enumerate(branches)]
    return units, date(2026, 11, 22), {"year": 2026, "decimals": 0}, ["vượt chỉ tiêu năm, đạt 113% (9/8)"]


def zones(unit):
    branches = [Branch(f"{n:02}", f"Chi bộ Nhà máy Thử {n}", members=8 if n <= 8 else 7) for n in range(1, 14)]
    return [unit(one) for one in branches], date(2026, 11, 22), {"year": 2026}, ["hiện có 99 đảng viên"]


def province(unit):
    branches = [Branch(f"{n:02}", f"Đảng bộ huyện Thử {n}", quota=250) for n in range(1, 9)]
    joined = days(2020, 794, date(2020, 8, 31))
    units = [unit(one, joined[n::8]) for n, one in enumerate(branches)]
    return units, date(2020, 8, 31), {"year": 2020, "decimals": 1}, ["đạt 39,7% chỉ tiêu năm (794/2.000)"]


def office(unit):
    branches = [Branch(f"{n:02}", f"Chi bộ Phòng Thử {n}", members=9 if n < 4 else 8, term_quota=2 if n == 1 else 1)
                for n in range(1, 6)]  # fmt: skip
    joined = [*days(2011, 1), *days(2012, 2), *days(2014, 7, date(2014, 12, 1))]
    units = [unit(one, joined[n::5]) for n, one in enumerate(branches)]
    settings = {"year": 2014, "decimals": 0, "term_from": date(2010, 7, 1), "term_to": date(2015, 6, 30)}
    expected = ["kết nạp 10 đảng viên, đạt 167% chỉ tiêu nhiệm kỳ (10/6)", "43 đảng viên, trong đó 7 đảng viên dự bị"]
    return units, date(2014, 12, 31), settings, expected


@pytest.mark.parametrize("scenario", [enterprises, commune, zones, province, office])
def test_the_report_of_an_organisation_prints_its_figures_and_every_number_is_traced(
    scenario, organisation, unit, untraced, tmp_path
):
    units, as_of, settings, expected = scenario(unit)
    book: Path = organisation(units, as_of, **settings).path
    made, doubts = written(book, [], Period.YEAR, None, named=False)
    out = tmp_path / "bao-cao.docx"
    save_new(made, out)

    text = "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert doubts == ()
    assert [one for one in expected if one not in text] == [], text
    assert untraced(out, book) == []
    assert findings(read_paper(out), out.name) == []
