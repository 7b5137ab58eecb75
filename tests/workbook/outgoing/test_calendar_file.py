"""The calendar file, read back by the library and held against the standard it follows (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pandas as pd
import pytest

from workbook.committee import Branch, Committee
from workbook.outgoing.calendar_file import render

AS_OF = date(2026, 11, 22)
COMMITTEE = Committee(
    "Đảng ủy xã Thử, Mẫu; Giả", branches=(Branch("CB01", "Chi bộ thôn Một"), Branch("", "Chi bộ thôn Hai"))
)
DECISION, CEREMONY = "Cấp có thẩm quyền quyết định kết nạp", "Tổ chức lễ kết nạp"
SECRETS = ("Nguyễn Văn Thử", "Trần Thị Mẫu", "so.xlsx", "AB8")


def due(due_on, name=SECRETS[0], branch="Chi bộ thôn Một", key="admission_decision", step=DECISION):
    """One line as the list of what is late has it."""
    day = pd.Timestamp(due_on)
    return {
        "name": name,
        "step": step,
        "counted_from": "Ngày nghị quyết chi bộ",
        "started_on": pd.Timestamp(2026, 9, 21),
        "term": "45 ngày làm việc",
        "due_on": day,
        "days_late": max(0, (pd.Timestamp(AS_OF) - day).days),
        "tier": "",
        "basis": "294-QĐ/TW 26/05/2025, điểm 4.3.1 (đã đọc văn bản)",
        "sheet": "Sổ",
        "cell": "AB8",
        "row": 0,
        "key": key,
        "file": "so.xlsx",
        "branch": branch,
    }


def written(*lines, committee=COMMITTEE, as_of=AS_OF, named=False):
    return render(pd.DataFrame(list(lines)), committee, as_of, named=named)


def read(content):
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def one(*lines, **options):
    (event,) = read(written(*lines, **options))
    return event


def test_a_deadline_is_an_event_of_its_whole_day():
    event = one(due("2026-12-23"))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 23), date(2026, 12, 24))
    assert event.decoded("dtstamp") == datetime(2026, 11, 22, tzinfo=UTC)
    assert event["summary"] == f"CB01: 1 việc — {DECISION}"
    assert "hạn 23/12/2026 = 45 ngày làm việc từ Ngày nghị quyết chi bộ" in event["description"]
    assert "294-QĐ/TW 26/05/2025, điểm 4.3.1" in event["description"]


def test_what_is_due_on_one_day_at_one_branch_for_one_step_is_one_event():
    same = due("2026-12-23"), due("2026-12-23", SECRETS[1])
    others = (
        due("2026-12-24"),
        due("2026-12-23", branch="Chi bộ thôn Hai"),
        due("2026-12-23", key="ceremony", step=CEREMONY),
    )
    assert sorted(event["summary"] for event in read(written(*same, *others))) == [
        f"CB01: 1 việc — {DECISION}",
        f"CB01: 1 việc — {CEREMONY}",
        f"CB01: 2 việc — {DECISION}",
        f"Chi bộ thôn Hai: 1 việc — {DECISION}",
    ]


@pytest.mark.parametrize(
    ("day", "over"),
    [("2026-11-21", True), ("2026-11-22", False), ("2026-11-23", False)],
    ids=["yesterday", "today", "tomorrow"],
)
def test_what_is_overdue_stands_on_the_day_told_of(day, over):
    event = one(due(day))
    assert event.decoded("dtstart") == max(AS_OF, date.fromisoformat(day))
    assert ("QUÁ HẠN" in event["summary"]) is over


def test_all_that_is_overdue_at_a_branch_for_a_step_is_one_event_with_each_day():
    event = one(due("2025-06-02"), due("2026-10-05"), due("2026-10-05"))
    assert event["summary"] == f"CB01: QUÁ HẠN 3 việc — {DECISION}"
    assert "1 việc: hạn 02/06/2025" in event["description"]
    assert "2 việc: hạn 05/10/2026" in event["description"]


@pytest.mark.parametrize("named", [False, True])
def test_names_and_places_stand_there_only_where_they_are_asked_for(named):
    content = written(due("2026-12-23"), due("2026-10-05", SECRETS[1]), named=named)
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert {secret in unfolded for secret in SECRETS} == {named}


def test_a_name_stands_in_the_summary_and_an_identifier_typed_in_its_place_does_not():
    event = one(due("2026-12-23", "099099000011"), due("2026-12-23", None), named=True)
    assert "099099000011" not in event.to_ical().decode()
    assert event["summary"] == f"CB01: 2 việc — {DECISION}: 099******011, Chưa ghi tên"


def uids(*lines, **options):
    return {str(event["uid"]) for event in read(written(*lines, **options))}


def test_the_same_deadline_keeps_its_uid_whoever_waits_and_whenever_it_is_told():
    first = uids(due("2026-12-23"))
    assert uids(due("2026-12-23", SECRETS[1]), due("2026-12-23"), named=True) == first
    assert uids(due("2026-12-23"), as_of=date(2026, 12, 1)) == first
    assert uids(due("2026-10-05")) == uids(due("2026-09-01"))


def test_different_deadlines_have_different_uids_that_tell_nothing():
    lines = (
        due("2026-12-23"),
        due("2026-12-24"),
        due("2026-12-23", key="ceremony"),
        due("2026-12-23", branch="Chi bộ thôn Hai"),
        due("2026-12-23", branch=""),
        due("2026-10-05"),
    )
    found = uids(*lines)
    assert len(found) == len(lines)
    assert all(uid.endswith("@songuon") and uid.isascii() and "20261223" not in uid for uid in found)


@pytest.mark.parametrize(("ahead", "rings"), [(29, [15, 7]), (30, [30, 15, 7]), (31, [30, 15, 7]), (6, [])])
def test_alarms_ring_by_the_reminders_that_are_still_to_come_at_eight_in_the_morning(ahead, rings):
    event = one(due(AS_OF + timedelta(days=ahead)))
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(hours=8) - timedelta(days=days) for days in rings]


def test_a_committee_s_own_reminders_ring():
    event = one(due("2026-12-23"), committee=Committee("Đảng ủy xã Thử", reminders=(10,)))
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [timedelta(hours=-232)]


def test_without_a_committee_there_is_no_branch_and_each_file_has_its_own_event():
    lines = {**due("2026-12-23", branch=""), "file": "a.xlsx"}, {**due("2026-12-23", branch=""), "file": "b.xlsx"}
    content = written(*lines, committee=Committee(""))
    assert [event["summary"] for event in read(content)] == [f"1 việc — {DECISION}"] * 2
    assert b"a.xlsx" not in content


def test_the_file_keeps_to_the_standard():
    content = written(
        *(due(f"2026-12-{day}", branch=branch.name) for day in range(10, 30) for branch in COMMITTEE.branches)
    )
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two by a fold
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert r"X-WR-CALNAME:Sổ Nguồn: Đảng ủy xã Thử\, Mẫu\; Giả" in unfolded
    calendar = icalendar.Calendar.from_ical(content)
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//So Nguon//songuon//VI")
    assert not calendar.errors
    for event in calendar.walk("VEVENT"):
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)


def test_the_same_lines_give_the_same_bytes():
    lines = [due("2026-12-23"), due("2026-10-05"), due("2027-01-05", branch="Chi bộ thôn Hai")]
    assert written(*lines) == written(*lines)
