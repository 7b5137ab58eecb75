"""Files that crash or fool readers, found in public or made here: each has one outcome, in time, and harms no other.

`docs/hostile.md` holds the same table for people.
"""

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import xlsxwriter

from workbook.errors import BadPasswordList, WorkbookError
from workbook.incoming import guard, second
from workbook.incoming.inbox import Job, jobs, open_all, open_file
from workbook.incoming.passwords import Passwords, read_passwords
from workbook.incoming.read import read
from workbook.incoming.unlocking import Password
from workbook.messages import sentence

PROJECT = Path(__file__).parents[3]
HOSTILE = PROJECT.parent / "shared" / "hostile"

REGISTER = """
| STT | Họ và tên | Ngày sinh | Dân tộc |
| #1 | Vi Thị Thử | @1998-09-05 | Kinh |
| #2 | Lò Văn Mẫu | 12/3/1997 | Tày |
"""

#: Part of the name → the code it is refused with, or how many lines are read.
OUTCOMES: dict[str, str | int] = {
    "SheetsWithoutRelId": "file.damaged",
    "Test10x10000": 10_000,
    "Issue_12556_corrupt": "file.damaged",
    "issue.3982": 5,
    "oleloop": "file.damaged",
    "utf16be": "file.damaged",
    "51535.xls": "file.stray_cell",
    "52348": 9,
    "Simple.xlsb": "file.damaged",
    "clusterfuzz": "file.damaged",
    "duplicate-filename": "file.twin_parts",
    "xmlbomb": "file.entities",
    "protected_passtika": "file.protected",
    "comment03": 1,
    "issue_174": 2,
}


@pytest.fixture(scope="module", autouse=True)
def no_child_stays():
    yield
    guard.close()


@pytest.fixture(scope="module")
def opened():
    """All fifteen, opened in one run, by the part of the name that the table calls them."""
    if not HOSTILE.is_dir():
        pytest.skip("the hostile files do not stand beside this repository")
    files = open_all(jobs([HOSTILE]), 2)
    return {part: next(one for one in files if part in one.file) for part in OUTCOMES}


@pytest.mark.parametrize("part", OUTCOMES)
def test_every_hostile_file_has_its_outcome(opened, part):
    one = opened[part]
    assert (one.error.code if one.error else one.lines) == OUTCOMES[part]


def test_what_is_kept_of_a_refused_file_holds_no_cause():
    """Where tblib is loaded (Dask loads it) pickle sends causes along, and the panic of a reader cannot be sent."""
    if not HOSTILE.is_dir():
        pytest.skip("the hostile files do not stand beside this repository")
    (job,) = (job for job in jobs([HOSTILE]) if "Simple.xlsb" in job.file)
    refused = open_file(job)
    assert refused.error.code == "file.damaged"
    assert (refused.error.__cause__, refused.error.__context__) == (None, None)


def test_the_table_for_people_tells_the_same():
    table = (PROJECT / "docs" / "hostile.md").read_text("utf-8")
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    for part, outcome in OUTCOMES.items():
        (line,) = [line for line in lines if part in line]
        assert str(outcome) in line


def test_two_readers_agree_about_every_hostile_file_that_is_read(opened):
    assert [one.questions for one in opened.values() if not one.error] == [()] * 5


def test_no_hostile_file_reaches_its_limit(opened):
    assert not {one.error.code for one in opened.values() if one.error} & {"file.too_slow", "file.too_large"}


def test_three_hostile_files_change_nothing_about_the_others(book, tmp_path, opened):
    inbox = tmp_path / "nhan"
    inbox.mkdir()
    for number in range(6):
        book.file(REGISTER, name=f"so-{number}.xlsx").rename(inbox / f"so-{number}.xlsx")
    before = open_all(jobs([inbox]), 2)
    for part in ("oleloop", "Simple.xlsb", "xmlbomb"):
        (inbox / f"a-{opened[part].file}").write_bytes(opened[part].path.read_bytes())
    after = open_all(jobs([inbox]), 2)

    assert len(after) == 9
    assert [one for one in after if not one.error] == before


# --- made here


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(160):
                part.write(bytes(1 << 20))


def _lying_bomb(path):
    """What it unpacks to stands nowhere in it: the size it states is a lie."""
    _bomb(path)
    with zipfile.ZipFile(path, "a") as package:
        package.getinfo("xl/worksheets/sheet1.xml").file_size = 1000
        package.comment = b"x"  # has the directory written anew


def _million_rows(path):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        for row in range(0, 1_048_576, 64):
            sheet.write_number(row, 0, row)
        sheet.write_number(1_048_575, 30, 1)


def _wide(path):
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet().write_row(0, 0, range(16_384))


def _sheets(path):
    with xlsxwriter.Workbook(path) as made:
        for _ in range(200):
            made.add_worksheet().write_row(0, 0, ["STT", "Họ và tên"])


def _merges(path):
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for row in range(50_000):
            sheet.merge_range(row, 0, row, 2, "x")


def _parts(path):
    with zipfile.ZipFile(path, "w") as package:
        for number in range(6_000):
            package.writestr(f"xl/{number}.bin", b"")


def _entities(path):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "b">]><workbook/>'.encode("utf-16"))


def _entities_after_a_comment(path):
    with zipfile.ZipFile(path, "w") as package:
        text = f'<!-- <a> {"x" * 9000} --><!DOCTYPE a [<!ENTITY b "b">]><workbook/>'
        package.writestr("xl/workbook.xml", text)


def _comments_without_end(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", f"<!-- {' ' * (2 << 20)} --><workbook/>")


def _heavy_styles(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/styles.xml", "<styleSheet>" + " " * (65 << 20) + "</styleSheet>")


MADE = {
    _bomb: "file.bomb",
    _lying_bomb: "file.damaged",
    _million_rows: "file.stray_cell",
    _wide: 1,
    _sheets: 200,
    _merges: 50_000,
    _parts: "file.many_parts",
    _entities: "file.entities",
    _entities_after_a_comment: "file.entities",
    _comments_without_end: "file.damaged",
    _heavy_styles: "file.too_large",
}


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__.strip("_"))
def test_what_is_made_to_hurt_has_its_outcome_in_time(tmp_path, make):
    path = tmp_path / "so.xlsx"
    make(path)
    began = time.monotonic()
    (one,) = open_all([Job("so.xlsx", path)])

    assert time.monotonic() - began < guard.LIMITS.seconds
    assert (one.error.code if one.error else one.lines) == MADE[make]
    if one.error:
        assert sentence(one.error.code, {"file": one.file, **one.error.detail}).fix


# --- what is said of a file that was read


def _rewritten(path, old, new):
    """The same package with one piece of text replaced in every part."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).replace(old, new) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return path


def test_a_name_that_does_not_fit_is_told_and_the_file_read(book):
    (question,) = read(book.file(REGISTER, name="so.xls")).questions
    assert (question.code, question.detail) == ("file.misnamed", {"suffix": ".xls", "kind": ".xlsx"})
    assert read(book.file(REGISTER)).questions == ()


def test_a_false_dimension_on_which_two_readers_agree_is_no_question(book):
    paper = read(_rewritten(book.file(REGISTER), b'<dimension ref="A1:D3"', b'<dimension ref="A1"'))
    assert (len(paper.grids[0].rows), paper.questions) == (3, ())


def test_what_two_readers_see_otherwise_is_asked_with_its_first_cell(book):
    path = book.file(REGISTER)
    (grid,) = read(path).grids
    with zipfile.ZipFile(path) as package:
        (nothing,) = second.confirm(package, {grid.sheet: []}, results=False)
        (less,) = second.confirm(package, {grid.sheet: grid.rows[:2]}, results=False)
        assert not list(second.confirm(package, {grid.sheet: grid.rows}, results=False))
    detail = {"sheet": grid.sheet, "count": 12}
    assert (nothing.code, nothing.cell, nothing.detail) == ("file.readers_disagree", "A1", detail)
    assert (less.cell, less.detail["count"]) == ("A3", 4)


def test_a_strict_workbook_is_read_by_both(opened):
    assert opened["Test10x10000"].questions == ()
    with zipfile.ZipFile(opened["Test10x10000"].path) as package:
        assert second.is_strict(package)
        (missed,) = second.confirm(package, {"Sheet1": []}, results=False)
    assert missed.detail["count"] == 100_000


def test_a_file_that_the_second_reader_cannot_follow_is_asked_about(book):
    path = _rewritten(book.file(REGISTER), b'<dimension ref="A1:D3"', b'<dimension ref="A1"')
    paper = read(_rewritten(path, b"<cellXfs", b"<cellXfs><broken"))
    assert [question.code for question in paper.questions] == ["file.unconfirmed"]
    assert len(paper.grids[0].rows) == 3


# --- passwords

SECRET = "mật-Khẩu 9"


@pytest.fixture
def locked(book, tmp_path):
    plain = book.file(REGISTER)
    path = tmp_path / "nhan" / "khoa.xlsx"
    path.parent.mkdir()
    with plain.open("rb") as source, path.open("wb") as out:
        msoffcrypto.OfficeFile(source).encrypt(SECRET, out)
    return path


def test_a_file_opens_with_its_password(locked):
    (one,) = open_all(jobs([locked.parent], None, Passwords({"khoa.xlsx": Password(SECRET)})))
    assert (one.error, one.persons) == (None, 2)


def test_a_wrong_password_is_one_sentence_that_does_not_quote_it(locked):
    (one,) = open_all(jobs([locked.parent], None, Passwords(of_others=Password("sai rồi"))))
    assert one.error is not None
    assert one.error.code == "file.wrong_password"
    assert "sai rồi" not in repr(one) + sentence(one.error.code, {"file": one.file}).message


def test_a_file_that_is_only_marked_as_read_only_needs_no_password(locked, book):
    with book.file(REGISTER).open("rb") as source, locked.open("wb") as out:
        msoffcrypto.OfficeFile(source).encrypt("VelvetSweatshop", out)
    assert open_all(jobs([locked.parent]))[0].persons == 2


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_list_of_passwords_is_a_table_in_any_common_form(tmp_path, between):
    path = tmp_path / "mat-khau.csv"
    path.write_text(f"Tệp{between}Mật khẩu\nTHÔN/khoa.xlsx{between}{SECRET}\n", "utf-8-sig")
    known = read_passwords(path)

    assert known.of("thôn\\Khoa.xlsx").text == SECRET
    assert known.of("khac.xlsx").text == ""
    assert SECRET not in repr(known) + repr(known.of("thôn/khoa.xlsx")) + repr(jobs([tmp_path], None, known))


def test_a_list_of_passwords_may_be_a_workbook(tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["Tệp", "Mật khẩu"])
    made.active.append(["khoa.xlsx", 123456])
    made.save(tmp_path / "mat-khau.xlsx")
    assert read_passwords(tmp_path / "mat-khau.xlsx").of("chi-bo/khoa.xlsx").text == "123456"


def test_a_list_of_passwords_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(WorkbookError) as raised:
        read_passwords(tmp_path / "khong-co.csv")
    assert raised.value.code == "file.missing"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text("a.xlsx," + "x" * 200_000, "utf-8"),
        lambda path: path.write_bytes(b"a.xlsx,b\n" * 2_000_000),
        lambda path: path.mkdir(),
        pytest.param(
            getattr(os, "mkfifo", None),
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes"),
        ),
    ],
    ids=["a field without end", "a list without end", "a folder", "a pipe that nobody writes to"],
)
def test_a_list_of_passwords_that_is_none_is_one_error(tmp_path, spoil):
    spoil(tmp_path / "mat-khau.csv")
    with pytest.raises(BadPasswordList) as raised:
        read_passwords(tmp_path / "mat-khau.csv")
    assert raised.value.code == "passwords.none"


def _in_a_process(*words):
    return subprocess.run(
        [sys.executable, "-m", "macros_py", "check", *map(str, words), "--as-of", "2026-11-22"],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=PROJECT,
    )


def test_the_shell_opens_what_the_list_has_a_password_for(songuon, locked, tmp_path):
    known = tmp_path / "mat-khau.csv"
    known.write_text(f"khoa.xlsx;{SECRET}\n", "utf-8")
    words = ["check", locked, "--as-of", "2026-11-22"]
    without, done = songuon(*words), songuon(*words, "--password-file", known)

    assert (without.returncode, "có mật khẩu" in without.stderr) == (2, True)
    assert "1 tệp, 2 người" in done.stdout
    assert SECRET not in done.stdout + done.stderr


def test_a_folder_of_hostile_files_ends_in_sentences_alone(opened):
    done = _in_a_process(HOSTILE)
    assert done.returncode == 1
    assert not [word for word in ("Traceback", "panicked", "Error") if word in done.stderr]
    assert len(done.stderr.splitlines()) == sum(one.error is not None for one in opened.values())
