"""Why an annex is not taken."""

from __future__ import annotations

ANEW = "get it again from its source, or open it in a PDF viewer and print it to a new PDF"


class Refusal(Exception):  # noqa: N818 - a verdict on a file, not a fault
    """message: what is wrong, to follow the file's name ("needs a password"). hint: what the author can do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Unable(Refusal):
    """One engine cannot make a right copy of the file; another may. The message holds when none can."""


def damaged(what: str) -> Refusal:
    """A file that is a PDF but not a whole one. what: the sign of it."""
    return Refusal(
        f"is damaged: {what}",
        f"{ANEW}; `damaged: accept` takes what is left of it",
    )


def unable(what: str) -> Unable:
    """As damaged(), as far as one engine can tell."""
    return Unable(f"is damaged: {what}", ANEW)
