"""Sheet "Trùng": who stands on two lines, what was made of it, and a list to answer from where a person must say."""

import pandas as pd

from validation.vocabulary import Stage, Status
from workbook import codes
from workbook.book import Book
from workbook.labels import label, label_by_value
from workbook.matching import DoubleKind
from workbook.matching.rulings import Ruling
from workbook.outgoing.page import Field, Page, Paper, listed
from workbook.outgoing.styles import Accent, Look

NAME = "Trùng"

FIELDS: tuple[Field, ...] = (
    Field("group", "Nhóm", 6, Look.COUNT),
    Field("kind", "Loại", 13),
    Field("name", "Họ và tên", 20),
    Field("birth_on", "Ngày sinh", 11, Look.DATE),
    Field("branch", "Chi bộ", 20),
    Field("file", "Tệp", 17),
    Field("cell", "Ô", 7, Look.CENTRE),
    Field("decision", "Quyết định", 22),
    Field("reasons", "Lý do giống nhau", 32),
    Field("counts", "Được tính", 18),
    Field("admission", "Tính kết nạp", 20),
    Field("remark", "Ghi chú", 26),
    # From here on only on the screen.
    Field("status", "Tình trạng", 12),
    Field("stage", "Giai đoạn", 13),
    Field("sheet", "Trang", 10),
    Field("code", "Mã nhóm", 18, Look.CENTRE),
)

#: A list that is written into the cell's rule may be so long, commas included, and its entries hold no comma.
_LONGEST_LIST = 255

_HOW = (
    "Chọn trong danh sách; để trống thì tính như cột Được tính. Lần tổng hợp sau nhớ câu trả lời khi dùng sổ này "
    "làm sổ kỳ trước, hoặc khi ghi vào trang Quyết định của sổ cấp ủy (Trùng người)."
)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet, what asks for an answer first; the cell's address leads to the branch's own file."""
    lines = _shown(book.doubles)
    page = listed(paper, NAME, "NGƯỜI GHI TRÙNG, NGƯỜI CHUYỂN CHI BỘ", FIELDS, lines, book)
    asks = [kind == DoubleKind.ASKED for kind in book.doubles["kind"]]
    accents = [Accent.MILD if asked else Accent.PLAIN for asked in asks]
    for name in ("kind", "decision"):
        page.accent(name, lines[name].tolist(), accents)
    page.link("cell", lines, lines["cell"])
    _offer(page, lines["branch"].mask(book.doubles["status"] == Status.MOVED_OUT, ""))
    page.print_until("remark", len(lines))
    page.sheet.freeze_panes(1, 3)


def _shown(doubles: pd.DataFrame) -> pd.DataFrame:
    statuses = codes.label_by_code(Status)
    return doubles.assign(
        kind=[label(DoubleKind(kind)) for kind in doubles["kind"]],
        stage=doubles["stage"].map(label_by_value(Stage)),
        status=doubles["status"].map(lambda code: statuses.get(code, code), na_action="ignore"),
    )


def _offer(page: Page, branches: "pd.Series[str]") -> None:
    """Give every line its list of answers; a clerk may still write another, and is told what will be understood.

    `branches`: where each line's person may be counted, "" for a line that says the person has moved away.
    """
    column = next(place for place, field in enumerate(page.fields) if field.name == "decision")
    for row, branch in enumerate(branches, page.first):
        rule = {
            "validate": "list",
            "source": answers(branch),
            "error_type": "warning",
            "input_title": "Quyết định",
            "input_message": _HOW,
        }
        page.sheet.data_validation(row, column, row, column, rule)


def answers(branch: str) -> list[str]:
    """What may be answered on a line of that branch; one that no list can hold, or "", is left out.

    A comma would part it; a quotation mark would end the text and let the rest be taken for a formula.
    """
    plain = [Ruling((), same=True).content, Ruling((), same=False).content]
    here = Ruling((), same=True, branch=branch).content
    fits = branch and not set(here) & set(',"') and len(",".join([*plain, here])) <= _LONGEST_LIST
    return [plain[0], here, plain[1]] if fits else plain
