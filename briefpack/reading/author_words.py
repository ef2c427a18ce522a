"""What an author's spans say: their words without a look, whether there are any, and neighbours that look alike as one text; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from briefpack.blocks import AuthorSpan, AuthorSpans, Note, Reference
from briefpack.document import LineBreak, Link, Text


def plain_words(spans: AuthorSpans) -> str:
    """The words of spans without their look and without notes. What a reference without own words will print is not known yet."""
    parts: list[str] = []
    for span in spans:
        match span:
            case Text():
                parts.append(span.text)
            case LineBreak():
                parts.append(" ")
            case Link():
                parts.extend(text.text for text in span.spans)
            case Reference():
                parts.extend(text.text for text in span.words)
            case Note():
                pass
            case _:
                assert_never(span)
    return "".join(parts)


def is_blank(spans: AuthorSpans) -> bool:
    """Whether spans print nothing but white space. A reference always prints something."""
    return not any(isinstance(span, Reference) for span in spans) and not plain_words(spans).strip()


def joined_texts(texts: Sequence[Text]) -> Iterator[Text]:
    """Neighbours that look alike as one text."""
    last: Text | None = None
    for text in texts:
        if last is not None and replace(last, text=text.text) == text:
            last = replace(last, text=last.text + text.text)
            continue
        if last is not None:
            yield last
        last = text
    if last is not None:
        yield last


def joined(spans: Sequence[AuthorSpan]) -> AuthorSpans:
    """The same of all spans of a line."""
    done: list[AuthorSpan] = []
    run: list[Text] = []
    for span in spans:
        if isinstance(span, Text):
            run.append(span)
            continue
        done.extend(joined_texts(run))
        run = []
        done.append(span)
    done.extend(joined_texts(run))
    return tuple(done)
