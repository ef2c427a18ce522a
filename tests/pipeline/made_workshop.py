"""A workshop whose work is plain to see: a copy ends with its line and trace, a locked file begins with its password turned round, a compressed one is half as long."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.copies.copy_mark import CopyError, CopyMark
from briefpack.distribution import Place
from briefpack.pipeline.workshop import Workshop
from briefpack.style import Style


@dataclass
class MadeOriginal:
    head: bytes

    def copy(self, mark: CopyMark) -> tuple[bytes, ...]:
        return self.head, f"|{mark.line}|{mark.trace}".encode()


@dataclass
class Counted:
    """prepared: how often each file was, as it should be once."""

    prepared: list[bytes] = field(default_factory=list)

    def prepare(self, content: bytes, _places: tuple[Place, ...], _style: Style) -> MadeOriginal:
        if content.startswith(b"bad"):
            raise CopyError("is no pack", "build it")
        self.prepared.append(content)
        return MadeOriginal(content)


def lock(content: bytes, password: str) -> bytes:
    return f"<{password[::-1]}>".encode() + content


def compress(content: bytes, _resolution: int) -> bytes:
    return content[: len(content) // 2] if content.startswith(b"photo") else content


def workshop(counted: Counted | None = None) -> Workshop:
    made = counted or Counted()
    return Workshop(
        dict.fromkeys(("pdf", "docx"), made.prepare),
        dict.fromkeys(("pdf", "docx"), lock),
        dict.fromkeys(("pdf", "docx"), compress),
    )
