"""The last door of a button: whatever has failed, the clerk reads one sentence of it. Nothing here raises."""

from macros_py import crash, dialogue
from macros_py.desk import Desk
from workbook.phrases import phrase


def tell(desk: Desk, sentence: str) -> None:
    """Through the application, else in a box of our own, else in the log."""
    for telling in (desk.tell, dialogue.tell):
        try:
            return telling(sentence)
        except Exception as error:  # whichever way it fails, the next one is tried
            crash.record(error)
    return None


def explained(desk: Desk, error: Exception) -> str:
    """What the clerk can do about an error, else an apology."""
    try:
        said = desk.explain(error)
    except Exception as second:  # an application in pieces cannot even be asked
        crash.record(second)
        said = ""
    if said == phrase("button.busy"):
        return said
    sorry = apology(error)  # a fault of ours is logged, also where the book happens to be closed
    return said or sorry


def apology(error: Exception) -> str:
    """Log an error of ours without anybody's data, and say where."""
    log = crash.record(error)
    return phrase("button.apology", log=log) if log else phrase("button.apology_unlogged")
