"""A PDF's bytes → every object that is in them, of every revision and of none, and the bytes that belong to no object.

Nothing is believed that the file says of itself: objects are found where they stand, since what no table of objects leads to is in the file all
the same (ISO 32000-2, 7.5.4 to 7.5.8, is how viewers find them). What tables say is used only to find objects that stand within others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefpack.audit.gathering import Allowance, TooMuchError
from briefpack.audit.read_pdf_objects import Item, PdfFile
from briefpack.audit.read_pdf_syntax import BadSyntaxError, Dict, Ref, after_blanks, comments_in, value_at

_WHITE = rb"[\0\t\n\f\r ]"
_HEAD = re.compile(rb"(?<![0-9])(\d{1,10})" + _WHITE + rb"+(\d{1,10})" + _WHITE + rb"+obj(?![a-z])")
_NEXT = re.compile(
    rb"(?:endobj|[\r\n])" + _WHITE + rb"*+(?=\d{1,10}" + _WHITE + rb"++\d{1,5}" + _WHITE + rb"++obj(?![a-z]))"
)
_LANDMARK = re.compile(
    rb"(?<![0-9])\d{1,10}" + _WHITE + rb"++\d{1,10}" + _WHITE + rb"++obj(?![a-z])"  # an object
    rb"|\bxref\b|\btrailer\b|\bstartxref" + _WHITE + rb"*+\d*+|%%EOF"
)
_TABLE = re.compile(rb"xref(?:" + _WHITE + rb"++[0-9fn \t\r\n]*+)?")
_ENTRY = re.compile(rb"([0-9]{10}) [0-9]{5} n")
_WHOLE_NUMBER = re.compile(
    rb"(?<![0-9])(\d{1,10})"
    + _WHITE
    + rb"++\d{1,10}"
    + _WHITE
    + rb"++obj"
    + _WHITE
    + rb"++(\d{1,10})"
    + _WHITE
    + rb"*+endobj"
)
_STREAM = re.compile(rb"stream(\r\n|\n|\r)?")
_ENDSTREAM = re.compile(rb"(?:\r\n|\n|\r)?endstream")
_ENDOBJ = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+endobj")
MOST_OBJECTS = 2_000_000
_PATIENCE = 20
"""Objects that may be broken before only the next bytes are looked at for their ends."""
_WINDOW = 1 << 16
_MOST_BROKEN = 200


class _Lengths:
    """Where streams end: numbers that are objects, as lengths of streams may be, and the words that end them. Found when they are asked for."""

    __slots__ = ("_content", "_end", "_known", "_start", "missing")

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._start = self._end = -1
        self.missing = 0
        self._known: dict[int, int] | None = None

    def end_from(self, start: int) -> int:
        """Where the next stream ends; -1 when none does. The last answer is kept, since it holds for all places before it."""
        if not self._start <= start <= self._end:
            found = self._content.find(b"endstream", start)
            self._start, self._end = start, len(self._content) if found < 0 else found
        return -1 if self._end == len(self._content) else self._end

    def get(self, number: int) -> int | None:
        if self._known is None:
            self._known = {int(found[1]): int(found[2]) for found in _WHOLE_NUMBER.finditer(self._content)}
        return self._known.get(number)


def read_file(content: bytes, allowance: Allowance) -> PdfFile:
    """Find everything. Streams stay packed, but for those that hold objects or tables of them."""
    made = PdfFile()
    at = _scan(content, made)
    _strays(content, made, allowance)
    if made.ends:
        tail = content[at:]
        if tail.strip(b"\0\t\n\f\r "):
            made.behind = tail
    elif at < len(content):
        _left(made, content, at, len(content))
    _open_packed(made, allowance)
    return made


def _scan(content: bytes, made: PdfFile) -> int:
    """Read objects one after the other. Gives the place behind the last thing that was understood."""
    at = 0
    broken = 0
    lengths = _Lengths(content)
    while (found := _LANDMARK.search(content, at)) is not None:
        start, word = found.start(), found[0]
        _left(made, content, at, start)
        if word == b"%%EOF":
            at = found.end()
            made.ends.append(at)
        elif word.startswith(b"startxref"):
            at = found.end()
        elif word == b"xref":
            table = _TABLE.match(content, start)
            at = found.end() if table is None else table.end()
        elif word == b"trailer":
            try:
                value, at = value_at(content, found.end(), end=min(len(content), found.end() + _WINDOW))
            except BadSyntaxError:
                at = found.end()
                continue
            if isinstance(value, dict):
                made.trailers.append((len(made.ends), value))
        else:
            if len(made.items) >= MOST_OBJECTS:
                made.faults.append(("the file", f"has more than {MOST_OBJECTS:,} objects"))
                return len(content)
            begun = found.end()
            item, at, whole = _item(content, found, len(made.ends), broken, lengths)
            made.add(item)
            if not whole:
                broken += 1
                _left(made, content, begun, at)
                if broken > _PATIENCE + _MOST_BROKEN:
                    made.faults.append(("the file", f"has more than {_MOST_BROKEN:,} broken objects"))
                    return len(content)
            if lengths.missing > _MOST_BROKEN:
                made.faults.append(("the file", f"has more than {_MOST_BROKEN:,} streams without an end"))
                return len(content)
            if item.entries.get("Type") == "XRef":
                made.trailers.append((item.revision, item.entries))
    return at


def _item(
    content: bytes, found: re.Match[bytes], revision: int, broken: int, lengths: _Lengths
) -> tuple[Item, int, bool]:
    """An object, where it ends, and whether it could be read."""
    number = int(found[0].split(None, 1)[0])
    start = found.start()
    stop = len(content) if broken < _PATIENCE else min(len(content), found.end() + _WINDOW)
    try:
        value, at = value_at(content, found.end(), end=stop)
    except BadSyntaxError:
        at = stop
        value = None
    if at >= stop:
        # It never ends: what follows is read for itself.
        end = content.find(b"endobj", found.end(), stop)
        next_one = _HEAD.search(content, found.end(), stop)
        ends = [place for place in (end, next_one.start() if next_one else -1) if place >= 0]
        return Item(number, start, revision, None, value), min(ends, default=stop), False
    item = Item(number, start, revision, None, value)
    if content.find(b"%", found.end(), at) >= 0:
        item.comments = comments_in(content[found.end() : at])
    begun = _STREAM.match(content, after_blanks(content, at))
    if begun is not None and isinstance(value, dict):
        at = _data(content, begun.end(), value, item, lengths)
    ended = _ENDOBJ.match(content, at)
    # What stands before the word that ends an object may be a comment: then it is left for who looks at what lies between objects.
    if ended is not None and b"%" not in ended[0]:
        at = ended.end()
    return item, at, True


def _data(content: bytes, start: int, entries: Dict, item: Item, lengths: _Lengths) -> int:
    """Give an item the data of its stream; its end. The length is believed where it is right, since data may have the word for the end in it."""
    length = entries.get("Length")
    if isinstance(length, Ref):
        length = lengths.get(length.number)
    if isinstance(length, int) and 0 <= length <= len(content) - start:
        ended = _ENDSTREAM.match(content, start + length)
        if ended is not None:
            item.raw = content[start : start + length]
            return ended.end()
    end = lengths.end_from(start)
    # Where the end is missing, it must not take the objects behind it with it.
    following = _NEXT.search(content, start, len(content) if end < 0 else end)
    if following is not None or end < 0:
        lengths.missing += 1
    if following is not None:
        item.raw = content[start : following.start()]
        return following.start()
    if end < 0:
        item.raw = content[start:]
        return len(content)
    item.raw = content[start:end]
    return end + len(b"endstream")


def _left(made: PdfFile, content: bytes, start: int, end: int) -> None:
    """Bytes that belong to no object."""
    if end > start:
        left = content[start:end]
        if left.strip(b"\0\t\n\f\r "):
            made.between.append((start, left))


def _strays(content: bytes, made: PdfFile, allowance: Allowance) -> None:
    """Objects that stand within others, where a table of objects leads to them."""
    places = {item.at for item in made.items}
    wanted: set[int] = set()
    for table in re.finditer(rb"\bxref\b", content):
        section = _TABLE.match(content, table.start())
        if section is not None:
            wanted.update(int(entry[1]) for entry in _ENTRY.finditer(section[0]))
    for item in made.items:
        if item.entries.get("Type") == "XRef" and item.raw is not None:
            wanted.update(_offsets(made, item, allowance))
    strays = []
    lengths = _Lengths(content)
    for place in sorted(wanted - places):
        found = _HEAD.match(content, after_blanks(content, place)) if place < len(content) else None
        if found is not None and found.start() not in places:
            places.add(found.start())
            strays.append(_item(content, found, 0, _PATIENCE, lengths)[0])
    for item in strays:
        # The tables mean these, whatever else has their number.
        made.add(item)


def _offsets(made: PdfFile, item: Item, allowance: Allowance) -> Iterator[int]:
    """7.5.8.3."""
    widths = item.entries.get("W")
    if not (isinstance(widths, list) and len(widths) == 3):
        return
    sizes = [width if isinstance(width, int) and 0 <= width <= 8 else 0 for width in widths]
    step = sum(sizes)
    if not step:
        return
    try:
        data = made.unpacked(item, allowance).data
    except TooMuchError as error:
        made.faults.append((f"object {item.number}", str(error)))
        return
    first, second = sizes[0], sizes[0] + sizes[1]
    for at in range(0, len(data) - step + 1, step):
        if not first or int.from_bytes(data[at : at + first], "big") == 1:
            yield int.from_bytes(data[at + first : at + second], "big")


def _open_packed(made: PdfFile, allowance: Allowance) -> None:
    """Add the objects of object streams (7.5.7)."""
    plain, made.items = made.items, []
    made.current = {}
    for item in plain:
        made.add(item)
        if item.entries.get("Type") != "ObjStm" or item.raw is None:
            continue
        try:
            done = made.unpacked(item, allowance)
        except TooMuchError as error:
            made.faults.append((f"object {item.number}", str(error)))
            continue
        if done.fault:
            made.faults.append((f"object {item.number}, which holds others", done.fault))
        for packed in _packed(item, done.data):
            if len(made.items) >= MOST_OBJECTS:
                made.faults.append(("the file", f"has more than {MOST_OBJECTS:,} objects"))
                return
            made.add(packed)


def _packed(item: Item, data: bytes) -> Iterator[Item]:
    first = item.entries.get("First")
    if not isinstance(first, int) or not 0 <= first <= len(data):
        first = 0
    head = data[:first].split()
    try:
        numbers = [int(word) for word in head[: 2 * (len(head) // 2)]]
    except ValueError:
        numbers = []
    pairs = sorted(zip(numbers[1::2], numbers[::2], strict=True))
    starts = [min(first + offset, len(data)) for offset, _ in pairs]
    if not pairs or starts[0] > first:
        # Something stands before the first, or nothing is said of what stands where.
        yield Item(0, item.at, item.revision, data[first : starts[0] if pairs else len(data)], packed=True)
    for (_, number), start, end in zip(pairs, starts, [*starts, len(data)][1:], strict=True):
        yield Item(number, item.at, item.revision, data[start:end], packed=True)
