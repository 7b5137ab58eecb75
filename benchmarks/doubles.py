"""How well and how fast the same person is found on two lines, on made-up registers whose truth is known.

    python -m benchmarks.doubles [--seeds 2026 7 ...] [--lines 2000] [--speed 24000 80000]

Prints Markdown tables: precision and recall of the pairs that are merged without asking, how many of the others are
offered for review, which traps (twins, homonyms) were stepped into, and the time of matching alone.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from benchmarks.registers import AS_OF
from benchmarks.timing import seconds
from validation import stages
from workbook.demo.doubles import Truth, registers
from workbook.incoming.normalise import normalise
from workbook.incoming.raw import stack
from workbook.matching import Bond, persons

SEEDS = (2026, 1, 2, 3, 4, 5, 6, 7, 8, 9)

Pairs = frozenset[tuple[int, int]]

#: No line says word for word what another says.
_NOT_REPEATED = pd.DataFrame({"one": pd.Series(dtype="int64"), "other": pd.Series(dtype="int64")})


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one truth set; all are pairs of lines."""

    true: Pairs
    merged: Pairs
    asked: Pairs
    trapped: Pairs

    @property
    def precision(self) -> float:
        """Of the pairs merged, how many are one person."""
        return len(self.merged & self.true) / len(self.merged)

    @property
    def recall(self) -> float:
        """Of the pairs that are one person, how many were merged."""
        return len(self.merged & self.true) / len(self.true)

    @property
    def missed(self) -> Pairs:
        """Pairs of one person that were neither merged nor asked about."""
        return self.true - self.merged - self.asked


def measure(seed: int, lines: int = 2000) -> Measured:
    """Match the registers of a seed and hold the result against the truth."""
    truth = registers(seed, AS_OF, lines)
    found = persons(typed(truth), _NOT_REPEATED)
    asked = found.pairs[found.pairs["bond"] == Bond.ASKED]
    return Measured(
        true=_together(pd.Series(truth.person)),
        merged=_together(found.stands_for),
        asked=frozenset(zip(asked["one"], asked["other"], strict=True)),
        trapped=frozenset((min(a, b), max(a, b)) for a, b, _ in truth.traps) & _together(found.stands_for),
    )


def typed(truth: Truth) -> pd.DataFrame:
    """The registers as matching gets them."""
    stacked = stack([(number, table) for number, (_, table) in enumerate(truth.tables)])
    rows, _ = normalise(stacked)
    branch = [name for name, table in truth.tables for _ in table.rows]
    stage, day = stages.assign(rows, AS_OF), pd.Timestamp(AS_OF)
    return rows.assign(branch=branch, stage=stage, counted_before=False, received_at=day)


def _together(person: "pd.Series[int]") -> Pairs:
    """Every two lines of one person."""
    several = person[person.duplicated(keep=False)]
    groups = several.groupby(several).groups.values()
    return frozenset(pair for rows in groups for pair in combinations(sorted(rows), 2))


def matching(lines: int) -> float:
    """How long matching alone takes."""
    rows = typed(registers(SEEDS[0], AS_OF, lines))
    return seconds(lambda: persons(rows, _NOT_REPEATED))


def main() -> None:
    options = _options()
    print("| seed | lines | doubles | precision | recall | asked | of them doubles | missed | traps hit |")
    print("|---|---|---|---|---|---|---|---|---|")
    for seed in options.seeds:
        print(_line(seed, options.lines, measure(seed, options.lines)))
    print("\n| lines | seconds |\n|---|---|")
    for lines in options.speed:
        print(f"| {lines} | {matching(lines):.1f} |")


def _line(seed: int, lines: int, got: Measured) -> str:
    cells: Sequence[object] = (
        seed,
        lines,
        len(got.true),
        f"{got.precision:.4f}",
        f"{got.recall:.4f}",
        len(got.asked),
        len(got.asked & got.true),
        len(got.missed),
        len(got.trapped),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="truth sets to measure")
    parser.add_argument("--lines", type=int, default=2000, help="lines of a truth set")
    parser.add_argument("--speed", type=int, nargs="*", default=(24_000, 80_000), help="sizes to time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
