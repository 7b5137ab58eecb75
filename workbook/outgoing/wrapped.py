"""How high wrapped text stands in a column: LibreOffice does not find out by itself when it opens a file."""

import re
import unicodedata
from functools import lru_cache
from math import ceil

import numpy as np
import numpy.typing as npt
import pandas as pd

# Advance widths of Times New Roman in thousandths of the letter size, published with its metric twins Times and
# Liberation Serif. Tones, hats and bars widen no letter; horns do, and are letters of their own here.
_WIDTHS = {
    **dict.fromkeys("DGHKNOQUVXYA", 722), **dict.fromkeys("BCR", 667), **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("FPS", 556), "M": 889, "W": 944, "I": 333, "J": 389, "m": 778, "w": 722, "s": 389, "f": 333,
    "r": 333, **dict.fromkeys("acez", 444), **dict.fromkeys("ijlt/:;", 278), **dict.fromkeys(" .,", 250),
    **dict.fromkeys("()-[]", 333), "%": 833, "&": 778, "@": 921, "+": 564, "=": 564,
    "\u2013": 500, "\u2014": 1000, "\u2026": 1000,
    chr(0x111): 500, chr(0x110): 722, "o\u031b": 530, "u\u031b": 540, "O\u031b": 770, "U\u031b": 775,
}  # fmt: skip
_OTHERS = 500  # digits, b, d, g, h, k, n, o, p, q, u, v, x, y
_DIGIT = 500  # what columns are measured in
_SPACE = _WIDTHS[" "] / _DIGIT
_EDGE = 0.5  # of a digit that a cell keeps free, more than any application was seen to
_HORN = "\u031b"
_MEMORY = 1 << 16


def line_counts(texts: "pd.Series[str]", width: float) -> npt.NDArray[np.int64]:
    """How many lines each text takes in a column of `width` characters; 1 for a blank."""
    codes, kinds = pd.factorize(texts)  # -1 for what is blank
    return np.array([*(line_count(str(text), width) for text in kinds.tolist()), 1])[codes]


def line_count(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines the text takes in a column of `width` characters, rather one too many than one too few."""
    room = (width - _EDGE) * (0.92 if bold else 1)
    if len(text) * 1.9 <= room and "\n" not in text:  # fits even if every letter is a W
        return 1
    return sum(_lines_of(paragraph, room) for paragraph in text.split("\n"))


def _lines_of(paragraph: str, room: float) -> int:
    """Word by word; a word longer than the line begins on its own and is broken there."""
    full, used = 1, 0.0
    for word in re.split(r" +|(?<=-)", paragraph):
        wide = _wide(word)
        if used and used + _SPACE + wide > room:
            full, used = full + 1, 0.0
        used += wide + (_SPACE if used else 0)
        over = ceil(used / room) - 1
        if over > 0:
            full, used = full + over, used - over * room
    return full


@lru_cache(maxsize=_MEMORY)
def _wide(word: str) -> float:
    """The width of a word in digits."""
    return sum(_WIDTHS.get(letter, _OTHERS) for letter in map(_plain, word)) / _DIGIT


@lru_cache(maxsize=_MEMORY)
def _plain(letter: str) -> str:
    """The letter without its tone and hat, with its horn."""
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] + _HORN if _HORN in parts else parts[0]
