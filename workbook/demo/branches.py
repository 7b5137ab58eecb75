"""A made-up committee: its branches of every kind, and the quotas it would have given them."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count, product
from random import Random
from typing import Any

from validation.vocabulary import Sex
from workbook.codes import label
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.demo.particulars import full_name
from workbook.demo.words import words
from workbook.layout import HEADING


def invent(rng: Random, number: int) -> list[Branch]:
    """So many branches of different names, kinds spread as `words_vi.toml` says; members and quotas still unknown."""
    kinds = {kind["key"]: _names(rng, kind["names"]) for kind in words()["kind"]}
    shares = [kind["share"] for kind in words()["kind"]]
    chosen = rng.choices(list(kinds), weights=shares, k=number)
    return [_branch(place, kind, next(kinds[kind])) for place, kind in enumerate(chosen, start=1)]


def kind_of(branch: Branch) -> dict[str, Any]:
    """The entry of `words_vi.toml` a branch was made from."""
    return next(kind for kind in words()["kind"] if kind["label"] == branch.kind)


def committee(branches: Sequence[Branch], as_of: date, decisions: Sequence[Decision] = ()) -> Committee:
    """The committee of those branches, in the five-year term and the year of `as_of`; `decisions` beside its usual."""
    term = as_of.year - as_of.year % 5
    calendar, decided = words()["calendar"], words()["decision"]
    return Committee(
        name=words()["branch"]["committee"],
        superior=words()["branch"]["superior"],
        year=as_of.year,
        closing_on=as_of,
        submit_by=as_of,
        term_from=date(term, 1, 1),
        term_to=date(term + 4, 12, 31),
        branches=tuple(branches),
        workdays={day: day in calendar["worked"] for day in calendar["off"] + calendar["worked"]},
        decisions=(
            Decision(DecisionKind.HEADING, decided["heading"], HEADING[decided["column"]], note=decided["note"]),
            *decisions,
        ),
    )


def quota(rng: Random, admitted: int) -> int | None:
    """A year's quota that leaves some branches ahead and others behind; now and then none was given."""
    return None if rng.random() < 0.05 else max(1, admitted + rng.randint(-2, 3))


def watcher(rng: Random) -> str:
    """The member of the committee who answers for a branch."""
    return full_name(rng, label(rng.choice(list(Sex))))


def _branch(place: int, kind: str, name: str) -> Branch:
    forms = words()["branch"]
    return Branch(
        code=f"CB{place:02d}",
        name=forms["formal"].format(name=name),
        aliases=(forms["alias"].format(name=name),),
        kind=next(entry["label"] for entry in words()["kind"] if entry["key"] == kind),
    )


def _names(rng: Random, patterns: list[str]) -> Iterator[str]:
    """Names without end: every pattern with every hamlet in a drawn order, then the same numbered 2, 3, …"""
    pairs = list(product(patterns, words()["place"]["hamlets"]))
    for round_ in count(1):
        for pattern, place in rng.sample(pairs, k=len(pairs)):
            yield pattern.format(place=place if round_ == 1 else f"{place} {round_}")
