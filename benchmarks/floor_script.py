"""The least that any program must do: read every cell in as many processes as there are cores, write the rows once.

Nothing is understood: no header is found, nobody is judged, one sheet comes out. Of all ways to write one this was the
quickest: every process makes the text of its own rows, and they are packed as they come, which takes no frame, no
writer and no import of either. `turbo_script.py` is the same with the fastest writer there is to install.

    python benchmarks/floor_script.py INBOX OUT WORKERS
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook

_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f"{_OFFICE}/spreadsheetml/2006/main"
_LINKS = f"{_OFFICE}/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

#: All of the package but its sheet; the second style is that of a day.
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        '<sheets><sheet name="people" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
    ),
}


def consolidate(inbox: Path, out: Path, workers: int) -> None:
    with ProcessPoolExecutor(workers) as pool, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in _PARTS.items():
            package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for rows in pool.map(rows_of, sorted(inbox.rglob("*.xlsx")), chunksize=8):
                sheet.write(rows)
            sheet.write(b"</sheetData></worksheet>")


def rows_of(path: Path) -> bytes:
    """Every row of a file as the text of a sheet."""
    return "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in cells_of(path)).encode()


def cells_of(path: Path) -> Iterator[list[object]]:
    """Every row of a file."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        yield from book.get_sheet_by_name(name).to_python()


def _cell(value: object) -> str:
    if value == "":
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    if isinstance(value, date):
        return f'<c s="1" t="d"><v>{value.isoformat()}</v></c>'
    raise TypeError(f"no register holds a {type(value).__name__}")


if __name__ == "__main__":
    consolidate(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
