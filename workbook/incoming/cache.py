"""What was read once need not be read again: results of reading, kept in the committee's own folder.

An entry is found by its content alone: the digest of the file, of the rules it was read by (our own modules and words,
the libraries beneath) and of the headings that people explained. So nothing here is ever out of date; at worst it is
not there. Entries hold persons: only the owner of the folder may read them, only what the last run used is kept, and
everything may be deleted at any time. A file that took a password is never kept, nor is one that could not be read.
"""

import gzip
import json
import os
import re
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

from workbook.errors import CannotWrite
from workbook.incoming.container import VIETNAM
from workbook.incoming.inbox import Job, Opened, Progress, sharing
from workbook.incoming.packing import pack, unpack
from workbook.incoming.read import EXTENSIONS, LONGEST_FILE
from workbook.phrases import phrase

#: The folder, beside the committee book.
FOLDER = ".so-nguon"

_README = "README.txt"
_SUFFIX, _DRAFT_PREFIX, _DRAFT_SUFFIX = ".json.gz", "so-nguon-", ".tmp"
#: Names that only we give: of a folder of entries, of an entry, of a draft that a killed run left behind.
_SHELF, _ENTRY = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{62}\.json\.gz")
_DRAFT = re.compile(r"so-nguon-[a-z0-9_]{8}\.tmp")
#: An entry unpacked, in bytes; that of a register of a thousand persons has one hundredth. What is longer is read anew.
_LONGEST_ENTRY = 64 << 20
#: Of what is opened this belongs to the day and the place, not to the content.
_OF_THE_DAY = frozenset({"file", "path", "modified_at", "error", "password"})
_CONTENT = tuple(field.name for field in fields(Opened) if field.name not in _OF_THE_DAY)

_WORKBOOK = Path(__file__).parents[1]
_READERS = ("python-calamine", "openpyxl", "msoffcrypto-tool", "olefile", "defusedxml", "rapidfuzz", "python-dateutil")
_DAMAGED = (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError)
#: How an entry fails that somebody built to do so.
_HOSTILE = (RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Cache:
    """The entries in a folder; what cannot be written there is only read again the next time."""

    folder: Path

    def look(self, job: Job) -> Opened | None:
        """The file as an earlier run read the same content by the same rules, if it is kept and whole.

        A file that no reader takes is not even looked at.
        """
        if job.outside or job.path.suffix.lower() not in EXTENSIONS:
            return None
        try:
            with job.path.open("rb") as stream:
                stat = os.fstat(stream.fileno())
                if stat.st_size > LONGEST_FILE:
                    return None
                digest = file_digest(stream, "sha256").hexdigest()
            kept = unpack(_unzipped(self._place(job, digest)))
            if kept["sha256"] != digest or set(kept) != set(_CONTENT):
                return None
        except (*_DAMAGED, *_HOSTILE):  # not there, cut short, spoiled: it is read anew
            return None
        return Opened(job.file, job.path, modified_at=datetime.fromtimestamp(stat.st_mtime, VIETNAM), **kept)

    def keep(self, job: Job, opened: Opened) -> None:
        """Keep what was read, unless it took a password or could not be read."""
        if opened.error or opened.password.text:
            return
        try:
            packed = pack({name: getattr(opened, name) for name in _CONTENT})
        except TypeError:  # something no entry can hold
            return
        if len(packed) > _LONGEST_ENTRY:
            return
        content = gzip.compress(packed, compresslevel=1, mtime=0)
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
    """Every file in the order given: as it is kept from before, the others opened by `open_rest` and then kept.

    Where the folder leads elsewhere, every file is opened and nothing is kept.
    """
    tell = progress or (lambda _done, _total: None)
    if _is_linked(kept.folder):
        return open_rest(todo, tell)
    kept.make()
    held: dict[object, object] = {}
    opened = {number: sharing(one, held) for number, job in enumerate(todo) if (one := kept.look(job))}
    known = len(opened)
    rest = [number for number in range(len(todo)) if number not in opened]
    made = open_rest([todo[number] for number in rest], lambda done, _: tell(known + done, len(todo)))
    for number, one in zip(rest, made, strict=True):
        kept.keep(todo[number], one)
        opened[number] = one
    kept.tidy((todo[number], one) for number, one in opened.items())
    return [opened[number] for number in range(len(todo))]


def clear(folder: Path) -> int:
    """Take the cache in a committee's folder away; how many files were kept there.

    Raises CannotWrite where the folder leads elsewhere, or some of it stays; what can be deleted is.
    """
    cached = folder / FOLDER
    if _is_linked(cached):
        raise CannotWrite("cache.stays", {"path": str(cached)})
    entries = list(_entries(cached))
    gone = [_deleted(path) for path in (*entries, cached / _README)]
    for empty in (*_shelves(cached), cached):
        with suppress(OSError):  # somebody put something else there
            empty.rmdir()
    if not all(gone):
        raise CannotWrite("cache.stays", {"path": str(cached)})
    return sum(entry.name.endswith(_SUFFIX) for entry in entries)


def _deleted(path: Path) -> bool:
    """Whether a file is gone now."""
    try:
        path.unlink(missing_ok=True)
    except OSError:  # held by another program, or in a folder that is closed to us
        return False
    return True


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
    for place in (folder, *_shelves(folder)):
        for path in place.glob("*"):
            if _DRAFT.fullmatch(path.name) or (place != folder and _ENTRY.fullmatch(path.name)):
                yield path


def _shelves(folder: Path) -> list[Path]:
    """The folders of entries, without any that leads elsewhere."""
    return [one for one in folder.glob("??") if _SHELF.fullmatch(one.name) and one.is_dir() and not _is_linked(one)]


def _is_linked(folder: Path) -> bool:
    """Whether a folder of ours is a link, or a junction, to another: there we neither write nor delete."""
    return folder.resolve() != folder.parent.resolve() / folder.name


def _unzipped(entry: Path) -> bytes:
    """The content of an entry; ValueError for more than any of ours has."""
    with gzip.open(entry) as stream:
        content = stream.read(_LONGEST_ENTRY + 1)
    if len(content) > _LONGEST_ENTRY:
        raise ValueError
    return content


def _save(content: bytes, path: Path) -> None:
    """Write a file that only we may read; at its place stands the whole file, or what stood there before."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if _is_linked(path.parent):
        raise NotADirectoryError
    handle, name = mkstemp(_DRAFT_SUFFIX, _DRAFT_PREFIX, path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
