"""A document of an Office program → a PDF of it, by LibreOffice, which sees nothing but a copy of that file.

It runs with a profile made for the occasion, without macros, without following links to other files or into the network, and without the author's
environment. It brings the fonts that briefpack carries, whose letters are as wide as those of Word's usual ones.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import lru_cache
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting import kept
from briefpack.annexes.converting.warden import run
from briefpack.annexes.foreign import Kind
from briefpack.libreoffice import find_libreoffice

MOST_MEMORY = 4 << 30
"""Bytes of address space; the program itself takes more than 1 GB of it."""

_WRITER, _CALC, _IMPRESS, _DRAW = "Writer", "Calc", "Impress", "Draw"
_PROGRAM = {
    **dict.fromkeys(("docx", "doc", "rtf", "odt"), _WRITER),
    **dict.fromkeys(("xlsx", "xls", "ods"), _CALC),
    **dict.fromkeys(("pptx", "ppt", "odp"), _IMPRESS),
    "odg": _DRAW,
}
_OPTIONS = {
    "UseTaggedPDF": True,
    "ExportBookmarks": True,
    # Remarks, hidden slides and notes for the speaker are told of, and left out.
    "ExportNotes": False,
    "ExportNotesInMargin": False,
    "ExportNotesPages": False,
    "ExportHiddenSlides": False,
    # Fields are printed as they are filled in.
    "ExportFormFields": False,
    "UseLosslessCompression": True,
    "ReduceImageResolution": False,
}
_PDF_VERSION = 17
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    # Pictures, sections and cells that a document fetches from elsewhere: from the author's disk, or by telling a server that it was opened.
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    # Whatever asks the network all the same is sent where nobody answers.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_NOWHERE = "http://127.0.0.1:9"
_MAKING = "1"
"""To be raised whenever what is asked of LibreOffice changes."""
_PASSED_ON = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
"""What of the environment the program needs to start; the rest may hold secrets."""


def maker() -> str | None:
    """The program and its version ("LibreOffice 7.4.7.2 40(Build:2)"), None when it is not installed."""
    program = find_libreoffice()
    return None if program is None else _version(program)


@lru_cache(maxsize=4)
def _version(program: Path) -> str:
    try:
        run = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "LibreOffice"
    words = run.stdout.decode(errors="replace").strip().splitlines()
    return words[-1] if words else "LibreOffice"


def spoken(version: str) -> str:
    """A version in the words of people: "LibreOffice 7.4"."""
    name, _, rest = version.partition(" ")
    return f"{name} {'.'.join(rest.split()[0].split('.')[:2])}" if rest else name


def office_pdf(
    source: Path, sha256: str, kind: Kind, *, work: Path, seconds: float, spent: float = 0.0
) -> Path:
    """The PDF of a document, made now or kept from before.

    sha256: of the document. work: of intake. seconds: that the document may take, of which so many are spent. Raises Refusal; OSError when the PDF cannot
    be kept.
    """
    program = find_libreoffice()
    if program is None:
        raise Refusal(
            f"is {kind.words}, and LibreOffice, which would turn it into a PDF, is not installed",
            "install LibreOffice; or open the file in its own program, save it as PDF and name that file",
        )
    target = kept.path_of(work, sha256, kind.name, _version(program), _MAKING)
    with kept.alone(target):
        if not kept.recall(target):
            with TemporaryDirectory(prefix="briefpack-", ignore_cleanup_errors=True) as folder:
                made = _convert(program, source, kind, Path(folder), seconds - spent)
                if made is None:
                    raise Refusal(
                        f"is {kind.words} that LibreOffice does not turn into a PDF within {seconds:.0f} seconds",
                        "open it in its own program, save it as PDF and name that file",
                    )
                kept.keep(made, target)
    return target


def _convert(program: Path, source: Path, kind: Kind, folder: Path, seconds: float) -> Path | None:
    """The PDF, in a folder that is to be thrown away; None when it takes too long. Raises Refusal."""
    application = _PROGRAM[kind.name]
    # The author's folder stays as it is: the program puts a lock beside what it opens. A name of its own, since documents can print theirs.
    document = folder / f"annex.{kind.name}"
    shutil.copyfile(source, document)
    _write_profile(folder / "profile")
    target = folder / "out" / "annex.pdf"
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        f"pdf:{application.lower()}_pdf_Export:{_options()}",
        "--outdir",
        str(target.parent),
        str(document),
    ]
    with as_file(files("briefpack") / "data" / "fonts") as fonts:
        _write_fonts(folder, fonts)
        try:
            outcome = run(command, folder, seconds, MOST_MEMORY, _environment(folder))
        except OSError:
            raise _cannot(kind, application) from None
    if outcome.late:
        return None
    # LibreOffice ends with 0 whatever happens: only the file tells.
    if not target.exists() or not _is_pdf(target):
        raise _cannot(kind, application)
    return target


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(5) == b"%PDF-"


def _cannot(kind: Kind, application: str) -> Refusal:
    return Refusal(
        f"is {kind.words} that LibreOffice cannot read",
        f"open it in its own program, save it as PDF and name that file; or see that LibreOffice {application} is installed",
    )


def _options() -> str:
    options = {key: {"type": "boolean", "value": str(value).lower()} for key, value in _OPTIONS.items()}
    return json.dumps({**options, "SelectPdfVersion": {"type": "long", "value": str(_PDF_VERSION)}})


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', encoding="utf-8"
    )


def _write_fonts(folder: Path, fonts: Path) -> None:
    """Fonts of the system and ours, for programs that ask fontconfig."""
    (folder / "fonts.conf").write_text(
        f"<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include><dir>{escape(str(fonts))}</dir>"
        f"<cachedir>{escape(str(folder))}/fontcache</cachedir></fontconfig>",
        encoding="utf-8",
    )


def _environment(folder: Path) -> dict[str, str]:
    kept_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {
        **kept_on,
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder)),
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), _NOWHERE),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
    }
