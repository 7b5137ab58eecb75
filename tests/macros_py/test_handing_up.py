"""What goes up from a quota book, by the shell: one clear sentence each, the right exit code, nothing written over."""

import openpyxl
import pytest
from click.testing import CliRunner


@pytest.fixture
def source(quota_book_file, tmp_path):
    path = tmp_path / "so-chi-tieu.xlsx"
    path.write_bytes(quota_book_file)
    return path


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "bieu.xlsx"
    book = openpyxl.Workbook()
    for row in (["Biểu số 9"], ["Tiêu chí", "Số"], ["Kết nạp"], ["Xóa tên"]):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "ban-do.toml"
    lines = ('stands = ["Biểu số 9"]', "[columns]", '"Số" = "now"', "[[cells]]", 'row = "Kết nạp"',
             'value = "summary.total.admitted"')  # fmt: skip
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_counts_go_up_and_what_is_folded_is_said(songuon, source, tmp_path):
    out = tmp_path / "so-lieu.xlsx"
    done = songuon("report", source, "--upward", out, "--fold", 3)
    assert done.returncode in (0, 1)
    assert out.exists()
    assert "nhóm từ 1 đến dưới 3 người" in done.stdout
    assert "ai biết người ở chi bộ" in done.stdout


def test_what_a_clerk_typed_into_the_book_is_told_to_stay_at_home(songuon, source, tmp_path):
    book = openpyxl.load_workbook(source)
    book["Tổng hợp"]["A7"] = "Bản nháp"
    book.save(source)
    done = songuon("report", source, "--upward", tmp_path / "so-lieu.xlsx")
    assert done.returncode == 0
    assert "ô chữ" in done.stdout
    assert "không chép sang" in done.stdout


def test_a_password_is_asked_for_twice_and_what_it_is_and_is_not_is_said(source, tmp_path):
    from macros_py.reporting import report

    out = tmp_path / "so-lieu.xlsx"
    words = [str(source), "--upward", str(out), "--password-prompt"]
    done = CliRunner().invoke(report, words, input="một\nhai\nmột\nmột\n")
    assert done.exception is None
    assert "gõ khác nhau" in done.stderr
    assert "không thay quy định bảo vệ tài liệu mật" in done.stdout
    assert "một\n" not in done.stdout
    assert not out.read_bytes().startswith(b"PK")


def test_a_form_is_filled_by_a_clerks_own_mapping_and_each_part_is_listed(songuon, source, form, mapping, tmp_path):
    out = tmp_path / "ra.xlsx"
    done = songuon("report", source, "--fill", form, "--map", mapping, "--out", out, "--parts")
    assert done.returncode == 1
    assert "1 dòng của biểu không có trong bản đồ nên không điền: Xóa tên (4)." in done.stderr
    assert openpyxl.load_workbook(out).active["B3"].value == 4
    assert "Đã điền 1 ô vào Biểu số 9, trang Sheet" in done.stdout
    assert "đã thay     xl/worksheets/sheet1.xml" in done.stdout
    assert done.stdout.count("giữ nguyên") > 5


def test_a_number_nobody_knows_is_left_blank_told_and_listed_though_no_person_is_missing_anything(
    songuon, source, form, mapping, tmp_path
):
    asked = mapping.read_text("utf-8").replace("summary.total.admitted", "composition.sex.female.total")
    mapping.write_text(asked, "utf-8")
    out, missing = tmp_path / "ra.xlsx", tmp_path / "con-thieu.xlsx"
    done = songuon("report", source, "--fill", form, "--map", mapping, "--out", out, "--missing", missing)
    assert done.returncode == 1
    assert "Kết nạp (B3): cả 4 người chưa rõ (sổ thiếu cột hoặc để trống “Giới tính”)" in done.stderr
    assert openpyxl.load_workbook(out).active["B3"].value is None
    assert f"Đã ghi {missing}" in done.stdout
    assert openpyxl.load_workbook(missing)["Còn thiếu"]["E2"].value == "Kết nạp (B3)"


def test_an_unknown_form_is_refused_in_one_sentence(songuon, source, form, tmp_path):
    done = songuon("report", source, "--fill", form, "--out", tmp_path / "ra.xlsx")
    assert done.returncode == 2
    assert "bieu.xlsx: Không biết điền biểu này" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [["--fill", "bieu.xlsx"], ["--out", "ra.xlsx"], ["--fold", "3"], ["--parts"], []])
def test_half_a_wish_is_a_misuse(songuon, words, source):
    done = songuon("report", source, *words)
    assert done.returncode == 2
    assert "report --help" in done.stderr


def test_what_is_no_quota_book_goes_nowhere(songuon, form, tmp_path):
    done = songuon("report", form, "--upward", tmp_path / "ra.xlsx")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "ra.xlsx").exists()


def test_a_form_we_do_not_know_gets_a_mapping_by_the_command_that_is_named(songuon, source, form, tmp_path):
    refused = songuon("report", source, "--fill", form, "--out", tmp_path / "ra.xlsx")
    assert "songuon template map" in refused.stderr
    assert "workbook/forms" not in refused.stderr
    done = songuon("template", "map", form)
    drafted = form.with_suffix(".toml")
    assert (done.returncode, drafted.exists()) == (0, True)
    assert "--map" in done.stdout
    assert songuon("template", "map", form).returncode == 2
    filled = songuon("report", source, "--fill", form, "--map", drafted, "--out", tmp_path / "ra.xlsx")
    assert (filled.returncode, (tmp_path / "ra.xlsx").exists()) == (1, True)


def test_help_says_where_a_mapping_comes_from(songuon):
    assert "template map" in " ".join(songuon("report", "--help").stdout.split())
    assert "map" in songuon("template", "--help").stdout
