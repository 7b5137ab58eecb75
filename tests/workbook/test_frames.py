"""What is worked out once for lines that are alike is the same as line by line."""

import pandas as pd
import pytest

from workbook.frames import as_objects, joined, lines, made_once, of_each

DAYS = pd.Series(pd.to_datetime(["2026-02-03", None, "2026-02-03", "1990-12-31"]), index=[7, 3, 9, 1])


@pytest.fixture
def frame():
    return pd.DataFrame({"day": DAYS, "text": ["a", "", "a", None], "count": [1, 2, 1, 1]})


def test_each_line_is_told_as_if_asked_by_itself(frame):
    def say(line):
        return f"{line.day} {line.text} {line.count}"

    assert of_each(frame, say) == [say(line) for line in lines(frame)]


def test_lines_that_are_alike_are_asked_about_once(frame):
    asked = []
    of_each(pd.concat([frame, frame]), asked.append)
    assert len(asked) == 3


def test_nothing_is_asked_of_no_lines(frame):
    assert of_each(frame.iloc[:0], str) == []


def test_days_as_objects_are_the_same_days_in_the_same_places():
    pd.testing.assert_series_equal(as_objects(DAYS), DAYS.astype(object))


def test_a_text_is_made_once_and_a_blank_stays_one():
    made = []
    texts = pd.Series(["a", None, "a", "b"], dtype="str", index=[4, 5, 6, 7])
    upper = made_once(texts, lambda text: made.append(text) or text.upper())
    pd.testing.assert_series_equal(upper, texts.str.upper())
    assert made == ["a", "b"]


def test_texts_of_a_row_stand_in_their_order():
    assert joined([5, 2, 5], ["c", "a", "b"], ", ").to_dict() == {5: "c, b", 2: "a"}
    assert joined([], [], " ").empty
