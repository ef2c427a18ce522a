"""Every text of a pack is met once, in reading order, with its kind; every block at every depth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorBlock,
    AuthorCell,
    AuthorColumn,
    AuthorRow,
    AuthorSeries,
    AuthorTableNote,
    BesideBlock,
    CalloutBlock,
    ChartBlock,
    ClearanceBlock,
    ClearanceStep,
    ColumnBreakBlock,
    ColumnsBlock,
    ContactBlock,
    Definition,
    DefinitionsBlock,
    Fact,
    FactsBlock,
    Generated,
    GeneratedBlock,
    HeadingBlock,
    IfRaised,
    ImageBlock,
    Item,
    KeepBlock,
    KeyFigure,
    KeyFiguresBlock,
    LandscapeBlock,
    ListBlock,
    Note,
    NumberedBlock,
    NumberedItem,
    PageBreakBlock,
    ParagraphBlock,
    PeopleBlock,
    Person,
    Points,
    PointsBlock,
    QrBlock,
    QuestionsBlock,
    QuoteBlock,
    Record,
    RecordsBlock,
    Reference,
    Signature,
    SignaturesBlock,
    SpeechBlock,
    TableBlock,
    TimelineBlock,
    TimelineEntry,
    VerbatimBlock,
)
from briefpack.document import ChartKind, ImageData, LineBreak, Link, ListKind, Text
from briefpack.drawing import Drawing
from briefpack.errors import Where
from briefpack.lint.walk import (
    HOLE,
    TextKind,
    agenda_items,
    blocks_of,
    groups_of_points,
    objectives,
    passages,
    words_of,
)
from briefpack.pack import Pack
from tests.lint.made import pack_of

WHERE = Where(Path("made.yaml"), 1, 1)


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def paragraph(text: str) -> ParagraphBlock:
    return ParagraphBlock(words(text), WHERE)


def item(text: str) -> Item:
    return Item((paragraph(text),), WHERE)


IMAGE = ImageBlock(
    Path("a.png"),
    ImageData(b"", "png", 1, 1, 96),
    "alt",
    None,
    words("picture"),
    words("maker"),
    WHERE,
    credit=words("credit"),
)
EVERY_KIND: tuple[tuple[AuthorBlock, str], ...] = (
    (VerbatimBlock(("a",), WHERE), ""),
    (GeneratedBlock(Generated.TABLES, WHERE), ""),
    (ContactBlock(words("a"), "1", "a@b.example", words("b"), None, WHERE), "a b"),
    (RecordsBlock(("person",), (Record((words("a"), None), WHERE),), "table", WHERE), "a"),
    (
        PeopleBlock(
            (Person(words("a"), words("b"), words("c"), None, words("d"), None, (paragraph("e"),), WHERE),),
            WHERE,
        ),
        "a b d e",
    ),
    (SpeechBlock((paragraph("a"),), None, WHERE), "a"),
    (paragraph("a"), "a"),
    (HeadingBlock(2, words("a"), WHERE), "a"),
    (ListBlock(ListKind.BULLETS, (item("a"), item("b")), WHERE), "a b"),
    (
        NumberedBlock((NumberedItem(words("a"), (NumberedItem(words("b"), (), WHERE),), WHERE),), WHERE),
        "a b",
    ),
    (
        TableBlock(
            (AuthorColumn(words("b"), None, None, group=words("a")),),
            (AuthorRow((AuthorCell((paragraph("c"),), WHERE),), WHERE),),
            words("caption"),
            words("source"),
            WHERE,
            notes=(AuthorTableNote("a", words("d"), WHERE),),
        ),
        "caption a b c d source",
    ),
    (IMAGE, "picture credit maker"),
    (CalloutBlock(words("a"), (paragraph("b"),), WHERE), "a b"),
    (
        AgendaBlock(
            None,
            words("a"),
            (AgendaItem("9:00", words("b"), words("c"), words("d"), (), WHERE),),
            WHERE,
        ),
        "a b c d",
    ),
    (PointsBlock((Points(words("a"), (item("b"),), WHERE),), WHERE), "a b"),
    (QuestionsBlock((IfRaised(words("a"), (paragraph("b"),), WHERE),), WHERE), "a b"),
    (FactsBlock(words("a"), (Fact(words("b"), (paragraph("c"),), WHERE),), words("d"), WHERE), "a b c d"),
    (
        KeyFiguresBlock((KeyFigure(words("a"), words("b"), words("c"), WHERE),), words("d"), WHERE),
        "a b c d",
    ),
    (QuoteBlock((paragraph("a"),), words("b"), words("c"), None, WHERE), "a b c"),
    (
        TimelineBlock(
            (TimelineEntry(date(2025, 4, 3), None, words("b"), (paragraph("c"),), WHERE),),
            words("a"),
            words("d"),
            WHERE,
        ),
        "a b c d",
    ),
    (DefinitionsBlock((Definition(words("a"), (paragraph("b"),), WHERE),), WHERE), "a b"),
    (SignaturesBlock((Signature(words("a"), words("b"), None, WHERE),), WHERE), "a b"),
    (
        ClearanceBlock((ClearanceStep(words("a"), None, words("b"), words("c"), None, WHERE),), WHERE),
        "a b c",
    ),
    (BesideBlock(IMAGE, (paragraph("a"),), True, 0.3, WHERE), "picture credit maker a"),
    (ColumnsBlock((paragraph("a"), ColumnBreakBlock(WHERE), paragraph("b")), 2, WHERE), "a b"),
    (LandscapeBlock((paragraph("a"),), WHERE), "a"),
    (KeepBlock((paragraph("a"),), WHERE), "a"),
    (QrBlock("https://example.org", Drawing(1, 1, ()), None, words("a"), WHERE), "a"),
    (
        ChartBlock(
            ChartKind.BAR,
            False,
            False,
            ("b",),
            (AuthorSeries("c", (None,), WHERE),),
            "",
            None,
            None,
            None,
            None,
            None,
            words("a"),
            words("d"),
            WHERE,
        ),
        "a b c d",
    ),
    (PageBreakBlock(WHERE), ""),
    (ColumnBreakBlock(WHERE), ""),
)


def with_blocks(folder: Path, *blocks: AuthorBlock) -> Pack:
    pack = pack_of(folder, "title: A\ntext: Words.\n")
    return replace(pack, sections=(replace(pack.sections[0], blocks=blocks),))


def test_every_kind_of_block_gives_all_its_texts_in_reading_order(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, "title: A\ntext: Words.\n")
    for block, expected in EVERY_KIND:
        made = replace(pack, sections=(replace(pack.sections[0], blocks=(block,)),))
        texts = [passage.text for passage in passages(made)][2:]
        assert " ".join(texts) == expected, type(block).__name__


def test_no_kind_of_block_is_missing_above() -> None:
    from briefpack.blocks import AuthorBlock

    assert {type(block) for block, _ in EVERY_KIND} == set(AuthorBlock.__args__)


def test_blocks_are_met_at_every_depth_parents_first(tmp_path: Path) -> None:
    inner = paragraph("deep")
    for outer in (
        KeepBlock((inner,), WHERE),
        ColumnsBlock((inner,), 2, WHERE),
        CalloutBlock(None, (inner,), WHERE),
        ListBlock(ListKind.BULLETS, (Item((inner,), WHERE),), WHERE),
        PointsBlock((Points(None, (Item((inner,), WHERE),), WHERE),), WHERE),
        QuestionsBlock((IfRaised(words("a"), (inner,), WHERE),), WHERE),
        FactsBlock(None, (Fact(words("a"), (inner,), WHERE),), None, WHERE),
        DefinitionsBlock((Definition(words("a"), (inner,), WHERE),), WHERE),
        BesideBlock(IMAGE, (inner,), False, 0.5, WHERE),
        TableBlock(
            (AuthorColumn(None, None, None),),
            (AuthorRow((AuthorCell((inner,), WHERE),), WHERE),),
            None,
            None,
            WHERE,
        ),
    ):
        (section,) = with_blocks(tmp_path, LandscapeBlock((outer,), WHERE)).sections
        met = list(blocks_of(section))
        assert (type(met[0]), met[1], met[-1]) == (LandscapeBlock, outer, inner)


def test_references_and_code_leave_a_hole_and_notes_are_texts_of_their_own(tmp_path: Path) -> None:
    spans = (
        Text("See "),
        Reference("a", None, (Text("words"),), WHERE),
        LineBreak(),
        Text("code", code=True),
        Link("https://example.org", (Text("there"),)),
        Note((words("A note."), words("Its second.")), None, WHERE),
        Text("."),
    )
    assert words_of(spans) == f"See {HOLE} {HOLE}there."
    pack = with_blocks(tmp_path, ParagraphBlock(spans, WHERE))
    notes = [passage.text for passage in passages(pack) if passage.kind is TextKind.NOTE]
    assert notes == ["A note.", "Its second."]


def test_a_pack_is_read_from_its_title_to_its_annexes_each_text_in_its_language(tmp_path: Path) -> None:
    brief = """\
    title: Ukraine
    kind: brief
    language: fr
    lead: the desk
    note: a note
    objective: an objective
    points:
      - to: the Minister
        points: [a point]
    if_raised:
      - {question: a question, line: a line}
    background: |
      a paragraph
    blocks: [a block]
    """
    more = "subtitle: below\nannexes:\n  - {file: plan.pdf, title: Plan, source: Ministry}\n"
    pack = pack_of(tmp_path, brief, more=more)
    met = [(passage.text, passage.language) for passage in passages(pack)]
    english = [("Visit", "en"), ("below", "en"), ("Plan", "en"), ("Ministry", "en")]
    assert [met[0], met[1], *met[-2:]] == english
    assert [text for text, language in met[2:-2] if language == "fr"] == [
        "Ukraine",
        "the desk",
        "a note",
        "an objective",
        "the Minister",
        "a point",
        "a question",
        "a line",
        "a paragraph",
        "a block",
    ]
    (section,) = pack.sections
    assert [words_of(group.to) for group in groups_of_points(section)] == ["the Minister"]
    assert len(objectives(section)) == 1
    assert agenda_items(section) == ()
