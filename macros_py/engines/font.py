"""The font of some cells."""

from typing import Any

from macros_py.engines import values
from macros_py.engines.bridge import enum
from macros_py.engines.place import Place
from macros_py.engines.values import Colour

#: com.sun.star.awt.FontWeight
NORMAL, BOLD = 100.0, 150.0


class Font:
    """What xlwings' Font stands on; where the cells differ, the office answers for the first."""

    def __init__(self, cells: Place) -> None:
        self._cells = cells

    @property
    def api(self) -> Any:
        """The office's own object, which carries the letters' properties too."""
        return self._cells.api

    @property
    def bold(self) -> bool:
        """Whether the letters are bold."""
        return bool(self.api.CharWeight == BOLD)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._cells.writable.CharWeight = BOLD if value else NORMAL

    @property
    def italic(self) -> bool:
        """Whether the letters are slanted."""
        return bool(self.api.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._cells.writable.CharPosture = enum("awt.FontSlant", "ITALIC" if value else "NONE")

    @property
    def size(self) -> float:
        """The height in points."""
        return float(self.api.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self._cells.writable.CharHeight = float(value)

    @property
    def color(self) -> Colour | None:
        """The letters' colour; None for the automatic one."""
        return values.rgb(self.api.CharColor)

    @color.setter
    def color(self, value: Colour | str | int | None) -> None:
        self._cells.writable.CharColor = values.number(value)
