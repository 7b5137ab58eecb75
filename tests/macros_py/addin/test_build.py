"""The add-in for Excel, read back by readers that are not its writer."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import olefile
import openpyxl
import pytest
from oletools.olevba import VBA_Parser, decompress_stream
from pyopenvba.apps.excel import ExcelApplication

from macros_py.actions import table
from macros_py.addin import build
from macros_py.addin.errors import AddinError
from macros_py.addin.package import unzipped, zipped

PYTHON = Path("C:/Sổ Nguồn & bạn/pythonw.exe")
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def addin(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "SoNguon.xlam"
    path.write_bytes(build.xlam(PYTHON))
    return path


@pytest.fixture(scope="module")
def parts(addin) -> dict[str, bytes]:
    return unzipped(addin.read_bytes())


@pytest.fixture(scope="module")
def buttons(parts) -> list[ET.Element]:
    return list(ET.fromstring(parts["customUI/customUI14.xml"]).iter(f"{RIBBON}button"))


def streams(parts) -> olefile.OleFileIO:
    return olefile.OleFileIO(io.BytesIO(parts["xl/vbaProject.bin"]))


def test_built_twice_it_is_the_same_to_the_byte():
    assert build.xlam(PYTHON) == build.xlam(PYTHON)


def test_it_depends_on_the_interpreter_it_starts():
    assert build.xlam(PYTHON) != build.xlam(Path("/other/python"))


def test_an_independent_reader_finds_our_source_and_no_other_code(addin):
    parser = VBA_Parser(str(addin))
    found = {name: code for *_, name, code in parser.extract_all_macros()}
    parser.close()
    assert found.pop("SoNguon.bas") == f'Attribute VB_Name = "SoNguon"\r\n{build.macro()}'
    assert all(line.startswith("Attribute ") for code in found.values() for line in code.splitlines())


def test_no_compiled_code_is_left_that_could_differ_from_the_source(parts, tmp_path):
    """Scanners call that stomping. The module starts with its source: no compiled copy stands before it."""
    path = tmp_path / "vbaProject.bin"
    path.write_bytes(parts["xl/vbaProject.bin"])
    parser = VBA_Parser(str(path))
    assert parser.detect_vba_stomping() is False
    parser.close()
    whole = streams(parts).openstream(["VBA", "SoNguon"]).read()
    assert bytes(decompress_stream(bytearray(whole))).decode("ascii").endswith(build.macro())


def test_every_module_is_ascii_alone(parts):
    project = streams(parts)
    assert build.macro().isascii()
    assert project.openstream("PROJECT").read().isascii()


def test_the_macro_makes_the_command_line_that_the_program_understands(monkeypatch, tmp_path):
    """Run by an interpreter of VBA, which knows no window handles; the open book's name has marks and a sign."""
    source = build.macro()
    monkeypatch.setattr(build, "macro", lambda: source.replace("Application.Hwnd", "42"))
    book = tmp_path / "Sổ hồ sơ 2026 (a=b).xlam"
    book.write_bytes(build.xlam(PYTHON))

    excel = ExcelApplication.open(book)

    wanted = f'"{PYTHON}" -P -m macros_py check --from_xl=1 --hwnd=42 "--wb={book.name}"'
    assert excel.run("CommandLine", "check") == wanted
    assert excel.run("Written", "A2").startswith("Không khởi động được")


def test_one_callback_starts_the_program_without_a_window_and_without_waiting():
    source = build.macro()
    assert source.count("Public ") == 1
    assert "Public Sub OnAction(control As IRibbonControl)" in source
    assert 'CreateObject("WScript.Shell").Run CommandLine(control.Tag), 0, False' in source


def test_the_program_and_every_word_a_clerk_reads_stand_in_the_sheet(addin, tmp_path):
    """Opened as a plain workbook by a reader that knows no add-ins."""
    sheet = openpyxl.load_workbook(twin(addin, tmp_path)).worksheets[0]
    assert [sheet["A1"].value, sheet["A3"].value] == [str(PYTHON), table().title]
    assert sheet["A2"].value.startswith("Không khởi động được")


def test_every_button_of_the_ribbon_is_an_action_and_every_action_a_button(buttons):
    assert [button.get("tag") for button in buttons] == [
        action.tag for group in table().groups for action in table().of(group)
    ]


def test_every_button_calls_the_one_macro_and_carries_label_tip_and_icon(buttons):
    shown = {action.tag: (action.label, action.tip, action.icon) for action in table().actions}
    for button in buttons:
        assert button.get("onAction") == "SoNguon.OnAction"
        assert (button.get("label"), button.get("supertip"), button.get("imageMso")) == shown[button.get("tag")]


def test_no_two_parts_of_the_ribbon_share_an_id(parts):
    ids = [part.get("id") for part in ET.fromstring(parts["customUI/customUI14.xml"]).iter() if part.get("id")]
    assert len(ids) == len(set(ids)) == len(table().actions) + len(table().groups) + 1


def test_the_package_says_of_every_part_what_it_is(parts):
    types = ET.fromstring(parts["[Content_Types].xml"])
    overrides = {part.get("PartName"): part.get("ContentType") for part in types if part.get("PartName")}
    defaults = {part.get("Extension"): part.get("ContentType") for part in types if part.get("Extension")}
    assert overrides["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert defaults["bin"] == "application/vnd.ms-office.vbaProject"
    assert all(f"/{name}" in overrides or name.rpartition(".")[2] in defaults for name in parts)


def test_every_relationship_leads_to_a_part(parts):
    related = ET.fromstring(parts["_rels/.rels"])
    targets = {relation.get("Target") for relation in related}
    assert "customUI/customUI14.xml" in targets
    assert targets <= parts.keys()
    assert len({relation.get("Id") for relation in related}) == len(related)


def test_every_part_is_well_formed(parts):
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            assert ET.fromstring(content) is not None


def test_no_author_of_the_template_is_named(parts):
    core = ET.fromstring(parts["docProps/core.xml"])
    assert [element.text for element in core] == [table().title, build.stamp()]


def test_the_add_in_tells_which_versions_it_belongs_to(addin, tmp_path):
    assert build.stamp_of(addin) == build.stamp()
    assert build.stamp_of(tmp_path / "none.xlam") is None
    (tmp_path / "text.xlam").write_text("no package")
    assert build.stamp_of(tmp_path / "text.xlam") is None


def test_without_xlwings_one_sentence_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(build, "version", lambda name: (_ for _ in ()).throw(build.PackageNotFoundError(name)))
    with pytest.raises(AddinError, match=r"thiếu so-nguon.*cài lại") as told:
        build.stamp()
    assert told.value.code == "no_parts"


@pytest.mark.libreoffice
def test_libreoffice_reads_the_macro_of_its_twin(addin, tmp_path, soffice):
    """LibreOffice opens no add-ins; the same package declared a workbook keeps its macro on the way to .ods."""
    made = soffice(twin(addin, tmp_path), "ods")
    with zipfile.ZipFile(made) as archive:
        module = archive.read("Basic/VBAProject/SoNguon.xml").decode("utf-8")
        content = archive.read("content.xml").decode("utf-8")
    assert "Public Sub OnAction(control As IRibbonControl)" in module
    assert "--from_xl=1 --hwnd=" in module
    assert "Sổ Nguồn &amp; bạn" in content


def twin(addin: Path, folder: Path) -> Path:
    """The add-in declared a workbook with macros."""
    parts = unzipped(addin.read_bytes())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"excel.addin.macro", b"excel.sheet.macro")
    path = folder / "twin.xlsm"
    path.write_bytes(zipped(parts))
    return path
