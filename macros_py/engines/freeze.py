"""Rows and columns that stay while the rest of a sheet scrolls."""

from typing import Any

from macros_py.engines import address
from macros_py.engines.place import Home


class FreezePanes:
    """The frozen rows and columns of a sheet; asking or changing brings the sheet to the front."""

    def __init__(self, sheet: Home) -> None:
        self._sheet = sheet

    @property
    def position(self) -> tuple[int, int]:
        """How many rows and columns are frozen."""
        view = self._view()
        return (int(view.SplitRow), int(view.SplitColumn)) if view.hasFrozenPanes() else (0, 0)

    def freeze_at(self, frozen: str) -> None:
        """Freeze these cells: "1:3" for rows, "A:B" for columns, "A1:B3" for both."""
        area = address.parse(frozen)
        rows = 0 if area.last_row == address.ROWS else area.last_row
        columns = 0 if area.last_column == address.COLUMNS else area.last_column
        self._view().freezeAtPosition(columns, rows)

    def unfreeze(self) -> None:
        """Let everything scroll."""
        self._view().freezeAtPosition(0, 0)

    def _view(self) -> Any:
        self._sheet.activate()
        return self._sheet.document.CurrentController
