"""A file → grids: the only way in, by a guarded child process. Never writes; faults become `workbook.errors`."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from workbook.errors import Damaged, NotAWorkbook, Protected, TooLarge, Unreachable
from workbook.incoming import biff, ooxml, opendocument, second
from workbook.incoming.container import COMPOUND, VIETNAM, Container, unwrap
from workbook.incoming.grid import Grid, Untold, address, count_lines, is_blank_row
from workbook.incoming.guard import guarded
from workbook.incoming.ooxml import MOST_CELLS
from workbook.incoming.ours import is_ours, take_out_results
from workbook.incoming.parcel import BROKEN
from workbook.incoming.raw import Question
from workbook.incoming.unlocking import Password, is_locked, unlocked
from workbook.layout import BRANCH_PROPERTY, COUNT_BOOKS, KIND_PROPERTY, QUOTA_BOOK

#: Names a register may come under; what is inside decides (an .xlsx named .xls is read).
EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})

#: What people send instead, by its ending → the sentence that says what to do with it.
INSTEAD = {
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"), "file.archive"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".heic", ".heif", ".gif", ".bmp", ".webp", ".tif", ".tiff"), "file.picture"
    ),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx"), "file.document"),
    **dict.fromkeys((".htm", ".html", ".mht", ".xml"), "file.web_page"),
    ".pdf": "file.pdf",
}

#: No register comes near; a file this long is something else or an accident.
LONGEST_FILE = 200 << 20


@dataclass(frozen=True, slots=True)
class Paper:
    """One workbook as read. Times carry their zone; `hidden` counts the non-blank lines of each hidden sheet.

    Sheets that our own buttons wrote are in neither. `kind`: of a book of ours which one, by our own mark.
    `questions` are about the file: its name does not fit it, two readers do not agree about it; `locked` says that it
    took a password.
    """

    grids: tuple[Grid, ...]
    hidden: tuple[tuple[str, int], ...]
    sha256: str
    size: int
    written_at: datetime | None
    modified_at: datetime
    branch_hint: str = ""
    kind: str = ""
    questions: tuple[Question, ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which kind of book is asked for, see `read`."""

    quota_book: bool = False
    counts: bool = False
    results: bool = False


_REGISTER = Wanted()


def read(
    path: Path,
    *,
    quota_book: bool = False,
    counts: bool = False,
    results: bool = False,
    password: Password | None = None,
) -> Paper:
    """Read every visible sheet. Raises UnreadableWorkbook; the file is neither changed nor kept open.

    A book that we wrote ourselves is refused, unless `quota_book` asks for one; then all others are. A book of counts
    without persons (rolled up, or made for the level above) is one only where `counts` allows it.
    What our own buttons wrote beside a table is left out, unless `results` asks for it.
    A `password` is used where the file has one.
    """
    return guarded(read_here, path, Wanted(quota_book, counts, results), password)


def read_here(path: Path, wanted: Wanted = _REGISTER, password: Password | None = None) -> Paper:
    """The same in this very process, unguarded: what a child does."""
    if path.name.startswith("~$"):
        raise NotAWorkbook("file.lock")
    content, modified_at = _content(path)
    with _faults_named():
        locked = content.startswith(COMPOUND) and is_locked(content)
        data = unlocked(content, password or Password()) if locked else content
        container = unwrap(data)
        ours = {QUOTA_BOOK} if wanted.quota_book and not wanted.counts else {QUOTA_BOOK, *COUNT_BOOKS}
        if (container.marks.get(KIND_PROPERTY) in ours) is not wanted.quota_book:
            raise NotAWorkbook("file.no_quota_book" if wanted.quota_book else "file.quota_book")
        grids, hidden, doubts = _sheets(data, container, results=wanted.results)
    return Paper(
        grids=grids,
        hidden=hidden,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        written_at=container.written_at,
        modified_at=modified_at,
        branch_hint=container.marks.get(BRANCH_PROPERTY, ""),
        kind=container.marks.get(KIND_PROPERTY, ""),
        questions=(*_misnamed(path, container), *doubts),
        locked=locked,
    )


def _misnamed(path: Path, container: Container) -> Iterator[Question]:
    suffix = path.suffix.lower()
    if suffix in EXTENSIONS and suffix not in container.endings:
        yield Question("file.misnamed", detail={"suffix": suffix, "kind": container.endings[0]})


def _content(path: Path) -> tuple[bytes, datetime]:
    try:
        stat = path.stat()
        if stat.st_size > LONGEST_FILE:
            raise TooLarge("file.too_large")
        return path.read_bytes(), datetime.fromtimestamp(stat.st_mtime, VIETNAM)
    except FileNotFoundError as error:
        raise Unreachable("file.missing") from error
    except OSError as error:
        raise Unreachable("file.held") from error


@contextmanager
def _faults_named() -> Iterator[None]:
    """Every way a reader fails → our errors. A panic of the Rust reader is no Exception, hence the wide net."""
    try:
        yield
    except PasswordError as error:
        raise Protected("file.protected") from error
    except MemoryError as error:
        raise TooLarge("file.too_large") from error
    except (CalamineError, *BROKEN) as error:
        raise Damaged("file.damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged("file.damaged") from error


def _sheets(
    data: bytes, container: Container, *, results: bool
) -> tuple[tuple[Grid, ...], tuple[tuple[str, int], ...], tuple[Question, ...]]:
    seen = _untold(container.package) if container.package else None
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    untold = seen or Untold(biff.error_cells(data, book.sheet_names))
    grids, hidden = [], []
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        rows = _rows(sheet, results=results)
        if is_ours(meta.name, rows):
            continue
        if meta.visible == SheetVisibleEnum.Visible:
            grids.append(_grid(sheet, rows, untold, scrambled=container.package is None))
        else:
            hidden.append((meta.name, count_lines(rows)))
    return tuple(grids), tuple(hidden), _doubts(container.package, untold, grids, results=results)


def _doubts(
    package: zipfile.ZipFile | None, untold: Untold, grids: list[Grid], *, results: bool
) -> tuple[Question, ...]:
    """What a second reader sees otherwise, asked where the fast one is known to be wrong without saying so."""
    doubtful = untold.errors or untold.misstated or not any(grid.rows for grid in grids)
    if package is None or not (doubtful or second.is_strict(package)):
        return ()
    return tuple(second.confirm(package, {grid.sheet: grid.rows for grid in grids}, results=results))


def _untold(package: zipfile.ZipFile) -> Untold:
    """What the reader will not tell; of a package it is asked first, for a stray cell there must stop the reader."""
    if "content.xml" in package.NameToInfo:
        return Untold(opendocument.error_cells(package))
    return ooxml.untold(package)


def _rows(sheet: CalamineSheet, *, results: bool) -> list[list[object]]:
    """Every line from 1 on (leading blanks kept, so that addresses are true) without the ghosts at the end.

    The results that our own buttons wrote beside a table are left out, unless asked for.
    """
    if (sheet.total_height + 1) * (sheet.total_width + 1) > MOST_CELLS:
        raise TooLarge("file.stray_cell", {"line": sheet.total_height + 1})
    rows = cast("list[list[object]]", sheet.to_python(skip_empty_area=False))
    if not results:
        take_out_results(rows)
    while rows and is_blank_row(rows[-1]):
        rows.pop()
    return rows


def _grid(sheet: CalamineSheet, rows: list[list[object]], untold: Untold, *, scrambled: bool) -> Grid:
    merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    questions = _unscramble(rows) if scrambled else []
    if sheet.name in untold.errors:
        _show_errors(rows, untold.errors[sheet.name])
    if cells := untold.uncalculated.get(sheet.name):
        questions.append(Question("cell.uncalculated", cell=cells[0], detail={"count": len(cells)}))
    return Grid(sheet.name, rows, merges, tuple(questions))


def _show_errors(rows: list[list[object]], cells: list[tuple[int, int, str]]) -> None:
    """Show errors as the clerk sees them; they may stand outside what the reader took for the filled area."""
    height = max(len(rows), *(row + 1 for row, _, _ in cells))
    width = max(len(rows[0]) if rows else 0, *(column + 1 for _, column, _ in cells))
    if height * width > MOST_CELLS:
        raise TooLarge("file.stray_cell", {"line": height})
    rows.extend([] for _ in range(height - len(rows)))
    for line in rows:
        line.extend([""] * (width - len(line)))
    for row, column, shown in cells:
        rows[row][column] = shown


def _unscramble(rows: list[list[object]]) -> list[Question]:
    """Some writers of the old kind leave text that comes out with a NUL in every letter: repair it, and say so."""
    repaired = []
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and "\0" in value:
                row[column] = _readable(value)
                repaired.append(address(number, column))
    if not repaired:
        return []
    return [Question("text.nul", cell=repaired[0], detail={"count": len(repaired)})]


def _readable(value: str) -> str:
    """Two bytes taken for two letters are one letter again; where that does not fit, the NULs only go."""
    try:
        return value.encode("cp1252").decode("utf-16-le")
    except UnicodeError:
        return value.replace("\0", "")
