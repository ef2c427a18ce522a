"""The structure tree: what the pages say, in the order in which it is read, made before anything is drawn.

Elements are made where flows are made and handed to them; the parts that a flow is split into share its element. Drawing
only records which marks on which pages belong to an element (tags.py). Types are those of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.marking import Marking

_NONE: Mapping[str, str] = {}


class Element:
    """A node of the tree. kind: its structure type ("P", "H2", "TD"). parent: None for the root.

    children: elements inside, in reading order; they are read after what the element says itself.
    inline: it stands among its parent's words; where, is known when these are drawn.
    language: BCP 47, None for the language around it. title: of a section or box, for a tree that is shown; None for none.
    alternative: what is said instead of a picture. spoken: the words as they were written, where they are printed
    otherwise. identity: a name unique in the file.
    attributes: name → value as a PDF writes it ("/Column", "2"); see tags.OWNERS.
    marking: of what it says, None for that of the element around it; it is not written, but told by the banner of the page.
    """

    __slots__ = (
        "alternative", "attributes", "children", "identity", "inline", "kind", "language", "marking", "parent", "spoken",
        "title",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        parent: Element | None = None,
        *,
        inline: bool = False,
        spoken: str | None = None,
        language: str | None = None,
        title: str | None = None,
        alternative: str | None = None,
        identity: str | None = None,
        attributes: Mapping[str, str] = _NONE,
        marking: Marking | None = None,
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.children: list[Element] = []
        self.inline = inline
        self.spoken = spoken
        self.language = language
        self.title = title
        self.alternative = alternative
        self.identity = identity
        self.attributes = attributes
        self.marking = marking

    def add(
        self,
        kind: str,
        *,
        language: str | None = None,
        title: str | None = None,
        alternative: str | None = None,
        identity: str | None = None,
        attributes: Mapping[str, str] = _NONE,
        marking: Marking | None = None,
    ) -> Element:
        """A new child after the others."""
        child = Element(
            kind,
            self,
            language=language,
            title=title,
            alternative=alternative,
            identity=identity,
            attributes=attributes,
            marking=marking,
        )
        self.children.append(child)
        return child

    def among_words(self, kind: str, *, language: str | None = None, spoken: str | None = None) -> Element:
        """A new element for some of this one's words: a link, words in another language or in capitals."""
        return Element(kind, self, inline=True, language=language, spoken=spoken)

    def around(self, kind: str) -> Element | None:
        """The nearest element of a kind, which may be this one or stands around it; None when there is none."""
        element: Element | None = self
        while element is not None and element.kind != kind:
            element = element.parent
        return element

    @property
    def marked(self) -> Marking | None:
        """The marking of what it says; None where nothing around it has one."""
        element: Element | None = self
        while element is not None and element.marking is None:
            element = element.parent
        return None if element is None else element.marking

    @property
    def is_plain(self) -> bool:
        """Whether its type and what it holds are all there is to say of it."""
        return not (
            self.attributes or self.title or self.language or self.alternative or self.spoken or self.identity
        )

    @property
    def is_heading(self) -> bool:
        """Whether it is H1 to H6."""
        return self.kind[0] == "H"

    def __repr__(self) -> str:
        return f"<{self.kind}>" if self.parent is None else f"{self.parent!r}<{self.kind}>"
