"""What hides in an Office document, counted → remarks for its author. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from briefpack.annex import Deed, Remark

_NAMES = {
    "sheets": "hidden-sheets",
    "slides": "hidden-slides",
    "revisions": "tracked-changes",
    "comments": "comments",
    "notes": "speaker-notes",
    "linked": "linked-pictures",
    "today": "today",
    "macros": "macros",
}
_WORDS: tuple[tuple[str, Deed, tuple[str, str], str, bool], ...] = (
    (
        "sheets",
        Deed.REMOVED,
        ("has a hidden sheet, left out of the pack", "has {:,} hidden sheets, left out of the pack"),
        "show them in Excel and save the workbook again if they belong in the pack",
        True,
    ),
    (
        "slides",
        Deed.REMOVED,
        ("has a hidden slide, left out of the pack", "has {:,} hidden slides, left out of the pack"),
        "show them in PowerPoint and save it again if they belong in the pack",
        True,
    ),
    (
        "revisions",
        Deed.FOUND,
        (
            "has a tracked change, which can be seen on its pages",
            "has {:,} tracked changes, which can be seen on its pages",
        ),
        "accept or reject them in Word and save it again",
        True,
    ),
    (
        "comments",
        Deed.REMOVED,
        ("has a comment, left out of the pack", "has {:,} comments, left out of the pack"),
        "print it to a PDF with its comments and name that file if they belong in the pack",
        True,
    ),
    (
        "linked",
        Deed.REMOVED,
        (
            "shows a picture that is kept in another place, left out of the pack",
            "shows {:,} pictures that are kept in another place, left out of the pack",
        ),
        "insert the pictures themselves, not links to them, and save it again",
        True,
    ),
    (
        "today",
        Deed.FOUND,
        (
            "shows the date or time of the day on which it was turned into a PDF",
            "shows the date or time of the day on which it was turned into a PDF, in {:,} places",
        ),
        "write the date as text and save it again",
        True,
    ),
    (
        "notes",
        Deed.REMOVED,
        (
            "has notes for the speaker on a slide, left out of the pack",
            "has notes for the speaker on {:,} slides, left out of the pack",
        ),
        "",
        False,
    ),
    ("macros", Deed.REMOVED, ("has macros, which were not run", "has macros, which were not run"), "", False),
)
"""What is counted: deed, words for one and for several, advice, and whether the author is told in every build."""


def remarks_on(found: Counter[str]) -> Iterator[Remark]:
    """Remarks, in the order of their weight. found: how many of each."""
    for kind, deed, words, advice, warn in _WORDS:
        count = found[kind]
        if count:
            one, several = words
            yield Remark(
                deed, _NAMES[kind], one if count == 1 else several.format(count), count, (), advice, warn
            )
