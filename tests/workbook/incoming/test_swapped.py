"""A spreadsheet set to American days is found out by its sheet, also where a branch has one person."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from random import Random

import pytest

from validation.vocabulary import DATE_COLUMNS
from workbook.checking import check
from workbook.layout import HEADING

AS_OF = date(2026, 11, 22)
STEPS = {
    "birth_on": "1999-03-08",
    "youth_union_on": "2014-03-26",
    "sympathizer_on": "2025-05-03",
    "helper_assigned_on": "2025-05-15",
    "certificate_on": "2025-09-20",
    "dossier_opened_on": "2025-11-12",
    "applied_on": "2025-12-25",
    "vetting_sent_on": "2026-02-02",
    "vetting_result_on": "2026-03-16",
    "union_resolved_on": "2026-04-05",
    "residence_opinion_on": "2026-04-18",
    "branch_resolved_on": "2026-06-05",
    "committee_resolved_on": "2026-06-22",
}
PERSON = {name: date.fromisoformat(day) for name, day in STEPS.items()}


def american(day: date) -> str:
    """A day typed day first, as a spreadsheet set to American days keeps it; see `conftest` for the drawing."""
    return f"@{day.replace(month=day.day, day=day.month)}" if day.day <= 12 else f"{day:%d/%m/%Y}"


def vietnamese(day: date) -> str:
    return f"@{day}"


def text(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@pytest.fixture
def asked(book) -> Callable[..., dict[str, str]]:
    """`asked(persons)`: of a real sheet, column → the sentence that asks whether its days are swapped."""

    def ask(persons: Iterable[Sequence[str]]) -> dict[str, str]:
        lines = [["Họ và tên", *map(HEADING.__getitem__, PERSON)]]
        lines += [[f"Lê Thị Thử {'ABC'[place]}", *days] for place, days in enumerate(persons)]
        found = check([book.file("\n".join(f"| {' | '.join(line)} |" for line in lines))], AS_OF).found
        told = found[found["code"] == "dates.swapped"]
        return dict(zip(told["column"], told["message"], strict=True))

    return ask


def test_one_person_s_line_gives_american_settings_away(asked):
    told = asked([[american(day) for day in PERSON.values()]])

    assert set(told) == {name for name, day in PERSON.items() if day.day <= 12 and day.day != day.month}
    assert "ô này đang là 06/05/2026, có thể phải là 05/06/2026" in told["branch_resolved_on"]


def test_a_column_copied_from_elsewhere_does_not_hide_the_others(asked):
    told = asked([[american(day) for day in PERSON.values()], ["05/09/1998", *[""] * (len(PERSON) - 1)]])

    assert "branch_resolved_on" in told
    assert "birth_on" not in told


@pytest.mark.parametrize("typed", [vietnamese, text], ids=["true days", "texts"])
def test_days_of_one_kind_are_left_alone(asked, typed):
    assert asked([[typed(day) for day in PERSON.values()]]) == {}


def test_columns_of_texts_beside_columns_of_true_days_are_left_alone(asked):
    kinds = [text if place % 2 else vietnamese for place in range(len(PERSON))]

    assert asked([[kind(day) for kind, day in zip(kinds, PERSON.values(), strict=True)]]) == {}


def test_people_admitted_together_are_one_evidence(asked):
    """Three people with the same three days of either kind: what would be chance in one line is chance in three."""
    few = dict.fromkeys(PERSON, "") | {"sympathizer_on": "@2025-03-05", "helper_assigned_on": "15/05/2025"}

    assert asked([list(few.values())] * 3) == {}


def test_sheets_that_mix_texts_and_true_days_at_random_are_seldom_asked_about(book):
    chance = Random(7)
    days = [date(2025, 1 + chance.randrange(12), 1 + chance.randrange(28)) for _ in range(3000)]
    heads = " | ".join(["Họ và tên", *map(HEADING.__getitem__, PERSON)])
    lines = [" | ".join(chance.choice((text, vietnamese))(chance.choice(days)) for _ in PERSON) for _ in range(300)]
    sheets = {f"S{at}": f"| {heads} |\n| Lê Thị Thử | {line} |" for at, line in enumerate(lines)}
    found = check([book.file(sheets)], AS_OF).found

    assert found.loc[found["code"] == "dates.swapped", "sheet"].nunique() <= 3


def test_every_date_column_is_weighed():
    assert set(PERSON) <= set(DATE_COLUMNS)


class TestTheOtherReading:
    """Too little to ask about the sheet; but where a day is wrong anyway, its other reading is worth a look."""

    STEPS = ("sympathizer_on", "certificate_on", "applied_on", "branch_resolved_on", "decided_on")

    @pytest.fixture
    def fix(self, book):
        def of(code: str, *days: str) -> tuple[str, str]:
            steps = self.STEPS[: len(days)]
            lines = (["Họ và tên", *map(HEADING.__getitem__, steps)], ("Lê Thị Thử", *days))
            found = check([book.file("\n".join(f"| {' | '.join(line)} |" for line in lines))], AS_OF).found
            (said,) = found.loc[found["code"] == code, ["fix", "branch_fix"]].itertuples(index=False)
            return said

        return of

    def test_it_is_told_where_it_would_put_the_days_in_order(self, fix):
        said = fix("order.branch_resolved_on", "15/05/2025", "20/09/2025", "25/10/2025", "@2025-01-12")

        assert all("có phải 01/12/2025 không" in one for one in said if one)

    def test_a_reading_that_is_no_better_is_not_told(self, fix):
        said = fix("order.branch_resolved_on", "15/05/2025", "20/09/2025", "25/12/2025", "@2025-01-12")

        assert "đảo ngày và tháng" not in said[0]

    def test_a_day_to_come_may_be_one_that_is_past(self, fix):
        said = fix("future.branch_resolved_on", "15/05/2025", "20/09/2025", "25/12/2025", "@2026-12-03")

        assert "đảo ngày và tháng: trước hết xem giấy tờ gốc có phải 12/03/2026 không" in said[0]

    def test_an_act_that_came_late_may_have_been_in_time(self, fix):
        days = ("15/05/2025", "20/09/2025", "25/12/2025", "20/01/2026")

        assert "có phải 05/03/2026 không" in fix("late_admission_decision", *days, "@2026-05-03")[0]
        assert "đảo ngày và tháng" not in fix("late_admission_decision", *days, "@2026-09-06")[0]

    def test_where_no_text_is_left_behind_nothing_hints_at_it(self, fix):
        said = fix("future.branch_resolved_on", "@2025-05-03", "@2025-09-04", "@2025-12-02", "@2026-12-03")

        assert "đảo ngày và tháng" not in said[0]
