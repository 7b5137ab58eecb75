"""The pictures of what a clerk sees: made-up registers, and real clicks on the real toolbar.

    python docs/pictures/make.py [STORY ...]

Needs LibreOffice, Xvfb, xdotool and ImageMagick (Debian: libreoffice-calc, python3-uno, xvfb, xdotool, imagemagick);
with libreoffice-l10n-vi the office speaks Vietnamese too. A story is a function that plays on a stage and keeps
pictures; enter a new one in STORIES.
"""

import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from register import MENDED, MISTAKE, SHEET, write
from slip import NOTED, handed_back, letter
from stage import Cell, Stage, stage

from macros_py.clock import today
from workbook.phrases import phrase

HERE = Path(__file__).parent

#: Keeps a picture: what it shows, and the cell at which the mouse points (None nowhere).
Keep = Callable[[str, Cell | None], None]


def register(on: Stage, keep: Keep, folder: Path) -> None:
    """A branch's register: checked, mended, checked again, timed, and put back."""
    path = folder / "Sổ theo dõi 2026.xlsx"
    write(path, today())
    on.open(path)
    keep("before", None)
    on.press("check")
    keep("checked", None)
    on.turn_to(phrase("button.errors"))
    keep("errors", None)
    on.turn_to(SHEET)
    for _ in range(3):
        on.press("next_error")
    keep("next-error", MISTAKE)
    on.type(MISTAKE, MENDED)
    on.press("check")
    keep("mended", None)
    on.press("overdue")
    keep("overdue", None)
    on.turn_to(phrase("button.overdue"))
    keep("overdue-list", None)
    on.turn_to(SHEET)
    on.press("clear")
    keep("cleared", None)


def slip(on: Stage, keep: Keep, folder: Path) -> None:
    """What goes back to a branch: the marked copy with the note of one cell, and the letter."""
    copy, said = handed_back(folder)
    on.open(copy)
    keep("marked-copy", NOTED)
    letter(said, "slip-2-letter")


STORIES: dict[str, Callable[[Stage, Keep, Path], None]] = {"register": register, "slip": slip}


def main(names: list[str]) -> None:
    """Make the pictures of these stories anew, or of all."""
    for name in names or STORIES:
        with tempfile.TemporaryDirectory() as folder, stage(Path(folder)) as on:
            STORIES[name](on, album(on, name), Path(folder))


def album(on: Stage, story: str) -> Keep:
    """Where a story's pictures are kept, numbered, in the place of the earlier ones."""
    for old in HERE.glob(f"{story}-*.png"):
        old.unlink()
    numbers = count(1)
    return lambda shown, pointed: on.shot(HERE / f"{story}-{next(numbers)}-{shown}.png", pointed)


if __name__ == "__main__":
    main(sys.argv[1:])
