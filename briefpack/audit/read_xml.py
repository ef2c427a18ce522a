"""XML → its texts, attributes, comments and instructions, by expat; nothing in it is expanded or fetched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 2000
"""Elements in one another; tables in tables of real documents come to some hundred."""


class BadXmlError(Exception):
    """It cannot be read whole. The message goes on after the name of a place: "is no well-formed XML …"."""


@dataclass(slots=True)
class XmlSeen:
    """texts: (name of the element, text). values: (name of the attribute, value). aside: comments and instructions."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def parse(data: bytes, prepare: Callable[[expat.XMLParserType], None]) -> None:
    """Run expat over a document. prepare: sets the handlers. Raises BadXmlError.

    A document type declaration ends the reading: it is where entities are made that grow without end (and no part of an Office document or
    XMP packet may have one: ECMA-376, part 2, 9.1.4).
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = _refused
    prepare(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadXmlError(
            f"is no well-formed XML ({expat.ErrorString(error.code)}, line {error.lineno})"
        ) from None
    except (ValueError, LookupError) as error:
        raise BadXmlError(f"is XML in an encoding that is not known ({error})") from None


def too_deep(*_: object) -> None:
    raise BadXmlError(f"is XML with elements more than {DEEPEST:,} deep in one another")


def _refused(*_: object) -> None:
    raise BadXmlError("is XML with a document type declaration")


def read_xml(data: bytes) -> XmlSeen:
    """Everything in a document. Raises BadXmlError."""
    seen = XmlSeen()
    open_ones: list[str] = [""]

    def start(tag: str, attributes: list[str]) -> None:
        open_ones.append(tag.rpartition(" ")[2])
        if len(open_ones) > DEEPEST:
            too_deep()
        seen.values += [
            (name.rpartition(" ")[2], value)
            for name, value in zip(attributes[::2], attributes[1::2], strict=True)
        ]

    def end(_tag: str) -> None:
        open_ones.pop()

    def characters(text: str) -> None:
        if not text.isspace():
            seen.texts.append((open_ones[-1], text))

    def prepare(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.CommentHandler = seen.aside.append
        parser.ProcessingInstructionHandler = lambda target, text: seen.aside.append(f"{target} {text}")

    parse(data, prepare)
    return seen
