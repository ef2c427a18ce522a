"""A finished PDF → the same, which only opens with a password: AES-256 as in ISO 32000-2 (revision 6 of the standard security handler)."""

from __future__ import annotations

import io
import re
import secrets

import pikepdf
from pikepdf import Encryption, ObjectStreamMode, Pdf, Permissions

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.password import prepared

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
                    R=6,
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
