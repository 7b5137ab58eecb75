"""Sheets of groups of several years of this program rolled up: what an older one does not say is said to be unknown."""

import openpyxl
import pandas as pd
import pytest

from workbook.committee import Branch
from workbook.consolidate.composition import words
from workbook.incoming.quota_book import read_quota_book
from workbook.outgoing.form.groups import groups_of

MAY, SUOI = "Đảng ủy xã Mây", "Đảng ủy xã Suối"


@pytest.fixture
def older(commune, tampered):
    """`older(name)`: a commune's book from before the target groups had a line for those of whom nobody knows."""

    def put(name):
        def without(book):
            sheet = book["Cơ cấu"]
            sheet.delete_rows(next(row[0].row for row in sheet if row[0].value == words()["groups_unknown"]))

        path = commune(name)
        tampered(path, without)
        return path

    return put


@pytest.mark.parametrize("first", [MAY, SUOI])
def test_the_line_that_one_book_lacks_stands_in_its_block_and_is_blank_for_it(older, commune, province, first):
    older(MAY)
    commune(SUOI)
    book = province(Branch("", first), Branch("", SUOI if first == MAY else MAY))
    lines = book.composition
    block = lines[lines["block"] == words()["groups"]]
    assert block["title"].tolist() == [True] + [False] * (len(block) - 1)
    assert block.index.tolist() == list(range(block.index[0], block.index[0] + len(block)))
    (rest,) = block[block["label"] == words()["groups_unknown"]].to_dict("records")
    assert [pd.isna(rest["1"]), pd.isna(rest["2"])] == [first == MAY, first == SUOI]
    assert rest["total"] == rest["2" if first == MAY else "1"] > 0


def test_a_sum_that_misses_the_unknown_of_one_book_is_not_said_to_be_all(older, commune, province, tmp_path):
    older(MAY)
    commune(SUOI)
    province(Branch("", MAY), Branch("", SUOI))
    known = groups_of(read_quota_book(tmp_path / "tinh.xlsx", counts=True))
    assert known.value("composition.groups.other.total") == 4
    for name in ("other", "student", "unknown"):
        assert "không nói" in known.unsure[f"composition.groups.{name}.total"]
    assert known.value("composition.groups.student.total") is None
    assert "còn" in known.unsure["composition.minority.total"]
    assert not known.unsure.keys() & {"composition.admitted.total", "composition.minority.unknown.total"}


def test_lines_of_one_name_below_an_old_and_a_new_title_add_up(commune, province, tampered, tmp_path):
    def as_before(book):
        sheet = book["Cơ cấu"]
        title = next(row[0] for row in sheet if row[0].value == words()["union"])
        title.value = "Đoàn viên, dân tộc, tôn giáo"

    commune(SUOI)
    tampered(commune(MAY), as_before)
    province(Branch("", MAY), Branch("", SUOI))
    one = groups_of(read_quota_book(tmp_path / "nhan" / f"{SUOI}.xlsx")).values["composition.union_member.total"]
    both = groups_of(read_quota_book(tmp_path / "tinh.xlsx", counts=True))
    assert both.values["composition.union_member.total"] == 2 * one > 0
    assert "không nói" in both.unsure["composition.union_member.total"]


def test_an_older_book_has_no_fewer_lines_for_it(older, province, tmp_path):
    older(MAY)
    province(Branch("", MAY))
    labels = [row[0].value for row in openpyxl.load_workbook(tmp_path / "tinh.xlsx")["Cơ cấu"]]
    assert words()["groups_unknown"] not in labels
    assert "Công nhân" in labels
