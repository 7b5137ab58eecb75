"""Good workbooks damaged by chance: as a bad disk, a cut line or a hand with ill will would, down to the XML inside.

Where a part of a package is changed the package is packed anew, so that its checksums fit and the change reaches the
reader. The same chance always does the same damage.
"""

import re
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

Damage = Callable[[bytes, Random], bytes]

_NUMBER = re.compile(rb'(?<=["> ])-?\d+(?:\.\d+)?(?=["< ])')
_ATTRIBUTE = re.compile(rb'\s[\w:]+="[^"]*"')
_ELEMENT = re.compile(rb"<[\w:]+[^<>]*/>|<([\w:]+)[^<>]*>[^<>]*</\1>")
_READ = re.compile(r"sheet\d|sharedStrings|workbook\.xml|content\.xml|styles")
_TEXT = re.compile(rb">([^<>]+)<")
_NUMBERS = (
    b"-1", b"0", b"1", b"255", b"65535", b"65536", b"1048577", b"2147483647", b"2147483648", b"4294967295",
    b"18446744073709551616", b"1e308", b"-1e308", b"1e999", b"NaN", b"INF", b"2958466", b"0.1.2", b"x", b"",
)  # fmt: skip
_TEXTS = (
    b"", b" ", b"\xff\xfe", b"\xed\xa0\x80", b"&#0;", b"&#55296;", b"&#x10FFFF;", b"&none;", b"<", b"]]>", b"_x0000_",
    b"A" * 40_000, "\u202eslx.\u0301".encode(), b"=1+1", b"#REF!", b"A1", b"XFD1048576", b"A0", b"A1:XFD1048576",
    b"9" * 5_000, b"A" + b"9" * 5_000, b"UTF-99",
)  # fmt: skip
_KINDS = (b"e", b"s", b"str", b"b", b"d", b"n", b"inlineStr", b"error", b"date", b"percentage")  # of cells
_EXTREMES = (b"\0", b"\xff", b"\0\0", b"\xff\xff", b"\xff\x7f", b"\0\x80", b"\xff\xff\xff\xff", b"\0\0\0\x80")
_NAMES = ("xl/../{}", "/{}", "{}/", "\u202e{}", "{}\0", "con/{}", "xl\\{}")


def mutated(data: bytes, chance: Random) -> tuple[str, bytes]:
    """The name of the damage and what has become of the file."""
    kinds = {**WHOLE, **PACKAGE} if data.startswith(b"PK") else WHOLE
    name = chance.choice(list(kinds))
    return name, kinds[name](data, chance)


def with_macros(data: bytes) -> bytes:
    """An .xlsx as an .xlsm: the package says that it may hold macros."""
    plain, other = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    return _packed([(name, content.replace(plain, other)) for name, content in _parts(data)])


# --- the bytes of a file, or of a part


def _bits_flipped(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64)) if made else 0):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut_off(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _blocks_swapped(data: bytes, chance: Random) -> bytes:
    size = chance.choice((1, 4, 32, 512))
    first, second = (chance.randrange(max(1, len(data) - size)) for _ in range(2))
    made = bytearray(data)
    made[first : first + size], made[second : second + size] = data[second : second + size], data[first : first + size]
    return bytes(made)


def _block_twice(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[: start + chance.choice((1, 8, 512, 4096))] + data[start:]


def _extreme(data: bytes, chance: Random) -> bytes:
    """A number of the older format, or a field of the directory, becomes the least or the greatest there is."""
    value = chance.choice(_EXTREMES)
    start = chance.randrange(max(1, len(data) // len(value))) * len(value)
    return data[:start] + value + data[start + len(value) :]


# --- the XML of a part


def _number(data: bytes, chance: Random) -> bytes:
    return _replaced(data, _NUMBER, lambda _: chance.choice(_NUMBERS), chance)


def _attribute(data: bytes, chance: Random) -> bytes:
    def other(found: bytes) -> bytes:
        name = found.partition(b"=")[0]
        return chance.choice((b"", found + found, name + b'="' + chance.choice((*_TEXTS, *_NUMBERS, *_KINDS)) + b'"'))

    return _replaced(data, _ATTRIBUTE, other, chance)


def _element(data: bytes, chance: Random) -> bytes:
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    return _replaced(
        data, _ELEMENT, lambda found: chance.choice((b"", found * 2, found * 300, b"<x>" + found, deep)), chance
    )


def _text(data: bytes, chance: Random) -> bytes:
    return _replaced(data, _TEXT, lambda _: b">" + chance.choice(_TEXTS) + b"<", chance)


def _replaced(data: bytes, pattern: re.Pattern[bytes], other: Callable[[bytes], bytes], chance: Random) -> bytes:
    """The same part with one place that fits the pattern changed, now and then five."""
    for _ in range(chance.choice((1, 1, 1, 5))):
        if places := [found.span() for found in pattern.finditer(data)]:
            start, end = chance.choice(places)
            data = data[:start] + other(data[start:end]) + data[end:]
    return data


# --- the package


def _inside(damage: Damage) -> Damage:
    """The same damage, done to one part, mostly to one that matters."""

    def done(data: bytes, chance: Random) -> bytes:
        parts = _parts(data)
        at = chance.choices(range(len(parts)), [4 if _READ.search(name) else 1 for name, _ in parts])[0]
        parts[at] = (parts[at][0], damage(parts[at][1], chance))
        return _packed(parts)

    return done


def _part_lost(data: bytes, chance: Random) -> bytes:
    parts = _parts(data)
    del parts[chance.randrange(len(parts))]
    return _packed(parts)


def _part_twice(data: bytes, chance: Random) -> bytes:
    parts = _parts(data)
    name, content = chance.choice(parts)
    again = chance.choice((name, name.upper(), name.swapcase()))
    return _packed([*parts, (again, _bits_flipped(content, chance))])


def _part_named_otherwise(data: bytes, chance: Random) -> bytes:
    parts = _parts(data)
    at = chance.randrange(len(parts))
    parts[at] = (chance.choice(_NAMES).format(parts[at][0]), parts[at][1])
    return _packed(parts)


def _parts_exchanged(data: bytes, chance: Random) -> bytes:
    parts = _parts(data)
    first, second = (chance.randrange(len(parts)) for _ in range(2))
    one, other = parts[first], parts[second]
    parts[first], parts[second] = (one[0], other[1]), (other[0], one[1])
    return _packed(parts)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    made = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        warnings.simplefilter("ignore", UserWarning)  # two parts of one name are what is wanted
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


WHOLE: dict[str, Damage] = {
    "bits flipped": _bits_flipped,
    "cut off": _cut_off,
    "blocks swapped": _blocks_swapped,
    "block twice": _block_twice,
    "extreme value": _extreme,
}
PACKAGE: dict[str, Damage] = {
    "bits flipped in a part": _inside(_bits_flipped),
    "part cut off": _inside(_cut_off),
    "blocks swapped in a part": _inside(_blocks_swapped),
    "block twice in a part": _inside(_block_twice),
    "number changed": _inside(_number),
    "attribute changed": _inside(_attribute),
    "element changed": _inside(_element),
    "text changed": _inside(_text),
    "part lost": _part_lost,
    "part twice": _part_twice,
    "part named otherwise": _part_named_otherwise,
    "parts exchanged": _parts_exchanged,
}
