"""The written report as a Word document: our template or the clerk's, its places filled."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.exceptions import UndefinedError
from lxml.etree import XMLSyntaxError, _Element

from workbook.errors import NotAWorkbook
from workbook.outgoing import word_file
from workbook.outgoing.legible import one_ending
from workbook.outgoing.report_layout import Places, ill_written, named, paragraphs, telling_of
from workbook.outgoing.report_template import (
    CONTENT,
    LINE,
    SECTIONS,
    SOURCE,
    SOURCES,
    TABLE,
    TEXTS,
    TOLD_IN,
    TOTAL,
)
from workbook.report.report import Report

_KNOWN = {*TEXTS, *SECTIONS, TABLE, TOTAL, SOURCES}
_QUOTED = re.compile(r"'([^']+)'")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Filled:
    """A report as the bytes of a Word document. `missing`: places of a report that the layout has not; `swallowed`:
    places it has, of which not every sentence came out.
    """

    content: bytes
    missing: tuple[str, ...] = ()
    swallowed: tuple[str, ...] = ()


def render(report: Report, book: str, template: bytes) -> Filled:
    """Fill the places of a template with a report on the quota book called `book`; the same report, the same bytes.

    Raises NotAWorkbook for a template that is no Word document, has no place of ours or names one that there is not,
    or is written so that a part of it would go: nothing is left blank in silence. What a template may do is fill
    places, not run a program.
    """
    paper = _opened(template)
    texts = paragraphs(_parts(paper.docx))
    known = _places_of(texts)
    filled = _legible(_places(report, book, known))
    _fill(paper, filled, texts)
    word_file.describe(paper.docx, report.period, report.committee)  # get_docx() would open the template anew
    swallowed = tuple(_swallowed(filled, known, paragraphs(_parts(paper.docx))))
    missing = tuple(place for place in CONTENT if place not in known)
    return Filled(word_file.content(paper.save), missing, swallowed)


def _opened(template: bytes) -> DocxTemplate:
    try:
        paper = DocxTemplate(BytesIO(template))
        paper.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise NotAWorkbook("report.template_unreadable") from error
    return paper


def _parts(document: Document) -> list[_Element]:
    """The body, and what stands above and below each page."""
    edges = [part for section in document.sections for part in (section.header, section.footer)]
    return [document.element.body, *(part._element for part in edges if not part.is_linked_to_previous)]


def _places_of(texts: list[str]) -> set[str]:
    """The places a layout names, every one of them ours."""
    wrong = ill_written(texts)
    if wrong is not None:
        raise NotAWorkbook("report.template_words", {"paragraph": wrong})
    found = named(texts)
    if not found & _KNOWN:
        raise NotAWorkbook("report.template_blank")
    if strange := sorted(found - _KNOWN):
        raise NotAWorkbook("report.template_place", {"places": ", ".join(strange)})
    return found


def _fill(paper: DocxTemplate, filled: Mapping[str, Any], texts: list[str]) -> None:
    """What only filling tells: a part of a line that there is not, a loop that crosses paragraphs, a program."""
    try:
        paper.render(filled, Places(), autoescape=True)
    except UndefinedError as error:
        names = _QUOTED.findall(str(error.message))[-1:]
        raise NotAWorkbook("report.template_place", {"places": ", ".join(names)}) from error
    except TemplateError as error:
        paragraph = telling_of(texts, _QUOTED.findall(str(error.message)))
        raise NotAWorkbook("report.template_words", {"paragraph": paragraph}) from error
    except XMLSyntaxError as error:
        paragraph = telling_of(texts, ("{% for", "{% if"))
        raise NotAWorkbook("report.template_words", {"paragraph": paragraph}) from error


def _places(report: Report, book: str, known: Collection[str] = CONTENT) -> dict[str, Any]:
    """What a template may name; the names are without marks so that any keyboard writes them alike.

    The appendix tells of what stands in a `known` place, for a sentence that is not printed has no number to trace.
    """
    texts = (report.superior, report.committee, report.sign, report.period, report.opening.text, report.signer)
    sections = [[sentence.text for sentence in section] for section in report.sections]
    told = [one for one in report.sources if TOLD_IN[one.of] in known]
    sources = [(one.place, one.shown, one.cells, one.how) for one in told]
    return {
        **dict(zip(TEXTS, (*texts, report.unit, book), strict=True)),
        **dict(zip(SECTIONS, sections, strict=True)),
        TABLE: [dict(zip(LINE, row, strict=True)) for row in report.table],
        TOTAL: dict(zip(LINE, report.total, strict=True)),
        SOURCES: [dict(zip(SOURCE, source, strict=True)) for source in sources],
    }


def _swallowed(filled: Mapping[str, Any], known: Collection[str], texts: list[str]) -> Iterator[str]:
    """The places of which a sentence did not come out, whatever became of its letters' size."""
    printed = _plain("".join(texts))
    for place in (*TEXTS, *SECTIONS):
        said = [filled[place]] if place in TEXTS else filled[place]
        if place in known and not all(_plain(one) in printed for one in said):
            yield place


def _plain(text: str) -> str:
    return _BLANK.sub("", text).casefold()


def _legible(value: Any) -> Any:
    """The places with every text as a Word part can hold it: a control sign would be taken for a break of a page."""
    if isinstance(value, dict):
        return {name: _legible(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_legible(one) for one in value]
    return one_ending(value) if isinstance(value, str) else value
