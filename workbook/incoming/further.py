"""Where everybody takes several lines: which lines go on with the person above, and which may be somebody else's."""

from collections.abc import Sequence

from workbook.incoming.folded import People, all_take
from workbook.incoming.looks import Look, Seen

_OPEN = frozenset({Look.STRONG, Look.WEAK, Look.NAMELESS, Look.TEXT, Look.NUMBERING, Look.CODE_ROW})
_PERSONLIKE = frozenset({Look.STRONG, Look.WEAK, Look.NAMELESS})


def fold(people: People, lines: range, seen: Sequence[Seen], each: int) -> list[Seen]:
    """The lines of a table (0-based) as seen by themselves → with `FURTHER` and `DOUBTFUL` ones among them.

    A line that looks like somebody goes on with the person above only if it is merged with it, or if everybody takes
    `each` lines. A line that is nobody's first and does not follow one is doubtful.
    """
    first = [one.look in _PERSONLIKE and people.begins(line) for line, one in zip(lines, seen, strict=True)]
    alike = all_take(people, lines, each)
    made: list[Seen] = []
    since = each
    for line, one, begins in zip(lines, seen, first, strict=True):
        goes_on = line in people.covered or (one.look in _OPEN and not people.numbered(line))
        since = 0 if begins else since + 1 if goes_on else each
        near = since < each and (alike or not people.is_like_somebody(line))
        made.append(one if begins or one.look not in _OPEN else _judged(one, line in people.covered or near))
    return made


def _judged(one: Seen, goes_on: bool) -> Seen:
    """A line that is nobody's first."""
    if goes_on:
        return Seen(Look.FURTHER, one.filled)
    return Seen(Look.DOUBTFUL, one.filled) if one.look in _PERSONLIKE else one
