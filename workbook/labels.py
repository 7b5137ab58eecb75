"""What a clerk reads for a level, a result, a stage or a step: `labels_vi.toml`."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("workbook").joinpath("labels_vi.toml").read_text("utf-8"))


def label(member: StrEnum) -> str:
    """The Vietnamese label of a member of `Level`, `Verdict`, `Stage` or `Step`; KeyError for any other."""
    return _tables()[type(member).__name__][member.value]
