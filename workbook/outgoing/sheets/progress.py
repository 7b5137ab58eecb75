"""Sheet "Tiến độ": how many persons of each branch stand at each stage; those who left are counted apart."""

from validation.vocabulary import Stage
from workbook.book import Book
from workbook.labels import label
from workbook.outgoing.figures import Figure, Total, affordable, reference, write_figures
from workbook.outgoing.page import Page, Paper, header
from workbook.outgoing.sheets import data
from workbook.outgoing.styles import Look

NAME = "Tiến độ"

_STAGES = tuple(str(stage) for stage in Stage)

FIGURES: tuple[Figure, ...] = (
    Figure("name", "Chi bộ", 32, Look.TEXT, total=Total.NOTHING),
    *(Figure(str(stage), label(stage), 13, counts=data.in_stage(stage)) for stage in Stage),
    Figure("all", "Tổng số", 11, formula=f"=SUM({{cell[{_STAGES[0]}]}}:{{cell[{_STAGES[-1]}]}})"),
    Figure("left", data.LEFT, 12, counts=data.in_stage("left")),
    Figure("number", "STT chi bộ", 8, total=Total.NOTHING),
)


def write(paper: Paper, book: Book) -> None:
    """Write the sheet."""
    figures = affordable(FIGURES, book)
    page = Page(paper, NAME, figures)
    branches = book.branches
    shown = branches.assign(all=branches[list(_STAGES)].sum(axis="columns"), number=range(1, len(branches) + 1))
    write_figures(page, figures, shown, {}, data.names(book))
    page.sheet.freeze_panes(1, 1)
    page.filtered(len(branches))
    page.printed(header("TIẾN ĐỘ CỦA NGUỒN KẾT NẠP THEO GIAI ĐOẠN", book))


def total_cell(book: Book, name: str) -> str:
    """The cell of the total line in the column `name`, for other sheets."""
    return reference(NAME, FIGURES, name, max(len(book.branches), 1) + 2)
