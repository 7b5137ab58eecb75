"""Notes (Excel's old comments), each on its cell."""

from macros_py.engines.flags import NOTES
from macros_py.engines.place import Place


class Note:
    """A note as it was read; writing or deleting goes to the office."""

    def __init__(self, location: Place, text: str, author: str) -> None:
        self.location, self._text, self.author = location, text, author

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self.location.writable.getCellByPosition(0, 0).Annotation.String = text
        self._text = text

    def delete(self) -> None:
        """Take it off its cell; for many at once there is the sheet's `delete_notes`."""
        self.location.writable.clearContents(NOTES)
