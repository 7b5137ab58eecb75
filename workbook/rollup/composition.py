"""The sheets of groups, line by line: a line is the same where its block and its label are."""

from collections.abc import Hashable, Iterator, Sequence

import pandas as pd

from workbook.rollup.tables import Books


def composition(names: Sequence[str], books: Books) -> pd.DataFrame:
    """The frame `composition` of `UpperBook`; lines come in the order in which the books have them."""
    told = {str(at): frame for at, name in enumerate(names, start=1) if (frame := _of(books, name)) is not None}
    order = pd.concat(
        [frame[["block", "label"]] for frame in told.values()] or [pd.DataFrame(columns=["block", "label"])]
    )
    lines = _by_block(order.drop_duplicates(ignore_index=True))
    for at in map(str, range(1, len(names) + 1)):
        counts = told[at].set_index(["block", "label"])["total"] if at in told else pd.Series(dtype="Int64")
        lines[at] = _along(lines, counts)
    numbers = lines.drop(columns=["block", "label"])
    lines["total"] = numbers.sum(axis="columns", min_count=1).astype("Int64")
    return pd.DataFrame(_titled(lines), columns=[*lines.columns, "title"]).astype(
        dict.fromkeys(["total", *numbers], "Int64")
    )


def _by_block(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines of a block below each other, also those that only some of the books have."""
    blocks = lines.groupby("block", sort=False).ngroup()
    return lines.loc[blocks.sort_values(kind="stable").index].reset_index(drop=True)


def _of(books: Books, name: str) -> pd.DataFrame | None:
    return books[name].composition if name in books else None


def _along(lines: pd.DataFrame, counts: "pd.Series[int]") -> "pd.Series[int]":
    """The counts of one book in the order of the lines; of a line that stands twice the first."""
    first = counts[~counts.index.duplicated()]
    wanted = pd.MultiIndex.from_frame(lines[["block", "label"]])
    values = first.reindex(wanted) if len(first) else pd.Series(pd.NA, index=wanted, dtype="Int64")
    return values.reset_index(drop=True)


def _titled(lines: pd.DataFrame) -> Iterator[dict[Hashable, object]]:
    """The lines with each block's title above its first."""
    before = ""
    for line in lines.to_dict("records"):
        if line["block"] != before:
            before = str(line["block"])
            yield {"block": before, "label": before, "title": True}
        yield {**line, "title": False}
