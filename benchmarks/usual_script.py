"""The script usually written for this job: pandas reads each file, everything is concatenated and counted.

It reads by position (`header=None`): with headings that differ from file to file it would build a table some
hundred columns wide and take far longer. Its counts are wrong all the same; only its time is of interest.
`good_script.py` is the same with faster libraries and as many reading processes as ours has.

    python benchmarks/usual_script.py INBOX OUT
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pandas as pd


def consolidate(inbox: Path, out: Path, reader: str, writer: str, workers: int = 1) -> None:
    """One sheet that counts people by file and one with everybody; `reader` and `writer` are engines of pandas."""
    files, read = sorted(inbox.rglob("*.xlsx")), partial(frame_of, reader=reader)
    if workers == 1:
        frames = [read(path) for path in files]
    else:
        with ProcessPoolExecutor(workers) as pool:
            frames = list(pool.map(read, files, chunksize=8))
    everyone = pd.concat(frames, ignore_index=True)
    with pd.ExcelWriter(out, engine=writer) as book:
        everyone.groupby("branch").size().rename("people").to_excel(book, sheet_name="branches")
        everyone.to_excel(book, sheet_name="people", index=False)


def frame_of(path: Path, reader: str) -> pd.DataFrame:
    """The first sheet of a file, each line with the name of the file."""
    frame = pd.read_excel(path, engine=reader, header=None)
    frame.insert(0, "branch", path.stem)
    return frame


if __name__ == "__main__":
    consolidate(Path(sys.argv[1]), Path(sys.argv[2]), "openpyxl", "openpyxl")
