"""The workbooks of this folder, built anew:  .venv/bin/uv run -q python examples/make.py

Blank ones are what `songuon template` writes. Filled ones are the same sheets with made-up people typed in: a branch
without a fault, and one with the five faults that README.md lists. Identity numbers begin with 099, no province.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
from openpyxl.comments import Comment

from validation.vocabulary import Stage
from workbook.committee import Branch, Committee
from workbook.demo.people import Person, person
from workbook.layout import REGISTER, REGISTER_SHEET
from workbook.outgoing.package import FIRST_MOMENT, open_package
from workbook.outgoing.register_template import FIRST
from workbook.outgoing.template import write_committee, write_register

#: The part of a workbook that says when it was made and saved.
CORE = "docProps/core.xml"

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 22)

MAY, SCHOOL = "Chi bộ thôn Mây Trắng", "Chi bộ Trường Tiểu học Đồi Cỏ"
COMMITTEE = Committee(
    "Đảng ủy xã Đồi Cỏ",
    superior="Tỉnh ủy Sông Trong",
    year=2026,
    branches=(
        Branch("01", MAY, kind="Thôn", members=21, quota=1, watcher="Lò Văn Mẫu", members_at_start=20),
        Branch("02", SCHOOL, ("Chi bộ trường học",), "Trường học", 14, 2, watcher="Vi Thị Dụ", members_at_start=13),
    ),
)

#: What is wrong in the second branch: (line of the list, column) → what stands there.
FAULTS: Mapping[tuple[int, str], object] = {
    (1, "birth_on"): "31/02/1999",
    (2, "sex"): "Nan",
    (4, "votes_for"): 3,
    (4, "members_summoned"): 14,
    (5, "decision_number"): None,
    (6, "ceremony_on"): "20/12/2026",
}


def main(into: Path = HERE) -> None:
    """Build everything, in the place of what is there; where building fails, what is there stays."""
    with TemporaryDirectory() as name:
        draft = Path(name)
        build(draft)
        shutil.copytree(draft, into, dirs_exist_ok=True)


def build(into: Path) -> None:
    """All workbooks, in a folder that holds none of them."""
    blank, filled = into / "blank", into / "filled"
    for folder in (blank, filled / "inbox"):
        folder.mkdir(parents=True)
    write_register(blank / "so-theo-doi.xlsx")
    write_committee(blank / "so-cap-uy.xlsx")
    write_committee(filled / "so-cap-uy.xlsx", COMMITTEE)
    register(filled / "inbox" / "chi-bo-thon-may-trang.xlsx", MAY, {})
    register(filled / "inbox" / "chi-bo-truong-hoc.xlsx", SCHOOL, FAULTS)


def register(out: Path, branch: str, faults: Mapping[tuple[int, str], object]) -> None:
    """A register of our template with one made-up person at each stage, and the faults."""
    write_register(out, branch)
    book = openpyxl.load_workbook(out)
    sheet = book[REGISTER_SHEET]
    for line, someone in enumerate(people(branch), start=1):
        for place, column in enumerate(REGISTER, start=1):
            value = str(line) if column.name == "number" else getattr(someone, column.name)
            value = faults.get((line, column.name), value)
            if value not in ("", None):
                sheet.cell(FIRST + line, place, int(value) if column.name == "number" else value)
    widen(cell.comment for row in sheet.iter_rows() for cell in row if cell.comment)
    book.save(out)
    out.write_bytes(without_moment(out.read_bytes()))


def people(branch: str) -> list[Person]:
    """One at each stage, the same ones whenever they are drawn."""
    rng = Random(branch)
    return [person(rng, stage, AS_OF, serial=rng.randrange(10**6)) for stage in Stage]


def widen(notes: Iterable[Comment]) -> None:
    """openpyxl forgets how large a note was."""
    for note in notes:
        note.width, note.height = 300, 120


def without_moment(data: bytes) -> bytes:
    """The workbook without the moment at which openpyxl saved it: the same people are the same bytes on any day."""
    parts = open_package(data).parts
    core = {info.filename: content for info, content in parts}[CORE]
    (created,) = re.findall(rb"<dcterms:created[^>]*>([^<]+)<", core)
    told = {CORE: re.sub(rb"(<dcterms:modified[^>]*>)[^<]+<", rb"\g<1>" + created + b"<", core)}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for info, content in parts:
            archive.writestr(ZipInfo(info.filename, FIRST_MOMENT), told.get(info.filename, content), ZIP_DEFLATED)
    return buffer.getvalue()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
