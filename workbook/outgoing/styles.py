"""How the quota book looks: one font, thin lines, a pale header, and tiers that survive a black-and-white printer."""

from enum import StrEnum

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "Times New Roman"
HEADING_FILL = "#DDE6F0"
BAR_COLOUR, BAR_EDGE = "#C9DDF0", "#1F4E79"  # pale enough for the number that stands on it, edged for paper
ROW_HEIGHT = 15.75  # points of one line

#: What XlsxWriter must know of the default font: 12 points are 8 pixels a digit and 21 a row. It adds the theme's
#: font to the properties it is given: named here, no earlier book of the process can change a later one. Text stays
#: text, whatever it looks like.
WORKBOOK_OPTIONS: dict[str, object] = {
    "default_format_properties": {"font_name": FONT, "font_size": 12, "theme_font_name": FONT},
    "default_row_height": 21,
    "default_column_width": 72,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


#: Of a note: pixels across; letters that fit on a line, pixels a line, and pixels around them.
NOTE_WIDTH = 300
_NOTE_LETTERS, _NOTE_LINE, _NOTE_EDGE = 42, 17, 22


def note_height(text: str) -> int:
    """How many pixels a note must be high for all of its text."""
    return _NOTE_EDGE + _NOTE_LINE * sum(1 + len(line) // _NOTE_LETTERS for line in text.splitlines())


class Look(StrEnum):
    """What kind of thing a cell shows."""

    TEXT = "text"  # wraps
    LINE = "line"  # cut at the edge of a cell one line high
    CENTRE = "centre"
    DIGITS = "digits"  # an identifier: text that keeps its zeros when a clerk retypes it
    COUNT = "count"
    YEAR = "year"
    SHARE = "share"  # a percentage of up to two decimals
    MEAN = "mean"  # one decimal
    DATE = "date"
    MOMENT = "moment"
    LINK = "link"
    # text outside a table
    HEADING = "heading"
    TITLE = "title"
    EMPHASIS = "emphasis"
    CENTRED = "centred"
    REMARK = "remark"
    NOTE = "note"
    FREE = "free"
    FREE_WRAPPED = "free_wrapped"
    FREE_STRONG = "free_strong"
    FREE_RIGHT = "free_right"
    FREE_LINK = "free_link"


WRAPPED = frozenset({Look.TEXT, Look.CENTRE})


class Accent(StrEnum):
    """What marks a cell out from its neighbours."""

    PLAIN = "plain"
    TOTAL = "total"
    MILD = "mild"
    STRONG = "strong"
    GRAVE = "grave"


_BASE: dict[str, object] = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
_BOX: dict[str, object] = {"border": 1, "border_color": "#808080"}
# What stands on one line shrinks where it is too long: a day that a branch wrote in words, a number of many digits.
_FIGURE: dict[str, object] = {**_BOX, "align": "center", "shrink": True}
# Text of a branch keeps its quote mark, so that "=…" stays text even after a clerk edits the cell.
_TYPED: dict[str, object] = {**_BOX, "align": "left", "quote_prefix": True}

_LOOKS: dict[Look, dict[str, object]] = {
    Look.TEXT: {**_TYPED, "text_wrap": True},
    Look.LINE: {**_TYPED, "text_wrap": True, "valign": "top"},
    Look.CENTRE: {**_BOX, "align": "center", "text_wrap": True},
    Look.DIGITS: {**_TYPED, "shrink": True, "num_format": "@"},
    # The locale of the format gives the thousand dot and the decimal comma where the application heeds it.
    Look.COUNT: {**_FIGURE, "num_format": "[$-42A]#,##0"},
    Look.YEAR: {**_FIGURE, "num_format": "0"},
    Look.SHARE: {**_FIGURE, "num_format": "[$-42A]0.00"},
    Look.MEAN: {**_FIGURE, "num_format": "[$-42A]0.0"},
    Look.DATE: {**_FIGURE, "num_format": "dd/mm/yyyy"},
    Look.MOMENT: {**_FIGURE, "num_format": "dd/mm/yyyy hh:mm"},
    Look.LINK: {**_FIGURE, "font_color": "#0563C1", "underline": 1},
    Look.HEADING: {**_BOX, "align": "center", "bold": True, "text_wrap": True, "bg_color": HEADING_FILL},
    Look.TITLE: {"align": "center", "bold": True, "font_size": 14},
    Look.EMPHASIS: {"align": "center", "bold": True},
    Look.CENTRED: {"align": "center"},
    Look.NOTE: {"align": "left", "valign": "top", "italic": True, "font_size": 11, "text_wrap": True},
    Look.REMARK: {"align": "center", "italic": True},
    Look.FREE: {"align": "left"},
    Look.FREE_WRAPPED: {"align": "left", "valign": "top", "text_wrap": True},
    Look.FREE_STRONG: {"align": "left", "valign": "top", "bold": True, "font_size": 13, "text_wrap": True},
    Look.FREE_RIGHT: {"align": "right"},
    Look.FREE_LINK: {"align": "left", "font_color": "#0563C1", "underline": 1},
}

# The graver, the darker: on paper without colour the tiers still part, and the text beside says which.
_ACCENTS: dict[Accent, dict[str, object]] = {
    Accent.PLAIN: {},
    Accent.TOTAL: {"bold": True, "bg_color": "#EDEDED"},
    Accent.MILD: {"bg_color": "#FFF2CC"},
    Accent.STRONG: {"bg_color": "#F4B183"},
    Accent.GRAVE: {"bg_color": "#C55A5A", "font_color": "#FFFFFF", "bold": True},
}


class Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook):
        self._workbook = workbook
        self._made: dict[tuple[Look, Accent], Format] = {}

    def __call__(self, look: Look, accent: Accent = Accent.PLAIN) -> Format:
        """The format of a look with an accent."""
        key = (look, accent)
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**_BASE, **_LOOKS[look], **_ACCENTS[accent]})
        return self._made[key]

    def trimmed(self, decimals: int, accent: Accent = Accent.PLAIN) -> Format:
        """A conditional format that shows a share with just so many decimals (trailing zeros dropped)."""
        zeros = "." + "0" * decimals if decimals else ""
        return self._workbook.add_format({"num_format": f"[$-42A]0{zeros}", **_ACCENTS[accent]})

    def tinted(self, accent: Accent) -> Format:
        """A conditional format that only marks a cell out."""
        return self._workbook.add_format(_ACCENTS[accent])
