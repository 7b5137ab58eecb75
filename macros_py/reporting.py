"""`songuon report`: what is made from a quota book."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros_py import shell
from macros_py.options import PATH
from workbook.phrases import phrase

if TYPE_CHECKING:  # what reads workbooks takes a while to load
    from workbook.given import Doubt

_PERIODS = ["month", "quarter", "year"]
_MAKES = ("--docx", "--pdf", "--upward", "--fill")
_ONLY_WITH = {"--fold": "--upward", "--password-prompt": "--upward"} | dict.fromkeys(
    ("--out", "--map", "--missing", "--parts"), "--fill"
)


@click.command(cls=shell.Verb, help=phrase("report.help"))
@click.argument("quota_book", type=PATH, metavar="QUOTA_BOOK")
@click.option("--docx", type=PATH, default=None, metavar="OUT", help=phrase("report.help_docx"))
@click.option("--pdf", type=PATH, default=None, metavar="OUT", help=phrase("report.help_pdf"))
@click.option("--period", type=click.Choice(_PERIODS), default="month", help=phrase("report.help_period"))
@click.option("--previous", type=PATH, multiple=True, metavar="OLD", help=phrase("report.help_previous"))
@click.option("--template", type=PATH, default=None, metavar="FILE", help=phrase("report.help_template"))
@click.option("--names", is_flag=True, help=phrase("report.help_names"))
@click.option("--upward", type=PATH, default=None, metavar="OUT", help=phrase("upward.help"))
@click.option("--fold", type=click.IntRange(3), default=None, metavar="N", help=phrase("upward.help_fold"))
@click.option("--password-prompt", "locked", is_flag=True, help=phrase("upward.help_password"))
@click.option("--fill", type=PATH, default=None, metavar="FORM", help=phrase("form.help"))
@click.option("--out", type=PATH, default=None, metavar="OUT", help=phrase("form.help_out"))
@click.option("--map", "mapping", type=PATH, default=None, metavar="FILE", help=phrase("form.help_map"))
@click.option("--missing", type=PATH, default=None, metavar="OUT", help=phrase("form.help_missing"))
@click.option("--parts", is_flag=True, help=phrase("form.help_parts"))
def report(  # noqa: PLR0913, PLR0917 - click hands every option over by its name
    quota_book: Path,
    docx: Path | None,
    pdf: Path | None,
    period: str,
    previous: tuple[Path, ...],
    template: Path | None,
    names: bool,
    upward: Path | None,
    fold: int | None,
    locked: bool,
    fill: Path | None,
    out: Path | None,
    mapping: Path | None,
    missing: Path | None,
    parts: bool,
) -> int:
    """What goes out of a quota book: the written report, the counts for the level above, a given form filled."""
    from macros_py import handing_up
    from workbook import given, handouts
    from workbook.outgoing import endings

    _refuse_misuse(click.get_current_context())
    endings.refuse_unlike(docx, ".docx", "report.not_docx")
    endings.refuse_unlike(pdf, ".pdf", "report.not_pdf")
    handouts.refuse_existing(docx, pdf, upward, out, missing)
    given.existing([quota_book, *previous, *filter(None, [template, fill, mapping])])
    codes = [_put(*_written(quota_book, previous, period, template, names), docx, pdf)] if docx or pdf else []
    if upward:
        password = handing_up.asked_password() if locked else ""
        codes.append(handing_up.upward(quota_book, upward, fold or 0, password))
    if fill and out:
        codes.append(handing_up.fill(quota_book, fill, out, mapping, previous, missing, parts))
    return max(codes)


def _refuse_misuse(ctx: click.Context) -> None:
    """Raise Misuse where nothing is asked for, or an option without the one that it is about."""
    typed = {param.opts[0]: ctx.params[param.name] for param in ctx.command.params if param.name in ctx.params}
    if not any(typed[option] for option in _MAKES):
        raise shell.Misuse(phrase("misuse.nothing", options=", ".join(_MAKES)))
    for option, other in _ONLY_WITH.items():
        if typed[option] and not typed[other]:
            raise shell.Misuse(phrase("misuse.only_with", option=option, other=other))
    if typed["--fill"] and not typed["--out"]:
        raise shell.Misuse(phrase("misuse.needs", option="--fill", other="--out"))


def _written(
    quota_book: Path, previous: Sequence[Path], period: str, template: Path | None, named: bool
) -> tuple[bytes, Sequence["Doubt"]]:
    from workbook.report.facts import Period
    from workbook.written_report import written

    return written(quota_book, previous, Period(period), template, named=named)


def _put(document: bytes, doubts: Sequence["Doubt"], docx: Path | None, pdf: Path | None) -> int:
    """The written report as the Word document it is, and as PDF, where each is asked for; what is doubtful is told."""
    from macros_py import pdf as printer
    from macros_py import telling
    from workbook.outgoing.save import save_new

    telling.doubts(doubts)
    if docx:
        save_new(document, docx)
        shell.say_written(docx)
    if pdf:
        save_new(printer.to_pdf(document, pdf), pdf)
        shell.say_written(pdf)
    return shell.FINDINGS if doubts else shell.CLEAN
