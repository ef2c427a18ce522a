"""The file that an author names as an annex: whether it can be had, is the one that is meant, and is a PDF or can become one. No reader of PDFs opens it."""

from __future__ import annotations

import stat
from pathlib import Path

from briefpack.annex import AnnexFile
from briefpack.annexes.foreign import MAIL, PDF, Kind, Way, kind_of_file
from briefpack.annexes.raw import has_objects
from briefpack.errors import ExitCode, Findings
from briefpack.files import digest_of

LARGEST_FILE = 200 << 20
"""Bytes of a file."""
_VAGUE = frozenset({"txt", "unknown"})
"""What a PDF may be taken for whose header is missing or stands too far behind."""
_DIGITS = 12


def refuse(findings: Findings, file: AnnexFile, message: str, hint: str) -> None:
    """Add an error at the place that names the file. message: follows the file's name. hint: the remedy."""
    findings.error(file.where, f"{file.path.name} {message}", hint, ExitCode.ANNEX)


def look_at_file(file: AnnexFile, findings: Findings) -> tuple[str, Kind] | None:
    """The SHA-256 and the kind of a file that is a PDF or can become one; None when it cannot, and then findings say why."""
    try:
        status = file.path.stat()
        if stat.S_ISDIR(status.st_mode):
            refuse(findings, file, "is a folder", "name a PDF file in it")
        elif not stat.S_ISREG(status.st_mode):
            refuse(findings, file, "is no file but a device or a pipe", "name a PDF file")
        elif status.st_size > LARGEST_FILE:
            size, most = status.st_size / (1 << 20), LARGEST_FILE >> 20
            refuse(
                findings,
                file,
                f"is too large ({size:,.0f} MB; at most {most})",
                "make its pictures smaller or split it",
            )
        else:
            if file.set is not None:
                if digest_of(file.path) != file.set.sha256:
                    refuse(findings, file, "was changed while it was read", "build again")
                    return None
                expected = _as_expected(file, file.set.sha256, findings)
                return None if expected is None else (expected, PDF)
            kind = kind_of_file(file.path)
            headed = kind is MAIL and file.path.suffix.lower() == ".pdf"
            if (headed or kind.name in _VAGUE) and _holds_objects(file.path):
                # A gateway may have put its own lines before the file.
                kind = PDF
            if kind.way not in {Way.SET, Way.NONE}:
                digest = _as_expected(file, digest_of(file.path), findings)
                return None if digest is None else (digest, kind)
            words = f"is {kind.words}, not a PDF" if kind.words.startswith("a") else f"is {kind.words}"
            refuse(findings, file, words, kind.remedy)
    except FileNotFoundError:
        refuse(findings, file, "does not exist", "check its name and folder")
    except PermissionError:
        refuse(findings, file, "may not be read", "give yourself the permission to read it")
    except OSError as error:
        refuse(findings, file, f"cannot be read: {error.strerror or error}", "copy it to another disk")
    return None


def _as_expected(file: AnnexFile, digest: str, findings: Findings) -> str | None:
    """The digest, when the author did not ask for another; else None."""
    wanted = file.treatment.sha256
    if wanted is None or wanted == digest:
        return digest
    refuse(
        findings,
        file,
        f"is not the file that the pack asks for: its SHA-256 begins with {digest[:_DIGITS]}, not with {wanted[:_DIGITS]}",
        f"get that file again; or, if this one is right, write `sha256: {digest}`",
    )
    return None


def _holds_objects(path: Path) -> bool:
    with path.open("rb") as content:
        return has_objects(content.read())
