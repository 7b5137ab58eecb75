"""The lines of a rolled-up book are committees: its headings say so, and everything else stays as in a quota book."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from workbook.outgoing.page import Field
from workbook.phrases import phrase

_Column = TypeVar("_Column", bound=Field)


def of_committees(fields: Sequence[_Column]) -> tuple[_Column, ...]:
    """The columns, that of the branches headed as one of committees."""
    branch, unit = phrase("page.branch"), phrase("page.unit")
    return tuple(replace(field, heading=unit) if field.heading == branch else field for field in fields)
