"""A heading is a register column for certain, or a question; never a guess."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.incoming import headings
from workbook.incoming import vocabulary as words_module
from workbook.incoming.headings import column_named, doubt, paper_columns, recognise
from workbook.incoming.vocabulary import Target, heading_key, heading_of, vocabulary
from workbook.layout import HEADING, REGISTER
from workbook.messages import sentence


def _path(text: str) -> tuple[str, ...]:
    return tuple(text.split(" | "))


@pytest.mark.parametrize("column", REGISTER, ids=lambda column: column.name)
def test_the_template_s_own_heading_is_its_column_however_it_is_typed(column):
    target = Target(column.name)
    spellings = (
        column.heading,
        column.heading.upper(),
        column.heading.lower(),
        f" {column.heading} (*) : ",
        column.heading.replace(" ", "\n"),
        column.heading.replace(" ", "\u00a0"),
        column.heading.replace(", ", " - "),
        unicodedata.normalize("NFD", column.heading),
    )
    assert {recognise((spelling,)) for spelling in spellings} == {target}
    assert column_named(column.heading) == column.name


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Ngày QĐ KNĐV", "decided_on"),
        ("Số QĐ KNĐV", "decision_number"),
        ("Số GCN NTVĐ", "certificate_number"),
        ("Ngày cấp GCN NTVĐ", "certificate_on"),
        ("Ngày kết luận thẩm tra", "vetting_result_on"),
        ("Có KQ thẩm tra", "vetting_result_on"),
        ("Cho làm hồ sơ ngày", "dossier_opened_on"),
        ("NQ chi bộ đề nghị công nhận chính thức", "recognition_resolved_on"),
        ("Ngày kê khai lý lịch đảng viên", "member_record_on"),
        ("TT", "number"),
        ("S\nT\nT", "number"),
        ("HỌ VÀ TÊN*", "full_name"),
        ("Họ và tên (1)", "full_name"),
        ("HOTEN", "full_name"),
        ("HoTen", "full_name"),
        ("Ho va ten", "full_name"),
        ("họvàtên", "full_name"),
        ("FULL NAME", "full_name"),
        ("Họ tên SV", "full_name"),
        ("Ngày. tháng. năm sinh", "birth_on"),
        ("Ngày Sinh (d/m/Y)", "birth_on"),
        ("Ngày sinh (tháng/năm hoặc năm sinh)", "birth_on"),
        ("Sinh ngày * (dd/mm/yyyy)", "birth_on"),
        ("namSinh", "birth_on"),
        ("Phái", "sex"),
        ("GIOITINH", "sex"),
        ("Giới tính (Nam hoặc nữ)", "sex"),
        ("Số CMND/CCCD", "citizen_id"),
        ("Số định danh cá nhân *", "citizen_id"),
        ("Nguyên quán", "native_place"),
        ("queQuan", "native_place"),
        ("Nơi ở hiện nay (7)", "residence"),
        ("Địa chỉ / Nơi ở", "residence"),
        ("Trình độ văn hóa", "schooling"),
        ("Trình độ văn hoá", "schooling"),
        ("Trình độ | Văn hóa", "schooling"),
        ("Trình độ CMKT cao nhất", "qualification"),
        ("Trình độ | Chuyên môn", "qualification"),
        ("LÝ LUẬN CHÍNH TRỊ (CC, TC, SC)", "political_theory"),
        ("TRÌNH ĐỘ | LÝ LUẬN CHÍNH TRỊ", "political_theory"),
        ("Trình độ LLCT", "political_theory"),
        ("Ngày vào đoàn*", "youth_union_on"),
        ("Ngày vào Đoàn TNCS Hồ Chí Minh", "youth_union_on"),
        ("Thời gian vào đoàn", "youth_union_on"),
        ("Ngày họp CB công nhận đối tượng cảm tình Đảng", "sympathizer_on"),
        ("Đảng viên được giúp đỡ", "helper"),
        ("Đảng viên giúp đỡ | Họ và tên", "helper"),
        ("Ngày được phân công giúp đỡ", "helper_assigned_on"),
        ("Đảng viên giúp đỡ | Ngày phân công", "helper_assigned_on"),
        ("Số QĐ của CC BD", "certificate_number"),
        ("Ngày cấp CC BĐ", "certificate_on"),
        ("Giấy chứng nhận | Ngày cấp", "certificate_on"),
        ("Lớp bồi dưỡng nhận thức về Đảng | Số GCN", "certificate_number"),
        ("Ngày NQ của chi bộ", "branch_resolved_on"),
        ("Ngày NQ đảng uỷ cơ sở", "committee_resolved_on"),
        ("Số QĐ Kết nạp đảng viên", "decision_number"),
        ("NGÀY QUYẾT ĐỊNH KẾT NẠP", "decided_on"),
        ("Kết nạp Đảng | Ngày quyết định", "decided_on"),
        ("Ngày vào Đảng", "ceremony_on"),
        ("Ngày kết nạp Đảng", "ceremony_on"),
        ("Ngày vào Đảng | Dự bị", "ceremony_on"),
        ("Ngày vào Đảng | Ngày kết nạp", "ceremony_on"),
        ("Ngày chính thức", "recognized_on"),
        ("Ngày vào Đảng chính thức*", "recognized_on"),
        ("Ngày vào Đảng | Chính thức", "recognized_on"),
        ("Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)", "card_number"),
        ("Ngày chuyển sinh hoạt", "status_changed_on"),
        ("Nơi chuyển tới", "moved_to"),
        ("Ghichu", "remark"),
        ("Tên chi bộ công nhận", "unit"),
        ("Tổ chức Đảng đang sinh hoạt * (không sửa)", "unit"),
    ],
)
def test_a_heading_that_branches_use_is_its_column(heading, column):
    target = recognise(_path(heading))
    assert target is not None
    assert (target.column, target.part) == (column, "")


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Họ đệm", Target("full_name", "family")),
        ("HỌ LÓT", Target("full_name", "family")),
        ("Hodem", Target("full_name", "family")),
        ("Họ", Target("full_name", "family")),
        ("Tên", Target("full_name", "given")),
        ("Họ và tên | Tên", Target("full_name", "given")),
        ("Ngày sinh | Nam", Target("birth_on", "male")),
        ("Ngày tháng năm sinh (2&3) | Nữ", Target("birth_on", "female")),
        ("Ngày, tháng, năm sinh | Năm", Target("birth_on", "year")),
        ("Ngày. tháng. năm sinh | Th", Target("birth_on", "month")),
        ("I. SƠ YẾU LÝ LỊCH | Ngày sinh | Nữ", Target("birth_on", "female")),
        ("Nữ", Target("by_sex", "female")),
        ("Giới tính | Nữ", Target("sex", "tick", "Nữ")),
        ("Dân tộc | Kinh", Target("ethnicity", "tick", "Kinh")),
        ("Lý luận chính trị | Cao cấp, cử nhân", Target("political_theory", "tick", "Cao cấp, cử nhân")),
        ("Chuyên môn | Tiến sỹ", Target("qualification", "tick", "Tiến sỹ")),
        ("Học vấn | THCS", Target("schooling", "tick", "THCS")),
        ("Chức vụ hiện nay | Chính quyền", Target("position", "piece")),
        ("Quê quán | Xã/Phường", Target("native_place", "piece")),
    ],
)
def test_a_heading_of_a_part_says_which_part(heading, target):
    assert recognise(_path(heading)) == target


@pytest.mark.parametrize(
    "heading",
    [
        "Năm",
        "Ngày",
        "Đảng",
        "Khác",
        "Số",
        "Trình độ",
        "dự bị",
        "chính thức",
        "Ngày quyết định",
        "Lớp | Tên",
        "Tuổi | Nam",
        "Họ Tên Cha",
        "Cha | Họ và tên",
        "Mẹ | HO TEN",
        "CHỦ TỊCH | HỌ VÀ TÊN",
        "Người giới thiệu thứ hai | Họ và tên",
        "Thông tin vợ, chồng | Ngày sinh",
        "Công nghệ thông tin",
        "Mã nhân viên",
        "Học hàm",
        "MSSV",
        "Ngày cấp CCCD",
        "Lop",
        "",
        "(1)",
    ],
)
def test_what_needs_its_group_or_names_somebody_else_is_no_column(heading):
    assert recognise(_path(heading)) is None


def test_year_is_never_male_and_no_class_is_ever_a_sum():
    assert recognise(("Năm",)) is None
    assert recognise(("Ngày sinh", "Năm")) != recognise(("Ngày sinh", "Nam"))
    assert heading_key("Năm") != heading_key("Nam")
    assert heading_key("Công") != heading_key("Cộng")


def test_without_accents_year_and_male_cannot_be_told_apart_and_are_asked_about():
    assert recognise(("Ngay sinh", "Nam")) is None
    assert recognise(("Ngay sinh", "Nu")) == Target("birth_on", "female")
    asked = doubt(("Ngay sinh", "Nam"))
    assert asked is not None
    assert asked.code == "heading.ambiguous"


def test_accents_are_dropped_only_where_the_heading_has_none_at_all():
    assert recognise(("Dan toc",)) == Target("ethnicity")
    assert recognise(("Dân toc",)) is None


@pytest.mark.parametrize(
    ("heading", "suggestion"),
    [("Dân tôc", "ethnicity"), ("Gới tính", "sex"), ("Ngày quyêt định kết nạp", "decided_on")],
)
def test_a_near_miss_is_a_question_that_names_the_column(heading, suggestion):
    assert recognise((heading,)) is None
    asked = doubt((heading,))

    assert asked is not None
    assert (asked.code, asked.column) == ("heading.unsure", suggestion)
    assert asked.detail == {"heading": heading, "suggestion": HEADING[suggestion]}


@pytest.mark.parametrize("heading", ["Họ và tên cha", "SĐT", "Lớp", "Ngày cấp CCCD", "Mã số", "Nơi sinh", "xyz", "Số"])
def test_a_column_of_the_branch_s_own_is_not_taken_for_a_misspelling(heading):
    asked = doubt((heading,))
    assert asked is None or asked.code == "heading.ambiguous"


@pytest.mark.parametrize(
    ("heading", "candidates"),
    [
        ("DT", "Dân tộc, Đối tượng"),
        ("Ngày kê khai lý lịch", "Ngày khai lý lịch đảng viên, Ngày cho làm hồ sơ"),
        ("Giấy CN học lớp cảm tình (số, ngày cấp)", "Số giấy chứng nhận lớp nhận thức, Ngày cấp giấy chứng nhận"),
        ("QĐ kết nạp (số, ngày)", "Số quyết định kết nạp, Ngày quyết định kết nạp"),
    ],
)
def test_what_may_be_either_of_two_columns_is_asked_about_with_both(heading, candidates):
    assert recognise((heading,)) is None
    assert doubt((heading,)).detail == {"heading": heading, "candidates": candidates}


CERTIFICATE, DECISION = ("certificate_number", "certificate_on"), ("decision_number", "decided_on")


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("Giấy CN học lớp cảm tình (số, ngày cấp)", CERTIFICATE),
        ("Giấy CN học lớp cảm tình | Số, ngày cấp", CERTIFICATE),
        ("Số, ngày cấp GCN bồi dưỡng nhận thức về Đảng", CERTIFICATE),
        ("Quá trình | QĐ KNĐV (số và ngày)", DECISION),
        ("Số, ngày, tháng, năm cấp GCN lớp nhận thức", CERTIFICATE),
        ("Giấy CN học lớp cảm tình", ()),
        ("Quyết định kết nạp", ()),
        ("Quyết định (số, ngày)", ()),
        ("Giấy khen (số, ngày)", ()),
        ("GCN đảng viên mới (số, ngày cấp)", ()),
        ("Kỷ luật | Quyết định kết nạp (số, ngày)", ()),
        ("(số, ngày)", ()),
    ],
)
def test_a_heading_says_that_the_number_and_the_day_of_a_paper_stand_together(path, columns):
    assert paper_columns(_path(path)) == columns


@pytest.mark.parametrize("key", vocabulary().ambiguous)
def test_an_ambiguous_heading_is_read_nowhere_and_its_question_can_be_put(key):
    target = recognise((key,))
    assert target is None or target.column == "by_sex"
    asked = doubt((key,))
    assert asked is not None
    assert str(asked.detail["candidates"]) in sentence(asked.code, asked.detail).message


def test_no_heading_of_the_words_means_two_columns():
    assert vocabulary.__wrapped__() == vocabulary()


def test_two_meanings_of_one_heading_are_our_bug(monkeypatch):
    said = {**words_module.words(), "second": {"remark": ["Họ và tên"]}}
    monkeypatch.setattr(words_module, "words", lambda: said)
    with pytest.raises(ValueError, match="full_name"):
        vocabulary.__wrapped__()


def test_every_register_column_has_other_names_than_its_own():
    keys = {heading_key(heading) for heading in HEADING.values()}
    spoken = {target.column for heading, target in vocabulary().exact.items() if heading not in keys}
    assert set(HEADING) <= spoken


@given(st.text(alphabet="aăâeêioôơuưyhntgđĐ NSTR|()*.,:/-\n\u00a0\u0301\u0323", max_size=24))
def test_a_key_is_its_own_key(text):
    assert heading_key(heading_key(text)) == heading_key(text)


@given(st.lists(st.text(max_size=12), max_size=3))
def test_any_text_is_a_column_or_none_and_never_a_crash(path):
    target = recognise(tuple(path))
    assert target is None or target.column in {*HEADING, "unit", "by_sex"}
    doubt(tuple(path))


_LEVELS = sorted({level for path in vocabulary().exact for level in path.split(" | ")})
_TITLES = [
    "Chi bộ thôn Nà Ổi",
    "Sổ theo dõi nguồn",
    "Hội Phụ nữ",
    "Được đồng chí",
    "Ket nap Dang",
    "Quá trình phấn đấu",
]


@given(path=st.lists(st.sampled_from(_LEVELS) | st.sampled_from(_TITLES), min_size=1, max_size=3).map(tuple))
def test_words_that_are_in_no_heading_are_passed_over_without_any_change_of_meaning(path):
    quick = recognise.__wrapped__(path), doubt.__wrapped__(path)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(headings, "can_be_spelled", lambda _: True)
        assert (recognise.__wrapped__(path), doubt.__wrapped__(path)) == quick


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (("Nghị quyết chi bộ", "Ngày"), "branch_resolved_on"),
        (("Nghị quyết chi bộ", "Ngày nghị quyết"), "branch_resolved_on"),
        (("Nghị quyết đảng ủy cơ sở", "Ngày"), "committee_resolved_on"),
        (("Lý lịch", "Khai lý lịch đảng viên", "Ngày"), "member_record_on"),
        (("Chuyển đảng chính thức", "Ngày quyết định"), "recognized_on"),
    ],
)
def test_a_group_and_its_leaf_may_be_read_as_one_heading(path, column):
    assert recognise(path).column == column


@pytest.mark.parametrize(
    ("path", "candidates"),
    [
        ("Xét cảm tình Đảng | NQ chi bộ", "Ngày nghị quyết chi bộ, Ngày xét cảm tình Đảng"),
        ("Công nhận cảm tình Đảng | Nghị quyết Đảng ủy", "Ngày nghị quyết đảng ủy cơ sở, Ngày xét cảm tình Đảng"),
        (
            "Xét công nhận | NQ chi bộ",
            "Ngày nghị quyết chi bộ, Ngày nghị quyết chi bộ công nhận, Ngày xét cảm tình Đảng",
        ),
        ("Chuyển đảng | NQ chi bộ", "Ngày nghị quyết chi bộ, Ngày quyết định công nhận chính thức"),
        ("Chính thức | Chi bộ", "Chi bộ, Ngày quyết định công nhận chính thức"),
        ("Lớp đảng viên mới | Số GCN", "Số giấy chứng nhận lớp nhận thức, Ngày giấy chứng nhận đảng viên mới"),
        ("Công đoàn | Ngày kết nạp", "Ngày lễ kết nạp, Ngày nghị quyết Đoàn, Công đoàn giới thiệu"),
    ],
)
def test_a_heading_below_a_group_of_another_step_is_asked_about(path, candidates):
    assert recognise(_path(path)) is None
    question = doubt(_path(path))
    assert question.code == "heading.ambiguous"
    assert question.detail["candidates"] == candidates


@pytest.mark.parametrize(
    "path",
    [
        "Công nhận chính thức | NQ chi bộ",
        "Công nhận chính thức | Nghị quyết chi bộ | Ngày",
        "Công nhận đảng viên chính thức | Chi bộ họp xét",
        "Cong nhan chinh thuc | Nghi quyet chi bo",
        "Chuyển đảng chính thức | NQ chi bộ",
        "Chuyển chính thức | Chi bộ họp xét",
        "Chính thức | NQ chi bộ",
        "Quá trình | Chính thức | Nghị quyết | Chi bộ",
    ],
)
def test_the_branch_s_resolution_below_the_recognition_is_that_on_the_recognition(path):
    assert recognise(_path(path)) == Target("recognition_resolved_on")


@pytest.mark.parametrize("group", ["Đảng viên dự bị", "Dự bị", "Thời gian dự bị", "Dang vien du bi"])
@pytest.mark.parametrize(
    ("leaf", "candidates"),
    [
        ("NQ chi bộ", ["branch_resolved_on", "recognition_resolved_on"]),
        ("Nghị quyết chi bộ | Ngày", ["branch_resolved_on", "recognition_resolved_on"]),
        ("Số phiếu tán thành", ["votes_for"]),
        ("Ngày NQ đảng ủy", ["committee_resolved_on"]),
        ("Số GCN", ["certificate_number"]),
        ("Ngày cấp GCN", ["certificate_on", "new_member_certificate_on"]),
        ("Ngày gửi hồ sơ", ["dossier_sent_on"]),
        ("Ngày nhận quyết định", ["decision_received_on"]),
        ("Ngày phân công giúp đỡ", ["helper_assigned_on"]),
    ],
)
def test_what_a_branch_does_for_somebody_on_probation_is_not_taken_for_the_admission(group, leaf, candidates):
    path = (group, *_path(leaf))
    assert recognise(path) is None
    question = doubt(path)
    assert question.code == "heading.ambiguous"
    assert question.detail["candidates"] == ", ".join(map(heading_of, candidates))


@pytest.mark.parametrize(
    ("path", "candidates"),
    [
        ("Kết nạp | NQ", "Ngày nghị quyết chi bộ, Ngày nghị quyết đảng ủy cơ sở"),
        ("Kết nạp | QĐ", "Số quyết định kết nạp, Ngày quyết định kết nạp"),
        ("Kết nạp | Ngày nghị quyết", "Ngày nghị quyết chi bộ, Ngày nghị quyết đảng ủy cơ sở"),
        ("Nghị quyết kết nạp", "Ngày nghị quyết chi bộ, Ngày nghị quyết đảng ủy cơ sở"),
        ("Công nhận chính thức | NQ", "Ngày nghị quyết chi bộ công nhận"),
        ("Công nhận đảng viên chính thức | NQ", "Ngày nghị quyết chi bộ công nhận"),
        ("Chuyển chính thức | Ngày nghị quyết", "Ngày nghị quyết chi bộ công nhận"),
        ("Công nhận chính thức | QĐ", "Ngày quyết định công nhận chính thức"),
        ("Chuyển chính thức | QĐ", "Ngày quyết định công nhận chính thức"),
        ("Chuyển đảng chính thức | QĐ", "Ngày quyết định công nhận chính thức"),
    ],
)
def test_what_a_group_and_a_short_leaf_may_mean_together_is_asked_about(path, candidates):
    assert recognise(_path(path)) is None
    question = doubt(_path(path))
    assert question.code == "heading.ambiguous"
    assert question.detail["candidates"] == candidates


@pytest.mark.parametrize(
    "path", ["Công nhận chính thức | Số QĐ", "Chuyển chính thức | Số quyết định", "Nghị quyết chi bộ | Số"]
)
def test_a_column_of_the_branch_s_own_may_be_told_by_its_group(path):
    assert recognise(_path(path)) is None
    assert doubt(_path(path)) is None


def test_a_group_typed_without_accents_is_a_group_all_the_same():
    assert recognise(("Xet cam tinh Dang", "Ngay nghi quyet chi bo")) is None
    assert recognise(("Ket nap Dang", "Ngay nghi quyet chi bo")) == Target("branch_resolved_on")
    assert recognise(("Dang vien kem cap", "Ho va ten")) is None


@pytest.mark.parametrize("group", ["Đảng viên kèm cặp", "Đảng viên phụ trách", "Đảng viên được phân công"])
@pytest.mark.parametrize("leaf", ["Họ và tên", "Năm sinh", "Ngày vào Đảng", "Chức vụ"])
def test_what_stands_below_a_helper_is_the_helper_s_and_nothing_of_the_person(group, leaf):
    assert recognise((group, leaf)) is None
    assert doubt((group, leaf)) is None


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("Kết nạp Đảng | NQ chi bộ", "branch_resolved_on"),
        ("Quá trình phấn đấu | Nghị quyết chi bộ", "branch_resolved_on"),
        ("Hồ sơ kết nạp | Số GCN", "certificate_number"),
        ("Cảm tình Đảng | Số GCN", "certificate_number"),
        ("Đảng viên dự bị | Đảng viên giúp đỡ", "helper"),
        ("Đảng viên dự bị | Ngày sinh", "birth_on"),
    ],
)
def test_a_group_of_the_same_step_or_of_none_changes_nothing(path, column):
    assert recognise(_path(path)) == Target(column)


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("Kỷ luật | NQ chi bộ", "branch_resolved_on"),
        ("Xóa tên | Ngày nghị quyết chi bộ", "branch_resolved_on"),
        ("Cử đi học | NQ chi bộ", "branch_resolved_on"),
        ("Giới thiệu học lớp nhận thức | NQ chi bộ", "branch_resolved_on"),
        ("Giới thiệu học lớp nhận thức | Ngày NQ đảng ủy", "committee_resolved_on"),
        ("Cho làm hồ sơ | NQ chi bộ", "branch_resolved_on"),
        ("Kéo dài thời gian dự bị | NQ chi bộ", "branch_resolved_on"),
        ("Xét công nhận QCƯT | NQ chi bộ", "branch_resolved_on"),
        ("Chi ủy nơi cư trú | Ngày nghị quyết chi bộ", "branch_resolved_on"),
        ("Ky luat | Nghi quyet chi bo", "branch_resolved_on"),
        ("Đảng ủy bộ phận | Ngày NQ đảng ủy", "committee_resolved_on"),
        ("Công đoàn giới thiệu | Số phiếu tán thành", "votes_for"),
        ("Nghị quyết đảng ủy | Số phiếu tán thành", "votes_for"),
        ("Hội Cựu chiến binh | Ngày kết nạp", "ceremony_on"),
        ("Hội Phụ nữ | Ngày kết nạp", "ceremony_on"),
        ("Chi hội Nông dân | Ngày kết nạp", "ceremony_on"),
        ("Đoàn thể | Ngày kết nạp", "ceremony_on"),
        ("Hoi Phu nu | Ngay ket nap", "ceremony_on"),
        ("Khen thưởng | Số QĐ kết nạp", "decision_number"),
        ("Hủy quyết định | Ngày QĐ kết nạp", "decided_on"),
        ("Công nhận chính thức | Ngày gửi hồ sơ", "dossier_sent_on"),
        ("Công nhận chính thức | Ngày nhận quyết định", "decision_received_on"),
        ("Hồ sơ chuyển chính thức | Ngày lấy ý kiến nơi cư trú", "residence_opinion_on"),
        ("Công nhận chính thức | Ngày chuyển", "status_changed_on"),
        ("Thẩm tra | Ngày chuyển", "status_changed_on"),
        ("Tin học | Số chứng chỉ", "certificate_number"),
        ("Lý luận chính trị | Ngày cấp giấy chứng nhận", "certificate_on"),
        ("Đã học lớp đảng viên mới | Số GCN", "certificate_number"),
        ("Lớp trung cấp lý luận | Số GCN", "certificate_number"),
        ("Nơi chuyển đến | Chi bộ", "unit"),
        ("Biểu quyết | Chi bộ", "unit"),
        ("Ngày báo cáo | Chi bộ", "unit"),
        ("Thẩm tra lý lịch | Quê quán", "native_place"),
        ("Xác minh | Nơi cư trú", "residence"),
        ("Chuyển đi | Chi bộ", "unit"),
        ("Công nhận cảm tình Đảng | Chi bộ", "unit"),
        ("Công nhận chính thức | Chi bộ", "unit"),
        ("Đảng viên chính thức | Số GCN", "certificate_number"),
        ("Hết dự bị | NQ chi bộ", "branch_resolved_on"),
        ("Công tác chuyển chính thức | Chi bộ", "unit"),
        ("Phát thẻ đảng viên | NQ chi bộ", "branch_resolved_on"),
        ("Phát thẻ đảng viên | Ngày gửi hồ sơ", "dossier_sent_on"),
        ("Cấp thẻ | Ngày nhận quyết định", "decision_received_on"),
        ("Chuyển sinh hoạt | Ngày gửi hồ sơ", "dossier_sent_on"),
        ("Chuyển đi | Ngày nhận quyết định", "decision_received_on"),
    ],
)
def test_a_heading_below_a_group_of_another_matter_is_asked_about(path, column):
    assert recognise(_path(path)) is None
    question = doubt(_path(path))
    assert question.code == "heading.ambiguous"
    assert question.detail["candidates"].split(", ")[0] == heading_of(column).split(", ")[0]


@pytest.mark.parametrize("leaf", ["NQ chi bộ", "Ngày nghị quyết đảng ủy", "Số phiếu tán thành", "Số triệu tập"])
def test_a_resolution_below_a_group_that_nobody_knows_is_asked_about(leaf):
    assert recognise(("Gương sáng bản làng", leaf)) is None
    assert doubt(("Gương sáng bản làng", leaf)).code == "heading.ambiguous"


@pytest.mark.parametrize(
    "group",
    [
        "Bí thư chi bộ",
        "Phó Bí thư phụ trách",
        "Cấp ủy viên phụ trách",
        "Người theo dõi",
        "Thủ trưởng đơn vị",
        "Phụ huynh",
    ],
)
@pytest.mark.parametrize("leaf", ["Họ và tên", "Ngày sinh", "Số CCCD"])
def test_what_stands_below_an_office_is_of_its_holder(group, leaf):
    assert recognise((group, leaf)) is None
    assert doubt((group, leaf)) is None


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("QUÁ TRÌNH BỒI DƯỠNG | NQ chi bộ", "branch_resolved_on"),
        ("I. Quá trình phấn đấu | NQ chi bộ", "branch_resolved_on"),
        ("Các bước kết nạp | Số phiếu tán thành", "votes_for"),
        ("Gương sáng bản làng | Ngày chi bộ xét kết nạp", "branch_resolved_on"),
        ("Trình độ | NQ chi bộ", "branch_resolved_on"),
        ("Đảng ủy | Nghị quyết chi bộ", "branch_resolved_on"),
        ("Đảng ủy cơ sở | Ngày NQ đảng ủy", "committee_resolved_on"),
        ("Hội nghị chi bộ | Số phiếu tán thành", "votes_for"),
        ("Đảng, đoàn thể | Ngày kết nạp", "ceremony_on"),
        ("Đoàn thể | Ngày vào Đảng", "ceremony_on"),
        ("Hội viên là đảng viên | Ngày kết nạp", "ceremony_on"),
        ("Đoàn thể | Ngày vào Đoàn", "youth_union_on"),
        ("Đoàn thể giới thiệu | Ngày NQ Đoàn", "union_resolved_on"),
        ("Cử đi học lớp nhận thức | Ngày cấp GCN", "certificate_on"),
        ("Bồi dưỡng LLCT và nhận thức về Đảng | Số GCN", "certificate_number"),
        ("Đảng viên phụ trách | Ngày phân công", "helper_assigned_on"),
        ("Xóa tên | Ngày", "status_changed_on"),
        ("Nơi chuyển đến | Ngày chuyển", "status_changed_on"),
        ("Nơi sinh hoạt | Chi bộ", "unit"),
        ("Kết nạp đảng viên dự bị | NQ chi bộ", "branch_resolved_on"),
        ("Đảng viên dự bị | Ngày NQ chi bộ xét kết nạp", "branch_resolved_on"),
        ("Đảng viên dự bị | NQ chi bộ công nhận", "recognition_resolved_on"),
        ("Đảng viên dự bị | Ngày kết nạp", "ceremony_on"),
        ("Đảng viên dự bị | Số QĐ kết nạp", "decision_number"),
        ("Đảng viên dự bị | Ngày GCN nhận thức", "certificate_on"),
        ("Đảng viên dự bị | Chi bộ", "unit"),
        ("Phát thẻ đảng viên | Ngày kết nạp", "ceremony_on"),
    ],
)
def test_a_group_that_says_nothing_against_it_leaves_a_heading_its_meaning(path, column):
    assert recognise(_path(path)) == Target(column)


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("Ngày nghị quyết | Chi bộ", "branch_resolved_on"),
        ("Ngày nghị quyết | Đảng ủy", "committee_resolved_on"),
        ("Nghị quyết | Chi bộ", "branch_resolved_on"),
        ("Ngày nghị quyết | Đoàn", "union_resolved_on"),
        ("Công nhận chính thức | Nghị quyết | Chi bộ", "recognition_resolved_on"),
        ("Ngày, tháng, năm | Vào Đoàn", "youth_union_on"),
        ("Ngày, tháng, năm | Vào Đảng", "ceremony_on"),
        ("Ngày, tháng, năm | Chính thức", "recognized_on"),
        ("Ngày vào | Đảng", "ceremony_on"),
        ("Ngày kết nạp | Đoàn", "youth_union_on"),
        ("Ngày | Quyết định kết nạp", "decided_on"),
        ("Số | Quyết định kết nạp", "decision_number"),
        ("Số thẻ | Đảng viên", "card_number"),
        ("Ý kiến nhận xét | Nơi cư trú", "residence_opinion_on"),
        ("Người giúp đỡ | Ngày phân công", "helper_assigned_on"),
        ("Đảng viên chính thức được phân công giúp đỡ | Họ tên", "helper"),
        ("Đảng viên phân công giúp đỡ | Ngày phân công", "helper_assigned_on"),
        ("Giấy CN học lớp cảm tình | Số", "certificate_number"),
        ("Giấy CN học lớp cảm tình | Ngày cấp", "certificate_on"),
        ("QĐ KNĐV | Số", "decision_number"),
        ("Thẩm tra lý lịch | Gửi", "vetting_sent_on"),
        ("Thẩm tra lý lịch | Nhận", "vetting_result_on"),
        ("Thẩm tra lý lịch | Ngày nhận", "vetting_result_on"),
        ("Thẩm tra, xác minh lý lịch | Ngày gửi", "vetting_sent_on"),
        ("Nghị quyết chi bộ | Tán thành", "votes_for"),
        ("Nghị quyết chi bộ | Triệu tập", "members_summoned"),
        ("Trình độ | VH", "schooling"),
        ("Trình độ | CT", "political_theory"),
        ("Ngày được công nhận QCƯT", "sympathizer_on"),
    ],
)
def test_a_short_leaf_is_told_by_its_group(path, column):
    assert recognise(_path(path)) == Target(column)


def test_every_word_of_another_matter_and_every_plain_word_is_one_in_the_key_of_a_group():
    said = words_module.words()
    phrases = [phrase for matter in said["apart"] for phrase in (*matter["words"], *matter.get("but", []))]
    for phrase in (*phrases, *said["plain"]["groups"], *said["plain"]["headings"]):
        assert heading_key(phrase) in heading_key(f"{phrase} của thôn")
    assert {column for matter in said["apart"] for column in matter["columns"]} <= {*HEADING, "unit"}
    instead = [pair for matter in said["apart"] for pair in matter.get("instead", {}).items()]
    assert {column for pair in instead for column in pair} <= set(HEADING)
    assert all(column in matter["columns"] for matter in said["apart"] for column in matter.get("instead", {}))


def test_what_a_branch_did_does_not_say_which_branch_it_is():
    assert recognise(("Chi bộ", "Công nhận")) is None
    assert recognise(("Chi bộ công nhận",)) == Target("unit")
