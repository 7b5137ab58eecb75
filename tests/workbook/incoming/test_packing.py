"""What is packed comes out the same, of the same kinds; what could not is refused."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.incoming.lift import NotARegister
from workbook.incoming.packing import pack, unpack
from workbook.incoming.raw import Question, RawTable

VIETNAM = timezone(timedelta(hours=7))
#: No cell knows which of two equal hours of a clock put back it means, so `fold` is 0.
CELLS = st.one_of(
    st.text(st.characters(categories=None)),
    st.floats(allow_nan=False),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, UTC, VIETNAM])).map(lambda one: one.replace(fold=0)),
    st.times().map(lambda one: one.replace(fold=0)),
    st.timedeltas(),
)
VALUES = st.recursive(
    CELLS,
    lambda inner: st.one_of(
        st.lists(inner),
        st.lists(inner).map(tuple),
        st.dictionaries(st.text(), inner),
        st.frozensets(st.tuples(st.integers(), st.text())),
    ),
    max_leaves=20,
)


def same(one, other):
    return one == other and repr(one) == repr(other)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value):
    back = unpack(pack(value))
    assert back == value
    if "frozenset" not in repr(value):  # whose order is nobody's
        assert repr(back) == repr(value)


@pytest.mark.parametrize(
    "value",
    [
        True,
        1,
        1.0,
        -0.0,
        "",
        "\ud800",
        date(2026, 1, 1),
        datetime(2026, 1, 1, tzinfo=UTC),
        [1, 1.0, True],
        (1,),
        {"date": 1},
    ],
    ids=repr,
)
def test_kinds_that_look_alike_stay_apart(value):
    assert same(unpack(pack(value)), value)


def test_a_heading_that_reads_like_one_of_our_marks_is_only_a_heading():
    extra = {"date": ["2026-11-22"]}
    assert same(unpack(pack(extra)), extra)


@pytest.mark.parametrize("kind", [RawTable, NotARegister, Question], ids=lambda kind: kind.__name__)
def test_every_field_of_what_was_read_comes_back(kind):
    made = kind(**{field.name: (field.name, 1, date(2026, 11, 22)) for field in fields(kind)})
    assert same(unpack(pack(made)), made)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"", UTC], ids=lambda value: type(value).__name__)
def test_what_could_not_be_made_again_is_refused(value):
    with pytest.raises(TypeError):
        pack([value])


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"os.system": ["true"]}', b'{"date": 1}', b'{"a": 1, "b": 2}', b"\xff"]
)
def test_what_we_did_not_pack_is_not_unpacked(content):
    with pytest.raises((ValueError, KeyError, TypeError)):
        unpack(content)
