"""What a clerk reads for a level, a result, a stage and members of other closed lists: `labels_vi.toml`."""

from enum import StrEnum

from workbook.toml_file import toml_file


def label(member: StrEnum) -> str:
    """The Vietnamese label of a member of one of the lists in `labels_vi.toml`; KeyError for any other."""
    return str(toml_file("workbook", "labels_vi.toml")[type(member).__name__][member.value])


def label_by_value(kind: type[StrEnum]) -> dict[str, str]:
    """Value → label of every member of one of these lists, in its order: for columns of a frame."""
    return {member.value: label(member) for member in kind}
