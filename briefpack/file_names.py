"""What an audience's files are called: the template of its style filled in, safe on every system and short enough for all of them; pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from briefpack.pack import Audience, Pack
from briefpack.style import Style
from briefpack.template import Field, fields, pieces

LONGEST = 100
"""Bytes of a name without its ending: with folders before it, old mail servers and Windows (260 characters of a path) take it."""
_SHORTEST = 8
"""Bytes to which a field is shortened, at most."""
_UNSAFE = re.compile(r'[\s\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+')
"""What a name may not have on some system, what a shell divides at, and what is not seen or turns the order of letters."""
_RUN = re.compile(r"-{2,}")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that are devices on Windows, whatever stands behind a dot."""
_KEPT = ("audience", "marking")
"""Fields that are shortened last: they tell files apart, and who may have them."""


def file_stem(pack: Pack, audience: Audience, style: Style, date: datetime) -> str:
    """The name, without the ending that tells the format. pack: the audience's selection. date: the build's clock."""
    if style.file_name == "{pack}-{audience}":
        # Folders and keys are safe names already.
        return f"{pack.name}-{audience.name}"
    meta = pack.meta
    values = {
        "pack": pack.name,
        "audience": audience.name,
        "title": meta.title,
        "reference": meta.reference,
        "version": meta.version,
        "date": date.date().isoformat(),
        "marking": meta.marking if audience.marking is None else audience.marking,
        "style": style.name,
    }
    return _fitted(style.file_name, {name: safe(words) for name, words in values.items()})


def safe(words: str) -> str:
    """Words as a part of a name: dashes for what some system does not take, in the one form that all of them keep."""
    words = _UNSAFE.sub("-", unicodedata.normalize("NFC", words))
    words = "".join(
        char for char in words if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return _RUN.sub("-", words).strip("-. ")


def _fitted(template: str, values: dict[str, str]) -> str:
    """A name of at most LONGEST bytes: the longest fields are shortened until it is."""
    used = set(fields(template))
    name = _filled(template, values)
    for names in (sorted(used.difference(_KEPT)), sorted(used)):
        while names and len((name := _filled(template, values)).encode()) > LONGEST:
            longest = max(names, key=lambda each: len(values[each].encode()))
            if len(values[longest].encode()) <= _SHORTEST:
                break
            values[longest] = values[longest][:-1].rstrip("-. ")
    while len(name.encode()) > LONGEST:
        # The style's own words are too long.
        name = name[:-1].rstrip("-. ")
    return name


def _filled(template: str, values: dict[str, str]) -> str:
    made = pieces(template, values)
    name = safe("".join(piece for piece in made if not isinstance(piece, Field))) or "pack"
    return f"{name}-" if name.partition(".")[0].casefold() in _DEVICES else name
