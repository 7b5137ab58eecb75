"""A workbook in the live LibreOffice."""

import pytest
import xlwings as xw


@pytest.fixture
def book(app) -> xw.Book:
    """A new workbook, closed afterwards together with all others."""
    return app.books.add()


@pytest.fixture
def sheet(book) -> xw.Sheet:
    """Its first sheet."""
    return book.sheets[0]
