"""The one place that reads the clock; everywhere else the day is an argument."""

from datetime import date


def today() -> date:
    """The local day."""
    return date.today()  # noqa: TID251, DTZ011 - this is the place
