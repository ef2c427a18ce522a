"""Addresses that a link may lead to: whole ones of the web and of mail, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from briefpack.errors import Where
from briefpack.reading.checks import Report

_WHOLE = re.compile(r"(?:https?://[^\s/?#]+(?:[/?#]\S*)?|mailto:[^\s@]+@[^\s@]+)\Z", re.IGNORECASE)
_SAFE = "!#$%&'()*+,/:;=?@[]~"


def is_whole(url: str) -> bool:
    """Whether an address leads somewhere by itself, whatever page it stands on."""
    return _WHOLE.match(url) is not None


def safe_address(url: str) -> str | None:
    """An address that somebody else wrote, with its odd characters as %XX; None for any that is no whole web or mail address."""
    url = quote(url.strip(), safe=_SAFE)
    return url if is_whole(url) else None


def check_address(url: str, where: Where, report: Report) -> bool:
    """Whether an address stands for itself, in no link of Markdown; report one that does not lead anywhere."""
    if not is_whole(url):
        report.error(where, *what_is_wrong(url))
        return False
    if not url.isascii():
        report.error(
            where,
            f"the address “{url[:60]}” has letters that addresses do not have",
            "copy it from the address line of a browser, which writes them as %C3%A9",
        )
        return False
    return True


def what_is_wrong(url: str) -> tuple[str, str]:
    """Fact and remedy for an address that is not whole."""
    shown = unquote(url)[:60]
    if url.lower().startswith("www."):
        return f"the link “{shown}” is no whole address", f"write https://{shown}"
    if "@" in url and ":" not in url:
        return f"the link “{shown}” is no whole address", f"write mailto:{shown}"
    return (
        f"the link “{shown}” leads to no web or mail address",
        "links begin with https://, http:// or mailto:; a reference inside the pack is written (#name)",
    )
