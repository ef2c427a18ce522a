"""Pictures that were made smaller, kept by what they were made of: the parts of a pack are made and weighed many times, each time with the same pictures."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Stream, String

from briefpack.copies.resampling import Coded

_MOST = 64_000_000
"""Bytes of pictures that are kept; the ones that were asked for longest ago go first."""
_DEEPEST = 12
"""Dictionaries and arrays in each other; more are made to be followed for ever."""
_SAYS_NOTHING = frozenset({"/Length", "/StructParent", "/Metadata", "/Name", "/OC", "/Type"})
"""Keys of an image that its pixels do not depend on; the first two differ from file to file."""


class UnfathomableError(ValueError):
    """An image says more of itself than can be followed."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """What an image becomes. coded: None where nothing is gained. named: its samples were numbers of colours in a table, and are colours now."""

    coded: Coded | None
    named: bool = False

    @property
    def size(self) -> int:
        return 0 if self.coded is None else len(self.coded.data) + len(self.coded.palette)


@dataclass(slots=True)
class KeptPictures:
    """Outcomes by key, at most so many bytes of them."""

    most: int = _MOST
    size: int = 0
    _kept: OrderedDict[bytes, Recoded] = field(default_factory=OrderedDict)

    def get(self, key: bytes) -> Recoded | None:
        """None where it is not known."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: bytes, made: Recoded) -> None:
        self._kept[key] = made
        self.size += made.size
        while self.size > self.most:
            _, gone = self._kept.popitem(last=False)
            self.size -= gone.size


def key_of(image: Stream, *asked: object) -> bytes:
    """A checksum of the samples of an image, of all that is said of them (colours, masks), and of what is asked for.

    Two files number their objects differently, so everything is followed to its bytes. Raises UnfathomableError.
    """
    digest = hashlib.sha256(repr(asked).encode())
    _feed(digest, image, _SAYS_NOTHING, 0)
    return digest.digest()


def _feed(digest: hashlib._Hash, value: object, without: frozenset[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise UnfathomableError
    if isinstance(value, Stream | Dictionary):
        for name in sorted(set(value.keys()) - without):
            digest.update(f"{name} ".encode())
            _feed(digest, value[name], frozenset({"/Length"}), depth + 1)
        if isinstance(value, Stream):
            raw = value.read_raw_bytes()
            digest.update(f"stream {len(raw)} ".encode())
            digest.update(raw)
    elif isinstance(value, Array):
        digest.update(f"array {len(value)} ".encode())
        for item in value:
            _feed(digest, item, frozenset(), depth + 1)
    elif isinstance(value, String):
        told = bytes(value)
        digest.update(f"string {len(told)} ".encode())
        digest.update(told)
    else:
        digest.update(f"{type(value).__name__} {value!s} ".encode())
    digest.update(b"end ")
