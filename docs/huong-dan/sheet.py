"""The sheet to print and to keep beside the keyboard: one page of A4."""

from docx.document import Document

from macros_py.actions import table
from workbook.outgoing import word_page
from workbook.outgoing.word_file import content, describe
from workbook.outgoing.word_page import CENTRE, JUSTIFIED, LEFT, Type

_TITLE = "SỔ NGUỒN: MỘT TRANG CẦN NHỚ"
_SIZE = 13
_HEAD, _PART = Type(CENTRE, 17, bold=True, space=(0, 6)), Type(LEFT, 14, bold=True, space=(10, 3), keep=True)
_CELL, _STRONG, _LINE = Type(LEFT, _SIZE), Type(LEFT, _SIZE, bold=True), Type(JUSTIFIED, _SIZE, space=(2, 2))
_WIDTHS = (3.4, 4.0, 10.6)  # centimetres

#: Task, the buttons by their tags, the command.
_TASKS = (
    ("Nhận sổ mới", ("new_register",), 'songuon template register so-theo-doi.xlsx\n--branch "Chi bộ …"'),
    ("Kiểm tra", ("check", "next_error"), "songuon check nhan/ --committee so-cap-uy.xlsx"),
    ("Giải trình", ("explain",), "ghi vào cột Giải trình của sổ"),
    ("Mất danh sách chọn", ("restore_lists",), "(chỉ có nút)"),
    ("Bỏ màu, ghi chú", ("clear",), "(chỉ có nút)"),
    ("Trả lại", ("return_slips",), "songuon check nhan/ --committee so-cap-uy.xlsx\n--slips tra-lai-2026-11/"),
    ("Đôn đốc", ("overdue",), "songuon overdue nhan/ --committee so-cap-uy.xlsx"),
    ("Tổng hợp", ("consolidate",),
     "songuon consolidate nhan/ --committee so-cap-uy.xlsx\n--out so-chi-tieu.xlsx"),
    ("Báo cáo", (), "songuon report so-chi-tieu.xlsx --docx bao-cao.docx"),
    ("Gửi cấp trên", (), "songuon report so-chi-tieu.xlsx --upward so-lieu.xlsx"),
)  # fmt: skip

_COLOURS = (
    "Đỏ: lỗi, phải sửa. Vàng: cần giải trình, sửa hoặc ghi lý do. Xanh nhạt: lưu ý, để biết.",
    "Rê chuột vào ô có màu để đọc cách sửa. Danh sách đầy đủ ở trang “Lỗi”.",
)
_ALWAYS = (
    "Sổ chi bộ gửi lên để nguyên trong thư mục nhan; không để sổ chỉ tiêu, bản sao đánh dấu vào đó.",
    "Sổ kết quả không ghi đè tệp đã có: mỗi kỳ đặt một tên mới, giữ sổ kỳ trước để so sánh.",
    "Trước khi dùng số: xem dòng “Đối chiếu khớp”. Nếu ghi “ĐỐI CHIẾU LỆCH” thì không dùng sổ ấy.",
    "Số ghi “theo tài liệu dẫn lại”, “chưa kiểm chứng”: hỏi cấp ủy trước khi dựa vào.",
    "Sổ có họ tên, số định danh: không gửi qua mạng xã hội; gửi cấp trên thì dùng sổ số liệu.",
)
_TROUBLE = (
    "Bấm nút không thấy gì: đang gõ dở trong ô thì nhấn Enter rồi bấm lại.",
    "Excel chặn, mất thẻ Sổ Nguồn: chạy songuon doctor, rồi dùng songuon palette.",
    "Tệp không đọc được: đọc câu thông báo, làm theo “Cách sửa”; các tệp khác vẫn được tính.",
)


def sheet() -> bytes:
    """The Word document; always the same bytes."""
    document = word_page.page(_SIZE, right=1.5)
    section = document.sections[0]
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin
    describe(document, _TITLE)
    word_page.line(document, _TITLE, _HEAD)
    _tasks(document)
    for title, lines in (("Màu trong sổ", _COLOURS), ("Luôn nhớ", _ALWAYS), ("Khi có sự cố", _TROUBLE)):
        word_page.line(document, title, _PART)
        for text in lines:
            word_page.line(document, f"• {text}", _LINE)
    word_page.line(document, "Hỏi ai: ……………………………………  Điện thoại: ………………………", Type(LEFT, _SIZE, space=(8, 0)))
    return content(document.save)


def _tasks(document: Document) -> None:
    labels = {action.tag: action.label for action in table().actions}
    made = word_page.table(document, _WIDTHS, ruled=True)
    word_page.fill(made, 0, ("Việc", "Bấm nút", "Hoặc gõ lệnh"), (_STRONG,) * 3)
    for row, (task, tags, command) in enumerate(_TASKS, start=1):
        pressed = ", ".join(labels[tag] for tag in tags) or "(chỉ có lệnh)"
        word_page.fill(made, row, (task, pressed, command), (_CELL, _STRONG, _CELL))
