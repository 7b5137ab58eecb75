"""What is shown of a judged sheet, and the journal that puts it back: pure, cell by cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.vocabulary import Level
from workbook.committee import Committee
from workbook.errors import UnreadableWorkbook
from workbook.given import law_of
from workbook.open_sheet import OpenSheet, judge
from workbook.outgoing import journal, marks
from workbook.outgoing.areas import areas
from workbook.outgoing.journal import Edits, Kept, Kind, Sight, Wanted
from workbook.outgoing.marks import FILLS, check_marks, overdue_marks

DAY = date(2026, 11, 22)
RED, GREEN, BLUE = "#FFC7CE", "#00FF00", "#0000FF"


def review(book, table: str, **others):
    grid = book.grid(table)
    return judge(OpenSheet("so.xlsx", grid.sheet, grid.rows, grid.merges, **others), law_of(None, DAY))


TABLE = """
    | DANH SÁCH |              |            |           |         |              |
    | STT       | Họ và tên    | Ngày sinh  | Giới tính | Dân tộc | Số định danh cá nhân |
    | #1        | Lê Thị Thử   | 31/02/2000 | Nam/Nữ    | Kinh    | 099000000001x |
    | #2        | Trần Thị Giả | @1999-09-05 | Nữ       | Kinh    |               |
"""


# --- what is shown


def test_a_cell_shows_its_gravest_level_and_all_its_sentences(book):
    shown = check_marks(review(book, TABLE))
    assert shown.wanted.fills[3, 3] == FILLS[Level.ERROR]
    assert all(text.count("Cách sửa:") >= 1 for text in shown.wanted.notes.values())
    graver = {cell: text.split(":")[0] for cell, text in shown.wanted.notes.items()}
    by_level = {"Lỗi": RED, "Cần giải trình": FILLS[Level.QUERY], "Lưu ý": FILLS[Level.NOTE]}
    assert {cell: by_level[level] for cell, level in graver.items()} == {
        cell: colour for cell, colour in shown.wanted.fills.items() if cell in graver
    }


def test_no_identity_number_is_copied_into_a_note_or_a_list(book):
    shown = check_marks(review(book, TABLE))
    said = [*shown.wanted.notes.values(), *map(str, shown.listing.lines), *map(str, shown.wanted.results)]
    assert (3, 6) in shown.wanted.fills
    assert not [text for text in said if "099000000001" in text]


def test_two_columns_stand_right_of_everything_from_the_heading_down(book):
    shown = check_marks(review(book, TABLE))
    assert shown.wanted.area == (2, 7, 4, 8)
    assert shown.wanted.results[0] == ("Kết quả kiểm tra", "Chi tiết lỗi")
    assert shown.wanted.results[1][0] == "KHÔNG HỢP LỆ"
    assert "31/02/2000" in shown.wanted.results[1][1]


def test_everybody_who_is_not_valid_is_told_why(book):
    shown = check_marks(review(book, TABLE))
    assert all(said for verdict, said in shown.wanted.results[1:] if verdict != "HỢP LỆ")


def test_the_list_leads_to_every_cell_with_a_finding(book):
    judged = review(book, TABLE)
    listing = check_marks(judged).listing
    assert listing.targets == tuple(judged.found["cell"])
    assert [line[listing.linked] or "" for line in listing.lines] == list(listing.targets)
    assert listing.sheet == "Sổ theo dõi"


def test_our_own_columns_are_not_read_as_the_clerks(book):
    judged = review(book, TABLE)
    wanted = check_marks(judged).wanted
    beside = [("", ""), *wanted.results]
    rows = [[*row, *line] for row, line in zip(judged.sheet.rows, beside, strict=True)]
    again = judge(OpenSheet("so.xlsx", judged.sheet.name, rows), law_of(None, DAY), [wanted.area])
    assert check_marks(again).wanted == wanted


def test_more_notes_than_a_sheet_bears_are_cut_and_the_gravest_kept(book, monkeypatch):
    monkeypatch.setattr(marks, "MOST_NOTES", 1)
    shown = check_marks(review(book, TABLE))
    (text,) = shown.wanted.notes.values()
    assert text.startswith("Lỗi")
    assert len(shown.wanted.fills) > 1


def test_a_sheet_without_a_register_says_which_sheet(book):
    with pytest.raises(UnreadableWorkbook) as told:
        review(book, "| Công văn | số 1 |")
    assert told.value.detail == {"sheet": "Sổ theo dõi"}


def test_hidden_persons_are_counted_and_other_hidden_lines_are_not(book):
    assert review(book, TABLE, hidden=frozenset({1, 2, 4})).unseen == 1


LATE = """
    | STT | Họ và tên    | Ngày sinh   | Ngày quyết định kết nạp | Ngày lễ kết nạp |
    | #1  | Lê Thị Thử   | @1999-09-05 | @2026-03-02             |                 |
    | #2  | Trần Thị Giả | @1999-09-05 | @2026-10-15             |                 |
"""


def test_who_is_not_late_yet_has_no_number_of_days_in_the_list(book):
    """A nought at the right of its cell runs into the words at the left of the next one."""
    listing = overdue_marks(review(book, LATE)).listing
    late, near = listing.headings.index("Số ngày quá hạn"), listing.headings.index("Mức")
    assert [(bool(line[late]), line[near]) for line in listing.lines] == [(True, "Quá hạn"), (False, "Trong 7 ngày")]
    assert listing.lines[1][late] is None


def test_a_day_fits_its_column_in_the_font_of_any_book(book):
    """The widest usual one, of an office without the fonts of the book, is a third wider than that of Excel."""
    listing = overdue_marks(review(book, LATE)).listing
    widths = dict(zip(listing.headings, listing.widths, strict=True))
    assert min(widths["Ngày mốc"], widths["Hạn"]) >= len("28/09/2026") * 4 / 3


def test_what_is_late_and_what_is_near_are_coloured_apart(book):
    fills = overdue_marks(review(book, LATE), Committee("", reminders=(30, 7))).wanted.fills
    further = overdue_marks(review(book, LATE), Committee("", reminders=(30, 7, 1))).wanted.fills
    assert fills[2, 4] == further[2, 4]
    assert len({fills[2, 4], fills[3, 4], further[3, 4]}) == 3


# --- the journal

cells = st.tuples(st.integers(1, 6), st.integers(1, 4))
fills = st.dictionaries(cells, st.sampled_from([RED, GREEN, BLUE]))
notes = st.dictionaries(cells, st.sampled_from(["một", "hai"]))
sights = st.builds(Sight, fills, notes, st.fixed_dictionaries({5: st.sampled_from([8.5, 20.0])}))
wishes = st.builds(
    Wanted, fills, notes, st.just(()), st.just((2, 5)), st.fixed_dictionaries({}, optional={5: st.just(60.0)})
)


def carried_out(seen: Sight, edits: Edits) -> Sight:
    painted = {cell: colour for colour, areas in edits.fills.items() for area in areas
               for cell in Kept(Kind.FILL, "", area).cells}  # fmt: skip
    fills = {cell: colour for cell, colour in {**seen.fills, **painted}.items() if colour}
    assert set(edits.unnote) <= set(seen.notes)
    left = {cell: text for cell, text in seen.notes.items() if cell not in edits.unnote}
    assert not left.keys() & edits.notes.keys(), "a note is never put over another"
    return Sight(fills, {**left, **edits.notes}, {**seen.widths, **edits.widths})


@given(sights, wishes, wishes)
def test_whatever_was_marked_comes_back_exactly(seen, first, second):
    edits, kept = journal.change("Sổ", [], first, seen)
    marked = carried_out(seen, edits)
    edits, kept = journal.change("Sổ", kept, second, marked)
    marked = carried_out(marked, edits)
    edits, kept = journal.change("Sổ", kept, Wanted(), marked)
    assert carried_out(marked, edits) == seen
    assert kept == []


@given(sights, wishes)
def test_marking_twice_edits_nothing(seen, wanted):
    edits, kept = journal.change("Sổ", [], wanted, seen)
    again, same = journal.change("Sổ", kept, wanted, carried_out(seen, edits))
    assert same == kept
    assert not any((again.fills, again.unnote, again.notes, again.widths))


@given(sights, wishes)
def test_a_clerks_note_stays_as_it_is(seen, wanted):
    edits, _ = journal.change("Sổ", [], wanted, seen)
    after = carried_out(seen, edits).notes
    assert {cell: after[cell] for cell in seen.notes} == seen.notes


@given(st.sets(cells))
def test_areas_hold_every_cell_once(places):
    made = areas(places)
    listed = [cell for area in made for cell in Kept(Kind.FILL, "", area).cells]
    assert sorted(listed) == sorted(places)


@pytest.mark.parametrize("sheet", ["Sổ theo dõi", "Bà Tâm's", "2026", "a(b)=c!d"])
def test_the_journal_reads_what_it_wrote(sheet):
    kept = [
        Kept(Kind.FILL, sheet, (7, 6, 9, 6), "", RED),
        Kept(Kind.NOTE, sheet, (7, 28, 7, 28), "", 'Lỗi: "31/02/2000"\nCách sửa: …'),
        Kept(Kind.WIDTH, sheet, (2, 40, 2, 40), repr(8.43), repr(60.0)),
    ]
    formulas, texts = journal.written(kept)
    assert journal.read(formulas, [[text or None for text in line] for line in texts]) == kept


def test_an_application_may_write_references_in_its_own_way():
    lines = [["fill", None, RED]] * 5
    formulas = ["=ROWS(Sổ!$F$7)", "=ROWS($'Sổ'!$F$7:$F$9)", "=ROWS(#REF!)", "=ROWS('Sổ'!#REF!)", "Lời nhắc"]
    assert [(one.sheet, one.area) for one in journal.read(formulas, lines)] == [
        ("Sổ", (7, 6, 7, 6)),
        ("Sổ", (7, 6, 9, 6)),
    ]


def test_what_clerks_write_into_the_journal_is_not_followed():
    assert journal.read(["=ROWS(Sổ!$F$7)"], [["xóa hết", "", ""]]) == []
