"""The same job done by the product, as a library.

python benchmarks/our_script.py INBOX COMMITTEE_BOOK OUT AS_OF WORKERS
"""

import sys
from datetime import date
from pathlib import Path

from workbook.run import consolidate_inbox

if __name__ == "__main__":
    inbox, committee, out, as_of, workers = sys.argv[1:]
    consolidate_inbox(Path(inbox), Path(committee), Path(out), date.fromisoformat(as_of), workers=int(workers))
