"""The branch register's columns: Vietnamese heading ↔ English name ↔ kind, in template order.

The headings other people use for the same columns are in `headings_vi.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a cell of the column is read and written."""

    TEXT = "text"
    DIGITS = "digits"  # an identifier: text that must keep its zeros
    DATE = "date"
    CODE = "code"  # one label of a closed list
    CODES = "codes"  # several labels parted by ";"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the register; `width` in characters of the template."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    width: int = 14


_DATE = Kind.DATE

REGISTER: tuple[Column, ...] = (
    Column("number", "STT", Kind.TEXT, 5),
    Column("full_name", "Họ và tên", Kind.TEXT, 24),
    Column("birth_on", "Ngày, tháng, năm sinh", _DATE, 12),
    Column("sex", "Giới tính", Kind.CODE, 8),
    Column("citizen_id", "Số định danh cá nhân", Kind.DIGITS, 15),
    Column("ethnicity", "Dân tộc", Kind.CODE, 10),
    Column("religion", "Tôn giáo", Kind.CODE, 12),
    Column("native_place", "Quê quán", Kind.TEXT, 24),
    Column("residence", "Nơi ở hiện nay", Kind.TEXT, 24),
    Column("schooling", "Trình độ giáo dục phổ thông", Kind.CODE, 12),
    Column("qualification", "Trình độ chuyên môn", Kind.CODE, 14),
    Column("political_theory", "Lý luận chính trị", Kind.CODE, 11),
    Column("occupation", "Nghề nghiệp", Kind.TEXT, 16),
    Column("position", "Chức vụ, đơn vị công tác", Kind.TEXT, 22),
    Column("target_groups", "Đối tượng", Kind.CODES, 20),
    Column("youth_union_on", "Ngày vào Đoàn", _DATE, 12),
    Column("sympathizer_on", "Ngày xét cảm tình Đảng", _DATE, 12),
    Column("helper", "Đảng viên giúp đỡ", Kind.TEXT, 22),
    Column("helper_assigned_on", "Ngày phân công giúp đỡ", _DATE, 12),
    Column("certificate_number", "Số giấy chứng nhận lớp nhận thức", Kind.TEXT, 14),
    Column("certificate_on", "Ngày cấp giấy chứng nhận", _DATE, 12),
    Column("dossier_opened_on", "Ngày cho làm hồ sơ", _DATE, 12),
    Column("applied_on", "Ngày làm đơn", _DATE, 12),
    Column("vetting_sent_on", "Ngày gửi thẩm tra", _DATE, 12),
    Column("vetting_result_on", "Ngày có kết quả thẩm tra", _DATE, 12),
    Column("union_resolved_on", "Ngày nghị quyết Đoàn, Công đoàn giới thiệu", _DATE, 12),
    Column("residence_opinion_on", "Ngày lấy ý kiến nơi cư trú", _DATE, 12),
    Column("branch_resolved_on", "Ngày nghị quyết chi bộ", _DATE, 12),
    Column("votes_for", "Số phiếu tán thành", Kind.COUNT, 9),
    Column("members_summoned", "Số đảng viên được triệu tập", Kind.COUNT, 9),
    Column("committee_resolved_on", "Ngày nghị quyết đảng ủy cơ sở", _DATE, 12),
    Column("dossier_sent_on", "Ngày gửi hồ sơ", _DATE, 12),
    Column("decision_number", "Số quyết định kết nạp", Kind.TEXT, 14),
    Column("decided_on", "Ngày quyết định kết nạp", _DATE, 12),
    Column("decision_received_on", "Ngày nhận quyết định", _DATE, 12),
    Column("ceremony_on", "Ngày lễ kết nạp", _DATE, 12),
    Column("member_record_on", "Ngày khai lý lịch đảng viên", _DATE, 12),
    Column("new_member_certificate_on", "Ngày giấy chứng nhận đảng viên mới", _DATE, 12),
    Column("recognition_resolved_on", "Ngày nghị quyết chi bộ công nhận", _DATE, 12),
    Column("recognized_on", "Ngày quyết định công nhận chính thức", _DATE, 12),
    Column("card_number", "Số thẻ đảng viên", Kind.DIGITS, 14),
    Column("status", "Tình trạng", Kind.CODE, 16),
    Column("status_changed_on", "Ngày thay đổi", _DATE, 12),
    Column("moved_to", "Nơi chuyển", Kind.TEXT, 18),
    Column("explanation", "Giải trình", Kind.TEXT, 24),
    Column("remark", "Ghi chú", Kind.TEXT, 24),
)

BY_NAME: dict[str, Column] = {column.name: column for column in REGISTER}
HEADING: dict[str, str] = {column.name: column.heading for column in REGISTER}

REGISTER_SHEET = "Sổ theo dõi"

#: The very hidden sheet in which a marked register keeps what stood there before.
JOURNAL_SHEET = "_songuon"

#: The list of what persons lack that were put into a form.
LACKING_HEADINGS = ("STT", "Dòng trong biểu", "Chi bộ", "Họ và tên", "Còn thiếu", "Sổ đang ghi")

#: The first lines of the lists that our buttons write beside a register, by which reading knows them again.
OUR_LISTS: frozenset[tuple[object, ...]] = frozenset(
    {
        ("STT", "Mức", "Ô", "Cột", "Giá trị", "Nội dung", "Cách sửa"),
        (
            *("STT", "Họ và tên", "Bước", "Mốc tính", "Ngày mốc", "Thời hạn", "Hạn", "Số ngày quá hạn", "Mức"),
            *("Căn cứ", "Ô"),
        ),
        LACKING_HEADINGS,
    }
)

#: Custom properties by which our own files are known whatever their name: the branch of a register made from our
#: template, and the kind of a book that we wrote (so that nobody's output is taken for a submission).
BRANCH_PROPERTY = "songuon.branch"
KIND_PROPERTY = "songuon.kind"
QUOTA_BOOK = "quota_book"
UPWARD_BOOK = "upward_book"
ROLLUP_BOOK = "rollup_book"
OUR_PROPERTIES = frozenset({BRANCH_PROPERTY, KIND_PROPERTY})

#: The kinds of books of ours that hold counts and no sheet of persons.
COUNT_BOOKS: frozenset[str] = frozenset({UPWARD_BOOK, ROLLUP_BOOK})
