"""Into Excel's startup folder and out again, in a folder of our own."""

import os
from pathlib import Path

import pytest

from macros_py.addin.build import stamp, stamp_of, xlam
from macros_py.addin.errors import AddinError
from macros_py.addin.install import Places, install, interpreter, places, uninstall

PYTHON = Path("/Sổ/bin/python")


@pytest.fixture
def windows(tmp_path) -> Places:
    """A person's Excel that has run once and made no startup folder yet."""
    (tmp_path / "Microsoft" / "Excel").mkdir(parents=True)
    return places("Windows", tmp_path, {"APPDATA": str(tmp_path)})


@pytest.fixture
def mac(tmp_path) -> Places:
    where = places("Darwin", tmp_path, {})
    where.startup.mkdir(parents=True)
    where.scripts.parent.mkdir(parents=True)
    return where


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_on_windows_the_add_in_stands_in_xlstart(windows, tmp_path):
    assert install(windows, PYTHON) == (tmp_path / "Microsoft/Excel/XLSTART/SoNguon.xlam",)
    assert windows.addin.read_bytes() == xlam(PYTHON)
    assert tree(tmp_path) == ["Microsoft/Excel/XLSTART/SoNguon.xlam"]


def test_on_a_mac_a_script_that_starts_our_program_alone_comes_with_it(mac):
    _, script = install(mac, Path('/Sổ "A"/python'))
    text = script.read_text("utf-8")
    assert 'quoted form of "/Sổ \\"A\\"/python" & " -P -m macros_py "' in text
    assert "@" not in text
    assert "on StartAction(request)" in text
    assert script.parent.name == "com.microsoft.Excel"


@pytest.mark.parametrize("kind", ["windows", "mac"])
def test_uninstall_leaves_no_trace_and_touches_nothing_else(kind, request, tmp_path):
    where = request.getfixturevalue(kind)
    where.startup.mkdir(exist_ok=True)
    (where.startup / "Of the office.xlam").write_bytes(b"theirs")
    before = tree(tmp_path)

    written = install(where, PYTHON)
    assert len(tree(tmp_path)) == len(before) + len(written)
    assert uninstall(where, tmp_path / "home") == written

    assert tree(tmp_path) == before
    assert uninstall(where, tmp_path / "home") == ()


def test_a_draft_left_behind_and_all_that_the_buttons_keep_go_too(windows, tmp_path):
    install(windows, PYTHON)
    home = tmp_path / "home"
    home.mkdir()
    own = [home / name for name in ("songuon.log", "dang-chay-0000abcd", "tong-hop-lan-cuoi.json")]
    left = [windows.startup / "SoNguon.draft", *own]
    for path in left:
        path.write_text("x")
    assert set(uninstall(windows, home)) == {windows.addin, *left}
    assert tree(tmp_path) == []
    assert not home.exists()


def test_what_somebody_else_keeps_in_our_folder_stays(windows, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ghi chú.txt").write_text("x")
    assert uninstall(windows, tmp_path / "home") == ()
    assert tree(tmp_path) == ["home/ghi chú.txt"]


def test_installing_again_replaces_an_older_add_in(windows):
    install(windows, Path("/old/python"))
    install(windows, PYTHON)
    assert windows.addin.read_bytes() == xlam(PYTHON)
    assert stamp_of(windows.addin) == stamp()


def test_the_folder_of_a_running_excel_may_be_named_instead(tmp_path):
    where = Places(tmp_path / "elsewhere")
    assert install(where, PYTHON) == (tmp_path / "elsewhere" / "SoNguon.xlam",)


def test_where_there_is_no_excel_one_sentence_says_so(tmp_path):
    assert places("Linux", tmp_path, {}) is None
    for where in (None, places("Windows", tmp_path, {"APPDATA": str(tmp_path)})):
        with pytest.raises(AddinError, match="không có Excel") as told:
            install(where, PYTHON)
        assert told.value.code == "no_excel"
    assert uninstall(None, tmp_path / "home") == ()
    assert tree(tmp_path) == []


def test_a_file_that_excel_holds_stays_whole_and_one_sentence_asks_to_close_excel(windows, monkeypatch):
    install(windows, Path("/old/python"))
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(AddinError, match="đóng hết cửa sổ Excel"):
        install(windows, PYTHON)
    assert windows.addin.read_bytes() == xlam(Path("/old/python"))
    assert tree(windows.startup) == ["SoNguon.xlam"]


def test_a_file_that_excel_holds_cannot_be_taken_away(windows, monkeypatch):
    install(windows, PYTHON)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(AddinError) as told:
        uninstall(windows, windows.startup / "home")
    assert told.value.code == "held"


def test_a_folder_that_takes_no_files_is_named(tmp_path):
    """A file stands where the folder should be: true for the superuser as well."""
    (tmp_path / "XLSTART").write_text("")
    with pytest.raises(AddinError, match="không cho ghi") as told:
        install(Places(tmp_path / "XLSTART"), PYTHON)
    assert "XLSTART" in str(told.value)


def test_the_interpreter_without_a_console_is_taken_where_there_is_one(tmp_path):
    assert interpreter(tmp_path / "python.exe") == tmp_path / "python.exe"
    (tmp_path / "pythonw.exe").touch()
    assert interpreter(tmp_path / "python.exe") == tmp_path / "pythonw.exe"


def refuse(*_args: object, **_options: object) -> None:
    raise PermissionError(os.strerror(13))
