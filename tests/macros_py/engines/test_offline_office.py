"""The live LibreOffice is spoken to through a pipe: it listens on no port, and is connected to none."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="asks Linux for the sockets of a process"),
]


def sockets_of(group: int) -> set[str]:
    """The inodes of all sockets of a process group."""
    found = set()
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(place.name)) == group:
                links = [str(handle.readlink()) for handle in (place / "fd").iterdir()]
                found |= {link[8:-1] for link in links if link.startswith("socket:[")}
    return found


def network_sockets() -> set[str]:
    tables = [Path("/proc/net") / name for name in ("tcp", "tcp6", "udp", "udp6")]
    lines = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return {line[9] for line in lines}


def test_the_office_has_sockets_of_the_file_system_only(office):
    ours = sockets_of(office.pid)
    assert ours  # its pipe is one
    assert not ours & network_sockets()
