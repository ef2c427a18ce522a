"""What of a file is lost, as far as it would be seen on its pages: missing objects, streams that end too soon or hold something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Object, Pdf, Stream

from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.cleaning.streams import State, state_of
from briefpack.annexes.raw import Traces

DEEPEST = 100
"""Levels of nesting; other readers of the file, pypdf among them, go down by recursion."""

Key = tuple[int, int]

_BRACKETS = re.compile(rb"<<|>>|[\[\]]")
_REFERENCE = re.compile(rb"(?<![0-9.])([0-9]{1,10}) ([0-9]{1,5}) R\b")
_ASIDE = re.compile(
    rb"/(?:Parent|P|Pg|Dest|Dests|A|AA|B|Popup|IRT|D|Metadata|PieceInfo|Thumb|Next|Prev|LastModified|StructParents?"
    rb"|SeparationInfo|OPI|Ref|AF|SV|Lock|V|DV|PresSteps|PZ|Measure|VP|Group) [0-9]+ [0-9]+ R\b"
)
"""What no page shows, or what leads away from it."""
_STRINGS = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>", re.DOTALL)
_OF_OBJECT = re.compile(r"object (\d+) (\d+)")
_GUESSED = (
    "unknown token",
    "treating as null",
    "ended prematurely",
    "unexpected",
    "expected dictionary",
    "eof while reading",
    "parse error",
    "invalid character",
)
"""Words of qpdf's warnings about an object that it could not read whole."""


@dataclass(slots=True)
class Losses:
    """lost: signs of loss, in words, none when nothing is lost. unsure: objects whose checksum is wrong and whose content is all there."""

    lost: list[str] = field(default_factory=list)
    unsure: int = 0

    def add(self, sign: str) -> None:
        if sign not in self.lost:
            self.lost.append(sign)


def check_nesting(pdf: Pdf) -> None:
    """Raises Refusal when something is nested out of all reason."""
    for item in pdf.objects:
        if _nested(item) > DEEPEST:
            raise Refusal("is nested so deeply that PDF readers fail on it", "print it to a new PDF")


def losses_of(pdf: Pdf, traces: Traces, warnings: Sequence[str], *, rebuilt: bool) -> Losses:
    """Look for losses. warnings: what qpdf said when it opened the file. rebuilt: the table of objects had to be, so that nothing but
    the content itself tells whether it is all there.

    Raises Refusal when a stream swells.
    """
    found = Losses()
    states: dict[Key, State] = {}
    for item in pdf.objects:
        if isinstance(item, Stream):
            state = state_of(item)
            if state is not State.WHOLE:
                states[item.objgen] = state
    warnings = [*warnings, *(str(warning) for warning in pdf.get_warnings())]
    if traces.hole:
        found.add("a part of it is filled with zeros")
    if not (states or traces.holes or rebuilt):
        return found
    seen, missing = _reached(pdf)
    if rebuilt:
        numbers = {number for number, _ in seen}
        for sign in (*traces.signs, *(sign for number, sign in traces.gaps if number in numbers)):
            found.add(sign)
    for key, state in states.items():
        if key not in seen:
            continue
        if state is State.UNSURE and not rebuilt:
            found.unsure += 1
        elif state is State.BROKEN or rebuilt:
            found.add("part of its content cannot be decompressed")
        # A stream without its end mark, in a file whose parts all stand in their places, was written so.
    # Encrypted content has no rows of zeros.
    zeroed = {key for key in seen if key[0] in traces.holes}
    contents = _contents(pdf) if zeroed else set()
    if any(pdf.is_encrypted or _is_syntax(pdf, key, contents) for key in zeroed):
        found.add("a part of it is filled with zeros")
    if not rebuilt:
        return found
    if missing:
        found.add("parts of it are missing that its pages need")
    if any(key[0] in traces.odd_lengths and not _checks_itself(pdf, key) for key in seen):
        found.add("part of its content is longer or shorter than it says")
    _judge_warnings(seen, warnings, found)
    return found


def _judge_warnings(seen: set[Key], warnings: list[str], found: Losses) -> None:
    for warning in warnings:
        words = warning.lower()
        match = _OF_OBJECT.search(words)
        key = (int(match[1]), int(match[2])) if match is not None else None
        if key not in seen:
            continue
        if any(sign in words for sign in _GUESSED):
            found.add("part of it had to be guessed")


def _checks_itself(pdf: Pdf, key: Key) -> bool:
    """Whether a stream tells by itself when something of it is missing; plain words do, since the one who wrote them counted them."""
    item = pdf.get_object(key)
    filters = item.get("/Filter") if isinstance(item, Stream) else None
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "/Fl")]
    return not names or names[0] in {"/FlateDecode", "/Fl"}


def _is_syntax(pdf: Pdf, key: Key, contents: set[Key]) -> bool:
    """Whether a stream is content in plain words, in which no row of zeros has a meaning."""
    item = pdf.get_object(key)
    if not isinstance(item, Stream) or "/Filter" in item:
        return False
    return key in contents or item.get("/Subtype") == "/Form"


def _contents(pdf: Pdf) -> set[Key]:
    found = (page.obj.get("/Contents") for page in pdf.pages)
    parts = (part for each in found for part in (each if isinstance(each, pikepdf.Array) else [each]))
    return {part.objgen for part in parts if isinstance(part, Stream)}


def _reached(pdf: Pdf) -> tuple[set[Key], set[Key]]:
    """What pages are made of, and what of it is missing."""
    seen: set[Key] = {pdf.Root.objgen}
    missing: set[Key] = set()
    waiting = [page.obj.objgen for page in pdf.pages]
    for page in pdf.pages:
        node: Object | None = page.obj.get("/Parent")
        for _ in range(64):
            if not isinstance(node, Dictionary) or node.objgen in seen:
                break
            waiting += _references(node.get("/Resources"))
            seen.add(node.objgen)
            node = node.get("/Parent")
    while waiting:
        key = waiting.pop()
        if key in seen or key in missing:
            continue
        # None for an object that is not there, which pikepdf's types do not say.
        item: object = pdf.get_object(key)
        if item is None:
            missing.add(key)
            continue
        seen.add(key)
        waiting += _references(item)
    return seen, missing


def _references(item: object) -> list[Key]:
    if isinstance(item, Stream):
        words = item.stream_dict.unparse()
    elif isinstance(item, (pikepdf.Array, Dictionary)):
        words = item.unparse(resolved=True)
    else:
        return []
    words = _ASIDE.sub(b"", _STRINGS.sub(b"()", words))
    return [(int(found[1]), int(found[2])) for found in _REFERENCE.finditer(words)]


def _nested(item: Object) -> int:
    """How deeply arrays and dictionaries stand in each other within one object."""
    if isinstance(item, Stream):
        words = item.stream_dict.unparse()
    elif isinstance(item, (pikepdf.Array, pikepdf.Dictionary)):
        words = item.unparse(resolved=True)
    else:
        return 0
    if words.count(b"[") + words.count(b"<<") <= DEEPEST:
        return 1
    depth = deepest = 0
    for bracket in _BRACKETS.finditer(words):
        depth += 1 if bracket[0] in {b"[", b"<<"} else -1
        deepest = max(deepest, depth)
    return deepest
