"""Documents made without reading any file, with every kind of block, for tests of the writers and the layout."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Mapping
from datetime import datetime
from itertools import count
from pathlib import Path

from briefpack.document import (
    Align,
    AnnexEntry,
    Block,
    Callout,
    Caption,
    Cell,
    Column,
    CrossReference,
    Document,
    Heading,
    Image,
    ImageData,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    Meta,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Spans,
    Table,
    Text,
    TocEntry,
    TocKind,
    plain_text,
)
from briefpack.errors import Where
from tests.specimens import SPECIMENS, UNIONS

WHERE = Where(Path("made.yaml"), 1, 1)
_WORDS = (  # noqa: SIM905  # words read better as words than as a list of quoted ones
    "allies security summit ministers region partners agreement support visit council liaison mission capacity "
    "industrial production cooperation strategic importance defence spending institutions police training advisory "
    "the of and to in for with on at by from as a will has been they their our this next last between under"
).split()


def picture(width: int = 480, height: int = 240) -> ImageData:
    """A PNG with a plain gradient."""
    rows = b"".join(
        b"\0" + bytes(v for x in range(width) for v in (40 + x * 120 // width, 80 + y * 90 // height, 150))
        for y in range(height)
    )

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    content = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return ImageData(content, "png", width, height, 96.0)


def words(text: str) -> Spans:
    return (Text(text),)


def prose(rng: random.Random, sentences: int = 4) -> str:
    """Sentences of 8 to 22 words."""
    made = []
    for _ in range(sentences):
        chosen = [rng.choice(_WORDS) for _ in range(rng.randint(8, 22))]
        made.append(" ".join([chosen[0].capitalize(), *chosen[1:]]) + ".")
    return " ".join(made)


def paragraph(text: str, role: str = "body", **more: object) -> Paragraph:
    return Paragraph(words(text), WHERE, role, **more)  # type: ignore[arg-type]  # keywords of Paragraph


def item(label: str, text: str, *more: Block) -> ListItem:
    return ListItem(label, (paragraph(text, "list"), *more))


def cell(*texts: str, role: str = "table-cell") -> Cell:
    roles = [role] + ["table-detail"] * len(texts)
    return Cell(tuple(paragraph(text, which) for text, which in zip(texts, roles, strict=False)))


def row(*texts: str | tuple[str, ...], role: str = "table-cell") -> Row:
    return Row(
        tuple(cell(text, role=role) if isinstance(text, str) else cell(*text, role=role) for text in texts),
        WHERE,
    )


def sample_meta(**more: object) -> Meta:
    """A fictional ministry's pack. more: fields of Meta that differ."""
    fields: dict[str, object] = {
        "title": "Meeting of Foreign Ministers",
        "subtitle": "Brussels, 3–4 April 2025",
        "reference": "FMM(25)",
        "organisation": "Ministry of External Affairs",
        "owner": "Security Policy Desk",
        "place": "Brussels",
        "dates": "3–4 April 2025",
        "chair": "Secretary General",
        "version": "2",
        "as_of": "2 April 2025, 18:00",
        "language": "en",
        "marking": "Specimen — internal",
        "audience": "delegation",
        "audience_title": "Delegation",
        "date": datetime(2025, 4, 2, 18, 0),
        "where": WHERE,
        "file_stem": "meeting-delegation",
        "watermark": "SPECIMEN",
    }
    return Meta(**(fields | more))  # type: ignore[arg-type]  # the fields above and the caller's are those of Meta


class SectionMaker:
    """Makes a section's blocks with numbers and anchors, as resolve would. number: of the section, 1-based."""

    sequences = count(1)

    def __init__(self, number: int, *, numbered: bool = True) -> None:
        self.number = number
        self.numbered = numbered
        self.blocks: list[Block] = []
        self.entries: list[TocEntry] = []
        self.levels = [0, 0, 0]
        self.paragraphs = [0, 0, 0]
        self.made = 0

    def _anchor(self, kind: str) -> str:
        self.made += 1
        return f"{kind}_{self.number}_{self.made}"

    def heading(self, text: str, level: int = 2) -> str:
        self.levels[level - 2] += 1
        self.levels[level - 1 :] = [0] * (4 - level)
        number = (
            ".".join(map(str, [self.number, *self.levels[: level - 1]]))
            if self.numbered and level == 2
            else None
        )
        anchor = self._anchor("h")
        self.blocks.append(Heading(level, number, words(text), anchor, WHERE))
        if level <= 2:
            self.entries.append(TocEntry(TocKind.HEADING, level, number, text, anchor))
        return anchor

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def numbered_paragraph(self, text: str, level: int = 0, label: str | None = None) -> None:
        above = self.paragraphs[:level]
        self.paragraphs = [*above, self.paragraphs[level] + 1, *[0] * (2 - level)]
        index = self.paragraphs[level]
        self.blocks.append(
            NumberedParagraph(
                level, label or f"{index}.", index, self.number, words(text), self._anchor("p"), WHERE
            )
        )

    def dashes(self, *texts: str) -> None:
        self.blocks.append(
            List(ListKind.DASHES, tuple(item("—", text) for text in texts), 0, next(self.sequences), WHERE)
        )

    def table(
        self,
        header: tuple[str, ...],
        rows: list[tuple[str | tuple[str, ...], ...]],
        shares: tuple[float, ...],
        *,
        caption: str | None = None,
        source: str | None = None,
    ) -> str:
        anchor = self._anchor("tbl")
        self.blocks.append(
            Table(
                tuple(
                    Column(share, Align.RIGHT if k and k == len(shares) - 1 else Align.LEFT)
                    for k, share in enumerate(shares)
                ),
                (row(*header, role="table-header"),) if header else (),
                tuple(row(*cells) for cells in rows),
                anchor,
                WHERE,
                Caption(f"Table {self.number}", words(caption)) if caption else None,
                words(source) if source else None,
            )
        )
        return anchor

    def section(self, title: str, lead: str = "", language: str | None = None) -> Section:
        return Section(
            str(self.number) if self.numbered else None,
            title,
            f"sec_{self.number}",
            words(lead) if lead else (),
            tuple(self.blocks),
            WHERE,
            language,
        )


def _agenda(maker: SectionMaker) -> Section:
    for day in ("Thursday, 3 April 2025", "Friday, 4 April 2025"):
        maker.heading(day)
        maker.table(
            ("Time", "Item", "Lead", "Brief"),
            [
                (
                    "12:30–14:30",
                    (
                        "North Atlantic Council, working lunch",
                        "Defence spending, industrial production, Summit in The Hague. Closed to the press.",
                    ),
                    "Secretary General",
                    "§2",
                ),
                (
                    "15:00–16:30",
                    (
                        "Meeting with Indo-Pacific partners",
                        "Australia, Japan, New Zealand, Republic of Korea.",
                    ),
                    "Secretary General",
                    "§4",
                ),
                ("19:00–21:00", ("NATO-Ukraine Council, working dinner",), "Secretary General", "§3, §2"),
            ],
            (0.17, 0.5, 0.22, 0.11),
        )
    return maker.section("Annotated agenda", "Times are Brussels time (CEST).")


def _brief(maker: SectionMaker) -> Section:
    rng = random.Random(2)
    maker.heading("Objective")
    maker.add(
        paragraph(
            "Keep the region high on the Alliance’s agenda before the Summit in The Hague, and secure agreement that "
            "Kosovo Force (KFOR) keeps its present posture.",
            "objective",
        )
    )
    maker.heading("Points to make")
    maker.add(paragraph("To the table", "addressee", keep_with_next=True))
    maker.dashes(
        "Security in the Western Balkans is vital for our own. We said so at the Washington Summit, and nothing since "
        "has made it less true.",
        "The Secretary General’s two visits in March were the right signal at the right time.",
    )
    maker.add(paragraph("To the EU High Representative", "addressee", keep_with_next=True))
    maker.dashes(
        "Practical cooperation on the ground is good. Let us say in public what our staffs already do."
    )
    maker.heading("If raised")
    maker.add(
        Callout(
            words("Reducing KFOR"),
            (
                paragraph(
                    "The posture follows the situation, not the calendar. We support the Commander’s assessment.",
                    "callout",
                ),
            ),
            WHERE,
        )
    )
    maker.heading("Background")
    maker.numbered_paragraph(
        "The Secretary General visited Sarajevo in March. Later that month he went to Kosovo together with the North "
        "Atlantic Council and met personnel of KFOR and of the NATO Advisory and Liaison Team (NALT)."
    )
    maker.numbered_paragraph("The visits in order:")
    maker.numbered_paragraph("Sarajevo, " + prose(rng, 1), 1, "(a)")
    maker.numbered_paragraph("Kosovo, " + prose(rng, 1), 1, "(b)")
    maker.numbered_paragraph("with the Council.", 2, "(i)")
    table = maker.table(
        ("Date", "Event", "Source"),
        [
            ("10 March 2025", "Secretary General in Sarajevo", "Annex B"),
            ("11 March 2025", "Council visits KFOR and NALT", "Annex B"),
        ],
        (0.25, 0.5, 0.25),
        caption="Visits in March",
        source="Source: desk, from public notices.",
    )
    maker.add(
        Paragraph(
            (
                Text("See "),
                CrossReference(table, (Text("table 2"),)),
                Text(", "),
                CrossReference("annex_b", (Text("Annex B, p. 2"),), annex_page=2),
                Text(" and "),
                CrossReference("sec_1", (Text("the agenda"),), by_author=True),
                Text(", or "),
                Link("https://www.nato.int/", (Text("the public site"),)),
                Text(". Write to "),
                Link("mailto:desk@example.org", (Text("the desk", emphasis=True),)),
                Text(". A "),
                Text("strong", strong=True),
                Text(" and an "),
                Text("emphatic", emphasis=True),
                Text(" word, "),
                Text("code", code=True),
                Text(" and "),
                Text("une remarque", language="fr", secondary=True),
                Text("."),
                LineBreak(),
                Text("A second line & <b>no markup</b>."),
            ),
            WHERE,
            anchor="para_named",
        )
    )
    return maker.section(
        "Western Balkans", "Full brief · Lead: South-East Europe Desk · Cleared 2 April 2025"
    )


def _everything(maker: SectionMaker) -> Section:
    rng = random.Random(3)
    maker.add(paragraph(prose(rng)))
    maker.heading("Lists", 2)
    inner = List(
        ListKind.BULLETS,
        (
            item("–", "one inside"),
            item(
                "–",
                "another inside",
                List(ListKind.BULLETS, (item("–", "third level"),), 2, 902, WHERE),
            ),
        ),
        1,
        901,
        WHERE,
    )
    maker.add(
        List(
            ListKind.BULLETS,
            (
                item("•", prose(rng, 2)),
                item("•", "an item with a list", inner),
                item("•", "two paragraphs", paragraph(prose(rng, 1), "list")),
            ),
            0,
            900,
            WHERE,
        )
    )
    maker.add(
        List(
            ListKind.NUMBERS,
            tuple(item(f"{n}.", prose(rng, 1)) for n in range(9, 12)),
            0,
            903,
            WHERE,
            start=9,
        )
    )
    maker.heading("Third level", 3)
    maker.add(paragraph(prose(rng)))
    maker.heading("Fourth level", 4)
    maker.add(paragraph(prose(rng)))
    maker.heading("Figures", 2)
    maker.add(
        Image(
            picture(),
            "A blue gradient",
            maker._anchor("fig"),
            WHERE,
            0.6,
            Caption("Figure 1", words("A gradient, for want of a map")),
            words("Source: made for tests."),
        )
    )
    maker.add(Image(picture(64, 64), "", maker._anchor("fig"), WHERE))
    maker.add(
        Callout(words("A long box"), tuple(paragraph(prose(rng, 6), "callout") for _ in range(12)), WHERE)
    )
    maker.add(
        Callout(
            None,
            (
                paragraph("Untitled, with a list:", "callout"),
                List(
                    ListKind.BULLETS,
                    tuple(ListItem("•", (paragraph(t, "callout"),)) for t in ("one", "two")),
                    0,
                    904,
                    WHERE,
                ),
            ),
            WHERE,
        )
    )
    maker.heading("A long table", 2)
    maker.table(
        ("Day", "What happened", "Count"),
        [(f"{n} May", prose(rng, 1 + n % 3), str(n * 37)) for n in range(1, 61)],
        (0.15, 0.7, 0.15),
        caption="Sixty rows",
        source="Source: a seeded generator.",
    )
    maker.add(PageBreak(WHERE))
    maker.heading("After the break", 2)
    maker.table(
        ("", "One tall row"),
        [("left", tuple(prose(rng, 5) for _ in range(14))), ("after", "it")],
        (0.2, 0.8),
    )
    for _ in range(30):
        maker.heading(prose(rng, 1)[:40].rstrip(), 2)
        maker.add(*(paragraph(prose(rng)) for _ in range(rng.randint(1, 4))))
    return maker.section("Everything there is, with a title so long that it needs a second line to be set")


def sample_annexes(pages: tuple[int, ...] = (4, 1, 12)) -> tuple[AnnexEntry, ...]:
    titles = (
        "Action plan for the southern neighbourhood",
        "Map of visits, March 2025 (landscape)",
        "Accreditation form and a title that is so long that it does not fit on a line of the contents",
    )
    return tuple(
        AnnexEntry(
            chr(ord("A") + k),
            titles[k % 3],
            f"annex_{chr(ord('a') + k)}",
            number,
            f"annex-{k}.pdf",
            f"{k:064x}",
            WHERE,
            "Washington Summit, July 2024" if k != 1 else None,
            "Public document" if k == 0 else None,
        )
        for k, number in enumerate(pages)
    )


def sample_document(
    *,
    annexes: tuple[int, ...] = (4, 1, 12),
    more_sections: int = 0,
    numbered: bool = True,
    language: str = "en",
    **meta: object,
) -> Document:
    """A pack with every kind of block. annexes: page counts. more_sections: short ones of prose after the others.

    meta: fields of Meta that differ from sample_meta's.
    """
    makers = [SectionMaker(n, numbered=numbered) for n in range(1, 4)]
    sections = [_agenda(makers[0]), _brief(makers[1]), _everything(makers[2])]
    for n in range(4, 4 + more_sections):
        rng = random.Random(n)
        maker = SectionMaker(n, numbered=numbered)
        for _ in range(4):
            maker.heading(prose(rng, 1)[:50].rstrip(". "))
            maker.add(*(paragraph(prose(rng)) for _ in range(rng.randint(1, 5))))
        makers.append(maker)
        sections.append(maker.section(f"Section of prose {n}"))
    entries = sample_annexes(annexes)
    if len(entries) < 2:
        sections[1] = _without_annex_links(sections[1])
    contents: list[TocEntry] = []
    for maker, section in zip(makers, sections, strict=True):
        contents.append(TocEntry(TocKind.SECTION, 1, section.number, section.title, section.anchor))
        contents.extend(maker.entries)
    contents.extend(TocEntry(TocKind.ANNEX, 1, annex.label, annex.title, annex.anchor) for annex in entries)
    return Document(sample_meta(language=language, **meta), tuple(contents), tuple(sections), entries)


def vocabulary_document(kinds: Mapping[str, tuple[Block, ...]] | None = None, **meta: object) -> Document:
    """A pack with a section for each of the kinds, those of SPECIMENS and UNIONS when None; without annexes.

    meta: fields of Meta that differ from sample_meta's.
    """
    shown = {**SPECIMENS, **UNIONS} if kinds is None else kinds
    sections = tuple(
        Section(str(n), name.capitalize(), f"sec_v{n}", (), blocks, WHERE)
        for n, (name, blocks) in enumerate(shown.items(), 1)
    )
    contents = tuple(TocEntry(TocKind.SECTION, 1, s.number, s.title, s.anchor) for s in sections)
    return Document(sample_meta(**meta), contents, sections, ())


def _without_annex_links(section: Section) -> Section:
    blocks = tuple(
        paragraph(plain_text(block.spans), block.role)
        if isinstance(block, Paragraph) and block.anchor == "para_named"
        else block
        for block in section.blocks
    )
    return Section(
        section.number, section.title, section.anchor, section.lead, blocks, section.where, section.language
    )
