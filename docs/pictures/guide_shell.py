"""Pictures of a terminal: a command as it is typed on the desk of the guide, and what it says."""

import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path, PureWindowsPath
from textwrap import wrap

import guide_run

from macros_py.addin.doctor import doctor
from macros_py.addin.machine import Machine
from workbook.demo import practice
from workbook.demo.inbox import INBOX

_COLUMNS, _LINES = 118, 32
_SHEET, _INK, _POINTS = "#12181f", "#e8eaed", "15"
_FONT = "Noto Sans Mono:lang=vi"  # else any that has every letter

_PARTS = ("●  ban-do.toml, trước khi sửa", "●  cuối tệp: tên các số", "●  ban-do.toml, sau khi sửa")

_BLANK = "\N{NO-BREAK SPACE}"  # spaces before a line are not drawn, nor a line of nothing else
_STARTUP = r"C:\Users\canbo\AppData\Roaming\Microsoft\Excel\XLSTART"
_COMMITTEE, _PREVIOUS = "--committee so-cap-uy.xlsx", "--previous so-chi-tieu.xlsx"

#: Name of the picture → the command, as it stands in the page above the picture, and how many lines are shown of the
#: beginning and of the end. One may read what another above it has written.
SHOWN: dict[str, tuple[str, int, int]] = {
    "1-mat-khau": (f"songuon check nhan/ {_COMMITTEE} --password-file mat-khau.csv", 4, 1),
    "1-khong-doc-duoc": (f"songuon check nhan/ {_COMMITTEE}", 6, 1),
    "2-lenh-check": (f"songuon check nhan/ {_COMMITTEE}", 0, 12),
    "3-lenh-tra-lai": (f"songuon check nhan/ {_COMMITTEE} --slips tra-lai-2026-11/", 0, 3),
    "4-lenh-overdue": (f"songuon overdue nhan/ {_COMMITTEE}", 14, 1),
    "4-lenh-lich": (f"songuon overdue nhan/ {_COMMITTEE} --ics han.ics --checklists phieu-kiem.xlsx", 0, 3),
    "5-lenh-tong-hop": (f"songuon consolidate nhan/ {_COMMITTEE} --out so-chi-tieu.xlsx", 0, 14),
    "5-lenh-cap-tren": ("songuon rollup cap-duoi/ --committee so-cap-tren.xlsx --out tong-hop.xlsx", 0, 12),
    "6-lenh-bao-cao": ("songuon report so-chi-tieu.xlsx --docx bao-cao.docx", 0, 4),
    "6-lenh-so-lieu": ("songuon report so-chi-tieu.xlsx --upward so-lieu.xlsx --fold 3", 0, 5),
    "6-lenh-bieu": ("songuon report so-chi-tieu.xlsx --fill bieu.xlsx --out bieu-da-dien.xlsx", 0, 8),
    "6-lenh-kiem-bao-cao": ("songuon check bao-cao.docx", 0, 8),
    "7-lenh-so-trang": ('songuon template register so-thon-2.xlsx --branch "Chi bộ thôn 2"', 0, 4),
    "8-lenh-chot": (
        f"songuon consolidate nhan/ {_COMMITTEE} --out so-chi-tieu-2026.xlsx --as-of 2026-12-31 {_PREVIOUS}", 0, 14),
    "8-lenh-luoc": ("songuon purge so-chi-tieu-2026.xlsx --until 2025-12-31", 0, 8),
}  # fmt: skip

#: Draws up the mapping of a form that nobody knows; a line of it is shown before and after a person wrote into it.
MAPPED = "songuon template map bieu-rieng.xlsx ban-do.toml"


def main(folder: Path, into: Path) -> None:
    """Lay the desk, type every command on it, keep the pictures."""
    practice.lay(folder)
    with chdir(folder):
        for name, (command, first, last) in SHOWN.items():
            draw([f"> {command}", *excerpt(said(command), first, last)], into / f"{name}.png")
        draw(listing(Path(INBOX)), into / "1-thu-muc.png")
        draw(mapped(), into / "6-ban-do.png")
    draw(["> songuon doctor", *examined()], into / "su-co-doctor.png")


def said(command: str) -> list[str]:
    """What the program says to a command, as on a terminal; the day of the desk where the command names none."""
    words = shlex.split(command)[1:]
    if words[0] in ("check", "overdue", "consolidate", "rollup") and "--as-of" not in words:
        words += ["--as-of", practice.AS_OF.isoformat()]
    program = [sys.executable, "-c", "from macros_py.cli import main; main()"]
    told = subprocess.run(
        [*program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120
    )
    return told.stdout.splitlines()


def excerpt(lines: Sequence[str], first: int, last: int) -> list[str]:
    """So many lines of the beginning and of the end, and a mark where some are left out between."""
    return list(lines) if len(lines) <= first + last else [*lines[:first], "…", *lines[len(lines) - last :]]


def mapped() -> list[str]:
    """One line of a mapping as it was drafted, the name that is wanted, and the line as a person leaves it."""
    said(MAPPED)
    path = Path(shlex.split(MAPPED)[-1])
    drafted = path.read_text("utf-8").splitlines()
    guide_run.name_value(path)
    label, name = guide_run.UNKNOWN
    at = drafted.index(f'row = "{label}"')
    named = next(place for place, line in enumerate(drafted) if line.startswith(f"#   {name}:"))
    entry = slice(at - 1, at + 2)
    written = path.read_text("utf-8").splitlines()[entry]
    parts = zip(_PARTS, (drafted[entry], drafted[named - 1 : named + 3], written), strict=True)
    return [line for title, lines in parts for line in (title, "", *lines, "")][:-1]


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
    folded = [part for line in lines for part in _fold(line)]
    font = subprocess.run(["fc-match", "-f", "%{file}", _FONT], check=True, timeout=60, capture_output=True, text=True)
    texts = [_BLANK * (len(line) - len(line.lstrip(" "))) + line.lstrip(" ") for line in folded[:_LINES]]
    texts = [line.replace("\\", "\\\\").replace("%", "%%") for line in texts]
    subprocess.run(
        ["convert", "-background", _SHEET, "-fill", _INK, "-font", font.stdout, "-pointsize", _POINTS,
         *(f"label:{text}" for text in texts), "-append",
         "-bordercolor", _SHEET, "-border", "14", "-colors", "16", f"PNG8:{path}"],
        check=True, timeout=60,
    )  # fmt: skip


def _fold(line: str) -> list[str]:
    """A line as wide as the picture; no name of a file is parted, for somebody may type it as it stands."""
    return wrap(line, _COLUMNS, subsequent_indent="    ", break_on_hyphens=False) or [_BLANK]
