"""Bytes become a file, whole or not at all, and never in the place of another file.

What is written stands under a temporary name in the same folder until it is on the disk; one step of the file system
then gives it its name. Whoever is killed on the way leaves such a temporary file, and the next run into the folder
takes it away: the system itself lets go of the lock of a process that is gone.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO

from workbook.errors import CannotWrite, WorkbookLocked

#: Temporary files are called `.songuon-<chance>.tmp`: short, so that a long name does not become too long by it.
_PREFIX, _SUFFIX = ".songuon-", ".tmp"

#: What the system says where no byte more fits: on the disk, in what the user may take up, in one file.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

#: What it says where a folder knows no second name of a file (USB sticks, some network folders).
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}

#: What Excel and LibreOffice leave beside a workbook that is open; {} is its name.
_OPEN = ("~${}", ".~lock.{}#")


def refuse_existing(out: Path) -> None:
    """Raise where something stands at `out` already (CannotWrite), or a program has it open (WorkbookLocked).

    Asked before long work, and again by `save_new`.
    """
    if any(out.with_name(mark.format(out.name)).exists() for mark in _OPEN):
        raise WorkbookLocked("write.open", {"path": str(out)})
    if os.path.lexists(out):
        raise CannotWrite("write.exists", {"path": str(out)})


def save_new(content: bytes, out: Path) -> None:
    """Write a new file as `new_file` does."""
    with new_file(out) as stream:
        stream.write(content)


@contextmanager
def new_file(out: Path) -> Iterator[IO[bytes]]:
    """A new file to write into. Whenever the process ends, at `out` stands nothing or the whole file.

    Raises CannotWrite where `out` exists (also where another run was quicker), or where its folder is missing, full or
    closed to us.
    """
    try:
        sweep(out.parent)
        with beside(out.parent) as (stream, draft):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())  # the name must not be on the disk before the bytes are
            _named(stream, draft, out)
        _keep_name(out.parent)
    except FileExistsError as error:
        raise CannotWrite("write.exists", {"path": str(out)}) from error
    except OSError as error:
        code = "write.full" if error.errno in _FULL else "write.refused"
        raise CannotWrite(code, {"path": str(out)}) from error


def sweep(folder: Path) -> int:
    """Take away the temporary files of runs that were killed; how many there were. Those of living runs stay."""
    return sum(map(_swept, folder.glob(f"{_PREFIX}*{_SUFFIX}")))


@contextmanager
def beside(folder: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """A new file in the folder, locked while we are at work and gone afterwards; by its lock a run is known to live."""
    stream = _locked(folder)
    try:
        yield stream, Path(stream.name)
    finally:
        try:
            stream.close()  # Windows takes no open file away
        finally:  # a full disk does not take what is still to be written on closing either
            Path(stream.name).unlink(missing_ok=True)


def _locked(folder: Path) -> IO[bytes]:
    """A new file with its lock; another one where a run that sweeps took the first before it was locked."""
    while True:
        stream = (folder / f"{_PREFIX}{token_hex(8)}{_SUFFIX}").open("xb")
        _lock(stream)
        if os.fstat(stream.fileno()).st_nlink:
            return stream
        stream.close()


if sys.platform == "win32":

    def _lock(_stream: IO[bytes]) -> None:
        """Nothing to do: Windows lets nobody take away a file that is open."""

    def _swept(path: Path) -> bool:
        try:
            path.unlink()
        except OSError:  # open in a living run
            return False
        return True

    def _named(stream: IO[bytes], draft: Path, out: Path) -> None:
        """Windows renames in one step, never an open file, and never in the place of another."""
        stream.close()
        draft.rename(out)

    def _keep_name(_folder: Path) -> None:
        """Windows writes names down by itself."""

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        with suppress(OSError):  # a network folder without locks: there nobody sweeps either
            fcntl.flock(stream, fcntl.LOCK_EX)

    def _swept(path: Path) -> bool:
        """macOS and Linux let go of a lock when its process ends, however it ends."""
        try:
            with path.open("rb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
        except OSError:  # locked by a living run, gone meanwhile, not ours to take away
            return False
        return True

    def _named(_stream: IO[bytes], draft: Path, out: Path) -> None:
        """A second name is given in one step and fails where there is a file; the first one then goes.

        Where the folder knows no second names a rename must do: whole all the same, but of two runs that end in the
        same instant the later one would win.
        """
        try:
            os.link(draft, out)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if os.path.lexists(out):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
            draft.rename(out)

    def _keep_name(folder: Path) -> None:
        """macOS and Linux write a folder down apart from its files."""
        with suppress(OSError):  # a network folder may not know of this; the file itself is on the disk
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
