"""For every test: a real spreadsheet application (LibreOffice without a window), a walk from a written report to its
book, and a small made-up quota book."""

import logging
import os
import re
import runpy
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from lxml import etree

from macros_py.cli import main
from macros_py.engines.bridge import OfficeError, properties
from macros_py.engines.office import Office
from validation.vocabulary import Level, Stage, Verdict
from workbook import discretion
from workbook.book import Book
from workbook.committee import Committee
from workbook.consolidate.composition import composition
from workbook.consolidate.months import months
from workbook.incoming import guard
from workbook.layout import HEADING
from workbook.outgoing.write import write_book

_LONG_NUMBER = re.compile(r"\d(?:[ .]?\d){7,}")


def pytest_make_parametrize_id(config, val, argname):
    """No identity number in a test name, made up or not: such a case is called by its argument.

    Not so a function, whose address is a long number only now and then: processes would not agree on its name.
    """
    return argname if not callable(val) and _LONG_NUMBER.search(str(val)) else None


_OFFLINE = Path(__file__).with_name("offline")


def pytest_configure():
    """No test opens a network socket, nor does a process that one starts; those of the file system are free."""
    if "sitecustomize" not in sys.modules or not hasattr(sys.modules["sitecustomize"], "refuse"):
        runpy.run_path(str(_OFFLINE / "sitecustomize.py"))
    known = os.environ.get("PYTHONPATH", "")
    if str(_OFFLINE) not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_OFFLINE), known]))


@pytest.fixture(autouse=True)
def offline(request, monkeypatch):
    """This very machine may be spoken to only where a test says so."""
    monkeypatch.setenv("SONGUON_TESTS_LOCALHOST", "1" if request.node.get_closest_marker("localhost") else "")


@pytest.fixture
def songuon(capfd, monkeypatch) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`songuon("check", path)`: what the command says and how it ends, by its entry point but in this process.

    A new interpreter takes a second, and `macros_py/test_cli.py` holds that it says nothing else. As in a new one no
    name is known, no child is running, no handler keeps a record from standard error; and the output is taken where it
    leaves the process, so that what children and libraries write is seen too.
    """

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        argv = ["songuon", *map(str, words)]
        guard.close()
        capfd.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", argv)
            patch.setattr(discretion, "_known", set())
            patch.setattr(logging.getLogger(), "handlers", [])
            for place, name in ((logging, "_logRecordFactory"), (warnings, "formatwarning"), (sys, "excepthook")):
                patch.setattr(place, name, getattr(place, name))  # what the command sets is taken back
            with pytest.raises(SystemExit) as left:
                main()
            logging.captureWarnings(False)
        return subprocess.CompletedProcess(argv, left.value.code, *capfd.readouterr())

    return run


Convert = Callable[[Path, str], Path]

#: The names by which the office knows its ways to write.
_WAYS = {"xlsx": "Calc Office Open XML", "ods": "calc8", "pdf": "calc_pdf_Export", "pdf of text": "writer_pdf_Export"}


@pytest.fixture(scope="session")
def soffice(tmp_path_factory) -> Iterator[Convert]:
    """`soffice(path, "pdf")` converts a file, its formulas calculated anew, and returns the new file.

    A way to write that is not the usual one of a format is named after it: "xls:MS Excel 97".
    One office for all tests of a process, for starting one takes longer than what it is asked. Where LibreOffice is
    not installed the test is skipped, or fails with SONGUON_REQUIRE_LIBREOFFICE=1.
    """
    try:
        office = Office.start()
    except OfficeError as error:
        missing = pytest.fail if os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1" else pytest.skip
        missing(str(error))

    def convert(path: Path, kind: str) -> Path:
        kind, _, way = kind.partition(":")
        made = tmp_path_factory.mktemp("converted") / f"{path.stem}.{kind}"
        paper = office.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, properties(Hidden=True))
        assert paper, f"LibreOffice does not open {path.name}"
        text = " of text" if kind == "pdf" and paper.supportsService("com.sun.star.text.TextDocument") else ""
        paper.storeToURL(made.as_uri(), properties(FilterName=way or _WAYS[kind + text]))
        paper.close(True)
        return made

    with office:
        _calculate_always(office)
        yield convert


def _calculate_always(office: Office) -> None:
    """LibreOffice shows the values it finds unless it is told to calculate them anew on load (0 = always)."""
    settings = office.service("com.sun.star.configuration.ConfigurationProvider")
    load = properties(nodepath="/org.openoffice.Office.Calc/Formula/Load")
    own = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", load)
    own.replaceByName("OOXMLRecalcMode", 0)
    own.commitChanges()


@pytest.fixture(scope="session")
def recalculated(soffice) -> Callable[[Path], Path]:
    """`recalculated(path)` is a copy of the workbook with every formula calculated by LibreOffice."""
    return lambda path: soffice(path, "xlsx")


@pytest.fixture(scope="session")
def disagreements(recalculated) -> Callable[[Path], list[str]]:
    """`disagreements(path)` names every formula whose written value is not what LibreOffice calculates.

    Each as "Sheet!A1: written, calculated"; an error value always disagrees. Raises where there is no formula.
    """

    def compare(path: Path) -> list[str]:
        written = _formulas(path)
        assert written, "there is no formula to compare"
        fresh = _formulas(recalculated(path))
        told = ((place, value, fresh.get(place, "# no formula")) for place, value in written.items())
        return [f"{sheet}!{cell}: {was!r}, {now!r}" for (sheet, cell), was, now in told if not _same(was, now)]

    return compare


_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _formulas(path: Path) -> dict[tuple[str, str], object]:
    """What each formula shows, by sheet and cell; None for nothing. From the parts themselves: books are large."""
    with zipfile.ZipFile(path) as package:
        leads = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        parts = {lead.get("Id"): f"xl/{lead.get('Target').removeprefix('/xl/')}" for lead in leads}
        sheets = etree.fromstring(package.read("xl/workbook.xml")).iterfind(".//{*}sheet")
        cells = {one.get("name"): etree.fromstring(package.read(parts[one.get(_REFERENCE)])) for one in sheets}
    return {
        (sheet, code.getparent().get("r")): _shown_by(code.getparent())
        for sheet, root in cells.items()
        for code in root.iterfind(".//{*}c/{*}f")
    }


def _shown_by(cell: etree._Element) -> object:
    text = cell.findtext("{*}v") or None
    if text is None or cell.get("t", "n") not in ("n", "b"):
        return text
    return float(text) if re.search("[.eE]", text) else int(text)


def _same(written: object, calculated: object) -> bool:
    if isinstance(written, int | float) and isinstance(calculated, int | float):
        return written == pytest.approx(calculated, abs=1e-9)
    return written == calculated and not str(calculated).startswith("#")


_PLACE = re.compile(r"(?:\[(?P<file>[^]]+)\] )?(?P<sheet>[^!]+)!(?P<cells>.+)")
_TOKEN = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")


@pytest.fixture(scope="session")
def untraced() -> Callable[..., list[str]]:
    """`untraced(report, book, *earlier)`: the numbers of a written report that its appendix does not lead to the book.

    Walks every sentence and the table of the .docx; what the appendix says of a number is held against the cells.
    """

    def walk(report: Path, *books: Path) -> list[str]:
        sheets = {path.name: _shown(path) for path in books}
        sheets[""] = sheets[books[0].name]
        document = docx.Document(str(report))
        tables = document.tables
        lines = [[cell.text for cell in row.cells] for row in tables[-1].rows][1:]
        told = {place: [line for line in lines if line[0] == place] for place in {line[0] for line in lines}}
        wrong = [f"{line}" for line in lines if not line[0].startswith("Bảng") and not _follows(line, sheets)]
        for place, text in _sentences(document):
            known = {token for line in told.get(place, []) for token in _TOKEN.findall(line[1])}
            wrong += [f"{place}: {token} in {text}" for token in _TOKEN.findall(text) if token not in known]
        return wrong + _untraced_table(tables[1], [line for line in lines if line[0].startswith("Bảng")], sheets)

    return walk


@cache
def _shown(path: Path):
    return openpyxl.load_workbook(path, data_only=True)


def _sentences(document):
    """Each sentence with its place: those below a heading "2. ..." are 2.1, 2.2 and so on."""
    section = number = 0
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        if text.startswith("PHỤ LỤC"):
            return
        if text and paragraph.runs[0].bold:
            heading = re.match(r"(\d)\. ", text)
            section, number = (int(heading[1]), 0) if heading else (section, number)
            if not heading and _TOKEN.search(text):
                yield "Trích yếu", text
        elif text.strip("…-"):
            number += 1
            yield (f"{section}.{number}" if section else "Mở đầu"), text


def _follows(line: list[str], sheets) -> bool:
    """Whether the cells that a line of the appendix names hold its numbers."""
    _, shown, where, how = line
    if how == "100 × số ô trước dấu ÷ chia số ô sau dấu":
        some, every = (len(_values(part, sheets)) for part in where.split(" ÷ "))
        return _number(shown) == pytest.approx(100 * some / every, abs=0.0501 if "," in shown else 0.501)
    values = _values(where, sheets)
    numbers = [value for value in values if isinstance(value, int | float)]
    if how == "lấy nguyên":
        return len(values) == len(shown.split("; ")) and all(map(_shows, shown.split("; "), values))
    if how == "trong câu của ô":
        tokens = _TOKEN.findall(str(values[0]))
        return set(_TOKEN.findall(shown)) <= {*tokens, *(token.lstrip("0") for token in tokens)}
    if how == "đếm các ô":
        return _number(shown) == len([value for value in values if value not in (None, "")])
    if how == "100 × ô trước ÷ ô sau":
        return _number(shown) == pytest.approx(100 * numbers[0] / numbers[1], abs=0.0501 if "," in shown else 0.501)
    expected = {"cộng các ô": sum(numbers), "ô trước trừ ô sau": numbers[0] - sum(numbers[1:])}[how]
    return _number(shown) == expected


def _shows(shown: str, value: object) -> bool:
    if isinstance(value, int | float):
        return _number(shown) == pytest.approx(value, abs=1e-9)
    days = f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)
    return shown.casefold() in days.casefold()


def _number(shown: str) -> float:
    return float(shown.replace(".", "").replace(",", "."))


def _values(where: str, sheets) -> list[object]:
    found = []
    for piece in where.split("; "):
        place = _PLACE.fullmatch(piece)
        sheet = sheets[place["file"] or ""][place["sheet"]]
        for span in place["cells"].split(", "):
            cells = sheet[span]
            found += [cell.value for (cell,) in cells] if isinstance(cells, tuple) else [cells.value]
    return found


def _untraced_table(table, lines: list[list[str]], sheets) -> list[str]:
    """Cells of the table of branches that differ from the column of the book they are said to come from."""
    wrong = []
    for line in lines:
        column = int(line[0].rpartition(" ")[2]) - 1
        silent = [row.cells[1].text.endswith("(Chưa nộp)") for row in table.rows][1:]
        shown = [row.cells[column].text for row in table.rows][1:]
        values = _values(line[2], sheets)
        values = [None if quiet and column > 2 else value for quiet, value in zip(silent, values, strict=True)]
        wrong += [
            f"{line[0]}: {text}" for text, value in zip(shown, values, strict=True) if not _cell_shows(text, value)
        ]
    return wrong


def _cell_shows(text: str, value: object) -> bool:
    return text in ("", "—") if value in (None, "", "—") else _shows(text, value)


# Made-up persons: branch, name, stage ("" = left), verdict, admitted in, certified in, overdue clocks, expected.
# The second and third branch are called what COUNTIFS would take for a pattern or a comparison.
_MAY, _STAR, _LESS = "Chi bộ thôn Mây 1", "Chi bộ*", '<>"Suối" ~ Chi bộ?'
_PEOPLE = [
    (_MAY, "Lê Thị Thử", Stage.OFFICIAL, Verdict.VALID, 2024, 0, 0, False),
    (_MAY, "Lê Văn Mẫu", Stage.PROBATIONARY, Verdict.VALID, 2026, 0, 0, True),
    (_MAY, "Trần Thị Giả", Stage.PROBATIONARY, Verdict.INVALID, 2026, 2026, 2, True),
    (_MAY, '=HYPERLINK("https://vi.du","x")', Stage.AWAITING_CEREMONY, Verdict.WARNED, 0, 2025, 1, True),
    (_MAY, "Phạm Văn Thử", "", Verdict.VALID, 0, 2026, 0, False),
    (_STAR, "Phạm Thị Mẫu", Stage.PROBATIONARY, Verdict.VALID, 2026, 2026, 0, True),
    (_STAR, "Vũ Văn Giả", Stage.AWAITING_DECISION, Verdict.INVALID, 0, 2026, 1, False),
    (_STAR, "Vũ Thị Thử", Stage.DOSSIER, Verdict.VALID, 0, 2025, 0, False),
    (_LESS, "Đỗ Văn Mẫu", Stage.CERTIFIED, Verdict.VALID, 0, 2026, 0, False),
    (_LESS, "Đỗ Thị Giả", Stage.SYMPATHIZER, Verdict.WARNED, 0, 0, 1, False),
    (_LESS, "Hồ Văn Thử", Stage.PROBATIONARY, Verdict.INVALID, 2026, 0, 0, True),
    (_LESS, "Hồ Thị Mẫu", Stage.SYMPATHIZER, Verdict.VALID, 0, 0, 0, False),
]

# What these twelve add up to, counted by hand. The third branch was given no quota.
_BRANCHES = {
    "name": [_MAY, _STAR, _LESS],
    "kind": ["Thôn", "Thôn", "Trường học"],
    "watcher": ["Lê Văn Ví", "", "Trần Văn Dụ"],
    "members": [12.0, 9.0, 21.0],
    "members_at_start": [11.0, 9.0, 20.0],
    "quota": [3.0, 1.0, float("nan")],
    "term_quota": [8.0, 4.0, float("nan")],
    "admitted": [2, 1, 1],
    "percent": [Decimal("66.67"), Decimal(100), None],
    "lacking": [1.0, 0.0, float("nan")],
    "expected": [3, 1, 1],
    "sympathizer": [0, 0, 2],
    "certified": [0, 0, 1],
    "dossier": [0, 1, 0],
    "awaiting_decision": [0, 1, 0],
    "awaiting_ceremony": [1, 0, 0],
    "probationary": [2, 1, 1],
    "official": [1, 0, 0],
    "left": [1, 0, 0],
    "overdue": [2, 1, 1],
    "errors": [1, 1, 1],
    "rank": [2, 1, 0],
    "admitted_with_errors": [1, 0, 1],
    "certificates": [2, 2, 1],
    "term_admitted": [3, 1, 1],
    "term_percent": [Decimal("37.5"), Decimal(25), None],
}


@pytest.fixture(scope="session")
def quota_book_file(tmp_path_factory) -> bytes:
    """The file of `quota_book`, for all who only read it: written once, for it is the same to the last byte."""
    path = tmp_path_factory.mktemp("quota-book") / "so.xlsx"
    write_book(_quota_book(), path)
    return path.read_bytes()


@pytest.fixture
def quota_book() -> Book:
    """A made-up committee of three branches and twelve persons, as consolidation would hand it to the writer."""
    return _quota_book()


def _quota_book() -> Book:
    late = pd.DataFrame(
        {
            "branch": [_MAY, _STAR, _LESS, _MAY],
            "name": ["Trần Thị Giả", "Vũ Văn Giả", "Đỗ Thị Giả", "Lê Văn Mẫu"],
            "step": "Tổ chức lễ kết nạp",
            "counted_from": "Ngày quyết định kết nạp",
            "started_on": pd.to_datetime(["2026-05-04", "2026-09-01", "2026-10-15", "2026-11-02"]),
            "term": "30 ngày làm việc",
            "due_on": pd.to_datetime(["2026-06-15", "2026-10-14", "2026-11-30", "2027-02-01"]),
            "days_late": [160, 39, 0, 0],
            "tier": ["Quá hạn", "Quá hạn", "Trong 15 ngày", "Trong 90 ngày"],
            "basis": "Quy định mẫu, mục 4",
            "watcher": ["Lê Văn Ví", "", "Trần Văn Dụ", "Lê Văn Ví"],
            "file": ["may.xlsx", "sao.xlsx", "suoi.xlsx", "may.xlsx"],
            "sheet": "Sổ theo dõi",
            "cell": ["AH7", "AH6", "AH6", "AH6"],
        }
    )
    found = pd.DataFrame(
        {
            "level": [Level.ERROR, Level.QUERY, Level.NOTE],
            "code": ["date.impossible", "dates.swapped", "id.province"],
            "branch": [_MAY, _MAY, _STAR],
            "file": ["may.xlsx", "may.xlsx", "sao.xlsx"],
            "sheet": "Sổ theo dõi",
            "cell": ["AH7", "AH7", "E5"],
            "heading": ["Ngày quyết định kết nạp", "Ngày quyết định kết nạp", "Số định danh cá nhân"],
            "value": ["31/02/2026", "05/04/2026", "099xxxxxx123"],
            "message": "Nội dung mẫu của một lỗi.",
            "fix": "Cách sửa mẫu.",
            "memory": ["", "BCDFG-HJKLM", ""],
            "reason": ["", "Đã đối chiếu bản giấy", ""],
        }
    )
    handed_in = pd.DataFrame(
        {
            "branch": [_MAY, _STAR, _LESS, ""],
            "state": ["counted", "counted", "counted", "no_branch"],
            "heir": "",
            "file": ["may.xlsx", "sao.xlsx", "suoi.xlsx", "la.xlsx"],
            "received_at": pd.to_datetime(["2026-11-20 08:30", "2026-11-20 09:00", "2026-11-21 07:45", None]),
            "rows": [5, 3, 4, 2],
            "errors": [1, 1, 1, 0],
            "queries": [1, 0, 1, 0],
            "version": ["1", "1", "2", ""],
            "sha256": "0123456789abcdef" * 4,
            "remark": ["", "", "", "Không thấy tên chi bộ nào trong tệp."],
            "due_on": pd.to_datetime(["2026-11-20"] * 3 + [None]),
            "days_late": pd.array([0, 0, 1, None], dtype="Int64"),
            "last_version": pd.array([None, None, None, None], dtype="Int64"),
            "last_sha256": [""] * 4,
            "changes": ["", "", "+1 dòng: thêm 1 người.", ""],
            "reminder": ["Kính gửi Chi bộ thôn Mây 1! Sổ còn 1 lỗi.", "", "", ""],
        }
    )
    people, branches = _people(), pd.DataFrame(_BRANCHES).assign(remark="", missing=False)
    lines = [("Dòng đọc được", 20, "read"), ("Người được tính", 12, "counted"), ("Dòng đầu cột", 8, "aside")]
    beside = [("Cộng các chi bộ", 12, "tallied"), ("Tệp trong thư mục nhận", 4, "info")]
    return Book(
        committee=Committee("Đảng ủy xã Đồi & Cỏ", superior="Đảng bộ tỉnh Thử Nghiệm", year=2026),
        as_of=date(2026, 11, 22),
        people=people,
        branches=branches,
        overdue=late,
        findings=found,
        submissions=handed_in,
        reconciliation=pd.DataFrame([*lines, *beside], columns=["item", "count", "role"]),
        headline=(("Kết nạp năm 2026", "4/4 = 100%"), ("Quá hạn", "4 người ở 3 chi bộ"), ("Số chi bộ", "3")),
        composition=composition(people, branches["name"].tolist(), 2026),
        months=months(people, branches["quota"].sum(), 2026),
    )


def _people() -> pd.DataFrame:
    keys = ["branch", "full_name", "stage", "verdict", "admitted_in", "certified_in", "overdue", "expected"]
    people = pd.DataFrame(_PEOPLE, columns=keys)
    blank = {name: "" for name in HEADING if name not in keys}
    files = people["branch"].map({_MAY: "may.xlsx", _STAR: "sao.xlsx", _LESS: "suoi.xlsx"})
    people = people.assign(**blank).assign(
        number=[str(number) for number in range(1, 13)],
        citizen_id=[f"0990000{number:05d}" for number in range(1, 13)],
        birth_on=[
            pd.Timestamp(1999, 9, 5),
            "9/1998",
            pd.Timestamp(1098, 3, 2),
            pd.NaT,
            *[pd.Timestamp(2001, 1, 1)] * 8,
        ],
        votes_for=pd.array([9, None] * 6, dtype="Int64"),
        remark=["=1+1", "https://vi.du", "@lệnh", "+84", "", "", "", "", "", "", "", "001"],
        in_term=people["admitted_in"] > 0,
        admitted_on=pd.to_datetime(people["admitted_in"].map({2026: "2026-03-26"})),
        credited_to=people["branch"],
        outlook="",
        hope="",
        union_member=pd.array([True, None] * 6, dtype="boolean"),
        minority=pd.array([True, False, None] * 4, dtype="boolean"),
        religious=pd.array([False] * 12, dtype="boolean"),
        age=pd.array([27, None, 31] * 4, dtype="Int64"),
        groups=["|Công nhân|Nông dân|", "", "|Khác|"] * 4,
        next_due_on=pd.to_datetime(["2026-12-01", *[None] * 11]),
        detail="",
        extra="",
        file=files,
        sheet="Sổ theo dõi",
        row=range(5, 17),
    )
    # As consolidation hands it over: the row ids of the persons, not a fresh index, and the branches mixed.
    return people.set_index(pd.Index(range(100, 112))).iloc[[11, 0, 5, 1, 6, 2, 7, 3, 8, 4, 9, 10]]
