"""Decisions that nothing can come of are named with their cell; a wrong one never stays silent."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import xlsxwriter

from workbook import run
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.incoming.committee_book import read_committee
from workbook.layout import HEADING
from workbook.messages import sentence
from workbook.outgoing.template import write_committee

DAY = date(2026, 11, 22)
MAY = Branch("CB01", "Chi bộ thôn Mây", ("Thôn Mây 1",))


def committee_book(folder: Path, *decisions: Decision) -> Path:
    path = folder / "so-cap-uy.xlsx"
    path.unlink(missing_ok=True)
    write_committee(path, Committee("Đảng ủy xã Thử", year=2026, branches=(MAY,), decisions=decisions))
    return path


def register(path: Path, title: str = MAY.name) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 1, 9, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, title)
        columns = ("full_name", "birth_on", "residence", "sympathizer_on")
        sheet.write_row(2, 0, [HEADING[name] for name in columns])
        sheet.write_row(3, 0, ["Lê Thị Thử", "02/09/1998", "Xóm 1", "10/06/2024"])
    return path


@pytest.fixture
def asked(tmp_path):
    """`asked(decision, ...)`: cell and code of what a consolidation asks of them, and the sentences."""
    register(tmp_path / "nhan" / "thon" / "may.xlsx")
    made = iter(range(9))

    def ask(*decisions: Decision, previous: Path | None = None) -> tuple[list[tuple[str, str]], str]:
        path, out = committee_book(tmp_path, *decisions), tmp_path / f"so-{next(made)}.xlsx"
        _, doubts = run.consolidate_inbox(tmp_path / "nhan", path, out, DAY, previous=previous)
        told = [one for one in doubts if one.sheet == "Quyết định"]
        said = [sentence(one.question.code, {"cell": one.question.cell, **one.question.detail}) for one in told]
        assert not [one for one in said if "…" in one.message + one.fix]
        text = " ".join(one.message + " " + one.fix for one in said)
        return [(one.question.cell, one.question.code) for one in told], text

    return ask


@pytest.mark.parametrize(
    ("kind", "wrong", "right", "code"),
    [
        (
            DecisionKind.ASSIGN,
            ("a.xlsx", "Chi bộ thôn Xa"),
            [("b.xlsx", "chi bộ thôn mây"), ("c.xlsx", "CB01"), ("d.xlsx", "Thôn Mây 1")],
            "committee.assigned",
        ),
        (
            DecisionKind.HEADING,
            ("Ngày học", "Ngày học lớp"),
            [("Ngày vào ĐTNCS", "ngày vào đoàn")],
            "committee.heading",
        ),
    ],
    ids=["a file given to a branch", "a heading explained by a column"],
)
def test_what_is_decided_for_something_that_there_is_not_is_asked_about(tmp_path, kind, wrong, right, code):
    decided = [Decision(kind, subject, content) for subject, content in (wrong, *right)]
    committee, questions = read_committee(committee_book(tmp_path, *decided))
    assert [(one.subject, one.content) for one in committee.decisions] == right
    assert [(sheet, one.cell, one.code) for sheet, one in questions] == [("Quyết định", "C2", code)]


def test_a_decision_about_a_file_that_is_not_there_names_its_cell_and_the_file(asked):
    told, text = asked(
        Decision(DecisionKind.WITHDRAW, "mây.xlsx"),
        Decision(DecisionKind.ASSIGN, "suoi.xlsx", MAY.name),
        Decision(DecisionKind.OTHER, "ghi nhớ"),
    )
    assert told == [("B2", "committee.file_unknown"), ("B3", "committee.file_unknown")]
    assert "mây.xlsx" in text
    assert "Tình hình nộp" in text


def test_a_file_may_be_named_by_its_name_its_way_or_its_content(asked, tmp_path):
    digest = sha256((tmp_path / "nhan" / "thon" / "may.xlsx").read_bytes()).hexdigest().upper()
    subjects = ("may.xlsx", "MAY.xlsx", "thon/may.xlsx", digest)
    assigned = (Decision(DecisionKind.ASSIGN, subject, MAY.name) for subject in subjects)
    assert asked(*assigned, *(Decision(DecisionKind.WITHDRAW, subject) for subject in subjects))[0] == []


def test_a_decision_about_a_heading_that_no_register_has_names_its_cell_and_the_heading(asked, tmp_path):
    odd = tmp_path / "nhan" / "thon" / "may.xlsx"
    with xlsxwriter.Workbook(odd) as book:
        sheet = book.add_worksheet("Sổ")
        sheet.write_string(0, 0, MAY.name)
        sheet.write_row(2, 0, [HEADING["full_name"], HEADING["birth_on"], HEADING["residence"], "Xét", "", "Mốc 2 *"])
        sheet.write_row(3, 3, ["Lần đầu", "Lần sau"])
        sheet.write_row(4, 0, ["Lê Thị Thử", "02/09/1998", "Xóm 1", "10/06/2024", "11/06/2024", "12/06/2024"])

    told, text = asked(
        Decision(DecisionKind.HEADING, "mốc 2", HEADING["sympathizer_on"]),
        Decision(DecisionKind.HEADING, "Xét | lần đầu", HEADING["helper_assigned_on"]),
        Decision(DecisionKind.HEADING, "Lần sau", HEADING["applied_on"]),
        Decision(DecisionKind.HEADING, "Mốc hai", HEADING["ceremony_on"]),
        Decision(DecisionKind.HEADING, "Xét | Lần ba", HEADING["ceremony_on"]),
    )

    assert told == [("B5", "committee.heading_unknown"), ("B6", "committee.heading_unknown")]
    assert '"Mốc hai"' in text
    assert "trang Lỗi" in text


def test_an_empty_inbox_says_nothing_of_headings(tmp_path):
    (tmp_path / "nhan").mkdir()
    path = committee_book(tmp_path, Decision(DecisionKind.HEADING, "Mốc hai", HEADING["ceremony_on"]))
    _, doubts = run.consolidate_inbox(tmp_path / "nhan", path, tmp_path / "so.xlsx", DAY)

    assert [one.question.code for one in doubts] == ["inbox.empty"]


def test_a_file_of_the_book_before_is_not_asked_about_again(asked, tmp_path):
    gone = register(tmp_path / "nhan" / "thon" / "cu.xlsx")
    withdrawn = Decision(DecisionKind.WITHDRAW, "cu.xlsx")
    assert asked(withdrawn)[0] == []
    gone.unlink()
    assert asked(withdrawn)[0] == [("B2", "committee.file_unknown")]
    assert asked(withdrawn, previous=tmp_path / "so-0.xlsx")[0] == []
