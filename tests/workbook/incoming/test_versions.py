"""Which submission of a branch counts."""

from datetime import UTC, datetime
from pathlib import Path

from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.errors import Damaged
from workbook.incoming.inbox import Opened
from workbook.incoming.raw import RawTable
from workbook.incoming.versions import choose
from workbook.states import State

ONE = Branch("01", "Chi bộ thôn 1")


def committee(*decisions: Decision) -> Committee:
    return Committee("Đảng ủy xã Thử", branches=(ONE, Branch("02", "Chi bộ thôn 2")), decisions=decisions)


def submitted(name: str, title: str = "Chi bộ thôn 1", *, written: int | None = None, touched: int = 1, sha: str = ""):
    table = RawTable("S", (title,), {"full_name": ["A"]}, [3], [""], [""], {"full_name": "B"})
    day = lambda number: datetime(2026, 3, number, tzinfo=UTC) if number else None  # noqa: E731
    return Opened(
        name,
        Path(name),
        tables=(table,),
        sha256=sha or name,
        written_at=day(written),
        modified_at=day(touched),
    )


def states(files, *decisions):
    return {(one.opened.file, one.branch): (one.state, one.version) for one in choose(files, committee(*decisions))}


def test_the_newest_by_the_time_written_in_the_file_counts_whatever_the_copying_did_to_its_own_time():
    found = states([submitted("a.xlsx", written=9, touched=1), submitted("b.xlsx", written=5, touched=20)])
    assert found["a.xlsx", ONE.name] == (State.COUNTED, 2)
    assert found["b.xlsx", ONE.name] == (State.REPLACED, 1)


def test_the_files_own_time_decides_where_none_is_written():
    found = states([submitted("a.xls", touched=4), submitted("b.xls", touched=3)])
    assert found["a.xls", ONE.name][0] is State.COUNTED


def test_a_withdrawn_file_lets_the_older_one_count():
    withdrawn = Decision(DecisionKind.WITHDRAW, "b.xlsx")
    found = states([submitted("a.xlsx", written=1), submitted("nop/b.xlsx", written=2)], withdrawn)
    assert found["a.xlsx", ONE.name][0] is State.COUNTED
    assert found["nop/b.xlsx", ONE.name][0] is State.WITHDRAWN


def test_a_copy_is_set_aside_as_a_copy():
    found = states([submitted("a.xlsx", sha="1"), submitted("b.xlsx", sha="1")])
    assert found["b.xlsx", ONE.name][0] is State.COPY


def test_withdrawing_one_of_two_copies_leaves_the_other_counted():
    files = [submitted("a.xlsx", sha="1"), submitted("b.xlsx", sha="1")]
    found = states(files, Decision(DecisionKind.WITHDRAW, "a.xlsx"))
    assert (found["a.xlsx", ONE.name][0], found["b.xlsx", ONE.name][0]) == (State.WITHDRAWN, State.COUNTED)


def test_an_unreadable_newer_file_does_not_count():
    broken = Opened(
        "z.xlsx", Path("z.xlsx"), modified_at=datetime(2026, 5, 1, tzinfo=UTC), error=Damaged("file.damaged")
    )
    found = states([submitted("a.xlsx"), broken])
    assert found["a.xlsx", ONE.name][0] is State.COUNTED
    assert found["z.xlsx", ""][0] is State.UNREADABLE


def test_a_file_known_by_its_name_never_replaces_one_that_names_its_branch():
    found = states([submitted("a.xlsx", written=1), submitted("chi bo thon 1.xlsx", title="", written=9)])
    assert found["a.xlsx", ONE.name][0] is State.COUNTED


def test_a_file_of_no_branch_is_kept_on_the_board():
    assert states([submitted("a.xlsx", title="Chi bộ nơi khác")]) == {("a.xlsx", ""): (State.NO_BRANCH, 0)}
