"""Group headings inside a list, one under another."""

from workbook.incoming import marks
from workbook.incoming.raw import GROUP_JOIN
from workbook.text import key


class Outline:
    """The group headings above the present line: a new one replaces its own kind, or follows its parent."""

    def __init__(self) -> None:
        self._levels: list[tuple[str, str]] = []
        self._fresh = False

    def enter(self, label: str) -> None:
        """A group heading was met; its numeral only tells the level."""
        kind = _kind_of(label)
        kinds = [known for known, _ in self._levels]
        if kind in kinds:
            del self._levels[kinds.index(kind) :]
        elif not self._fresh:
            self._levels.clear()
        self._levels.append((kind, marks.without_numeral(label)))
        self._fresh = True

    def label(self) -> str:
        """The headings a person met now stands under, outermost first, joined by " | "."""
        self._fresh = False
        return GROUP_JOIN.join(label for _, label in self._levels)


def _kind_of(label: str) -> str:
    """Roman, letter or number before the text, else its first word: headings of one kind are of one level."""
    numeral = marks.numeral_of(label)
    if not numeral:
        return key(label.split(maxsplit=1)[0])
    return "number" if numeral.isdigit() else "roman" if set(numeral) <= set("IVX") else "letter"
