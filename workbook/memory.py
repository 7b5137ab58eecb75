"""What people have said once: headings they confirmed, and reasons, each under the short code of its query.

A code is made of the branch, the person (name and birth), the column and the rule, so that it is the same in every
book as long as these are. The reason is for that one query: what else is asked of the person is still asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from validation.findings import explained, verdicts
from validation.vocabulary import Level, year_of
from workbook.assess import Assessment
from workbook.committee import Committee, DecisionKind
from workbook.incoming.branches import Directory, claim
from workbook.incoming.headings import column_named
from workbook.incoming.inbox import Opened
from workbook.query_codes import query_code, reasons_given
from workbook.text import key


def confirmed(committee: Committee | None) -> dict[str, str]:
    """Headings a person has explained before: key of the branch's heading → register column."""
    decisions = committee.decisions if committee else ()
    pairs = [(key(d.subject), column_named(d.content)) for d in decisions if d.kind is DecisionKind.HEADING]
    return {heading: column for heading, column in pairs if column}


def claimed(files: Sequence[Opened], committee: Committee) -> "pd.Series[str]":
    """Row id → the branch that the line's file speaks for, "" unknown."""
    directory = Directory(committee)
    return pd.Series([name for one in files for rows in claim(one, directory).rows for name in rows], dtype=object)


def recalled(assessment: Assessment, branch: "pd.Series[str]", committee: Committee, as_of: date) -> Assessment:
    """The judged rows with a code in the detail of every query, and those the committee knows the reason of as notes.

    `branch`: row id → name of the branch, "" unknown. Queries of lines whose person cannot be told apart have no code.
    """
    found = assessment.findings
    asked = _asked(assessment, branch)
    given = reasons_given(committee.decisions)
    names = names_of(committee, as_of) if given else {}
    codes = {at: query_code(branch[row], about) for at, row, about in asked}
    reasons = {at: reason_under(given, names.get(branch[row], [branch[row]]), about) for at, row, about in asked}
    details = [{**detail, "memory": codes[at]} if at in codes else detail for at, detail in found["detail"].items()]
    coded = found.assign(detail=pd.Series(details, found.index, object))
    told = explained(coded, pd.Series(reasons, dtype=object).reindex(found.index))
    judged = verdicts(told, assessment.typed.index, unjudged=assessment.missed["row"])
    return replace(assessment, findings=told, verdicts=judged)


def _asked(assessment: Assessment, branch: "pd.Series[str]") -> list[tuple[int, int, str]]:
    """Every query that can be explained: its place among the findings, its row id, what it is about."""
    queries = assessment.findings[assessment.findings["level"] == Level.QUERY]
    who = queries["row"].map(_who(assessment.typed, branch)).astype("str")
    known = (who + "|" + queries["column"] + "|" + queries["code"]).dropna()
    return list(zip(known.index, queries.loc[known.index, "row"], known, strict=True))


def _who(typed: pd.DataFrame, branch: "pd.Series[str]") -> "pd.Series[str]":
    """Row id → name and birth; NA where there is no name, no branch, or only the name to tell two lines apart."""
    born = typed["birth_on"].dt.strftime("%Y%m%d").fillna(typed[year_of("birth_on")].astype("str"))
    who: pd.Series[str] = typed["name_key"] + "|" + born
    namesakes = typed["birth_on"].isna() & pd.DataFrame({"branch": branch, "who": who}).duplicated(keep=False)
    return who.mask(namesakes | (branch == ""))


def names_of(committee: Committee, as_of: date) -> Mapping[str, list[str]]:
    """Branch → every name its queries may have been explained under: its own, then those of branches merged with it.

    Both ways: the last register of a branch asks the same as that of its heir.
    """
    homes = Directory(committee).homes(as_of)
    own = {branch.name: [branch.name, *branch.aliases] for branch in committee.branches}
    merged: dict[str, list[str]] = {}
    for name, names in own.items():
        merged.setdefault(homes.get(name, name), []).extend(names)
    return {name: [*names, *merged[homes.get(name, name)]] for name, names in own.items()}


def reason_under(given: Mapping[str, str], names: Iterable[str], about: str) -> str | None:
    """The reason given for a query (`about`) under one of the names; `given`: code → reason."""
    codes = (query_code(name, about) for name in names)
    return next((given[code] for code in codes if code in given), None)
