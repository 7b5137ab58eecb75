"""How high wrapped text stands in a column: LibreOffice does not find out by itself when it opens a file."""

import re
from math import ceil
from textwrap import TextWrapper

import pandas as pd

_NO_SMALL_ASCII = re.compile(r"\b[^\Wa-z_]{2,}\b")  # words of capitals are among these, and few others


def line_counts(texts: "pd.Series[str]", width: float) -> "pd.Series[int]":
    """How many lines each text takes in a column of `width` characters; 1 for a blank."""
    shown = texts.astype(object).where(texts.notna(), "").astype(str)
    return shown.map({text: line_count(text, width) for text in shown.unique()}).astype("int64")


def line_count(text: str, width: float) -> int:
    """How many lines the text takes in a column of `width` characters, rather one too many than one too few.

    A column is measured in digits of the sheet's font. In Times New Roman and Liberation Serif words of small letters
    are narrower than as many digits, and a character left at the edge makes up for the few capitals among them.
    """
    if 3 * len(text) < 2 * width - 2 and "\n" not in text:  # fits even in capitals; most texts do
        return 1
    letters = max(int(width) - 1, 1)
    wrapper = TextWrapper(width=letters, break_on_hyphens=False, break_long_words=False)
    paragraphs = (wrapper.wrap(_NO_SMALL_ASCII.sub(_stretched, part)) or [" "] for part in text.split("\n"))
    # A word that is too long begins on a line of its own and is broken there.
    return sum(ceil(len(line) / letters) for lines in paragraphs for line in lines)


def _stretched(word: re.Match[str]) -> str:
    """Two capitals are as wide as three digits."""
    return word[0] + "x" * (len(word[0]) // 2) if word[0].isupper() else word[0]
