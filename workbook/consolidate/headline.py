"""The lines a leader reads first: quota, members, branches, term, who is late, who has not handed in."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from validation.forecast import Hope, Outlook
from validation.vocabulary import Stage
from workbook.committee import Committee
from workbook.consolidate import unplaced
from workbook.consolidate.board import silent_branches
from workbook.consolidate.follow_up import rates
from workbook.days import format_day
from workbook.percent import percent, show, whole
from workbook.phrases import phrase
from workbook.states import State

_PLACES = ("first", "second", "third")


def headline(
    committee: Committee,
    branches: pd.DataFrame,
    submissions: pd.DataFrame,
    ahead: pd.DataFrame,
    as_of: date,
    untimed: int = 0,
) -> tuple[tuple[str, str], ...]:
    """(label, text) pairs; a line whose figures the committee book does not hold is left out.

    `ahead`: `branch`, `outlook` and `hope` of everybody on the way to admission; `untimed`: how many persons have a
    clock that could not be worked out.
    """
    parts = (
        _year(committee, branches, submissions),
        _behind(committee, branches, silent_branches(submissions), as_of),
        _overdue(branches, untimed),
        _handed_in(committee, branches, submissions, as_of),
        _outlook(committee, branches, ahead),
        handed_in_rates(committee, submissions, as_of),
        _term(committee, branches),
        _growth(committee, branches, as_of),
        _members(branches, len(silent_branches(submissions))),
        _certified(branches),
    )
    return tuple(line for part in parts for line in part)


def _year(committee: Committee, branches: pd.DataFrame, submissions: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """What was done of the quota of the year, and who is not in it: silent branches, registers of nobody known."""
    share = share_of(branches["admitted"], branches["quota"], committee.decimals)
    silent = len(silent_branches(submissions))
    reasons = [
        phrase("headline.silent", count=silent) if silent else "",
        unplaced.said(*unplaced.uncounted(submissions)),
    ]
    told = "; ".join(filter(None, reasons))
    said = phrase("headline.without", share=share, reasons=told) if told else share
    yield phrase("headline.year", year=committee.year), said


def _behind(
    committee: Committee, branches: pd.DataFrame, silent: "pd.Series[str]", as_of: date
) -> Iterator[tuple[str, str]]:
    """The branches that still have something to reach; one that is no more has not.

    Of one that has not handed in nobody knows whether it has admitted somebody.
    """
    owing = _owing(committee, branches, as_of)
    if len(owing):
        silent_too = owing["name"].isin(silent)
        none, unknown = int(((owing["admitted"] == 0) & ~silent_too).sum()), int(silent_too.sum())
        key = "headline.behind_unknown" if unknown else "headline.behind_branches"
        yield phrase("headline.behind"), phrase(key, count=len(owing), none=none, unknown=unknown)
        yield from _furthest(owing[~silent_too])


def _owing(committee: Committee, branches: pd.DataFrame, as_of: date) -> pd.DataFrame:
    ended = [branch.name for branch in committee.branches if branch.ended_before(as_of)]
    return branches[(branches["quota"] > branches["admitted"]) & ~branches["name"].isin(ended)]


def _furthest(owing: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The three branches with the smallest share of their quota, of equal ones those that lack most."""
    away = owing.assign(share=owing["admitted"] / owing["quota"], gap=owing["quota"] - owing["admitted"])
    first = away.sort_values(["share", "gap"], ascending=[True, False], kind="stable").head(len(_PLACES))
    said: dict[str, object] = {}
    for place, line in zip(_PLACES, first.to_dict("records"), strict=False):
        said |= {place: line["name"], f"{place}_done": line["admitted"], f"{place}_quota": whole(int(line["quota"]))}
    if len(first):
        keys = ("headline.furthest_one", "headline.furthest_two", "headline.furthest_three")
        yield phrase("headline.furthest"), phrase(keys[len(first) - 1], **said)


def _outlook(committee: Committee, branches: pd.DataFrame, ahead: pd.DataFrame) -> Iterator[tuple[str, str]]:
    hopes, (lacking, short) = _hopes(ahead), _short(branches, ahead)
    text = phrase("headline.short", hopes=hopes, lacking=whole(lacking), branches=short) if lacking else hopes
    yield phrase("headline.outlook", day=format_day(committee.forecast_day)), text


def _hopes(ahead: pd.DataFrame) -> str:
    """How many there are of each outlook, and what is known of those of whom the law only leaves it open."""
    counts = {str(one): int((ahead["outlook"] == one).sum()) for one in Outlook}
    known = {str(one): int((ahead["hope"] == one).sum()) for one in Hope}
    known[Hope.UNKNOWN] += known[Hope.PASSED]
    said = "headline.hopes" if counts[Outlook.POSSIBLE] else "headline.outlooks"
    return phrase(said, **{name: whole(count) for name, count in (counts | known).items()})


def _short(branches: pd.DataFrame, ahead: pd.DataFrame) -> tuple[int, int]:
    """How many the quotas still lack with everybody who is sure, branch by branch, and how many branches lack any."""
    sure = ahead.loc[ahead["outlook"] == Outlook.SURE, "branch"].value_counts()
    expected = branches["admitted"] + branches["name"].map(sure).fillna(0).astype(int)
    gap = (branches["quota"].fillna(0) - expected).clip(lower=0)
    return int(gap.sum()), int((gap > 0).sum())


def _term(committee: Committee, branches: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if committee.term_from:
        share = share_of(branches["term_admitted"], branches["term_quota"], committee.decimals)
        yield phrase("headline.term"), share


def share_of(done: pd.Series, quota: pd.Series, decimals: int) -> str:
    """What was done of a quota, all lines together, with its percentage; of no quota only what was done."""
    admitted, wanted = int(done.sum()), int(quota.sum())
    share = percent(admitted, wanted, decimals)
    if share is None:
        return phrase("headline.no_quota", done=whole(admitted))
    return phrase("headline.share", done=whole(admitted), quota=whole(wanted), percent=show(share))


def _growth(committee: Committee, branches: pd.DataFrame, as_of: date) -> Iterator[tuple[str, str]]:
    """Branches and members now against the start of the term (of the year where no term is given)."""
    start = committee.term_from or date(committee.year, 1, 1)
    before = sum(branch.stands_on(start) for branch in committee.branches)
    now = sum(branch.stands_on(as_of) for branch in committee.branches)
    if before and before != now:
        yield phrase("headline.branches"), _grown(before, now, committee.decimals)
    known = branches[["members", "members_at_start"]].notna().all(axis=None)
    members, at_start = branches["members"].sum(), branches["members_at_start"].sum()
    if known and at_start and at_start != members:
        yield phrase("headline.members"), _grown(int(at_start), int(members), committee.decimals)


def _grown(before: int, now: int, decimals: int) -> str:
    share = show(percent(now - before, before, decimals))
    return phrase("headline.growth", now=whole(now), before=whole(before), change=f"{now - before:+d}", percent=share)


def _members(branches: pd.DataFrame, missing: int) -> Iterator[tuple[str, str]]:
    """Official and probationary members; unknown while a register is missing that may hold some on probation."""
    probationary = int(branches[Stage.PROBATIONARY].sum())
    if len(branches) and not missing and branches["members"].notna().all():
        members = int(branches["members"].sum())
        yield (
            phrase("headline.strength"),
            phrase(
                "headline.parts",
                members=whole(members),
                official=whole(members - probationary),
                probationary=whole(probationary),
            ),
        )


def _overdue(branches: pd.DataFrame, untimed: int) -> Iterator[tuple[str, str]]:
    late = {"count": int(branches["overdue"].sum()), "branches": int((branches["overdue"] > 0).sum())}
    said = "headline.persons_and_untimed" if untimed else "headline.persons"
    yield phrase("headline.overdue"), phrase(said, **late, untimed=whole(untimed))


def _certified(branches: pd.DataFrame) -> Iterator[tuple[str, str]]:
    yield phrase("headline.certified"), phrase("headline.people", count=int(branches["certificates"].sum()))


def _handed_in(
    committee: Committee, branches: pd.DataFrame, submissions: pd.DataFrame, as_of: date
) -> Iterator[tuple[str, str]]:
    """How many of the branches that stand have handed in; of those that are no more nothing is awaited."""
    standing = {branch.name for branch in committee.branches if branch.stands_on(as_of)}
    asked = int(branches["name"].isin(standing).sum())
    silent = len(silent_branches(submissions))
    unread = int((submissions["state"] == State.UNREADABLE).sum())
    said = phrase("headline.handed_in", count=asked - silent, branches=asked, unread=unread)
    if more := unplaced.said(*unplaced.uncounted(submissions)):
        said = phrase("headline.handed_in_unplaced", said=said, unplaced=more)
    yield phrase("headline.submissions"), said


def handed_in_rates(
    committee: Committee, submissions: pd.DataFrame, as_of: date, said: str = "headline.rate"
) -> Iterator[tuple[str, str]]:
    """Expected, received, without an error, in time; the last only where the committee has set a last day.

    `said`: the phrase, which says what it is that hands in.
    """
    told = rates(submissions, committee, as_of)
    if not told.expected:
        return

    def share(count: int) -> str:
        return show(percent(count, told.expected, committee.decimals))

    shares = {"received_share": share(told.received), "complete_share": share(told.complete)}
    text = phrase(said, expected=told.expected, received=told.received, complete=told.complete, **shares)
    if told.on_time is not None:
        text = phrase("headline.rate_on_time", rate=text, on_time=told.on_time, on_time_share=share(told.on_time))
    yield phrase("headline.rates"), text
