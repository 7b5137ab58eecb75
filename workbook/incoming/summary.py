"""When a workbook of the older kind was last saved, from its summary as [MS-OLEPS] 2.21 lays it out.

Only this one property is read: a reader of all of them believes any count that it finds, and counts to four thousand
million where a file is damaged.
"""

from datetime import UTC, datetime, timedelta
from struct import error as StructError  # noqa: N812 - it is a class
from struct import unpack_from

import olefile

_STREAM = "\x05SummaryInformation"
_LAST_SAVED, _FILETIME = 13, 0x40
_SECTION = 44  # where the place of the first section stands
_MOST = 64  # there are 19 kinds
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def saved_at(compound: olefile.OleFileIO) -> datetime | None:
    """The moment, in UTC; None where it is not told or illegible, for no property is worth a refusal."""
    if not compound.exists(_STREAM):
        return None
    try:
        return _moment(compound.openstream(_STREAM).read())
    except (OSError, StructError, OverflowError):
        return None


def _moment(data: bytes) -> datetime | None:
    """Of a property set: a section of (size, count, (kind, place)…), places counted from its beginning."""
    (section,) = unpack_from("<I", data, _SECTION)
    (count,) = unpack_from("<I", data, section + 4)
    entries = [unpack_from("<II", data, section + 8 + 8 * number) for number in range(min(count, _MOST))]
    place = dict(entries).get(_LAST_SAVED)
    if place is None:
        return None
    kind, ticks = unpack_from("<IQ", data, section + place)
    return _EPOCH + timedelta(microseconds=ticks // 10) if kind == _FILETIME and ticks else None
