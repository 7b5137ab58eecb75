"""What goes back to the branches: for each register a marked copy, or a list of what was found, and a page to sign."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from workbook.checking import Checked
from workbook.committee import Committee
from workbook.errors import CannotWrite, Damaged, TooLarge, TooSlow, Unreachable, UnreadableWorkbook
from workbook.incoming.branches import Directory, hint
from workbook.incoming.grid import Grid
from workbook.incoming.guard import guarded
from workbook.incoming.inbox import Opened, Progress
from workbook.incoming.raw import RawTable
from workbook.incoming.read import read
from workbook.incoming.versions import Submission, choose
from workbook.memory import confirmed
from workbook.messages import Sentence, sentence
from workbook.outgoing import return_letter, slip_list
from workbook.outgoing.names import apart
from workbook.outgoing.return_letter import Enclosure
from workbook.outgoing.returned import ReturnSlip, return_slips
from workbook.outgoing.slips import Judged, copied
from workbook.outgoing.unfinished import Folder, is_unfinished
from workbook.phrases import phrase
from workbook.slip_names import letter_name, slip_names


@dataclass(frozen=True, slots=True)
class Failed:
    """A register that was changed or taken away between its check and its slip, and why it has none."""

    file: str
    said: Sentence


@dataclass(frozen=True, slots=True)
class Written:
    """How many marked copies, lists and letters there are, and how many files were passed over.

    `kept`: of these so many that an earlier run had written before it was ended. `failed`: files without a slip.
    """

    copies: int
    lists: int
    letters: int
    passed_over: int
    kept: int
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class _Post:
    """What goes back: file → where its slip lies, and its letters with their places; how many are passed over."""

    names: Mapping[str, PurePosixPath]
    letters: Mapping[str, Sequence[tuple[ReturnSlip, PurePosixPath]]]
    passed_over: int


def refuse_folder(folder: Path, paths: Sequence[Path]) -> None:
    """Raise CannotWrite for a folder that holds anything, or lies in one that is read; asked before long work.

    One that a run of ours left unfinished may be filled up. A slip among the registers would be read as one the next
    time.
    """
    if folder.exists() and not is_unfinished(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite("slips.taken", {"path": str(folder)})
    if any(path.is_dir() and folder.resolve().is_relative_to(path.resolve()) for path in paths):
        raise CannotWrite("slips.inside", {"path": str(folder)})


def write_slips(
    checked: Checked, committee: Committee | None, as_of: date, folder: Path, progress: Progress | None = None
) -> Written:
    """Write a copy and a letter for each register, and a letter for each file that cannot be read, into `folder`.

    With a committee book only what counts is handed back, each branch of a file with a letter of its own. A file that
    was changed or taken away since it was checked is told, and the others go on. Goes on where the same run was ended.
    Raises CannotWrite as `refuse_folder` does, and where something cannot be written.
    """
    checked, target = _for_branches(checked), Folder(folder, _known_as(checked, committee, as_of))
    described, known, post = committee or Committee(""), confirmed(committee), _post(checked, committee)
    todo = [opened for opened in checked.files if opened.file in post.letters]
    enclosed: dict[str, Enclosure] = {}
    failed: list[Failed] = []
    for done, opened in enumerate(todo, start=1):
        try:
            enclosed[opened.file] = _enclosure(checked, opened, known, target, post.names[opened.file])
        except UnreadableWorkbook as error:
            failed.append(Failed(opened.file, sentence(error.code, {"file": opened.file, **error.detail})))
        else:
            for slip, out in post.letters[opened.file]:
                target.save(return_letter.render(slip, described, as_of, enclosed[opened.file]), out)
        if progress:
            progress(done, len(todo))
    target.finish()
    return _written(enclosed, post, target.kept, failed)


def _post(checked: Checked, committee: Committee | None) -> _Post:
    """What counts, or cannot be read, goes back; what a later file has replaced or somebody took out does not."""
    files = [one for one in choose(checked.files, committee or Committee("")) if not _is_ours(one.opened)]
    returned = [one for one in files if not one.is_passed_over]
    names = slip_names([one.opened.file for one in files])
    return _Post(names, _letters(checked, returned, committee, names), len(files) - len(returned))


def _letters(
    checked: Checked,
    returned: Sequence[Submission],
    committee: Committee | None,
    names: Mapping[str, PurePosixPath],
) -> dict[str, list[tuple[ReturnSlip, PurePosixPath]]]:
    """File → its slips, each with the name of its letter; the branch of a slip is the one it is addressed to."""
    slips = return_slips(checked.assessment, checked.found, returned, _starts(checked))
    several, directory = Counter(slip.file for slip in slips), Directory(committee or Committee(""))
    places = [letter_name(names[slip.file], slip.branch if several[slip.file] > 1 else "") for slip in slips]
    letters: dict[str, list[tuple[ReturnSlip, PurePosixPath]]] = {}
    for one, slip, place in zip(returned, slips, apart(map(str, places)), strict=True):
        told = one.opened.branch_hint if committee is None else hint(one.opened, directory) if slip.error else ""
        letters.setdefault(slip.file, []).append((replace(slip, branch=slip.branch or told), PurePosixPath(place)))
    return letters


def _for_branches(checked: Checked) -> Checked:
    """The same with what the branches are told to do: they have no committee book and not this program."""
    return replace(checked, found=checked.found.assign(fix=checked.found["branch_fix"]))


def _known_as(checked: Checked, committee: Committee | None, as_of: date) -> str:
    """What tells this run from one that would write other slips: the files that were read, the committee, the day."""
    files = sorted((opened.file, opened.sha256) for opened in checked.files)
    return sha256(repr((files, committee, as_of)).encode()).hexdigest()


def _is_ours(opened: Opened) -> bool:
    """What Excel leaves beside an open workbook, and our own quota book, no branch has handed in."""
    return opened.error is not None and opened.error.code in ("file.lock", "file.quota_book")


def _written(enclosed: Mapping[str, Enclosure], post: _Post, kept: int, failed: Sequence[Failed]) -> Written:
    return Written(
        copies=sum(bool(one.copy) for one in enclosed.values()),
        lists=sum(bool(one.listed) for one in enclosed.values()),
        letters=sum(len(post.letters[file]) for file in enclosed),
        passed_over=post.passed_over,
        kept=kept,
        failed=tuple(failed),
    )


# --- what is enclosed


def _enclosure(
    checked: Checked, opened: Opened, known: Mapping[str, str], folder: Folder, name: PurePosixPath
) -> Enclosure:
    """Write a copy or a list of a file, nothing for one that could not be read. Raises UnreadableWorkbook where the
    file is no longer the one that was judged.
    """
    if not opened.tables:
        return Enclosure()
    grids = read(opened.path, results=True, password=opened.password).grids
    data = _content(opened)
    registers = _judged(checked, opened, {grid.sheet: grid for grid in grids}, known)
    try:
        content, suffix = guarded(copied, data, registers)
    except (Damaged, TooLarge, TooSlow):  # of an older kind, or built in a way that we do not follow or should not
        listings = [one.listing() for one in registers]
        if not any(listing.lines for listing in listings):
            return Enclosure()
        listed = name.with_name(phrase("slip.list_name", stem=name.stem))
        folder.save(slip_list.render(listings), listed)
        return Enclosure(listed=listed.name)
    copy = name.with_name(phrase("slip.copy_name", stem=name.stem, suffix=suffix))
    folder.save(content, copy)
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


def _judged(checked: Checked, opened: Opened, grids: Mapping[str, Grid], known: Mapping[str, str]) -> list[Judged]:
    """The registers of a file, as they were judged among all others; its sheets by name."""
    starts = _starts(checked)[opened.file]
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
