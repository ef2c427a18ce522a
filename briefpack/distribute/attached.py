"""What others make of a file that is attached: names that mislead or get lost, and kinds that mail servers take away; pure."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import PurePosixPath

_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_LONGEST = 200
"""Bytes of a name; file systems take 255, and mail programs put numbers to it."""
_PROGRAMS = (
    " ade adp apk app application appref-ms appx appxbundle bas bat cab chm cmd com cpl csh deb diagcab dll dmg elf exe "
    "gadget hlp hta htc img inf ins iso isp jar jnlp ksh lnk mde mdb msc msi msix msixbundle msp mst pif pkg pl prf prg "
    "ps1 ps1xml ps2 psc1 psd1 psm1 py pyc pyw pyz reg rpm scf scr sct settingcontent-ms sh shb shs sys url vb vbe vbp vbs "
    "vhd vhdx vxd website ws wsc wsf wsh xbap xll "
)
"""Endings that Outlook and Gmail do not let through (Microsoft, "Blocked attachments in Outlook"; Google, "File types blocked in Gmail")."""
_SCRIPTS = " js mjs jse "
_MACROS = " docm dotm pptm potm ppam ppsm sldm xlsm xltm xlam "
_BEGINNINGS = (
    (b"MZ", "is a program"),
    (b"\x7fELF", "is a program"),
    (b"\xcf\xfa\xed\xfe", "is a program"),
    (b"#!", "is a script"),
)
_MOST_MEMBERS = 10_000


def name_fault(name: str) -> str | None:
    """What is wrong with the name of an attachment, to be read behind "an attachment"; None where nothing is."""
    hidden = next((char for char in name if unicodedata.category(char) in _HIDDEN), None)
    shown = "".join(char for char in name if unicodedata.category(char) not in _HIDDEN)
    if hidden is not None:
        return f"has the invisible character U+{ord(hidden):04X} in its name: {shown}"
    if "/" in name or "\\" in name:
        return f"has a name that leads into a folder: {name}"
    if name != name.strip(" .") or not name:
        return f"has a name that begins or ends with a dot or a space, which programs leave out: “{name}”"
    if len(name.encode()) > _LONGEST:
        return f"has a name of more than {_LONGEST} bytes: {name[:40]}…"
    return None


def blocked_for(name: str, content: bytes) -> str | None:
    """Why mail servers do not let a file through, to be read behind its name; None where they do. What an archive holds is looked at as well, as servers do."""
    why = _kind(name) or next((why for begin, why in _BEGINNINGS if content.startswith(begin)), None)
    if why is not None or not content.startswith(b"PK\x03\x04"):
        return why
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()[:_MOST_MEMBERS]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        # Damaged, or of a kind that is not read here: its name alone says what it is.
        return None
    for member in members:
        if member.filename.endswith("/vbaProject.bin"):
            return "has macros in it"
        inner = _kind(PurePosixPath(member.filename).name)
        if inner is not None:
            return f"holds {PurePosixPath(member.filename).name}, which {inner}"
    return None


def _kind(name: str) -> str | None:
    """By its last ending: a server asks no more."""
    ending = f" {name.rstrip(' .').rpartition('.')[2].casefold()} "
    if ending in _SCRIPTS:
        return "is a script"
    if ending in _MACROS:
        return "may have macros in it"
    return "is of a kind that can run" if ending in _PROGRAMS else None
