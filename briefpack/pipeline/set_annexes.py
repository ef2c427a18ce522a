"""Annexes whose files have no pages of their own (Markdown, plain text, CSV, e-mail messages, SVG) → the same with a PDF that stands in for each.

Each is read and set in a process of its own, under limits of time and memory, and kept by its content, the style's and ours; so an unchanged
one is not set again. What intake does with the PDF afterwards is what it does with any other.
"""

from __future__ import annotations

import contextlib
import hashlib
import stat
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.annex import Annex, AnnexFile, StandIn
from briefpack.document import Scale
from briefpack.errors import BriefpackError, ExitCode, Findings
from briefpack.files import digest_of, make_folder, output_error
from briefpack.pipeline.set_kept import digest_of_style, keep, name_of, recall
from briefpack.pipeline.set_kinds import MOST_BYTES, SetKind, kind_to_set
from briefpack.pipeline.set_one import TO_PRINT, Made, Order, Refused, make
from briefpack.pipeline.workers import Worker, WorkerFaultError
from briefpack.style import Style

LONGEST = 60.0
"""Seconds that reading and setting one file may take."""
FOLDER = "set"
"""Where the PDFs are kept, below the folder of the clean annexes."""
_START = 4096


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
            style_digest = digest_of_style(style)
        for file, kind in zip(annex.files, kinds, strict=True):
            if kind is None:
                files.append(file)
                continue
            order = Order(file.path, kind, annex.title, style, language, tuple(roots))
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
    order: Order, file: AnnexFile, folder: Path, style_digest: str, *, findings: Findings, longest: float
) -> StandIn | None:
    most = MOST_BYTES[order.kind]

    def refuse(message: str, hint: str) -> None:
        findings.error(file.where, f"{file.path.name} {message}", hint, ExitCode.ANNEX)

    try:
        size = file.path.stat().st_size
        if size > most:
            refuse(
                f"is too large to be set ({size / (1 << 20):,.0f} MB; at most {most >> 20})",
                f"{TO_PRINT}, or name the part of it that matters",
            )
            return None
        digest = digest_of(file.path)
    except OSError as error:
        refuse(f"cannot be read: {error.strerror or error}", "copy it to another disk")
        return None
    target = folder / f"{name_of(order, digest, style_digest)}.pdf"
    known = recall(target, order.path, digest)
    if known is not None:
        stand_in, found = known
        findings.extend(found)
        return stand_in
    match _in_a_process(order, longest):
        case Refused(message, hint, found):
            findings.extend(found)
            refuse(message, hint)
            return None
        case made:
            findings.extend(made.findings)
            if made.sha256 != digest:
                refuse("was changed while it was read", "build again")
                return None
            try:
                keep(target, made)
            except OSError as error:
                raise output_error(error, target) from error
            own = hashlib.sha256(made.content).hexdigest()
            return StandIn(target, own, digest, made.remarks, made.inscriptions)


# --------------------------------------------------------------------------- the process


def _in_a_process(order: Order, longest: float) -> Made | Refused:
    worker = Worker(make, order)
    try:
        if not worker.results.poll(longest):
            return Refused(f"takes more than {longest:.0f} seconds to be set", TO_PRINT)
        return worker.result()
    except WorkerFaultError:
        # Where our reading gave up helps nobody who has only the file.
        return Refused("holds something that cannot be set here", TO_PRINT)
    except BriefpackError:
        return Refused("needs more memory to be set than an annex may", TO_PRINT)
    finally:
        with contextlib.suppress(OSError, ValueError):
            worker.stop()
