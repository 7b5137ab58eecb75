"""Registers lifted out of sheets that are drawn as tables."""

from collections.abc import Callable, Mapping

import pytest

from workbook.incoming.grid import count_lines
from workbook.incoming.lift import lift
from workbook.incoming.raw import RawTable


@pytest.fixture
def lifted(book) -> Callable[..., RawTable]:
    """`lifted(table, confirmed)`: the register of a sheet; every line of the sheet is in it, or counted."""

    def lift_table(table: str, confirmed: Mapping[str, str] | None = None) -> RawTable:
        grid = book.grid(table)
        made = lift(grid, confirmed)
        assert isinstance(made, RawTable), made
        assert len(made.rows) + sum(made.set_aside.values()) == count_lines(grid.rows)
        assert {len(column) for column in made.columns.values()} == {len(made.rows)}
        assert len(made.groups) == len(made.units) == len(made.rows)
        return made

    return lift_table
