"""What the {fields} of templates say in a Word file: words, or live fields of Word for page numbers."""

from __future__ import annotations

from dataclasses import dataclass

from briefpack.fields import PAGE_FIELDS
from briefpack.template import Field, pieces
from briefpack.word import xml
from briefpack.word.styles import PAGE_NUMBER
from briefpack.word.xml import Xml, value


@dataclass(frozen=True, slots=True)
class LivePages:
    """Cached results of the live fields. page: of this page; pages: of the last page in arabic numbers.

    last: bookmark on that page, "" where it is in another file. language: of the title of the section around, None for the pack's.
    """

    page: str
    pages: str
    last: str
    language: str | None = None


def runs(template: str, known: dict[str, str], live: LivePages) -> Xml:
    """A template as runs; nothing when it has nothing to say."""
    content: list[Xml] = []
    look = value("rStyle", PAGE_NUMBER)
    # Words in another language need a run of their own.
    apart = {"section"} if live.language is not None and known["section"] else set[str]()
    for piece in pieces(template, known, PAGE_FIELDS | apart):
        match piece:
            case Field(name="page"):
                content.append(xml.field("PAGE", xml.run(live.page, look), look))
            case Field(name="pages") if not live.last:
                content.append(xml.run(live.pages, look))
            case Field(name="pages"):
                # Not NUMPAGES: that counts cover and contents too. Not SECTIONPAGES: that counts one section.
                content.append(xml.field(rf"PAGEREF {live.last} \h", xml.run(live.pages, look), look))
            case Field(name=name):
                content.append(xml.run(known[name], xml.language(live.language)))
            case str():
                content.append(xml.run(piece))
    return xml.join(content)
