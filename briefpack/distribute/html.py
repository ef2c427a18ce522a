"""The plain text of a message → the same as a simple page: paragraphs and lists, nothing from elsewhere, every character escaped; pure."""

from __future__ import annotations

from html import escape
from itertools import groupby

from briefpack.distribute.wording import BULLET

_FONT = "font-family:Calibri,Carlito,Arial,sans-serif;font-size:11pt;line-height:1.35;color:#1a1a1a"


def as_html(text: str, language: str, marking: str) -> str:
    """text: paragraphs with an empty line between them; lines that begin with a dash are a list. marking: where it is a paragraph, it stands out."""
    body = "\n".join(_paragraph(part, marking) for part in text.strip("\n").split("\n\n"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="{_FONT}">\n{body}\n</body>\n</html>\n'
    )


def _paragraph(part: str, marking: str) -> str:
    if marking and part == marking:
        return f'<p dir="auto"><strong>{escape(part)}</strong></p>'
    pieces = []
    for is_list, lines in groupby(part.split("\n"), lambda line: line.startswith(BULLET)):
        if is_list:
            items = "".join(f'<li dir="auto">{escape(line[len(BULLET) :])}</li>' for line in lines)
            pieces.append(f"<ul>{items}</ul>")
        else:
            pieces.append(f'<p dir="auto">{"<br>".join(escape(line) for line in lines)}</p>')
    return "\n".join(pieces)
