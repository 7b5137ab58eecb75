"""Files that are not what their name says: made byte by byte, because no spreadsheet program would write them."""

import re
import struct
import zlib
from base64 import b64encode
from html import escape
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from workbook.demo.draft import Draft

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

_KEYS = {"salt": 16, "hmac_key": 64, "hmac": 64, "password_salt": 16, "probe": 16, "probe_hash": 64, "key": 32}
_CIPHER = (
    'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
    ' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
)
_OFFICE = "http://schemas.microsoft.com/office/2006"
_SCHEME = (
    f'<encryption xmlns="{_OFFICE}/encryption" xmlns:p="{_OFFICE}/keyEncryptor/password">'
    f'<keyData {_CIPHER} saltValue="{{salt}}"/>'
    '<dataIntegrity encryptedHmacKey="{hmac_key}" encryptedHmacValue="{hmac}"/>'
    f'<keyEncryptors><keyEncryptor uri="{_OFFICE}/keyEncryptor/password">'
    f'<p:encryptedKey spinCount="100000" {_CIPHER} saltValue="{{password_salt}}"'
    ' encryptedVerifierHashInput="{probe}" encryptedVerifierHashValue="{probe_hash}" encryptedKeyValue="{key}"/>'
    "</keyEncryptor></keyEncryptors></encryption>"
)


def picture() -> bytes:
    """A white PNG picture of eight pixels by eight."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\x00" + b"\xff" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def lock_file() -> bytes:
    """What Excel leaves beside an open workbook: the user's name, padded."""
    return b"\x04demo" + b" " * 49 + struct.pack("<H", 4) + "demo".encode("utf-16-le") + b" \x00" * 49


def web_page(draft: Draft) -> bytes:
    """The register as a web page, as many systems export "Excel"."""
    lines = [[field.path[-1] for field in draft.layout.columns], *draft.rows]
    cells = ("".join(f"<td>{escape(str(value or ''))}</td>" for value in line) for line in lines)
    rows = "".join(f"<tr>{line}</tr>" for line in cells)
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def encrypted(rng: Random) -> bytes:
    """A workbook behind a password nobody knows: the compound file of [MS-OFFCRYPTO], its two streams noise."""
    streams = (_encryption_info(rng).ljust(8 * _SECTOR), rng.randbytes(16 * _SECTOR))
    starts = (2, 2 + len(streams[0]) // _SECTOR)
    chains = [_chain(start, len(stream) // _SECTOR) for start, stream in zip(starts, streams, strict=True)]
    fat = [_FAT, _END, *chains[0], *chains[1]]
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    folder = b"".join(
        (
            _entry("Root Entry", 5, child=1, start=_END),
            _entry("EncryptionInfo", 2, right=2, start=starts[0], size=len(streams[0])),
            _entry("EncryptedPackage", 2, start=starts[1], size=len(streams[1])),
            bytes(128),
        )
    )
    return _compound_header() + table + folder + streams[0] + streams[1]


def _encryption_info(rng: Random) -> bytes:
    """[MS-OFFCRYPTO] 2.3.4.10, agile encryption: how the password is to be tried, with random salts and keys."""
    noise = {name: b64encode(rng.randbytes(size)).decode() for name, size in _KEYS.items()}
    return struct.pack("<HHI", 4, 4, 0x40) + _SCHEME.format(**noise).encode()


def _compound_header() -> bytes:
    """[MS-CFB] 2.2: version 3, one table sector at 0, the folder at 1, no mini streams, no further tables."""
    fixed = struct.pack("<8s16sHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return fixed + counts + struct.pack("<109I", 0, *[_FREE] * 108)


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END]


def _entry(  # [MS-CFB] 2.6: one line of the folder; names are ordered by length, so no left neighbours here
    name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int = 0, size: int = 0
) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    neighbours = struct.pack("<HBBIII", len(letters), kind, 1, _FREE, right, child)
    return letters.ljust(64, b"\0") + neighbours + bytes(36) + struct.pack("<IQ", start, size)


def understate_dimension(path: Path) -> None:
    """Make every sheet claim to be one cell large, as web exports of Apache POI do."""
    with ZipFile(path) as package:
        parts = [(info, package.read(info)) for info in package.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for info, data in parts:
            package.writestr(info, re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', data))
