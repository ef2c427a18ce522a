"""A finished PDF → the same, which only opens with a password: AES-256 as in ISO 32000-2 (revision 6 of the standard security handler)."""

from __future__ import annotations

import io
import re
import secrets
from typing import Final

import pikepdf
from pikepdf import Encryption, Name, ObjectStreamMode, Pdf, Permissions

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.password import prepared

_REVISION: Final = 6
"""Of the security handler (ISO 32000-2, 7.6.4.1)."""
_NOBODYS = 48
"""Random bytes of the owner's password."""
_ARCHIVE = b"http://www.aiim.org/pdfa/ns/id/"
_DESCRIPTION = re.compile(rb"[ \t]*<rdf:Description\b[^>]*>.*?</rdf:Description>[ \t]*\r?\n?", re.DOTALL)

_PERMITTED = Permissions(
    accessibility=True,
    extract=False,
    modify_annotation=False,
    modify_assembly=False,
    modify_form=False,
    modify_other=False,
    print_lowres=True,
    print_highres=True,
)
"""What programs are asked to permit: reading, reading aloud, printing. Who has the password can have all the rest from a program that does not ask."""


def lock(content: bytes, password: str) -> bytes:
    """The file encrypted with its metadata and attachments. password: see password.prepared.

    The other password that such files have, the owner's, is drawn at random and forgotten: nobody has it. Two runs give different bytes, as they must.
    The claim of PDF/A goes, since archives admit no encryption (ISO 19005-2, 6.1.3); that of PDF/UA stays. Raises CopyError.
    """
    user = prepared(password)
    out = io.BytesIO()
    try:
        with Pdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise CopyError("is encrypted already")
            _renounce(document)
            document.save(
                out,
                object_stream_mode=ObjectStreamMode.generate,
                compress_streams=True,
                recompress_flate=False,
                # The metadata stays as it was written.
                fix_metadata_version=False,
                encryption=Encryption(
                    user=user,
                    owner=secrets.token_urlsafe(_NOBODYS),
                    R=_REVISION,
                    aes=True,
                    metadata=True,
                    allow=_PERMITTED,
                ),
            )
    except pikepdf.PasswordError as error:
        raise CopyError("is encrypted already") from error
    except pikepdf.PdfError as error:
        raise CopyError("is no PDF that can be read") from error
    return out.getvalue()


def is_lock_of(locked: bytes, content: bytes, password: str) -> bool:
    """Whether a file is what lock makes of a content and a password, but for what is drawn at random: both are written without encryption, and have the same bytes then.

    A second state behind the first one, as an incremental update is, and anything else behind its end are refused; what lies between its objects is not looked at. Raises CopyError where the content or the password could not be locked.
    """
    # What needs no password would be opened with a warning.
    if not locked.endswith(b"%%EOF\n") or locked.count(b"startxref") != 1 or b"/Encrypt" not in locked:
        return False
    user = prepared(password)
    try:
        with Pdf.open(io.BytesIO(content)) as document:
            _renounce(document)
            wanted = _bare(document)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise CopyError("is no PDF that can be read") from error
    try:
        with Pdf.open(io.BytesIO(locked), password=user) as document:
            strong = document.is_encrypted and document.encryption.R == _REVISION
            found = _bare(document) if strong else b""
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return False
    if not found or found == wanted:
        return bool(found)
    # What is compressed only now says so in another order than what was before; written once more, it does not.
    return _again(found) == _again(wanted)


def _again(bare: bytes) -> bytes:
    with Pdf.open(io.BytesIO(bare)) as document:
        return _bare(document)


def _bare(document: Pdf) -> bytes:
    """A file without encryption, its identifier, and the extension of PDF 1.7 that stands for this encryption."""
    if Name.Extensions in document.Root:
        del document.Root[Name.Extensions]
    if Name.ID in document.trailer:
        del document.trailer[Name.ID]
    out = io.BytesIO()
    document.save(
        out,
        # Which objects share a stream hangs on how they were written before; without such streams, they are in the order in which they lead to each other.
        object_stream_mode=ObjectStreamMode.disable,
        compress_streams=True,
        recompress_flate=False,
        fix_metadata_version=False,
        # Encrypting makes it this version at least.
        min_version="1.7",
        static_id=True,
        encryption=False,
    )
    return out.getvalue()


def _renounce(document: Pdf) -> None:
    """Take the claim of PDF/A out of the metadata."""
    metadata = document.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return
    packet = metadata.read_bytes()
    if _ARCHIVE not in packet:
        return
    kept = _DESCRIPTION.sub(lambda found: b"" if _ARCHIVE in found[0] else found[0], packet)
    if _ARCHIVE in kept:
        raise CopyError("has metadata that another program wrote", "lock the file that briefpack built")
    metadata.write(kept)
