"""The layout that a clerk has changed, looked at before it is filled: which places it names, and which are ill written.

The library that fills a layout goes over what it cannot read: a brace too few takes a whole section away without a
word. So every paragraph is read first, and a fault is told by the paragraph it stands in.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*?%\}|\{#[^{}]*?#\}")
_STATEMENT = re.compile(r"\{%(?:p|tr|tc|r)?-?\s*(?P<said>.*?)\s*-?%\}")
#: What docxtpl writes behind an opening brace, to say how much of the document a tag stands for.
_REACH = re.compile(r"(?<=\{[{%])(?:p|tr|tc|r)(?=\s)")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OPENS, _CLOSES = ("for", "if"), {"endfor": "for", "endif": "if"}
_WITHIN = ("else", "elif")
#: What a tag may be made of: places and their parts, loops, conditions; nothing that counts, calls or fetches.
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If),
    *(nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const),
)
#: Of what a text can be put through, what cannot make it longer than it is.
_LETTERS = frozenset({"upper", "lower", "capitalize", "title", "trim"})


class Places(SandboxedEnvironment):
    """What a layout is filled in: one that does more than name places is refused before anything of it is run.

    Asked of the whole part, since a tag may stand where no paragraph is: in an attribute, a title, a footnote.
    """

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _LETTERS}

    def compile(self, source: str | nodes.Template, *arguments: Any, **named: Any) -> Any:
        """As every environment does. Raises SecurityError for what does more than name places."""
        tree = self.parse(source) if isinstance(source, str) else source
        if not _names_only(tree):
            raise SecurityError("more than places")
        return super().compile(tree, *arguments, **named)


def _names_only(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Filter):
        allowed = node.name in _LETTERS and not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    else:
        allowed = isinstance(node, _ALLOWED)
    return allowed and all(map(_names_only, node.iter_child_nodes()))


def paragraphs(parts: Collection[etree._Element]) -> list[str]:
    """The texts of all paragraphs of parts of a document (elements of its XML), in their order, tables included."""
    found = (paragraph for part in parts for paragraph in part.iter(f"{_WORD}p"))
    texts = ("".join(piece.text or "" for piece in one.iter(f"{_WORD}t")) for one in found)
    return [text for text in texts if text.strip()]


def ill_written(texts: Sequence[str]) -> str | None:
    """The first paragraph whose places cannot be read: an odd brace, a tag that is none, a loop without its end."""
    opened: list[tuple[str, str]] = []
    for text in texts:
        if set("{}") & set(_TAG.sub("", text)) or not all(map(_is_tag, _TAG.findall(text))):
            return text
        for word in _statements(text):
            if word in _OPENS:
                opened.append((word, text))
            elif _is_astray(word, opened):
                return text
    return opened[0][1] if opened else None


def _is_astray(word: str, opened: list[tuple[str, str]]) -> bool:
    """Whether a statement ends or divides what is not open; what it ends is taken from the opened."""
    if word in _WITHIN:
        return not opened
    return word in _CLOSES and (not opened or opened.pop()[0] != _CLOSES[word])


def _is_tag(tag: str) -> bool:
    """Whether a tag can be read; the two ends of a loop are held together elsewhere."""
    found = _STATEMENT.fullmatch(tag)
    word = found["said"].partition(" ")[0] if found else ""
    rest = f"{{% end{word} %}}" if word in _OPENS else ""
    if word in _CLOSES or word in _WITHIN:
        return True
    try:
        return _names_only(Environment(autoescape=True).parse(_REACH.sub("", tag) + rest))
    except TemplateSyntaxError:
        return False


def _statements(text: str) -> Iterator[str]:
    """The first word of every statement of a paragraph: for, endfor, if, ..."""
    for found in _STATEMENT.finditer(text):
        yield found["said"].partition(" ")[0]


def named(texts: Sequence[str]) -> set[str]:
    """The places that well written paragraphs name, without what their own loops name."""
    tags = (_REACH.sub("", tag) for text in texts for tag in _TAG.findall(text))
    return set(meta.find_undeclared_variables(Environment(autoescape=True).parse("".join(tags))))


def telling_of(texts: Sequence[str], names: Collection[str]) -> str:
    """The first paragraph with a tag that says one of the names; "" for none."""
    tags = ((text, tag) for text in texts for tag in _TAG.findall(text))
    return next((text for text, tag in tags if any(name in tag for name in names)), "")
