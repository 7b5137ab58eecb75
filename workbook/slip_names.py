"""Where each slip lies below the folder of slips: as the registers lay in the inbox, under names any system takes."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from workbook.outgoing.names import apart, safe
from workbook.phrases import phrase
from workbook.text import bare

_NO_NAME = re.compile(r"[^a-z0-9]+")
_NO_FOLDER = {"", ".", "..", "/", "//"}
_MOST_LETTERS = 40  # of a branch's name in the name of a file


def slip_names(files: Sequence[str]) -> dict[str, PurePosixPath]:
    """File → where its slip belongs, below the folder of slips; two names that differ by their ending only stay two."""
    files = list(dict.fromkeys(files))  # one of several branches is named once for each
    places = [PurePosixPath(*(_folders(file) or ["_"])) for file in files]
    times = Counter(str(place.with_suffix("")).lower() for place in places)
    told = [place.with_stem(place.name) if times[str(place.with_suffix("")).lower()] > 1 else place for place in places]
    return dict(zip(files, map(PurePosixPath, apart(map(str, told))), strict=True))


def _folders(file: str) -> list[str]:
    """The names a path is made of; of one given from the root of a disk no more than names."""
    return [safe(part) for part in PurePosixPath(file).parts if part not in _NO_FOLDER]


def letter_name(name: PurePosixPath, branch: str) -> PurePosixPath:
    """Where the letter that goes with a slip lies; with the name of its `branch` where a file has several ("" one)."""
    told = _NO_NAME.sub("-", bare(branch))[:_MOST_LETTERS].strip("-")
    return name.with_name(phrase("slip.letter_name", stem=f"{name.stem}-{told}" if told else name.stem))
