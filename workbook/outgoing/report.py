"""The written report as a Word document: our template or the clerk's, its places filled."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from workbook.errors import NotAWorkbook
from workbook.outgoing import word_file
from workbook.outgoing.legible import one_ending
from workbook.outgoing.report_template import LINE, SECTIONS, SOURCE, TEXTS
from workbook.report.report import Report


def render(report: Report, book: str, template: bytes) -> bytes:
    """Fill the places of a template with a report on the quota book called `book`; the same report, the same bytes.

    Raises NotAWorkbook for a template that is no Word document, or names a place that there is not: nothing is left
    blank in silence. What a template may do is fill places, not run a program.
    """
    try:
        paper = DocxTemplate(BytesIO(template))
        paper.render(_legible(places(report, book)), SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise NotAWorkbook("report.template_unreadable") from error
    except UndefinedError as error:
        raise NotAWorkbook("report.template_place", {"fault": str(error.message)}) from error
    except TemplateError as error:
        raise NotAWorkbook("report.template_words", {"fault": str(error.message)}) from error
    except XMLSyntaxError as error:  # a loop that begins in one paragraph and ends within another
        raise NotAWorkbook("report.template_words", {"fault": str(error.msg)}) from error
    word_file.describe(paper.docx, report.period, report.committee)  # get_docx() would open the template anew
    return word_file.content(paper.save)


def places(report: Report, book: str) -> dict[str, Any]:
    """What a template may name; the names are without marks so that any keyboard writes them alike."""
    texts = (report.superior, report.committee, report.sign, report.period, report.opening.text, report.signer)
    sections = [[sentence.text for sentence in section] for section in report.sections]
    sources = [(one.place, one.shown, one.cells, one.how) for one in report.sources]
    return {
        **dict(zip(TEXTS, (*texts, report.unit, book), strict=True)),
        **dict(zip(SECTIONS, sections, strict=True)),
        "bang": [dict(zip(LINE, row, strict=True)) for row in report.table],
        "tong": dict(zip(LINE, report.total, strict=True)),
        "nguon_so_lieu": [dict(zip(SOURCE, source, strict=True)) for source in sources],
    }


def _legible(value: Any) -> Any:
    """The places with every text as a Word part can hold it: a control sign would be taken for a break of a page."""
    if isinstance(value, dict):
        return {name: _legible(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_legible(one) for one in value]
    return one_ending(value) if isinstance(value, str) else value
