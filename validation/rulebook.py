"""The rules in force on a day: which number, from which document, and whether a newer one kept it.

A newer document that was not seen to state a number does not change it: the last one stated goes on, and the
answer says in which newer document it was only taken over (`inherited_in`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from validation.provisions import Condition, Deadline, Exemption, Regulation, Series
from validation.vocabulary import Step

_P = TypeVar("_P", Deadline, Condition)
_STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class Applied:
    """A deadline as it stands on a day.

    `regulation` states it. `inherited_in`: the newer document of the same line in force that day that was not
    seen to state it; None where `regulation` is itself the newest. `extension` (0: none) may come from another
    document than the count: `extension_of` states it, None where there is no extension.
    """

    deadline: Deadline
    regulation: Regulation
    inherited_in: Regulation | None
    extension: int = 0
    extension_of: Regulation | None = None


@dataclass(frozen=True, slots=True)
class AppliedCondition:
    """A condition as it stands on a day; `regulation` and `inherited_in` as in `Applied`."""

    condition: Condition
    regulation: Regulation
    inherited_in: Regulation | None


@dataclass(frozen=True, slots=True)
class AppliedExemption:
    """An exemption as it stands on a day; `regulation` and `inherited_in` as in `Applied`."""

    exemption: Exemption
    regulation: Regulation
    inherited_in: Regulation | None


@dataclass(frozen=True, slots=True)
class Era:
    """Days on which a deadline stands unchanged: `start` is the first, `end` the first after it (None: open)."""

    start: date
    end: date | None
    applied: Applied


@dataclass(frozen=True)
class Rulebook:
    """All regulations by day in force: the central ones, and the overlays a committee works under."""

    central: tuple[Regulation, ...]
    overlays: tuple[Regulation, ...] = ()

    @property
    def regulations(self) -> tuple[Regulation, ...]:
        """Central ones first, then the overlays."""
        return (*self.central, *self.overlays)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of every deadline of every day, in the order of the procedure."""
        step = {deadline.key: _STEPS.index(deadline.step) for law in self.regulations for deadline in law.deadlines}
        return tuple(sorted(step, key=lambda key: step[key]))

    def deadline(self, key: str, on: date) -> Applied | None:
        """The deadline for a clock that starts on a day; None before any document states it.

        Of a central number and an overlay's the tighter one stands.
        """
        central = _stated(self.central, key, on, lambda law: law.deadlines)
        local = _stated(self.overlays, key, on, lambda law: law.deadlines)
        if not central and not local:
            return None
        law, deadline = min([*central[-1:], *local], key=lambda found: found[1].count)
        granted = [found for found in [*central, (law, deadline)] if found[1].extension is not None]
        if not granted:
            return Applied(deadline, law, self._newer(law, on))
        return Applied(deadline, law, self._newer(law, on), granted[-1][1].extension or 0, granted[-1][0])

    def eras(self, key: str) -> tuple[Era, ...]:
        """The whole history of a deadline, oldest first and without gaps after the first; empty for an unknown key."""
        return self._histories.get(key, ())

    @cached_property
    def _histories(self) -> dict[str, tuple[Era, ...]]:
        """Asked for with every register that is judged."""
        return {key: self._history(key) for key in self.keys}

    def _history(self, key: str) -> tuple[Era, ...]:
        days = sorted({law.in_force_from for law in self.regulations})
        stands = [(day, applied) for day in days if (applied := self.deadline(key, day))]
        starts = [next(group) for _, group in groupby(stands, key=itemgetter(1))]
        ends = [*(day for day, _ in starts), None][1:]
        return tuple(Era(day, end, applied) for (day, applied), end in zip(starts, ends, strict=True))

    def condition(self, key: str, on: date) -> AppliedCondition | None:
        """The condition in force on a day; None before any document states it."""
        stated = _stated(self.regulations, key, on, lambda law: law.conditions)
        if not stated:
            return None
        law, condition = stated[-1]
        return AppliedCondition(condition, law, self._newer(law, on))

    def exemptions(self, condition: str, on: date) -> tuple[AppliedExemption, ...]:
        """For whom a condition does not hold on a day: the newest statement of each exemption from it."""
        newest = {
            said.key: AppliedExemption(said, law, self._newer(law, on))
            for law in self.regulations
            if law.in_force_from <= on
            for said in law.exemptions
            if said.condition == condition
        }
        return tuple(newest.values())

    def exempt(self, condition: str, on: date) -> tuple[str, ...]:
        """The `Status` values of whom a condition does not hold for on a day."""
        said = [applied.exemption.status for applied in self.exemptions(condition, on)]
        return tuple(status.value for status in said if status)

    def numbers(self, key: str, on: "pd.Series[pd.Timestamp]") -> "pd.Series[float]":
        """The condition's value in force on each day; NaN before the first document and for NaT.

        Raises `KeyError` for a key that no document states.
        """
        stated, place = self._in_force(key, on)
        values = np.array([np.nan, *(condition.value for condition in stated)])
        return pd.Series(values[place], index=on.index, dtype="float64")

    def cites(self, key: str, on: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
        """Where the condition in force on each day is stated; "" before the first document and for NaT."""
        stated, place = self._in_force(key, on)
        return _picked([condition.cite for condition in stated], place, on.index)

    def sources(self, key: str, on: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
        """How sure that statement is, as `Source` values; "" where `cites` is."""
        stated, place = self._in_force(key, on)
        return _picked([condition.source.value for condition in stated], place, on.index)

    def _in_force(self, key: str, on: "pd.Series[pd.Timestamp]") -> tuple[list[Condition], npt.NDArray[np.intp]]:
        """Every statement of a condition, oldest first, and which is in force on each day: from 1 on, 0 for none."""
        stated = _stated(self.regulations, key, date.max, lambda law: law.conditions)
        if not stated:
            raise KeyError(key)
        starts = np.array([law.in_force_from for law, _ in stated], dtype="datetime64[D]")
        place = np.searchsorted(starts, on.to_numpy("datetime64[D]"), side="right")
        return [condition for _, condition in stated], np.where(on.isna(), 0, place)

    def _newer(self, law: Regulation, on: date) -> Regulation | None:
        line = [other for other in self.central if other.series is law.series and other.in_force_from <= on]
        return line[-1] if line and line[-1] != law and law.series is not Series.OVERLAY else None


def _picked(texts: list[str], place: npt.NDArray[np.intp], index: pd.Index) -> "pd.Series[str]":
    return pd.Series(np.array(["", *texts], dtype=object)[place], index=index, dtype="str")


def _stated(
    laws: Iterable[Regulation], key: str, on: date, of: Callable[[Regulation], Iterable[_P]]
) -> list[tuple[Regulation, _P]]:
    """Every statement of a key in documents in force by a day, oldest first."""
    return [(law, said) for law in laws if law.in_force_from <= on for said in of(law) if said.key == key]
