"""Tables one under another → one: every value keeps the address it has in its own table."""

from collections.abc import Sequence

from workbook.incoming.compose import Composed


def join(parts: Sequence[Composed]) -> Composed:
    """The register columns of all tables, top to bottom; the blanks of a column that one of them lacks are `lacking`.

    A column stands where the topmost table has it; for the lines of the others its places are exceptions.
    """
    parts = [part for part in parts if part.units] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    whole = Composed(
        units=[unit for part in parts for unit in part.units],
        questions=[question for part in parts for question in part.questions],
    )
    for part in reversed(parts):
        whole.letters |= part.letters
    whole.columns = _stacked([part.columns for part in parts], parts)
    whole.extra = _stacked([part.extra for part in parts], parts)
    _tell_places(whole, parts)
    return whole


def _stacked(tables: Sequence[dict[str, list[object]]], parts: Sequence[Composed]) -> dict[str, list[object]]:
    names = dict.fromkeys(name for table in tables for name in table)
    lengths = [len(part.units) for part in parts]
    padded = {
        name: [table.get(name) or [""] * length for table, length in zip(tables, lengths, strict=True)]
        for name in names
    }
    return {name: [value for values in lists for value in values] for name, lists in padded.items()}


def _tell_places(whole: Composed, parts: Sequence[Composed]) -> None:
    """The exceptions; where a table lacks a column, the place of the name stands for it."""
    start = 0
    for part in parts:
        for name in whole.columns:
            usual = part.letters.get(name, part.letters["full_name"])
            places = [part.moved.get((position, name), usual) for position in range(len(part.units))]
            moved = {start + at: place for at, place in enumerate(places) if place != whole.letters[name]}
            whole.moved |= {(position, name): place for position, place in moved.items()}
            if name not in part.columns:
                whole.lacking |= {(start + position, name) for position in range(len(part.units))}
        start += len(part.units)
