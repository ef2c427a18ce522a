"""Whether LibreOffice had the fonts that an Office document asks for. Runs in the worker's process.

It says nothing of a font that it replaces; but what it embeds in the PDF can be held against the names in the document.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pikepdf import Dictionary, Pdf

from briefpack.annex import Deed, Remark
from briefpack.annexes.converting.office_look import DAMAGE, Parts

_NAMED = re.compile(
    rb"""(?:w:(?:ascii|hAnsi|eastAsia|cs)|typeface|val|svg:font-family|fo:font-family|style:font-name|w:name)=["']'?([^"']{2,60})"""
)
"""How formats name a font: WordprocessingML, DrawingML, SpreadsheetML (as a value of `name`), OpenDocument."""
_PARTS = re.compile(
    r"word/(document\d*|styles|fontTable|numbering|header\d+|footer\d+)\.xml|(word|xl|ppt)/theme/[^/]+\.xml|xl/styles\.xml"
    r"|ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml|ppt/presentation\.xml|content\.xml|styles\.xml"
)
_EQUALS = {
    "carlito": ("calibri",),
    "caladea": ("cambria",),
    "liberationsans": ("arial", "helvetica"),
    "liberationsansnarrow": ("arialnarrow",),
    "liberationserif": ("timesnewroman", "times"),
    "liberationmono": ("couriernew", "courier"),
}
"""Fonts whose letters are exactly as wide as those of others: nothing moves."""
_SIGNS = ("opensymbol", "symbol", "wingdings", "webdings", "dingbats")
"""Bullets and signs."""


def replaced(path: Path, pdf: Path) -> tuple[Remark, ...]:
    """A remark on fonts in the PDF of a document that are not among those it names. Nothing is known of the formats before 2007."""
    try:
        with zipfile.ZipFile(path) as archive:
            named = _named(Parts(archive))
    except DAMAGE:
        return ()
    strange = sorted(font for font in _embedded(pdf) if named and not _is_named(_plain(font), named))
    if not strange:
        return ()
    return (
        Remark(
            Deed.FOUND,
            "fonts-replaced",
            f"is partly set in {' and '.join(strange)}, since a font of its own is not installed here: lines and pages may break elsewhere",
            len(strange),
            advice="save it as PDF in its own program and name that file, or install its fonts",
            warn=True,
        ),
    )


def _named(parts: Parts) -> frozenset[str]:
    found: set[str] = set()
    for name in parts.like(_PARTS):
        # A name that is cut by the end of a block is named elsewhere, too.
        for block in parts.blocks(name):
            found |= {_plain(match.decode(errors="replace")) for match in _NAMED.findall(block)}
    return frozenset(found)


def _embedded(path: Path) -> set[str]:
    """Families of the fonts in a PDF: "DejaVuSerif"."""
    found = set()
    with Pdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and "/FontName" in item:
                # Without the mark of a subset and the style.
                found.add(str(item.FontName).removeprefix("/").rpartition("+")[2].partition("-")[0])
    return found


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().removesuffix("mt").removesuffix("ps"))


def _is_named(font: str, named: frozenset[str]) -> bool:
    if font.startswith(_SIGNS) or font.endswith(_SIGNS):
        return True
    wanted = (font, *_EQUALS.get(font, ()))
    return any(name == font or name.startswith(other) for name in named for other in wanted)
