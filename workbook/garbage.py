"""How often Python looks for circles of dead objects while a run makes millions of living ones."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New objects before each look. At Python's 700 a fifth of a large run went into looking, for next to nothing.
_OBJECTS = 200_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look seldom while this lasts; afterwards as before. Not for threads: the pace is the whole process's."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
