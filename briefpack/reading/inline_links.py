"""Links of Markdown and references in brackets → spans, checked: what they lead to, and whether their words say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import unquote

from briefpack.blocks import AuthorSpan, Reference
from briefpack.document import Link, Text
from briefpack.errors import Where
from briefpack.reading.checks import Report
from briefpack.reading.link_addresses import is_whole, what_is_wrong
from briefpack.reading.source import Source
from briefpack.reading.wording import is_address, says_nothing

_TARGET = re.compile(
    r"\s*([^,\s](?:[^,]*[^,\s])?)\s*(?:,\s*(?:(?:pp?\.?|page)\s*)?([1-9][0-9]{0,4})\s*)?\Z", re.ASCII
)
_LONGEST_TARGET = 200


class LinkToken(Protocol):
    """What is used of markdown-it's token that begins a link. info: "auto" of one that is written as <address>."""

    info: str

    def attrGet(self, name: str) -> Any: ...  # noqa: N802  markdown-it's own name


class Links:
    """Makes the links and references of a paragraph. source: for their places."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source = source
        self._report = report

    def reference(
        self, target: str, words: tuple[Text, ...], where: Where, instead: Text | None
    ) -> Reference | None:
        """A reference; None where it names nothing, which is reported. target: as written, with its page.

        words: the author's own, () for the label of what it leads to. instead: for those who do not get that, empty for nothing at all; None where nothing is
        said of it.
        """
        if instead is not None:
            self._report.conditional = True
        match = _TARGET.match(target) if len(target) <= _LONGEST_TARGET else None
        if match is None:
            fact = f"“{target[:60]}” is no reference" if target.strip() else "this reference names nothing"
            self._report.error(
                where, fact, "write [[name]], [[name, p. 12]] or [[name | words for those who do not get it]]"
            )
            return None
        page = int(match[2]) if match[2] else None
        return Reference(
            match[1], page, words, where, None if instead is None else (instead,) if instead.text else ()
        )

    def link(
        self,
        token: LinkToken,
        words: tuple[Text, ...],
        line: int,
        styled: Callable[[str], Text],
        *,
        checked: bool,
    ) -> AuthorSpan | None:
        """A link, a reference written as one, or text that only looks like one; None for what leads nowhere, which is reported.

        line: of the link, 0-based. styled: gives words the look of those around. checked: whether its words should say where it leads.
        """
        url = str(token.attrGet("href") or "")
        if token.info == "auto" and not is_whole(url):
            # `<xs:element>` looks like an autolink and is none: it is text.
            return styled("<" + "".join(word.text for word in words) + ">")
        if url.startswith("#"):
            where = self._source.find("](#", line)
            if not words:
                self._report.error(where, "this reference has no words", f"write [[{unquote(url[1:])}]]")
                return None
            if checked:
                self._check_words(words, url, line)
            said = token.attrGet("title")
            if said is not None and "[[" in str(said):
                self._report.error(
                    where,
                    "the words that stand for a reference cannot be one themselves",
                    "write what those read who do not get what it leads to",
                )
            return self.reference(
                unquote(url[1:]), words, where, None if said is None else styled(str(said).strip())
            )
        if not is_whole(url):
            where = self._source.find("](" if token.info != "auto" else "<", line)
            self._report.error(where, *what_is_wrong(url))
            return None
        words = words or (Text(url),)
        if checked:
            self._check_words(words, url, line, auto=token.info == "auto")
        return Link(url, words)

    def _check_words(self, words: tuple[Text, ...], url: str, line: int, *, auto: bool = False) -> None:
        """Warn about words that do not say where the link leads. auto: written as <address>."""
        text = "".join(word.text for word in words)
        if says_nothing(text):
            self._report.warning(
                self._source.find(f"[{text}](", line),
                f"the link text “{text}” does not say where it leads",
                "use words that say it: on paper, and to a screen reader, they are all there is",
                rule="link-words",
            )
        elif is_address(text, url):
            self._report.warning(
                self._source.find(f"<{text}>" if auto else f"[{text}](", line),
                f"the words of this link are its address, “{text[:60]}{'…' if len(text) > 60 else ''}”",
                f"write own words: [what it leads to]({url if len(url) <= 60 else '…'})",
                rule="link-words",
            )
