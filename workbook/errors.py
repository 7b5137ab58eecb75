"""Why paper cannot be read or written.

WorkbookError                this paper is of no use; the other files go on
├── UnreadableWorkbook       the way in
│   ├── NotAWorkbook         a picture, a web page, an empty file, a lock file under a workbook's name
│   ├── Protected            a password is needed to open it
│   ├── Damaged              a workbook once, but no reader can follow it
│   ├── TooLarge             would take the machine with it
│   ├── TooSlow              its reader does not come to an end
│   ├── Unforeseen           its reader failed through a fault of ours
│   ├── Unreachable          not there, or held by another program
│   ├── BadPasswordList      names no file with its password
│   ├── BadCommitteeBook     opens, but lacks what a run must know
│   └── BadQuotaBook         a book of ours that lacks the numbers the level above takes over
└── UnwritableWorkbook       the way out
    ├── WorkbookLocked       the target is open in another program
    └── CannotWrite          the folder or the disk refuses, or the target must not be overwritten

Each carries a `code`, whose sentence is in `messages_vi/`, and the `detail` that fills it. The caller knows
the file and names it. Never put a person's name or id into `detail`: it is logged.
"""

from collections.abc import Mapping
from typing import Self


class WorkbookError(Exception):
    """Something is wrong with a whole file. Picklable, so that it can cross a process."""

    def __init__(self, code: str, detail: Mapping[str, object] | None = None) -> None:
        super().__init__(code, dict(detail or {}))

    @property
    def code(self) -> str:
        """Names the sentence, like "file.damaged"."""
        return str(self.args[0])

    @property
    def detail(self) -> dict[str, object]:
        """What the sentence needs beyond the file."""
        return dict(self.args[1])

    def alone(self) -> Self:
        """The same without what it came from: tblib, where loaded, has pickle send causes, and a panic cannot go."""
        return type(self)(*self.args)


class UnreadableWorkbook(WorkbookError):  # noqa: N818 - the name says what is the matter
    """Nothing can be read from this file."""


class NotAWorkbook(UnreadableWorkbook):
    """The content is no workbook, whatever the name says."""


class Protected(UnreadableWorkbook):
    """A password is needed to open the file."""


class Damaged(UnreadableWorkbook):
    """The parts of the workbook do not fit together."""


class TooLarge(UnreadableWorkbook):
    """Reading the file would use up the machine."""


class TooSlow(UnreadableWorkbook):
    """Reading the file took longer than a file may take."""


class Unforeseen(UnreadableWorkbook):
    """Reading the file failed through a fault of ours; `detail` says of what type and where, in our own code."""


class Unreachable(UnreadableWorkbook):
    """The file is not there, or another program holds it."""


class BadPasswordList(UnreadableWorkbook):
    """The list of passwords has no line with a file and its password."""


class BadCommitteeBook(UnreadableWorkbook):
    """The committee book lacks a sheet, a heading or a setting that a run must know."""


class BadQuotaBook(UnreadableWorkbook):
    """The quota book lacks the table or the figures that the level above takes over."""


class UnwritableWorkbook(WorkbookError):  # noqa: N818 - as above
    """The result could not be written; whatever stood at the target is unharmed."""


class WorkbookLocked(UnwritableWorkbook):
    """The target is open in another program."""


class CannotWrite(UnwritableWorkbook):
    """The folder or the disk refuses, or the target must not be overwritten."""
