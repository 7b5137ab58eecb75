"""Every picture of the guide in `docs/huong-dan`, anew, from made-up data.

    python docs/pictures/guide.py [shell|papers|clicks|book ...]

Needs what `stage.py` and `pages.py` need: LibreOffice, Xvfb, xdotool, ImageMagick, pdftoppm, and a font of equal widths
with Vietnamese letters. The pictures of the quota book, which the guide shows too, are those of `pages.py`, beside it.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import guide_clicks
import guide_papers
import guide_shell
import pages

HERE = Path(__file__).parent
INTO = HERE.parent / "huong-dan" / "hinh"

#: Each takes an empty folder to work in, and the folder of the pictures.
KINDS: dict[str, Callable[[Path, Path], None]] = {
    "shell": guide_shell.main,
    "papers": guide_papers.main,
    "clicks": guide_clicks.main,
    "book": lambda _folder, _into: pages.main(),
}


def main(kinds: list[str]) -> None:
    """Make these kinds of pictures, or all."""
    INTO.mkdir(parents=True, exist_ok=True)
    for kind in kinds or KINDS:
        with tempfile.TemporaryDirectory() as folder:
            KINDS[kind](Path(folder), INTO)


if __name__ == "__main__":
    main(sys.argv[1:])
