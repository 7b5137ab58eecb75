"""The pages of the guide that are made and not written: messages, commands, and the sheet to print.

    python docs/huong-dan/make.py

`thong-bao.md` is the catalogue of messages, `lenh.md` the buttons and what every command says of itself with --help,
`mot-trang.docx` one page of A4. A test says that what is committed is what this makes.
"""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import click
from sheet import sheet

from macros_py.actions import table
from macros_py.cli import verbs
from validation.regulation import load
from validation.rules.table import RULES, family
from validation.vocabulary import Level
from workbook.incoming.normalise import LEVELS
from workbook.labels import label
from workbook.layout import HEADING
from workbook.messages import catalogue, level_of, sentence

HERE = Path(__file__).parent

_WIDTH = 78  # letters in a line of help: what a terminal shows
_CORES = 4  # stands for the number of cores, which differs from machine to machine

_MESSAGES = """# Thông báo và cách sửa

Trang này do máy viết ra từ chính danh mục thông báo của Sổ Nguồn, nên luôn đúng với chương trình
(`python docs/huong-dan/make.py`). Tìm theo **mã** ở cột Mã của trang "Lỗi" trong sổ chỉ tiêu, hoặc theo chữ trong câu
thông báo (Ctrl+F). Dấu … là chỗ chương trình điền ngày, số, tên cột của sổ đang xem.

* **Lỗi**: phải sửa. Người có lỗi vẫn được tính theo những gì đọc được.
* **Cần giải trình**: sửa nếu ghi nhầm; nếu đúng thì ghi lý do, lần sau không bị hỏi lại (dòng không có Mã nhớ thì
  chưa nhớ được, lần sau có câu báo).
* **Lưu ý**: để biết, không phải làm gì.

Sau câu thông báo thường có "Căn cứ": điều khoản và mức chắc chắn. "Theo tài liệu dẫn lại" và "chưa kiểm chứng" nghĩa là
văn bản gốc chưa được đọc; hỏi cấp ủy trước khi dựa vào con số ấy.
"""

#: The parts of the catalogue in the order in which a clerk meets them.
_PARTS = {
    "reading": "Tệp và trang: đọc được hay không",
    "typing": "Ô gõ chưa đúng kiểu",
    "law": "Nội dung chưa đúng quy định hoặc chưa đủ",
    "clocks": "Việc làm chậm, giấy tờ hết hạn",
    "reorganised": "Chi bộ sáp nhập, thôi hoạt động",
    "committee": "Sổ cấp ủy",
    "previous": "Sổ kỳ trước",
    "lower": "Sổ chỉ tiêu của cấp dưới",
    "slips": "Phiếu trả lại",
    "report": "Báo cáo viết",
    "printed": "Tỷ lệ trong báo cáo đã viết",
    "upward": "Sổ số liệu gửi cấp trên",
    "forms": "Biểu mẫu nhận được",
    "shell": "Lệnh và đường dẫn",
    "writing": "Ghi tệp kết quả",
    "cluster": "Nhiều máy cùng đọc",
}
_OTHERS = "Thông báo khác"

_COMMANDS = """# Nút và lệnh

Trang này do máy viết ra từ chính chương trình (`python docs/huong-dan/make.py`), để tra. Làm việc gì thì xem trang của
việc ấy ở [mục lục](README.md).

Mã thoát của lệnh: 0 là sạch, 1 là có việc phải xem, 2 là không chạy được.

## Nút
"""


def main() -> None:
    """Write every page anew."""
    for name, content in pages().items():
        (HERE / name).write_bytes(content)


def pages() -> Mapping[str, bytes]:
    """Every page by the name of its file."""
    return {
        "thong-bao.md": "\n".join(messages()).encode(),
        "lenh.md": "\n".join(commands()).encode(),
        "mot-trang.docx": sheet(),
    }


def messages() -> Iterator[str]:
    """What each message means and how to mend it, part by part."""
    yield _MESSAGES
    by_title = parts()
    for title in by_title:
        yield f"* [{title}](#{anchor(title)})"
    for title, codes in by_title.items():
        yield f"\n## {title}"
        for code in codes:
            yield from message(code)
    yield ""


def parts() -> Mapping[str, list[str]]:
    """The codes of the catalogue under the title of their part, the parts without one together at the end."""
    told: dict[str, list[str]] = {title: [] for title in (*_PARTS.values(), _OTHERS)}
    for part in sorted((files("workbook") / "messages_vi").iterdir(), key=lambda part: part.name):
        if part.name.endswith(".toml"):
            title = _PARTS.get(part.name.removesuffix(".toml"), _OTHERS)
            told[title] += tomllib.loads(part.read_text("utf-8"))
    return {title: codes for title, codes in told.items() if codes}


def message(code: str) -> Iterator[str]:
    """One message: its code, the sentence, what to do, how grave it is and where it stands."""
    columns = _columns(code)
    said = sentence(code, {"column": columns[0]} if len(columns) == 1 else {})
    yield f"\n### `{code}`\n"
    yield f"* **Thông báo:** {said.message}"
    yield f"* **Cách sửa:** {said.fix}"
    if grave := _level(code):
        yield f"* **Mức:** {grave}"
    if columns:
        yield f"* **Cột:** {', '.join(HEADING[column] for column in columns)}"


def _columns(code: str) -> list[str]:
    """The columns of the register a rule's finding stands on; of a family those of its rules without own words."""
    own = catalogue()
    ruled = [one for name, one in RULES.items() if code in (name, family(name)) and (name == code or name not in own)]
    return list(dict.fromkeys(one.columns[0] for one in ruled))


def _level(code: str) -> str:
    """How grave it is, "" where it is no finding but the reason why nothing could be done."""
    ruled = {one.level for name, one in RULES.items() if code in (name, family(name))}
    clocks = {one.code for regulation in load().regulations for one in regulation.deadlines}
    if code in LEVELS:
        ruled = {LEVELS[code]}
    elif not ruled and (code in clocks or "level" in catalogue()[code]):
        ruled = {level_of(code)}
    return ", ".join(label(level) for level in Level if level in ruled)


def commands() -> Iterator[str]:
    """The buttons with what they do, and the help of every command."""
    yield _COMMANDS
    yield "| nhóm | nút | làm gì |\n|---|---|---|"
    for group in table().groups:
        for action in table().of(group):
            yield f"| {group.label} | **{action.label}** | {action.tip} |"
    for words, text in helps().items():
        yield f"\n## {words}\n\n```text\n{text}\n```"
    yield ""


def helps() -> Mapping[str, str]:
    """What every command says of itself, by the words that call it."""
    return dict(_helps(verbs, "songuon", None))


def _helps(verb: click.Command, name: str, above: click.Context | None) -> Iterator[tuple[str, str]]:
    with click.Context(verb, above, name, terminal_width=_WIDTH) as context:
        defaults = {option: option.default for option in verb.params if option.name == "workers"}
        for option in defaults:
            option.default = _CORES
        yield context.command_path, verb.get_help(context)
        for option, default in defaults.items():
            option.default = default
        for below in verb.commands.items() if isinstance(verb, click.Group) else ():
            yield from _helps(below[1], below[0], context)


def anchor(title: str) -> str:
    """Where a link to a heading goes."""
    kept = (letter for letter in title.casefold() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


if __name__ == "__main__":
    main()
