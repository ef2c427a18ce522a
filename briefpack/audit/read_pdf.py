"""A PDF → all that is in it: what its pages say, and what its objects hold, of this state of the file and of earlier ones.

Pages are read twice: by pdfium (read_pdf_pages.py), and from their content streams by a reader of the audit's own (read_pdf_content.py), which also
reads objects (read_pdf_file.py). pikepdf and pypdf would be less work, but they wrote what is read here, and they see only what a
file's tables lead to: a leak may be in an older state of the file, in objects that nothing leads to, or in comments between them. pikepdf
is used for one thing, to take off encryption (read_pdf_locked.py), which the packs that are read here do not have.
"""

from __future__ import annotations

import re
import unicodedata

from briefpack.audit.gathering import Gathering, TooMuchError
from briefpack.audit.read_pdf_content import MOST_CONTENT, ContentReader
from briefpack.audit.read_pdf_file import read_file
from briefpack.audit.read_pdf_locked import LockedError, is_locked, unlocked
from briefpack.audit.read_pdf_objects import PdfFile
from briefpack.audit.read_pdf_operators import MOST_DRAWS, Content
from briefpack.audit.read_pdf_pages import Beside
from briefpack.audit.read_pdf_streams import Streams, say_marks
from briefpack.audit.read_pdf_tree import Tree
from briefpack.audit.read_pdf_words import between
from briefpack.audit.seen import NAMELESS, Seat

_WITHIN = 1024
"""Readers look for the header in the first bytes (ISO 32000-1, annex H.3, note 13)."""
_MOST_STATES = 40
"""Earlier states of a file whose pages are read."""
_SAMPLE = 8
"""Of pages that this program has just written itself, every so manieth is read by pdfium even when nothing on it is unusual, as a check on the other reader."""
_UNKNOWN = "\ufffd"
_LETTERS_FOR_EACH = 16
"""On a page, for each character that has no letter."""
_WORDS_BETWEEN = 8
"""Whole ones, between two that lack a letter: what they say is still searched for."""
_RUN = re.compile(rf"(?:[^\W_]|{_UNKNOWN})+")
_RANGE = re.compile(rf"(?<=\d){_UNKNOWN}(?=\d)")
"""What stands between two numbers is a dash."""
_HYPHENS = ("-", "\u00ad", "\u2010", "\u2011")


def is_pdf(content: bytes) -> bool:
    return content.find(b"%PDF-", 0, _WITHIN + 5) >= 0


def read_pdf(content: bytes, found: Gathering) -> None:
    """Write down what is in a PDF."""
    file = read_file(content, found.allowance)
    for place, text in between(file):
        found.say(Seat.HIDDEN, place, text)
    if file.behind:
        found.embed(file.behind, f"{len(file.behind):,} bytes behind the end of the file")
    plain = file
    if is_locked(file):
        try:
            plain = read_file(unlocked(content, file, found.allowance.passwords), found.allowance)
        except LockedError as error:
            found.cannot("the file", str(error))
            return
    for place, why in plain.faults:
        found.cannot(place, why)
    texts = _read(content, plain, found)
    if len(file.ends) > 1 and not file.faults:
        _earlier(content, file, texts, found)


def _read(content: bytes, file: PdfFile, found: Gathering) -> list[str]:
    """Read one state of the file; gives the texts of its pages as they were compared."""
    tree = Tree(file)
    reader = ContentReader(file, found.allowance)
    # What a file with faults makes of pdfium's time is not known, and nothing can stop it.
    dangerous = bool(file.faults) or _dangers(file, found)
    said: list[Content | None] = []
    with Beside(content, found.allowance.passwords, allowed=not dangerous) as pdfium:
        for index, page in enumerate(tree.pages):
            place = f"page {index + 1}"
            try:
                shown = reader.page(page.entries)
            except TooMuchError as error:
                found.cannot(place, str(error))
                said.append(None)
                continue
            said.append(shown)
            if shown.draws > MOST_DRAWS:
                found.cannot(place, f"draws more than {MOST_DRAWS:,} forms, or one that draws itself")
            elif shown.size > MOST_CONTENT:
                found.cannot(
                    place, f"has more than {MOST_CONTENT >> 20} MB of content, so pdfium did not read it"
                )
            elif not found.allowance.ours or index % _SAMPLE == 0 or _is_unusual(shown):
                pdfium.give(index)
        streams = Streams(file, tree, reader, found)
        streams.read_all()
    if pdfium.fault:
        found.cannot("its pages", pdfium.fault)
    elif not dangerous and pdfium.count != len(tree.pages):
        found.cannot(
            "its pages", f"are {pdfium.count} to pdfium, and {len(tree.pages)} by the objects of the file"
        )
    texts = [_page(index, shown, pdfium.texts.get(index), found) for index, shown in enumerate(said)]
    for index, placed in sorted(pdfium.placed.items()):
        for text in dict.fromkeys(placed):
            found.say(Seat.HIDDEN, f"page {index + 1}, by the places of its words", text, index + 1)
    return texts


def _is_unusual(shown: Content) -> bool:
    """Whether a page has what two readers may see differently: pages of others, fonts without letters or with several, marks that say other words."""
    return bool(
        shown.draws or shown.forms or shown.nameless or shown.other.strip() or shown.images or not shown.text
    )


def _dangers(file: PdfFile, found: Gathering) -> bool:
    """Whether streams unpack to more than may be given to pdfium, which knows no limits. Only those are unpacked that could."""
    for item in file.items:
        if item.raw is not None and item.entries.get("Subtype") != "Image" and file.may_be_large(item):
            try:
                file.unpacked(item, found.allowance)
            except TooMuchError as error:
                found.cannot(f"object {item.number}", f"{error}; so no page was given to pdfium")
                return True
    return False


def _page(index: int, shown: Content | None, by_pdfium: str | None, found: Gathering) -> str:
    """Write down a page. What the two readers agree on is written once."""
    number = index + 1
    place = f"page {number}"
    if by_pdfium is not None:
        found.say(Seat.PAGE, place, by_pdfium, number)
    elif shown is not None:
        found.say(Seat.PAGE, place, shown.text, number)
    if shown is None:
        return ""
    compared = squeezed(shown.text)
    if by_pdfium is not None and compared != squeezed(by_pdfium):
        found.say(Seat.HIDDEN, place, shown.text, number)
    found.say(Seat.HIDDEN, f"{place}, by the encoding of its fonts", shown.other, number)
    for form in shown.forms:
        found.say_once(Seat.HIDDEN, f"{place}, a form", form.text)
    if (
        shown.nameless
        and not (by_pdfium and _letters(by_pdfium) >= _letters(shown.text) + shown.text.count(_UNKNOWN))
        and (shown.forms or _hides(shown.text))
    ):
        fonts = ", ".join(sorted(name or "without a name" for name in shown.nameless))
        found.cannot(place, f"{NAMELESS} ({fonts})")
    say_marks(shown, place, found, number)
    return compared


def _hides(text: str) -> bool:
    """Whether characters without letters could say something: words that are whole stand too seldom between those that are not.

    Programs that print a file again lose the letters of single characters, mostly dashes, bullets and quotation marks, which nobody can read back.
    """
    if text.count(_UNKNOWN) * _LETTERS_FOR_EACH > _letters(text):
        return True
    whole, alone = _WORDS_BETWEEN, False
    for word in _RUN.findall(_RANGE.sub(" ", text)):
        if _UNKNOWN not in word:
            whole, alone = whole + 1, False
        elif len(word) == 1:
            if alone:
                return True
            alone = True
        elif whole < _WORDS_BETWEEN or word.count(_UNKNOWN) * 2 > len(word):
            return True
        else:
            whole, alone = 0, False
    return False


def _letters(text: str) -> int:
    return sum(1 for char in text if char.isalnum())


def squeezed(text: str) -> str:
    """A text without white space and hyphens, in the characters that it is made of."""
    text = "".join(text.split())
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "")
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _earlier(content: bytes, file: PdfFile, now: list[str], found: Gathering) -> None:
    """The pages of earlier states of the file (7.5.6), as pdfium sees them; what they were made of has been read with all other objects."""
    ends = file.ends[:-1]
    if b"/Linearized" in content[:_WITHIN]:
        # The first end of a linearized file is in the middle of its only state (annex F.3.3).
        ends = ends[1:]
    if len(ends) > _MOST_STATES:
        found.cannot(
            "the file", f"has {len(ends)} earlier states; the pages of the last {_MOST_STATES} were read"
        )
        ends = ends[-_MOST_STATES:]
    known = set(now)
    for number, end in enumerate(ends, 1):
        with Beside(content[:end], found.allowance.passwords) as pdfium:
            for index in range(len(now) + 1000):
                pdfium.give(index)
        for index, text in sorted(pdfium.texts.items()):
            compared = squeezed(text or "")
            if compared and compared not in known:
                known.add(compared)
                found.say(
                    Seat.HIDDEN,
                    f"page {index + 1} of an earlier state of the file ({number})",
                    text or "",
                    index + 1,
                )
