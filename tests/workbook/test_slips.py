"""From judged registers to what goes back: a copy or a list, and a letter of one page that names nobody."""

import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from workbook.checking import check
from workbook.committee import Branch, Committee, Decision, DecisionKind
from workbook.errors import CannotWrite
from workbook.incoming import guard
from workbook.layout import BRANCH_PROPERTY
from workbook.outgoing import unfinished
from workbook.slips import refuse_folder, write_slips

AS_OF = date(2026, 11, 22)
ONE, TWO = Branch("CB01", "Chi bộ thôn Một"), Branch("CB02", "Chi bộ thôn Hai")
COMMITTEE = Committee(
    "Đảng ủy xã Thử", superior="Tỉnh ủy Thử", year=2026, branches=(ONE, TWO), submit_by=date(2026, 12, 5)
)

REGISTER = """
| {title} |               |            |           |         |                      |
| STT     | Họ và tên     | Ngày sinh  | Giới tính | Dân tộc | Số định danh cá nhân |
| #1      | Lê Thị Thử    | 31/02/2000 | Nữ        | Kinh    | 099000000001x        |
| #2      | Trần Văn Giả  | 30/02/1999 | Nam/Nữ    | Kinh    |                      |
| #3      | Vũ Văn Mẫu    | 12/1999    | Nam       | Kinh    |                      |
"""
SOUND = """
| {title} |            |             |           |         |          |                        |                      |
| STT     | Họ và tên  | Ngày sinh   | Giới tính | Dân tộc | Tôn giáo | Ngày xét cảm tình Đảng | Số định danh cá nhân |
| #1      | Lê Thị Thử | @1999-09-05 | Nữ        | Kinh    | Không    | @2026-02-03            | 099199000011         |
"""


@pytest.fixture
def one(book) -> Path:
    """A register with many errors."""
    return book.file(REGISTER.format(title=ONE.name), "1.xlsx")


def written(paths, folder, committee=COMMITTEE):
    return write_slips(check(paths, AS_OF, committee), committee, AS_OF, folder)


def texts(path: Path) -> list[str]:
    """Every line of a letter, those of its tables too."""
    letter = docx.Document(path)
    cells = [cell for table in letter.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for holder in (letter, *cells) for paragraph in holder.paragraphs if paragraph.text]


def listed(path: Path) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in docx.Document(path).tables[1].rows[1:]]


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_register_comes_back_as_a_marked_copy_and_a_letter(one, tmp_path):
    made = written([one], tmp_path / "tra-lai")
    assert (made.copies, made.lists, made.letters, made.passed_over) == (1, 0, 1, 0)
    assert names(tmp_path / "tra-lai") == ["1-danh-dau.xlsx", "1-phieu-tra-lai.docx"]


def test_the_letter_says_whose_and_of_which_day_it_is_and_by_when_an_answer_is_awaited(one, tmp_path):
    written([one], tmp_path / "tra-lai")
    said = texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx")
    for line in (
        "TỈNH ỦY THỬ",
        "ĐẢNG ỦY XÃ THỬ",
        "……………, ngày 22 tháng 11 năm 2026",
        f"Kính gửi: {ONE.name}",
        "Đề nghị nộp lại chậm nhất ngày 05/12/2026.",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("submit_by", "asked"),
    [
        (None, "Đề nghị nộp lại chậm nhất ngày ………………."),
        (date(2026, 11, 1), "Hạn nộp 01/11/2026 đã qua, đề nghị nộp lại sớm nhất có thể."),
    ],
)
def test_a_last_day_that_is_past_or_unknown_is_never_asked_for(one, tmp_path, submit_by, asked):
    committee = Committee("Đảng ủy xã Thử", year=2026, branches=(ONE,), submit_by=submit_by)
    written([one], tmp_path / "tra-lai", committee)
    assert asked in texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx")


def test_cells_at_fault_in_the_same_way_are_one_cause(one, tmp_path):
    written([one], tmp_path / "tra-lai")
    causes = listed(tmp_path / "tra-lai/1-phieu-tra-lai.docx")
    impossible = [cause for cause in causes if "trên lịch không có" in cause[2]]
    assert [cause[2].splitlines()[-1] for cause in impossible] == ["Ô: C3:C4"]
    assert "31/02/2000" not in impossible[0][2]  # what only one of them says is not said of both
    assert [number for number, *_ in causes] == [str(at) for at in range(1, len(causes) + 1)]
    assert "Cách sửa:" in causes[0][2]


def test_errors_come_before_what_is_to_be_explained(one, tmp_path):
    written([one], tmp_path / "tra-lai")
    kinds = [cause[2].partition(":")[0] for cause in listed(tmp_path / "tra-lai/1-phieu-tra-lai.docx")]
    assert kinds == sorted(kinds, key=["Lỗi", "Cần giải trình"].index)
    assert {"Lỗi", "Cần giải trình"} == set(kinds)


def test_a_letter_names_nobody_and_shows_no_identity_number(one, tmp_path):
    written([one], tmp_path / "tra-lai")
    said = " ".join(texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx"))
    assert not [name for name in ("Lê Thị Thử", "Trần Văn Giả", "Vũ Văn Mẫu", "099000000001") if name in said]


def test_a_register_without_faults_is_told_so_and_asked_for_nothing(book, tmp_path):
    written([book.file(SOUND.format(title=ONE.name), "1.xlsx")], tmp_path / "tra-lai")
    said = texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx")
    assert "Sổ không có nội dung nào phải sửa hay giải trình." in said
    assert "Trân trọng cảm ơn chi bộ." in said
    assert not [line for line in said if "TRẢ LẠI" in line]
    assert not [line for line in said if "nộp lại" in line or "cách sửa" in line or "Sửa trên" in line]


def test_a_file_of_two_branches_gives_one_copy_and_each_branch_a_letter_of_its_own_lines(book, tmp_path):
    both = book.file({name.name: REGISTER.format(title=name.name) for name in (ONE, TWO)}, "chung.xlsx")
    written([both], tmp_path / "tra-lai")
    assert names(tmp_path / "tra-lai") == [
        "chung-chi-bo-thon-hai-phieu-tra-lai.docx",
        "chung-chi-bo-thon-mot-phieu-tra-lai.docx",
        "chung-danh-dau.xlsx",
    ]
    causes = listed(tmp_path / "tra-lai/chung-chi-bo-thon-mot-phieu-tra-lai.docx")
    cells = [content.splitlines()[-1].removeprefix("Ô: ") for *_, content in causes]
    places = [place for told in cells for place in told.split(", ") if "!" in place]
    assert places
    assert all(place.startswith(f"{ONE.name}!") for place in places)
    marked = openpyxl.load_workbook(tmp_path / "tra-lai/chung-danh-dau.xlsx")
    assert all(marked[name.name]["C3"].comment for name in (ONE, TWO))


def test_only_the_newest_register_of_a_branch_comes_back(book, tmp_path):
    old, new = (book.file(REGISTER.format(title=ONE.name) + extra, f"{name}.xlsx") for name, extra in (
        ("cu", ""), ("moi", "| #4 | Đỗ Thị Giả | 31/02/2000 | Nữ | Kinh | |\n")))  # fmt: skip
    withdrawn = Decision(DecisionKind.WITHDRAW, "rut.xlsx")
    gone = book.file(REGISTER.format(title=TWO.name), "rut.xlsx")
    committee = Committee("Đảng ủy xã Thử", year=2026, branches=(ONE, TWO), decisions=(withdrawn,))
    made = written([old, new, gone], tmp_path / "tra-lai", committee)
    assert (made.letters, made.passed_over) == (1, 2)
    assert len(names(tmp_path / "tra-lai")) == 2


def test_without_a_committee_book_the_template_says_whose_a_register_is(book, tmp_path):
    path = book.file(REGISTER.format(title=""), "1.xlsx", properties={BRANCH_PROPERTY: TWO.name})
    written([path], tmp_path / "tra-lai", None)
    assert f"Kính gửi: {TWO.name}" in texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx")
    assert len(listed(tmp_path / "tra-lai/1-phieu-tra-lai.docx")) > 1


def test_a_file_that_cannot_be_read_comes_back_with_a_letter_that_says_why(tmp_path):
    shut = tmp_path / "chi-bo-thon-hai.xlsx"
    shut.write_bytes(b"%PDF-1.7")
    made = written([shut], tmp_path / "tra-lai")
    assert (made.copies, made.lists, made.letters) == (0, 0, 1)
    said = " ".join(texts(tmp_path / "tra-lai/chi-bo-thon-hai-phieu-tra-lai.docx"))
    assert "là bản PDF" in said
    assert f"Kính gửi: {TWO.name}" in said


def test_two_files_that_differ_by_folder_or_ending_only_do_not_meet(book, tmp_path):
    inbox = tmp_path / "nhan"
    for place in ("a/so.xlsx", "b/so.xlsx", "b/so.xls"):
        (inbox / place).parent.mkdir(parents=True, exist_ok=True)
        book.file(REGISTER.format(title=place)).rename(inbox / place)
    written([inbox], tmp_path / "tra-lai", None)
    assert names(tmp_path / "tra-lai") == [
        "a/so-danh-dau.xlsx",
        "a/so-phieu-tra-lai.docx",
        "b/so.xls-danh-dau.xlsx",
        "b/so.xls-phieu-tra-lai.docx",
        "b/so.xlsx-danh-dau.xlsx",
        "b/so.xlsx-phieu-tra-lai.docx",
    ]


def test_slips_go_into_a_folder_of_their_own(one, tmp_path):
    with pytest.raises(CannotWrite) as full:
        refuse_folder(tmp_path, [one])
    with pytest.raises(CannotWrite) as inside:
        refuse_folder(tmp_path / "tra-lai", [tmp_path])
    assert (full.value.code, inside.value.code) == ("slips.taken", "slips.inside")
    refuse_folder(tmp_path / "tra-lai", [one])


@pytest.mark.parametrize("change", ["saved", "gone", "broken"])
def test_a_register_that_changes_meanwhile_is_named_and_the_others_go_on(change, book, one, tmp_path):
    other = book.file(REGISTER.format(title=TWO.name), "2.xlsx")
    checked = check([one, other], AS_OF, COMMITTEE)
    if change == "saved":
        changed = openpyxl.load_workbook(one)
        changed.active["C3"] = "05/09/1999"
        changed.save(one)
    elif change == "gone":
        one.unlink()
    else:
        one.write_bytes(b"%PDF-1.7")
    made = write_slips(checked, COMMITTEE, AS_OF, tmp_path / "tra-lai")
    assert names(tmp_path / "tra-lai") == ["2-danh-dau.xlsx", "2-phieu-tra-lai.docx"]
    assert (made.copies, made.letters, [failed.file for failed in made.failed]) == (1, 1, ["1.xlsx"])
    assert made.failed[0].said.message


@pytest.mark.parametrize(
    "twins", [("Chi bộ thôn Năm", "Chi bộ thôn Nam"), ("Chi bộ " + 50 * "a", "Chi bộ " + 51 * "a")]
)
def test_branches_whose_names_differ_by_accents_or_at_their_ends_get_a_letter_each(twins, book, tmp_path):
    branches = tuple(Branch(f"CB{number}", name) for number, name in enumerate(twins))
    sheets = {f"So {number}": REGISTER.format(title=name) for number, name in enumerate(twins)}
    committee = Committee("Đảng ủy xã Thử", year=2026, branches=branches)
    made = written([book.file(sheets, "chung.xlsx")], tmp_path / "tra-lai", committee)
    letters = [name for name in names(tmp_path / "tra-lai") if name.endswith(".docx")]
    assert made.letters == len(letters) == 2
    addressed = [line for name in letters for line in texts(tmp_path / "tra-lai" / name) if line.startswith("Kính gửi")]
    assert sorted(addressed) == sorted(f"Kính gửi: {name}" for name in twins)


def test_the_same_registers_give_the_same_bytes(one, tmp_path):
    for folder in ("mot", "hai"):
        written([one], tmp_path / folder)
    for name in names(tmp_path / "mot"):
        assert (tmp_path / "mot" / name).read_bytes() == (tmp_path / "hai" / name).read_bytes()


@pytest.mark.libreoffice
def test_a_kind_that_cannot_be_marked_comes_back_with_a_list(one, tmp_path, soffice):
    made = written([soffice(one, "ods")], tmp_path / "tra-lai")
    assert (made.copies, made.lists, made.letters) == (0, 1, 1)
    listing = openpyxl.load_workbook(tmp_path / "tra-lai/1-danh-sach-loi.xlsx").active
    assert [cell.value for cell in listing[1]] == ["STT", "Mức", "Ô", "Cột", "Giá trị", "Nội dung", "Cách sửa"]
    assert "C3" in {row[2].value for row in listing}
    assert "tệp kiểu này không đánh dấu từng ô được" in " ".join(texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx"))


@pytest.mark.libreoffice
def test_a_letter_of_many_causes_is_one_page(book, tmp_path, soffice):
    rows = "".join(
        f"| #{at} | Người Thử {at} | 31/02/2000 | Nam/Nữ | Kinhh | 12x | Đạo lạ | 40/01/2026 | hôm qua | 2026 |\n"
        for at in range(1, 40)
    )
    headings = (
        f"| {ONE.name} | | | | | | | | | |\n| STT | Họ và tên | Ngày sinh | Giới tính | Dân tộc | Số định danh cá nhân "
        "| Tôn giáo | Ngày làm đơn | Ngày vào Đoàn | Ngày nghị quyết chi bộ |\n"
    )
    written([book.file(headings + rows, "1.xlsx")], tmp_path / "tra-lai")
    page = soffice(tmp_path / "tra-lai/1-phieu-tra-lai.docx", "pdf").read_bytes()
    assert page.count(b"/Type/Page\n") + page.count(b"/Type/Page/") == 1
    assert any(line.startswith("Còn ") for line in texts(tmp_path / "tra-lai/1-phieu-tra-lai.docx"))


def crowded(book, *, hidden=False):
    """A register with more kinds of faults than a page of a letter holds; with a hidden sheet where asked for."""
    headings = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số định danh cá nhân", "Tôn giáo",
                "Ngày làm đơn", "Ngày vào Đoàn", "Ngày nghị quyết chi bộ", "Ngày xét cảm tình Đảng",
                "Ngày quyết định kết nạp", "Ngày kết nạp", "Ngày chính thức"]  # fmt: skip
    faulty = [
        "31/02/2000",
        "Nam/Nữ",
        "Kinhh",
        "12x",
        "Đạo lạ",
        "40/01/2026",
        "hôm qua",
        "2026",
        "31/04/2026",
        "x",
        "y",
        "z",
    ]
    lines = [f"| {' | '.join(headings)} |"]
    lines += [f"| #{at} | Người Thử {at} | {' | '.join(faulty)} |" for at in range(1, 60, 2)]
    path = book.file("\n".join([f"| {ONE.name} |" + " |" * 13, *lines]) + "\n", "1.xlsx")
    if hidden:
        workbook = openpyxl.load_workbook(path)
        workbook.create_sheet("Nháp").append(["Họ và tên", "Ngày sinh", "Dân tộc"])
        workbook["Nháp"].append(["Lê Thị Ẩn", "01/02/2000", "Kinh"])
        workbook["Nháp"].sheet_state = "hidden"
        workbook.save(path)
    return path


def test_what_is_of_a_whole_sheet_is_always_in_the_letter(book, tmp_path):
    path = crowded(book, hidden=True)
    written([path], tmp_path / "tra-lai")
    found = check([path], AS_OF, COMMITTEE).found
    whole = found[(found["row"] < 0) & found["level"].isin(["error", "query"])]
    assert len(whole)
    letter = tmp_path / "tra-lai/1-phieu-tra-lai.docx"
    assert any(line.startswith("Còn ") for line in texts(letter))
    shown = " ".join(content for *_, content in listed(letter))
    assert all(message in shown for message in whole["message"])


def test_causes_that_find_no_room_are_named_by_their_columns(book, tmp_path):
    written([crowded(book)], tmp_path / "tra-lai")
    letter = tmp_path / "tra-lai/1-phieu-tra-lai.docx"
    [rest] = [line for line in texts(letter) if line.startswith("Còn ")]
    shown = {heading for _, heading, _ in listed(letter)}
    found = check([tmp_path / "1.xlsx"], AS_OF, COMMITTEE).found if (tmp_path / "1.xlsx").exists() else None
    assert " ở cột " in rest
    assert found is None or not [
        heading
        for heading in found.loc[found["level"].isin(["error", "query"]), "heading"].unique()
        if heading and heading not in shown and heading not in rest
    ]


def test_cells_stand_on_a_line_of_their_own_and_thirty_of_them_are_all_named(book, tmp_path):
    written([crowded(book)], tmp_path / "tra-lai")
    [first, *_] = listed(tmp_path / "tra-lai/1-phieu-tra-lai.docx")
    assert first[2].splitlines()[-1].startswith("Ô: ")
    assert "chỗ khác" not in first[2]


def test_a_printed_report_has_a_letter_of_its_own_kind_with_the_paragraph(tmp_path):
    report = docx.Document()
    for text in ("BÁO CÁO", "Toàn Đảng bộ kết nạp 30/40 chỉ tiêu, đạt 70%."):
        report.add_paragraph(text)
    (tmp_path / "nhan").mkdir()
    report.save(tmp_path / "nhan/bc.docx")
    written([tmp_path / "nhan"], tmp_path / "tra-lai")
    said = texts(tmp_path / "tra-lai/bc-phieu-tra-lai.docx")
    assert "PHIẾU TRẢ LẠI BÁO CÁO" in said
    assert [place for _, place, _ in listed(tmp_path / "tra-lai/bc-phieu-tra-lai.docx")] == ["Đoạn 2"]
    assert not [line for line in said if "SỔ THEO DÕI" in line or "0 người" in line or "Giải trình" in line]


def test_a_workbook_that_is_no_register_is_handed_back_as_one_that_came_by_mistake(tmp_path):
    (tmp_path / "nhan").mkdir()
    prices = openpyxl.Workbook()
    for row in (["Tên hàng", "Giá"], ["Gạo", 12]):
        prices.active.append(row)
    prices.save(tmp_path / "nhan/gia.xlsx")
    written([tmp_path / "nhan"], tmp_path / "tra-lai")
    said = texts(tmp_path / "tra-lai/gia-phieu-tra-lai.docx")
    assert any("nộp nhầm tệp" in line for line in said)
    assert not [line for line in said if "0 người" in line or "lý do" in line]


def interrupted(monkeypatch, after: int):
    """Let the run be ended after so many files, as by a power cut."""
    real, count = unfinished.save_new, iter(range(100))

    def save_new(content, out):
        if next(count) > after:
            raise KeyboardInterrupt
        real(content, out)

    monkeypatch.setattr(unfinished, "save_new", save_new)


def test_a_folder_that_was_left_half_done_is_filled_up_and_it_is_said_how_many_were_there(book, tmp_path, monkeypatch):
    sources = [book.file(REGISTER.format(title=ONE.name), "1.xlsx"), book.file(SOUND.format(title=TWO.name), "2.xlsx")]
    whole, half = tmp_path / "ca", tmp_path / "tra-lai"
    written(sources, whole)
    with monkeypatch.context() as ended:
        interrupted(ended, after=2)
        with pytest.raises(KeyboardInterrupt):
            written(sources, half)
    refuse_folder(half, sources)  # nothing in the way

    made = written(sources, half)

    assert made.kept == 2
    assert {name: (half / name).read_bytes() for name in names(half)} == {
        name: (whole / name).read_bytes() for name in names(whole)
    }
    with pytest.raises(CannotWrite):
        refuse_folder(half, sources)  # finished, and not to be written into again


def test_a_half_done_folder_of_other_registers_is_left_as_it_is(book, tmp_path, monkeypatch):
    with monkeypatch.context() as ended:
        interrupted(ended, after=1)
        with pytest.raises(KeyboardInterrupt):
            written([book.file(REGISTER.format(title=ONE.name), "1.xlsx")], tmp_path / "tra-lai")
    before = names(tmp_path / "tra-lai")
    with pytest.raises(CannotWrite) as caught:
        written([book.file(SOUND.format(title=ONE.name), "1.xlsx")], tmp_path / "tra-lai")
    assert caught.value.code == "slips.other"
    assert names(tmp_path / "tra-lai") == before


@pytest.mark.parametrize(
    "name",
    ["CON.xlsx", "so.xlsx. .xlsx", "\u202eso.xlsx", "..\\..\\so.xlsx", "a:b.xlsx", "s" * 240 + ".xlsx", "\x07so.xlsx"],
)
def test_a_name_that_another_system_would_read_otherwise_comes_back_as_a_plain_one(book, tmp_path, name):
    source = book.file(SOUND.format(title=ONE.name), "1.xlsx").rename(tmp_path / name)
    written([source], tmp_path / "tra-lai")
    made = names(tmp_path / "tra-lai")
    assert len(made) == 2
    assert not [
        one for one in made for letter in one if letter in '\\:*?"<>|' or ord(letter) < 32 or letter == "\u202e"
    ]
    assert not [one for one in made if one.casefold().startswith("con")]


def test_two_names_that_become_one_stay_two(book, tmp_path):
    for name in ("a:b.xlsx", "a*b.xlsx"):
        book.file(SOUND.format(title=ONE.name), "1.xlsx").rename(tmp_path / name)
    made = write_slips(check(sorted(tmp_path.glob("*.xlsx")), AS_OF), None, AS_OF, tmp_path / "tra-lai")
    assert made.letters == len([name for name in names(tmp_path / "tra-lai") if name.endswith(".docx")])


def test_a_register_whose_parts_would_fill_the_memory_gets_a_list_and_the_run_goes_on(one, tmp_path, monkeypatch):
    with zipfile.ZipFile(one) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</styleSheet>", b"<a/>" * 4_000_000 + b"</styleSheet>")
    with zipfile.ZipFile(one, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    checked = check([one], AS_OF, COMMITTEE)
    monkeypatch.setattr(guard, "LIMITS", guard.Limits(memory=200 << 20))
    made = write_slips(checked, COMMITTEE, AS_OF, tmp_path / "tra-lai")
    assert (made.copies, made.lists, made.letters, made.failed) == (0, 1, 1, ())
