"""An author's words with the signs that their language sets: quotation marks, dashes, spaces that do not break, ordinals, dates in words.

Letters and figures are never lost, code and addresses are left alone, and what is set as it should be stays the same object: most text of a pack is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefpack.blocks import AuthorSpan, AuthorSpans, Note, Reference
from briefpack.document import LineBreak, Link, Position, Text
from briefpack.iso_dates import dates_in
from briefpack.resolve.dates import date_in_words
from briefpack.resolve.languages import of_language
from briefpack.resolve.manners import EM_DASH, EN_DASH, MANNERS, NARROW, NO_BREAK, UNITS
from briefpack.resolve.numbers import DIGITS
from briefpack.resolve.quotes import Quotes
from briefpack.style import Style

_OPAQUE = "\ufffc"
"""Stands for what prints something that is not to be touched."""
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s\"'<>]*[\w/]", re.IGNORECASE)
_UNIT = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})(?!\w)")
_THOUSANDS = re.compile(r"(?: \d{3})+(?!\d)")
_SPACES = (" ", NO_BREAK, NARROW)
_MARKS = frozenset("\"'«»“”‘’")
_BEFORE_SIGN = frozenset("»”’\"')]….%°€" + _OPAQUE)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What is printed from start to end. raised: small and high; then the text is that which stood there."""

    start: int
    end: int
    text: str
    raised: bool = False


class _Hand:
    """Finds what is to be set otherwise in a text of one language."""

    def __init__(self, style: Style, language: str) -> None:
        self.manners = of_language(MANNERS, language)
        self._style = style
        self._language = language
        signs = "\"'.0-9-" + "".join(self.manners.before) + ("«»" if self.manners.inside else "")
        romans = r"|(?<!\w)[IVX]+(?=e)" if "[IVX]" in self.manners.ordinal else ""
        self.signs = re.compile(rf"[{signs}]{romans}")
        self._ordinal = re.compile(rf"(?:{self.manners.ordinal})(?!\w)") if self.manners.ordinal else None
        places = "|".join(map(re.escape, self.manners.places))
        self._place = re.compile(rf"(?<!\w)(?:{places}) \Z")
        self._place_ends = {place[-1] for place in self.manners.places}
        months = (style.word(f"month_{number}", language) for number in range(1, 13))
        self._month = re.compile(rf"(?:{'|'.join(map(re.escape, months))})(?!\w)")
        self._groups = of_language(DIGITS, language).group == NARROW

    def edits(self, text: str) -> Sequence[_Edit]:
        """In order, without overlap."""
        found: list[_Edit] = []
        end = 0
        days = {match.start(): (match.end(), day) for match, day in dates_in(text)} if "-" in text else {}
        addresses = list(_ADDRESS.finditer(text)) if "://" in text or "www." in text else []
        quotes = Quotes(text, self.manners)
        position = 0
        while (sign := self.signs.search(text, position)) is not None:
            start, position = sign.start(), sign.end()
            while addresses and addresses[0].end() <= start:
                del addresses[0]
            if addresses and addresses[0].start() <= start:
                position = addresses[0].end()
                continue
            made: Iterable[_Edit]
            match text[start]:
                case '"' | "'":
                    mark = quotes.mark(start)
                    made = () if mark is None else (_Edit(start, start + 1, mark),)
                case "-":
                    made, position = self._dash(text, start)
                    marked = bool(found) and found[-1].start == start - 2
                    if not self.manners.spaced and text[start - 2 : start] in {'" ', "' "} and not marked:
                        made = ()  # a mark that stays as it is would be read otherwise beside a dash
                case ".":
                    made, position = _dots(text, start)
                case "«" | "»":
                    made = self._inside(text, start)
                case character if character in self.manners.before:
                    made = self._before(text, start)
                case _ if start in days:
                    position, day = days[start]
                    made = () if day is None else tuple(self._date(start, position, day))
                case _:
                    made, position = self._number(text, start)
            for edit in made:
                if edit.start >= end and (edit.raised or text[edit.start : edit.end] != edit.text):
                    found.append(edit)
                    end = edit.end
        return found

    # ----------------------------------------------------------------------- signs

    def _dash(self, text: str, start: int) -> tuple[Iterable[_Edit], int]:
        """Dashes: “a - b” and “a -- b” in the language's manner, “a--b” closed, “a---b” long; more than three are a rule."""
        end = start + 1
        while text[end : end + 1] == "-":
            end += 1
        count = end - start
        before, after = text[start - 1 : start], text[end : end + 1]
        if count > 3 or not before or not after:
            return (), end
        if before in (" ", NO_BREAK) and after == " ":
            if not _ends_word(text[max(0, start - 3) : start - 1]) or not text[end : end + 2].strip():
                return (), end  # at the beginning or the end it joins nothing
            if not self.manners.spaced:
                return (_Edit(start - 1, end + 1, self.manners.dash),), end
            if count == 3:
                return (_Edit(start, end, EM_DASH),), end
            return (_Edit(start - 1, end, NO_BREAK + self.manners.dash),), end
        if count == 1 or before.isspace() or after.isspace():
            return (), end
        numbers = before.isdigit() and after.isdigit()
        closed = EN_DASH if numbers or self.manners.spaced else self.manners.dash
        return (_Edit(start, end, EM_DASH if count == 3 else closed),), end

    def _inside(self, text: str, start: int) -> Iterable[_Edit]:
        """The space within typed angled quotes does not break."""
        if text[start] == "«" and text[start + 1 : start + 2] == " ":
            yield _Edit(start + 1, start + 2, self.manners.inside)
        elif text[start] == "»" and text[start - 1 : start] == " " and start > 1:
            yield _Edit(start - 1, start, self.manners.inside)

    def _before(self, text: str, start: int) -> Iterable[_Edit]:
        """The space before ; and its like."""
        begin = start - 1 if start and text[start - 1] in _SPACES else start
        word = text[begin - 1 : begin]
        after = text[start + 1 : start + 2]
        if not word or not (word.isalnum() or word in _BEFORE_SIGN):
            return
        if text[start] == ":":
            # Not in a time, a proportion, an address.
            belongs = not after or after.isspace() or after in _MARKS
        else:
            belongs = not after.isalnum() and after != "="
        if not belongs:
            return
        yield _Edit(begin, start, self.manners.before[text[start]])

    # ----------------------------------------------------------------------- numbers

    def _number(self, text: str, start: int) -> tuple[Iterable[_Edit], int]:
        made: list[_Edit] = []
        end = start
        while text[end : end + 1].isdigit():
            end += 1
        before = text[start - 1 : start]
        if before == " " and text[start - 2 : start - 1] in self._place_ends:
            place = self._place.search(text, max(0, start - 10), start)
            if place is not None:
                made.append(_Edit(start - 1, start, NO_BREAK))
        ordinal = None
        if self._ordinal is not None and not (before.isalnum() or (before and before in "_.,/")):
            ordinal = self._ordinal.match(text, start)
        if ordinal is not None:
            raised = next(group for group in ordinal.groups() if group)
            end = ordinal.end()
            made.append(_Edit(end - len(raised), end, raised, raised=True))
        elif end == start:
            return made, start + 1  # a roman figure that is none
        elif self._groups and end - start <= 3 and not (before and before in ".,"):
            thousands = _THOUSANDS.match(text, end)
            if thousands is not None:
                made.extend(_Edit(at, at + 1, NARROW) for at in range(end, thousands.end(), 4))
                end = thousands.end()
        behind = end + 1 if text[end : end + 1] == "." else end
        if text[behind : behind + 1] == " " and (
            self._month.match(text, behind + 1) or (behind == end and _UNIT.match(text, behind + 1))
        ):
            made.append(_Edit(behind, behind + 1, NO_BREAK))
            end = behind + 1
        return made, end

    def _date(self, start: int, end: int, day: date) -> Iterator[_Edit]:
        """The date in words. Its day stays with its month, its ordinal is raised, as if the author had written them."""
        words = date_in_words(day, self._style, self._language)
        done = 0
        for edit in self.edits(words):
            yield _Edit(start, start, words[done : edit.start])
            yield _Edit(start, start, edit.text, edit.raised)
            done = edit.end
        yield _Edit(start, end, words[done:])


def _ends_word(text: str) -> bool:
    """Whether a text ends in something that a dash can follow: in a word and its signs, not in a space, a hyphen or a mark that stands alone."""
    if not text or text[-1].isspace() or text[-1] in "-–—«":
        return False
    return text[-1] not in "\"'" or (len(text) > 1 and not text[-2].isspace())


def _dots(text: str, start: int) -> tuple[Iterable[_Edit], int]:
    """Three dots; more or fewer are something else."""
    end = start + 1
    while text[end : end + 1] == ".":
        end += 1
    return ((_Edit(start, end, "…"),) if end - start == 3 else ()), end


# --------------------------------------------------------------------------- spans


@dataclass(slots=True)
class Typography:
    """Sets words as the style and their language want them; as they are where the style asks for nothing."""

    style: Style
    _hands: dict[str, _Hand] = field(default_factory=dict)

    def _hand(self, language: str) -> _Hand:
        if language not in self._hands:
            self._hands[language] = _Hand(self.style, language)
        return self._hands[language]

    def text(self, text: str, language: str) -> str:
        """Words that are printed without a look of their own: a title, a label."""
        if not self.style.typography.refine:
            return text
        hand = self._hand(language)
        edits = hand.edits(text) if hand.signs.search(text) else ()
        return "".join(part for part, _ in _parts(text, edits)) if edits else text

    def spans(self, spans: AuthorSpans, language: str) -> AuthorSpans:
        """Words with their look. A mark is seen with what stands before and behind it, in whatever span that is. The same object where nothing is
        to be done. The text of notes is left, as it is no part of the line.
        """
        if not self.style.typography.refine:
            return spans
        hand = self._hand(language)
        leaves = [leaf for span in spans for leaf in _leaves(span)]
        pieces = [leaf if isinstance(leaf, str) else _seen(leaf) for leaf in leaves]
        edits: Sequence[_Edit] = ()
        if any(map(hand.signs.search, pieces)):
            edits = hand.edits("".join(pieces))
        foreign = any(isinstance(leaf, Text) and leaf.language for leaf in leaves)
        if not edits and not foreign:
            return spans
        shares = _shares(edits, pieces)
        made = iter(
            [
                () if isinstance(leaf, str) else tuple(self._set(leaf, share))
                for leaf, share in zip(leaves, shares, strict=True)
            ]
        )
        return tuple(part for span in spans for part in _rebuilt(span, made))

    def _set(self, leaf: Text, edits: Sequence[_Edit]) -> Iterator[Text]:
        if leaf.language and not leaf.code:
            for own in self.spans((replace(leaf, language=None),), leaf.language):
                if isinstance(own, Text):
                    yield replace(own, language=leaf.language)
        elif not edits:
            yield leaf
        else:
            for part, raised in _parts(leaf.text, edits):
                yield replace(leaf, text=part, position=Position.SUPER if raised else leaf.position)


def _leaves(span: AuthorSpan) -> Sequence[Text | str]:
    """The texts of a span, or what stands for it in the line."""
    match span:
        case Text():
            return (span,)
        case Link():
            return span.spans
        case Reference():
            return span.words or (_OPAQUE,)
        case LineBreak():
            return ("\n",)
        case Note():
            return ("",)


def _seen(text: Text) -> str:
    return _OPAQUE if text.code or text.language else text.text


def _rebuilt(span: AuthorSpan, made: Iterator[tuple[Text, ...]]) -> Iterable[AuthorSpan]:
    """The span with its texts as they were made, one tuple for each of its leaves."""
    match span:
        case Text():
            return next(made)
        case Link():
            return (replace(span, spans=tuple(text for _ in span.spans for text in next(made))),)
        case Reference():
            if span.words:
                return (replace(span, words=tuple(text for _ in span.words for text in next(made))),)
            next(made)
            return (span,)
        case LineBreak() | Note():
            next(made)
            return (span,)


def _shares(edits: Iterable[_Edit], pieces: Sequence[str]) -> list[list[_Edit]]:
    """Edits of a line as edits of its pieces. One that goes on in the next piece prints its text in the first."""
    shares: list[list[_Edit]] = [[] for _ in pieces]
    number = start = 0
    for edit in edits:
        while edit.start >= start + len(pieces[number]):
            start += len(pieces[number])
            number += 1
        piece, at, begin, text = number, start, edit.start, edit.text
        while True:
            end = at + len(pieces[piece])
            shares[piece].append(_Edit(begin - at, min(edit.end, end) - at, text, edit.raised))
            if edit.end <= end:
                break
            begin, at, piece, text = end, end, piece + 1, ""
    return shares


def _parts(text: str, edits: Iterable[_Edit]) -> Iterator[tuple[str, bool]]:
    """What is printed, in runs that are raised or are not; none is empty."""
    run, is_raised = "", False
    done = 0
    for edit in edits:
        for part, raised in ((text[done : edit.start], False), (edit.text, edit.raised)):
            if part and raised is not is_raised:
                if run:
                    yield run, is_raised
                run, is_raised = "", raised
            run += part
        done = edit.end
    rest = text[done:]
    if rest and is_raised:
        yield run, is_raised
        run, is_raised = "", False
    if run + rest:
        yield run + rest, is_raised
