"""The one comparison key for Vietnamese text: compare by a key, show the original.

`clean` is what may be shown, `key` compares with accents ("Năm" is not "Nam"), `bare` without; use
`bare` only where `key` found nothing. Spellings with i and y ("Sĩ", "Sỹ") stay apart: both are names.
"""

import re
import unicodedata
from functools import lru_cache

# Names and headings repeat in every file; the bound only keeps a service that runs for weeks small.
_MEMORY = 1 << 16

# Zero-width, soft-hyphen and direction marks come with pasted text; they part nothing.
_INVISIBLE = re.compile(r"[\x00\xad\u200b-\u200f\u2060\ufeff]")

# Look-alikes of d with stroke that old keyboards and converters leave: eth, African d.
_STROKE_D = 0x111
_STROKED = {0xF0: _STROKE_D, 0x256: _STROKE_D}

# The marks of Latin letters; what other scripts have is told by its category.
_MARK = re.compile(r"[\u0300-\u036f]")

# Everything below works on decomposed text, where a tone is a mark of its own.
_TONE = r"[\u0300\u0301\u0303\u0309\u0323]*"
_TONE_BEFORE_HAT = re.compile(rf"({_TONE})([\u0302\u0306\u031b])")
_GLIDE = re.compile(
    rf"(q?)(o(?={_TONE}[ae])|u(?={_TONE}y))({_TONE})"  # the glide of oa, oe, uy with a tone or none
    rf"([aey]\u0306?)({_TONE})"  # its vowel with a tone or none
    r"(?=([^\W\d_]?))"  # whether a letter follows
)


@lru_cache(maxsize=_MEMORY)
def clean(value: str) -> str:
    """Return the text composed (NFC), without invisible marks, trimmed, each run of blanks one space."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", value)).split())


@lru_cache(maxsize=_MEMORY)
def key(value: str) -> str:
    """Return the comparison key with accents: no case, one tone placement, one d with stroke."""
    if value.isascii():
        return clean(value).lower()
    lowered = unicodedata.normalize("NFD", clean(value)).casefold().translate(_STROKED)
    ordered = _TONE_BEFORE_HAT.sub(r"\2\1", unicodedata.normalize("NFD", lowered))
    return unicodedata.normalize("NFC", _GLIDE.sub(_place_tone, ordered))


@lru_cache(maxsize=_MEMORY)
def bare(value: str) -> str:
    """Return the comparison key without accents, in plain letters (d for d with stroke)."""
    letters = _MARK.sub("", unicodedata.normalize("NFD", key(value)).translate({_STROKE_D: "d"}))
    if letters.isascii():
        return clean(letters)
    return clean("".join(letter for letter in letters if unicodedata.category(letter) != "Mn"))


def _place_tone(match: re.Match[str]) -> str:
    """Put the tone where both schools can agree on one place.

    They differ only in open syllables (one writes the tone of "hoa" on o, the other on a): there it
    goes on the glide. Before another letter, and after q, whose u is no vowel, it goes on the vowel.
    """
    lead, glide, early, vowel, late, follower = match.groups()
    if lead or follower:
        return f"{lead}{glide}{vowel}{early}{late}"
    return f"{glide}{early}{late}{vowel}"
