"""What was read once need not be read again: results of reading, kept in the committee's own folder.

An entry is found by its content alone: the digest of the file, of the rules it was read by (our own modules and words,
the libraries beneath) and of the headings that people explained. So nothing here is ever out of date; at worst it is
not there. Entries hold persons: only the owner of the folder may read them, only what the last run used is kept, and
everything may be deleted at any time. A file that took a password is never kept, nor is one that could not be read.
"""

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from tempfile import mkstemp

from workbook.incoming.container import VIETNAM
from workbook.incoming.inbox import Job, Opened, Progress
from workbook.incoming.packing import pack, unpack
from workbook.phrases import phrase

#: The folder, beside the committee book.
FOLDER = ".so-nguon"

_README = "README.txt"
_SUFFIX, _DRAFT = ".json.gz", ".tmp"
#: Of what is opened this belongs to the day and the place, not to the content.
_OF_THE_DAY = frozenset({"file", "path", "modified_at", "error", "password"})
_CONTENT = tuple(field.name for field in fields(Opened) if field.name not in _OF_THE_DAY)

_WORKBOOK = Path(__file__).parents[1]
_READERS = ("python-calamine", "openpyxl", "msoffcrypto-tool", "olefile", "defusedxml", "rapidfuzz", "python-dateutil")
_DAMAGED = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Cache:
    """The entries in a folder; what cannot be written there is only read again the next time."""

    folder: Path

    def look(self, job: Job) -> Opened | None:
        """The file as an earlier run read the same content by the same rules, if it is kept and whole."""
        try:
            with job.path.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
                modified_at = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, VIETNAM)
            kept = unpack(gzip.decompress(self._place(job, digest).read_bytes()))
            if kept["sha256"] != digest or set(kept) != set(_CONTENT):
                return None
        except _DAMAGED:  # not there, cut short, spoiled: it is read anew
            return None
        return Opened(job.file, job.path, modified_at=modified_at, **kept)

    def keep(self, job: Job, opened: Opened) -> None:
        """Keep what was read, unless it took a password or could not be read."""
        if opened.error or opened.password.text:
            return
        try:
            content = gzip.compress(pack({name: getattr(opened, name) for name in _CONTENT}), compresslevel=1, mtime=0)
        except TypeError:  # something no entry can hold
            return
        with suppress(OSError):  # full, closed to us, gone
            _save(content, self._place(job, opened.sha256))

    def tidy(self, used: Iterable[tuple[Job, Opened]]) -> None:
        """Take away what this run neither used nor made: nobody's data stays longer than it serves."""
        kept = {self._place(job, opened.sha256) for job, opened in used if opened.sha256}
        for entry in _entries(self.folder):
            if entry not in kept:
                with suppress(OSError):  # held by another run
                    entry.unlink()

    def make(self) -> None:
        """The folder with a line about what it is."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            readme = self.folder / _README
            if not readme.exists():
                _save(phrase("cache.readme").encode("utf-8-sig"), readme)

    def _place(self, job: Job, digest: str) -> Path:
        told = (rules(), digest, job.path.suffix.lower(), job.path.name[:2] == "~$", sorted(job.confirmed.items()))
        name = sha256(json.dumps(told).encode()).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}{_SUFFIX}"


def beside(committee: Path) -> Cache:
    """The cache of a committee, in the folder of its book."""
    return Cache(committee.resolve().parent / FOLDER)


def through(
    kept: Cache,
    todo: Sequence[Job],
    open_rest: Callable[[Sequence[Job], Progress], list[Opened]],
    progress: Progress | None = None,
) -> list[Opened]:
    """Every file in the order given: as it is kept from before, the others opened by `open_rest` and then kept."""
    tell = progress or (lambda _done, _total: None)
    kept.make()
    opened = {number: one for number, job in enumerate(todo) if (one := kept.look(job))}
    known = len(opened)
    rest = [number for number in range(len(todo)) if number not in opened]
    made = open_rest([todo[number] for number in rest], lambda done, _: tell(known + done, len(todo)))
    for number, one in zip(rest, made, strict=True):
        kept.keep(todo[number], one)
        opened[number] = one
    kept.tidy((todo[number], one) for number, one in opened.items())
    return [opened[number] for number in range(len(todo))]


def clear(folder: Path) -> int:
    """Take the cache in a committee's folder away; how many files were kept there."""
    cached = folder / FOLDER
    entries = list(_entries(cached))
    for path in (*entries, cached / _README):
        path.unlink(missing_ok=True)
    for empty in (*cached.glob("*/"), cached):
        with suppress(OSError):  # somebody put something else there
            empty.rmdir()
    return sum(entry.name.endswith(_SUFFIX) for entry in entries)


@cache
def rules() -> str:
    """A digest of everything that decides how a file is read; two machines with the same one read alike."""
    told = sha256(python_version().encode())
    for path in sorted(_sources()):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    for library in _READERS:
        told.update(f"{library} {version(library)}\n".encode())
    return told.hexdigest()


def _sources() -> Iterator[Path]:
    """Our own modules and words that reading may rest on."""
    for pattern in ("*.py", "*.toml", "incoming/**/*.py", "incoming/**/*.toml"):
        yield from _WORKBOOK.glob(pattern)
    yield from (_WORKBOOK.parent / "validation").glob("*.py")


def _entries(folder: Path) -> Iterator[Path]:
    """Entries, and drafts that a killed run left behind; nothing that others may have put there."""
    for pattern in (f"??/*{_SUFFIX}", f"??/*{_DRAFT}", f"*{_DRAFT}"):
        yield from folder.glob(pattern)


def _save(content: bytes, path: Path) -> None:
    """Write a file that only we may read; at its place stands the whole file, or what stood there before."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, name = mkstemp(suffix=_DRAFT, dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
