"""Which lines are worth comparing: pairs that agree on one strong thing each, so that nobody compares all with all."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Positions = NDArray[np.int64]

#: In a block each line is compared with so many that follow it, in the order of names. Blocks are small (people born
#: on one day); only a block of fillers ("01/01/1990" for everybody) is larger, and there the like names stand close.
_REACH = 50

_DIGITS = 12
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines by a key. Of two lines under one key at least one must be `wanted`."""

    keys: Positions
    at: Positions
    wanted: NDArray[np.bool_]


def candidates(made: pd.DataFrame) -> tuple[Positions, Positions]:
    """Every pair of lines of `traits`, as positions (first < second), that share a block; each pair once."""
    rank = pd.factorize(made["bare"], sort=True)[0].astype("int64")
    codes = [one * len(made) + other for one, other in (_pairs(block, rank) for block in _blocks(made))]
    once = pd.unique(np.concatenate(codes)) if len(made) else np.empty(0, dtype="int64")
    return once // max(len(made), 1), once % max(len(made), 1)


def _blocks(made: pd.DataFrame) -> Iterator[_Block]:
    """Each way to meet."""
    name, day, year = _numbered(made["bare"]), _ordinal(made["born"]), made["year"].to_numpy()
    named, dated = name >= 0, day >= 0
    partly, undated = (year > 0) & ~dated, year == 0
    yield _block(_numbered(made["number"]))
    yield from _one_digit_off(made)
    yield _block(day)
    yield _swapped(made["born"], day)
    yield _block(name * 10_000 + year, named & ~undated)
    yield _block(name * 10_000 + _day_of_year(made["born"]), named & dated)
    yield _block(name, named, undated)
    for part in ("surname", "given_bare"):  # a birth known only in part meets whoever has one of the names
        yield _block(_numbered(made[part]) * 10_000 + year, named & ~undated, partly)
    paper = made["certificate"] + " " + made["certificate_on"].astype("str")
    yield _block(_numbered(paper.where(made["rare"])))


def _block(keys: Positions, among: NDArray[np.bool_] | None = None, wanted: NDArray[np.bool_] | None = None) -> _Block:
    """The lines that are `among` them (those whose key is not negative), by key."""
    at = np.flatnonzero(keys >= 0 if among is None else among)
    return _Block(keys[at], at, np.ones(len(at), dtype=bool) if wanted is None else wanted[at])


def _numbered(texts: pd.Series) -> Positions:
    """A number for each different text, -1 where there is none."""
    return np.asarray(pd.factorize(texts)[0].astype("int64"))


def _ordinal(born: pd.Series) -> Positions:
    """The day as a number, -1 where unknown."""
    days = (born - pd.Timestamp(1800, 1, 1)).dt.days
    return np.asarray(days.fillna(-1).astype("int64"))


def _day_of_year(born: pd.Series) -> Positions:
    return np.asarray((born.dt.month * 100 + born.dt.day).fillna(0).astype("int64"))


def _swapped(born: pd.Series, day: Positions) -> _Block:
    """Days that could be months, and again with day and month exchanged."""
    at = np.flatnonzero((born.dt.day <= _MONTHS) & (born.dt.day != born.dt.month))
    able = born.iloc[at].dt
    other = _ordinal(pd.to_datetime(pd.DataFrame({"year": able.year, "month": able.day, "day": able.month})))
    exchanged = np.repeat([False, True], len(at))
    return _Block(np.concatenate([day[at], other]), np.concatenate([at, at]), exchanged)


def _one_digit_off(made: pd.DataFrame) -> Iterator[_Block]:
    """For each place of a number of twelve digits: those who agree in all the others."""
    at = np.flatnonzero(made["number"].str.len() == _DIGITS)
    value = made["number"].iloc[at].astype("int64").to_numpy()
    for place in range(_DIGITS):
        unit = 10**place
        yield _Block(value - value // unit % 10 * unit, at, np.ones(len(at), dtype=bool))


def _pairs(block: _Block, rank: Positions) -> tuple[Positions, Positions]:
    """Pairs of positions under one key, each line with the next ones in the order of names."""
    order = np.lexsort((rank[block.at], block.keys))
    keys, at, wanted = block.keys[order], block.at[order], block.wanted[order]
    firsts, seconds = [at[:0]], [at[:0]]
    for step in range(1, min(_REACH, len(at) - 1) + 1):
        met = keys[step:] == keys[:-step]
        if not met.any():
            break
        met &= wanted[step:] | wanted[:-step]
        firsts.append(at[:-step][met])
        seconds.append(at[step:][met])
    one, other = np.concatenate(firsts), np.concatenate(seconds)
    apart = one != other
    return np.minimum(one, other)[apart], np.maximum(one, other)[apart]
