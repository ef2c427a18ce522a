"""The fonts that LibreOffice prints with: those that the packs are set in and no others, so that lines break alike on every machine."""

from __future__ import annotations

from pathlib import Path

_FONTS = Path(__file__).parents[2] / "briefpack" / "data" / "fonts"

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{fonts}</dir>
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def write_fonts(folder: Path) -> Path:
    """Write fonts.conf into a folder, beside which the cache of the fonts is kept. Gives what FONTCONFIG_FILE should be."""
    path = folder / "fonts.conf"
    path.write_text(_CONF.format(fonts=_FONTS, cache=folder / "cache"), encoding="utf-8")
    return path
