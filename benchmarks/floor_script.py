"""The least that any program must do: read every cell in as many processes as there are cores, write the rows once.

Nothing is understood: no header is found, nobody is judged, one sheet comes out. The writer is the fastest one known.

    python benchmarks/floor_script.py INBOX OUT WORKERS
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
import xlsxturbo
from python_calamine import CalamineWorkbook


def rows_of(path: Path) -> list[list[object]]:
    book = CalamineWorkbook.from_path(path)
    return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def consolidate(inbox: Path, out: Path, workers: int) -> None:
    with ProcessPoolExecutor(workers) as pool:
        rows = [row for some in pool.map(rows_of, sorted(inbox.rglob("*.xlsx")), chunksize=8) for row in some]
    width = max(map(len, rows))
    table = pd.DataFrame([[*row, *[None] * (width - len(row))] for row in rows], dtype=object)
    xlsxturbo.df_to_xlsx(table, str(out))


if __name__ == "__main__":
    consolidate(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
