"""The texts of a book, in which somebody who is gone may be named: of cells, of formulas, of notes."""

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbook.outgoing.areas import cell_of
from workbook.outgoing.package import Package, parse, serialised, targets
from workbook.purging.redaction import Redaction

_STRINGS = "xl/sharedStrings.xml"


def shared_texts(package: Package) -> list[str]:
    """The texts that cells name by their number."""
    return ["".join(item.itertext("{*}t")) for item in parse(package.part(_STRINGS))]


def redacted(
    package: Package, sheets: Collection[str], what: Redaction, lines: Mapping[str, Collection[int]]
) -> Package:
    """The book with `what` taken out of its texts; notes at the `lines` of those who are gone are blank.

    `sheets`: the parts that are sheets; `lines`: such a part → its lines, counted from one.
    """
    texts = {name: _own_texts(package.part(name), what) for name in sheets}
    texts[_STRINGS] = _shared(package.part(_STRINGS), _used(package, sheets), what)
    for sheet in sheets:
        for name in _notes(package, sheet):
            texts[name] = _noted(package.part(name), what, lines.get(sheet, ()))
    return package.replaced(texts)


def _used(package: Package, sheets: Iterable[str]) -> set[int]:
    """The numbers of the shared texts that a cell still shows."""
    cells = (cell for name in sheets for cell in parse(package.part(name)).iter("{*}c") if cell.get("t") == "s")
    return {int(cell.findtext("{*}v") or -1) for cell in cells}


def _shared(content: bytes, used: set[int], what: Redaction) -> bytes:
    """The shared texts: who is gone goes from the texts about others too; what no cell shows is blank."""
    root = parse(content)
    for number, item in enumerate(root):
        _redact(list(item.iter("{*}t")), what if number in used else None)
    return serialised(root)


def _own_texts(content: bytes, what: Redaction) -> bytes:
    """A sheet in which the texts that its cells hold themselves are redacted, and those that its formulas came to."""
    if b"inlineStr" not in content and b't="str"' not in content:
        return content
    root = parse(content)
    for item in root.iter("{*}is"):
        _redact(list(item.iter("{*}t")), what)
    for cell in root.iter("{*}c"):
        if cell.get("t") == "str":
            _redact(cell.findall("{*}v"), what)
    return serialised(root)


def _notes(package: Package, sheet: str) -> Iterator[str]:
    """The parts with the notes of a sheet, as Excel had them once and as it has them now."""
    folder, name = posixpath.split(sheet)
    if posixpath.join(folder, "_rels", f"{name}.rels") in package.names:
        for kind in ("/comments", "/threadedComment"):
            yield from (target for _, target in targets(package, sheet, kind))


def _noted(content: bytes, what: Redaction, lines: Collection[int]) -> bytes:
    root = parse(content)
    for note in root.iter("{*}comment", "{*}threadedComment"):
        runs = list(note.iter("{*}t")) or list(note.iter("{*}text"))
        _redact(runs, None if cell_of(note.get("ref", "A1"))[0] in lines else what)
    return serialised(root)


def _redact(runs: Sequence[Any], what: Redaction | None) -> None:
    """Redact the text that these elements make up, or blank it without `what`; if it changes, it is one run."""
    text = "".join(run.text or "" for run in runs)
    told = what.of(text) if what else ""
    if told != text:
        for run in runs:
            run.text = ""
        runs[0].text = told
