"""Sheet "Cơ cấu": whom the committee admitted this year, by the groups of the statistics forms and by branch."""

from workbook.book import Book
from workbook.composition import BAR, Criterion, Line, Role
from workbook.outgoing.figures import MOST_LIVE, live
from workbook.outgoing.page import Field, Page, Paper, header
from workbook.outgoing.sheets import data, summary
from workbook.outgoing.styles import ROW_HEIGHT, Accent, Look
from workbook.outgoing.wrapped import line_count
from workbook.percent import DASH, percent

NAME = "Cơ cấu"

FIXED: tuple[Field, ...] = (
    Field("label", "Tiêu chí", 48),
    Field("total", "Tổng số", 9, Look.COUNT),
    Field("share", "Tỷ lệ (%)", 9, Look.SHARE),
)
_TOTAL, _SHARE, _BRANCHES_FROM = 1, 2, len(FIXED)
_BRANCH_WIDTH = 11
_BRANCHES_A_PAGE = 14

_DENOMINATOR = (
    "Tỷ lệ (%) = số người của từng dòng ÷ Tổng số kết nạp trong năm. Ai không thuộc đối tượng nào thì sổ ghi Khác; "
    "để trống là chưa rõ. Khoảng tuổi: {form}."
)
_UNSEEN = " Biểu mẫu theo 40-HD/BTCTW năm 2025 chưa được thấy, có thể chia khác."
_NOT_LIVE = " Có trên {most} chi bộ nên các số ghi sẵn giá trị, không phải công thức."
_FOLDED = (
    " Số theo chi bộ từ 1 đến dưới {least} ghi “<{least}”; “×” là số được che thêm để không trừ ngược ra được. Số 0, "
    "số lớn, cột Tổng số và các trang khác không che; ai biết người ở chi bộ hoặc so hai kỳ báo cáo vẫn có thể suy ra."
)
_UNSEEN_FROM = 2025
_ACCENTS = {Role.ALL: Accent.TOTAL, Role.BLOCK: Accent.TOTAL}


def write(paper: Paper, book: Book) -> None:
    """Write the sheet; every number is counted live over the sheet of persons."""
    branches = book.branches["name"].tolist()
    fields = [Field(str(number), name, _BRANCH_WIDTH, Look.COUNT) for number, name in enumerate(branches, 1)]
    page = Page(paper, NAME, (*FIXED, *fields))
    lines = book.composition.lines
    for place, line in enumerate(lines):
        _write_line(page, place, line, book)
    page.trim_shares("share", page.first + len(lines) - 1)
    _note(page, page.first + len(lines), book)
    page.sheet.freeze_panes(1, _BRANCHES_FROM)
    page.sheet.repeat_columns(0, _SHARE)
    page.printed(header("CƠ CẤU ĐẢNG VIÊN MỚI KẾT NẠP TRONG NĂM", book), 1 + len(branches) // _BRANCHES_A_PAGE, tall=1)


def _write_line(page: Page, place: int, line: Line, book: Book) -> None:
    row, accent = page.first + place, _ACCENTS.get(line.role, Accent.PLAIN)
    page.put(row, 0, line.label, Look.TEXT, accent)
    for column, value in enumerate((line.total, *line.by_branch)):
        at = column + (_TOTAL if column == 0 else _SHARE)
        look = Look.MEAN if line.role is Role.MEAN else Look.COUNT
        if line.role is Role.BLOCK or not live(book):
            page.put(row, at, value, look, accent)
        else:
            shown = DASH if value is None else value
            page.formula((row, at), _formula(page, place, at, column, book), shown, look, accent)
    _write_share(page, row, line, book, accent)


def _write_share(page: Page, row: int, line: Line, book: Book, accent: Accent) -> None:
    if line.role in (Role.BLOCK, Role.MEAN):
        page.put(row, _SHARE, None, Look.SHARE, accent)
        return
    whole, part = f"$B${page.first + 1}", f"B{row + 1}"
    text = f'=IF(N({whole})=0,"{DASH}",ROUND(100*{part}/{whole},{book.committee.decimals}))'
    share = percent(_whole(line.total), _whole(book.composition.lines[0].total), book.committee.decimals)
    page.formula((row, _SHARE), text, DASH if share is None else share, Look.SHARE, accent)


def _whole(value: object) -> int:
    """A count as an integer; the lines that are none have no share."""
    if not isinstance(value, int):
        raise TypeError("a line that is no count has no share")
    return value


def _formula(page: Page, place: int, at: int, column: int, book: Book) -> str:
    """The formula of a line in the column of all (0) or of a branch (its number)."""
    line, spans = book.composition.lines[place], data.spans(book)
    admitted = [spans["admitted_in"], summary.YEAR]
    if column:
        admitted += [spans["credit_number"], str(column)]
    if line.role is Role.REST:
        return _rest(page, place, at, book)
    if line.role is Role.NOWHERE:
        groups = spans[book.composition.lines[place - 1].criterion.column]
        somewhere = ",".join([*admitted, groups, f'"*{BAR}*"'])
        return f"={page.letter(page.fields[at].name)}${page.first + 1}-COUNTIFS({somewhere})"
    if line.role is Role.MEAN:
        ages = spans[line.criterion.column]
        known = ",".join([*admitted, ages, '">0"'])
        return f'=IF(COUNTIFS({known})=0,"{DASH}",ROUND(AVERAGEIFS({ages},{known}),1))'
    return f"=COUNTIFS({','.join([*admitted, *_rules(line.criterion, spans)])})"


def _rules(one: Criterion, spans: dict[str, str]) -> list[str]:
    """A criterion as COUNTIFS reads it."""
    if not one.column:
        return []
    span = spans[one.column]
    if one.equals:
        return [span, f'"{one.equals}"']
    if one.holds:
        return [span, f'"*{BAR}{one.holds}{BAR}*"']
    return [span, f'">={one.least}"', *([span, f'"<={one.most}"'] if one.most else [])]


def _rest(page: Page, place: int, at: int, book: Book) -> str:
    """Everybody admitted less the lines of the block."""
    lines, letter = book.composition.lines, page.letter(page.fields[at].name)
    title = max(number for number in range(place) if lines[number].role is Role.BLOCK)
    first, last = page.first + title + 2, page.first + place
    return f"={letter}${page.first + 1}-SUM({letter}{first}:{letter}{last})"


def _note(page: Page, row: int, book: Book) -> None:
    text = _DENOMINATOR.format(form=book.composition.form)
    if book.committee.year >= _UNSEEN_FROM:
        text += _UNSEEN
    if book.composition.least:
        text += _FOLDED.format(least=book.composition.least)
    if not live(book) and not book.counts_only:
        text += _NOT_LIVE.format(most=MOST_LIVE)
    page.sheet.set_row(row, ROW_HEIGHT * line_count(text, sum(field.width for field in FIXED)))
    page.across(row, (0, _SHARE), text, Look.NOTE)
