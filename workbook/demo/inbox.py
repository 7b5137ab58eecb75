"""A whole made-up committee on disk: the inbox with its usual mess, the committee book, and the truth about both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from workbook.committee import Branch, Committee
from workbook.demo import branches as town
from workbook.demo.bundle import Bundle, Expected, Planted, bundle
from workbook.demo.draft import Cover
from workbook.demo.lateness import LATENESS
from workbook.demo.layouts import layouts
from workbook.demo.messes import MESSES
from workbook.demo.people import people
from workbook.demo.scenes import SCENES, UNHEARD, Post, Scene, Sent, litter, plain
from workbook.demo.slips import Mess
from workbook.demo.twice import plant as plant_doubles
from workbook.demo.words import words
from workbook.outgoing.template import write_committee

#: Names inside the folder that `make` fills.
INBOX, COMMITTEE_BOOK = "nhan", "so-cap-uy.xlsx"


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` made: where it is and what is true of it. `branches` are in the order of the committee book."""

    inbox: Path
    committee_book: Path
    committee: Committee
    branches: tuple[Expected, ...]
    files: tuple[Sent, ...]
    planted: tuple[Planted, ...]


def make(folder: Path, as_of: date, seed: int = 2026, branches: int = 63) -> Made:
    """Fill `folder` with an inbox and the committee book of at least one branch; same arguments, same files.

    Every branch uses one of the layouts in turn, every mess is planted once, and every scene befalls one
    branch (in a small committee only as many scenes as half the branches allow). Some people stand in two
    registers, and some only seem to, where there are two that suit.
    """
    rng = Random(seed)
    *bundles, stranger = _bundles(rng, as_of, branches)
    _plant(LATENESS, bundles, rng)
    _plant(MESSES, bundles, rng)
    cast = _cast(bundles)
    heard = [one for one, scene in zip(bundles, cast, strict=True) if scene not in UNHEARD]
    # Drawn apart from the rest, which is the same with them and without.
    decided = tuple(plant_doubles(heard, Random(seed)))
    post = Post(folder / INBOX, as_of.year, rng)
    _send(post, bundles, cast, stranger)
    litter(post, datetime.combine(as_of, time(7)))
    described = town.committee(_quotas(rng, bundles, post.expected), as_of, decided)
    write_committee(folder / COMMITTEE_BOOK, described)
    truth = (tuple(post.expected), tuple(post.files), tuple(post.planted))
    return Made(post.inbox, folder / COMMITTEE_BOOK, described, *truth)


def _bundles(rng: Random, as_of: date, count: int) -> list[Bundle]:
    """A submission per branch, and at the end one of a branch that the committee does not have."""
    known = town.invent(rng, count)
    stranger = replace(known[0], name=words()["branch"]["formal"].format(name=words()["file"]["stranger"]))
    ways, made, first = list(layouts().values()), [], 0
    for number, branch in enumerate([*known, stranger]):
        layout, size = ways[number % len(ways)], rng.randint(20, 40)
        kind = town.kind_of(branch)["key"]
        listed = people(rng.randrange(1 << 30), size, as_of, layout.weights(), first=first, kind=kind)
        cover = Cover(branch.name, words()["branch"]["committee"], as_of)
        made.append(bundle(branch, number, layout, listed, cover))
        first += size
    return made


def _plant(messes: Mapping[str, Mess], bundles: list[Bundle], rng: Random) -> None:
    """Give each mess to the next branch whose layout and people it suits."""
    turn = 0
    for name, mess in messes.items():
        for step in range(len(bundles)):
            at = (turn + step) % len(bundles)
            spots = mess(bundles[at].drafts[0][1], rng)
            if spots:
                bundles[at].marks += [(name, 0, spot) for spot in spots]
                turn = at + 1
                break


def _send(post: Post, bundles: list[Bundle], cast: list[Scene], stranger: Bundle) -> None:
    for at, (one, scene) in enumerate(zip(bundles, cast, strict=True)):
        scene(post, one, bundles[at - 1])
    post.deliver(stranger, counts=False)
    post.note(stranger.file, "unknown_branch")


def _cast(bundles: list[Bundle]) -> list[Scene]:
    """A scene for every branch: the odd ones from the end, each to a clean branch that names itself inside."""
    cast: list[Scene] = [plain] * len(bundles)
    fit = [at for at, one in enumerate(bundles) if not one.marks and one.layout.names_branch]
    fit = fit or list(range(len(bundles)))
    for at, scene in zip(reversed(fit), SCENES[: len(bundles) // 2], strict=False):
        cast[at] = scene
    return cast


def _quotas(rng: Random, bundles: list[Bundle], expected: list[Expected]) -> list[Branch]:
    """The branches as the committee book lists them, with quotas some have met and others not."""
    return [
        replace(
            one.branch,
            members=(members := rng.randint(9, 60)) + truth.admitted,
            members_at_start=members,
            quota=(year := town.quota(rng, truth.admitted)),
            term_quota=5 * year if year else None,
            watcher=town.watcher(rng),
        )
        for one, truth in zip(bundles, expected, strict=True)
    ]
