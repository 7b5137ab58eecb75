"""For every test of the hand: a live LibreOffice without a window, and a log of its own for each test."""

import os
import shutil
from collections.abc import Iterator

import pytest
import xlwings as xw

from macros_py import crash
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
def app(office) -> Iterator[xw.App]:
    """xlwings' app over it; a text that Excel would re-type is an error. All books are closed afterwards."""
    app = install(office, strict=True)
    yield app
    for one in list(app.books):
        one.close()


@pytest.fixture(autouse=True)
def _log_elsewhere(tmp_path_factory) -> Iterator[None]:
    """The log, and what is kept of the last consolidation beside it; also where a test takes its own patches back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crash, "LOG", tmp_path_factory.mktemp("home") / "songuon.log")
        yield
