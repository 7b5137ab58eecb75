"""Which of the files that came count, judged without the others: the start of a book and of a list of what is late."""

from collections.abc import Sequence

from workbook.assess import Assessment, Law, assess
from workbook.committee import Committee
from workbook.discretion import know
from workbook.incoming.inbox import Opened
from workbook.incoming.versions import Submission, choose
from workbook.states import State


def counted(files: Sequence[Opened], committee: Committee, law: Law) -> tuple[list[Submission], Assessment]:
    """Every file with what became of it, and the persons of those that count; numbered as in `files`."""
    submissions = choose(files, committee)
    return submissions, judged(files, {one.opened.file for one in submissions if one.state is State.COUNTED}, law)


def judged(files: Sequence[Opened], chosen: set[str], law: Law) -> Assessment:
    """The persons of the files `chosen` by name, judged; numbered as in `files`."""
    tables = [(number, table) for number, one in enumerate(files) if one.file in chosen for table in one.tables]
    know(name for _, table in tables for name in table.columns.get("full_name", ()))
    return assess(tables, law)
