"""What the rules are given: one audience's pack as it was selected, numbered and laid out, read once for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefpack.document import Document
from briefpack.errors import Diagnostic, Severity, Where
from briefpack.lint.walk import Passage, passages
from briefpack.pack import Audience, Pack
from briefpack.style import Style

_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-zß-öø-ÿœ][a-zß-öø-ÿœ-]+")


@dataclass(frozen=True, slots=True)
class Case:
    """pack: the audience's selection. pages: of every section that was laid out, by its place (Section.where).

    explained: abbreviations that need no explanation, because the pack's glossary has them. texts: every text of the pack, in order.
    barred: those that the glossary explains to others only, and where. small: every word that stands somewhere in small letters.
    """

    pack: Pack
    audience: Audience
    style: Style
    document: Document
    pages: Mapping[Where, int]
    explained: frozenset[str]
    texts: tuple[Passage, ...]
    small: frozenset[str]
    barred: Mapping[str, Where] = field(default_factory=dict)


def case_of(
    pack: Pack,
    audience: Audience,
    style: Style,
    document: Document,
    *,
    pages: Mapping[Where, int],
    explained: frozenset[str] = frozenset(),
    barred: Mapping[str, Where] | None = None,
) -> Case:
    """A case, its texts read."""
    texts = tuple(passages(pack))
    small: set[str] = set()
    for passage in texts:
        small.update(_SMALL_WORD.findall(passage.text))
    return Case(pack, audience, style, document, pages, explained, texts, frozenset(small), barred or {})


def warn(rule: str, where: Where, message: str, hint: str) -> Diagnostic:
    """A warning of a rule."""
    return Diagnostic(Severity.WARNING, where, message, hint, rule=rule)


def base_language(tag: str) -> str:
    """The language of a BCP 47 tag: "en" for "en-GB"."""
    return tag.split("-", maxsplit=1)[0].lower()


def short(text: str, limit: int = 60) -> str:
    """The beginning of a text, for a message."""
    words = " ".join(text.split())
    if len(words) <= limit:
        return words
    cut = words.rfind(" ", 0, limit)
    return f"{words[: cut if cut > 0 else limit]}…"
