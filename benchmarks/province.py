"""A made-up province through two monthly rounds: registers → communes' books → the province's; are all sums true?

    python -m benchmarks.province [--communes 34] [--branches 60] [--workers 1] [--folder DIR]

Prints one Markdown table. Seconds belong to the machine; every sum is held against what the maker knows.
"""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pandas as pd

from benchmarks.timing import machine
from validation.vocabulary import Stage
from workbook.demo.bundle import Expected
from workbook.demo.province import Round, live
from workbook.demo.rounds import Told, asked_above, play

DAYS = (date(2026, 5, 31), date(2026, 6, 30))
_HEADINGS = (
    "round", "registers", "persons", "admitted", "communes' books, s", "s a commune", "province, s",
    "branches untrue", "communes untrue", "books untied", "asked", "asked again", "asked above", "again above",
)  # fmt: skip


def main() -> None:
    options = _options()
    with TemporaryDirectory() as scratch:
        folder = Path(options.folder or scratch)
        start = perf_counter()
        rounds = live(folder / "nhan", DAYS, options.communes, options.branches)
        lines, before = [], None
        for told in play(folder / "so", rounds, workers=options.workers):
            lines.append(_line(told, before))
            before = told
        whole = perf_counter() - start
    print(
        f"{options.communes} communes × {options.branches} branches, {len(DAYS)} rounds, {whole:.0f} s with the making,"
    )
    print(f"{machine(options.workers)}\n")
    print("\n".join(("| " + " | ".join(_HEADINGS) + " |", "|" + "---|" * len(_HEADINGS), *lines)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--communes", type=int, default=34, help="how many communes")
    parser.add_argument("--branches", type=int, default=60, help="branches a commune, six or more")
    parser.add_argument("--workers", type=int, default=1, help="processes that registers are read with")
    parser.add_argument("--folder", help="an empty folder to keep everything in")
    return parser.parse_args()


def _line(told: Told, before: Told | None) -> str:
    counted = {name: book.branches.set_index("name") for name, book in told.books.items()}
    again = sum(len(asked & before.asked[name]) for name, asked in told.asked.items()) if before else 0
    above = asked_above(told.upper)
    cells = (
        f"{told.month.as_of:%d/%m/%Y}",
        f"{told.files:,}",
        f"{sum(len(book.people) for book in told.books.values()):,}",
        f"{int(told.upper.base.branches['admitted'].sum()):,}",
        f"{told.seconds['commune']:.0f}",
        f"{told.seconds['commune'] / len(counted):.1f}",
        f"{told.seconds['province']:.1f}",
        _untrue_branches(told.month, counted),
        sum(_differs(told, name) for name in counted),
        len(told.upper.untied),
        sum(map(len, told.asked.values())),
        again,
        len(above),
        len(above & asked_above(before.upper)) if before else 0,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _untrue_branches(month: Round, counted: Mapping[str, pd.DataFrame]) -> int:
    """Branches of which any number is not what its maker knows."""
    return sum(
        any(counted[one.committee.name].loc[truth.branch, name] != value for name, value in _truth(truth).items())
        for one in month.communes
        for truth in one.expected
    )


def _truth(truth: Expected) -> dict[str, int]:
    stages = {str(stage): truth.stages.get(stage, 0) for stage in Stage}
    return {**stages, "left": truth.left, "admitted": truth.admitted}


def _differs(told: Told, name: str) -> bool:
    """Whether the province's line of a commune is not the sum of its branches."""
    here = told.upper.base.branches.set_index("name").loc[name]
    below = told.books[name].branches
    taken = ("admitted", "expected", "overdue", "errors", "sympathizer", "probationary")
    return any(here[column] != below[column].sum() for column in taken)


if __name__ == "__main__":
    main()
