"""A file that is no PDF, no package and no picture → the text that it is, or the strings that are in it."""

from __future__ import annotations

from briefpack.audit.gathering import Gathering
from briefpack.audit.read_strings import decoded, strings_in
from briefpack.audit.seen import Seat


def read_other(content: bytes, found: Gathering) -> None:
    text = decoded(content)
    if text is not None:
        found.say(Seat.PAGE, "its text", text)
        return
    found.say_all(Seat.HIDDEN, "its bytes", strings_in(content))
    if content:
        found.cannot(found.name, "is no file that can be read here")
