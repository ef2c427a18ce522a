"""Did qpdf have to guess? For files that must need no repair, and for what it finds while a file is cleaned."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Pdf

from briefpack.annexes.cleaning.refusal import Refusal, damaged, unable

_SIGNS = ("reconstruct", "recover", "decoding", "loop detected", "unable to find")
"""Words of qpdf's warnings that tell of lost content; its other warnings are about matters of form."""


def open_whole(path: Path) -> Pdf:
    """Open a finished file, which needs no repair. Raises Refusal when it does, or when it needs a password."""
    try:
        return pikepdf.open(path, attempt_recovery=False)
    except pikepdf.PasswordError:
        raise Refusal(
            "needs a password to be opened", "remove the password and save it again as PDF"
        ) from None
    except pikepdf.PdfError as error:
        if "encrypt" in str(error).lower():
            raise Refusal(
                "is encrypted in a way that cannot be read", "save it again as PDF without encryption"
            ) from None
        raise damaged("its table of contents of objects is broken or cut off") from None


def check_warnings(pdf: Pdf) -> None:
    """Raises Unable when qpdf had to guess at content so far."""
    for warning in pdf.get_warnings():
        if any(sign in str(warning).lower() for sign in _SIGNS):
            raise unable("part of its content had to be guessed")
