"""What is told of an annex, in words that follow the name of its file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from briefpack.annex import Deed, Remark

_MOST_SPANS = 6
"""Spans of pages that a message lists; the rest is counted."""
_MOST_NAMES = 4
_LONGEST_NAME = 40
_LONGEST_QUOTE = 60
"""Characters."""


@dataclass(slots=True)
class Seen:
    """Something that was met a number of times. pages: 1-based, as far as it stands on pages."""

    count: int = 0
    pages: set[int] = field(default_factory=set)

    def add(self, page: int | None, count: int = 1) -> None:
        self.count += count
        if page is not None:
            self.pages.add(page)


def many(count: int, one: str, several: str = "") -> str:
    """How many: "a comment", "3 comments". several: where it is not one with an s."""
    if count == 1:
        return f"{'an' if one[0] in 'aeiou' else 'a'} {one}"
    return f"{count:,} {several or one + 's'}"


def pages_in_words(pages: Collection[int]) -> str:
    """Which pages: "page 3", "pages 1–3, 7 and 9"."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and spans[-1][1] == page - 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    # Two that follow each other are named both: "1–2" saves nothing.
    spans = [
        part
        for first, last in spans
        for part in ([[first, first], [last, last]] if last == first + 1 else [[first, last]])
    ]
    words = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    if len(words) > _MOST_SPANS:
        rest = sum(last - first + 1 for first, last in spans[_MOST_SPANS:])
        words = [*words[:_MOST_SPANS], f"{rest:,} more"]
    if len(words) > 1:
        words = [f"{', '.join(words[:-1])} and {words[-1]}"]
    return f"page{'' if len(set(pages)) == 1 else 's'} {words[0]}"


def listed(names: Iterable[str]) -> str:
    """Names: "“Draft”, “Prices” and 3 more"."""
    quoted = [f"“{shortened(name, _LONGEST_NAME)}”" for name in dict.fromkeys(names)]
    if len(quoted) > _MOST_NAMES:
        quoted = [*quoted[: _MOST_NAMES - 1], f"{len(quoted) - _MOST_NAMES + 1:,} more"]
    if len(quoted) > 1:
        return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return quoted[0] if quoted else ""


def quote(words: str) -> str:
    """The first words of a text, in quotation marks."""
    return f"“{shortened(words, _LONGEST_QUOTE)}”"


def shortened(words: str, most: int) -> str:
    """A text on one line, cut at a word where it is too long; what a terminal might take for an order is a space."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if len(plain) <= most:
        return plain
    return plain[: most - 1].rsplit(" ", 1)[0] + "…"


def removed(
    kind: str,
    what: str,
    count: int = 1,
    pages: Iterable[int] = (),
    *,
    advice: str = "",
    warn: bool = False,
) -> Remark:
    """Of something that is not in the pack."""
    return Remark(Deed.REMOVED, kind, what, count, _sorted(pages), advice, warn)


def kept(kind: str, what: str, count: int = 1, pages: Iterable[int] = ()) -> Remark:
    """Of something that is in the pack because it was asked for, or because everybody expects it."""
    return Remark(Deed.KEPT, kind, what, count, _sorted(pages))


def flattened(
    kind: str, what: str, count: int, pages: Iterable[int] = (), *, advice: str = "", warn: bool = False
) -> Remark:
    """Of something that is part of the page now."""
    return Remark(Deed.FLATTENED, kind, what, count, _sorted(pages), advice, warn)


def found(
    kind: str, what: str, count: int, pages: Iterable[int], *, advice: str = "", warn: bool = False
) -> Remark:
    """Of something that nothing was done about."""
    return Remark(Deed.FOUND, kind, what, count, _sorted(pages), advice, warn)


def _sorted(pages: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(pages)))


def on(pages: Sequence[int] | Collection[int]) -> str:
    """Where: " on page 3", with its space before; "" for no pages."""
    return f" on {pages_in_words(pages)}" if pages else ""
