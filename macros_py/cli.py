"""`songuon …`: the straight line from a shell. One function a verb; each only fetches, calls and tells."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from macros_py import purging, reporting, setup, shell
from macros_py.clock import today
from workbook.phrases import phrase

_PATH = click.Path(path_type=Path)


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """An ISO day; anything else is a misuse."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise click.BadParameter("", ctx=ctx, param=param) from None


_as_of = click.option("--as-of", "as_of", type=_Day(), default=None, help=phrase("help.as_of"))
_committee = click.option("--committee", type=_PATH, default=None, help=phrase("help.committee"))
_workers = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=os.cpu_count() or 1,
    show_default=True,
    help=phrase("help.workers"),
)
_passwords = click.option(
    "--password-file", "passwords", type=_PATH, default=None, metavar="LIST", help=phrase("help.passwords")
)


@click.group(cls=shell.Verbs, help=phrase("help.songuon"))
@click.version_option(
    package_name="so-nguon", prog_name="songuon", message="%(prog)s %(version)s", help=phrase("help.version")
)
def verbs() -> None:
    """All verbs."""


@verbs.command(help=phrase("help.demo"))
@click.argument("folder", type=_PATH, default=Path("so-nguon-demo"), metavar="[DIR]")
@_as_of
@_workers
def demo(folder: Path, as_of: date | None, workers: int) -> int:
    """Make a made-up committee of 63 branches, consolidate it, say where the book is."""
    from macros_py import telling
    from workbook import run
    from workbook.demo.inbox import make

    day = as_of or today()
    folder = run.free_name(folder)
    made = make(folder, day)
    out = folder / "so-chi-tieu.xlsx"
    with shell.progress(phrase("shell.reading")) as told:
        book, _ = run.consolidate_inbox(made.inbox, made.committee_book, out, day, workers=workers, progress=told)
    click.echo(telling.book(book, out))
    return shell.CLEAN


@verbs.group(cls=shell.Verbs, help=phrase("help.template"))
def template() -> None:
    """Blank books."""


@template.command(help=phrase("help.template_register"))
@click.argument("out", type=_PATH)
@click.option("--branch", default="", metavar="NAME", help=phrase("help.branch"))
def register(out: Path, branch: str) -> int:
    """A blank branch register at OUT."""
    from workbook.outgoing.template import write_register

    write_register(out, branch)
    click.echo(phrase("shell.written", out=out))
    return shell.CLEAN


@template.command(help=phrase("help.template_committee"))
@click.argument("out", type=_PATH)
def committee(out: Path) -> int:
    """A blank committee book at OUT."""
    from workbook.outgoing.template import write_committee

    write_committee(out)
    click.echo(phrase("shell.written", out=out))
    return shell.CLEAN


@template.command(help=phrase("report.help_layout"))
@click.argument("out", type=_PATH)
def report(out: Path) -> int:
    """The layout of the written report at OUT, for a clerk to change."""
    from workbook.outgoing.template import write_report_layout

    write_report_layout(out)
    click.echo(phrase("shell.written", out=out))
    return shell.CLEAN


@template.command("map", help=phrase("form_map.help"))
@click.argument("form", type=_PATH)
@click.argument("out", type=_PATH, required=False)
def form_map(form: Path, out: Path | None) -> int:
    """A mapping drafted for the given FORM at OUT, beside it by default."""
    from workbook import run
    from workbook.outgoing.form_draft import write_map

    run.existing((form,))
    out = out or form.with_suffix(".toml")
    made = write_map(form, out, today().year)
    click.echo(phrase("form_map.written", out=out, form=form.name, lines=made.lines, known=made.known))
    return shell.CLEAN


@verbs.command(help=phrase("help.check"))
@click.argument("paths", type=_PATH, nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=phrase("help.format"))
@click.option("--slips", "folder", type=_PATH, default=None, metavar="DIR", help=phrase("slip.help"))
@_committee
@_passwords
@_as_of
@_workers
def check(  # noqa: PLR0913, PLR0917 - click hands every option over by its name
    paths: tuple[Path, ...],
    form: str,
    folder: Path | None,
    committee: Path | None,
    passwords: Path | None,
    as_of: date | None,
    workers: int,
) -> int:
    """Judge registers; with a folder for them, write what goes back to the branches."""
    from macros_py import telling
    from workbook import run, slips

    if folder:
        slips.refuse_folder(folder, paths)
    described, day, known = run.committee_at(committee), as_of or today(), shell.passwords(passwords)
    with shell.progress(phrase("shell.reading")) as told:
        checked = run.check(run.existing(paths), day, described, passwords=known, workers=workers, progress=told)
    telling.unread(checked.files)
    click.echo(telling.as_json(checked) if form == "json" else telling.findings(checked))
    if folder:
        with shell.progress(phrase("slip.writing")) as told:
            written = slips.write_slips(checked, described, day, folder, told)
        click.echo(telling.slips(written, folder), err=True)
    return telling.exit_code(checked)


@verbs.command(help=phrase("help.overdue"))
@click.argument("paths", type=_PATH, nargs=-1, required=True, metavar="PATH...")
@_committee
@click.option("--ics", type=_PATH, default=None, metavar="OUT", help=phrase("ics.help"))
@click.option("--names", is_flag=True, help=phrase("ics.help_names"))
@click.option("--checklists", type=_PATH, default=None, metavar="OUT", help=phrase("checklist.help"))
@_as_of
@_workers
def overdue(  # noqa: PLR0913, PLR0917 - click hands every option over by its name
    paths: tuple[Path, ...],
    committee: Path | None,
    ics: Path | None,
    names: bool,
    checklists: Path | None,
    as_of: date | None,
    workers: int,
) -> int:
    """What is late and what comes due, soonest first; as a calendar file and as check lists where asked for."""
    from macros_py import telling
    from workbook import handouts, run

    if names and not ics:
        raise click.UsageError("", click.get_current_context())
    handouts.refuse_existing(ics, checklists)
    described, day = run.committee_at(committee), as_of or today()
    with shell.progress(phrase("shell.reading")) as told:
        checked = run.check(run.existing(paths), day, described, workers=workers, progress=told)
    telling.unread(checked.files)
    late = run.late_of(checked, described)
    click.echo(telling.overdue(late))
    code = telling.exit_code_overdue(checked, late)
    if ics and code != shell.FAILED:
        click.echo(telling.calendar(handouts.write_calendar(checked, described, day, ics, named=names), ics))
    if checklists and code != shell.FAILED:
        click.echo(telling.checklists(handouts.write_checklists(checked, described, day, checklists), checklists))
    return code


@verbs.command(help=phrase("help.consolidate"))
@click.argument("inbox", type=_PATH)
@click.option("--committee", type=_PATH, required=True, help=phrase("help.committee"))
@click.option("--out", type=_PATH, required=True, help=phrase("help.out"))
@click.option("--previous", type=_PATH, default=None, metavar="OLD", help=phrase("help.previous"))
@click.option("--dask", "address", default=None, metavar="ADDRESS", help=phrase("help.dask"))
@click.option("--no-cache", "uncached", is_flag=True, help=phrase("help.no_cache"))
@_passwords
@_as_of
@_workers
def consolidate(  # noqa: PLR0913, PLR0917 - as above
    inbox: Path,
    committee: Path,
    out: Path,
    previous: Path | None,
    address: str | None,
    uncached: bool,
    passwords: Path | None,
    as_of: date | None,
    workers: int,
) -> int:
    """A folder of registers into the quota book."""
    from macros_py import telling
    from macros_py.cluster import cluster
    from workbook import run

    run.existing((inbox,))
    known = shell.passwords(passwords)
    with cluster(address, inbox) as executor, shell.progress(phrase("shell.reading")) as told:
        book, questions = run.consolidate_inbox(
            inbox,
            committee,
            out,
            as_of or today(),
            previous=previous,
            passwords=known,
            workers=workers,
            executor=executor,
            cached=not uncached,
            progress=told,
        )
    telling.doubts(questions)
    click.echo(telling.book(book, out))
    return shell.FINDINGS if telling.wants_attention(book, questions) else shell.CLEAN


@verbs.command(help=phrase("rollup.help"))
@click.argument("inbox", type=_PATH)
@click.option("--committee", type=_PATH, required=True, help=phrase("rollup.help_committee"))
@click.option("--out", type=_PATH, required=True, help=phrase("help.out"))
@click.option("--previous", type=_PATH, default=None, metavar="OLD", help=phrase("rollup.help_previous"))
@click.option("--persons", is_flag=True, help=phrase("rollup.help_persons"))
@_passwords
@_as_of
def rollup(  # noqa: PLR0913, PLR0917 - as above
    inbox: Path,
    committee: Path,
    out: Path,
    previous: Path | None,
    persons: bool,
    passwords: Path | None,
    as_of: date | None,
) -> int:
    """Quota books of lower committees into the book of the level above."""
    from macros_py import telling
    from workbook.rolled_up import rollup_inbox

    known = shell.passwords(passwords)
    with shell.progress(phrase("shell.reading")) as told:
        book, questions = rollup_inbox(
            inbox,
            committee,
            out,
            as_of or today(),
            previous=previous,
            persons=persons,
            passwords=known,
            progress=told,
        )
    telling.doubts(questions)
    click.echo(telling.upper(book, out))
    return shell.FINDINGS if telling.upper_wants_attention(book, questions) else shell.CLEAN


verbs.add_command(reporting.report)
verbs.add_command(purging.purge)
verbs.add_command(setup.install)
verbs.add_command(setup.uninstall)
verbs.add_command(setup.doctor)
verbs.add_command(setup.palette)


def main() -> NoReturn:
    """The entry point of the command `songuon`."""
    shell.run(verbs)
