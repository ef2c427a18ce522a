"""A picture file → its metadata and what its pixels are."""

from __future__ import annotations

import hashlib

from briefpack.audit.gathering import Gathering
from briefpack.audit.seen import Picture

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def is_picture(content: bytes) -> bool:
    return content.startswith(_STARTS) or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")


def read_picture(content: bytes, found: Gathering, place: str) -> None:
    found.pictures.append(Picture(place, hashlib.sha256(content).hexdigest(), None))
