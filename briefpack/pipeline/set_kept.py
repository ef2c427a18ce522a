"""The PDFs that stand in for annexes without pages, kept by all that they are made of, with what was told when they were made."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, replace
from pathlib import Path

from briefpack import __version__
from briefpack.annex import Deed, Remark, StandIn
from briefpack.errors import Diagnostic, ExitCode, Findings, Where
from briefpack.files import digest_of
from briefpack.inscription import from_plain_values, in_plain_values
from briefpack.pipeline.set_kinds import SetKind
from briefpack.pipeline.set_one import Made, Order
from briefpack.style import Style

FORMAT = 2
"""To be raised whenever what is made of a text changes."""


def digest_of_style(style: Style) -> str:
    """Of all that a style says, and of its fonts."""
    fonts = [
        digest_of(path)
        for _, font in sorted(style.fonts.items())
        for path in (font.regular, font.bold, font.italic, font.bold_italic)
    ]
    said = repr(replace(style, inputs=(), cover=replace(style.cover, logo=None)))
    return hashlib.sha256("\n".join((said, *fonts)).encode()).hexdigest()


def name_of(order: Order, digest: str, style_digest: str) -> str:
    """The name under which the PDF is kept. digest: of the author's file. style_digest: see digest_of_style."""
    said = [__version__, str(FORMAT), order.kind.value, order.language, style_digest]
    match order.kind:
        case SetKind.SVG:
            said.append(order.name)
        case SetKind.MARKDOWN:
            # Another text of the same words has other pictures beside it.
            said.append(str(order.path))
        case SetKind.TEXT | SetKind.LETTER | SetKind.CSV:
            pass
    wanted = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return f"{digest}-{wanted[:16]}"


def keep(target: Path, made: Made) -> None:
    """Put the PDF in its place, and what was told beside it. Raises OSError."""
    waiting = target.with_suffix(f".{os.getpid()}.part")
    waiting.write_bytes(made.content)
    waiting.replace(target)
    record = {
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "settled": made.settled,
        "pictures": {str(path): digest_of(path) for path in made.pictures},
        "remarks": [{**asdict(remark), "deed": remark.deed.value} for remark in made.remarks],
        "inscriptions": in_plain_values(made.inscriptions),
        "findings": [
            [found.where.line, found.where.column, found.message, found.hint]
            for found in made.findings
            if found.where is not None
        ],
    }
    waiting.write_text(json.dumps(record), encoding="ascii")
    waiting.replace(target.with_suffix(".json"))


def recall(target: Path, path: Path, sha256: str) -> tuple[StandIn, tuple[Diagnostic, ...]] | None:
    """The PDF, and what was told of the file when it was made of it; None when that is not there, or not as it would be made now. path, sha256: of the file."""
    try:
        record = json.loads(target.with_suffix(".json").read_text(encoding="ascii"))
        if not record["settled"] or record["sha256"] != digest_of(target):
            return None
        if any(digest_of(Path(picture)) != digest for picture, digest in record["pictures"].items()):
            return None
        remarks = tuple(
            Remark(**{**each, "deed": Deed(each["deed"]), "pages": tuple(each["pages"])})
            for each in record["remarks"]
        )
        findings = Findings()
        for line, column, message, hint in record["findings"]:
            findings.warning(Where(path, line, column), message, hint, ExitCode.ANNEX, rule="annex-changed")
        made = StandIn(
            target, str(record["sha256"]), sha256, remarks, from_plain_values(record["inscriptions"])
        )
        # The time tells prune() when it was last of use.
        os.utime(target.with_suffix(".json"))
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever became of it, it can be made again.
        return None
    return made, tuple(findings)
