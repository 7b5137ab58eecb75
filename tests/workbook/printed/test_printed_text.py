"""Percentages in a sentence, worked out again. The figures are those that papers printed (domain facts, part 3)."""

from decimal import Decimal

import pytest

from workbook.printed.check import findings, recount
from workbook.printed.claims import claims
from workbook.printed.paper import Paper, Paragraph
from workbook.printed.rounding import Fit, agreement, fit, read_percent


def found(*lines: str) -> list[str]:
    paper = Paper(tuple(Paragraph(f"Đoạn {number}", line) for number, line in enumerate(lines, start=1)))
    return [one["code"] for one in findings(paper, "bao-cao.docx")]


def message(line: str) -> str:
    return findings(Paper((Paragraph("Đoạn 1", line),)), "bao-cao.docx")[0]["message"]


PRINTED = [
    (1614, 2170, "74,38", Fit.HALF_UP),
    (318, 250, "127,2", Fit.HALF_UP),
    (115, 110, "104,5", Fit.HALF_UP),
    (141, 150, "94", Fit.HALF_UP),
    (141, 150, "94,00", Fit.HALF_UP),
    (121, 160, "75,63", Fit.HALF_UP),
    (121, 160, "75,62", Fit.CUT),
    (9, 8, "113", Fit.HALF_UP),
    (9, 8, "112", Fit.CUT),
    (241, 150, "160", Fit.CUT),
    (3, 7, "42,85", Fit.CUT),
    (794, 2000, "39,7", Fit.HALF_UP),
    (35, 1383, "1,75", Fit.NONE),
]


@pytest.mark.parametrize(("part", "whole", "shown", "how"), PRINTED)
def test_a_printed_percentage_is_rounded_or_cut_off_or_wrong(part, whole, shown, how):
    assert fit(read_percent(shown), part, whole) is how
    code = {Fit.HALF_UP: [], Fit.CUT: ["printed.cut"], Fit.NONE: ["printed.wrong"]}[how]
    assert found(f"Kết nạp {part}/{whole} đảng viên, đạt {shown}%.") == code
    assert found(f"Đơn vị đạt {shown}% ({part}/{whole}).") == code


@pytest.mark.parametrize(
    ("printed", "exact", "decimals", "how"),
    [("75.63", "75.625", 2, Fit.HALF_UP), ("75.62", "75.625", 2, Fit.CUT), ("75.6", "75.625", 1, Fit.HALF_UP),
     ("75.7", "75.625", 1, Fit.NONE), ("94", "94", 0, Fit.HALF_UP), ("112", "112.5", 0, Fit.CUT)],
)  # fmt: skip
def test_a_printed_number_may_be_rounded_half_up_or_cut_off(printed, exact, decimals, how):
    assert agreement(Decimal(printed), Decimal(exact), decimals) is how


@pytest.mark.parametrize("digits", [13, 30, 5_000])
def test_a_number_too_long_to_be_a_count_stops_nothing(digits):
    number = "9" * digits
    assert found(f"Kết nạp {number}/1 đảng viên, đạt 50%.", f"Chỉ tiêu {number}.", "Kết nạp 8/9, vượt 89%.") == [
        "printed.not_over"
    ]


@pytest.mark.parametrize(
    "right",
    [
        "Toàn Đảng bộ kết nạp 29 đảng viên, đạt 78,38% chỉ tiêu năm (29/37).",
        "Kết nạp được 48/204 đảng viên, đạt 23,5% so với chỉ tiêu năm.",
        "Đã kết nạp 794 đảng viên, đạt 39,7% chỉ tiêu 2.000.",
        "Kết nạp 1.614/2.170 đảng viên, đạt 74.38%.",
        "Đạt 158,2% (87/55); vượt 58,2% (87/55).",
        "Đảng viên tăng từ 413 lên 701, tăng 69,7%.",
        "Số chi bộ: 63 (đầu kỳ 38, +25 = 65,8%).",
        "Kết nạp 45/210 đảng viên, đạt 21,43% kế hoạch, giảm 11,9% so cùng kỳ năm 2020.",
        "Ngày 22/11/2026, trong tháng 11/2026 có 80% đảng viên dự họp.",
        "Chi bộ A (4/2, đạt 200%); Chi bộ B (5/7, đạt 71,43%).",
        "Trong 29 đảng viên mới kết nạp có 16 nữ (55,17%); 10 đoàn viên (34,48%).",
        "Có 12 chi bộ (80%) hoàn thành.",
        "Theo Quy định 294-QĐ/TW, ít nhất 2/3 đảng viên tán thành.",
        "Năm 2026 toàn Đảng bộ kết nạp 30 đảng viên, tăng 4 đảng viên (15,4%) so với cùng kỳ năm trước.",
        "Kết nạp 26 đảng viên, giảm 4 đảng viên (13,3%) so với cùng kỳ năm trước.",
        "Toàn Đảng bộ kết nạp 30 đảng viên. Hiện có 12 chi bộ có đảng viên nữ (24%).",
        "Toàn Đảng bộ kết nạp 30 đảng viên. Trong đó 10 đồng chí (8%) là đảng viên dự bị.",
        "Toàn tỉnh có 1.200 đảng viên. Trong năm kết nạp 40/50 (80%). Có 30 đồng chí (2,5%) được miễn sinh hoạt.",
        "Kết nạp 40/50 đảng viên, trong đó nữ 12 đồng chí (30%).",
        "Kết nạp 30 đảng viên, bằng 115,4% so với cùng kỳ năm trước (26 đảng viên).",
        "Kết nạp 30 đảng viên, đạt 75% kế hoạch, so với cùng kỳ (26 đảng viên) tăng 15,4%.",
        "So với cùng kỳ năm trước tăng 7,08% (121 so với 113).",
        "Trong 40 đảng viên mới: nữ 22,5% (9 đồng chí), nam 77,5% (31 đồng chí).",
        "Kết nạp 30 đảng viên. Trong 63 chi bộ có 12 chi bộ (19%) có nữ.",
    ],
)
def test_what_is_right_or_cannot_be_told_is_left_alone(right):
    assert found(right) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Kết nạp 9/8, vượt 113%.", "printed.over"),
        ("Kết nạp 9/8, đạt 13%.", "printed.excess"),
        ("Kết nạp 8/9, vượt 89%.", "printed.not_over"),
        ("Kết nạp 48/204 đảng viên, đạt 24,5%.", "printed.wrong"),
        ("Đã kết nạp 794 đảng viên, đạt 41% chỉ tiêu 2.000.", "printed.wrong"),
        ("Đảng viên tăng từ 413 lên 701, tăng 41,1%.", "printed.denominator"),
        ("Kết nạp 35/1.383 đảng viên, đạt 1,75%; chỉ tiêu là 2.000.", "printed.denominator"),
        ("Chỉ tiêu là 37. Trong 29 đảng viên mới kết nạp có 16 nữ (43,24%).", "printed.denominator"),
        ("Trong 29 đảng viên mới kết nạp có 16 nữ (54,17%).", "printed.wrong"),
        ("Vượt 58,2% chỉ tiêu (30/20).", "printed.wrong_over"),
        ("Kết nạp 8/9, vượt 60%.", "printed.not_over"),
        ("So với cùng kỳ năm trước tăng 6,66% (121 so với 113).", "printed.wrong"),
        ("Kết nạp 121 đảng viên. Trong số đó có 45 nữ, chiếm 37,24%.", "printed.wrong"),
        ("Trong 30 đảng viên mới kết nạp, nữ 12 đồng chí, chiếm 41%.", "printed.wrong"),
        ("Kết nạp 30 đảng viên (nữ: 12 đồng chí = 41%).", "printed.wrong"),
        ("Kết nạp 30 đảng viên; nữ 12 (41%).", "printed.wrong"),
        ("Nam 18 đồng chí chiếm 60%, nữ 12 đồng chí chiếm 41%, trong tổng số 30 đảng viên mới.", "printed.wrong"),
        ("Trong 40 đảng viên mới: nữ 22,5% (9 đồng chí), nam 76,5% (31 đồng chí).", "printed.wrong"),
        ("Kết nạp 30 đảng viên, bằng 120% so với cùng kỳ năm trước (26 đảng viên).", "printed.wrong"),
        ("Kết nạp 30 đảng viên, tăng 20% so với cùng kỳ (26 đảng viên).", "printed.wrong"),
        ("Kết nạp 30 đảng viên, tăng 4 đảng viên (20%) so với cùng kỳ năm trước (26 đảng viên).", "printed.wrong"),
        ("Kết nạp 30 đảng viên, tăng 4 đảng viên (13,3%) so với cùng kỳ năm trước.", "printed.denominator"),
    ],
)
def test_what_is_wrong_is_named(line, code):
    assert found(line) == [code]


def test_a_wrong_denominator_is_said_by_its_kind():
    said = message("Kết nạp 35/1.383 đảng viên, đạt 1,75%; chỉ tiêu là 2.000.")
    assert "1,75% là 35 chia cho 2.000 (chỉ tiêu); 35 trên 1.383 là 2,53%" in said


def test_a_wrong_excess_is_told_with_the_whole_and_the_excess():
    assert "30 trên 20 là đạt 150%, tức vượt 50%, không phải vượt 58,2%" in message("Vượt 58,2% chỉ tiêu (30/20).")


def test_what_did_not_exceed_is_told_with_what_it_reached():
    assert "8 trên 9 là đạt 89%, chưa vượt" in message("Kết nạp 8/9, vượt 60%.")


def test_how_many_percentages_were_worked_out_again_is_counted():
    lines = ("Kết nạp 9/8 đảng viên, đạt 113%.", "Có 80% đảng viên dự họp; 12 chi bộ (19%) có nữ.")
    paper = Paper(tuple(Paragraph("Đoạn 1", line) for line in lines))
    told = recount(paper, "bao-cao.docx")
    assert (told.checked, told.unchecked) == (1, 2)


def test_a_denominator_said_in_an_earlier_paragraph_is_known():
    assert found("Toàn Đảng bộ kết nạp 29 đảng viên.", "Có 16 nữ (55,17%).") == []
    assert found("Chỉ tiêu là 37.", "Trong 29 đảng viên mới có 16 nữ (43,24%).") == ["printed.denominator"]


def test_a_finding_stands_at_its_paragraph_with_what_was_printed():
    line = findings(Paper((Paragraph("Đoạn 7", "Đạt 24,5% (48/204)."),)), "bao-cao.docx")[0]
    assert (line["sheet"], line["value"], line["file"]) == ("Đoạn 7", "24,5% (48/204)", "bao-cao.docx")


def test_no_percentage_is_no_claim():
    assert claims("Kết nạp 29/37 đảng viên trong năm 2026.") == []
