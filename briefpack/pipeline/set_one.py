"""One annex file without pages → a small PDF, or why there is none; to be run in a process of its own.

It limits the memory of its process. What it gives can be sent from one process to another.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from briefpack.annex import Deed, Remark
from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.errors import Diagnostic, ExitCode, Findings, Where
from briefpack.inscription import Inscription
from briefpack.pipeline.set_kinds import SetKind
from briefpack.style import Style

MOST_MEMORY = 3 << 30
"""Bytes of address space."""
TO_PRINT = "print it as PDF and name that file"


@dataclass(frozen=True, slots=True)
class Order:
    """What one file is to be made of. name: the annex's title, for pictures. roots: folders below which pictures may be."""

    path: Path
    kind: SetKind
    name: str
    style: Style
    language: str
    roots: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """content: the PDF. sha256: of the file that was read. pictures, settled, inscriptions: as in AnnexText."""

    content: bytes
    sha256: str
    remarks: tuple[Remark, ...]
    findings: tuple[Diagnostic, ...]
    pictures: tuple[Path, ...]
    settled: bool
    inscriptions: tuple[Inscription, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    message: str
    hint: str
    findings: tuple[Diagnostic, ...] = ()


def make(order: Order) -> Made | Refused:
    """Read and set a file; in a process of its own."""
    _limit()
    raw = order.path.read_bytes()
    try:
        return _set(order, raw)
    except UnreadableError as error:
        return Refused(error.message, error.hint)
    except MemoryError:
        return Refused("needs more memory to be set than an annex may", TO_PRINT)
    except RecursionError:
        return Refused("has parts that are nested without end", TO_PRINT)


def _set(order: Order, raw: bytes) -> Made | Refused:
    from briefpack.pipeline.set_text import annex_style, check_letters, covers, document_of, lacking, pages_of
    from briefpack.reading.foreign_text import stand_ins

    text = _read(order, raw, {})
    if isinstance(text, Refused):
        return text
    style = annex_style(order.style, text)
    document = document_of(text, order.name, order.language, style, order.path)
    missing = lacking(document, style)
    remarks = check_letters(document, style, missing)
    if missing:
        box = next((sign for sign in ("\u25a1", "?") if covers(style, sign)), "")
        instead = stand_ins(missing, box)
        again = _read(order, raw, instead)
        if isinstance(again, Refused):
            return again
        text = again
        remarks += _missing(missing, instead, box)
        style = annex_style(order.style, text)
        document = document_of(text, order.name, order.language, style, order.path)
        left = lacking(document, style)
        if left:
            shown = " ".join(f"“{char}”" for char in sorted(left)[:5])
            return Refused(
                f"has a drawing with characters that no font of the style has: {shown}",
                "save the drawing with its words as paths, or print it as PDF and name that file",
            )
    content = pages_of(document, style)
    digest = hashlib.sha256(raw).hexdigest()
    told = (*text.remarks, *remarks)
    return Made(content, digest, told, text.findings, text.pictures, text.settled, text.inscriptions)


def _read(order: Order, raw: bytes, instead: dict[int, str]) -> AnnexText | Refused:
    match order.kind:
        case SetKind.TEXT:
            from briefpack.reading.read_plain_text import read_plain_text

            return read_plain_text(raw, order.path, instead)
        case SetKind.CSV:
            from briefpack.reading.read_csv_file import read_csv_file

            return read_csv_file(raw, order.path, instead)
        case SetKind.MARKDOWN:
            from briefpack.reading.paths import Roots
            from briefpack.reading.read_markdown_file import read_markdown_file

            roots = Roots.of(order.path.parent, order.roots)
            return read_markdown_file(raw, order.path, roots, instead)
        case SetKind.LETTER:
            from briefpack.reading.read_letter import read_letter

            letter = read_letter(raw, order.path, instead)
            subject = "" if letter.head is None else letter.head.subject
            return replace(letter, title=subject or order.style.word("mail_no_subject", order.language))
        case SetKind.SVG:
            return _picture(order)


def _picture(order: Order) -> AnnexText | Refused:
    """An SVG file as the only picture of its page; its alternative text is the annex's title."""
    from briefpack.blocks import ImageBlock
    from briefpack.reading.checks import Report
    from briefpack.reading.pictures import load_picture

    where = Where(order.path, 1, 1)
    faults = Findings()
    data = load_picture(order.path, where, order.path.name, Report(faults, ExitCode.ANNEX))
    if data is None:
        return Refused("cannot be drawn", "save it as PDF or PNG, and name that file", tuple(faults))
    block = ImageBlock(order.path, data, order.name, 1.0, None, None, where)
    return AnnexText("", (block,), landscape=data.width > data.height)


def _limit() -> None:
    with contextlib.suppress(ImportError):
        # Windows has no such limits; there the time limit alone protects.
        import resource

        # macOS refuses some of them.
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


# --------------------------------------------------------------------------- characters without a glyph


def _missing(missing: frozenset[str], instead: dict[int, str], box: str) -> tuple[Remark, ...]:
    seen = sorted(char for char in missing if instead[ord(char)] == box)
    named = sorted(char for char in missing if instead[ord(char)].startswith("["))
    found = []
    if seen:
        shown = " ".join(f"“{char}”" for char in seen[:5]) + (" and others" if len(seen) > 5 else "")
        found.append(
            Remark(
                Deed.FOUND,
                "characters",
                f"has characters that no font of the style has, printed as {box}: {shown}",
                len(seen),
                advice="name a family that has them under `fonts:` as a fallback in the style, or print the file as PDF",
                warn=True,
            )
        )
    if named:
        found.append(
            Remark(
                Deed.FOUND,
                "characters",
                "has signs that no font of the style has, printed as their names: "
                + " ".join(instead[ord(char)] for char in named[:5]),
                len(named),
            )
        )
    return tuple(found)
