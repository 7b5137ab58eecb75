"""What a clerk can press: the one table that the ribbon, the LibreOffice extension and the buttons share."""

from dataclasses import dataclass
from functools import cache

from workbook.toml_file import toml_file


@dataclass(frozen=True, slots=True)
class Action:
    """One button: `tag` travels on command lines (ASCII), `icon` is the name of a picture Excel owns."""

    tag: str
    group: str
    label: str
    tip: str
    icon: str
    large: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together under one label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """The tab's title, its groups and the actions, each in the order in which they are shown."""

    title: str
    groups: tuple[Group, ...]
    actions: tuple[Action, ...]

    def of(self, group: Group) -> tuple[Action, ...]:
        """The actions of one group."""
        return tuple(action for action in self.actions if action.group == group.id)


@cache
def table() -> Table:
    """The table of `actions.toml`; TypeError where an entry lacks a field or has a strange one."""
    read = toml_file("macros_py", "actions.toml")
    return Table(
        title=read["title"],
        groups=tuple(Group(**entry) for entry in read["groups"]),
        actions=tuple(Action(**entry) for entry in read["actions"]),
    )
