"""A day as clerks write it."""

from datetime import date


def format_day(day: date) -> str:
    """Day, month and year, "03/02/2025"; of a moment its day."""
    return f"{day:%d/%m/%Y}"
