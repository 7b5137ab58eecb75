"""Days that a spreadsheet may have swapped: whether the other reading ends what is said of that very day."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from validation.rules.order import ALL_PAIRS, reversal, reversals
from validation.rules.table import family
from validation.vocabulary import DATE_COLUMNS
from workbook.assess import Assessment
from workbook.incoming.swapped import leaning, other_day

# Families of findings on a day that stands in a wrong order or is still to come; the late ones have a day due.
_FAMILIES = frozenset({"order", "sequence", "future"})


class OtherReading:
    """Of judged rows; a sheet is looked at only when one of its days is in question."""

    def __init__(self, assessment: Assessment) -> None:
        self._typed = assessment.typed
        self._raw = {name: assessment.stacked.frame[name].to_numpy() for name in ("table", *DATE_COLUMNS)}
        self._leaning: dict[int, frozenset[str]] = {}

    def of(self, row: int, column: str, code: str, detail: Mapping[str, object]) -> date | None:
        """The day with day and month swapped, where its sheet hints at it and it would end the finding; else None."""
        if column not in DATE_COLUMNS or not (family(code) in _FAMILIES or "due_on" in detail):
            return None
        other = other_day(self._raw[column][row])
        if other is None or column not in self._leans(int(self._raw["table"][row])):
            return None
        return other if _is_within(pd.Timestamp(other), detail) and self._is_in_order(row, column, other) else None

    def _leans(self, table: int) -> frozenset[str]:
        if table not in self._leaning:
            rows = self._raw["table"] == table
            self._leaning[table] = leaning({name: self._raw[name][rows].tolist() for name in DATE_COLUMNS})
        return self._leaning[table]

    def _is_in_order(self, row: int, column: str, other: date) -> bool:
        """Whether no day of the row contradicts the other reading."""
        person = self._typed.loc[[row]].assign(**{column: pd.Timestamp(other)})
        broken = reversals(person).iloc[0]
        return not any(broken[reversal(pair)] for pair in ALL_PAIRS if column in pair)


def _is_within(other: pd.Timestamp, detail: Mapping[str, object]) -> bool:
    """Whether the day is not to come and, of an act that came late, lies in its time; a paper that lapsed is not."""
    if "due_on" in detail:
        first, day, last = (pd.Timestamp(str(detail[name])) for name in ("started_on", "done_on", "due_on"))
        return not pd.isna(day) and first <= other <= last
    return "as_of" not in detail or other <= pd.Timestamp(str(detail["as_of"]))
