"""What is late among checked registers: what `overdue` tells."""

import pandas as pd

from workbook.checking import Checked
from workbook.committee import Committee
from workbook.consolidate.late import late


def late_of(checked: Checked, committee: Committee | None) -> pd.DataFrame:
    """What is late or comes due among checked registers, with the file of each line."""
    reminders = (committee or Committee("")).reminders
    lines = late(checked.assessment, checked.assessment.clocks, reminders)
    numbers = checked.assessment.stacked.frame["file"].to_numpy()[lines["row"]]
    return lines.assign(file=[checked.files[number].file for number in numbers])
