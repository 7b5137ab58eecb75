"""Names of files that are made of somebody else's names: they stay in their folder, on every system.

Linux takes almost anything for a name, Windows does not: what a branch handed in on one of them is handed back on the
other, or on a stick between them.
"""

import re
import unicodedata
from collections.abc import Iterable

from workbook.outgoing.legible import legible

#: What parts a path on one system or the other, stands for many names, or is a stream of a file.
_NO_NAME = re.compile(r'[\\/:*?"<>|]')

#: Excel leaves a file of such a name beside an open workbook; nobody would read it as a register.
_OPEN_BOOK = re.compile(r"^~\$")

#: Windows drops them at the end without a word; a point in front hides a file. Blanks of all kinds.
_ENDS = ". \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

#: Devices of Windows, with any ending: writing to them writes to no file.
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE)

#: Bytes of a name; file systems hold 255, and endings of ours follow. A path of Windows holds 260 letters.
_LONGEST = 180


def safe(name: str) -> str:
    """The name as one that means a file in its folder and nothing else; "_" where nothing is left of it.

    Signs out of sight go, among them those that turn the direction of reading ("gpj.exe" read as "exe.jpg"); signs with
    a meaning become "-"; points and blanks at the ends go; a device gets a "_" before it; too long a name is cut in
    the middle of its stem, so that its ending stays.
    """
    shown = unicodedata.normalize("NFC", "".join(letter for letter in legible(name) if _is_seen(letter)))
    told = _OPEN_BOOK.sub("-", _NO_NAME.sub("-", shown).strip(_ENDS))
    return _cut(f"_{told}" if _DEVICES.fullmatch(told) else told) or "_"


def _is_seen(letter: str) -> bool:
    """Whether a letter takes up room: no control sign, no mark of direction, no half of a letter."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _cut(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, point, suffix = name.rpartition(".")
    if not point or len(suffix.encode()) > 8:
        stem, suffix = name, ""
    kept = stem.encode()[: _LONGEST - len(suffix.encode()) - 1].decode(errors="ignore").rstrip(_ENDS)
    return f"{kept}.{suffix}" if suffix else kept


def apart(names: Iterable[str]) -> list[str]:
    """The names, each with the first free number where Windows or macOS would take it for an earlier one."""
    taken: set[str] = set()
    told = []
    for name in names:
        stem, point, suffix = name.rpartition(".")
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{stem}-{number}{point}{suffix}" if stem else f"{name}-{number}"
        taken.add(free.casefold())
        told.append(free)
    return told
