"""Which texts of a quota book may go to the level above: those that we word ourselves, and none that a clerk typed.

A clerk may write into any cell ("ask so and so, 09…"). A text passes only where a phrase of ours, with numbers or days
in its gaps, could have made it.
"""

import re
from collections.abc import Collection, Iterable
from itertools import chain

from workbook.consolidate.composition import former_labels, lines_of
from workbook.phrases import keys, pattern, phrase
from workbook.states import Stated, stated

#: What stands in the gaps of a phrase: counts, shares, changes, days.
_FIGURES = r"[\d.,+%/\u2212\u2013\u2014-]+"
_SHARES = ("headline.share", "headline.no_quota")
_HOPES = ("headline.outlooks", "headline.hopes")
_GROWTH = ("headline.growth",)
#: What a line for the leader may say behind its title.
_SAID = {
    "year": ("headline.without", *_SHARES),
    "term": _SHARES,
    "branches": _GROWTH,
    "members": _GROWTH,
    "strength": ("headline.parts",),
    "overdue": ("headline.persons", "headline.persons_and_untimed"),
    "outlook": ("headline.short", *_HOPES),
    "furthest": ("headline.furthest_three", "headline.furthest_two", "headline.furthest_one"),
    "behind": ("headline.behind_branches", "headline.behind_unknown"),
    "certified": ("headline.people",),
    "submissions": ("headline.handed_in", "headline.handed_in_unplaced"),
    "rates": ("headline.rate", "headline.rate_on_time"),
}
_FIGURE = re.compile(_FIGURES)


def headline(title: str, said: str, branches: Iterable[str] = ()) -> bool:
    """Whether a line above the quota table is one of ours, from its title to its last word."""
    shares, hopes = (_any_of(pattern(name, _FIGURES) for name in names) for names in (_SHARES, _HOPES))
    names = _any_of(map(re.escape, branches))
    rate = pattern("headline.rate", _FIGURES)
    silent, unplaced, came = (pattern(f"headline.{name}", _FIGURES) for name in ("silent", "unplaced", "handed_in"))
    reasons = _any_of((silent, unplaced, f"{silent}; {unplaced}"))
    parts = {"share": shares, "hopes": hopes, "rate": rate, "first": names, "second": names, "third": names,
             "reasons": reasons, "unplaced": unplaced, "said": came}  # fmt: skip
    return any(_fits(title, [f"headline.{name}"]) and _fits(said, phrases, **parts) for name, phrases in _SAID.items())


def state(text: str, branches: Collection[str]) -> Stated | None:
    """What became of a file or of a branch as it is said on the board; None for what is no word of ours."""
    told = stated(text)
    return told if told and told.heir in ("", *branches) else None


def reason(text: str) -> str:
    """What a line of the reconciliation counts; "" for what is no word of ours."""
    known = {phrase(key) for key in keys() if key.startswith(("reconcile.", "aside."))}
    return text if text in known else ""


def group(text: str, year: int) -> str:
    """What a line of the sheet of groups is called, in a year or in older books; "" for what is no word of ours."""
    return text if text in {*(line.label for line in lines_of(year)), *chain(*former_labels().values())} else ""


def figure(text: str) -> str:
    """A number, like that of a version; "" for anything else."""
    return text if _FIGURE.fullmatch(text) else ""


def _fits(text: str, phrases: Iterable[str], **parts: str) -> bool:
    return any(re.fullmatch(pattern(key, _FIGURES, **parts), text) for key in phrases)


def _any_of(expressions: Iterable[str]) -> str:
    return "|".join(expressions) or r"(?!)"
