"""What can be done with a finished file, by its format: the one place that knows which module does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from briefpack.copies.copy_mark import CopyMark
from briefpack.distribution import Place
from briefpack.style import Style


class Original(Protocol):
    """A file that any number of copies are made of."""

    def copy(self, mark: CopyMark) -> tuple[bytes, ...]:
        """The bytes of a copy in pieces, one after the other; the first one is shared by all copies. Raises CopyError."""
        ...


Prepare = Callable[[bytes, tuple[Place, ...], Style], Original]
Lock = Callable[[bytes, str], bytes]
IsLockOf = Callable[[bytes, bytes, str], bool]
Compress = Callable[[bytes, int], bytes]


@dataclass(frozen=True, slots=True)
class Workshop:
    """By format, as in manifest.Output; what is not there cannot be done. All of them raise CopyError.

    prepare: content, places of the words, style → what copies are made of. lock: content, password → the locked file. is_lock_of: the locked file, content, password →
    whether it is that content, locked so. compress: content, pixels an inch → the
    same with smaller pictures, the same bytes where nothing is gained.
    """

    prepare: Mapping[str, Prepare]
    lock: Mapping[str, Lock]
    compress: Mapping[str, Compress]
    is_lock_of: Mapping[str, IsLockOf] = field(default_factory=dict)


def _prepare_pdf(content: bytes, places: tuple[Place, ...], style: Style) -> Original:
    from briefpack.copies.pdf_copy import prepare

    return prepare(content, places, style)


def _prepare_word(content: bytes, places: tuple[Place, ...], style: Style) -> Original:
    from briefpack.copies.word_copy import prepare

    return prepare(content, places, style)


def _lock_pdf(content: bytes, password: str) -> bytes:
    from briefpack.copies.pdf_lock import lock

    return lock(content, password)


def _lock_word(content: bytes, password: str) -> bytes:
    from briefpack.copies.word_lock import lock

    return lock(content, password)


def _is_lock_of_pdf(locked: bytes, content: bytes, password: str) -> bool:
    from briefpack.copies.pdf_lock import is_lock_of

    return is_lock_of(locked, content, password)


def _is_lock_of_word(locked: bytes, content: bytes, password: str) -> bool:
    from briefpack.copies.word_lock import is_lock_of

    return is_lock_of(locked, content, password)


def _compress_pdf(content: bytes, resolution: int) -> bytes:
    from briefpack.copies.compress_pdf import compress

    return compress(content, resolution)


def _compress_word(content: bytes, resolution: int) -> bytes:
    from briefpack.copies.compress_word import compress

    return compress(content, resolution)


WORKSHOP = Workshop(
    {"pdf": _prepare_pdf, "docx": _prepare_word},
    {"pdf": _lock_pdf, "docx": _lock_word},
    {"pdf": _compress_pdf, "docx": _compress_word},
    {"pdf": _is_lock_of_pdf, "docx": _is_lock_of_word},
)
"""Each module is only loaded where it is needed."""
