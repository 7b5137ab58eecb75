"""What goes back to the branches: for each register a marked copy, or a list of what was found, and a page to sign."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from workbook.committee import Committee
from workbook.errors import CannotWrite, Damaged, Unreachable
from workbook.incoming.branches import Directory, hint
from workbook.incoming.grid import Grid
from workbook.incoming.inbox import Opened, Progress
from workbook.incoming.raw import RawTable
from workbook.incoming.read import read
from workbook.incoming.versions import State, choose
from workbook.outgoing import return_letter, save, slip_list
from workbook.outgoing.return_letter import Enclosure
from workbook.outgoing.returned import return_slips
from workbook.outgoing.slips import Judged, extension, marked
from workbook.phrases import phrase
from workbook.run import Checked, confirmed
from workbook.text import bare

#: What has become of a file that is not handed back: a later one counts, or somebody took it out.
_PASSED_OVER = (State.REPLACED, State.WITHDRAWN, State.COPY)

_NO_NAME = re.compile(r"[^a-z0-9]+")
_NO_FOLDER = {"", ".", "..", "/", "//"}


@dataclass(frozen=True, slots=True)
class Written:
    """How many marked copies, lists and letters were written, and how many files were passed over."""

    copies: int
    lists: int
    letters: int
    passed_over: int


def refuse_folder(folder: Path, paths: Sequence[Path]) -> None:
    """Raise CannotWrite for a folder that holds anything, or lies in one that is read; asked before long work.

    A slip among the registers would be read as one the next time.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite("slips.taken", {"path": str(folder)})
    if any(path.is_dir() and folder.resolve().is_relative_to(path.resolve()) for path in paths):
        raise CannotWrite("slips.inside", {"path": str(folder)})


def write_slips(
    checked: Checked, committee: Committee | None, as_of: date, folder: Path, progress: Progress | None = None
) -> Written:
    """Write a copy and a letter for each register, and a letter for each file that cannot be read, into `folder`.

    With a committee book only what counts is handed back, each branch of a file with a letter of its own.
    Raises CannotWrite as `refuse_folder` does, and where something cannot be written.
    """
    described = committee or Committee("")
    submissions = [one for one in choose(checked.files, described) if not _is_ours(one.opened)]
    returned = [one for one in submissions if one.state not in _PASSED_OVER]
    slips = return_slips(checked.assessment, checked.found, returned, _starts(checked))
    names = _names([one.opened.file for one in submissions])
    enclosed = _enclosed(checked, confirmed(committee), folder, names, {one.opened.file for one in returned}, progress)
    several, directory = Counter(one.opened.file for one in returned), Directory(described)
    for one, slip in zip(returned, slips, strict=True):
        told = one.opened.branch_hint if committee is None else hint(one.opened, directory) if slip.error else ""
        out = _letter_name(names[slip.file], slip.branch if several[slip.file] > 1 else "")
        addressed = replace(slip, branch=slip.branch or told)
        _save(return_letter.render(addressed, described, as_of, enclosed[slip.file]), folder / out)
    return _written(enclosed, len(slips), len(submissions) - len(returned))


def _is_ours(opened: Opened) -> bool:
    """What Excel leaves beside an open workbook, and our own quota book, no branch has handed in."""
    return opened.error is not None and opened.error.code in ("file.lock", "file.quota_book")


def _written(enclosed: Mapping[str, Enclosure], letters: int, passed_over: int) -> Written:
    copies = sum(bool(one.copy) for one in enclosed.values())
    return Written(copies, sum(bool(one.listed) for one in enclosed.values()), letters, passed_over)


# --- what is enclosed


def _enclosed(
    checked: Checked,
    known: Mapping[str, str],
    folder: Path,
    names: Mapping[str, PurePosixPath],
    wanted: set[str],
    progress: Progress | None,
) -> dict[str, Enclosure]:
    """Write a copy or a list for each file; what there is of each."""
    starts, made = _starts(checked), {}
    todo = [opened for opened in checked.files if opened.file in wanted]
    for done, opened in enumerate(todo, start=1):
        registers = _judged(checked, opened, starts[opened.file], known) if opened.tables else []
        made[opened.file] = _enclosure(opened, registers, folder, names[opened.file])
        if progress:
            progress(done, len(todo))
    return made


def _enclosure(opened: Opened, registers: Sequence[Judged], folder: Path, name: PurePosixPath) -> Enclosure:
    if not registers:
        return Enclosure()
    try:
        content = marked(_content(opened), registers)
    except Damaged:  # of an older kind, or built in a way that we do not follow
        listed = name.with_name(phrase("slip.list_name", stem=name.stem))
        _save(slip_list.render([one.listing() for one in registers]), folder / listed)
        return Enclosure(listed=listed.name)
    copy = name.with_name(phrase("slip.copy_name", stem=name.stem, suffix=extension(content)))
    _save(content, folder / copy)
    return Enclosure(copy=copy.name)


def _content(opened: Opened) -> bytes:
    """The very file that was judged; Unreachable where another has taken its place since."""
    try:
        data = opened.path.read_bytes()
    except OSError as error:
        raise Unreachable("file.held", {"file": opened.file}) from error
    if sha256(data).hexdigest() != opened.sha256:
        raise Unreachable("slips.changed", {"file": opened.file})
    return data


def _judged(checked: Checked, opened: Opened, starts: Sequence[int], known: Mapping[str, str]) -> list[Judged]:
    """The registers of a file, as they were judged among all others."""
    grids = {grid.sheet: grid for grid in read(opened.path, results=True).grids}
    found = checked.found[checked.found["file"] == opened.file]
    here = replace(checked, found=found)
    return [
        _part(here, opened.file, grids[table.sheet], table, start, known)
        for table, start in zip(opened.tables, starts, strict=True)
    ]


def _part(checked: Checked, file: str, grid: Grid, table: RawTable, start: int, known: Mapping[str, str]) -> Judged:
    """One register by itself, its persons numbered from 0."""
    found, missed = checked.found[checked.found["sheet"] == table.sheet], checked.assessment.missed
    rows = range(start, start + len(table.rows))
    alone = replace(
        checked.assessment,
        verdicts=checked.assessment.verdicts.loc[list(rows)].reset_index(drop=True),
        missed=missed[missed["row"].isin(rows)].assign(row=lambda frame: frame["row"] - start),
    )
    numbered = found["row"].where(found["row"] < 0, found["row"] - start)
    return Judged(file, grid, table, alone, found.assign(row=numbered), known)


def _starts(checked: Checked) -> dict[str, list[int]]:
    """File → the row id at which each of its tables begins."""
    starts = iter(checked.assessment.stacked.starts)
    return {opened.file: [next(starts) for _ in opened.tables] for opened in checked.files}


# --- names


def _names(files: Sequence[str]) -> dict[str, PurePosixPath]:
    """File → where its slip belongs, below the folder of slips; two names that differ by their ending only stay two."""
    places = {file: PurePosixPath(*(_folders(file) or ["_"])) for file in files}
    times = Counter(str(place.with_suffix("")).lower() for place in places.values())
    return {
        file: place.with_stem(place.name) if times[str(place.with_suffix("")).lower()] > 1 else place
        for file, place in places.items()
    }


def _folders(file: str) -> list[str]:
    """The names a path is made of; of one given from the root of a disk no more than names."""
    return [part.replace(":", "") for part in PurePosixPath(file).parts if part not in _NO_FOLDER]


def _letter_name(name: PurePosixPath, branch: str) -> PurePosixPath:
    told = _NO_NAME.sub("-", bare(branch)).strip("-")
    return name.with_name(phrase("slip.letter_name", stem=f"{name.stem}-{told}" if told else name.stem))


def _save(content: bytes, out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite("write.refused", {"path": str(out)}) from error
    save.save_new(content, out)
