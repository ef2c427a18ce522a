"""HTML → what is shown of it, however marks cut its words, and what is not: comments, scripts, attributes.

Not by html.parser, whose time grows with the square of the length for some texts that nobody writes by mistake.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_PIECE = re.compile(
    r"<!--(.*?)(?:-->|\Z)"  # 1: a comment
    r"|<(script|style)\b[^<>]*>(.*?)(?:</(?=\2)|\Z)"  # 2, 3: what is no text
    r"|<(/?[a-z][^\s/<>]*)([^<>]*)>"  # 4, 5: a mark and its attributes
    r"|<[!?]([^<>]*)>"  # 6: a declaration
    r"|([^<]+)|<",  # 7: text
    re.DOTALL | re.IGNORECASE,
)
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
"""Marks that end a line."""


@dataclass(slots=True)
class HtmlSeen:
    """aside: comments, scripts and values of attributes."""

    shown: str = ""
    aside: list[str] = field(default_factory=list)


def read_html(text: str) -> HtmlSeen:
    """Both, in their order. Everything is in one or the other, also of what is no HTML."""
    seen = HtmlSeen()
    shown = []
    for found in _PIECE.finditer(text):
        match found.lastindex:
            case 1:
                seen.aside.append(found[1])
            case 3:
                seen.aside.append(found[3])
            case 5:
                if found[4].lstrip("/").casefold() in _LINES:
                    shown.append("\n")
                for value in _VALUE.finditer(found[5]):
                    seen.aside.append(html.unescape(value[1] or value[2] or value[3] or ""))
            case 6:
                seen.aside.append(found[6])
            case 7:
                shown.append(html.unescape(found[7]))
            case _:
                shown.append("<")
    seen.shown = "".join(shown)
    return seen
