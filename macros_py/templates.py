"""`songuon template …`: what a clerk fills or changes: blank books, the report's layout, the draft of a mapping."""

from pathlib import Path

import click

from macros_py import shell
from macros_py.clock import today
from macros_py.legible import legible
from macros_py.options import PATH
from workbook.phrases import phrase


@click.group(cls=shell.Verbs, help=phrase("help.template"))
def template() -> None:
    """Blank books."""


@template.command(help=phrase("help.template_register"))
@click.argument("out", type=PATH)
@click.option("--branch", default="", metavar="NAME", help=phrase("help.branch"))
def register(out: Path, branch: str) -> int:
    """A blank branch register at OUT."""
    from workbook.outgoing.template import write_register

    write_register(out, branch)
    shell.say_written(out)
    return shell.CLEAN


@template.command(help=phrase("help.template_committee"))
@click.argument("out", type=PATH)
def committee(out: Path) -> int:
    """A blank committee book at OUT."""
    from workbook.outgoing.template import write_committee

    write_committee(out)
    shell.say_written(out)
    return shell.CLEAN


@template.command(help=phrase("report.help_layout"))
@click.argument("out", type=PATH)
def report(out: Path) -> int:
    """The layout of the written report at OUT, for a clerk to change."""
    from workbook.outgoing.template import write_report_layout

    write_report_layout(out)
    shell.say_written(out)
    return shell.CLEAN


@template.command("map", help=phrase("form_map.help"))
@click.argument("form", type=PATH)
@click.argument("out", type=PATH, required=False)
def form_map(form: Path, out: Path | None) -> int:
    """A mapping drafted for the given FORM at OUT, beside it by default."""
    from workbook import given
    from workbook.outgoing.form.draft import write_map

    given.existing((form,))
    out = out or form.with_suffix(".toml")
    made = write_map(form, out, today().year)
    shell.say(legible(phrase("form_map.written", out=out, form=form.name, lines=made.lines, known=made.known)))
    return shell.CLEAN
