"""What several verbs of the shell take, said once: a path, a day, the committee book, passwords, processes."""

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import click

from workbook.phrases import phrase

PATH = click.Path(path_type=Path)


class Day(click.ParamType[date]):
    """A day as it is typed: 2026-11-22, or as a clerk writes it, 22/11/2026."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; anything else is a misuse."""
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            with suppress(ValueError):
                return datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a day has no zone
        raise click.BadParameter("", ctx=ctx, param=param)


as_of = click.option("--as-of", "as_of", type=Day(), default=None, help=phrase("help.as_of"))
committee = click.option("--committee", type=PATH, default=None, help=phrase("help.committee"))
workers = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default=True,
    help=phrase("help.workers"),
)
passwords = click.option(
    "--password-file", "passwords", type=PATH, default=None, metavar="LIST", help=phrase("help.passwords")
)
