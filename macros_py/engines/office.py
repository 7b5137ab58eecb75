"""A LibreOffice to talk to: start one of our own without a window, or find one that is running."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from macros_py import soffice
from macros_py.engines.bridge import Calls, OfficeError, Remote, load_uno
from macros_py.engines.inside import Inside

_PAUSE = 0.1  # seconds between two attempts to connect
_PATIENCE = 10  # seconds in which an office ends by itself


@dataclass(frozen=True)
class _Own:
    """The process we started, the head of a group of its own, and its profile."""

    process: subprocess.Popen[bytes]
    profile: Path

    def end(self) -> None:
        """Wait for the process, then end what is left of its group, then delete the profile."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_PATIENCE)
        with suppress(ProcessLookupError):  # nothing of the group is left: it ended by itself
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_PATIENCE)
        shutil.rmtree(self.profile, ignore_errors=True)


class Office:
    """A connection to one LibreOffice. `start` owns its process and profile and `stop` leaves nothing of either;
    `connect` borrows the clerk's, and `stop` only takes our functions out of it again. `windowless`: nobody could see a
    message box there.
    """

    def __init__(self, context: Any, pipe: str, *, windowless: bool, own: _Own | None = None) -> None:
        self.pipe, self.windowless, self._own = pipe, windowless, own
        self.calls = Calls()
        self.context = Remote(context, self.calls)
        self.inside = Inside(self.context)
        self.desktop: Remote = self.service("com.sun.star.frame.Desktop")

    @classmethod
    def start(cls, timeout: float = 60) -> Self:
        """A private office without a window, with a profile and a pipe of its own.

        OfficeError where LibreOffice is missing or does not answer within `timeout` seconds.
        """
        load_uno()
        program = soffice.program()
        if program is None:
            raise OfficeError("LibreOffice (soffice) is not installed")
        profile = Path(tempfile.mkdtemp(prefix="songuon-office-"))
        pipe = f"songuon-{os.getpid()}-{secrets.token_hex(4)}"
        command = [program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
        command += [f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
        nowhere = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True)
        own = _Own(process, profile)
        try:
            return cls(_resolve(pipe, timeout, process), pipe, windowless=True, own=own)
        except BaseException:
            own.end()
            raise

    @classmethod
    def connect(cls, pipe: str, timeout: float = 5) -> Self:
        """The clerk's running office, which listens on a pipe of this name; OfficeError where none answers in time."""
        return cls(_resolve(pipe, timeout), pipe, windowless=False)

    @property
    def pid(self) -> int:
        """The process we started; 0 for an office that was running before us."""
        return self._own.process.pid if self._own else 0

    def service(self, name: str) -> Any:
        """A UNO service by its full name."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def stop(self) -> None:
        """End a private office and delete its profile; leave a borrowed one running. Twice is harmless."""
        with suppress(OfficeError):  # it may be gone already, and our functions with it
            if self._own:
                self.desktop.terminate()
            else:
                self.inside.remove()
        if self._own:
            self._own.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def _resolve(pipe: str, timeout: float, process: subprocess.Popen[bytes] | None = None) -> Any:
    """The component context behind a pipe, asked for again and again until the time is over."""
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + timeout
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.uno.Exception") as error:
            if process is not None and process.poll() is not None:
                raise OfficeError("LibreOffice ended while it was starting") from error
            if time.monotonic() > deadline:
                raise OfficeError(f"no LibreOffice answered within {timeout:g} seconds") from error
        time.sleep(_PAUSE)
