"""Any file → what can be found in it; what it is, is told by its content and not by its name.

Files are read by other means than they were written with, so that no fault of a library can hide what the same library wrote: a .docx, written
with python-docx and lxml, by the standard library's zipfile and expat; a PDF, written with reportlab, pypdf and pikepdf, by pdfium and by a reader
of the audit's own. What comes from others may be made to hurt its readers: limits are in gathering.py, and what goes beyond them, or cannot
be read for another reason, is told of and never passed over.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.audit.gathering import Allowance, Gathering
from briefpack.audit.read_ole import is_compound, read_compound
from briefpack.audit.read_other import read_other
from briefpack.audit.read_pdf import is_pdf, read_pdf
from briefpack.audit.read_picture import is_picture, read_picture
from briefpack.audit.read_word import is_package, read_package
from briefpack.audit.seen import Seat, Seen


def read_back(
    content: bytes,
    name: str,
    passwords: Sequence[str] = (),
    *,
    ours: bool = False,
    sizes: frozenset[tuple[int, int]] | None = None,
) -> Seen:
    """All that can be found in a file. name: its bare name. passwords: to try where it, or a file in it, is locked. ours: this program has just written
    it, so that of pages on which nothing is unusual only some are read a second time. sizes: of pictures whose pixels are looked at, None for all.

    Never raises for what is in the file: that is told as opaque.
    """
    return _read(content, name, Allowance(tuple(passwords), ours=ours, sizes=sizes), 0)


def _read(content: bytes, name: str, allowance: Allowance, depth: int) -> Seen:
    found = Gathering(name, allowance, _read, depth)
    found.say(Seat.NAME, "the name of the file", name)
    if is_pdf(content):
        read_pdf(content, found)
    elif is_package(content):
        read_package(content, found)
    elif is_picture(content):
        read_picture(content, found, name)
    elif is_compound(content):
        read_compound(content, found)
    else:
        read_other(content, found)
    return found.seen()
