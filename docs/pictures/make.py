"""The pictures of this folder: what a clerk sees, on a made-up register, with real clicks on the real toolbar.

    python docs/pictures/make.py [STORY ...]

Needs LibreOffice, Xvfb, xdotool and ImageMagick. A story is a function that plays on a stage and shows its pictures
by name; a new one is entered in STORIES.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from register import MENDED, MISTAKE, write
from stage import Stage, stage

from macros_py.clock import today
from workbook.phrases import phrase

HERE = Path(__file__).parent

#: A picture by its name, and the cell at which the mouse points.
Show = Callable[..., None]


def register(on: Stage, show: Show, folder: Path) -> None:
    """A branch's register: checked, mended, checked again, timed, and put back."""
    path = folder / "Sổ theo dõi 2026.xlsx"
    write(path, today())
    book = on.open(path)
    sheet = book.sheets.active
    show("truoc")
    on.press("check")
    show("kiem-tra")
    for _ in range(3):
        on.press("next_error")
    show("loi-tiep-theo", MISTAKE)
    on.type(MISTAKE, MENDED)
    on.press("check")
    show("sua-xong")
    book.sheets[phrase("button.errors")].activate()
    show("trang-loi")
    sheet.activate()
    on.press("overdue")
    show("qua-han")
    book.sheets[phrase("button.overdue")].activate()
    show("trang-qua-han")
    sheet.activate()
    on.press("clear")
    show("xoa-danh-dau")


STORIES: dict[str, Callable[[Stage, Show, Path], None]] = {"register": register}


def main(names: list[str]) -> None:
    """Make the pictures of these stories anew, or of all."""
    for name in names or STORIES:
        with tempfile.TemporaryDirectory() as place, stage(Path(place)) as on:
            STORIES[name](on, lambda picture, *rest: on.shot(HERE / f"{picture}.png", *rest), Path(place))


if __name__ == "__main__":
    main(sys.argv[1:])
