"""A password as a reader types it → the one that goes into a locked file, the same for every program that opens it; or a refusal."""

from __future__ import annotations

import stringprep
import unicodedata
from collections.abc import Callable

from briefpack.copies.copy_mark import CopyError

MOST_BYTES = 127
"""Bytes of a password in UTF-8 that AES-256 of PDF takes; what is longer is cut (ISO 32000-2, 7.6.4.3.3)."""

_PROHIBITED: tuple[Callable[[str], bool], ...] = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)
"""RFC 4013, 2.3."""


def prepared(password: str) -> str:
    """The password in composed letters (NFC), which is what keyboards give.

    PDF wants passwords prepared by SASLprep (RFC 4013), and not every program does that. A password that the preparation would change is refused, since it would
    open the file in some programs and not in others. Raises CopyError, which never repeats the password.
    """
    composed = unicodedata.normalize("NFC", password)
    if not composed:
        raise CopyError("has an empty password", "give it one, or do not lock it")
    for char in composed:
        if any(prohibits(char) for prohibits in _PROHIBITED) or stringprep.in_table_b1(char):
            raise _refused("has a character that is not seen or that no program may take")
        if stringprep.in_table_a1(char):
            raise _refused("has a character that is too new for programs to agree on")
    if unicodedata.normalize("NFKC", composed) != composed:
        raise _refused("has a character that some programs take for another one, like “½” or “ﬁ”")
    _check_direction(composed)
    if len(composed.encode()) > MOST_BYTES:
        raise CopyError(f"has a password that has more than {MOST_BYTES} bytes", "make it shorter")
    return composed


def _check_direction(password: str) -> None:
    """RFC 3454, 6."""
    turned = [stringprep.in_table_d1(char) for char in password]
    if not any(turned):
        return
    if any(map(stringprep.in_table_d2, password)) or not (turned[0] and turned[-1]):
        raise _refused("mixes letters that are written from right to left with others")


def _refused(fact: str) -> CopyError:
    return CopyError(f"has a password that {fact}", "use letters, digits and signs that every keyboard has")
