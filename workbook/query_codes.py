"""The code of a query, and what people write under it. What is coded and what becomes of it is in `memory`."""

import re
from collections.abc import Iterable, Mapping

from workbook.committee import Decision, DecisionKind
from workbook.short_code import LETTERS, short_code, tidy_code
from workbook.text import clean, key

#: Two groups of five letters, one of ten million million: codes of other queries do not meet by chance.
_HALF = 5
_CODE = re.compile(rf"[{LETTERS}]{{{_HALF}}}-[{LETTERS}]{{{_HALF}}}")


def query_code(branch: str, about: str) -> str:
    """The code of what is asked `about` (person, column, rule) under the name of a branch."""
    letters = short_code(f"{key(branch)}|{about}", 2 * _HALF)
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def explanations(pairs: Iterable[tuple[str, str]]) -> tuple[Decision, ...]:
    """Reasons typed beside queries on the sheet of findings, as decisions: (code, reason), in the order of the sheet.

    The last reason under a code holds; blank ones and codes that are none of ours are passed over.
    """
    said = {tidy_code(code): clean(reason) for code, reason in pairs if is_query_code(code) and clean(reason)}
    return tuple(Decision(DecisionKind.EXPLAIN, code, reason) for code, reason in said.items())


def reasons_given(decisions: Iterable[Decision]) -> Mapping[str, str]:
    """Code → reason; the last word holds."""
    return {tidy_code(one.subject): one.content for one in decisions if one.kind is DecisionKind.EXPLAIN}


def is_query_code(text: str) -> bool:
    """Whether the text can be the code of a query, however it is spaced."""
    return bool(_CODE.fullmatch(tidy_code(text)))
