"""What goes back to a branch: the made-up register of the pictures, marked, and the letter to be signed."""

from datetime import date
from pathlib import Path

from pages import picture
from register import write

from workbook.checking import check
from workbook.committee import Branch, Committee
from workbook.slips import write_slips

AS_OF, SUBMIT_BY = date(2026, 11, 22), date(2026, 12, 5)

#: The cell whose note is shown: a day that no calendar has.
NOTED = (8, 3)

_COMMITTEE = Committee(
    "Đảng ủy xã Suối Mây",
    superior="Tỉnh ủy Thử Nghiệm",
    year=AS_OF.year,
    branches=(Branch("CB01", "Chi bộ thôn Suối Mây"),),
    submit_by=SUBMIT_BY,
)


def handed_back(folder: Path) -> tuple[Path, Path]:
    """The marked copy and the letter."""
    (folder / "nhan").mkdir()
    write(folder / "nhan" / "chi-bo-suoi-may.xlsx", AS_OF)
    checked, back = check([folder / "nhan"], AS_OF, _COMMITTEE), folder / "tra-lai"
    write_slips(checked, _COMMITTEE, AS_OF, back)
    return next(back.glob("*-danh-dau.xlsx")), next(back.glob("*.docx"))


def letter(path: Path, name: str) -> None:
    """The page as PNG beside this script."""
    picture(name, path)
