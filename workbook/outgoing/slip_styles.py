"""The styles of somebody else's workbook: what a cell is filled with, and the same looks with another fill."""

from colorsys import hls_to_rgb, rgb_to_hls
from copy import deepcopy

from lxml import etree
from openpyxl.styles.colors import COLOR_INDEX

from workbook.errors import Damaged
from workbook.outgoing.package import Package, main_tag, parse, serialised, workbook_part
from workbook.outgoing.package_links import linked, with_parts

#: In the order of the numbers that cells name them by; the first two pairs are swapped against the theme itself.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")


_USUAL, _SMALL = 11.0, 9.0  # points of letters


class Styles:
    """The part of styles, looks added as they are needed. A style is the number a cell has."""

    def __init__(self, package: Package):
        """Raises Damaged for a workbook without styles, or one of the strict kind, which no clerk's program writes."""
        self._book = workbook_part(package)
        self._part = next(iter(linked(package, self._book, "styles").values()), "")
        self._root = parse(package.part(self._part))
        fills, looks, fonts = (self._root.find(main_tag(name)) for name in ("fills", "cellXfs", "fonts"))
        if fills is None or looks is None or fonts is None or not all(map(len, (fills, looks, fonts))):
            raise Damaged("file.damaged")
        self._fills, self._looks = fills, looks
        self._theme = _theme(package, self._book)
        self._fonts, self._known = fonts, len(looks)
        self._made: dict[tuple[int, str], int] = {}
        self._beside: dict[int, int] = {}
        self._small_of: dict[int, int] = {}
        self._fill_of: dict[str, int] = {"": 0}  # the first fill of a workbook is none

    def colour(self, style: int) -> str:
        """The fill of a style as "#RRGGBB", "" for none; of a pattern or a gradient its first colour."""
        number = int(self._look(style).get("fillId", "0"))
        fill = self._fills[number] if number < len(self._fills) else None
        if fill is None or number == 0:
            return ""
        pattern = fill.find(main_tag("patternFill"))
        if pattern is not None and pattern.get("patternType", "none") == "none":
            return ""
        colours = [one for one in fill.iter() if etree.QName(one).localname in ("fgColor", "color")]
        return self._shown(colours[0]) if colours else ""

    def painted(self, style: int, colour: str) -> int:
        """The style that differs from another by its fill only; "" is no fill."""
        if (style, colour) not in self._made:
            look = deepcopy(self._look(style))
            look.set("fillId", str(self._fill(colour)))
            look.set("applyFill", "1")
            self._made[style, colour] = self._add(look)
        return self._made[style, colour]

    def beside(self, style: int) -> int:
        """The style that differs from another by letters as small as a note's, broken into lines within their cell."""
        if style not in self._beside and self.wraps(style) and self.size(style) <= _SMALL:
            self._beside[style] = style
        if style not in self._beside:
            look = deepcopy(self._look(style))
            look.set("fontId", str(self._small(int(look.get("fontId", "0")))))
            look.set("applyFont", "1")
            alignment = look.find(main_tag("alignment"))
            if alignment is None:
                alignment = etree.Element(main_tag("alignment"))
                look.insert(0, alignment)
            alignment.set("wrapText", "1")
            look.set("applyAlignment", "1")
            self._beside[style] = self._add(look)
        return self._beside[style]

    def wraps(self, style: int) -> bool:
        """Whether a text that is wider than its cell is broken into lines."""
        alignment = self._look(style).find(main_tag("alignment"))
        return alignment is not None and alignment.get("wrapText") in {"1", "true"}

    def size(self, style: int) -> float:
        """How high the letters of a style are, in points."""
        return _size(self._fonts[int(self._look(style).get("fontId", "0"))])

    def put_into(self, package: Package) -> Package:
        """The package with these styles; as it was where none was made."""
        if len(self._looks) == self._known:
            return package
        for group in (self._fonts, self._fills, self._looks):
            group.set("count", str(len(group)))
        return with_parts(package, {self._part: serialised(self._root)})

    def _look(self, style: int) -> etree._Element:
        return self._looks[style if style < len(self._looks) else 0]

    def _add(self, look: etree._Element) -> int:
        self._looks.append(look)
        return len(self._looks) - 1

    def _small(self, font: int) -> int:
        """The font that differs from another by its size only; it is never larger."""
        if font not in self._small_of:
            made = deepcopy(self._fonts[font])
            size = made.find(main_tag("sz"))
            if size is None:
                size = etree.SubElement(made, main_tag("sz"))
            size.set("val", f"{min(_size(self._fonts[font]), _SMALL):g}")
            self._fonts.append(made)
            self._small_of[font] = len(self._fonts) - 1
        return self._small_of[font]

    def _fill(self, colour: str) -> int:
        if colour not in self._fill_of:
            pattern = etree.SubElement(
                etree.SubElement(self._fills, main_tag("fill")), main_tag("patternFill"), {"patternType": "solid"}
            )
            etree.SubElement(pattern, main_tag("fgColor"), {"rgb": f"FF{colour.removeprefix('#')}"})
            etree.SubElement(pattern, main_tag("bgColor"), {"indexed": "64"})
            self._fill_of[colour] = len(self._fills) - 1
        return self._fill_of[colour]

    def _shown(self, colour: etree._Element) -> str:
        """A colour as it is named in a workbook: outright, by a place in the old palette, or of the theme."""
        if rgb := colour.get("rgb"):
            return f"#{rgb[-6:].upper()}"
        if indexed := colour.get("indexed"):
            number = int(indexed)
            return f"#{COLOR_INDEX[number][-6:]}" if number < len(COLOR_INDEX) else ""
        number = int(colour.get("theme", "-1"))
        base = self._theme[number] if 0 <= number < len(self._theme) else ""
        return _tinted(base, float(colour.get("tint", "0"))) if base else ""


def _size(font: etree._Element) -> float:
    told = font.find(main_tag("sz"))
    return max(float(told.get("val", _USUAL)), 1.0) if told is not None else _USUAL


def _theme(package: Package, book: str) -> list[str]:
    """The colours of the theme as "RRGGBB", "" where one is not told; [] without a theme."""
    part = next(iter(linked(package, book, "theme").values()), "")
    if part not in package.names:
        return []
    root = parse(package.part(part))
    told = (root.find(f".//{{*}}clrScheme/{{*}}{name}") for name in _THEME)
    inner = (next(iter(one), None) if one is not None else None for one in told)
    return [(one.get("lastClr") or one.get("val", "")) if one is not None else "" for one in inner]


def _tinted(base: str, tint: float) -> str:
    """Lighter by a positive tint, darker by a negative one, as Office does it."""
    red, green, blue = (int(base[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, full = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "#" + "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, full))
