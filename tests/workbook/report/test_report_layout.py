"""A layout that a clerk has changed either fills whole or is refused; what it leaves out is said."""

from io import BytesIO

import docx
import pytest

from workbook.errors import NotAWorkbook, TooLarge, TooSlow
from workbook.incoming import guard
from workbook.outgoing import report_template
from workbook.outgoing.report_layout import ill_written, named
from workbook.report.facts import Period
from workbook.written_report import written


@pytest.fixture
def fill(quota_book_file, tmp_path):
    """`fill(document)`: the report of a small book in this layout, and the doubts about it."""
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)

    def make(document):
        document.save(tmp_path / "mau.docx")
        made, doubts = written(tmp_path / "so.xlsx", [], Period.MONTH, tmp_path / "mau.docx", named=False)
        return docx.Document(BytesIO(made)), [(one.question.code, one.question.detail.get("places")) for one in doubts]

    return make


def layout():
    return docx.Document(BytesIO(report_template.build()))


def without(document, *texts: str):
    """The layout without the paragraphs that have any of the texts."""
    for one in list(document.paragraphs):
        if any(text in one.text for text in texts):
            one._element.getparent().remove(one._element)
    return document


def test_a_brace_too_few_is_refused_with_its_paragraph_and_takes_no_section_away(fill):
    document = layout()
    opening = next(one for one in document.paragraphs if "mo_dau" in one.text)
    opening.runs[0].text = "{{ mo_dau }"
    with pytest.raises(NotAWorkbook) as refused:
        fill(document)
    assert refused.value.code == "report.template_words"
    assert refused.value.detail["paragraph"] == "{{ mo_dau }"


def test_a_finished_report_is_no_layout(fill, tmp_path):
    finished, _ = fill(layout())
    with pytest.raises(NotAWorkbook) as refused:
        fill(finished)
    assert refused.value.code == "report.template_blank"


def test_our_own_layout_lacks_nothing(fill):
    assert fill(layout())[1] == []


def test_a_section_that_was_taken_out_is_told_and_its_numbers_leave_the_appendix(fill):
    document = layout()
    lines = list(document.paragraphs)
    start = next(at for at, one in enumerate(lines) if "du_bao" in one.text)
    for one in lines[start - 1 : start + 3]:
        one._element.getparent().remove(one._element)
    made, doubts = fill(document)
    assert doubts == [("report.template_lacks", "du_bao")]
    places = {row.cells[0].text for row in made.tables[-1].rows}
    assert not {place for place in places if place.startswith("4.")}
    assert {place for place in places if place.startswith("3.")}


def test_an_appendix_that_was_taken_out_is_not_missed(fill):
    document = layout()
    table = document.tables[-1]._element
    table.getparent().remove(table)
    assert fill(document)[1] == []


def test_a_place_that_a_condition_swallows_is_told(fill):
    document = without(layout(), "mo_dau")
    document.add_paragraph("{% if not mo_dau %}{{ mo_dau }}{% endif %}")
    assert fill(document)[1] == [("report.template_swallowed", "mo_dau")]


def test_a_place_in_capitals_is_not_taken_for_a_missing_one(fill):
    document = without(layout(), "mo_dau")
    document.add_paragraph("{{ mo_dau|upper }}")
    assert fill(document)[1] == []


def test_a_layout_that_would_unpack_to_a_gigabyte_is_refused(quota_book_file, bomb, tmp_path):
    (tmp_path / "so.xlsx").write_bytes(quota_book_file)
    with pytest.raises(TooLarge):
        written(tmp_path / "so.xlsx", [], Period.MONTH, bomb(tmp_path / "mau.docx"), named=False)


@pytest.mark.parametrize("text", ["{{ ky }}", "{%p for cau in ket_qua %}{{ cau }}{%p endfor %}", "5 > 3", "{{r ky }}"])
def test_what_is_well_written_is_left_alone(text):
    assert ill_written(["Lời.", text]) is None


@pytest.mark.parametrize("text", ["{ky}", "{{ ky", "ky }}", "{{ ky }", "{% endfor %}", "{% if ky %}", "{% else %}"])
def test_what_is_ill_written_is_named_by_its_paragraph(text):
    assert ill_written(["Lời.", text, "{{ cap_uy }}"]) == text


def test_the_names_of_a_loop_are_no_places():
    texts = ["{%tr for dong in bang %}", "{{ loop.index }} {{ dong.chi_bo }}", "{%tr endfor %}", "{{ ky }}"]
    assert named(texts) == {"bang", "ky"}


HOSTILE = (
    "{{ '%0999999999d'|format(1) }}",
    "{{ lipsum(n=100000) }}",
    "{{ 'x' * 999999999 }}",
    "{{ ky|center(999999999) }}",
    "{% include 'a' %}",
    "{{ cycler('a').next() }}",
    "{% for so in range(99999999) %}{{ so }}{% endfor %}",
    "{% set dai = ky %}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_layout_that_does_more_than_name_places_is_refused_with_its_paragraph(fill, text):
    document = layout()
    document.add_paragraph(text)
    with pytest.raises(NotAWorkbook) as refused:
        fill(document)
    assert (refused.value.code, refused.value.detail["paragraph"]) == ("report.template_words", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_program_where_no_paragraph_is_is_refused_too(fill, text):
    document = layout()
    document.core_properties.subject = text
    with pytest.raises(NotAWorkbook):
        fill(document)


def test_a_layout_that_never_ends_is_stopped(fill, monkeypatch):
    monkeypatch.setattr(guard, "LIMITS", guard.Limits(seconds=3))
    document, deep = layout(), 9
    loops = "".join(f"{{% for chu{at} in cap_uy %}}" for at in range(deep))
    document.add_paragraph(loops + "{{ chu0 }}" + "{% endfor %}" * deep)
    with pytest.raises((TooSlow, TooLarge)) as refused:
        fill(document)
    assert refused.value.detail["file"] == "mau.docx"
