"""An encrypted PDF → the same without encryption, by pikepdf (ISO 32000-2, 7.6): every object of every state of the file, also those to which nothing leads."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, ObjectStreamMode, Pdf, StreamDecodeLevel

from briefpack.audit.read_pdf_objects import PdfFile

_ALL = "/AllThatIsInIt"
"""A key of the trailer that leads to everything, so that everything is kept."""


class LockedError(Exception):
    """It cannot be opened. The message goes on after the file's name: "needs a password"."""


def is_locked(file: PdfFile) -> bool:
    return any("Encrypt" in trailer for _, trailer in file.trailers)


def unlocked(content: bytes, file: PdfFile, passwords: tuple[str, ...]) -> bytes:
    """All states of the file one after the other, the last one last. A file that asks for no password to be read (only to be changed) needs none.

    Raises LockedError.
    """
    states = []
    for end in (*file.ends[:-1], len(content)):
        try:
            states.append(_state(content[:end], passwords))
        except LockedError:
            if end == len(content):
                raise
    return b"".join(states)


def _state(content: bytes, passwords: tuple[str, ...]) -> bytes:
    for password in ("", *passwords):
        try:
            with Pdf.open(io.BytesIO(content), password=password) as pdf:
                pdf.trailer[_ALL] = Array([one for one in pdf.objects if one.objgen != (0, 0)])
                out = io.BytesIO()
                pdf.save(
                    out,
                    encryption=False,
                    object_stream_mode=ObjectStreamMode.disable,
                    stream_decode_level=StreamDecodeLevel.none,
                    compress_streams=False,
                    fix_metadata_version=False,
                )
                return out.getvalue()
        except pikepdf.PasswordError:
            continue
        except (pikepdf.PdfError, ValueError, RuntimeError, TypeError) as error:
            raise LockedError(f"is encrypted and cannot be opened ({str(error)[:100]})") from None
    raise LockedError("is encrypted; a password is needed to read it")
