"""A reader's name as our own pages can show it."""

from __future__ import annotations

import unicodedata

from briefpack.distribution import Mailbox


def shown_name(mailbox: Mailbox) -> str:
    """His name; "" where he has none, or where it is written from right to left, which is not set here."""
    turned = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in mailbox.name)
    return "" if turned else mailbox.name


def shown_or_address(mailbox: Mailbox) -> str:
    """His name, else his address."""
    return shown_name(mailbox) or str(mailbox.address)
