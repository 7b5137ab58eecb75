"""An Excel that refuses every call. There is none on this machine: its error, and the object that raises it, are
stand-ins, as nowhere else in these tests. The loop that asks again is xlwings' own, taken from its Windows part."""

import ast
import importlib.util
import time
import types
from pathlib import Path

import pytest
import xlwings as xw

from macros_py import attach, crash, dialogue, patience
from macros_py.attach import open_desk
from macros_py.buttons import press
from macros_py.desk import Refused
from macros_py.excel import XlDesk
from macros_py.patience import Patience, is_busy

REJECTED, LATER, TYPING, BEHIND = -2147418111, -2147417846, -2146777998, -2147352567


class ComError(Exception):
    """Like pywintypes.com_error: hresult, message, details, number of the argument."""

    @property
    def hresult(self) -> int:
        return self.args[0]


REFUSALS = {
    "rejected": ComError(REJECTED, "Call was rejected by callee.", None, None),
    "later": ComError(LATER, "The message filter indicated that the application is busy.", None, None),
    "typing": ComError(BEHIND, "Exception occurred.", (0, None, None, None, 0, TYPING), None),
}


class BusyExcel:
    """Refuses whatever is asked, and counts how often."""

    def __init__(self, refusal: ComError) -> None:
        self.__dict__.update(refusal=refusal, asked=0)

    def __getattr__(self, name: str) -> object:
        self.__dict__["asked"] += 1
        raise self.refusal

    def __setattr__(self, name: str, value: object) -> None:
        self.__getattr__(name)


@pytest.fixture
def windows() -> types.ModuleType:
    """xlwings' loops around calls over COM, as installed; only Windows can load the module they stand in."""
    path = Path(importlib.util.find_spec("xlwings").origin).with_name("_xlwindows.py")
    loops = [node for node in ast.parse(path.read_text("utf-8")).body
             if isinstance(node, ast.ClassDef) and node.name.startswith("COMRetry")]  # fmt: skip
    module = types.ModuleType("xlwings._xlwindows")
    module.__dict__.update(
        types=types, CDispatch=(), CoClassBaseClass=(), DispatchBaseClass=(),
        pywintypes=types.SimpleNamespace(com_error=ComError), N_COM_ATTEMPTS=0,
    )  # fmt: skip
    exec(compile(ast.Module(loops, []), str(path), "exec"), module.__dict__)
    assert len(loops) == 2
    return module


@pytest.fixture
def patient(windows, monkeypatch) -> types.ModuleType:
    """The same with our patience, shortened to a fifth of a second for all calls."""
    monkeypatch.setattr(xw, "_xlwindows", windows, raising=False)
    monkeypatch.setattr(attach, "_SECONDS", 0.2)
    attach.bound_patience()
    return windows


def test_xlwings_own_loop_asks_a_busy_excel_a_bounded_number_of_times_for_a_bounded_time(patient):
    sheet = BusyExcel(REFUSALS["rejected"])
    application = patient.COMRetryObjectWrapper(sheet)
    began = time.monotonic()
    for _ in range(50):
        with pytest.raises(ComError):
            print(application.Name)
    with pytest.raises(ComError):
        application.Name = "x"
    assert 0.2 <= time.monotonic() - began < 2
    assert sheet.asked <= 51 + 0.2 / 0.05 + 1, "the time is for all calls together"


def test_with_time_to_spare_one_call_is_still_asked_only_so_often(patient, monkeypatch):
    monkeypatch.setattr(patience, "_PAUSE", 0)
    patient.N_COM_ATTEMPTS = Patience(5, 60)
    sheet = BusyExcel(REFUSALS["rejected"])
    with pytest.raises(ComError):
        print(patient.COMRetryObjectWrapper(sheet).Name)
    assert sheet.asked == 5


def test_an_excel_that_is_soon_ready_again_is_waited_for(patient):
    class Soon(BusyExcel):
        def __getattr__(self, name: str) -> object:
            if self.__dict__["asked"] < 3:
                return super().__getattr__(name)
            return "Sổ.xlsx"

    assert patient.COMRetryObjectWrapper(Soon(REFUSALS["rejected"])).Name == "Sổ.xlsx"


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_busy_application_is_told_in_one_sentence_in_our_own_box(kind, monkeypatch):
    """Not in the application's: a busy Excel does not even tell its window."""
    told: list[str] = []
    monkeypatch.setattr(dialogue, "tell", told.append)
    busy = BusyExcel(REFUSALS[kind])
    press("check", XlDesk(busy, busy))
    (sentence,) = told
    assert sentence.startswith("Bảng tính đang bận")
    assert not crash.LOG.exists()


@pytest.mark.parametrize("kind", REFUSALS)
def test_an_application_that_is_busy_before_the_book_is_found_is_told_too(kind, monkeypatch):
    class Apps:
        def __len__(self) -> int:
            raise REFUSALS[kind]

    monkeypatch.setattr(xw, "apps", Apps())
    with pytest.raises(Refused) as refused:
        open_desk(["--from_xl=1", "--hwnd=7", "--wb=a.xlsx"])
    assert refused.value.sentence.startswith("Bảng tính đang bận")


def test_other_errors_are_not_taken_for_a_busy_application():
    others = [ComError(BEHIND, "", (0, None, None, None, 0, -2146827284), None), ComError(-2147352567, "", None, None),
              ComError(), ValueError("x"), KeyError("a")]  # fmt: skip
    assert not any(map(is_busy, others))


def test_errors_that_hold_anything_are_no_refusal():
    assert not any(map(is_busy, [ValueError({}, [], ([],)), ValueError([[]]), KeyError({})]))


class Answering:
    """An application with a book that answers by its name."""

    name = "Sổ.xlsx"

    def alert(self, sentence: str, title: str) -> None:
        self.__dict__.setdefault("told", []).append(sentence)


@pytest.mark.parametrize("book", ["open", "none"])
def test_a_fault_of_ours_is_logged_and_never_called_a_closed_book(book):
    app = Answering()
    desk = XlDesk(app, app if book == "open" else None)
    desk.names = desk.kept = desk.new_file = lambda *_: {}[""]  # type: ignore[method-assign] - our own fault
    press("new_register" if book == "none" else "clear", desk)
    (told,) = app.told
    assert told.startswith("Xin lỗi")
    assert "KeyError" in crash.LOG.read_text("utf-8")


def test_a_fault_while_the_book_closes_is_told_as_closed_and_logged(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(dialogue, "tell", told.append)
    gone = BusyExcel(ComError(-2147023174, "The RPC server is unavailable.", None, None))
    press("check", XlDesk(gone, gone))
    (sentence,) = told
    assert sentence.startswith("Sổ đã đóng")
    assert "ComError" in crash.LOG.read_text("utf-8")
