"""All rules of the branch register by code, with where the law says it: the table of contents of this folder."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType

from validation.rules import doubles, identity, lists, order, person, presence, procedure, standing, votes
from validation.rules.rule import Rule

_FAMILIES = (presence, order, lists, person, identity, procedure, votes, standing, doubles)


def family(code: str) -> str:
    """What stands before the first dot."""
    return code.partition(".")[0]


def _cited() -> dict[str, Rule]:
    cites = tomllib.loads((files("validation.rules") / "cites.toml").read_text(encoding="utf-8"))
    rules = [one for module in _FAMILIES for one in module.RULES]
    return {one.code: replace(one, **cites.get(one.code, cites.get(family(one.code), {}))) for one in rules}


RULES: Mapping[str, Rule] = MappingProxyType(_cited())

#: Rule → its family.
FAMILY: Mapping[str, str] = MappingProxyType({code: family(code) for code in RULES})
