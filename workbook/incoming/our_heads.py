"""Where the headings of a table stand in a book of ours: its lines are branches, or committees in one rolled up."""

from collections.abc import Mapping, Sequence

from workbook.incoming.committee_lines import heading_row
from workbook.incoming.grid import Grid
from workbook.phrases import phrase


def our_heading_row(
    grid: Grid, headings: Mapping[str, str], needed: Sequence[str]
) -> tuple[int, dict[str, int]] | None:
    """As `heading_row`; where the words for branches are not found, with those for committees.

    An older rolled-up book calls its committees branches.
    """
    branch, unit = phrase("page.branch"), phrase("page.unit")
    of_units = {name: unit if heading == branch else heading for name, heading in headings.items()}
    return heading_row(grid, headings, needed) or heading_row(grid, of_units, needed)
