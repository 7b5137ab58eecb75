"""`songuon consolidate` keeps what it read beside the committee book, unless told not to; `songuon purge` clears it."""

from datetime import date

import pytest
from click.testing import CliRunner

from macros_py.cli import verbs
from workbook.demo.inbox import make

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo"), AS_OF, branches=2)


def test_a_book_made_from_what_is_kept_is_the_same_and_purge_clears_it(made, tmp_path):
    folder = made.committee_book.parent
    cache = folder / ".so-nguon"

    def songuon(*words):
        return CliRunner().invoke(verbs, list(map(str, words)), standalone_mode=False).output

    def consolidated(name, *more):
        out = folder / f"{name}.xlsx"
        songuon(
            *("consolidate", made.inbox, "--committee", made.committee_book, "--out", out),
            *("--as-of", AS_OF, "--workers", 1, *more),
        )
        return out.read_bytes()

    without = consolidated("khong-giu", "--no-cache")
    assert not cache.exists()
    assert consolidated("lan-dau") == without
    kept = len(list(cache.rglob("*.json.gz")))
    assert kept
    assert consolidated("lan-sau") == without

    assert f"Đã xóa kết quả đọc còn giữ của {kept} tệp" in songuon("purge", folder, "--until", "2026-01-01")
    assert not cache.exists()
