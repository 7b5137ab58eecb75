"""Our own faults: kept in a log without a word of anybody's data, and told with an apology."""

import os
import traceback
from pathlib import Path

LOG = Path(os.environ.get("SONGUON_HOME", Path.home() / ".songuon")) / "songuon.log"


def record(error: BaseException) -> Path | None:
    """Append where it happened and of what type it was, never the message: it may quote a cell.

    Returns the log, or None where it could not be written.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("a", encoding="utf-8") as log:
            log.write("\n".join([type(error).__name__, *lines, ""]) + "\n")
    except OSError:
        return None  # a log that cannot be written must not bring the traceback with the data to the screen
    return LOG
