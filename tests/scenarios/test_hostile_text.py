"""Output that cannot hurt: whatever branches type, every file we write has the formulas and links of its harmless twin.

A made-up committee is written twice, once with words that try to become formulas, links, fields, codes or lines of
their own, once with plain ones in the same places; both go through every writer, and what comes out is opened as XML.
"""

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from zlib import crc32

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from macros_py.cli import verbs
from workbook.committee import Branch, Committee
from workbook.outgoing.template import write_committee

AS_OF = "2026-11-22"

#: Words with a meaning for some program: formulas and commands, links, fields, templates, markup, calendar lines.
BAITS = (
    "=1+1", "+84", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "|cmd", "'=1+1", '";=1+1', '"&A1&"', '"),A1,("',
    '=HYPERLINK("https://vi.du","x")', "=cmd|'/c calc'!A0", "=DDE(1)", "{=1+1}", "=[http://vi.du/a.xlsx]S!A1",
    "https://vi.du", "mailto:a@vi.du", "file:///etc/passwd", "\\\\server\\share", "internal:'Dữ liệu'!A1",
    "external:..\\a.xlsx", "{{ 7*7 }}", "{% for x in 'a' %}", "{#", "<w:fldSimple w:instr=\"DATE\"/>", "{ PAGE }",
    "</w:t></w:r>", "]]>", "&lt;", "&G", "&amp;", "_x003D_1+1", "_x000D_", "END:VEVENT\r\nBEGIN:VEVENT",
    "X\nATTACH:https://vi.du", "\x0bURL:https://vi.du", "\x85\u2028x", "\x07\x0c", "\u202egnp", "\ufeff=1", "%00",
    "#REF!",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What others may choose: the names and notes in registers, files, sheets and the committee book."""

    baits: tuple[str, ...] = ("",)
    shift: int = 0

    def __call__(self, place: str) -> str:
        """The words for a place: a bait, always the same, and what tells the place apart from any other."""
        return self.baits[(crc32(place.encode()) + self.shift) % len(self.baits)] + place


_NO_SHEET = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x85\u2028]")
_NO_FILE = re.compile(r"[/\x00]")

HEADINGS = (
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số định danh cá nhân", "Dân tộc", "Tôn giáo",
    "Quê quán", "Nghề nghiệp", "Ngày xét cảm tình Đảng", "Ngày cấp giấy chứng nhận", "Ngày cho làm hồ sơ",
    "Ngày nghị quyết chi bộ",
    "Ngày quyết định kết nạp", "Ngày lễ kết nạp", "Tình trạng", "Giải trình", "Ghi chú",
)  # fmt: skip


def register(path: Path, branch: int, words: Words) -> None:
    """A register of people new, overdue, admitted, about to be resolved on, and one who stands in every branch."""
    days = [
        ("01/02/2026", "", "", "", "", ""),
        ("01/02/2024", "01/03/2025", "01/09/2025", "01/04/2026", "", ""),
        ("01/02/2024", "01/03/2025", "01/09/2025", "01/12/2025", "05/01/2026", "20/01/2026"),
        ("01/02/2026", "", "", "", "", ""),
        ("01/02/2024", "01/03/2025", "01/10/2026", "", "", ""),
    ]
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_NO_SHEET.sub("", f"{branch} {words('Sổ')}")[:31])
    rows = [[words(f"Chi bộ thứ {branch}")], [*HEADINGS, words("Cột riêng")]]
    for number, milestones in enumerate(days, start=1):
        name = words("Vi Thị Mẫu Hai Nơi") if number == 4 else words(f"Lê Văn Thử {'ABCD'[branch]}{'EFGHIJ'[number]}")
        born = "05/09/1999" if number == 4 else f"0{number}/0{branch}/1998"
        told = ["Nam", f"09909800{branch:02d}{number:02d}", "Kinh", "Không", words("xã Mẫu"), words("Làm vườn")]
        rows.append([str(number), name, born, *told, *milestones, "", words("Lý do"), words("Nhớ"), words("Thêm")])
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            sheet.write_string(row, column, value)
    book.close()


def form(path: Path) -> None:
    """The form of people to be filled line by line."""
    heads = [
        "STT", "ID", "Họ và tên *", "Tên gọi khác", "Giới tính *", "Sinh ngày * (dd/mm/yyyy)", "Dân tộc *",
        "Tôn giáo *", "Số định danh cá nhân *", "Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)", "Nơi cấp thẻ Đảng",
        "Ngày cấp thẻ Đảng (dd/mm/yyyy)", "Số thẻ theo Đảng quyết định 85", "Tổ chức Đảng đang sinh hoạt *",
        "Nơi đăng ký khai sinh", "", "", "Quê quán (theo mô hình 2 cấp)", "", "",
        "Thường trú (theo mô hình 2 cấp)", "", "", "Ngày vào Đảng*", "Ngày vào Đảng chính thức*",
        "Số CMND cũ (nếu có)", "Trạng thái hoạt động",
    ]  # fmt: skip
    place = ["Quốc gia", "Tỉnh", "Địa chỉ chi tiết"]
    book = openpyxl.Workbook()
    book.active.append(heads)
    book.active.append([""] * 14 + [f"{name} *" for name in place] + place * 2)
    for area in ("O1:Q1", "R1:T1", "U1:W1"):
        book.active.merge_cells(area)
    book.save(path)


def world(folder: Path, words: Words) -> Path:
    """Every output of a committee of two branches, in the folder `out`; the inbox is beside it."""
    inbox, out = folder / "nhan", folder / "out"
    inbox.mkdir(parents=True)
    out.mkdir()
    names = [words(f"Chi bộ thứ {number}") for number in (1, 2)]
    branches = [Branch(f"CB{n}", name, quota=2, watcher=words("Vũ Văn Dõi")) for n, name in enumerate(names, 1)]
    committee = Committee(words("Đảng ủy"), superior=words("Cấp trên"), year=2026, branches=tuple(branches))
    write_committee(folder / "cap-uy.xlsx", committee)
    for number in (1, 2):
        register(inbox / f"{number} {_NO_FILE.sub('', words('sổ'))}.xlsx", number, words)
    form(folder / "bieu.xlsx")
    book = out / "so.xlsx"
    given = ["--committee", folder / "cap-uy.xlsx"]
    dated = [*given, "--as-of", AS_OF]
    run("consolidate", inbox, *dated, "--workers", 1, "--out", book)
    run("consolidate", inbox, *dated, "--workers", 1, "--out", out / "so-2.xlsx", "--previous", book)
    run("check", inbox, *dated, "--workers", 1, "--slips", out / "tra-lai")
    run(
        "overdue",
        inbox,
        *dated,
        "--workers",
        1,
        "--ics",
        out / "han.ics",
        "--names",
        "--checklists",
        out / "phieu.xlsx",
    )
    run("report", book, "--docx", out / "bao-cao.docx", "--names")
    run("report", book, "--upward", out / "len-tren.xlsx", anyhow=True)
    run("report", book, "--fill", folder / "bieu.xlsx", "--out", out / "bieu.xlsx", "--missing", out / "thieu.xlsx")
    run("rollup", out / ".." / "duoi", *dated, "--out", out / "tren.xlsx", "--persons", lower=book)
    run("template", "register", out / "mau.xlsx", "--branch", names[0].replace("\0", ""))
    return out


def run(*given: object, anyhow: bool = False, lower: Path | None = None) -> None:
    """One command; it may find what it likes, but never fails as a program does."""
    if lower is not None:
        folder = Path(given[1])
        folder.mkdir()
        (folder / "duoi.xlsx").write_bytes(lower.read_bytes())
    done = CliRunner().invoke(verbs, [str(one) for one in given], standalone_mode=False)
    told = done.exception
    assert told is None or (anyhow and type(told).__module__ == "workbook.errors"), (given[:2], repr(told))


def parts(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels", ".vml"))]
        return {name: etree.fromstring(package.read(name), etree.XMLParser(recover=False)) for name in names}


def texts(root: etree._Element, *tags: str) -> list[str]:
    return [(one.text or "") for tag in tags for one in root.iter(f"{{*}}{tag}")]


def live(path: Path) -> Counter[str]:
    """Everything in an Office file that a program works out, follows or runs, and which parts there are."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(path) as package:
        found.update(f"part {re.sub('[0-9]+', '', name)}" for name in set(package.namelist()) if "sheet" not in name)
    for name, root in parts(path).items():
        codes = texts(root, "f", "formula", "formula1", "formula2", "definedName", "instrText", "fldSimple")
        codes = [re.sub(r"(!\$A\$1:\$[A-Z]+\$)\d+$", r"\1n", code) for code in codes]  # as many lines as there are
        found.update("words to choose from" if re.fullmatch('"[^"]*"', code) else f"code {code}" for code in codes)
        found.update(f"field {one.get(next(iter(one.keys())))}" for one in root.iter("{*}fldSimple"))
        if name.endswith(".rels"):
            external = {one.get("Target") for one in root if one.get("TargetMode") == "External"}
            found.update(f"leads {kind(target)}" for target in external)
        ddes = [one for tag in ("oleLink", "ddeLink", "externalReference") for one in root.iter(f"{{*}}{tag}")]
        found.update(["runs"] * len(ddes))
    return Counter(dict.fromkeys(found, 1))


def kind(target: str) -> str:
    """Where a link leads; only into the inbox, two folders of which the tests know."""
    plain = unquote(target).replace("\\", "/")
    inside = re.fullmatch(r"\.\./(nhan|duoi)/[^/]+\.xlsx", plain) or plain == "duoi.xlsx"
    return "into the inbox" if inside else target


def calendar(path: Path) -> Counter[str]:
    """The properties of a calendar, each with how often it stands; lines unfolded as programs do, in every way."""
    text = path.read_bytes().decode().replace("\r\n ", "")
    return Counter(re.split("[:;]", line)[0] for line in re.split("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text))


def everything(out: Path) -> dict[str, Counter[str]]:
    """What is live in each output, by a name that does not hold the words of a branch."""
    made = {}
    for path in sorted(out.rglob("*")):
        if path.is_file():
            name = (
                path.name if path.parent == out else re.sub(r"^(\d).*-(danh-dau|phieu|danh-sach)", r"\1-\2", path.name)
            )
            made[name] = calendar(path) if path.suffix == ".ics" else live(path)
    return made


def told(out: Path) -> dict[str, set[str]]:
    return {name: set(found) for name, found in everything(out).items()}


@pytest.fixture(scope="module")
def twin(tmp_path_factory):
    """What is live in the outputs where everybody is harmless."""
    return everything(world(tmp_path_factory.mktemp("twin"), Words()))


def test_the_twin_has_something_to_compare(twin):
    assert {"so.xlsx", "so-2.xlsx", "han.ics", "bao-cao.docx", "bieu.xlsx", "thieu.xlsx", "len-tren.xlsx"} <= set(twin)
    assert {"1-danh-dau.xlsx", "2-phieu-tra-lai.docx", "phieu.xlsx", "tren.xlsx", "mau.xlsx"} <= set(twin)
    assert "leads into the inbox" in twin["so.xlsx"]
    assert len([one for one in twin["so.xlsx"] if one.startswith("code ")]) > 50
    assert "code PAGE" in twin["bao-cao.docx"]


def held_against(twin, out: Path) -> list[str]:
    """What is live in an output beyond its twin; the links into the inbox may lack where a name cannot be linked."""
    made = everything(out)
    files = [name for name in twin if name not in made and name != "len-tren.xlsx"]
    more = [f"{name}: {one}" for name, found in made.items() for one in found if one not in twin.get(name, {})]
    ics = [
        f"{line} {made['han.ics'][line]}" for line in twin["han.ics"] if made["han.ics"][line] != twin["han.ics"][line]
    ]
    return [*files, *more, *ics]


@pytest.mark.parametrize("shift", [7])
def test_words_of_branches_become_nothing_but_words(twin, tmp_path, shift):
    assert held_against(twin, world(tmp_path, Words(BAITS, shift))) == []


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A new folder for each example."""
    return lambda: tmp_path_factory.mktemp("hostile")


PIECES = st.one_of(st.sampled_from(BAITS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=3).map("".join), min_size=12, max_size=24))
def test_no_words_become_anything_else(twin, folders, baits):
    assert held_against(twin, world(folders(), Words(tuple(baits)))) == []
