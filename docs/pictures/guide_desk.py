"""The desk of the guide: a folder with what a clerk of a made-up committee has before she types a command.

    nhan/  so-cap-uy.xlsx                      what the branches sent, and the committee's own book
    so-chi-tieu.xlsx  so-chi-tieu-thang-truoc.xlsx  so-chi-tieu-nam-truoc.xlsx   quota books of this and earlier times
    bieu.xlsx  bieu-rieng.xlsx  mat-khau.csv   a form to fill, one that nobody knows, the passwords of locked registers
    cap-duoi/  so-cap-tren.xlsx  tong-hop-ky-truoc.xlsx   for the level above: books of lower committees, and its own

The pictures of the guide are taken of it, and the tests of the guide run its commands on it.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.worksheet.properties import PageSetupProperties

from workbook.book import Book
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.demo.inbox import make
from workbook.given import committee_at
from workbook.outgoing.locking import locked
from workbook.outgoing.template import write_committee
from workbook.outgoing.write import write_book
from workbook.rolled_up import rollup_inbox
from workbook.run import book_of

AS_OF = date(2026, 11, 22)
LAST_MONTH, LAST_YEAR = date(2026, 10, 31), date(2025, 11, 22)
INBOX, COMMITTEE = "nhan", "so-cap-uy.xlsx"
PASSWORD = "nguon-2026"

#: The line of the unknown form for which a person writes the name of a value, and that name.
UNKNOWN = ("Là công nhân", "composition.groups.worker.total")

_UPPER, _LOWER = "Tỉnh ủy Sông Trong", ("Đảng ủy xã Suối Hạc", "Đảng ủy xã Đồi Trăng")
_CLERK = "Lò Văn Mẫu, cán bộ tổ chức"
_FORM = (
    ("Biểu số 1-BTCTW",),
    ("TĂNG, GIẢM ĐẢNG VIÊN",),
    (),
    ("Chỉ tiêu", "Kỳ này", "Cùng kỳ năm trước", "(%) kỳ này so với cùng kỳ năm trước"),
    ("Tổng số đảng viên cuối kỳ trước chuyển sang",),
    ("Đảng viên tăng trong kỳ",),
    ("Kết nạp",),
    ("Chuyển đến",),
    ("Đảng viên giảm trong kỳ",),
    ("Từ trần",),
    ("Xóa tên",),
    ("Trong đó: Đảng viên dự bị",),
    ("Chuyển đi",),
    ("Tổng số đảng viên cuối kỳ",),
)
_OWN_FORM = (
    ("KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN TRONG CÔNG NHÂN, PHỤ NỮ",),
    (),
    ("Nội dung", "Số lượng"),
    ("Tổng số đảng viên mới kết nạp",),
    ("Nữ",),
    ("Người dân tộc thiểu số",),
    (UNKNOWN[0],),
    ("Số đoàn viên ưu tú được giới thiệu",),
)


def lay(folder: Path, branches: int = 24) -> Book:
    """Fill the folder; the quota book of this month. Same arguments, same files."""
    made = make(folder, AS_OF, branches=branches)
    committee = committee_at(made.committee_book)
    assert committee
    write_book(book_of(made.inbox, committee, LAST_MONTH), folder / "so-chi-tieu-thang-truoc.xlsx")
    book = book_of(made.inbox, _decided(folder, committee), AS_OF)
    write_book(book, folder / "so-chi-tieu.xlsx")
    last_year = replace(book, as_of=LAST_YEAR, committee=replace(committee, year=LAST_YEAR.year))
    write_book(last_year, folder / "so-chi-tieu-nam-truoc.xlsx")
    _lock(next(made.inbox / one.file for one in made.files if one.counts and one.file.endswith(".xlsx")), folder)
    _form(folder / "bieu.xlsx", _FORM)
    _form(folder / "bieu-rieng.xlsx", _OWN_FORM)
    _upper(folder, book)
    return book


def _lock(path: Path, folder: Path) -> None:
    """Lock the register of one branch with a password, and write the list of passwords."""
    sent = path.stat().st_mtime
    path.write_bytes(locked(path.read_bytes(), PASSWORD))
    os.utime(path, (sent, sent))
    (folder / "mat-khau.csv").write_text(f"Tên tệp,Mật khẩu\n{path.name},{PASSWORD}\n", "utf-8")


def name_value(mapping: Path) -> None:
    """What a person does to the mapping drafted for the unknown form: write the name of a value into one line."""
    label, name = UNKNOWN
    drafted = mapping.read_text("utf-8")
    before, after = f'row = "{label}"\n# value = ""', f'row = "{label}"\nvalue = "{name}"'
    assert before in drafted
    mapping.write_text(drafted.replace(before, after), "utf-8")


def _decided(folder: Path, committee: Committee) -> Committee:
    """The committee with what it has decided of files and headings and no closing day, written over its book."""
    said = (
        Decision(DecisionKind.WITHDRAW, "DS bi loi.xlsx", "", "Chi bộ đã gửi tệp khác", _CLERK, AS_OF),
        Decision(DecisionKind.HEADING, "Ngày QĐ KN", "Ngày quyết định kết nạp", "", _CLERK, AS_OF),
    )
    decided = replace(committee, decisions=(*committee.decisions, *said), closing_on=None)
    (folder / COMMITTEE).unlink()
    write_committee(folder / COMMITTEE, decided)
    return decided


def _form(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    """A form as it is received: labels, and nothing in it yet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    sheet.column_dimensions["A"].width = 46
    for column in "BCD":
        sheet.column_dimensions[column].width = 20
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # every column on the page that is shown
    for cell in sheet[rows.index(()) + 2]:
        cell.alignment = Alignment(wrap_text=True, horizontal="center")
    book.save(path)


def _upper(folder: Path, book: Book) -> None:
    """Quota books of two lower committees, and the committee book of the level above."""
    (folder / "cap-duoi").mkdir()
    for number, name in enumerate(_LOWER, start=1):
        committee = replace(book.committee, name=name, superior=_UPPER)
        write_book(replace(book, committee=committee), folder / "cap-duoi" / f"xa-{number}.xlsx")
    branches = tuple(Branch(f"XA{number:02}", name, quota=120) for number, name in enumerate(_LOWER, start=1))
    upper = folder / "so-cap-tren.xlsx"
    write_committee(upper, Committee(_UPPER, year=AS_OF.year, branches=branches))
    rollup_inbox(folder / "cap-duoi", upper, folder / "tong-hop-ky-truoc.xlsx", AS_OF)
