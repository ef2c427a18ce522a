"""The markings, in a selection, of what a pack makes itself: lists of figures, tables and abbreviations, and abbreviations that are spelled out; pure.

A list is marked as what it lists. A text in which an abbreviation is spelled out says what the glossary says, and is marked no lower than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from briefpack.blocks import (
    AuthorBlock,
    ChartBlock,
    Generated,
    GeneratedBlock,
    ImageBlock,
    QrBlock,
    TableBlock,
    TimelineBlock,
    walk,
)
from briefpack.document import Text
from briefpack.limits import Limits
from briefpack.marking import LOWEST, Marking, join
from briefpack.pack import Abbreviation, AuthorSection, Pack


def with_markings_of_lists(pack: Pack) -> Pack:
    """A selection with the markings of its lists and of spelled-out abbreviations in those of its sections and of the whole."""
    sections, used = _spelled_out(pack)
    if any(isinstance(block, GeneratedBlock) for section in sections for block in _of_parts(section)):
        listed = _captions(sections) | {Generated.ABBREVIATIONS: used}
        sections = tuple(_with_lists(section, listed) for section in sections)
    if sections is pack.sections:
        return pack
    marking = join(
        (pack.limits.marking or LOWEST, *(section.limits.marking or LOWEST for section in sections))
    )
    return replace(pack, sections=sections, limits=replace(pack.limits, marking=marking))


def _raised(limits: Limits, marking: Marking, *, words: bool) -> Limits:
    """Limits with a marking that counts as well. words: for the node's own words, too."""
    whole = (limits.marking or LOWEST) | marking
    own = (limits.title_marking or LOWEST) | marking if words else limits.title_marking
    return replace(limits, marking=whole, title_marking=own)


# --------------------------------------------------------------------------- lists


def _of_parts(section: AuthorSection) -> Iterator[AuthorBlock]:
    for part in section.parts:
        yield from part.blocks


def _captions(sections: Iterable[AuthorSection]) -> dict[Generated, Marking]:
    """The least upper bounds of the captions of figures and of tables."""
    found = {Generated.FIGURES: LOWEST, Generated.TABLES: LOWEST}

    def look(blocks: Iterable[AuthorBlock]) -> None:
        for block in walk(blocks):
            match block:
                case ImageBlock() | ChartBlock() | QrBlock() if block.caption:
                    found[Generated.FIGURES] |= block.limits.title_marking or LOWEST
                case TableBlock() | TimelineBlock() if block.caption:
                    found[Generated.TABLES] |= block.limits.title_marking or LOWEST
                case _:
                    pass

    for section in sections:
        look(_of_parts(section))
        look(section.blocks)
    return found


def _with_lists(section: AuthorSection, listed: dict[Generated, Marking]) -> AuthorSection:
    made = section
    for number, part in enumerate(section.parts):
        marking = join(listed[block.what] for block in part.blocks if isinstance(block, GeneratedBlock))
        if marking == LOWEST:
            continue
        blocks = tuple(
            replace(block, limits=_raised(block.limits, listed[block.what], words=True))
            if isinstance(block, GeneratedBlock)
            else block
            for block in part.blocks
        )
        raised = replace(part, blocks=blocks, limits=_raised(part.limits, marking, words=False))
        parts = (*made.parts[:number], raised, *made.parts[number + 1 :])
        made = replace(made, parts=parts, limits=_raised(made.limits, marking, words=False))
    return made


# --------------------------------------------------------------------------- abbreviations


def _spelled_out(pack: Pack) -> tuple[tuple[AuthorSection, ...], Marking]:
    """The sections with the markings of the abbreviations that are used in them, and the least upper bound of those that are used anywhere."""
    marked = [(entry, entry.limits.marking or LOWEST) for entry in pack.glossary]
    if all(marking == LOWEST for _, marking in marked):
        return pack.sections, LOWEST
    lowest = _floors(pack.sections)
    high = [(entry, marking) for entry, marking in marked if not all(marking <= floor for floor in lowest)]
    low = join(marking for entry, marking in marked if all(marking <= floor for floor in lowest))
    if not high:
        return pack.sections, low if pack.sections else LOWEST
    raiser = _Raiser.of(high)
    sections = tuple(raiser.section(section) for section in pack.sections)
    return sections, join((low, *raiser.used))


def _floors(sections: Sequence[AuthorSection]) -> frozenset[Marking]:
    """The markings of all that is in the sections."""
    found: set[Marking] = set()

    def look(value: Any) -> None:
        if type(value) is tuple:
            for each in value:
                look(each)
        elif is_dataclass(value) and not isinstance(value, Text):
            limits = getattr(value, "limits", None)
            if isinstance(limits, Limits):
                found.add(limits.marking or LOWEST)
            for each in _inner(value):
                look(getattr(value, each))

    look(tuple(sections))
    return frozenset(found)


_INNER: dict[type, tuple[str, ...]] = {}


def _inner(node: Any) -> tuple[str, ...]:
    """The names of the fields of a node that may hold texts or nodes."""
    kind = type(node)
    if kind not in _INNER:
        _INNER[kind] = tuple(
            each.name
            for each in fields(kind)
            if each.name not in {"where", "in_pack", "limits", "data", "drawing"}
        )
    return _INNER[kind]


@dataclass(slots=True)
class _Raiser:
    """Raises what uses an abbreviation to the marking of its entry. used: the markings of those that it met."""

    words: re.Pattern[str]
    markings: dict[str, Marking]
    used: set[Marking] = field(default_factory=set)

    @classmethod
    def of(cls, entries: Sequence[tuple[Abbreviation, Marking]]) -> _Raiser:
        shorts = sorted((entry.short for entry, _ in entries), key=len, reverse=True)
        words = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, shorts))})(?:s|’s|'s)?(?!\w)")
        return cls(words, {entry.short: marking for entry, marking in entries})

    def section(self, section: AuthorSection) -> AuthorSection:
        made: AuthorSection
        made, _ = self.node(section)
        marking = self._in(section.title)
        return replace(made, limits=_raised(made.limits, marking, words=True)) if marking != LOWEST else made

    def _in(self, text: str) -> Marking:
        found = [self.markings[match[1]] for match in self.words.finditer(text)]
        self.used.update(found)
        return join(found)

    def node(self, node: Any) -> tuple[Any, Marking]:
        """A node and what its own texts and those in it are marked through the abbreviations in them."""
        own, inside = LOWEST, LOWEST
        changes: dict[str, Any] = {}
        for name in _inner(node):
            value = getattr(node, name)
            made, mine, below = self._value(value)
            own |= mine
            inside |= below
            if made is not value:
                changes[name] = made
        limits = getattr(node, "limits", None)
        if isinstance(limits, Limits) and own | inside != LOWEST:
            raised = _raised(limits, own, words=own != LOWEST)
            changes["limits"] = _raised(raised, inside, words=False)
        return (replace(node, **changes) if changes else node), own | inside

    def _value(self, value: Any) -> tuple[Any, Marking, Marking]:
        """A value of a field; the marking of the texts in it, and that of the nodes in it."""
        if type(value) is tuple:
            if value and isinstance(value[0], Text) and all(isinstance(each, Text) for each in value):
                return value, self._in("".join(each.text for each in value)), LOWEST
            own, inside = LOWEST, LOWEST
            made = []
            for each in value:
                one, mine, below = self._value(each)
                made.append(one)
                own |= mine
                inside |= below
            same = all(a is b for a, b in zip(made, value, strict=True))
            return (value if same else tuple(made)), own, inside
        if isinstance(value, Text):
            return value, self._in(value.text), LOWEST
        if is_dataclass(value):
            made_node, marking = self.node(value)
            has_limits = isinstance(getattr(value, "limits", None), Limits)
            return made_node, LOWEST if has_limits else marking, marking if has_limits else LOWEST
        return value, LOWEST, LOWEST
