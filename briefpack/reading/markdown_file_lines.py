"""Lines of a Markdown file of others → spans; HTML tags in them and links that lead nowhere are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from briefpack.blocks import AuthorSpan, AuthorSpans
from briefpack.document import LineBreak, Link, Text
from briefpack.reading.foreign_spans import trimmed
from briefpack.reading.foreign_text import clean
from briefpack.reading.html_elements import COMMENT
from briefpack.reading.link_addresses import safe_address
from briefpack.reading.markdown_file_pictures import Pictures
from briefpack.reading.markdown_file_places import Places, Token

_BREAK = re.compile(r"<br\s*/?>\Z", re.IGNORECASE)


class Lines:
    """Reads the lines of a file. instead: as in read_plain_text; it is done last, since Markdown may write any character as its number."""

    def __init__(self, instead: Mapping[int, str], places: Places, pictures: Pictures) -> None:
        self._instead = instead
        self._places = places
        self._pictures = pictures

    def spans(self, inline: Token) -> AuthorSpans:
        """The spans of an inline token; its pictures are put aside."""
        spans: list[AuthorSpan] = []
        strong = emphasis = 0
        url: str | None = None
        linked: list[Text] = []
        inside = False

        def add(words: str, *, code: bool = False) -> None:
            words = clean(words, lenient=True).text.translate(self._instead)
            text = Text(words, strong > 0, emphasis > 0, code)
            if inside and url is not None:
                linked.append(text)
            else:
                spans.append(text)

        for token in inline.children or ():
            match token.type:
                case "text" | "text_special":
                    add(token.content)
                case "softbreak":
                    add(" ")
                case "hardbreak":
                    if inside:
                        add(" ")
                    else:
                        spans.append(LineBreak())
                case "code_inline":
                    add(token.content, code=True)
                case "strong_open" | "strong_close":
                    strong += token.nesting
                case "em_open" | "em_close":
                    emphasis += token.nesting
                case "link_open":
                    inside, url, linked = True, self._address(token, inline), []
                case "link_close":
                    if url is not None and any(text.text.strip() for text in linked):
                        spans.append(Link(url, tuple(linked)))
                    inside, url = False, None
                case "image":
                    self._pictures.take(token, inline)
                case "html_inline":
                    if _BREAK.match(token.content) and not inside:
                        spans.append(LineBreak())
                    elif not COMMENT.match(token.content) and not token.content.startswith("</"):
                        self._places.tell(
                            "html",
                            self._places.where(inline, token.content),
                            f"the HTML tag {token.content[:40]} is left out; the words in it are kept",
                            "write it as Markdown, or print the page as PDF and name that file",
                        )
                case _:
                    # Struck words are printed as they stand, between the signs that strike them.
                    if token.type in {"s_open", "s_close"}:
                        add("~~")
        return trimmed(spans)

    def _address(self, token: Token, inline: Token) -> str | None:
        written = str(token.attrGet("href") or "")
        url = safe_address(written)
        if url is None and not written.startswith("#"):
            shown = unquote(written)[:60]
            self._places.tell(
                "link",
                self._places.where(inline, shown),
                f"the link to “{shown}” leads to no web or mail address; its words are kept",
                "what it leads to is not in the pack; name it as an annex of its own where it is needed",
            )
        return url
