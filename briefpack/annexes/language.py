"""Is a text the name of a language? As ISO 32000-1, 14.9.2.2 wants it. Pure."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


def is_language(text: str) -> bool:
    """Whether text is a language tag, "en" or "fr-CH"."""
    return _TAG.fullmatch(text) is not None
