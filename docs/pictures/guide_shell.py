"""Pictures of a terminal: a command as it is typed on the desk of the guide, and what it says."""

import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path, PureWindowsPath
from textwrap import wrap

import guide_desk

from macros_py.addin.doctor import doctor
from macros_py.addin.machine import Machine

_COLUMNS, _LINES = 118, 24
_SHEET, _INK, _POINTS = "#12181f", "#e8eaed", "15"
_FONT = "Noto Sans Mono:lang=vi"  # else any that has every letter

_BLANK = "\N{NO-BREAK SPACE}"  # spaces before a line are not drawn, nor a line of nothing else
_STARTUP = r"C:\Users\canbo\AppData\Roaming\Microsoft\Excel\XLSTART"
_COMMITTEE = "--committee so-cap-uy.xlsx"

#: Name of the picture → the command, and how many lines are shown of the beginning and of the end.
SHOWN: dict[str, tuple[str, int, int]] = {
    "1-mat-khau": (f"songuon check nhan/ {_COMMITTEE} --password-file mat-khau.csv", 4, 1),
    "1-khong-doc-duoc": (f"songuon check nhan/ {_COMMITTEE}", 6, 1),
    "2-lenh-check": (f"songuon check nhan/ {_COMMITTEE} --password-file mat-khau.csv", 0, 12),
    "3-lenh-tra-lai": (f"songuon check nhan/ {_COMMITTEE} --slips tra-lai/", 0, 3),
    "4-lenh-overdue": (f"songuon overdue nhan/ {_COMMITTEE}", 12, 1),
    "4-lenh-lich": (f"songuon overdue nhan/ {_COMMITTEE} --ics han.ics --checklists phieu-kiem.xlsx", 0, 3),
    "5-lenh-tong-hop": (
        f"songuon consolidate nhan/ {_COMMITTEE} --out so-moi.xlsx --previous so-chi-tieu-thang-truoc.xlsx", 0, 11),
    "5-lenh-cap-tren": ("songuon rollup cap-duoi/ --committee so-cap-tren.xlsx --out tong-hop.xlsx", 0, 9),
    "6-lenh-bao-cao": (
        "songuon report so-chi-tieu.xlsx --docx bao-cao.docx --previous so-chi-tieu-thang-truoc.xlsx", 0, 4),
    "6-lenh-so-lieu": ("songuon report so-chi-tieu.xlsx --upward so-lieu.xlsx --fold 3", 0, 5),
    "6-lenh-bieu": ("songuon report so-chi-tieu.xlsx --fill bieu.xlsx --out bieu-da-dien.xlsx", 0, 8),
    "6-lenh-kiem-bao-cao": ("songuon check bao-cao.docx", 0, 8),
    "7-lenh-so-trang": ('songuon template register so-theo-doi.xlsx --branch "Chi bộ thôn 1"', 0, 4),
    "8-lenh-chot": (f"songuon consolidate nhan/ {_COMMITTEE} --out so-2026.xlsx --as-of 2026-12-31", 0, 11),
    "8-lenh-luoc": ("songuon purge so-2026.xlsx --until 2025-12-31", 0, 8),
}  # fmt: skip


def main(folder: Path, into: Path) -> None:
    """Lay the desk, type every command on it, keep the pictures."""
    guide_desk.lay(folder)
    with chdir(folder):
        for name, (command, first, last) in SHOWN.items():
            draw([f"> {command}", *excerpt(said(command), first, last)], into / f"{name}.png")
        draw(listing(Path(guide_desk.INBOX)), into / "1-thu-muc.png")
    draw(["> songuon doctor", *examined()], into / "su-co-doctor.png")


def said(command: str) -> list[str]:
    """What the program says to a command, as on a terminal; the day of the desk where the command names none."""
    words = shlex.split(command)[1:]
    if words[0] in ("check", "overdue", "consolidate", "rollup") and "--as-of" not in words:
        words += ["--as-of", guide_desk.AS_OF.isoformat()]
    program = [sys.executable, "-c", "from macros_py.cli import main; main()"]
    told = subprocess.run(
        [*program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120
    )
    return told.stdout.splitlines()


def excerpt(lines: Sequence[str], first: int, last: int) -> list[str]:
    """So many lines of the beginning and of the end, and a mark where some are left out between."""
    return list(lines) if len(lines) <= first + last else [*lines[:first], "…", *lines[len(lines) - last :]]


def listing(inbox: Path) -> list[str]:
    """The folders of an inbox with the first files of each."""
    lines = [f"{inbox.name}/"]
    for folder in sorted(one for one in inbox.iterdir() if one.is_dir()):
        files = sorted(one.name for one in folder.iterdir())
        lines += [f"    {folder.name}/", *(f"        {name}" for name in files[:3]), *["        …"] * (len(files) > 3)]
    return lines


def examined() -> list[str]:
    """What the doctor says of a made-up computer where Excel may start no program."""
    version = "so-nguon 0.1.0"
    machine = Machine(
        system="Windows", python=PureWindowsPath(r"C:\SoNguon\python\python.exe"), version=(3, 11), bits=64,
        wanted=version, addin=version, startup=PureWindowsPath(_STARTUP),
        writable=True, policies={}, children=1, offices=frozenset({"excel"}), boxes=True, bridge=True,
    )  # fmt: skip
    return [f"[{one.label}] {one.sentence}" for one in doctor(machine)]


def draw(lines: Sequence[str], path: Path) -> None:
    """Lines of text, light on dark, as PNG."""
    folded = [part for line in lines for part in wrap(line, _COLUMNS, subsequent_indent="    ") or [_BLANK]]
    font = subprocess.run(["fc-match", "-f", "%{file}", _FONT], check=True, timeout=60, capture_output=True, text=True)
    texts = [_BLANK * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in folded[:_LINES]]
    texts = [line.replace("\\", "\\\\").replace("%", "%%") for line in texts]
    subprocess.run(
        ["convert", "-background", _SHEET, "-fill", _INK, "-font", font.stdout, "-pointsize", _POINTS,
         *(f"label:{text}" for text in texts), "-append",
         "-bordercolor", _SHEET, "-border", "14", "-colors", "16", f"PNG8:{path}"],
        check=True, timeout=60,
    )  # fmt: skip
