"""The papers of everybody's next step as a clerk reads them: state, last day, what to do, where it is stated."""

from datetime import date

import pandas as pd
import pytest

from validation.dossier import PaperState
from validation.regulation import load
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.book import DOSSIER_COLUMNS
from workbook.consolidate.dossier import dossier
from workbook.incoming.raw import RawTable

AS_OF = date(2026, 11, 22)
RULEBOOK, CALENDAR = load(), calendar_of()
NAMES = ("Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Văn Giả", "Phạm Thị Ví")
ONE, TWO = "Chi bộ thôn Một", "Chi bộ thôn Hai"

#: A dossier that is good through 02/03/2027, with a certificate that is good through 15/01/2031.
READY = {
    "certificate_on": "15/01/2026",
    "dossier_opened_on": "02/02/2026",
    "applied_on": "02/03/2026",
    "vetting_sent_on": "10/03/2026",
    "vetting_result_on": "21/04/2026",
    "union_resolved_on": "04/05/2026",
    "residence_opinion_on": "12/05/2026",
    "branch_resolved_on": "",
}


def made(*people, branches=(ONE,), as_of=AS_OF, reminders=(90, 30)):
    """The frame for people, each their cells and, under "branch", where they belong; all on one sheet."""
    columns = dict.fromkeys(column for cells in people for column in cells if column != "branch")
    table = RawTable(
        sheet="Sổ",
        title=(),
        columns={
            "full_name": list(NAMES[: len(people)]),
            **{name: [cells.get(name, "") for cells in people] for name in columns},
        },
        rows=list(range(3, 3 + len(people))),
        groups=[""] * len(people),
        units=[""] * len(people),
        letters={name: chr(65 + at) for at, name in enumerate(["full_name", *columns])},
    )
    law = Law(RULEBOOK, CALENDAR, as_of)
    assessment = assess([(0, table)], law)
    persons = pd.DataFrame(
        {
            "branch": [cells.get("branch", ONE) for cells in people],
            "full_name": assessment.typed["full_name"],
            "stage": assessment.stages.where(~assessment.left, ""),
            "file": "so.xlsx",
        }
    )
    return dossier(assessment, persons, branches, law, reminders)


def line(frame, form):
    return frame.set_index("form").loc[form]


def test_a_paper_that_is_there_has_its_last_day_and_nothing_to_do():
    opinion = line(made(READY), "5-KNĐ")
    assert opinion[["branch", "name", "step", "paper", "state", "task"]].tolist() == [
        ONE,
        NAMES[0],
        "Chi bộ họp xét, ra nghị quyết đề nghị kết nạp",
        "Tổng hợp ý kiến của đoàn thể và nơi cư trú",
        PaperState.THERE,
        "",
    ]
    assert opinion["lapses_on"] == opinion["due_on"] == pd.Timestamp(2027, 3, 2)
    assert opinion[["file", "sheet", "cell"]].tolist() == ["so.xlsx", "Sổ", "H3"]


@pytest.mark.parametrize(
    ("cells", "as_of", "form", "state", "task"),
    [
        (
            {"residence_opinion_on": ""},
            AS_OF,
            "5-KNĐ",
            PaperState.MISSING,
            "Tổng hợp ý kiến nhận xét của đoàn thể và nơi cư trú; hồ sơ có hiệu lực đến hết ngày 02/03/2027.",
        ),
        (
            {"residence_opinion_on": ""},
            date(2027, 3, 3),
            "5-KNĐ",
            PaperState.MISSING,
            "Tổng hợp ý kiến nhận xét của đoàn thể và nơi cư trú; hồ sơ có hiệu lực đến hết ngày 02/03/2027.",
        ),
        (
            {"union_resolved_on": ""},
            AS_OF,
            "4-KNĐ / 4A-KNĐ",
            PaperState.MISSING,
            (
                "Đoàn Thanh niên hoặc Công đoàn giới thiệu; hồ sơ có hiệu lực đến hết ngày 02/03/2027. "
                "Không cần nếu có hai đảng viên chính thức giới thiệu."
            ),
        ),
        (
            {},
            date(2027, 3, 2),
            "5-KNĐ",
            PaperState.LAPSING,
            "Chi bộ phải xét chậm nhất ngày 02/03/2027; quá ngày ấy phải làm lại.",
        ),
        (
            {},
            date(2027, 3, 3),
            "5-KNĐ",
            PaperState.REDO,
            "Làm lại trước khi chi bộ xét: cần bản có ngày sau 02/03/2027.",
        ),
        (
            {},
            date(2027, 3, 3),
            "3-KNĐ",
            PaperState.REDO,
            "Làm lại trước khi chi bộ xét: cần bản có ngày sau 02/03/2027.",
        ),
        (
            {"residence_opinion_on": "x"},
            AS_OF,
            "5-KNĐ",
            PaperState.UNCLEAR,
            "Sổ ghi chưa đủ hoặc không đọc được; xem bản giấy, ghi đủ ngày vào sổ.",
        ),
        ({}, AS_OF, "2-KNĐ", PaperState.UNRECORDED, "Sổ không ghi; kiểm tra hồ sơ giấy."),
    ],
)
def test_each_state_says_what_to_do(cells, as_of, form, state, task):
    paper = line(made({**READY, **cells}, as_of=as_of), form)
    assert (paper["state"], paper["task"]) == (state, task)


@pytest.mark.parametrize(
    ("cells", "as_of", "task"),
    [
        (
            {"applied_on": "", "vetting_sent_on": "10/11/2026", "vetting_result_on": ""},
            AS_OF,
            "Thẩm tra, xác minh lý lịch; chậm nhất ngày 23/12/2026.",
        ),
        (
            {"residence_opinion_on": "", "certificate_on": "15/01/2022"},
            AS_OF,
            "Tổng hợp ý kiến nhận xét của đoàn thể và nơi cư trú; giấy chứng nhận có hiệu lực đến hết ngày 15/01/2027.",
        ),
        (
            {"residence_opinion_on": "", "birth_on": "21/12/1966"},
            date(2026, 12, 5),
            (
                "Tổng hợp ý kiến nhận xét của đoàn thể và nơi cư trú; "
                "chi bộ phải xét chậm nhất ngày 21/12/2026, vì sau ngày ấy quá tuổi kết nạp."
            ),
        ),
    ],
    ids=["a term", "the certificate", "the age"],
)
def test_a_day_is_told_with_what_sets_it(cells, as_of, task):
    tasks = made({**READY, **cells}, as_of=as_of)["task"].tolist()
    assert [said for said in tasks if said.startswith(task)]


def test_the_sixtieth_birthday_is_the_day_where_it_comes_before_the_dossier_ends():
    papers = made({**READY, "birth_on": "21/12/1966"}, as_of=date(2026, 12, 5))
    opinion = line(papers, "5-KNĐ")
    assert opinion["due_on"] == pd.Timestamp(2026, 12, 21)
    assert opinion["task"] == "Chi bộ phải xét chậm nhất ngày 21/12/2026, vì sau ngày ấy quá tuổi kết nạp."


def test_a_lapsed_certificate_is_earned_again_before_anything_it_is_needed_for():
    """As the forecast names the next act."""
    (step,) = made({"certificate_on": "01/02/2020"})["step"]
    assert step == "Cấp giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng"
    steps = made({**READY, "certificate_on": "01/02/2020"}).set_index("form")["step"]
    assert steps["CN-NTVĐ"] == step
    assert steps["5-KNĐ"] == "Chi bộ họp xét, ra nghị quyết đề nghị kết nạp"


def test_vetting_is_only_added_to_where_something_changed():
    papers = made(READY, as_of=date(2027, 3, 3)).set_index("paper")
    assert papers.loc["Văn bản thẩm tra lý lịch", "task"].startswith("Thẩm tra bổ sung nếu lý lịch có thay đổi")


def test_a_sheet_without_the_column_says_nothing_and_accuses_nobody():
    without = {name: day for name, day in READY.items() if name != "residence_opinion_on"}
    paper = line(made(without), "5-KNĐ")
    assert paper["state"] == PaperState.UNRECORDED
    assert paper["cell"] == "A3"


def test_what_may_not_be_written_yet_says_from_when():
    review = line(made({"ceremony_on": "05/01/2026"}), "10-KNĐ")
    assert review["task"] == "Chỉ làm khi hết thời gian dự bị, từ ngày 05/01/2027."
    over = line(made({"ceremony_on": "05/01/2026"}, as_of=date(2027, 1, 5)), "10-KNĐ")
    assert over["task"] == "Sổ không ghi; kiểm tra hồ sơ giấy."


def test_the_clause_of_a_term_and_the_doubt_about_the_form_are_told_apart():
    papers = made(READY)
    assert line(papers, "5-KNĐ")["basis"] == (
        "06-HD/TW 09/06/2025, điểm 5.4a (đã đọc văn bản); số mẫu theo tài liệu dẫn lại"
    )
    assert line(made({"ceremony_on": "05/01/2026"}), "11-KNĐ")["basis"] == (
        "12-HD/BTCTW 18/01/2022 (theo tài liệu dẫn lại)"
    )


def test_without_reminders_a_paper_lapses_soon_on_its_last_day_only():
    for as_of, state in ((date(2027, 3, 1), PaperState.THERE), (date(2027, 3, 2), PaperState.LAPSING)):
        assert line(made(READY, as_of=as_of, reminders=()), "5-KNĐ")["state"] == state


def test_branches_keep_the_book_s_order_and_the_most_urgent_person_of_each_comes_first():
    """In the first branch one whose papers are all in order, then one whose certificate has lapsed."""
    lapsed, sound = {"certificate_on": "01/02/2020"}, {"certificate_on": "15/01/2026"}
    papers = made(
        {**sound, "branch": TWO},
        {**sound, "branch": ONE},
        {**lapsed, "branch": ONE},
        {**READY, "residence_opinion_on": "", "branch": ONE},
        branches=(ONE, TWO),
    )
    assert papers["branch"].drop_duplicates().tolist() == [ONE, TWO]
    assert papers["name"].drop_duplicates().tolist() == [NAMES[2], NAMES[3], NAMES[1], NAMES[0]]
    own = papers[papers["name"] == NAMES[3]]
    assert own.index.tolist() == list(range(own.index[0], own.index[0] + len(own)))
    assert own["form"].iat[0] == "5-KNĐ"


def test_who_left_has_no_papers_and_an_empty_book_has_the_right_columns():
    left = made({**READY, "status": "Chuyển đi"})
    assert left.empty
    assert tuple(left.columns) == DOSSIER_COLUMNS
