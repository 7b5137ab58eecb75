"""A live LibreOffice without a window, spoken to through xlwings."""

import os
import shutil
from collections.abc import Iterator

import pytest
import xlwings as xw

from macros_py.engines.libreoffice import Office, OfficeError, install


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """A private office for all tests; skipped without LibreOffice, or failed with SONGUON_REQUIRE_LIBREOFFICE=1."""
    required = os.environ.get("SONGUON_REQUIRE_LIBREOFFICE") == "1"
    if not required and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice (soffice) is not installed")
    try:
        started = Office.start()
    except OfficeError as error:
        (pytest.fail if required else pytest.skip)(str(error))
    with started:
        yield started


@pytest.fixture
def app(office) -> xw.App:
    """xlwings' app over it; a text that Excel would re-type is an error."""
    return install(office, strict=True)


@pytest.fixture
def book(app) -> Iterator[xw.Book]:
    """A new workbook, closed afterwards together with all others."""
    yield app.books.add()
    for one in list(app.books):
        one.close()


@pytest.fixture
def sheet(book) -> xw.Sheet:
    """Its first sheet."""
    return book.sheets[0]
