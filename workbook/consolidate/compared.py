"""The persons of a book, old or new, as text that can be compared: the same thing typed two ways is one text."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

import numpy as np
import pandas as pd

from validation.vocabulary import DATE_COLUMNS
from workbook.frames import is_blank
from workbook.incoming.cells import as_text
from workbook.incoming.columns import distinct
from workbook.text import bare, clean, key

#: What an older book may lack and is compared where both have it.
COMPARED = (*DATE_COLUMNS, "citizen_id")

#: The shortest identity number there is (the card before 2016).
_SHORTEST_ID = 9

#: Stands where the stage shown in an older book is none of ours.
UNKNOWN = "?"


def comparable(people: pd.DataFrame, called: Callable[[str], str], home: Callable[[str], str]) -> pd.DataFrame:
    """The frame that `pairing.pair` takes, with the index of `people`: every column text, "" blank.

    `called`: branch as the book calls it → as the committee calls it now; `home`: such a branch → the branch its
    people belong to in the end. Beside what identifies it has `branch`, `name`, `status`, `moved_to`, `stage`
    (`UNKNOWN` where the book does not say) and those of `COMPARED` that the book has.
    """
    shown = {name: texts(people, name) for name in (*COMPARED, "status", "moved_to") if name in people}
    branch = people["branch"].map(called).astype(object)
    name = texts(people, "full_name")
    made = {
        **shown,
        "branch": branch,
        "home": branch.map(home),
        "name": name,
        "name_key": name.map(key),
        "bare": name.map(bare),
        "id": _identities(shown["citizen_id"]) if "citizen_id" in shown else "",
        "birth": _days(people["birth_on"]) if "birth_on" in people else "",
        "stage": people["stage"].astype(object).where(people["stage"].notna(), UNKNOWN),
    }
    missing = {name: "" for name in ("status", "moved_to") if name not in shown}
    return pd.DataFrame({**made, **missing}, index=people.index, dtype=object)


#: One line of such a frame.
Person = Mapping[str, str]


def persons(frame: pd.DataFrame) -> list[Person]:
    """The lines of a comparable frame, one after the other."""
    return cast(list[Person], frame.to_dict("records"))


def texts(people: pd.DataFrame, column: str) -> "pd.Series[str]":
    """A column as a clerk reads it, "" blank."""
    cells = distinct(people[column].tolist())
    shown = np.array(["" if is_blank(value) else clean(as_text(value)) for value in cells.values], dtype=object)
    return pd.Series(shown[cells.codes], index=people.index, dtype=object)


def _identities(shown: "pd.Series[str]") -> "pd.Series[str]":
    """What is long enough to identify somebody."""
    return shown.where(shown.map(lambda text: text.isdecimal() and len(text) >= _SHORTEST_ID), "")


def _days(column: pd.Series) -> "pd.Series[str]":
    """Full days only: a year tells nobody from others."""
    full = column.map(lambda value: isinstance(value, datetime) and not is_blank(value)).astype(bool)
    return column.where(full, None).map(as_text, na_action="ignore").where(full, "").astype(object)
