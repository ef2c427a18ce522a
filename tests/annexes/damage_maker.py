"""Copies of a file as a bad journey leaves them: cut, holed, converted, with blocks lost or doubled. Deterministic by seed.

Random flips of bytes are left out: no file format notices all of them, and `sha256:` is there for them.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) // 10, len(content) - 1)]


def _cut_at_a_block(content: bytes, chance: random.Random) -> bytes:
    size = 512 if len(content) < 8192 else 4096
    return content[: size * chance.randrange(1, max(2, len(content) // size))]


def _zeros(content: bytes, chance: random.Random) -> bytes:
    size = chance.choice((512, 1024, 4096))
    at = chance.randrange(max(1, len(content) - size))
    return content[:at] + bytes(min(size, len(content) - at)) + content[at + size :]


def _zeros_to_the_end(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) // 4, len(content) - 1)
    return content[:at] + bytes(len(content) - at)


def _to_crlf(content: bytes, _: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _to_lf(content: bytes, _: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _crlf_to_lf(content: bytes, _: random.Random) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _seven_bits(content: bytes, _: random.Random) -> bytes:
    return bytes(byte & 0x7F for byte in content)


def _lost(content: bytes, chance: random.Random) -> bytes:
    size = chance.choice((64, 512, 1460, 4096))
    at = chance.randrange(max(1, len(content) - size))
    return content[:at] + content[at + size :]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    size = chance.choice((64, 512, 1460, 4096))
    at = chance.randrange(max(1, len(content) - size))
    return content[: at + size] + content[at:]


def _lost_lines_of_base64(content: bytes, chance: random.Random) -> bytes:
    lines = base64.encodebytes(content).split(b"\n")[:-1]
    at = chance.randrange(len(lines))
    return base64.b64decode(b"".join(lines[:at] + lines[at + chance.randrange(1, 4) :]) + b"==")


def _junk_behind(content: bytes, chance: random.Random) -> bytes:
    return content + chance.choice(
        (b"\r\n-- \r\nScanned by the gateway\r\n" * 99, bytes(4096), b"<html><body>404</body></html>")
    )


def _junk_before(content: bytes, chance: random.Random) -> bytes:
    return b"X-Scanned: yes\r\n" * chance.choice((1, 40, 200)) + b"\r\n" + content


DAMAGES: dict[str, Damage] = {
    "cut": _cut,
    "cut at a block": _cut_at_a_block,
    "zeros": _zeros,
    "zeros to the end": _zeros_to_the_end,
    "line ends to CRLF": _to_crlf,
    "line ends to LF": _to_lf,
    "CRLF to LF": _crlf_to_lf,
    "seven bits": _seven_bits,
    "a block lost": _lost,
    "a block doubled": _doubled,
    "lines of base64 lost": _lost_lines_of_base64,
    "junk behind": _junk_behind,
    "junk before": _junk_before,
}
HARMLESS = frozenset({"junk behind", "junk before"})


def damaged(content: bytes, kind: str, seed: int) -> bytes:
    """The content after a journey of this kind."""
    return DAMAGES[kind](content, random.Random(f"{kind} {seed} {len(content)}"))
