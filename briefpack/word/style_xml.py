"""One style as an element of /word/styles.xml."""

from __future__ import annotations

from briefpack.word.styles import Name
from briefpack.word.xml import EMPTY, Xml, element, value


def style_element(
    kind: str, name: Name, *content: Xml, base: str | None, priority: int, default: bool = False
) -> Xml:
    """base: id of the style it is based on. priority: where Word lists it. default: the style of what names none."""
    attributes: dict[str, str | int] = {"w:type": kind}
    if default:
        attributes["w:default"] = 1
    attributes["w:styleId"] = name.id
    if not _is_built_in(name):
        attributes["w:customStyle"] = 1
    return element(
        "w:style",
        attributes,
        value("name", name.name),
        value("basedOn", base) if base else EMPTY,
        value("next", name.next) if name.next else EMPTY,
        value("uiPriority", priority),
        EMPTY if default and kind != "paragraph" else Xml("<w:qFormat/>"),
        *content,
    )


_BUILT_IN = {
    "Normal",
    "List Paragraph",
    "List Continue",
    "TOC Heading",
    "Title",
    "Subtitle",
    "Hyperlink",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
}


def _is_built_in(name: Name) -> bool:
    # All other names of Word's own begin with a small letter, none of ours does.
    return name.name in _BUILT_IN or name.name[0].islower()
