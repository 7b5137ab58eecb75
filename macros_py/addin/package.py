"""Zip packages whose bytes depend on their parts alone, not on the hour or the machine."""

import io
import zipfile
from collections.abc import Mapping

# The oldest day a zip can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts by name as one package, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def unzipped(package: bytes) -> dict[str, bytes]:
    """The parts of a package by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
