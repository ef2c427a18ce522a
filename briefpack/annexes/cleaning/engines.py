"""The engines that can open a file of others, each in its way, and the password that a file may need."""

from __future__ import annotations

import os

import pikepdf
from pikepdf import Pdf

from briefpack.annex import Treatment
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning.drawn import pictures_of
from briefpack.annexes.cleaning.readers import as_file, imported
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.raw import Source

_BY_QPDF = frozenset({Engine.WHOLE, Engine.REPAIRED})


def open_by(engine: Engine, source: Source, treatment: Treatment) -> tuple[Pdf, str]:
    """The file opened by one engine of the chain, and the password that opened it, "" for none.

    The password stays in this process: nothing that leaves it may hold it. Raises Refusal when it is needed and not known, Unable, or
    pikepdf.PdfError, when the engine cannot open the file.
    """
    name = treatment.password_env
    given = "" if name is None else os.environ.get(name, "")
    if engine not in _BY_QPDF:
        return _by(source, given, engine), given
    try:
        return _by(source, "", engine), ""
    except pikepdf.PasswordError:
        pass
    if name is None:
        raise Refusal(
            "needs a password to be opened",
            "put the password into an environment variable and name that: `password_env: NAME`; "
            "or remove the password and save it again as PDF",
        )
    if not given:
        raise Refusal(
            f"needs a password to be opened, and the environment variable {name} is not set",
            f"set {name} to the password before you build",
        )
    for password in _spellings(given):
        try:
            return _by(source, password, engine), given
        except pikepdf.PasswordError:
            continue
    raise Refusal(
        f"cannot be opened with the password in the environment variable {name}",
        "ask the sender for the right one; capitals count",
    )


def _by(source: Source, password: str | bytes, engine: Engine) -> Pdf:
    words = password if isinstance(password, str) else ""
    match engine:
        case Engine.WHOLE:
            return pikepdf.open(as_file(source), password=password, attempt_recovery=False)
        case Engine.REPAIRED:
            return pikepdf.open(as_file(source), password=password)
        case Engine.REWRITTEN:
            from briefpack.annexes.cleaning.pypdf_reader import rewritten  # noqa: PLC0415 - most files do without it, and it takes its time

            return pikepdf.open(rewritten(source, words))
        case Engine.IMPORTED:
            return pikepdf.open(imported(source, words))
        case Engine.PICTURES:
            return pictures_of(source, words)


def _spellings(password: str) -> tuple[str | bytes, ...]:
    """A password as newer and as older encryption spells it (ISO 32000-2, 7.6.4.3.2 and 7.6.4.3.3)."""
    if password.isascii():
        return (password,)
    return password, password.encode("cp1252", "replace")
