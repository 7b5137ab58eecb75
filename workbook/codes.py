"""The code lists as clerks write them: label for a code, code for what was typed, the nearest label.

Spellings are data: `codes_vi.toml`.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz, process

from validation.vocabulary import TargetGroup
from workbook import text
from workbook.spellings import joined, lexicon, spellings, undecided

Code = TypeVar("Code", bound=StrEnum)

# Below this likeness (0 to 100) a suggestion confuses more than it helps.
_NEAR = 75


def label(member: StrEnum) -> str:
    """What a clerk reads for a code, like "Nam"."""
    return spellings(type(member))[member.value][0]


def labels(enum: type[StrEnum]) -> list[str]:
    """All labels of a list in its order."""
    return [label(member) for member in enum]


def label_by_code(enum: type[StrEnum]) -> dict[str, str]:
    """Code → label of a list, in its order: for columns of a frame."""
    return {member.value: label(member) for member in enum}


@lru_cache(maxsize=1 << 14)
def match(enum: type[Code], typed: str) -> Code | None:
    """The code a text stands for, None where the list knows no such spelling.

    Accents count unless the text has none at all. In the lists typed as free text a spelling may stand
    inside the text (see `codes_vi.toml`).
    """
    form = text.bare if text.clean(typed).isascii() else text.key
    known = lexicon(enum, form)
    code = known.whole.get(joined(form(typed)))
    if code is None and known.inside is not None:
        code = _named(enum, known.inside.found(form(typed)), known.inside.highest)
    return None if code is None else enum(code)


def match_groups(typed: str) -> str:
    """The codes of a cell with several target groups, joined by ";"; unknown pieces stay as typed.

    Pieces are parted by ";" or a line break. A comma parts only where every piece is known, because
    labels contain commas themselves.
    """
    pieces = [piece for part in re.split(r"[;\n]", typed) if (piece := text.clean(part))]
    return ";".join(dict.fromkeys(code for piece in pieces for code in _groups_of(piece)))


@lru_cache(maxsize=1 << 12)
def nearest(enum: type[StrEnum], typed: str) -> str:
    """The label nearest to a text that is in no list, "" where none is near."""
    known = lexicon(enum, text.bare).whole
    found = process.extractOne(joined(text.bare(typed)), known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return label(enum(known[found[0]])) if found else ""


def _named(enum: type[StrEnum], found: set[str], highest: bool) -> str | None:
    if not found or "" in found or (len(found) > 1 and not highest):
        return None
    return [member.value for member in enum if member.value in found][-1]


def _groups_of(piece: str) -> list[str]:
    whole = match(TargetGroup, piece)
    if whole is not None:
        return [whole.value]
    parts = [match(TargetGroup, part) for part in piece.split(",")]
    known = [part.value for part in parts if part is not None]
    return known if len(known) == len(parts) and joined(text.key(piece)) not in undecided(TargetGroup) else [piece]
