"""Where LibreOffice is, for those who have it turn files into PDFs."""

from __future__ import annotations

import shutil
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
# Where the programs are that installers do not put on the search path.
_OUTSIDE_THE_PATH = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
)


def find_libreoffice() -> Path | None:
    """The program of LibreOffice, None when it is not installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return next((path for path in _OUTSIDE_THE_PATH if path.exists()), None)
