"""The forecast as lines for a clerk: what each person is told, and that nobody on the way is missing."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest

from validation.durations import ENOUGH
from validation.forecast import Hope, Outlook
from validation.forecast_chain import ACTS
from validation.regulation import load
from validation.vocabulary import Stage
from validation.workdays import calendar_of
from workbook.assess import Law, assess
from workbook.book import EXPERIENCE_COLUMNS, PROSPECT_COLUMNS
from workbook.committee import Committee, CountedBy
from workbook.consolidate.prospects import prospects
from workbook.incoming.raw import RawTable

AS_OF = date(2026, 9, 1)
FREE = {"birth_on": "09/05/1998", "helper_assigned_on": "10/06/2024", "sympathizer_on": "10/06/2024"}
CERTIFIED = {**FREE, "certificate_on": "15/01/2026"}
VOTES = {"votes_for": "12", "members_summoned": "17"}
READY_TO_RESOLVE = {**CERTIFIED, "applied_on": "02/02/2026", "vetting_result_on": "02/03/2026", **VOTES}


def told(
    *rows: Mapping[str, object],
    lacking: Sequence[str] = (),
    as_of: date = AS_OF,
    moved: Sequence[int] = (),
    **settings: object,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both frames for one sheet of people with all columns but those `lacking`."""
    known = ("full_name", *FREE, "certificate_number", *ACTS, "votes_for", "members_summoned", "status")
    names = [name for name in known if name not in lacking]
    people = [{"full_name": f"Lê Thử {chr(65 + at)}", **row} for at, row in enumerate(rows)]
    table = RawTable(
        sheet="Sổ",
        title=(),
        columns={name: [row.get(name, "") for row in people] for name in names},
        rows=list(range(3, 3 + len(people))),
        groups=[""] * len(people),
        units=[""] * len(people),
        letters={name: chr(65 + at) for at, name in enumerate(names)},
    )
    law = Law(load(), calendar_of(), as_of)
    assessment = assess([(0, table)], law)
    frame = pd.DataFrame(
        {
            "branch": "Chi bộ thôn Một",
            "full_name": assessment.typed["full_name"],
            "stage": assessment.stages.where(~assessment.left, ""),
            "file": "a.xlsx",
            "sheet": "Sổ",
        }
    )
    return prospects(assessment, frame, Committee("Đảng ủy xã Thử", year=2026, **settings), law, moved)


def line(*rows: Mapping[str, object], **how: object) -> Mapping[str, object]:
    return told(*rows, **how)[0].loc[0]


def admitted(gap: int = 10) -> dict[str, object]:
    """A finished case whose every act took so many days."""
    first = date(2025, 1, 1)
    days = {column: first + timedelta(days=gap * at) for at, column in enumerate(("sympathizer_on", *ACTS))}
    return {**FREE, **{column: f"{day:%d/%m/%Y}" for column, day in days.items()}}


def test_a_line_tells_who_must_do_what_by_when_and_where_it_stands():
    made, _ = told(CERTIFIED)

    assert list(made) == list(PROSPECT_COLUMNS)
    assert made.loc[0].to_dict() == {
        "branch": "Chi bộ thôn Một",
        "name": "Lê Thử A",
        "stage": Stage.CERTIFIED,
        "outlook": Outlook.POSSIBLE,
        "earliest_on": pd.NaT,
        "likely_on": pd.NaT,
        "hope": Hope.PASSED,
        "next_step": "Cho làm hồ sơ xem xét kết nạp",
        "act_by": pd.NaT,
        "actor": "Cấp ủy cơ sở",
        "plan": "các bước trước: đã muộn; kết quả thẩm tra 16/09/2026 (không có thời hạn); "
        "Đoàn, Công đoàn giới thiệu 16/09/2026 (không có thời hạn); ý kiến nơi cư trú 16/09/2026 (không có thời hạn); "
        "nghị quyết chi bộ 16/09/2026 (luật); nghị quyết đảng ủy 18/11/2026 (không có thời hạn); "
        "gửi hồ sơ 18/11/2026 (không có thời hạn); "
        "quyết định kết nạp 18/11/2026 (luật); lễ kết nạp 31/12/2026 (mốc)",
        "reason": "Theo thời hạn tối đa hoặc thường lệ thì đã muộn: chỉ kịp nếu các bước còn lại nhanh hơn.",
        "file": "a.xlsx",
        "sheet": "Sổ",
        "cell": "G3",
    }


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        ({"birth_on": "05/01/2009"}, "Đủ 18 tuổi ngày 05/01/2027, sau 31/12/2026."),
        ({"birth_on": "2009"}, "Chỉ có năm sinh: sớm nhất đủ 18 tuổi ngày 01/01/2027, sau 31/12/2026."),
    ],
)
def test_who_is_too_late_reads_why_and_gets_no_plan(person, reason):
    made = line({**CERTIFIED, **person})

    assert (made["outlook"], made["reason"], made["plan"]) == (Outlook.IMPOSSIBLE, reason, "")
    assert pd.isna(made["act_by"])


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({"certificate_on": "15/08/2021"}, "Giấy chứng nhận hết hạn ngày 15/08/2026; phải học lại."),
        ({"applied_on": "20/08/2025"}, "Hồ sơ hết hạn 12 tháng ngày 20/08/2026; phải làm lại 4 giấy tờ"),
        ({"birth_on": "31/08/1966"}, "Quá 60 tuổi từ ngày 31/08/2026; cấp có thẩm quyền phải đồng ý bằng văn bản"),
        ({"birth_on": "05/12/2008"}, "Chi bộ xét sớm nhất ngày 05/12/2026, khi đủ 18 tuổi."),
        (
            {"helper_assigned_on": "05/12/2025"},
            "Nếu chi bộ xét trước ngày 05/12/2026 thì cần xác nhận người giới thiệu",
        ),
        (
            {"helper_assigned_on": "01/02/2026"},
            "Tính từ ngày phân công giúp đỡ thì 01/02/2027 mới đủ 12 tháng, sau 31/12/2026; cần xác nhận người giới",
        ),
        ({"birth_on": "2000"}, "Chưa đủ dữ liệu: ngày sinh."),
        (
            {"birth_on": "", "helper_assigned_on": "", "certificate_on": "", "certificate_number": "12/GCN"},
            "Chưa đủ dữ liệu: ngày sinh, ngày phân công giúp đỡ, ngày cấp giấy chứng nhận.",
        ),
        ({"branch_resolved_on": "2026"}, "Chưa đủ dữ liệu: ngày nghị quyết hoặc ngày quyết định."),
        ({"branch_resolved_on": "02/02/2026"}, "Hạn theo quy định 13/04/2026 đã qua; phải làm ngay."),
        (
            {"branch_resolved_on": "02/02/2026", "decided_on": "02/03/2026"},
            "Hạn tạm tính 13/04/2026 đã qua (chưa có ngày nhận nên tính từ ngày gửi hoặc ngày ban hành); phải làm",
        ),
        (
            {"branch_resolved_on": "10/08/2026", "votes_for": "11", "members_summoned": "17"},
            "Chưa chắc: số phiếu ghi trong sổ không đủ tỷ lệ hoặc không hợp lý (trang Lỗi).",
        ),
        ({"branch_resolved_on": "10/08/2026", "birth_on": "11/08/2008"}, "có nghị quyết chưa đủ 18 tuổi (trang Lỗi)."),
        ({"branch_resolved_on": "10/08/2026", "birth_on": "09/08/1966"}, "có nghị quyết đã quá 60 tuổi, cấp có thẩm"),
        (
            {"branch_resolved_on": "10/08/2026", "certificate_on": "09/08/2021"},
            "giấy chứng nhận hết hạn trước ngày chi",
        ),
        ({"branch_resolved_on": "10/08/2026", "applied_on": "09/08/2025"}, "cần xác nhận đã làm lại giấy tờ."),
        (
            {"branch_resolved_on": "10/08/2026", "decided_on": "07/08/2026"},
            "Chưa chắc: sổ ghi các ngày trái thứ tự của thủ tục (trang Lỗi).",
        ),
        ({"decided_on": "07/08/2026"}, "Chưa chắc: sổ chưa ghi ngày của việc phải xong trước: đơn, thẩm tra"),
        ({"branch_resolved_on": "10/08/2026", "applied_on": ""}, "Chưa chắc: sổ chưa ghi ngày của việc phải xong"),
        ({"branch_resolved_on": "10/08/2026", "birth_on": ""}, "Chưa đủ dữ liệu: ngày sinh."),
        (
            {"branch_resolved_on": "10/08/2026", "certificate_on": ""},
            "Chưa đủ dữ liệu: ngày cấp giấy chứng nhận.",
        ),
        (
            {"applied_on": "02/08/2026", "vetting_sent_on": "10/08/2026"},
            "Hạn của bước tới (trang Quá hạn) là ngày 23/09/2026; muốn kịp 31/12/2026 thì phải xong sớm hơn.",
        ),
        (
            {"branch_resolved_on": "15/06/2026", "decided_on": "24/07/2026"},
            "Chưa chắc: hạn làm lễ tính từ ngày nhận quyết định, sổ chưa có ngày ấy.",
        ),
    ],
)
def test_what_stands_in_the_way_is_said_of_who_may_still_make_it(person, said):
    base = READY_TO_RESOLVE if {"branch_resolved_on", "decided_on"} & {*person} else CERTIFIED
    made = line({**base, **person})

    assert made["outlook"] == Outlook.POSSIBLE
    assert said in made["reason"]


def test_whose_terms_end_beyond_the_day_aimed_at_reads_so_and_no_more():
    """Decided on 20/11/2026, under the rule that counts from issuing: 30 working days end on 05/01/2027."""
    decided = {**READY_TO_RESOLVE, "branch_resolved_on": "15/10/2026", "decided_on": "20/11/2026"}
    made = line(decided, as_of=date(2026, 11, 22))

    assert made["reason"] == (
        "Giữ đúng mọi thời hạn thì chậm nhất ngày 05/01/2027, sau 31/12/2026: phải làm sớm hơn hạn."
    )


def test_of_whom_nothing_else_can_be_said_how_much_is_left_is_told():
    assert line(CERTIFIED, as_of=date(2026, 3, 2))["reason"] == "Luật còn cho phép; còn 11 bước."


def test_nobody_is_left_without_a_reason():
    people = [FREE, CERTIFIED, {**CERTIFIED, "branch_resolved_on": "10/08/2026"}, {**CERTIFIED, "birth_on": "2010"}]
    days = [date(2026, month, 22) for month in (1, 6, 11)]

    assert all(told(*people, *[admitted()] * ENOUGH, as_of=day)[0]["reason"].ne("").all() for day in days)


def test_who_is_sure_reads_by_when():
    resolved = {**READY_TO_RESOLVE, "branch_resolved_on": "10/08/2026"}
    made, kept = line(resolved), "Giữ đúng mọi thời hạn thì chậm nhất ngày 26/11/2026."

    assert (made["outlook"], made["reason"]) == (Outlook.SURE, kept)
    assert line({**resolved, "votes_for": ""})["reason"] == f"{kept} Sổ chưa ghi số phiếu."


@pytest.mark.parametrize("resolved", ["10/08/2026", "15/05/2026"])
def test_the_day_of_a_decision_is_that_of_whoever_decides_even_when_it_is_past(resolved):
    """As the sheet of what is overdue names them: no act of the committee has a day of its own here."""
    made = line({**READY_TO_RESOLVE, "branch_resolved_on": resolved})

    assert (made["next_step"], made["actor"]) == ("Cấp có thẩm quyền quyết định kết nạp", "Cấp có thẩm quyền")


def test_a_day_aimed_at_that_is_past_is_said_of_everybody():
    made, _ = told(CERTIFIED, {**CERTIFIED, "branch_resolved_on": "10/08/2026"}, forecast_until=date(2026, 8, 31))

    assert set(made["outlook"]) == {Outlook.IMPOSSIBLE}
    assert set(made["reason"]) == {"Mốc dự báo 31/08/2026 đã qua."}


def test_a_last_safe_day_that_is_past_is_told_only_where_the_law_sets_it():
    """45 working days from 15/05/2026 end on 17/07; the dossier's own day, 03/08/2026, is nobody's term."""
    decide = line({**READY_TO_RESOLVE, "branch_resolved_on": "15/05/2026"})

    assert decide["act_by"] == pd.Timestamp("2026-07-17")
    assert pd.isna(line(CERTIFIED)["act_by"])
    assert line(CERTIFIED, as_of=date(2026, 8, 3))["act_by"] == pd.Timestamp("2026-08-03")


def test_on_the_day_aimed_at_who_still_needs_a_decision_reads_how_much_is_left():
    resolved = {**READY_TO_RESOLVE, "branch_resolved_on": "15/10/2026"}
    made, _ = told(resolved, {**resolved, "decided_on": "20/12/2026"}, as_of=date(2026, 12, 31))

    assert made["outlook"].tolist() == [Outlook.POSSIBLE, Outlook.IMPOSSIBLE]
    assert made["reason"].loc[0] == (
        "Ngày 31/12/2026 là ngày cuối mà còn 4 bước: luật không cấm làm trong một ngày, nhưng thực tế không kịp."
    )
    assert made.loc[0, "plan"] == ""


def test_what_is_learnt_comes_from_the_committees_own_cases():
    made, learnt = told(CERTIFIED, *[admitted()] * ENOUGH)

    assert list(learnt) == list(EXPERIENCE_COLUMNS)
    assert learnt["act"].tolist()[:: len(ACTS) - 1] == ["giấy chứng nhận lớp nhận thức", "lễ kết nạp"]
    assert (set(learnt["cases"]), set(learnt["usual"]), set(learnt["most"])) == ({8}, {10}, {10})
    # Late by experience, so done today; ten acts of ten days follow.
    assert made.loc[0, "likely_on"] == pd.Timestamp("2026-12-10")
    assert "ý kiến nơi cư trú 06/09/2026 (kinh nghiệm)" in made.loc[0, "plan"]


def test_experience_that_says_too_late_is_told_and_changes_no_class():
    made, _ = told(CERTIFIED, *[admitted(30)] * ENOUGH)

    assert (made.loc[0, "outlook"], made.loc[0, "hope"]) == (Outlook.POSSIBLE, Hope.UNLIKELY)
    assert "Theo kinh nghiệm thì khoảng 28/06/2027, sau ngày 31/12/2026." in made.loc[0, "reason"]


def test_without_enough_cases_there_is_no_experience():
    made, learnt = told(CERTIFIED, *[admitted()] * (ENOUGH - 1))

    assert learnt.empty
    assert pd.isna(made.loc[0, "likely_on"])


def test_an_act_without_a_column_is_asked_of_nobody():
    early, lacking = date(2026, 6, 1), ["dossier_opened_on", "applied_on", "residence_opinion_on"]
    seen, blind = line(CERTIFIED, as_of=early), line(CERTIFIED, as_of=early, lacking=lacking)

    assert "đơn xin vào Đảng" in seen["plan"]
    assert "đơn xin vào Đảng" not in blind["plan"]
    assert blind["next_step"] == "Gửi văn bản thẩm tra lý lịch"
    assert line(FREE, lacking=["certificate_on"])["reason"].endswith("Chưa đủ dữ liệu: ngày cấp giấy chứng nhận.")


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ({"certificate_on": "15/08/2021"}, "phải làm lại giấy tờ"),
        ({"certificate_on": "20/09/2021"}, "giấy tờ hết hạn trước ngày ước"),
        ({"birth_on": "20/09/1966"}, "quá tuổi trước ngày ước"),
    ],
)
def test_a_blank_likely_day_is_explained(person, why):
    made, _ = told({**CERTIFIED, **person}, *[admitted()] * ENOUGH)

    assert pd.isna(made.loc[0, "likely_on"])
    assert f"Không ước được theo kinh nghiệm: {why}." in made.loc[0, "reason"]


def test_too_few_cases_of_one_act_are_the_reason_only_where_others_are_known():
    """The day of the first act is known of eight, but of one of them not the day that it is counted from."""
    made, learnt = told(FREE, *[admitted()] * (ENOUGH - 1), {**admitted(), "sympathizer_on": ""})

    assert len(learnt) == len(ACTS) - 1
    assert "Không ước được theo kinh nghiệm: chưa đủ ca đã kết nạp." in made.loc[0, "reason"]
    assert "Không ước được" not in line(CERTIFIED)["reason"]


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({"birth_on": "21/12/1966"}, "Chi bộ phải xét chậm nhất ngày 21/12/2026, vì sau ngày ấy quá 60 tuổi."),
        ({"applied_on": "15/01/2026"}, "Chi bộ phải xét chậm nhất ngày 15/01/2027, vì sau ngày ấy hồ sơ hết hạn."),
        (
            {"certificate_on": "31/03/2022"},
            "Chi bộ phải xét chậm nhất ngày 31/03/2027, vì sau ngày ấy giấy chứng nhận hết hạn.",
        ),
    ],
)
def test_what_ends_by_the_day_aimed_at_or_soon_after_is_told_with_its_day(person, said):
    assert said in line({**CERTIFIED, **person})["reason"]


def test_what_ends_long_after_the_day_aimed_at_is_not_told():
    """The longest reminder is of 90 days: from 31/12/2026 they end on 31/03/2027."""
    assert "phải xét chậm nhất" not in line({**CERTIFIED, "certificate_on": "01/04/2022"})["reason"]
    assert "phải xét chậm nhất" not in line({**CERTIFIED, "certificate_on": "31/03/2022"}, reminders=(30,))["reason"]


def test_who_moved_here_is_not_asked_for_the_months_with_the_helper():
    person = {**CERTIFIED, "helper_assigned_on": "20/08/2026"}

    assert "cần xác nhận người giới thiệu" in line(person)["reason"]
    assert "cần xác nhận" not in line(person, moved=[0])["reason"]


def test_who_is_sure_is_not_told_to_hurry():
    made, _ = told(
        {**READY_TO_RESOLVE, "branch_resolved_on": "16/09/2026"}, *[admitted(20)] * ENOUGH, as_of=date(2026, 10, 31)
    )

    assert made.loc[0, ["outlook", "act_by", "plan", "reason"]].tolist() == [
        Outlook.SURE,
        pd.Timestamp(2026, 11, 18),
        "quyết định kết nạp 18/11/2026 (luật); lễ kết nạp 31/12/2026 (mốc)",
        "Giữ đúng mọi thời hạn thì chậm nhất ngày 31/12/2026.",
    ]


def test_a_day_that_no_law_sets_is_not_called_the_law_s():
    made = line({**CERTIFIED, "birth_on": "10/12/2008"})

    assert "nghị quyết chi bộ 10/12/2026 (không sớm hơn được)" in made["plan"]


def test_what_the_law_calls_overdue_comes_first_then_the_soonest_act():
    """C: the decision is overdue, whatever experience says. A: the ceremony. B: under age."""
    people = [
        {**CERTIFIED, "decided_on": "24/07/2026", "branch_resolved_on": "15/06/2026"},
        {**CERTIFIED, "birth_on": "05/01/2009"},
        {**CERTIFIED, "branch_resolved_on": "15/05/2026"},
    ]
    made, _ = told(*people, *[admitted(45)] * ENOUGH)

    assert made["name"].str[-1].tolist() == ["C", "A", "B"]


def test_of_those_without_hope_whoever_is_nearest_to_it_comes_first():
    """D: everything but the resolution is done. C: at the vetting. B: the dossier. A: the certificate has lapsed."""
    people = [
        {**CERTIFIED, "certificate_on": "15/08/2021"},
        CERTIFIED,
        {**CERTIFIED, "applied_on": "20/07/2026"},
        {**CERTIFIED, "residence_opinion_on": "28/08/2026", "union_resolved_on": "28/08/2026",
         "vetting_result_on": "28/08/2026", "applied_on": "20/07/2026"},
    ]  # fmt: skip
    made, _ = told(*people, *[admitted(45)] * ENOUGH)
    unlearnt, _ = told(*people, as_of=date(2026, 11, 1))

    assert set(made["hope"]) == {Hope.UNLIKELY, Hope.PASSED}
    assert made["name"].str[-1].tolist() == unlearnt["name"].str[-1].tolist() == ["D", "C", "B", "A"]


def test_the_classes_add_up_to_the_people_on_the_way():
    people = [
        FREE,
        CERTIFIED,
        {**READY_TO_RESOLVE, "branch_resolved_on": "10/08/2026"},
        {**READY_TO_RESOLVE, "branch_resolved_on": "10/05/2026", "decided_on": "24/08/2026"},
        {**CERTIFIED, "birth_on": "05/01/2009"},
        {**CERTIFIED, "status": "Chuyển đi"},
        admitted(),
    ]
    by_ceremony, _ = told(*people)
    by_decision, _ = told(*people, counted_by=CountedBy.DECISION)

    assert sorted(by_ceremony.index) == [0, 1, 2, 3, 4]
    assert sorted(by_decision.index) == [0, 1, 2, 4]
    assert by_ceremony["outlook"].value_counts().to_dict() == {"possible": 2, "sure": 2, "impossible": 1}


def test_nobody_is_no_trouble():
    made, learnt = told()

    assert (list(made), made.empty, learnt.empty) == (list(PROSPECT_COLUMNS), True, True)
