"""Word's numbering: headings, numbered paragraphs and lists as abstract lists and their instances.

A list starts again through an instance (w:num) of its own; instances of one abstract list would else count on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefpack.document import List, ListKind
from briefpack.style import Length, Style
from briefpack.word.counters import LabelFormat, from_label, from_pattern
from briefpack.word.looks import fonts, indent
from briefpack.word.styles import HEADINGS, hang, is_numbered, style_id
from briefpack.word.xml import EMPTY, Xml, element, join, part, value

HEADINGS_LIST = 1
"""The instance all numbered headings belong to."""
NO_NUMBER = 2
"""An instance that prints nothing, for a heading without a number in a style that numbers. Instance 0 would mean
the same and need no definition, but validators miss one."""
LEVELS = 9
"""Levels of a list in Word; deeper nesting stays on the last."""


def _level(
    index: int,
    number_format: str,
    text: str,
    *,
    left: int,
    hanging: int,
    paragraph_style: str | None = None,
    suffix: str | None = None,
    look: Xml = EMPTY,
) -> Xml:
    return element(
        "w:lvl",
        {"w:ilvl": index},
        value("start", 1),
        value("numFmt", number_format),
        value("pStyle", paragraph_style) if paragraph_style else EMPTY,
        value("suff", suffix) if suffix else EMPTY,
        value("lvlText", text),
        value("lvlJc", "left"),
        element("w:pPr", None, indent(left, 0, -hanging)),
        element("w:rPr", None, look) if look else EMPTY,
    )


@dataclass(slots=True)
class Numbering:
    """Hands out instance numbers while blocks are written, and gives the part at the end."""

    style: Style
    _abstracts: list[Xml] = field(default_factory=list)
    _instances: list[Xml] = field(default_factory=list)
    _known: dict[tuple[str, ...], int] = field(default_factory=dict)
    _sequences: dict[int, int] = field(default_factory=dict)
    _positions: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _paragraphs: int | None = None

    def __post_init__(self) -> None:
        # Heading styles name HEADINGS_LIST, headings without a number NO_NUMBER, before any block is written.
        self._instance(self._abstract(self._heading_levels()))
        empty = [_level(n, "none", "", left=0, hanging=0, suffix="nothing") for n in range(LEVELS)]
        self._instance(self._abstract(empty))

    def _abstract(self, levels: list[Xml]) -> int:
        number = len(self._abstracts)
        # nsid tells Word which lists are the same when text is pasted elsewhere; it must differ and stay.
        code = f"{0x42500000 + number:08X}"
        self._abstracts.append(
            element(
                "w:abstractNum",
                {"w:abstractNumId": number},
                value("nsid", code),
                value("multiLevelType", "multilevel"),
                value("tmpl", code),
                *levels,
            )
        )
        return number

    def _instance(self, abstract: int, starts: dict[int, int] | None = None) -> int:
        """starts: 0-based level → the number it starts at."""
        number = len(self._instances) + 1
        overrides = [
            element("w:lvlOverride", {"w:ilvl": level}, value("startOverride", start))
            for level, start in sorted((starts or {}).items())
        ]
        self._instances.append(
            element("w:num", {"w:numId": number}, value("abstractNumId", abstract), *overrides)
        )
        return number

    def _heading_levels(self) -> list[Xml]:
        levels: list[Xml] = []
        numbered = [n for n in range(1, 5) if is_numbered(self.style, n)]
        for level, role in enumerate(HEADINGS, 1):
            hanging = hang(self.style, level).twips
            left = self.style.text[role].left.twips + hanging
            if level in numbered:
                text = ".".join(f"%{n}" for n in numbered if n <= level)
                levels.append(
                    _level(
                        level - 1, "decimal", text, left=left, hanging=hanging, paragraph_style=style_id(role)
                    )
                )
            else:
                levels.append(_level(level - 1, "none", "", left=left, hanging=0, suffix="nothing"))
        return levels

    # ------------------------------------------------------------------ numbered paragraphs

    def paragraph(self, sequence: int, level: int, index: int, label: str) -> int | None:
        """The instance for a numbered paragraph; None when Word would not print its label.

        level: 0-based. index: 1-based position at its level.
        """
        patterns = [from_pattern(p) for p in self.style.numbering.paragraphs]
        if level >= len(patterns) or patterns[level].label(index) != label:
            return None
        if self._paragraphs is None:
            self._paragraphs = self._abstract(self._paragraph_levels(patterns))
        counts = self._positions.get(sequence, (0,) * len(patterns))
        if sequence not in self._sequences or counts[level] + 1 != index:
            starts = {n: index if n == level else 1 for n in range(len(patterns))}
            self._sequences[sequence] = self._instance(self._paragraphs, starts)
        deeper = (0,) * (len(patterns) - level - 1)
        self._positions[sequence] = (*counts[:level], index, *deeper)
        return self._sequences[sequence]

    def _paragraph_levels(self, patterns: list[LabelFormat]) -> list[Xml]:
        return [
            self._paragraph_level(level, pattern.number_format, pattern.text(level))
            for level, pattern in enumerate(patterns)
        ]

    def _paragraph_level(self, level: int, number_format: str, text: str) -> Xml:
        base, step = self.style.text["numbered"].left, self.style.numbering.paragraph_indent
        left = Length(base + step * (level + 1)).twips
        return _level(level, number_format, text, left=left, hanging=step.twips)

    def fixed(self, label: str, *, listed: bool) -> int | None:
        """An instance that prints label and counts nothing, for a number that Word would not make: a list stays a list.

        listed: set as in a list, else as before numbered paragraphs. None for a label that lvlText cannot say.
        """
        if "%" in label:
            return None
        key = ("fixed", str(listed), label)
        if key not in self._known:
            # Not a bullet: LibreOffice prints the first character of one.
            level = self._list_level if listed else self._paragraph_level
            levels = [level(n, "none", label) for n in range(LEVELS)]
            self._known[key] = self._instance(self._abstract(levels))
        return self._known[key]

    # ------------------------------------------------------------------ lists

    def list_(self, block: List) -> int | None:
        """The instance for the items of a list; None when Word would not print their labels."""
        level = min(block.depth, LEVELS - 1)
        labels = [item.label for item in block.items]
        if block.kind is not ListKind.NUMBERS:
            if len(set(labels)) != 1:
                return None
            return self._marked(block.kind, level, labels[0])
        label_format = from_label(labels[0], block.start)
        expected = [label_format.label(block.start + n) for n in range(len(labels))] if label_format else None
        if label_format is None or expected != labels:
            return None
        key = ("numbers", str(level), label_format.number_format, label_format.text(level))
        if key not in self._known:
            levels = [
                self._list_level(n, label_format.number_format, label_format.text(n)) for n in range(LEVELS)
            ]
            self._known[key] = self._abstract(levels)
        return self._instance(self._known[key], {level: block.start})

    def _marked(self, kind: ListKind, level: int, label: str) -> int:
        """The one instance of all lists whose items are led in by label at this level."""
        marks = self.style.lists.bullets if kind is ListKind.BULLETS else self.style.lists.dashes
        labels = [marks[min(n, len(marks) - 1)] for n in range(LEVELS)]
        labels[level] = label
        key = (kind.value, *labels)
        if key not in self._known:
            levels = [self._list_level(n, "bullet", each) for n, each in enumerate(labels)]
            self._known[key] = self._instance(self._abstract(levels))
        return self._known[key]

    def _list_level(self, index: int, number_format: str, text: str) -> Xml:
        look, listed = self.style.lists, self.style.text["list"]
        label_look = join(
            (
                fonts(self.style, listed.font),
                Xml('<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/>'),
                value("color", look.colour.hex),
            )
        )
        left = Length(listed.left + look.indent * (index + 1)).twips
        return _level(index, number_format, text, left=left, hanging=look.indent.twips, look=label_look)

    def part(self) -> bytes:
        """The whole of /word/numbering.xml: every abstract list stands before every instance, or Word repairs it."""
        return part("w:numbering", ("w",), *self._abstracts, *self._instances)
