"""The sheets of a workbook, in the order of their tabs."""

from collections.abc import Iterator
from typing import Any

from macros_py.engines.bridge import present
from macros_py.engines.sheet import Sheet


class Sheets:
    """The sheets of one workbook, in the order of their tabs."""

    def __init__(self, book: Any) -> None:
        self._book = book

    @property
    def api(self) -> Any:
        """The office's own collection."""
        return present(self._book.uno.Sheets)

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self._book, self._book.uno.CurrentController.ActiveSheet)

    def __call__(self, key: str | int) -> Sheet:
        """By name, upper or lower case, or by number counted from one; KeyError for an unknown name."""
        if isinstance(key, int):
            return Sheet(self._book, self.api.getByIndex(key - 1))
        found = next((name for name in self.api.ElementNames if name.casefold() == key.casefold()), None)
        if found is None:
            raise KeyError("no sheet of that name")
        return Sheet(self._book, self.api.getByName(found))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (self(position) for position in range(1, len(self) + 1))

    def __contains__(self, key: str) -> bool:
        return key.casefold() in (name.casefold() for name in self.api.ElementNames)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, brought to the front; before the one in front unless told otherwise."""
        index = after.index if after else (before or self.active).index - 1
        free = (f"Sheet{number}" for number in range(1, len(self) + 2))
        name = name or next(one for one in free if one not in self)
        self.api.insertNewByName(name, index)
        added = self(name)
        added.activate()
        return added
