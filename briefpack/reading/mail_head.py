"""The head of a message: who wrote to whom, when and about what, in words that keep to their line; and what it says of a marking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

from briefpack.annex_text import Attachment, Letterhead, Mailbox
from briefpack.inscription import SAYS_A_MARKING
from briefpack.reading.foreign_text import clean
from briefpack.reading.mail_parts import DAMAGE, header_of

PRINTED = frozenset({"from", "to", "cc", "date", "subject"})
"""The lines of a head that are printed."""
_LONGEST_LINE = 998
"""Characters of a header's value that are read (RFC 5322, 2.1.1, has as many bytes on a line)."""
_LABEL = re.compile(r"(MSIP_Label_[\w-]+_Name)\s*=\s*([^;]+)")
"""In the header line msip_labels, which Microsoft's programs write."""


class MailHead:
    """The head of a message. instead: as in read_plain_text. controls: how many control characters were left out of its words so far."""

    def __init__(self, message: EmailMessage, instead: Mapping[int, str]) -> None:
        self._message = message
        self._instead = instead
        self.controls = 0

    def letterhead(self, attachments: Sequence[Attachment]) -> Letterhead:
        """What is printed of it. attachments: as the parts name them."""
        return Letterhead(
            self._mailboxes("from"),
            self._mailboxes("to"),
            self._mailboxes("cc"),
            *self._date(),
            subject=self._words(self._header("subject")),
            attachments=tuple(replace(each, name=self._words(each.name)) for each in attachments),
        )

    def markings(self) -> Iterator[tuple[str, str]]:
        """Names and values of what the head says of the marking; a subject is looked at as well."""
        for name in dict.fromkeys(key.lower() for key in self._message):
            value = header_of(self._message, name)[:_LONGEST_LINE]
            if name == "msip_labels":
                yield from ((match[1], match[2]) for match in _LABEL.finditer(value))
            elif name == "subject" or SAYS_A_MARKING.search(name):
                yield name, value

    def _header(self, name: str) -> str:
        return header_of(self._message, name)

    def _words(self, text: str) -> str:
        """Words of the head on one line, whatever was hidden in them."""
        decoded = clean(text[:_LONGEST_LINE], lenient=True)
        self.controls += decoded.controls
        return " ".join(decoded.text.translate(self._instead).split())

    def _mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        found: list[Mailbox] = []
        try:
            for header in self._message.get_all(name) or ():
                for address in header.addresses:
                    spec = "" if address.addr_spec in {"", "<>"} else address.addr_spec
                    box = Mailbox(self._words(address.display_name or ""), self._words(spec))
                    if box.name or box.address:
                        found.append(box)
                found.extend(
                    Mailbox(self._words(group.display_name), "")
                    for group in header.groups
                    if group.display_name and not group.addresses
                )
        except DAMAGE:
            found = []
        words = self._words(self._header(name))
        if not found and words:
            # No list of addresses, but words all the same.
            return (Mailbox(words, ""),)
        return tuple(found)

    def _date(self) -> tuple[datetime | None, str]:
        words = self._words(self._header("date"))
        try:
            header = self._message["date"]
            moment = None if header is None else header.datetime
        except DAMAGE:
            moment = None
        return moment, words
