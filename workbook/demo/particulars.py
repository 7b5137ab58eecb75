"""What is invented about one person beside the days: who, where from, what trained in, which papers.

Each function returns register columns; `facts` are the columns already settled, which win.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from validation.vocabulary import CODE_COLUMNS, Sex, Status, TargetGroup
from workbook.codes import label
from workbook.demo.words import words

#: From this day the card carries the identity number (347-QD/TW 2025); before, eight digits.
NEW_CARD_FROM = date(2025, 9, 2)


def profiles(kind: str) -> list[dict[str, Any]]:
    """The trades of a kind of branch, of all kinds where `kind` is ""."""
    known: list[dict[str, Any]] = words()["profile"]
    return [profile for profile in known if not kind or kind in profile["kinds"]]


def work(rng: Random, profile: dict[str, Any]) -> dict[str, Any]:
    """Trade and training."""
    return {
        "occupation": profile["occupation"],
        "position": rng.choice(profile["positions"]),
        "target_groups": "; ".join(label(TargetGroup(group)) for group in profile["groups"]),
        "schooling": _label("schooling", rng.choice(profile["schooling"])),
        "qualification": _label("qualification", rng.choice(profile["qualification"])),
        "political_theory": _drawn(rng, "political_theory"),
    }


def home(rng: Random) -> dict[str, Any]:
    """Origin and where the person lives; everybody starts as somebody the branch follows."""
    return {
        "ethnicity": _drawn(rng, "ethnicity"),
        "religion": _drawn(rng, "religion"),
        "native_place": commune(rng),
        "residence": f"{rng.choice(words()['place']['hamlets'])}, {commune(rng)}",
        "status": label(Status.FOLLOWED),
    }


def identity(rng: Random, ages: list[int], serial: int | None, facts: dict[str, Any]) -> dict[str, Any]:
    """Name, sex, birth and the identity number that agrees with them."""
    sex = facts.get("sex") or label(rng.choice(list(Sex)))
    born = facts.get("birth_on") or _birth(rng, ages, facts["sympathizer_on"])
    tail = rng.randrange(1_000_000) if serial is None else _scattered(serial)
    return {
        "sex": sex,
        "birth_on": born,
        "full_name": full_name(rng, sex),
        "citizen_id": f"099{_century_and_sex(born, sex)}{born:%y}{tail:06d}",
        "youth_union_on": _joined_union(rng, born, facts["sympathizer_on"]),
    }


def papers(rng: Random, facts: dict[str, Any]) -> dict[str, Any]:
    """Numbers and counts of the papers that the days say exist."""
    made: dict[str, Any] = {}
    if "helper_assigned_on" in facts:
        made["helper"] = full_name(rng, label(rng.choice(list(Sex))))
    for paper, day in (("certificate_number", "certificate_on"), ("decision_number", "decided_on")):
        if day in facts:
            made[paper] = words()["number"][paper].format(serial=rng.randint(1, 999), year=facts[day].year)
    if "branch_resolved_on" in facts:
        summoned = facts.get("members_summoned") or rng.randint(5, 40)
        made |= {"members_summoned": summoned, "votes_for": rng.randint(-(-2 * summoned // 3), summoned)}
    if "recognized_on" in facts:
        old = f"{rng.randrange(1_000_000):08d}"
        made["card_number"] = facts["citizen_id"] if facts["recognized_on"] >= NEW_CARD_FROM else old
    return made


def commune(rng: Random) -> str:
    """A commune that does not exist, with its province."""
    place = words()["place"]
    return f"{rng.choice(place['communes'])}, {place['province']}"


def _birth(rng: Random, ages: list[int], considered_on: date) -> date:
    youngest, oldest = ages
    return considered_on - timedelta(days=rng.randint(youngest * 366, oldest * 366 + 300))


def _joined_union(rng: Random, born: date, considered_on: date) -> date | None:
    """The youth union takes people from sixteen; the older somebody is, the likelier nobody remembers the day."""
    forgotten = rng.random() < (considered_on.year - born.year - 25) / 25
    return None if forgotten else born + timedelta(days=16 * 366 + rng.randint(0, 600))


def _century_and_sex(born: date, sex: str) -> int:
    """Fourth digit of an identity number: 0, 1 for men and women of the 1900s, 2, 3 of the 2000s."""
    return 2 * (born.year // 100 - 19) + (sex == label(Sex.FEMALE))


def _scattered(serial: int) -> int:
    """Six digits that no other serial below a million gets, and that do not look counted."""
    return (serial * 617_773 + 104_729) % 1_000_000


def full_name(rng: Random, sex: str) -> str:
    """Surname, middle name, one or two given names."""
    names = words()["name"]
    of = Sex.FEMALE if sex == label(Sex.FEMALE) else Sex.MALE
    given = rng.sample(names[f"given_{of}"], k=1 + (rng.random() < 0.3))
    return " ".join((rng.choice(names["surnames"]), rng.choice(names[f"middle_{of}"]), *given))


def _drawn(rng: Random, column: str) -> str:
    share: dict[str, int] = words()["share"][column]
    return _label(column, rng.choices(list(share), weights=list(share.values()))[0])


def _label(column: str, code: str) -> str:
    return label(CODE_COLUMNS[column](code))
