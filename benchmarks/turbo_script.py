"""The floor with the fastest writer there is to install: xlsxturbo, which takes a frame.

python benchmarks/turbo_script.py INBOX OUT WORKERS
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from floor_script import cells_of


def consolidate(inbox: Path, out: Path, workers: int) -> None:
    with ProcessPoolExecutor(workers) as pool:
        read = pool.map(rows_of, sorted(inbox.rglob("*.xlsx")), chunksize=8)
        import pandas as pd  # while the others read: it takes longer than a hundred registers
        import xlsxturbo

        rows = [row for some in read for row in some]
    width = max(map(len, rows))
    table = pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype=object)
    xlsxturbo.df_to_xlsx(table, str(out), header=False, compression_level=1)


def rows_of(path: Path) -> list[list[object]]:
    return list(cells_of(path))


if __name__ == "__main__":
    consolidate(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
