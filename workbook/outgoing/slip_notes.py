"""The notes of one sheet of somebody else's workbook: read, taken off and put on, all others as they were.

A note is told twice: its text in the part of comments, its frame in a drawing of the old kind (VML). That drawing is
often no well-formed XML and holds buttons and boxes too, so it is changed as text, only where our notes stand.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice

from lxml import etree

from workbook.errors import Damaged
from workbook.incoming.grid import address
from workbook.outgoing.areas import Cell, cell_of
from workbook.outgoing.legible import one_ending
from workbook.outgoing.package import MAIN, SPACE, Package, main_tag, parse, serialised
from workbook.outgoing.package_links import added, declared, declared_extension, linked, with_parts
from workbook.outgoing.styles import FONT, NOTE_WIDTH, note_height

#: Where a note stands: column, pixels, row, pixels; twice.
Frame = Callable[[Cell, int, int], tuple[int, ...]]

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_EMPTY_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
#: Programs call these by prefixes of their own: what we write says itself what its prefixes are.
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY_DRAWING = (
    f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'
).encode()
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
).encode()
_SHAPE = (
    f"<v:shape {_NAMES} "
    'id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;z-index:{order};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{frame}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPES = re.compile(rb"<(\w+):shape\s(?:(?!</\1:shape>).)*</\1:shape>", re.DOTALL)
_PLACE = re.compile(rb"<(?:\w+:)?(Row|Column)>\s*(\d+)\s*<")
_NUMBERS = re.compile(rb'(<\w+:idmap\b[^>]*\bdata=")([\d,]*)(")')
_END = re.compile(rb"</xml>\s*$")

#: Numbers of shapes come in blocks of so many, and each drawing has blocks of its own.
_BLOCK = 1_024


def texts(package: Package, sheet: str) -> dict[Cell, str]:
    """What the notes of a sheet say."""
    part = _comments_part(package, sheet)
    if not part:
        return {}
    comments = parse(package.part(part)).iterfind(f"{main_tag('commentList')}/{main_tag('comment')}")
    return {cell_of(one.get("ref", "")): "".join(one.itertext(main_tag("t"))) for one in comments}


def noted(
    package: Package, sheet: str, drawing: str, gone: Collection[Cell], new: Mapping[Cell, str], frame: Frame
) -> tuple[Package, str]:
    """The package with some notes of a sheet taken off and others put on, and the id of its drawing of notes."""
    if not gone and not new:
        return package, drawing
    package = _said(package, sheet, gone, new)
    if not drawing:
        package, drawing = added(package, sheet, "vmlDrawing", "xl/drawings/vmlDrawing{}.vml", _EMPTY_DRAWING)
        package = declared_extension(package, "vml", _DRAWING_TYPE)
    part = linked(package, sheet, "vmlDrawing").get(drawing, "")
    content = _without(package.part(part), gone)
    if new:
        frames = {cell: frame(cell, NOTE_WIDTH, note_height(text)) for cell, text in new.items()}
        content = _drawn(content, _free_block(package), frames)
    return with_parts(package, {part: content}), drawing


def _comments_part(package: Package, sheet: str) -> str:
    return next(iter(linked(package, sheet, "comments").values()), "")


# --- what they say


def _said(package: Package, sheet: str, gone: Collection[Cell], new: Mapping[Cell, str]) -> Package:
    part = _comments_part(package, sheet)
    if not part:
        package, _ = added(package, sheet, "comments", "xl/comments{}.xml", _EMPTY_COMMENTS)
        part = _comments_part(package, sheet)
        package = declared(package, part, _COMMENTS_TYPE)
    root = parse(package.part(part))
    comments, authors = root.find(main_tag("commentList")), root.find(main_tag("authors"))
    if comments is None or authors is None:
        raise Damaged("file.damaged")
    for one in comments.findall(main_tag("comment")):
        if cell_of(one.get("ref", "")) in gone:
            comments.remove(one)
    author = _author(authors)
    for (row, column), text in sorted(new.items()):
        comments.append(_comment(address(row - 1, column - 1), author, text))
    return with_parts(package, {part: serialised(root)})


def _author(authors: etree._Element) -> str:
    """Whose our notes are: nobody's, as a nameless program's."""
    names = [one.text or "" for one in authors]
    if "" not in names:
        etree.SubElement(authors, main_tag("author"))
        names.append("")
    return str(names.index(""))


def _comment(ref: str, author: str, text: str) -> etree._Element:
    comment = etree.Element(main_tag("comment"), {"ref": ref, "authorId": author})
    run = etree.SubElement(etree.SubElement(comment, main_tag("text")), main_tag("r"))
    looks = etree.SubElement(run, main_tag("rPr"))
    etree.SubElement(looks, main_tag("sz"), {"val": "11"})
    etree.SubElement(looks, main_tag("rFont"), {"val": FONT})
    said = etree.SubElement(run, main_tag("t"))
    said.text = one_ending(text)
    said.set(SPACE, "preserve")
    return comment


# --- how they are drawn


def _without(content: bytes, gone: Collection[Cell]) -> bytes:
    if not gone:
        return content
    return _SHAPES.sub(lambda shape: b"" if _place(shape[0]) in gone else shape[0], content)


def _place(shape: bytes) -> Cell | None:
    """The cell of a note; None for a button or a box."""
    told = {name: int(number) + 1 for name, number in _PLACE.findall(shape)}
    return (told[b"Row"], told[b"Column"]) if b'ObjectType="Note"' in shape and len(told) == 2 else None


def _free_block(package: Package) -> int:
    """The first block of numbers after all that the drawings of the package have."""
    drawings = (package.part(name) for name in package.names if name.lower().endswith(".vml"))
    told = (number for content in drawings for found in _NUMBERS.findall(content) for number in found[1].split(b","))
    return 1 + max((int(number) for number in told if number), default=0)


def _drawn(content: bytes, block: int, frames: Mapping[Cell, tuple[int, ...]]) -> bytes:
    """The drawing with a frame for each new note; Damaged where its end cannot be found."""
    blocks = range(block, block + 1 + len(frames) // (_BLOCK - 1))
    numbers = (one * _BLOCK + at for one in blocks for at in range(1, _BLOCK))
    shapes = "".join(_shapes(frames, numbers)).encode()
    kind = b"" if b'id="_x0000_t202"' in content else _SHAPE_TYPE
    made, ends = _END.subn(lambda end: kind + shapes + end[0], content)
    if not ends:
        raise Damaged("file.damaged")
    return _NUMBERS.sub(lambda found: found[1] + _joined(found[2], blocks) + found[3], made, count=1)


def _joined(numbers: bytes, blocks: Iterable[int]) -> bytes:
    return b",".join([*filter(None, [numbers]), *(b"%d" % one for one in blocks)])


def _shapes(frames: Mapping[Cell, tuple[int, ...]], numbers: Iterable[int]) -> Iterable[str]:
    for order, (number, ((row, column), frame)) in enumerate(
        zip(islice(numbers, len(frames)), sorted(frames.items()), strict=True), start=1
    ):
        shown = ",".join(map(str, frame))
        yield _SHAPE.format(number=number, order=order, frame=shown, row=row - 1, column=column - 1)
