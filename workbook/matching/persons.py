"""Lines → persons: everything above in one call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from workbook.committee import Decision
from workbook.matching.groups import together
from workbook.matching.judge import alike
from workbook.matching.once import counted_lines, kinds
from workbook.matching.rulings import Ruling, latest, line_codes, rulings
from workbook.matching.traits import traits


@dataclass(frozen=True, slots=True)
class Persons:
    """Who is who. Row ids are those of the lines given.

    `stands_for`: row id → row id of the line that counts for the person; `kinds`: row id of a line that counts for
    several → DoubleKind; `pairs`: `one`, `other`, `bond` (Bond), `ruled`, `reasons` (keys of phrases); `codes`: row id
    → code of the line; `ruled`: what people have said of two codes.
    """

    stands_for: pd.Series
    kinds: pd.Series
    pairs: pd.DataFrame
    codes: pd.Series
    ruled: Mapping[tuple[str, str], Ruling]


def persons(lines: pd.DataFrame, repeated: pd.DataFrame, decisions: Iterable[Decision] = ()) -> Persons:
    """Find the lines of one person. `lines`: typed rows with the columns that `counted_lines` wants; pure.

    `repeated`: pairs (`one`, `other`) of lines that say the same word for word.
    """
    made, ruled = traits(lines), latest(rulings(decisions))
    codes = line_codes(made)
    told = _with_repeated(alike(made[~made.index.isin(repeated["other"])]), repeated)
    found = together(told, made, codes, ruled)
    stands_for = counted_lines(lines, found.person, codes, ruled)
    return Persons(stands_for, kinds(lines, stands_for), found.pairs, codes, ruled)


def _with_repeated(found: pd.DataFrame, repeated: pd.DataFrame) -> pd.DataFrame:
    reasons = pd.Series([("double.line_same",)] * len(repeated), dtype=object, index=repeated.index)
    told = repeated.assign(certain=True, same_number=True, reasons=reasons)
    return pd.concat([told, found], ignore_index=True)
