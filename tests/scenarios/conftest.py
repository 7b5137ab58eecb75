"""Made-up organisations with known totals, written as real files in layouts of every kind."""

import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from random import Random

import openpyxl
import pytest
from click.testing import CliRunner

from macros_py.engines.bridge import OfficeError, load_uno
from validation.vocabulary import Stage
from workbook.committee import Branch, Committee
from workbook.demo.draft import Cover, draft
from workbook.demo.layouts import MILESTONES, Layout, layouts
from workbook.demo.paper import save
from workbook.demo.people import Person, admitted, person
from workbook.outgoing.template import write_committee


@dataclass(frozen=True, slots=True)
class Unit:
    """One branch of a scenario: `admissions` are ceremony days, `others` persons by stage."""

    branch: Branch
    admissions: Sequence[date] = ()
    others: Mapping[Stage, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Printed:
    """What the quota book shows, read back from the file as a viewer that does not calculate would."""

    path: Path
    output: str

    def table(self, sheet: str) -> list[dict[str, object]]:
        """The lines below the sheet's header by heading."""
        rows = list(_shown(self.path)[sheet].iter_rows(values_only=True))
        top = next(at for at, row in enumerate(rows) if sum(cell is not None for cell in row) > 1 and _is_header(row))
        return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if any(row)]

    def branch(self, name: str) -> dict[str, object]:
        """The line of one branch on the quota sheet."""
        return next(line for line in self.table("Tổng hợp") if line["Chi bộ"] == name)

    @property
    def total(self) -> dict[str, object]:
        """The line "Tổng số" of the quota sheet."""
        return next(line for line in self.table("Tổng hợp") if "Tổng số" in line.values())

    def headline(self, label: str) -> str:
        """The text of one line that a leader reads first."""
        found = re.search(rf"^{re.escape(label)}: (.*)$", self.output, re.MULTILINE)
        assert found, self.output
        return found[1]


@cache
def _shown(path: Path) -> openpyxl.Workbook:
    """A book is written once; every figure of it is asked for by itself."""
    return openpyxl.load_workbook(path, data_only=True)


def _is_header(row: Sequence[object]) -> bool:
    return bool({"STT", "Chi bộ", "Mục"} & set(row))


Organisation = Callable[..., Printed]


@pytest.fixture(scope="session")
def organisation(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Organisation:
    """Build the inbox and committee book of some units and run `songuon consolidate` on them.

    Where LibreOffice is there, it calculates every book anew: each formula's written value is its own.
    """
    calculates = os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1" or (shutil.which("soffice") and _has_bridge())
    disagreements = request.getfixturevalue("disagreements") if calculates else None

    def build(units: Sequence[Unit], as_of: date, **settings: object) -> Printed:
        folder = tmp_path_factory.mktemp("organisation")
        committee = Committee("Đảng bộ Thử", branches=tuple(unit.branch for unit in units), **settings)
        write_committee(folder / "so-cap-uy.xlsx", committee)
        shapes = cycle(_able(layouts()))
        for number, unit in enumerate(units):
            _submit(folder / "nhan", number, unit, next(shapes), as_of)
        printed = _consolidated(folder, as_of)
        assert disagreements is None or disagreements(printed.path) == []
        return printed

    return build


def _has_bridge() -> bool:
    try:
        load_uno()
    except OfficeError:
        return False
    return True


def _able(shapes: Mapping[str, Layout]) -> list[Layout]:
    """Layouts that can show an admission and name their branch."""
    needed = {MILESTONES[Stage.PROBATIONARY], MILESTONES[Stage.AWAITING_CEREMONY]}
    return [shape.completed() for shape in shapes.values() if shape.names_branch and needed <= set(shape.sources)]


def _submit(inbox: Path, number: int, unit: Unit, shape: Layout, as_of: date) -> None:
    people = [replace(one, number=str(at)) for at, one in enumerate(_people(unit, number, as_of), start=1)]
    cover = Cover(unit.branch.name, "Đảng bộ Thử", as_of)
    written = datetime.combine(as_of - timedelta(days=1), datetime.min.time())
    name = shape.sheet.format(**cover.words())
    save(inbox / f"tep-{number:03}.xlsx", [(name, draft(shape, people, cover))], written)


def _people(unit: Unit, number: int, as_of: date) -> list[Person]:
    rng, serial = Random(number), iter(range(number * 1000, number * 1000 + 1000))
    new = [admitted(rng, day, as_of, serial=next(serial)) for day in unit.admissions]
    return new + [
        person(rng, stage, as_of, serial=next(serial)) for stage, count in unit.others.items() for _ in range(count)
    ]


def _consolidated(folder: Path, as_of: date) -> Printed:
    from macros_py.cli import verbs

    out = folder / "so-chi-tieu.xlsx"
    words = ["consolidate", str(folder / "nhan"), "--committee", str(folder / "so-cap-uy.xlsx"), "--out", str(out)]
    done = CliRunner().invoke(verbs, [*words, "--as-of", as_of.isoformat(), "--workers", "1"], standalone_mode=False)
    assert done.exception is None, done.exception
    return Printed(out, done.output)


@pytest.fixture(scope="session")
def unit() -> type[Unit]:
    """The branch of a scenario, as tests write it."""
    return Unit
