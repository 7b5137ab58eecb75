"""A second reader for workbooks in which the fast one is known to be wrong without saying so.

It is asked where cells are errors, where the namespace is the strict one, where a sheet declares another size than it
has, and where nothing at all was found. It only counts: where the two see other cells filled, a person must look.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from workbook.incoming.grid import address, is_blank
from workbook.incoming.ours import take_out_results
from workbook.incoming.raw import Question

Rows = Sequence[Sequence[object]]

#: As many cells as the second reader gets through in a few seconds; a register of a thousand persons has 46,000.
MOST_CONFIRMED = 150_000

_BOOK = "xl/workbook.xml"
#: ISO/IEC 29500 strict → transitional; the second reader knows only these.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def is_strict(package: zipfile.ZipFile) -> bool:
    """Whether an Office workbook speaks in the strict namespace."""
    return _BOOK in package.NameToInfo and _STRICT in package.read(_BOOK)


def confirm(package: zipfile.ZipFile, sheets: Mapping[str, Rows], *, results: bool) -> Iterator[Question]:
    """A question for each sheet in which the second reader sees other cells filled, or one where it cannot read.

    `sheets` are the rows that the fast reader showed; `results` whether those of our own buttons are among them.
    """
    if _BOOK not in package.NameToInfo or sum(map(_area, sheets.values())) > MOST_CONFIRMED:
        return
    try:
        seen = _seen(package, sheets, results=results)
    except Exception:  # it fails in fifteen known ways, most of them its own; none is worth losing the file
        yield Question("file.unconfirmed")
        return
    for name, rows in sheets.items():
        if other := _filled(rows) ^ seen.get(name, set()):
            cell = address(*min(other))
            yield Question("file.readers_disagree", cell=cell, detail={"sheet": name, "count": len(other)})


def _area(rows: Rows) -> int:
    return len(rows) * len(rows[0]) if rows else 0


def _seen(package: zipfile.ZipFile, wanted: Mapping[str, Rows], *, results: bool) -> dict[str, set[tuple[int, int]]]:
    """The filled cells of each sheet, as the second reader sees them."""
    import openpyxl  # half as long to import as pandas, and most runs need no second reader

    book = openpyxl.load_workbook(_transitional(package), read_only=True, data_only=True, keep_links=False)
    seen = {}
    for sheet in book.worksheets:
        if sheet.title in wanted:
            sheet.reset_dimensions()  # what the sheet declares is not to be trusted
            rows = [["" if value is None else value for value in row] for row in sheet.values]
            if not results:
                take_out_results(rows)
            seen[sheet.title] = _filled(rows)
    return seen


def _filled(rows: Rows) -> set[tuple[int, int]]:
    return {(line, column) for line, row in enumerate(rows) for column, value in enumerate(row) if not is_blank(value)}


def _transitional(package: zipfile.ZipFile) -> BytesIO:
    """The package in the common namespace."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as copy:
        for part in package.infolist():
            content = package.read(part)
            for strict, common in _TRANSITIONAL if _STRICT in content else ():
                content = content.replace(strict, common)
            copy.writestr(part.filename, content)
    return made
