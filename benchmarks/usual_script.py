"""The script usually written for this job: pandas reads each file, everything is concatenated and counted.

It reads by position (`header=None`): with headings that differ from file to file it would build a table some
hundred columns wide and take far longer. Its counts are wrong all the same; only its time is of interest.
`good_script.py` is the same with faster libraries.

    python benchmarks/usual_script.py INBOX OUT
"""

import sys
from pathlib import Path

import pandas as pd


def consolidate(inbox: Path, out: Path, reader: str, writer: str) -> None:
    """One sheet that counts people by file and one with everybody; `reader` and `writer` are engines of pandas."""
    frames = []
    for path in sorted(inbox.rglob("*.xlsx")):
        frame = pd.read_excel(path, engine=reader, header=None)
        frame.insert(0, "branch", path.stem)
        frames.append(frame)
    everyone = pd.concat(frames, ignore_index=True)
    with pd.ExcelWriter(out, engine=writer) as book:
        everyone.groupby("branch").size().rename("people").to_excel(book, sheet_name="branches")
        everyone.to_excel(book, sheet_name="people", index=False)


if __name__ == "__main__":
    consolidate(Path(sys.argv[1]), Path(sys.argv[2]), "openpyxl", "openpyxl")
