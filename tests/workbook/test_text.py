"""One key for one spelling, however it was typed."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook import text

VIETNAMESE = st.text(
    alphabet="aăâeêioôơuưyqhntđĐÐ \u00a0\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\u200b.-", max_size=24
)
ANYTHING = st.one_of(VIETNAMESE, st.text(max_size=12))


@given(ANYTHING)
@example("\u0345")
@example("e\u0303\u0302")
@example(" \u0300 ")
@example("ΐ")
def test_every_form_is_its_own_form(value):
    for form in (text.clean, text.key, text.bare):
        assert form(form(value)) == form(value)


@given(ANYTHING)
def test_composed_and_decomposed_text_have_one_key(value):
    composed, decomposed = (unicodedata.normalize(form, value) for form in ("NFC", "NFD"))

    assert text.key(composed) == text.key(decomposed)
    assert text.bare(composed) == text.bare(decomposed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("xoá", "xóa"),
        ("Xoá tên", "xóa TÊN"),
        ("đảng uỷ", "Đảng ủy"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("hòan tòan", "hoàn toàn"),
        ("qúy", "quý"),
        ("Ðảng", "Đảng"),
        ("ðảng", "đảng"),
        ("Nguyễn\u00a0 Văn\u200b A ", "nguyễn văn a"),
        ("Nguye\u0303\u0302n", "Nguyễn"),
    ],
)
def test_two_ways_to_type_one_word_have_one_key(one, other):
    assert text.key(one) == text.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoa", "Hòa"), ("Năm", "Nam"), ("Công", "Cộng"), ("Sĩ", "Sỹ"), ("của", "cua"), ("Đa", "Da"), ("Huệ", "Hụê")],
)
def test_words_that_differ_in_accents_keep_different_keys(one, other):
    assert text.key(one) != text.key(other)


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("quý", "quý"),
        ("Thuỳ", "thùy"),
        ("Huỳnh", "huỳnh"),
        ("Khuỷu", "khuỷu"),
        ("loại", "loại"),
        ("hoặc", "hoặc"),
        ("quà", "quà"),
        ("Ủy", "ủy"),
    ],
)
def test_the_tone_stands_where_the_old_school_writes_it(value, want):
    assert text.key(value) == want


def test_the_bare_form_has_no_accents():
    assert text.bare(" Đặng  Thị HUỆ ") == "dang thi hue"


def test_clean_text_keeps_case_and_accents():
    assert text.clean("\ufeff Trần\u00a0\u202fThị\n B ") == "Trần Thị B"


def test_clean_text_of_blanks_is_empty():
    assert text.clean(" \u00a0\u200b\t") == ""
