"""A Word document → PDF, by a LibreOffice of our own: no window, its own profile and process, a time limit."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from macros_py import soffice
from workbook.errors import CannotWrite
from workbook.outgoing import save

#: Seconds; a report takes a few, the first start of LibreOffice up to a minute.
_PATIENCE = 180

_PREFIX = "songuon-pdf-"


def to_pdf(document: bytes, out: Path) -> bytes:
    """The document as PDF; `out` is only named in the error. Raises CannotWrite where there is no LibreOffice, or
    it does not manage, or not in time.
    """
    program = soffice.program()
    if program is None:
        raise CannotWrite("pdf.no_libreoffice", {"path": str(out)})
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder, save.beside(Path(folder)):
        source = Path(folder, "report.docx")
        source.write_bytes(document)
        profile = Path(folder, "profile").as_uri()
        command = [program, "--headless", "--norestore", "--nologo", f"-env:UserInstallation={profile}"]
        _run([*command, "--convert-to", "pdf", "--outdir", folder, str(source)], out)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise CannotWrite("pdf.failed", {"path": str(out)})
        return made.read_bytes()


def _sweep() -> None:
    """Take away the folders of runs that were killed: a report may name people."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if save.sweep(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[str], out: Path) -> None:
    """Run to the end or to the time limit; then nothing of it is left running."""
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise CannotWrite("pdf.too_long", {"path": str(out), "seconds": _PATIENCE}) from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the process and what it started; one that has ended by itself takes no harm."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()
        process.wait()
