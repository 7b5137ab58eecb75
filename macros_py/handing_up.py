"""`songuon report … --upward` and `--fill`: what goes up from a quota book, told."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from macros_py import shell, telling
from macros_py.legible import Legible, in_lines, legible
from workbook.given import Doubt
from workbook.percent import whole
from workbook.phrases import phrase

if TYPE_CHECKING:
    from workbook.outgoing.form.fill import Filled


def asked_password() -> str:
    """A password typed twice, unseen; it is shown nowhere and kept nowhere."""
    while True:
        first: str = click.prompt(phrase("upward.ask"), hide_input=True, err=True)
        if first == click.prompt(phrase("upward.ask_again"), hide_input=True, err=True):
            return first
        shell.say(legible(phrase("upward.unlike")), err=True)


def upward(quota_book: Path, out: Path, least: int, password: str) -> int:
    """The counts of a quota book at `out`, and what is and is not protected in it."""
    from workbook.outgoing.upward import write_upward

    made = write_upward(quota_book, out, least=least, password=password)
    if least:
        shell.say(legible(phrase("upward.folded", count=whole(made.hidden), least=least)))
    if made.open:
        shell.say(legible(phrase("upward.open", count=whole(made.open))), err=True)
    if made.left_out:
        shell.say(legible(phrase("upward.left_out", count=whole(made.left_out))))
    if password:
        shell.say(legible(phrase("upward.locked")))
    shell.say(legible(phrase("upward.written", out=out)))
    return shell.FINDINGS if made.open else shell.CLEAN


def fill(  # noqa: PLR0913, PLR0917 - each is an option of its own
    quota_book: Path, form: Path, out: Path, mapping: Path | None, previous: Sequence[Path], missing: Path | None,
    parts: bool,
) -> int:  # fmt: skip
    """A given form filled at `out`; what stays blank, and what is missing for whom."""
    from workbook.incoming.quota_book import read_quota_book
    from workbook.outgoing.form.fill import fill_form
    from workbook.outgoing.form.mapping import read_map
    from workbook.outgoing.lacking_list import write_lacking

    book = read_quota_book(quota_book, counts=True)
    earlier = [read_quota_book(path, earlier=True, counts=True) for path in previous]
    made = fill_form(book, form, out, read_map(mapping) if mapping else None, earlier)
    telling.doubts([Doubt(form.name, made.sheet, question) for question in made.questions])
    if missing and (made.lacking or made.unsure):
        write_lacking(made, book, missing)
    shell.say(_told(made, out, missing))
    if parts:
        shell.say(_parts(made))
    return shell.FINDINGS if made.questions or made.lacking else shell.CLEAN


def _told(made: "Filled", out: Path, missing: Path | None) -> Legible:
    """What everybody lacks is said once; what some lack, person by person unless there is a list of its own."""
    everybody = set.intersection(*(set(one.headings) for one in made.lacking)) if made.lacking else set()
    lines = [
        phrase("form.lacking", row=one.row, branch=one.branch, name=one.name, missing="; ".join(rest))
        for one in (() if missing else made.lacking)
        if (rest := [heading for heading in one.headings if heading not in everybody])
    ]
    shared = [heading for heading in made.lacking[0].headings if heading in everybody] if made.lacking else []
    counted = [phrase("form.incomplete", count=whole(len(made.lacking)))] if made.lacking else []
    alike = [phrase("form.everybody", missing="; ".join(shared))] if shared else []
    where = [phrase("shell.written", out=missing)] if missing and (made.lacking or made.unsure) else []
    filled = phrase("form.filled", form=made.form, sheet=made.sheet, count=whole(len(made.entries)), out=out)
    return in_lines([*counted, *alike, *lines, *where, filled])


def _parts(made: "Filled") -> Legible:
    said = {True: phrase("form.untouched"), False: phrase("form.touched")}
    return in_lines(f"{one.sha256}  {said[one.untouched]}  {one.part}" for one in made.parts)
