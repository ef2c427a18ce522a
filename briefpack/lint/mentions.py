"""Rules about what a text names without a reference: parts of the pack by typed numbers, and things its audience does not get."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from briefpack.document import (
    Block,
    Caption,
    Chart,
    Document,
    Image,
    Table,
    walk,
)
from briefpack.errors import Diagnostic
from briefpack.lint.case import Case, base_language, short, warn
from briefpack.lint.walk import Passage, TextKind, passages
from briefpack.pack import Audience, Pack

# --------------------------------------------------------------------------- numbers typed by hand

_LABEL = r"\d{1,3}(?:\.\d{1,3})*|[A-Z]{1,3}"
_BEYOND = re.compile(r"\s*(?:of|to|du|de|des|d['’]|à|in)\b|\s*\(")
"""What follows the number of something outside the pack: “Annex B to the Treaty”."""


def check_typed_references(case: Case) -> Iterator[Diagnostic]:
    languages = {base_language(passage.language) for passage in case.texts}
    finders = {language: _finder(case, language) for language in languages}
    there = _labels(case.document)
    for passage in case.texts:
        if passage.kind in {TextKind.TITLE, TextKind.CAPTION}:
            continue
        finder, kinds, forms = finders[base_language(passage.language)]
        if not any(form in passage.text for form in forms):
            continue  # much quicker than the search
        for match in finder.finditer(passage.text):
            if (kinds[match[1].casefold()], match[2]) in there and not _BEYOND.match(
                passage.text, match.end()
            ):
                yield warn(
                    "typed-reference",
                    passage.where,
                    f"“{match[0]}” is typed by hand: its number differs from audience to audience",
                    "write [[its id]], which is checked, numbered and a link",
                )


def _finder(case: Case, language: str) -> tuple[re.Pattern[str], Mapping[str, str], tuple[str, ...]]:
    """What finds typed labels in a language, the kind of thing each of its words means, and all forms of the words."""
    kinds: dict[str, str] = {}
    for kind in ("section", "annex", "table", "figure"):
        word = case.style.word(kind, language).casefold()
        kinds[word] = kind
    # Both forms written out: a search that folds every letter takes ten times as long.
    forms = tuple(form for word in kinds for form in (word, word.capitalize()))
    words = "|".join(map(re.escape, forms))
    return re.compile(rf"\b({words})[ \u00a0]({_LABEL})(?![\w.-]*\w)"), kinds, forms


def _labels(document: Document) -> frozenset[tuple[str, str]]:
    """The kind and number of everything that is numbered in a Document."""
    found = {("section", section.number) for section in document.sections if section.number is not None}
    found |= {("annex", annex.label) for annex in document.annexes}
    for section in document.sections:
        found |= set(_captions(section.blocks))
    return frozenset(found)


def _captions(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The kind and number of every caption. A label is "Table 3" or "Figure 1", whatever the words for them are."""
    for block in walk(blocks):
        match block:
            case Table():
                yield from _counted("table", block.caption)
            case Image() | Chart():
                yield from _counted("figure", block.caption)
            case _:
                pass


def _counted(kind: str, caption: Caption | None) -> Iterator[tuple[str, str]]:
    if caption is not None:
        yield kind, caption.label.rsplit(maxsplit=1)[-1]


# --------------------------------------------------------------------------- what is withheld

_LEAST_WORDS = 4
_POINTERS: Mapping[str, str] = {
    "en": r"(?:briefs?|sections?|notes?|annex(?:es)?|pages?|papers?) on (?:the )?|(?:annex(?:es)?|sections?):? |\(see (?:the )?",
    "fr": r"(?:fiches?|sections?|notes?|annexes?|pages?) sur (?:le |la |les |l['’])?|(?:annexes?|sections?)\s?:? |\(voir (?:le |la |les |l['’])?",
}
_POINTED_AT = r" (?:brief|section|annex|note)\b"


def withheld_mentions(selected: Pack, whole: Pack, audience: Audience) -> list[Diagnostic]:
    """Where a kept text names a section or an annex by its title that the audience does not get.

    To be asked where the whole pack is at hand: an audience's build knows no withheld title.
    """
    titles = _withheld(selected, whole)
    if not titles:
        return []
    texts = [passage for passage in passages(selected) if passage.kind is not TextKind.TITLE]
    everything = "\n".join(passage.text for passage in texts)
    found: list[Diagnostic] = []
    # Most titles are named nowhere; only for the others is every text looked at.
    for title in titles:
        if title not in everything:
            continue
        anywhere, by_language = _finders(title)
        for passage in texts:
            if title not in passage.text:
                continue
            pointed = by_language.get(base_language(passage.language))
            if any(finder is not None and finder.search(passage.text) for finder in (anywhere, pointed)):
                found.append(_mention(passage, title, audience))
    return found


def _mention(passage: Passage, title: str, audience: Audience) -> Diagnostic:
    return warn(
        "withheld-mention",
        passage.where,
        f"this text names “{short(title)}”, which {audience.name} does not get",
        "limit the words to the audiences that get it, or say it without naming it",
    )


def _finders(title: str) -> tuple[re.Pattern[str] | None, Mapping[str, re.Pattern[str]]]:
    """What finds a title in any language (None: nothing does), and what finds it by the words before it, by language.

    A title of several plain words is found as it stands; a title that is a name or a topic (“Ukraine”, “Republic of Korea”) may be spoken
    of by everybody, so it is found only in quotation marks and where the words point to it (“the brief on Ukraine”).
    """
    exact = re.escape(title)
    anywhere: re.Pattern[str] | None = None
    if _is_plain(title):
        anywhere = re.compile(rf"(?<!\w){exact}(?!\w)")
    elif " " in title:
        anywhere = re.compile(rf"[“\"«‘]\s?{exact}\s?[”\"»’]")
    pointed: dict[str, re.Pattern[str]] = {}
    for language, pointer in _POINTERS.items():
        after = rf"|(?<!\w){exact}{_POINTED_AT}" if language == "en" else ""
        pointed[language] = re.compile(rf"(?<!\w)(?i:{pointer})[“\"«]?{exact}(?!\w){after}")
    return anywhere, pointed


def _withheld(selected: Pack, whole: Pack) -> list[str]:
    """The titles of what is not in the selection, where nothing in it has the same."""
    kept = {title.casefold() for title in _titles(selected)}
    return [title for title in dict.fromkeys(_titles(whole)) if title and title.casefold() not in kept]


def _titles(pack: Pack) -> list[str]:
    return [*(section.title for section in pack.sections), *(annex.title for annex in pack.annexes)]


def _is_plain(title: str) -> bool:
    """Whether a title is more than a name: several words, and a content word in small letters among them."""
    words = title.split()
    small = [word for word in words[1:] if word[:1].islower() and len(word) > 3]
    return len(words) >= _LEAST_WORDS and bool(small)
