"""The shipped regulations, put together into one rulebook; refuses sets that contradict themselves.

One TOML file per document in `regulations/`, named by its day in force, so that the folder listing is the
timeline; what a province or committee adds stands in `regulations/overlays/`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

from validation.provisions import (
    DERIVED_COLUMNS,
    DOSSIER_STARTED,
    PROBATION_ENDS,
    Condition,
    Deadline,
    Exemption,
    Nature,
    Reading,
    Regulation,
    Series,
    Source,
    Term,
    Unit,
)
from validation.regulation_files import RegulationError, read
from validation.rulebook import Applied, AppliedCondition, AppliedExemption, Era, Rulebook

__all__ = [
    "DERIVED_COLUMNS",
    "DOSSIER_STARTED",
    "PROBATION_ENDS",
    "Applied",
    "AppliedCondition",
    "AppliedExemption",
    "Condition",
    "Deadline",
    "Era",
    "Exemption",
    "Nature",
    "Reading",
    "Regulation",
    "RegulationError",
    "Rulebook",
    "Series",
    "Source",
    "Term",
    "Unit",
    "UnknownOverlayError",
    "assemble",
    "load",
    "overlay_names",
]


class UnknownOverlayError(LookupError):
    """No overlay of that name is shipped; the text lists those that are."""


def load(overlays: Sequence[str] = ()) -> Rulebook:
    """The shipped rules with the named overlays on top; read once, then remembered.

    Raises `UnknownOverlayError`, and `RegulationError` for a file that cannot be used.
    """
    return _load(tuple(overlays))


def overlay_names() -> tuple[str, ...]:
    """Names that `load` accepts, in alphabetical order."""
    return tuple(file.name.removesuffix(".toml") for file in _toml_files(_folder() / "overlays"))


def assemble(central: Iterable[Regulation], overlays: Iterable[Regulation] = ()) -> Rulebook:
    """One rulebook from regulations in any order; raises `RegulationError` where they contradict each other."""
    book = Rulebook(_by_day(central), _by_day(overlays))
    _check_ids(book)
    _check_lines(book)
    _check_keys(book)
    _check_overlays(book)
    return book


@lru_cache(maxsize=16)
def _load(overlays: tuple[str, ...]) -> Rulebook:
    unknown = sorted(set(overlays) - set(overlay_names()))
    if unknown:
        raise UnknownOverlayError(f"{', '.join(unknown)}: not among {', '.join(overlay_names())}")
    local = [read(_folder() / "overlays" / f"{name}.toml") for name in dict.fromkeys(overlays)]
    return assemble(map(read, _toml_files(_folder())), local)


def _folder() -> Traversable:
    return files("validation") / "regulations"


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)


def _by_day(laws: Iterable[Regulation]) -> tuple[Regulation, ...]:
    return tuple(sorted(laws, key=lambda law: law.in_force_from))


def _check_ids(book: Rulebook) -> None:
    for name, times in Counter(law.id for law in book.regulations).items():
        if times > 1:
            raise RegulationError(f"{name}: {times} files have this id")


def _check_lines(book: Rulebook) -> None:
    """In each line every document names the one it follows, so that a missing file is noticed."""
    for series in set(Series) - {Series.OVERLAY}:
        line = [law for law in book.central if law.series is series]
        for before, law in pairwise(line):
            if law.replaces != before.id:
                raise RegulationError(f"{law.id}, replaces: {law.replaces!r} should be {before.id!r}")


def _check_keys(book: Rulebook) -> None:
    """A number is looked up along one line of documents; in two it would have two newest versions."""
    home: dict[str, Series] = {}
    for law in book.central:
        for said in law.provisions:
            if home.setdefault(said.key, law.series) is not law.series:
                raise RegulationError(f"{law.id}, {said.key}: already stated by a document of another line")


def _check_overlays(book: Rulebook) -> None:
    central = Rulebook(book.central)
    fixed = {said.key for law in book.central for said in law.provisions if not isinstance(said, Deadline)}
    for law in book.overlays:
        restated = sorted(fixed & {said.key for said in law.provisions})
        if restated:
            raise RegulationError(f"{law.id}, {', '.join(restated)}: an overlay may not restate a central number")
        for deadline in law.deadlines:
            for era in central.eras(deadline.key):
                if (era.end is None or era.end > law.in_force_from) and not _agrees(deadline, law, era):
                    newest = era.applied.regulation.id
                    raise RegulationError(f"{law.id}, {deadline.key}: looser than {newest}, or not comparable")


def _agrees(local: Deadline, law: Regulation, era: Era) -> bool:
    """Whether an overlay's deadline counts the same thing in an era of the central one, and is never the looser.

    A central number that comes later and is tighter stands over the overlay's, which then says nothing.
    """
    central = era.applied.deadline
    same = (local.unit, local.triggers, local.done) == (central.unit, central.triggers, central.done)
    overruled = era.start > law.in_force_from and central.count < local.count
    tighter = local.count <= central.count and (local.extension or 0) <= era.applied.extension
    return same and (overruled or tighter)
