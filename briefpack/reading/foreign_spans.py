"""Spans of a text that somebody else wrote, whose white space means nothing → spans as they are printed; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefpack.blocks import AuthorSpan, AuthorSpans
from briefpack.document import LineBreak, Link, Text


def trimmed(spans: Sequence[AuthorSpan]) -> AuthorSpans:
    """Spans of a paragraph without white space at its ends, at those of its lines, and more than one between words."""
    done: list[AuthorSpan] = []
    space = True
    for span in spans:
        match span:
            case Text():
                words, space = _joined(span.text, after_space=space)
                if words:
                    done.append(_with(span, words))
            case Link():
                texts = []
                for text in span.spans:
                    words, space = _joined(text.text, after_space=space)
                    if words:
                        texts.append(_with(text, words))
                if texts:
                    done.append(Link(span.url, tuple(texts)))
            case LineBreak():
                _strip_end(done)
                if done:
                    done.append(span)
                space = True
            case _:
                done.append(span)
    while done and isinstance(done[-1], LineBreak):
        done.pop()
    _strip_end(done)
    while done and isinstance(done[-1], LineBreak):
        done.pop()
    return tuple(done)


def _joined(words: str, *, after_space: bool) -> tuple[str, bool]:
    words = re.sub(r"[ \u00a0]{2,}", " ", words)
    if after_space:
        words = words.lstrip(" \u00a0")
    return words, words.endswith((" ", "\u00a0")) if words else after_space


def _with(text: Text, words: str) -> Text:
    return Text(words, text.strong, text.emphasis, text.code, position=text.position)


def _strip_end(spans: list[AuthorSpan]) -> None:
    while spans and isinstance(spans[-1], Text):
        last = spans.pop()
        if isinstance(last, Text) and (words := last.text.rstrip(" \u00a0")):
            spans.append(_with(last, words))
            return
