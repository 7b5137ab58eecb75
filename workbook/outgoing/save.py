"""Bytes become a file, whole or not at all, and never in the place of another file."""

import os
from pathlib import Path

from workbook.errors import CannotWrite


def refuse_existing(out: Path) -> None:
    """Raise CannotWrite where something stands at `out` already: asked before long work, and again by `save_new`."""
    if out.exists():
        raise CannotWrite("write.exists", {"path": str(out)})


def save_new(content: bytes, out: Path) -> None:
    """Write a new file. Half a file is never seen at `out`: it is written beside and then put in place.

    Raises CannotWrite where `out` exists, or where its folder is missing, full or closed to us.
    """
    try:
        _put_in_place(content, out)
    except FileExistsError as error:
        raise CannotWrite("write.exists", {"path": str(out)}) from error
    except OSError as error:
        raise CannotWrite("write.refused", {"path": str(out)}) from error


def _put_in_place(content: bytes, out: Path) -> None:
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        out.touch(exist_ok=False)  # claims the name: only who made the file may replace it
        try:
            beside.replace(out)
        except OSError:
            out.unlink()
            raise
    finally:
        beside.unlink(missing_ok=True)
