"""A made-up person without a fault at every stage, and the typed frame that holds such people."""

import numpy as np
import pandas as pd
import pytest

from validation.stages import REACHED_BY
from validation.vocabulary import CODE_COLUMNS, COUNT_COLUMNS, DATE_COLUMNS, TEXT_COLUMNS, Stage, year_of

#: Every cell that a register can hold of her, each in order; dates as ISO days.
SOUND = {
    "number": "1",
    "full_name": "Hoàng Thị Thử",
    "name_key": "hoàng thị thử",
    "birth_on": "1998-05-09",
    "sex": "female",
    "citizen_id": "099198000123",
    "ethnicity": "tay",
    "religion": "none",
    "native_place": "Xã Mây Trắng",
    "residence": "Xã Mây Trắng",
    "schooling": "upper_secondary",
    "qualification": "college",
    "political_theory": "elementary",
    "occupation": "Công nhân",
    "position": "Tổ trưởng",
    "target_groups": "worker;student",
    "youth_union_on": "2014-03-26",
    "sympathizer_on": "2024-06-10",
    "helper": "Đặng Văn Mẫu",
    "helper_assigned_on": "2024-06-10",
    "certificate_number": "12/GCN",
    "certificate_on": "2024-08-15",
    "dossier_opened_on": "2025-02-03",
    "applied_on": "2025-03-01",
    "vetting_sent_on": "2025-03-10",
    "vetting_result_on": "2025-04-21",
    "union_resolved_on": "2025-05-05",
    "residence_opinion_on": "2025-05-12",
    "branch_resolved_on": "2025-07-03",
    "votes_for": 12,
    "members_summoned": 17,
    "committee_resolved_on": "2025-07-21",
    "dossier_sent_on": "2025-07-24",
    "decision_number": "34-QĐ",
    "decided_on": "2025-08-26",
    "decision_received_on": "2025-08-28",
    "ceremony_on": "2025-09-10",
    "member_record_on": "2025-09-20",
    "new_member_certificate_on": "2026-03-16",
    "recognition_resolved_on": "2026-09-15",
    "recognized_on": "2026-10-12",
    "card_number": "099198000123",
    "status": "followed",
}

#: What belongs to the steps that come after a stage, beside the days that make it.
_THEN = {
    Stage.CERTIFIED: ("certificate_number",),
    Stage.DOSSIER: (),
    Stage.AWAITING_DECISION: ("votes_for", "members_summoned", "committee_resolved_on", "dossier_sent_on"),
    Stage.AWAITING_CEREMONY: ("decision_number", "decision_received_on"),
    Stage.PROBATIONARY: ("member_record_on", "new_member_certificate_on"),
    Stage.OFFICIAL: ("recognition_resolved_on", "card_number"),
}


@pytest.fixture(scope="session")
def person():
    """Make the cells of a sound person who stands at a stage, with some changed; None blanks a cell."""

    def make(stage=Stage.OFFICIAL, **changes):
        stages = list(Stage)
        ahead = stages[stages.index(stage) + 1 :]
        dropped = {column for later in ahead for column in (*REACHED_BY[later], *_THEN[later])}
        return {**{name: cell for name, cell in SOUND.items() if name not in dropped}, **changes}

    return make


@pytest.fixture(scope="session")
def register():
    """Make a typed frame of people; a date cell is an ISO day, or a bare year where no more is legible."""

    def make(*people, index=None):
        lines = [cells.get("row", number) for number, cells in enumerate(people, start=5)]
        made: dict[str, object] = {"row": np.array(lines, dtype="int64")}
        for column in ("file", "table"):
            made[column] = np.array([cells.get(column, 0) for cells in people], dtype="int64")
        for column in ("name_key", "target_groups", *TEXT_COLUMNS, *CODE_COLUMNS):
            made[column] = pd.array([cells.get(column) for cells in people], dtype="str")
        for column in COUNT_COLUMNS:
            made[column] = pd.array([cells.get(column) for cells in people], dtype="Int64")
        for column in DATE_COLUMNS:
            typed = [cells.get(column) for cells in people]
            days = [cell if isinstance(cell, str) else "NaT" for cell in typed]
            made[column] = np.array(days, dtype="datetime64[us]")
            made[year_of(column)] = np.array([int(str(cell or 0)[:4]) for cell in typed], dtype="int16")
        frame = pd.DataFrame(made)  # at once: a frame that grows by a column is thrice as slow
        return frame if index is None else frame.set_axis(pd.Index(index))

    return make
