"""Whether an inbox stood still while it was read: files that came, went or were written to meanwhile.

Each file is read once, in one piece, and everything said of it comes from those bytes: nothing of two versions is ever
mixed. But what was read may no longer be what lies there, and a clerk must know.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import file_digest
from os import fstat
from pathlib import Path

from workbook.given import named
from workbook.incoming.inbox import jobs
from workbook.incoming.quota_book import part
from workbook.incoming.raw import Question
from workbook.incoming.read import LONGEST_FILE

#: File → its size in bytes and the time it was written last, in nanoseconds.
Listing = Mapping[str, tuple[int, int]]


def listed(inbox: Path) -> Listing:
    """The files of an inbox as they lie there now; one that goes at this very moment is not among them."""
    found = ((job.file, _state(job.path)) for job in jobs([inbox]))
    return {file: state for file, state in found if state}


def _state(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns


def moved(before: Listing, inbox: Path, read: Mapping[str, str]) -> tuple[tuple[str, Question], ...]:
    """A question, with the sheet that shows the files, for each kind of change since `before`; none where all is still.

    `read`: file → SHA-256 of the bytes that were read, "" where nothing could be read. A file that was only touched, or
    copied onto itself, has not changed.
    """
    now = listed(inbox)
    came = sorted(now.keys() - before.keys())
    went = sorted(before.keys() - now.keys())
    touched = [file for file in sorted(now.keys() & before.keys()) if now[file] != before[file]]
    other = [file for file in touched if _digest(inbox / file) != read.get(file, "")]
    told = (("inbox.came", came), ("inbox.went", went), ("inbox.written", other))
    return tuple(_asked(told))


def _digest(path: Path) -> str | None:
    """None for what cannot be read, and for what is too long to have been read at all."""
    try:
        with path.open("rb") as stream:
            if fstat(stream.fileno()).st_size > LONGEST_FILE:
                return None
            return file_digest(stream, "sha256").hexdigest()
    except OSError:  # held by who writes to it
        return None


def _asked(told: Sequence[tuple[str, Sequence[str]]]) -> Iterator[tuple[str, Question]]:
    for code, files in told:
        if files:
            detail: dict[str, object] = {"count": len(files), "files": named(files, ", ")}
            yield part("submissions").sheet, Question(code, detail=detail)
