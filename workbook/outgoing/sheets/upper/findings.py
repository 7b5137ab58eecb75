"""Sheet "Lỗi" of the level above: what is to be asked about the books of lower committees."""

from workbook.outgoing.page import Paper
from workbook.outgoing.sheets import findings
from workbook.outgoing.sheets.upper.words import of_committees
from workbook.upper_book import UpperBook


def write(paper: Paper, book: UpperBook) -> None:
    """Write the sheet."""
    findings.write(paper, book.base, of_committees(findings.FIELDS))
