"""Annexes whose files have no pages of their own (Markdown, plain text, CSV, e-mail messages, SVG) → the same with a PDF that stands in for each.

Each is read and set in a process of its own, under limits of time and memory, and kept by its content, the style's and ours; so an unchanged
one is not set again. What intake does with the PDF afterwards is what it does with any other.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path

from briefpack import __version__
from briefpack.annex import Annex, AnnexFile, Deed, Remark, StandIn
from briefpack.annex_text import AnnexText, UnreadableError
from briefpack.document import Scale
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, Where
from briefpack.files import digest_of, make_folder, output_error
from briefpack.pipeline.workers import Worker, WorkerFaultError
from briefpack.style import Style

FORMAT = 1
"""To be raised whenever what is made of a text changes."""
LONGEST = 60.0
"""Seconds that reading and setting one file may take."""
MOST_MEMORY = 3 << 30
"""Bytes of address space."""
FOLDER = "set"
"""Where the PDFs are kept, below the folder of the clean annexes."""
_START = 4096
_PRINT = "print it as PDF and name that file"


class SetKind(Enum):
    """What is set: by the name of the file, and by its content where the name says nothing."""

    MARKDOWN = "markdown"
    TEXT = "text"
    LETTER = "letter"
    CSV = "csv"
    SVG = "svg"


MOST_BYTES = {
    SetKind.MARKDOWN: 4 << 20,
    SetKind.TEXT: 4 << 20,
    SetKind.LETTER: 64 << 20,
    SetKind.CSV: 4 << 20,
    SetKind.SVG: 2 << 20,
}
"""Of a file of each kind. A message may be long for what is attached to it."""

_BY_NAME = {
    ".md": SetKind.MARKDOWN,
    ".markdown": SetKind.MARKDOWN,
    ".txt": SetKind.TEXT,
    ".text": SetKind.TEXT,
    ".log": SetKind.TEXT,
    ".eml": SetKind.LETTER,
    ".csv": SetKind.CSV,
    ".tsv": SetKind.CSV,
    ".svg": SetKind.SVG,
}
_BY_CONTENT = {
    "an e-mail message": SetKind.LETTER,
    "a plain text file": SetKind.TEXT,
    "a picture (SVG)": SetKind.SVG,
}
_PICTURE = "a picture (SVG)"
_TEXTUAL = frozenset(
    {*_BY_CONTENT, "a web page", "an XML file", "no PDF, nor anything else that is known here"}
)


def kind_to_set(path: Path, start: bytes) -> SetKind | None:
    """What a file is set as; None for what has pages of its own, or is refused. start: its first bytes.

    Its name decides among texts; what is no text is none, whatever its name.
    """
    from briefpack.annexes.foreign import kind_of

    kind = kind_of(start)
    if kind is None:
        return None
    named = _BY_NAME.get(path.suffix.lower())
    if named is SetKind.SVG:
        # What only calls itself one is refused as what it is.
        return named if kind in {_PICTURE, "an XML file"} else None
    if named is not None:
        # A text may begin as other files do: with BM, as a bitmap.
        plain = b"\0" not in start and not any(byte < 8 for byte in start)
        return named if kind in _TEXTUAL or (plain and kind != "an empty file") else None
    # Where a name says something else, intake tells of it; and a PDF without its header looks like text.
    return _BY_CONTENT.get(kind) if path.suffix == "" and b" obj" not in start else None


@dataclass(frozen=True, slots=True)
class _Order:
    """What one file is to be made of. name: the annex's title, for pictures. roots: folders below which pictures may be."""

    path: Path
    kind: SetKind
    name: str
    style: Style
    language: str
    roots: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """content: the PDF. sha256: of the file that was read. pictures, settled: as in AnnexText."""

    content: bytes
    sha256: str
    remarks: tuple[Remark, ...]
    findings: tuple[Diagnostic, ...]
    pictures: tuple[Path, ...]
    settled: bool


@dataclass(frozen=True, slots=True)
class _Refused:
    message: str
    hint: str
    findings: tuple[Diagnostic, ...] = ()


def set_annexes(
    annexes: Sequence[Annex],
    style: Style,
    language: str,
    roots: Sequence[Path],
    work: Path,
    *,
    findings: Findings,
    longest: float = LONGEST,
) -> dict[str, Annex | None]:
    """Annex by id, of those that have a file to be set: with its stand-ins, or None when one could not be made, which findings say.

    roots: folders below which the pictures of Markdown files may be. work: folder of the clean annexes. longest: seconds for one file.
    Raises BriefpackError (OUTPUT) when work cannot be written.
    """
    made: dict[str, Annex | None] = {}
    folder = work / FOLDER
    style_digest = ""
    for annex in annexes:
        files: list[AnnexFile] = []
        kinds = [_kind(file) for file in annex.files]
        if not any(kinds):
            continue
        if not style_digest:
            make_folder(folder)
            style_digest = _digest_of_style(style)
        for file, kind in zip(annex.files, kinds, strict=True):
            if kind is None:
                files.append(file)
                continue
            order = _Order(file.path, kind, annex.title, style, language, tuple(roots))
            stand_in = _stand_in(order, file, folder, style_digest, findings=findings, longest=longest)
            if stand_in is not None:
                files.append(replace(file, set=stand_in))
        # Its margins hold what is stamped on it.
        scale = annex.scale or (Scale.ORIGINAL if all(kinds) else None)
        whole = len(files) == len(annex.files)
        made[annex.id] = replace(annex, files=tuple(files), scale=scale) if whole else None
    return made


def forget_unused(annexes: Iterable[Annex], work: Path) -> None:
    """Forget PDFs that were of no use for longest. annexes: all that this run has set, in every style."""
    from briefpack.annexes.cache import prune

    used = [file.set.path.stem for annex in annexes for file in annex.files if file.set is not None]
    if used:
        prune(work / FOLDER, used)


def _kind(file: AnnexFile) -> SetKind | None:
    """None for whatever intake is to speak of: folders, pipes, files that cannot be read."""
    try:
        if not stat.S_ISREG(file.path.stat().st_mode):
            return None
        with file.path.open("rb") as content:
            return kind_to_set(file.path, content.read(_START))
    except OSError:
        return None


def _stand_in(
    order: _Order, file: AnnexFile, folder: Path, style_digest: str, *, findings: Findings, longest: float
) -> StandIn | None:
    most = MOST_BYTES[order.kind]

    def refuse(message: str, hint: str) -> None:
        findings.error(file.where, f"{file.path.name} {message}", hint, ExitCode.ANNEX)

    try:
        size = file.path.stat().st_size
        if size > most:
            refuse(
                f"is too large to be set ({size / (1 << 20):,.0f} MB; at most {most >> 20})",
                f"{_PRINT}, or name the part of it that matters",
            )
            return None
        digest = digest_of(file.path)
    except OSError as error:
        refuse(f"cannot be read: {error.strerror or error}", "copy it to another disk")
        return None
    target = folder / f"{_name(order, digest, style_digest)}.pdf"
    known = _recall(target, order.path)
    if known is not None:
        own, remarks, found = known
        findings.extend(found)
        return StandIn(target, own, digest, remarks)
    match _in_a_process(order, longest):
        case _Refused(message, hint, found):
            findings.extend(found)
            refuse(message, hint)
            return None
        case made:
            findings.extend(made.findings)
            if made.sha256 != digest:
                refuse("was changed while it was read", "build again")
                return None
            try:
                _keep(target, made)
            except OSError as error:
                raise output_error(error, target) from error
            return StandIn(target, hashlib.sha256(made.content).hexdigest(), digest, made.remarks)


# --------------------------------------------------------------------------- the process


def _in_a_process(order: _Order, longest: float) -> _Made | _Refused:
    worker = Worker(_make, order)
    try:
        if not worker.results.poll(longest):
            return _Refused(f"takes more than {longest:.0f} seconds to be set", _PRINT)
        return worker.result()
    except WorkerFaultError:
        # Where our reading gave up helps nobody who has only the file.
        return _Refused("holds something that cannot be set here", _PRINT)
    except BriefpackError:
        return _Refused("needs more memory to be set than an annex may", _PRINT)
    finally:
        with contextlib.suppress(OSError, ValueError):
            worker.stop()


def _make(order: _Order) -> _Made | _Refused:
    """Read and set a file; in a process of its own."""
    _limit()
    raw = order.path.read_bytes()
    try:
        return _set(order, raw)
    except UnreadableError as error:
        return _Refused(error.message, error.hint)
    except MemoryError:
        return _Refused("needs more memory to be set than an annex may", _PRINT)
    except RecursionError:
        return _Refused("has parts that are nested without end", _PRINT)


def _set(order: _Order, raw: bytes) -> _Made | _Refused:
    from briefpack.pipeline.set_text import annex_style, check_letters, covers, document_of, lacking, pages_of
    from briefpack.reading.foreign_text import stand_ins

    text = _read(order, raw, {})
    if isinstance(text, _Refused):
        return text
    style = annex_style(order.style, text)
    document = document_of(text, order.name, order.language, style, order.path)
    missing = lacking(document, style)
    remarks = check_letters(document, style, missing)
    if missing:
        box = next((sign for sign in ("\u25a1", "?") if covers(style, sign)), "")
        instead = stand_ins(missing, box)
        again = _read(order, raw, instead)
        if isinstance(again, _Refused):
            return again
        text = again
        remarks += _missing(missing, instead, box)
        style = annex_style(order.style, text)
        document = document_of(text, order.name, order.language, style, order.path)
        left = lacking(document, style)
        if left:
            shown = " ".join(f"“{char}”" for char in sorted(left)[:5])
            return _Refused(
                f"has a drawing with characters that no font of the style has: {shown}",
                "save the drawing with its words as paths, or print it as PDF and name that file",
            )
    content = pages_of(document, style)
    digest = hashlib.sha256(raw).hexdigest()
    return _Made(content, digest, (*text.remarks, *remarks), text.findings, text.pictures, text.settled)


def _read(order: _Order, raw: bytes, instead: dict[int, str]) -> AnnexText | _Refused:
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


def _picture(order: _Order) -> AnnexText | _Refused:
    """An SVG file as the only picture of its page; its alternative text is the annex's title."""
    from briefpack.blocks import ImageBlock
    from briefpack.reading.checks import Report
    from briefpack.reading.pictures import load_picture

    where = Where(order.path, 1, 1)
    faults = Findings()
    data = load_picture(order.path, where, order.path.name, Report(faults, ExitCode.ANNEX))
    if data is None:
        return _Refused("cannot be drawn", "save it as PDF or PNG, and name that file", tuple(faults))
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


# --------------------------------------------------------------------------- what is kept


def _digest_of_style(style: Style) -> str:
    """Of all that a style says, and of its fonts."""
    fonts = [
        digest_of(path)
        for _, font in sorted(style.fonts.items())
        for path in (font.regular, font.bold, font.italic, font.bold_italic)
    ]
    said = repr(replace(style, inputs=(), cover=replace(style.cover, logo=None)))
    return hashlib.sha256("\n".join((said, *fonts)).encode()).hexdigest()


def _name(order: _Order, digest: str, style_digest: str) -> str:
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


def _keep(target: Path, made: _Made) -> None:
    """Put the PDF in its place, and what was told beside it. Raises OSError."""
    waiting = target.with_suffix(f".{os.getpid()}.part")
    waiting.write_bytes(made.content)
    waiting.replace(target)
    record = {
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "settled": made.settled,
        "pictures": {str(path): digest_of(path) for path in made.pictures},
        "remarks": [{**asdict(remark), "deed": remark.deed.value} for remark in made.remarks],
        "findings": [
            [found.where.line, found.where.column, found.message, found.hint]
            for found in made.findings
            if found.where is not None
        ],
    }
    waiting.write_text(json.dumps(record), encoding="ascii")
    waiting.replace(target.with_suffix(".json"))


def _recall(target: Path, path: Path) -> tuple[str, tuple[Remark, ...], tuple[Diagnostic, ...]] | None:
    """The digest of the PDF, and what was told of the file when it was made of it; None when that is not there, or not as it would be made now. path: of the file."""
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
        # The time tells prune() when it was last of use.
        os.utime(target.with_suffix(".json"))
    except (OSError, ValueError, KeyError, TypeError):
        # Whatever became of it, it can be made again.
        return None
    return str(record["sha256"]), remarks, tuple(findings)
