"""Manners of the shell: Vietnamese words around click, exit codes, progress, one sentence for every failure."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from macros_py import crash
from macros_py.addin.errors import AddinError
from macros_py.legible import Legible, legible
from workbook import discretion
from workbook.errors import WorkbookError
from workbook.phrases import phrase

if TYPE_CHECKING:  # what reads workbooks takes a while to load
    from workbook.incoming.passwords import Passwords

CLEAN, FINDINGS, FAILED = 0, 1, 2


class Misuse(click.UsageError):
    """Words that do not go together; says so in a Vietnamese sentence of its own."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, click.get_current_context())


class Verb(click.Command):
    """A command whose help speaks Vietnamese."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Vietnamese text."""
        option = super().get_help_option(ctx)
        if option:
            option.help = phrase("shell.help")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line, headed in Vietnamese."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), phrase("shell.usage"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of options, headed in Vietnamese."""
        rows = [record for option in self.get_params(ctx) if (record := option.get_help_record(ctx))]
        if rows:
            with formatter.section(phrase("shell.options")):
                formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class Verbs(Verb, click.Group):
    """The group of all verbs."""

    command_class = Verb

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of verbs, headed in Vietnamese."""
        with formatter.section(phrase("shell.verbs")):
            formatter.write_dl([(name, verb.get_short_help_str(200)) for name, verb in self.commands.items()])


def run(verbs: click.Group) -> NoReturn:
    """Run the command line; every way out is an exit code and at most one sentence on standard error."""
    _speak_utf8()
    discretion.install()
    try:
        sys.exit(verbs.main(prog_name="songuon", standalone_mode=False) or CLEAN)
    except click.ClickException as misuse:
        fail(_explained(misuse))
    except WorkbookError as error:
        fail(told(error, str(error.detail.get("file", ""))))
    except AddinError as error:
        fail(str(error))
    except (click.Abort, KeyboardInterrupt):
        fail(phrase("shell.stopped"))
    except Exception as error:  # the last door: our own fault becomes an apology that names the log
        log = crash.record(error)
        fail(phrase("shell.apology", log=log) if log else phrase("shell.apology_unlogged"))


def told(error: WorkbookError, file: str = "") -> str:
    """The sentence for paper that cannot be read, and what to do."""
    from workbook.messages import sentence

    said = sentence(error.code, {**error.detail, "file": file})
    return " ".join(part for part in (f"{file}:" if file else "", said.message, said.fix) if part)


def say(text: Legible, *, err: bool = False) -> None:
    """Tell a result on standard output, or on standard error (`err`) what is amiss beside it."""
    click.echo(text, err=err)


def say_written(out: Path) -> None:
    """Tell where a file has been written."""
    say(legible(phrase("shell.written", out=out)))


def fail(sentence: str) -> NoReturn:
    """Say why nothing could be done, and leave."""
    say(legible(sentence), err=True)
    sys.exit(FAILED)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, silence elsewhere; yields `told(done, total)`."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    bars: list[Any] = []

    def advance(done: int, total: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=total, label=label, file=sys.stderr))
        bars[0].update(done - bars[0].pos)

    yield advance
    if bars:
        bars[0].render_finish()


def passwords(source: Path | None) -> "Passwords | None":
    """The passwords of a list, or the one that is typed, unseen, where the list is "-"."""
    if source is None:
        return None
    from workbook.incoming.passwords import Passwords, read_passwords
    from workbook.incoming.unlocking import Password

    if str(source) == "-":
        typed = click.prompt(phrase("shell.password"), hide_input=True, err=True)
        return Passwords(of_others=Password(typed))
    return read_passwords(source)


def _speak_utf8() -> None:
    """Windows consoles default to a code page without Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _explained(misuse: click.ClickException) -> str:
    """What was wrong with the words of the command, in Vietnamese."""
    verb = misuse.ctx.command_path if isinstance(misuse, click.UsageError) and misuse.ctx else "songuon"
    match misuse:
        case Misuse():
            fault = misuse.message
        case click.NoSuchOption():
            fault = phrase("misuse.option", option=misuse.option_name)
        case click.NoSuchCommand(command_name=name, possibilities=near):
            fault = phrase("misuse.command_near" if near else "misuse.command", name=name, near=", ".join(near or ()))
        case click.MissingParameter():
            fault = phrase("misuse.missing", name=_named(misuse.param))
        case click.BadParameter():
            fault = phrase("misuse.value", name=_named(misuse.param))
        case click.UsageError():
            fault = phrase("misuse.words")
        case _:
            fault = gettext(misuse.message)
    return f"{fault} {phrase('misuse.see', verb=verb)}"


def _named(parameter: click.Parameter | None) -> str:
    """A parameter as it is typed: "--as-of YYYY-MM-DD", "--out", "PATH..."; click's own names of types are English."""
    if isinstance(parameter, click.Option):
        kind = parameter.metavar or parameter.type.name
        return f"{parameter.opts[0]} {kind}" if kind.isupper() else parameter.opts[0]
    return (parameter.metavar or parameter.human_readable_name) if isinstance(parameter, click.Argument) else ""
