"""Sheet "Hồ sơ": the papers of everybody's next step, which are there, which must be made and by when."""

from validation.dossier import PaperState
from workbook.book import Book
from workbook.labels import label
from workbook.outgoing.page import Field, Paper, listed
from workbook.outgoing.styles import Accent, Look

NAME = "Hồ sơ"

# Whoever prints the list wants to know what to do: where it is stated, and where the line stands, is for the screen.
FIELDS: tuple[Field, ...] = (
    Field("branch", "Chi bộ", 24),
    Field("name", "Họ và tên", 19),
    Field("step", "Bước tới", 22),
    Field("paper", "Giấy tờ", 26),
    Field("form", "Mẫu", 10, Look.CENTRE),
    Field("state", "Tình trạng", 14),
    Field("lapses_on", "Hết hiệu lực", 11, Look.DATE),
    Field("task", "Việc cần làm", 36),
    Field("due_on", "Hạn", 11, Look.DATE),
    Field("basis", "Căn cứ", 34),
    Field("file", "Tệp", 17),
    Field("sheet", "Trang", 10),
    Field("cell", "Ô", 7, Look.CENTRE),
)

_ACCENTS = {
    PaperState.REDO: Accent.GRAVE,
    PaperState.LAPSING: Accent.STRONG,
    PaperState.MISSING: Accent.MILD,
}


def write(paper: Paper, book: Book) -> None:
    """Write the sheet as the book has it, the most urgent first in each branch."""
    states = [PaperState(state) for state in book.dossier["state"]]
    shown = book.dossier.assign(state=[label(state) for state in states])
    page = listed(paper, NAME, "GIẤY TỜ CỦA BƯỚC TỚI", FIELDS, shown, book)
    page.accent("state", shown["state"], [_ACCENTS.get(state, Accent.PLAIN) for state in states])
    page.link("cell", shown, shown["cell"])
    page.print_until("due_on", len(shown))
    page.sheet.freeze_panes(1, 2)
