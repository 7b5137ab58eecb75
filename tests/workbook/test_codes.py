"""Code lists: what branches write, and the one code it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.vocabulary import (
    CODE_COLUMNS,
    Ethnicity,
    PoliticalTheory,
    Qualification,
    Religion,
    Schooling,
    Sex,
    Status,
    TargetGroup,
)
from workbook import codes, text
from workbook.spellings import spellings

LISTS = [*CODE_COLUMNS.values(), TargetGroup]
EVERY_MEMBER = [member for enum in LISTS for member in enum]

# Biểu 4 of the 2012 and of the 2021 series, where they differ, and how their typing varies.
BOTH_SERIES = [
    ("Khơ Me", Ethnicity.KHMER),
    ("Khơ-me", Ethnicity.KHMER),
    ("Gia Rai", Ethnicity.GIA_RAI),
    ("Gia lai", Ethnicity.GIA_RAI),
    ("Ê - Đê", Ethnicity.E_DE),
    ("Ê-đê", Ethnicity.E_DE),
    ("Ba - Na", Ethnicity.BA_NA),
    ("Xơ - Đăng", Ethnicity.XO_DANG),
    ("Phà Thẻn", Ethnicity.PA_THEN),
    ("BRâu", Ethnicity.BRAU),
    ("B Râu", Ethnicity.BRAU),
    ("Tà ôi", Ethnicity.TA_OI),
    ("M’Nông", Ethnicity.MNONG),
    ("Dân tộc khác", Ethnicity.OTHER),
    ("Q.tịch gốc nước ngoài", Ethnicity.FOREIGN),
]

FREE_TEXT = [
    ("12/12", Schooling.UPPER_SECONDARY),
    ("học vấn 12/12", Schooling.UPPER_SECONDARY),
    ("Hệ 12 / 12", Schooling.UPPER_SECONDARY),
    ("Tốt nghiệp THPT hệ 12 năm", Schooling.UPPER_SECONDARY),
    ("10/10", Schooling.UPPER_SECONDARY),
    ("10/12", Schooling.LOWER_SECONDARY),
    ("9/12 bổ túc", Schooling.LOWER_SECONDARY),
    ("8/10 phổ thông", Schooling.LOWER_SECONDARY),
    ("8/12", Schooling.PRIMARY),
    ("3/10", Schooling.LITERATE),
    ("Cử nhân Luật", Qualification.UNIVERSITY),
    ("ĐH Sư phạm Toán", Qualification.UNIVERSITY),
    ("Bác sỹ", Qualification.UNIVERSITY),
    ("Kỹ sư TS", Qualification.UNIVERSITY),
    ("cử nhân cao đẳng", Qualification.COLLEGE),
    ("Trung cấp nghề điện", Qualification.INTERMEDIATE),
    ("Thạc sỹ QLGD, cử nhân Toán", Qualification.MASTER),
    ("PGS.TS", Qualification.DOCTOR),
    ("Không", Qualification.NONE),
    ("Sơ cấp lý luận chính trị", PoliticalTheory.ELEMENTARY),
    ("TC", PoliticalTheory.INTERMEDIATE),
    ("CC LLCT", PoliticalTheory.ADVANCED),
    ("Cử nhân chính trị", PoliticalTheory.BACHELOR),
    ("Chưa", PoliticalTheory.NONE),
]

LEFT_AS_TYPED = [
    (Qualification, "Đang học đại học"),
    (Qualification, "Chưa có bằng đại học"),
    (Qualification, "sau đại học"),
    (Qualification, "Nuôi trồng TS"),
    (PoliticalTheory, "đang học TC"),
    (Schooling, "9/12 THPT"),
    (Schooling, "lớp 12"),
    (Schooling, "12/12/2020"),
    (Sex, "x"),
    (Sex, "1"),
    (Ethnicity, "Tầy"),
]


@pytest.mark.parametrize("member", EVERY_MEMBER, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_a_label_reads_back_as_its_code_with_accents_and_without(member):
    label = codes.label(member)

    assert codes.match(type(member), label) is member
    assert codes.match(type(member), text.bare(label).upper()) is member


@pytest.mark.parametrize("enum", LISTS)
def test_labels_stand_in_the_order_of_the_vocabulary(enum):
    assert codes.labels(enum) == [codes.label(member) for member in enum]
    assert len(set(codes.labels(enum))) == len(enum)


def test_the_labels_of_status_and_target_group_are_those_of_the_contract():
    assert codes.labels(Status) == [
        "Đang theo dõi",
        "Đưa ra khỏi danh sách",
        "Chuyển đi",
        "Chuyển đến",
        "Không được kết nạp",
        "Xóa tên",
        "Từ trần",
    ]
    assert codes.label(TargetGroup.ARMED_FORCES) == "Quân đội, công an"
    assert codes.label(TargetGroup.PART_TIME_OFFICIAL) == "Người hoạt động không chuyên trách"


@pytest.mark.parametrize(("typed", "want"), BOTH_SERIES)
def test_both_series_of_official_spellings_are_known(typed, want):
    assert codes.match(Ethnicity, typed) is want


@pytest.mark.parametrize(("typed", "want"), FREE_TEXT)
def test_a_level_is_recognised_inside_free_text(typed, want):
    assert codes.match(type(want), typed) is want


@pytest.mark.parametrize(("enum", "typed"), LEFT_AS_TYPED)
def test_what_only_a_person_can_decide_matches_nothing(enum, typed):
    assert codes.match(enum, typed) is None


@pytest.mark.parametrize(
    ("typed", "want"),
    [("không", Religion.NONE), ("Không có", Religion.NONE), ("Thiên Chúa giáo", Religion.CATHOLIC), ("Xoá tên", None)],
)
def test_religions_are_known_by_their_old_and_new_names(typed, want):
    assert codes.match(Religion, typed) is want


def test_accents_are_ignored_only_where_a_cell_has_none():
    assert codes.match(Ethnicity, "Tay") is Ethnicity.TAY
    assert codes.match(Ethnicity, "Táy") is None
    assert codes.match(Status, "Xoá tên") is Status.STRUCK_OFF


@pytest.mark.parametrize(
    ("typed", "want"),
    [
        ("Quân đội, công an", "armed_forces"),
        ("Công nhân; Quân nhân xuất ngũ", "worker;discharged_soldier"),
        ("Công nhân, Quân đội, công an", "worker;armed_forces"),
        ("Nông dân\nViên chức; nông dân", "farmer;public_employee"),
        ("Nông dân; Thợ lặn", "farmer;Thợ lặn"),
        ("Nông dân, thợ lặn", "Nông dân, thợ lặn"),
        ("Học sinh, sinh viên", "Học sinh, sinh viên"),
        (" ; ", ""),
    ],
)
def test_target_groups_are_parted_only_where_that_is_safe(typed, want):
    assert codes.match_groups(typed) == want


@pytest.mark.parametrize(
    ("enum", "typed", "want"),
    [
        (Ethnicity, "Tầy", "Tày"),
        (Religion, "Công giao", "Công giáo"),
        (TargetGroup, "Quân nhân xuất ngủ", "Quân nhân xuất ngũ"),
        (Status, "Chuyên đi", "Chuyển đi"),
        (Sex, "x", ""),
        (Sex, "", ""),
        (Ethnicity, "không rõ", ""),
    ],
)
def test_the_nearest_label_is_offered_only_when_it_is_near(enum, typed, want):
    assert codes.nearest(enum, typed) == want


@given(st.sampled_from(LISTS), st.text(max_size=30))
def test_any_text_matches_a_member_or_nothing(enum, typed):
    assert codes.match(enum, typed) in {None, *enum}
    assert codes.nearest(enum, typed) in {"", *codes.labels(enum)}


@pytest.mark.parametrize("enum", LISTS)
def test_every_spelling_reads_back_as_its_own_code_with_accents_and_without(enum):
    for code, written in spellings(enum).items():
        for spelling in written:
            assert codes.match(enum, spelling) == code
            assert codes.match(enum, text.bare(spelling)) == code
