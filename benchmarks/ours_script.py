"""The same job done by the product, as a library; with an address, a Dask cluster carries the reading.

python benchmarks/ours_script.py INBOX COMMITTEE_BOOK OUT AS_OF WORKERS [ADDRESS]
"""

import sys
from datetime import date
from pathlib import Path

from macros_py.cluster import cluster
from workbook.run import consolidate_inbox

if __name__ == "__main__":
    inbox, committee, out, as_of, workers, *address = sys.argv[1:]
    with cluster("".join(address) or None, Path(inbox)) as executor:
        day = date.fromisoformat(as_of)
        consolidate_inbox(Path(inbox), Path(committee), Path(out), day, workers=int(workers), executor=executor)
