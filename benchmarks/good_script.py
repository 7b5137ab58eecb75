"""The usual script by somebody who knows the fast libraries: calamine reads in several processes, XlsxWriter writes.

python benchmarks/good_script.py INBOX OUT WORKERS
"""

import sys
from pathlib import Path

from usual_script import consolidate

if __name__ == "__main__":
    consolidate(Path(sys.argv[1]), Path(sys.argv[2]), "calamine", "xlsxwriter", int(sys.argv[3]))
