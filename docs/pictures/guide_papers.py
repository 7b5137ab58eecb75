"""Pictures of paper: pages of the workbooks and Word documents that the guide's commands write."""

import subprocess
from contextlib import chdir
from pathlib import Path

from guide_shell import mapped, said

from workbook.demo import practice
from workbook.outgoing.template import write_committee

_DOTS = {True: "92", False: "80"}  # dots an inch of a page that lies and of one that stands
_SHOWN, _MOST = "100%x93%+0+0", "1180x640+0+0"  # of a page, without its foot; and of that what is shown, in pixels
_COLOURS = "64"
_BLANK = "so-cap-uy-trang.xlsx"

#: Commands whose papers are shown, as they stand in the pages.
WRITING = (
    "songuon check nhan/ --committee so-cap-uy.xlsx --slips tra-lai-2026-11/",
    "songuon overdue nhan/ --committee so-cap-uy.xlsx --ics han.ics --checklists phieu-kiem.xlsx",
    "songuon consolidate nhan/ --committee so-cap-uy.xlsx --out so-chi-tieu.xlsx",
    "songuon rollup cap-duoi/ --committee so-cap-tren.xlsx --out tong-hop.xlsx",
    "songuon report so-chi-tieu.xlsx --docx bao-cao.docx",
    "songuon report so-chi-tieu.xlsx --upward so-lieu.xlsx --fold 3",
    "songuon report so-chi-tieu.xlsx --fill bieu.xlsx --out bieu-da-dien.xlsx",
    "songuon report so-chi-tieu.xlsx --fill bieu-rieng.xlsx --map ban-do.toml --out bieu-rieng-da-dien.xlsx",
    "songuon template report mau-bao-cao.docx",
)

#: Name of the picture → the file, the largest of several that fit, and words on the page that is shown.
SHOWN: dict[str, tuple[str, str]] = {
    "1-quyet-dinh": ("so-cap-uy.xlsx", "KHÔNG HỎI LẠI"),
    "3-phieu": ("tra-lai-2026-11/*/*-phieu-tra-lai.docx", "PHIẾU TRẢ LẠI"),
    "4-phieu-kiem": ("phieu-kiem.xlsx", "GIẤY TỜ"),
    "5-so-cap-tren": ("tong-hop.xlsx", "Tổng số"),
    "6-bao-cao": ("bao-cao.docx", "BÁO CÁO"),
    "6-mau": ("mau-bao-cao.docx", "BÁO CÁO"),
    "6-so-lieu": ("so-lieu.xlsx", "STT"),
    "6-bieu": ("bieu-da-dien.xlsx", "BTCTW"),
    "6-bieu-rieng": ("bieu-rieng-da-dien.xlsx", "CÔNG NHÂN"),
    "7-so-cap-uy-trang": (_BLANK, "CẤU HÌNH"),
    "7-cau-hinh": ("so-cap-uy.xlsx", "CẤU HÌNH"),
    "7-chi-bo": ("so-cap-uy.xlsx", "DANH SÁCH CHI BỘ"),
    "7-ngay-nghi": ("so-cap-uy.xlsx", "NGÀY NGHỈ"),
}


def main(folder: Path, into: Path) -> None:
    """Lay the desk, have the papers written, keep the pictures."""
    practice.lay(folder)
    with chdir(folder):
        mapped()
        for command in WRITING:
            said(command)
        write_committee(Path(_BLANK))
        shown = {name: (_largest(pattern), words) for name, (pattern, words) in SHOWN.items()}
        printed = {path: pdf(path.absolute(), folder) for path in {path for path, _ in shown.values()}}
    for name, (path, words) in shown.items():
        picture(printed[path], words, into / f"{name}.png")


def _largest(pattern: str) -> Path:
    return max(Path().glob(pattern), key=lambda path: path.stat().st_size)


def pdf(path: Path, folder: Path) -> Path:
    """The file as LibreOffice prints it."""
    into = folder / "pdf" / path.stem
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(into), str(path)]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return next(into.iterdir())


def picture(printed: Path, words: str, path: Path) -> None:
    """The upper part of the first page that has these words."""
    number = str(_page(printed, words))
    rough = printed.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-png", "-r", _DOTS[_lies(printed)], "-f", number, "-l", number, "-singlefile",
         str(printed), str(rough)],
        check=True, timeout=60,
    )  # fmt: skip
    subprocess.run(
        ["convert", f"{rough}.png", "-crop", _SHOWN, "+repage", "-trim", "+repage", "-crop", _MOST, "+repage",
         "-bordercolor", "white", "-border", "12", "-bordercolor", "#c0c0c0", "-border", "1",
         "-colors", _COLOURS, f"PNG8:{path}"],
        check=True, timeout=60,
    )  # fmt: skip


def _lies(printed: Path) -> bool:
    """Whether the first page is wider than high."""
    told = subprocess.run(["pdfinfo", str(printed)], check=True, timeout=60, capture_output=True, text=True).stdout
    size = next(line for line in told.splitlines() if line.startswith("Page size:")).split()
    return float(size[2]) > float(size[4])


def _page(printed: Path, words: str) -> int:
    """Counted from one; LookupError where no page has the words."""
    told = subprocess.run(["pdftotext", str(printed), "-"], check=True, timeout=60, capture_output=True, text=True)
    for number, text in enumerate(told.stdout.split("\f"), start=1):
        if " ".join(words.split()) in " ".join(text.split()):
            return number
    raise LookupError(words)
