"""A file's name says what it is: programs go by its ending, and so do people."""

from pathlib import Path

from workbook.errors import CannotWrite


def refuse_unlike(out: Path | None, ending: str, code: str) -> None:
    """Raise CannotWrite with `code` where `out` has another ending than what is written there; asked before long work.

    None is no place to write, and nothing is asked of it.
    """
    if out is not None and out.suffix.lower() != ending:
        raise CannotWrite(code, {"path": str(out)})
