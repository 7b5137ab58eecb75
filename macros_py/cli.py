"""`songuon …`: the straight line from a shell. One function a verb; each only fetches, calls and tells."""

from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from macros_py import options, purging, reporting, setup, shell, templates
from macros_py.clock import today
from macros_py.legible import in_lines
from macros_py.options import PATH
from workbook.phrases import phrase


@click.group(cls=shell.Verbs, help=phrase("help.songuon"))
@click.version_option(
    package_name="so-nguon", prog_name="songuon", message="%(prog)s %(version)s", help=phrase("help.version")
)
def verbs() -> None:
    """All verbs."""


@verbs.command(help=phrase("help.demo"))
@click.argument("folder", type=PATH, default=Path("so-nguon-demo"), metavar="[DIR]")
@click.option("--practice", is_flag=True, help=phrase("demo.help_practice"))
@options.as_of
@options.workers
def demo(folder: Path, practice: bool, as_of: date | None, workers: int) -> int:
    """Make a made-up committee of 63 branches, consolidate it, say where the book is; or lay a desk to practise on."""
    from macros_py import telling_books
    from workbook import given, run
    from workbook.demo.inbox import make

    folder = given.free_name(folder)
    if practice:
        return _practice(folder, as_of, workers)
    day = as_of or today()
    made = make(folder, day)
    out = folder / "so-chi-tieu.xlsx"
    with shell.progress(phrase("shell.reading")) as told:
        book, _ = run.consolidate_inbox(made.inbox, made.committee_book, out, day, workers=workers, progress=told)
    shell.say(telling_books.book(book, out, day))
    return shell.CLEAN


def _practice(folder: Path, as_of: date | None, workers: int) -> int:
    """Lay the desk of the guide, and say of which day it is."""
    from workbook.demo import practice

    day = as_of or practice.AS_OF
    with shell.progress(phrase("demo.laying")) as told:
        practice.lay(folder, day, workers=workers, progress=told)
    laid = phrase("demo.laid", out=folder, count=practice.BRANCHES, day=f"{day:%d/%m/%Y}")
    shell.say(in_lines([laid, phrase("demo.laid_next", year=day.year)]))
    return shell.CLEAN


verbs.add_command(templates.template)  # here, for the help names verbs in the order in which they are added


@verbs.command(help=phrase("help.check"))
@click.argument("paths", type=PATH, nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help=phrase("help.format"))
@click.option("--slips", "folder", type=PATH, default=None, metavar="DIR", help=phrase("slip.help"))
@options.committee
@options.passwords
@options.as_of
@options.workers
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
    from macros_py import outcome, telling
    from workbook import checking, given

    if folder:
        from workbook import slips  # what writes Word is slow to import, and no plain check needs it

        slips.refuse_folder(folder, paths)
    described, day, known = given.committee_at(committee), as_of or today(), shell.passwords(passwords)
    with shell.progress(phrase("shell.reading")) as told:
        checked = checking.check(given.existing(paths), day, described, passwords=known, workers=workers, progress=told)
    telling.unread(checked.files, known)
    shell.say(telling.as_json(checked) if form == "json" else telling.findings(checked))
    if folder:
        with shell.progress(phrase("slip.writing")) as told:
            written = slips.write_slips(checked, described, day, folder, told)
        shell.say(telling.slips(written, folder), err=True)
    return outcome.of_check(checked)


@verbs.command(help=phrase("help.overdue"))
@click.argument("paths", type=PATH, nargs=-1, required=True, metavar="PATH...")
@options.committee
@click.option("--ics", type=PATH, default=None, metavar="OUT", help=phrase("ics.help"))
@click.option("--names", is_flag=True, help=phrase("ics.help_names"))
@click.option("--checklists", type=PATH, default=None, metavar="OUT", help=phrase("checklist.help"))
@options.passwords
@options.as_of
@options.workers
def overdue(  # noqa: PLR0913, PLR0917 - click hands every option over by its name
    paths: tuple[Path, ...],
    committee: Path | None,
    ics: Path | None,
    names: bool,
    checklists: Path | None,
    passwords: Path | None,
    as_of: date | None,
    workers: int,
) -> int:
    """What is late and what comes due, soonest first; as a calendar file and as check lists where asked for."""
    from macros_py import outcome, telling
    from workbook import given, handouts
    from workbook.overdue import due_of

    if names and not ics:
        raise shell.Misuse(phrase("misuse.only_with", option="--names", other="--ics"))
    given.refuse_outs(paths, ics, checklists)
    described, day, known = given.committee_at(committee), as_of or today(), shell.passwords(passwords)
    with shell.progress(phrase("shell.reading")) as told:
        due = due_of(given.existing(paths), day, described, passwords=known, workers=workers, progress=told)
    telling.unread(due.files, known)
    shell.say(telling.overdue(due))
    code = outcome.of_overdue(due)
    if ics and code != shell.FAILED:
        shell.say(telling.calendar(handouts.write_calendar(due, described, day, ics, named=names), ics))
    if checklists and code != shell.FAILED:
        shell.say(telling.checklists(handouts.write_checklists(due, described, day, checklists), checklists))
    return code


@verbs.command(help=phrase("help.consolidate"))
@click.argument("inbox", type=PATH)
@click.option("--committee", type=PATH, required=True, help=phrase("help.committee"))
@click.option("--out", type=PATH, required=True, help=phrase("help.out"))
@click.option("--previous", type=PATH, default=None, metavar="OLD", help=phrase("help.previous"))
@click.option("--dask", "address", default=None, metavar="ADDRESS", help=phrase("help.dask"))
@click.option("--no-cache", "uncached", is_flag=True, help=phrase("help.no_cache"))
@options.passwords
@options.as_of
@options.workers
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
    from macros_py import outcome, telling, telling_books
    from macros_py.cluster import cluster
    from workbook import given, run

    given.standing(inbox)
    day, known = as_of or today(), shell.passwords(passwords)
    with cluster(address, inbox) as executor, shell.progress(phrase("shell.reading")) as told:
        book, questions = run.consolidate_inbox(
            inbox,
            committee,
            out,
            day,
            previous=previous,
            passwords=known,
            workers=workers,
            executor=executor,
            cached=not uncached,
            progress=told,
        )
    telling.doubts(questions)
    shell.say(telling_books.book(book, out, day))
    return outcome.of_book(book, questions)


@verbs.command(help=phrase("rollup.help"))
@click.argument("inbox", type=PATH)
@click.option("--committee", type=PATH, required=True, help=phrase("rollup.help_committee"))
@click.option("--out", type=PATH, required=True, help=phrase("help.out"))
@click.option("--previous", type=PATH, default=None, metavar="OLD", help=phrase("rollup.help_previous"))
@click.option("--persons", is_flag=True, help=phrase("rollup.help_persons"))
@options.passwords
@options.as_of
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
    from macros_py import outcome, telling, telling_books
    from workbook.rolled_up import rollup_inbox

    day, known = as_of or today(), shell.passwords(passwords)
    with shell.progress(phrase("shell.reading")) as told:
        book, questions = rollup_inbox(
            inbox,
            committee,
            out,
            day,
            previous=previous,
            persons=persons,
            passwords=known,
            progress=told,
        )
    telling.doubts(questions)
    shell.say(telling_books.upper(book, out, day))
    return outcome.of_upper(book, questions)


verbs.add_command(reporting.report)
verbs.add_command(purging.purge)
verbs.add_command(setup.install)
verbs.add_command(setup.uninstall)
verbs.add_command(setup.doctor)
verbs.add_command(setup.palette)


def main() -> NoReturn:
    """The entry point of the command `songuon`."""
    shell.run(verbs)
