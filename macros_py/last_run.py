"""Where the last consolidation took its files from, kept for the buttons of later days: two paths and nothing else."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from macros_py import crash

#: In our own folder; `songuon uninstall` takes it away.
NAME = "tong-hop-lan-cuoi.json"


@dataclass(frozen=True, slots=True)
class LastRun:
    """The committee book, and the folder of submissions."""

    committee: Path
    inbox: Path


def keep(committee: Path, inbox: Path) -> None:
    """Write both down in the place of the earlier ones."""
    place = _place()
    with suppress(OSError):  # a convenience: where it cannot be kept, the book must be open the next time
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({"committee": str(committee), "inbox": str(inbox)}), "utf-8")


def last() -> LastRun | None:
    """What was kept, whether or not it is still there; None before the first consolidation."""
    try:
        kept = json.loads(_place().read_text("utf-8"))
        return LastRun(Path(kept["committee"]), Path(kept["inbox"]))
    except (OSError, ValueError, LookupError, TypeError):  # never written, or written by something else
        return None


def _place() -> Path:
    return crash.LOG.parent / NAME
