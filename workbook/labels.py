"""What a clerk reads for a level, a result, a stage and members of other closed lists: `labels_vi.toml`."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("workbook").joinpath("labels_vi.toml").read_text("utf-8"))


def label(member: StrEnum) -> str:
    """The Vietnamese label of a member of one of the lists in `labels_vi.toml`; KeyError for any other."""
    return _tables()[type(member).__name__][member.value]
