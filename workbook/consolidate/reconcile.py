"""The identity that lets a reader trust the book: lines read = persons counted + lines set aside, each reason apart."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from validation.vocabulary import Stage
from workbook.consolidate.people import Roll
from workbook.incoming.inbox import Opened
from workbook.incoming.versions import Submission
from workbook.phrases import phrase
from workbook.states import State


def reconcile(
    files: Sequence[Opened], submissions: Sequence[Submission], who: Roll, branches: pd.DataFrame
) -> pd.DataFrame:
    """The frame `reconciliation` of `Book`; `role` is read, counted, aside, tallied or info."""
    counted_files = {one.opened.file for one in submissions if one.state is State.COUNTED}
    counted = int(who.counted.sum())
    aside = Counter[str]()
    for opened in files:
        aside.update(_beside(opened) if opened.file in counted_files else _whole(opened, submissions))
    aside.update(f"aside.{reason}" for reason in who.aside if reason)
    lines = [
        ("reconcile.read", sum(opened.lines for opened in files), "read"),
        ("reconcile.counted", counted, "counted"),
        *sorted((item, count, "aside") for item, count in aside.items() if count),
        ("reconcile.tallied", _tallied(branches), "tallied"),
        ("reconcile.files", len(files), "info"),
        ("reconcile.unreadable", sum(opened.error is not None for opened in files), "info"),
    ]
    return pd.DataFrame([(phrase(item), count, role) for item, count, role in lines], columns=["item", "count", "role"])


def _beside(opened: Opened) -> Iterator[str]:
    """The lines of a counted file that are no person, one reason a line."""
    for table in opened.tables:
        for reason, count in table.set_aside.items():
            yield from [f"aside.{reason}"] * count
    for sheet in opened.others:
        yield from ["aside.no_register"] * sheet.lines
    for _, count in opened.hidden:
        yield from ["aside.hidden_sheet"] * count


def _whole(opened: Opened, submissions: Sequence[Submission]) -> Iterator[str]:
    """Every line of a file that does not count, for the file's reason."""
    state = next(one.state for one in submissions if one.opened is opened)
    yield from [f"aside.file_{state}"] * opened.lines


def _tallied(branches: pd.DataFrame) -> int:
    return int(branches[[*map(str, Stage), "left"]].to_numpy().sum())
