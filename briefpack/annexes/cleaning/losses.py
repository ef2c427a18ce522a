"""What of a file is lost, as far as it would be seen on its pages: missing objects, streams that end too soon or hold something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.cleaning.streams import State, state_of
from briefpack.annexes.raw import REFERENCE, Source, Traces, words_of

DEEPEST = 100
"""Levels of nesting; other readers of the file, pypdf among them, go down by recursion."""

Key = tuple[int, int]

_BRACKETS = re.compile(rb"<<|>>|[\[\]]")
_ASIDE = re.compile(
    rb"/(?:Parent|Dest|Dests|AA|Popup|IRT|Metadata|PieceInfo|Thumb|Next|Prev|StructParents?|SeparationInfo|OPI|Measure"
    rb"|PresSteps|Length)[\0\t\n\f\r ]+[0-9]+[\0\t\n\f\r ]+[0-9]+[\0\t\n\f\r ]+R\b"
)
"""What no page shows, or what leads away from it. No shorter names: resources may be called so."""
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
    "stream as empty",
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


def losses_of(pdf: Pdf, source: Source, traces: Traces, warnings: Sequence[str], *, rebuilt: bool) -> Losses:
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
    seen = _reached(pdf)
    if rebuilt:
        numbers = {number for number, _ in seen}
        for sign in (*traces.signs, *(sign for number, sign in traces.gaps if number in numbers)):
            found.add(sign)
    for key, state in states.items():
        if key not in seen:
            continue
        if state is State.UNSURE and not rebuilt and not _line_ends_converted(pdf):
            found.unsure += 1
        elif state is not State.SHORT or rebuilt:
            found.add("part of its content cannot be decompressed")
        # A stream without its end mark, in a file whose parts all stand in their places, was written so.
    # Encrypted content has no rows of zeros.
    zeroed = {key for key in seen if key[0] in traces.holes}
    contents = _contents(pdf) if zeroed else set()
    if any(pdf.is_encrypted or _is_syntax(pdf, key, contents) for key in zeroed):
        found.add("a part of it is filled with zeros")
    if not rebuilt:
        return found
    if _speaks_of_nothing(pdf, source, seen):
        found.add("parts of it are missing that its pages need")
    if any(key[0] in traces.converted for key in seen):
        found.add("its line ends were converted on the way")
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


def _line_ends_converted(pdf: Pdf) -> bool:
    """Whether all that is compressed has line ends of one kind only; of compressed bytes, one in 256 is a line feed."""
    returns = feeds = 0
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Filter" in item:
            data = item.read_raw_bytes()
            returns, feeds = returns + data.count(b"\r"), feeds + data.count(b"\n")
    return not (returns and feeds)


def _checks_itself(pdf: Pdf, key: Key) -> bool:
    """Whether a stream tells by itself when something of it is missing. Plain words do, as far as who writes them by hand seldom counts
    them."""
    item = pdf.get_object(key)
    if not isinstance(item, Stream):
        return True
    filters = item.get("/Filter")
    names = [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "")]
    if names and names[0]:
        return names[0] in {"/FlateDecode", "/Fl"}
    data = item.read_raw_bytes()
    return data.isascii() and b"\0" not in data


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


def _reached(pdf: Pdf) -> set[Key]:
    """The objects that the pages of a document are made of."""
    seen: set[Key] = {pdf.Root.objgen}
    waiting = [page.obj.objgen for page in pdf.pages]
    for page in pdf.pages:
        node: Object | None = page.obj.get("/Parent")
        for _ in range(64):
            if not isinstance(node, Dictionary) or node.objgen in seen:
                break
            resources = node.get("/Resources")
            waiting += _references(_words(resources))
            seen.add(node.objgen)
            node = node.get("/Parent")
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += _references(_words(pdf.get_object(key)))
    return seen


def _words(item: object) -> bytes:
    if isinstance(item, Stream):
        return item.stream_dict.unparse()
    if isinstance(item, (pikepdf.Array, Dictionary)):
        return item.unparse(resolved=True)
    return b""


def _references(words: bytes) -> list[Key]:
    words = _ASIDE.sub(b"", _STRINGS.sub(b"()", words))
    return [(int(found[1]), int(found[2])) for found in REFERENCE.finditer(words)]


def _speaks_of_nothing(pdf: Pdf, source: Source, seen: set[Key]) -> bool:
    """Whether what pages are made of names objects that are not there. qpdf leaves out such names, so the file's own words are asked."""
    written = words_of(source)
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Type") == Name.ObjStm:
            written |= _packed_words(item)
    for number, _ in seen:
        for key in _references(written.get(number, b"")):
            # None for an object that is not there, which pikepdf's types do not say.
            named: object = pdf.get_object(key)
            if named is None and written.get(key[0], b"").strip() != b"null":
                return True
    return False


def _packed_words(stream: Stream) -> dict[int, bytes]:
    """The words of the objects in an object stream (ISO 32000-2, 7.5.7)."""
    try:
        content = stream.read_bytes()
        first = int(stream.get("/First", 0))
        head = [int(word) for word in content[:first].split()]
    except (pikepdf.PdfError, ValueError, TypeError):
        return {}
    places = [*head[1::2], len(content) - first]
    return {
        number: content[first + at : first + end]
        for number, at, end in zip(head[::2], places, places[1:], strict=False)
    }


def tables_of(pdf: Pdf) -> dict[int, int]:
    """Numbers and offsets of objects, as the compressed tables of objects in a file say (ISO 32000-2, 7.5.8)."""
    found: dict[int, int] = {}
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Type") == Name.XRef:
            try:
                content = item.read_bytes()
                widths = [int(width) for width in item.get("/W", pikepdf.Array())]
                index = [
                    int(each) for each in item.get("/Index", pikepdf.Array([0, int(item.get("/Size", 0))]))
                ]
            except (pikepdf.PdfError, ValueError, TypeError):
                continue
            found |= _entries(content, widths, index)
    return found


def _entries(content: bytes, widths: list[int], index: list[int]) -> dict[int, int]:
    if len(widths) != 3 or min(widths) < 0 or not sum(widths):
        return {}
    kind, offset, size = widths[0], widths[0] + widths[1], sum(widths)
    found, at = {}, 0
    for first, count in zip(index[::2], index[1::2], strict=False):
        for number in range(first, first + min(count, len(content) // size)):
            entry = content[at : at + size]
            at += size
            if len(entry) == size and (int.from_bytes(entry[:kind]) if kind else 1) == 1:
                found[number] = int.from_bytes(entry[kind:offset])
    return found


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
