"""Sheet "Dữ liệu": every counted person, one line each; what all the other numbers are counted from."""

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from validation.forecast import Hope, Outlook
from validation.vocabulary import Stage, Verdict
from workbook.book import Book
from workbook.labels import label_by_value
from workbook.layout import REGISTER, Kind
from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.styles import Look

NAME = "Dữ liệu"
LEFT = "Đã ra khỏi danh sách"
YES = "Có"
NO = "Không"

_LOOK = {Kind.DIGITS: Look.DIGITS, Kind.DATE: Look.DATE, Kind.COUNT: Look.COUNT}

# What a register wraps over many lines, or leaves blank, is wider here: the lower the lines, the fewer the pages.
_WIDTHS = {"number": 7, "native_place": 34, "residence": 44, "qualification": 18, "political_theory": 18,
           "target_groups": 34, "position": 32, "helper": 26, "status": 20}  # fmt: skip

FIELDS: tuple[Field, ...] = (
    Field("branch", "Chi bộ", 38),
    *(
        Field(one.name, one.heading, _WIDTHS.get(one.name, one.width), _LOOK.get(one.kind, Look.TEXT))
        for one in REGISTER
    ),
    Field("stage", "Giai đoạn", 24),
    Field("next_due_on", "Hạn kế tiếp", 12, Look.DATE),
    Field("verdict", "Kết quả kiểm tra", 17),
    # From here on only on the screen, one line high: sheet Lỗi has every fault in full, on paper too.
    Field("detail", "Chi tiết lỗi", 75, Look.LINE),
    Field("file", "Tệp", 50, Look.LINE),
    Field("sheet", "Trang", 14, Look.LINE),
    Field("row", "Dòng", 8, Look.COUNT),
    Field("admitted_in", "Năm kết nạp", 9, Look.YEAR),
    Field("admitted_on", "Ngày tính kết nạp", 12, Look.DATE),
    Field("in_term", "Trong nhiệm kỳ", 9, Look.CENTRE),
    Field("certified_in", "Năm cấp giấy chứng nhận", 11, Look.YEAR),
    Field("overdue", "Quá hạn", 8, Look.COUNT),
    Field("expected", "Dự kiến", 8, Look.CENTRE),
    Field("outlook", "Dự báo", 14, Look.LINE),
    Field("hope", "Kịp theo kinh nghiệm", 10, Look.CENTRE),
    Field("union_member", "Đã vào Đoàn", 8, Look.CENTRE),
    Field("minority", "Dân tộc thiểu số", 8, Look.CENTRE),
    Field("religious", "Theo tôn giáo", 8, Look.CENTRE),
    Field("age", "Tuổi khi kết nạp", 8, Look.COUNT),
    Field("groups", "Nhóm đối tượng", 20, Look.LINE),
    Field("credited_to", "Chi bộ được tính kết nạp", 38),
    Field("extra", "Cột khác", 70, Look.LINE),
    # Counts go by this number, never by a name: a name may hold *, ? or a leading "=", which COUNTIFS reads as a rule.
    Field("branch_number", "STT chi bộ", 8, Look.COUNT),
    # Somebody who moved after the ceremony stands in one branch and was admitted for another.
    Field("credit_number", "STT chi bộ được tính", 8, Look.COUNT),
)

_LAST_PRINTED = "verdict"
_PAGES_WIDE = 6


def write(paper: Paper, book: Book) -> None:
    """Write the sheet; each line number leads to the person's line in the branch's own file."""
    people = _shown(book)
    page = Page(paper, NAME, FIELDS)
    page.table(people)
    page.link("row", people, "A" + people["row"].astype(str))
    page.sheet.freeze_panes(1, 3)
    page.sheet.repeat_columns(0, 2)
    page.filtered(len(people))
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:{page.letter(FIELDS[-1].name)}{len(people) + 1}"})
    page.print_until(_LAST_PRINTED, len(people))
    page.printed(header("DỮ LIỆU TỔNG HỢP TỪ SỔ CỦA CÁC CHI BỘ", book), _PAGES_WIDE)


def _shown(book: Book) -> pd.DataFrame:
    """The persons as the sheet shows them, branch by branch in the order of the book."""
    people = book.people
    blank_zero = {name: people[name].where(people[name] != 0) for name in ("admitted_in", "certified_in", "overdue")}
    yes = {name: np.where(people[name], YES, "") for name in ("in_term", "expected")}
    known = {name: people[name].map({True: YES, False: NO}) for name in ("union_member", "minority", "religious")}
    words = people.assign(
        **blank_zero,
        **yes,
        **known,
        stage=people["stage"].map({"": LEFT, **label_by_value(Stage)}),
        verdict=people["verdict"].map(label_by_value(Verdict)),
        outlook=people["outlook"].map({"": "", **label_by_value(Outlook)}),
        hope=people["hope"].map({"": "", **label_by_value(Hope)}),
        branch_number=people["branch"].map(_numbers(book)),
        credit_number=people["credited_to"].map(_numbers(book)),
    )
    return words.sort_values("branch_number", kind="stable", ignore_index=True)


def first_lines(book: Book) -> dict[str, str]:
    """Branch name → hyperlink to its first person on this sheet, for the branches that have any."""
    counts = book.people["branch"].value_counts().reindex(book.branches["name"], fill_value=0)
    starts = counts.cumsum() - counts + 2
    return {str(name): f"internal:'{NAME}'!A{starts[name]}" for name in counts[counts > 0].index}


def _numbers(book: Book) -> "pd.Series[int]":
    """Branch name → its number in the book, 1 first.

    Raises ValueError where a person's branch is none of the book's, for then the totals would miss the person.
    """
    if not {*book.people["branch"], *book.people["credited_to"]} <= set(book.branches["name"]):
        raise ValueError("persons of a branch that the book does not show")
    return pd.Series(range(1, len(book.branches) + 1), index=book.branches["name"])


def names(book: Book) -> dict[str, object]:
    """What formula templates may name of this sheet: its columns and its words."""
    words = label_by_value(Stage) | label_by_value(Verdict)
    return {
        "data": spans(book),
        "label": {**words, "left": LEFT, "yes": YES},
        "decimals": book.committee.decimals,
    }


def spans(book: Book) -> dict[str, str]:
    """Each column of this sheet as formulas name it, over all persons."""
    last = 1 + max(len(book.people), 1)
    letters = {field.name: xl_col_to_name(position) for position, field in enumerate(FIELDS)}
    return {name: f"'{NAME}'!${letter}$2:${letter}${last}" for name, letter in letters.items()}


def in_stage(word: str) -> str:
    """COUNTIFS criteria, as a template, for the persons at a stage (or "left")."""
    return f'{{data[stage]}},"{{label[{word}]}}"'
