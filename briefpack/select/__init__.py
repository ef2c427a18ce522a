"""A pack and one audience in, that audience's smaller pack and a verdict on every node out; pure.

Nothing that is withheld can be reached from the smaller pack: no node, no other audience, no limit that
names one, and of the input files only those that a kept node came from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TypeVar, assert_never

from briefpack.annex import Annex
from briefpack.blocks import (
    AgendaBlock,
    AgendaItem,
    AuthorBlock,
    AuthorCell,
    AuthorRow,
    AuthorSeries,
    AuthorSpan,
    AuthorSpans,
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
from briefpack.document import RowKind
from briefpack.errors import Where
from briefpack.known_names import known_names
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import LOWEST, Marking, join
from briefpack.pack import (
    BRIEF_PARTS,
    UNTITLED,
    Abbreviation,
    Audience,
    AuthorSection,
    Pack,
    PackMeta,
    Part,
    SectionKind,
)
from briefpack.select.emptied import bare_groups, bare_headings, has_content, has_data, lost
from briefpack.select.judging import Judge, Open
from briefpack.select.kept_notes import marks_in, with_notes
from briefpack.select.kept_rows import without_rows
from briefpack.select.kept_words import is_blank, settled, with_settled
from briefpack.select.listed_markings import with_markings_of_lists
from briefpack.select.own_words import LEAVES, has_own_words
from briefpack.verdict import (
    KINDS,
    Kind,
    Verdict,
    audience_in_words,
    opening,
    opening_of,
    opening_of_blocks,
    opening_of_points,
    opening_of_record,
    opening_of_row,
    part_name,
)

_Node = TypeVar("_Node")
_Child = TypeVar("_Child")
_Leaf = TypeVar("_Leaf", AuthorSeries, ClearanceStep, KeyFigure, Signature)

SHOWS_WITHHELD = "it would show what is withheld from the section"
EMPTIED_HEADING = "everything under it is withheld"
EMPTIED_TABLE = "every row of data in its table is withheld"
TELLS_OF_WITHHELD = "it tells of what is withheld"
UNREFERRED = "nothing that is left refers to it"
SAYS_NOTHING = "nothing is left of it"


@dataclass(frozen=True, slots=True)
class Selection:
    """pack: what the audience gets, every limit lifted. verdicts: in the author's order, parents first.

    marking: of all that is in the pack, as it is worked out; the pack's own is higher where the author wants it so. None in a pack without a
    policy, and where the pack's own words are above what the audience may see.
    """

    pack: Pack
    verdicts: tuple[Verdict, ...]
    marking: Marking | None = None

    @property
    def withheld(self) -> int:
        """How many nodes are out, counting a container that is out once."""
        return sum(not v.included and not v.inherited for v in self.verdicts)


def select(pack: Pack, audience: Audience, printed: Collection[str] | None = None) -> Selection:
    """Keep of the pack what the audience gets; containers that lose everything go as well.

    printed: names of the parts of briefs that the audience's style prints, None for all of them. A heading goes when everything
    under it goes. A node that was empty as written stays.
    """
    gone: frozenset[str] = frozenset()
    while True:
        walk = _Walk(audience, pack.policy, language=pack.meta.language, printed=printed, gone=gone)
        chosen = walk.pack(pack)
        if not walk.asked:
            break
        # What is said in place of a reference, or of a change, hangs on what is there in the end. Names only ever go, so this ends.
        now = frozenset(known_names(pack)) - frozenset(known_names(chosen))
        if not (now - gone) & walk.asked:
            break
        gone |= now
    return _selection(pack, chosen, walk)


def survey(pack: Pack) -> Survey:
    """What every node of a pack is marked, by its author and as it is worked out, whoever gets it; of a pack with a policy."""
    everybody = Audience("", "", "", (), None, BRIEF_PARTS, None, None, pack.meta.where, pack.meta.where)
    walk = _Walk(everybody, pack.policy, everything=True)
    walk.pack(pack)
    return Survey(tuple(walk.verdicts), tuple(walk.vain), walk.contents)


@dataclass(frozen=True, slots=True)
class Survey:
    """verdicts: as of an audience that gets everything; the first is on the pack. vain: where a title is marked that is all there is of a node.

    contents: the marking of what is in a node besides its own words, by the position of its verdict; of nodes that have anything in them.
    """

    verdicts: tuple[Verdict, ...]
    vain: tuple[tuple[Kind, Where], ...]
    contents: Mapping[int, Marking]


def _selection(pack: Pack, chosen: Pack, walk: _Walk) -> Selection:
    """The pack with its marking as it is printed."""
    verdicts = tuple(walk.verdicts)
    if pack.policy is None:
        return Selection(chosen, verdicts)
    if not verdicts[0].included:
        return Selection(chosen, verdicts)
    chosen = with_markings_of_lists(chosen)
    marking = chosen.limits.marking or LOWEST
    wanted = walk.audience.declared
    if wanted is not None and marking <= wanted:
        chosen = replace(chosen, limits=replace(chosen.limits, marking=wanted))
    whole = chosen.limits.marking or LOWEST
    verdicts = (replace(verdicts[0], marking=whole), *verdicts[1:])
    meta = replace(chosen.meta, marking=pack.policy.banner(whole, pack.meta.language))
    return Selection(replace(chosen, meta=meta), verdicts, marking)


def _silent(meta: PackMeta) -> PackMeta:
    """The words of a pack of which nothing may be said."""
    words = {each.name: "" for each in fields(meta) if isinstance(getattr(meta, each.name), str)}
    return replace(meta, **{**words, "language": meta.language, "watermark": None})  # type: ignore[arg-type]  # they are texts


@dataclass(slots=True)
class _Walk(Judge):
    """One walk over the pack. printed: as in select. gone: names of what is withheld, as far as known.

    asked: names that something hangs on. paths: the files that kept nodes came from. conditional: whether texts of the section at hand may have
    words in them that are printed instead of a reference; replaces: whether any have been.
    """

    language: str = "en"
    printed: Collection[str] | None = None
    gone: frozenset[str] = frozenset()
    asked: set[str] = field(default_factory=set)
    paths: set[Path] = field(default_factory=set)
    conditional: bool = True
    replaces: bool = False

    def pack(self, pack: Pack) -> Pack:
        whole = self.open(
            Kind.AUDIENCE,
            self.audience.title,
            self.audience.where,
            pack.limits,
            reason=audience_in_words(self.audience),
        )
        self.depth = 0
        sections = self.each(self.section, pack.sections)
        annexes = self.each(self.annex, pack.annexes)
        self.conditional = True
        glossary = self.each(self.abbreviation, pack.glossary)
        own = self.paths | {pack.meta.where.path, *pack.shared}
        self.depth = 1
        stays = self.close(whole)
        return replace(
            pack,
            sections=sections,
            annexes=annexes,
            audiences=(self.audience,),
            silences=(),
            distribution=None,
            inputs=tuple(path for path in pack.inputs if path in own),
            glossary=glossary,
            limits=self.left,
            meta=pack.meta if stays else _silent(pack.meta),
        )

    # ----------------------------------------------------------------------- what is kept

    def each(self, judge: Callable[[_Node], _Node | None], nodes: Iterable[_Node]) -> tuple[_Node, ...]:
        return tuple(kept for kept in map(judge, nodes) if kept is not None)

    def kept(self, node: _Node, **changes: object) -> _Node:
        """The node that was closed last, as its selection has it."""
        if not changes and not self.conditional and node.limits == self.left:  # type: ignore[attr-defined]  # every node has limits
            return node
        made: _Node = replace(node, limits=self.left, **changes)  # type: ignore[type-var]  # every node is a dataclass
        return with_settled(made, self.settle) if self.conditional else made

    def closed(self, node: _Node, opened: Open) -> _Node | None:
        """A node that loses nothing, or goes as a whole."""
        return self.kept(node) if self.close(opened) else None

    def leaf(self, kind: Kind, title: str, node: _Leaf) -> _Leaf | None:
        """The same of one that is nothing but its own words, and has not been opened."""
        return self.closed(node, self.open(kind, title, node.where, node.limits, leaf=True))

    def made_of(
        self,
        node: _Node,
        opened: Open,
        judge: Callable[[_Child], _Child | None],
        **written: tuple[_Child, ...],
    ) -> _Node | None:
        """A node that goes with the last of what it is made of. written: the field that has these, as the author wrote it."""
        left = {name: self.each(judge, children) for name, children in written.items()}
        stays = self.close(opened, emptied=any(written.values()) and not any(left.values()))
        return self.kept(node, **left) if stays else None

    def holding(
        self,
        node: _Node,
        opened: Open,
        *,
        inside: bool = False,
        lead: int = 0,
        **written: tuple[AuthorBlock, ...],
    ) -> _Node | None:
        """A node that goes when the blocks in it have nothing left to say. written: the field that has them, as the author wrote it. inside, lead: as of `blocks`."""
        left = {name: self.blocks(run, inside=inside, lead=lead) for name, run in written.items()}
        emptied = any(lost(written[name], left[name]) for name in written)
        return self.kept(node, **left) if self.close(opened, emptied=emptied) else None

    def settle(self, span: AuthorSpan) -> Sequence[AuthorSpan]:
        """What is printed of a span: of a reference to what is withheld, the words in its place."""
        match span:
            case Reference(instead=instead) if instead is not None:
                self.asked.add(span.target)
                if span.target not in self.gone:
                    return (replace(span, instead=None),)
                self.replaces = True
                return instead
            case Note():
                return (with_settled(span, self.settle),)
            case _:
                return (span,)

    def settle_notes(self, span: AuthorSpan) -> Sequence[AuthorSpan]:
        """The same, and nothing of a note that is withheld."""
        if isinstance(span, Note) and span.limits != EVERYBODY:
            note = self.note(span)
            return () if note is None else self.settle(note)
        return self.settle(span)

    def note(self, note: Note) -> Note | None:
        words = opening(note.paragraphs[0]) if note.paragraphs else ""
        opened = self.open(Kind.NOTE, words, note.where, note.limits, leaf=True)
        if not self.close(opened):
            return None
        if self.everything:
            # It is a text of its own, which the section has: what it hangs on may well be declared lower.
            marking = self.around[-1].inside.pop(opened.index, LOWEST)
            self.around[min(1, len(self.around) - 1)].inside[opened.index] = marking
        return self.kept(note)

    def words(self, spans: AuthorSpans) -> AuthorSpans:
        """Spans in which notes may stand, while the node that they stand in is open: what a note is marked counts for it."""
        if self.conditional or _limited_notes(spans):
            return settled(spans, self.settle_notes)
        return spans

    # ----------------------------------------------------------------------- sections, annexes

    def annex(self, annex: Annex) -> Annex | None:
        opened = self.open(Kind.ANNEX, annex.title, annex.where, annex.limits, leaf=True)
        if not self.close(opened):
            return None
        self.paths.update(file.path for file in annex.files)
        if self.policy is None or self.left.marking is None:
            return replace(annex, limits=self.left)
        title = annex.limits.title_marking or self.left.marking
        limits = self.limits_of(self.left.marking, title)
        return replace(annex, marking=self.policy.banner(self.left.marking, self.language), limits=limits)

    def abbreviation(self, entry: Abbreviation) -> Abbreviation | None:
        """A glossary is looked up and not read: of what everybody gets there is no verdict, and what is not used does not count."""
        if entry.limits == EVERYBODY and self.policy is None:
            self.paths.add(entry.where.path)
            return with_settled(entry, self.settle)
        opened = self.open(Kind.ABBREVIATION, entry.short, entry.where, entry.limits, leaf=True)
        if not self.close(opened):
            return None
        if self.around:
            self.around[-1].inside.pop(opened.index, None)
        self.paths.add(entry.where.path)
        return self.kept(entry)

    def section(self, section: AuthorSection) -> AuthorSection | None:
        opened = self.open(Kind.SECTION, section.title, section.where, section.limits_in_pack, section.limits)
        self.conditional, self.replaces = section.conditional, False
        pick = section.kind is SectionKind.BRIEF
        parts = tuple(kept for part in section.parts if (kept := self.part(part, pick=pick)) is not None)
        blocks = self.blocks(section.blocks)
        blocks = self.without_source(blocks, opened)
        had = bool(section.blocks) or bool(section.parts)
        has = has_content(blocks) or bool(parts)
        only_breaks = not has_content(section.blocks) and bool(blocks)
        if not self.close(opened, emptied=had and not has and not only_breaks):
            return None
        self.paths.update((section.path, section.where.path))
        return self.kept(section, parts=parts, blocks=blocks, limits_in_pack=EVERYBODY, conditional=False)

    def without_source(self, blocks: tuple[AuthorBlock, ...], opened: Open) -> tuple[AuthorBlock, ...]:
        """Leave out the section's own YAML, its last block, where anything of the section is withheld: it would show that."""
        inside = self.verdicts[opened.index + 1 :]
        if not blocks or not isinstance(last := blocks[-1], VerbatimBlock) or not last.whole:
            return blocks
        if all(verdict.included for verdict in inside) and not self.replaces:
            if self.policy is None:
                return blocks
            # It says all that the section says.
            whole = opened.whole
            opened.inside[len(self.verdicts) - 1] = whole
            return (*blocks[:-1], replace(last, limits=self.limits_of(whole, whole)))
        self.put_out(len(self.verdicts) - 1, SHOWS_WITHHELD)
        return blocks[:-1]

    def part(self, part: Part, *, pick: bool) -> Part | None:
        """pick: whether audience and style choose among the parts of this section."""
        gets, reason = True, None
        if pick and part.name in BRIEF_PARTS and not self.everything:
            if part.name not in self.audience.parts:
                gets, reason = False, f"this audience's briefs have no {part_name(part.name)}"
            elif self.printed is not None and part.name.value not in self.printed:
                gets, reason = (
                    False,
                    f"the style {self.audience.style} prints no {part_name(part.name)} of briefs",
                )
        if gets and part.name in UNTITLED and not pick and part.limits == EVERYBODY:
            kept = self.within(part)
            return replace(part, blocks=kept, limits=self.joined(kept)) if kept else None
        title = part.name.value.replace("_", " ").capitalize()
        opened = self.open(Kind.PART, title, part.where, part.limits, reason=reason, gets=gets, words=False)
        kept = self.within(part)
        if not self.close(opened, emptied=not kept):
            return None
        return self.kept(part, blocks=kept)

    def within(self, part: Part) -> tuple[AuthorBlock, ...]:
        """What stays of a part; where it is points or questions alone, they have its verdict."""
        match part.blocks:
            case (PointsBlock() as block,) if block.limits == EVERYBODY:
                groups = self.each(self.points, block.groups)
                return (replace(block, groups=groups, limits=self.joined(groups)),) if groups else ()
            case (QuestionsBlock() as block,) if block.limits == EVERYBODY:
                pairs = self.each(self.if_raised, block.pairs)
                return (replace(block, pairs=pairs, limits=self.joined(pairs)),) if pairs else ()
            case _:
                return self.text(part.blocks)

    def joined(self, nodes: Iterable[AuthorBlock | Points | IfRaised]) -> Limits:
        """The limits, in a selection, of what has no words but those of these nodes."""
        if self.policy is None:
            return EVERYBODY
        return self.limits_of(join(node.limits.marking or LOWEST for node in nodes), LOWEST)

    def text(self, blocks: tuple[AuthorBlock, ...]) -> tuple[AuthorBlock, ...]:
        kept = self.blocks(blocks)
        return () if lost(blocks, kept) else kept

    def points(self, points: Points) -> Points | None:
        opened = self.open(
            Kind.POINTS, opening_of_points(points), points.where, points.limits, words=points.to is not None
        )
        return self.made_of(points, opened, self.item, items=points.items)

    def if_raised(self, question: IfRaised) -> IfRaised | None:
        opened = self.open(Kind.IF_RAISED, opening(question.question), question.where, question.limits)
        return self.holding(question, opened, line=question.line, inside=True)

    # ----------------------------------------------------------------------- blocks

    def blocks(
        self, blocks: Sequence[AuthorBlock], *, inside: bool = False, lead: int = 0
    ) -> tuple[AuthorBlock, ...]:
        """What stays of a run of blocks. inside: within an item or cell, whose own verdict tells of
        its plain paragraphs. lead: how many of them are the words of what they stand in, and marked as those are."""
        kept: list[AuthorBlock | None] = []
        verdict_of: dict[int, int] = {}
        for position, block in enumerate(blocks):
            verdict_of[position] = len(self.verdicts)
            if inside and isinstance(block, ParagraphBlock) and block.limits == EVERYBODY:
                kept.append(self.inner(block, lead=position < lead))
            else:
                kept.append(self.block(block))
        for position in bare_headings(blocks, kept):
            kept[position] = None
            self.put_out(verdict_of[position], EMPTIED_HEADING)
        return tuple(block for block in kept if block is not None)

    def inner(self, block: ParagraphBlock, *, lead: bool) -> ParagraphBlock | None:
        """A plain paragraph in an item or a cell: it has no verdict of its own unless there is something to say."""
        if self.outer is not None:
            return None
        marking = None
        if self.policy is not None and not lead:
            marking = self.plain()
            if marking is None:
                self.close(self.open(Kind.PARAGRAPH, opening(block.spans), block.where, leaf=True))
                return None
        spans = self.words(block.spans)
        if spans is not block.spans:
            if is_blank(spans) and not is_blank(block.spans):
                return None
            block = replace(block, spans=spans)
        return block if marking is None else replace(block, limits=self.limits_of(marking, marking))

    def paragraph(self, block: ParagraphBlock, opened: Open) -> ParagraphBlock | None:
        spans = self.words(block.spans)
        silenced = spans is not block.spans and is_blank(spans) and not is_blank(block.spans)
        if not self.close(opened, emptied=silenced, reason=SAYS_NOTHING):
            return None
        if spans is block.spans and block.limits == self.left:
            return block
        return self.kept(block, spans=spans)

    def block(self, block: AuthorBlock) -> AuthorBlock | None:
        limits = block.limits
        if isinstance(block, VerbatimBlock) and block.shows is not None:
            # Its words are those of what it shows, beside its own.
            limits = replace(limits, default_marking=block.shows)
        opened = self.open(
            KINDS[type(block)],
            opening_of(block),
            block.where,
            limits,
            words=has_own_words(block),
            leaf=isinstance(block, LEAVES) and _is_plain(block),
            titled=not isinstance(block, BesideBlock),
        )
        match block:
            case ParagraphBlock():
                return self.paragraph(block, opened)
            case (
                HeadingBlock()
                | VerbatimBlock()
                | QrBlock()
                | PageBreakBlock()
                | ColumnBreakBlock()
                | ContactBlock()
                | GeneratedBlock()
            ):
                return self.closed(block, opened)
            case ImageBlock():
                image = self.closed(block, opened)
                if image is not None:
                    self.paths.add(image.path)
                return image
            case ListBlock():
                return self.made_of(block, opened, self.item, items=block.items)
            case NumberedBlock():
                return self.made_of(block, opened, self.numbered, items=block.items)
            case TableBlock():
                return self.table(block, opened)
            case CalloutBlock() | QuoteBlock():
                return self.holding(block, opened, blocks=block.blocks, inside=True)
            case ColumnsBlock() | LandscapeBlock() | KeepBlock() | SpeechBlock():
                return self.holding(block, opened, blocks=block.blocks)
            case BesideBlock():
                blocks = self.blocks(block.blocks)
                if not self.close(opened):
                    return None
                self.paths.add(block.image.path)
                image = with_settled(block.image, self.settle)
                if self.policy is not None:
                    image = replace(image, limits=self.limits_of(opened.words, opened.words))
                return self.kept(block, blocks=blocks, image=image)
            case AgendaBlock():
                return self.made_of(block, opened, self.agenda_item, items=block.items)
            case PointsBlock():
                return self.made_of(block, opened, self.points, groups=block.groups)
            case QuestionsBlock():
                return self.made_of(block, opened, self.if_raised, pairs=block.pairs)
            case FactsBlock():
                return self.made_of(block, opened, self.fact, facts=block.facts)
            case KeyFiguresBlock():
                return self.made_of(block, opened, self.key_figure, figures=block.figures)
            case TimelineBlock():
                return self.made_of(block, opened, self.timeline_entry, entries=block.entries)
            case DefinitionsBlock():
                return self.made_of(block, opened, self.definition, entries=block.entries)
            case SignaturesBlock():
                return self.made_of(block, opened, self.signature, signatures=block.signatures)
            case ClearanceBlock():
                return self.made_of(block, opened, self.step, steps=block.steps)
            case ChartBlock():
                chart = self.made_of(block, opened, self.series, series=block.series)
                if chart is not None and chart.path is not None:
                    self.paths.add(chart.path)
                return chart
            case RecordsBlock():
                return self.made_of(block, opened, self.record, records=block.records)
            case PeopleBlock():
                return self.made_of(block, opened, self.person, people=block.people)
            case _:
                assert_never(block)

    # ----------------------------------------------------------------------- what blocks are made of

    def record(self, record: Record) -> Record | None:
        reason = None
        if record.about is not None:
            self.asked.add(record.about)
            reason = TELLS_OF_WITHHELD if record.about in self.gone else None
        opened = self.open(
            Kind.ROW,
            opening_of_record(record),
            record.where,
            record.limits,
            reason=reason,
            gets=reason is None,
            leaf=True,
        )
        return self.closed(record, opened)

    def person(self, person: Person) -> Person | None:
        alone = not person.blocks and person.portrait is None
        opened = self.open(Kind.PERSON, opening(person.name), person.where, person.limits, leaf=alone)
        # A person who was written to be named stays, whatever is said of him.
        blocks = self.blocks(person.blocks)
        portrait = None if person.portrait is None else self.block(person.portrait)
        if not self.close(opened):
            return None
        kept = portrait if isinstance(portrait, ImageBlock) else None
        return self.kept(person, blocks=blocks, portrait=kept)

    def item(self, item: Item) -> Item | None:
        opened = self.open(
            Kind.ITEM,
            opening_of_blocks(item.blocks),
            item.where,
            item.limits,
            leaf=len(item.blocks) < _SEVERAL and _are_plain(item.blocks),
            titled=False,
        )
        return self.holding(item, opened, blocks=item.blocks, inside=True, lead=1)

    def numbered(self, item: NumberedItem) -> NumberedItem | None:
        opened = self.open(
            Kind.ITEM,
            opening(item.spans),
            item.where,
            item.limits,
            leaf=not item.children and not _limited_notes(item.spans),
        )
        spans = self.words(item.spans)
        children = self.each(self.numbered, item.children)
        silenced = is_blank(spans) and not is_blank(item.spans) and not children
        if not self.close(opened, emptied=silenced, reason=SAYS_NOTHING):
            return None
        return self.kept(item, spans=spans, children=children)

    def row(self, row: AuthorRow) -> AuthorRow | None:
        opened = self.open(
            Kind.ROW,
            opening_of_row(row),
            row.where,
            row.limits,
            leaf=all(_are_plain(c.blocks) for c in row.cells),
            titled=False,
        )
        cells = self.each(self.cell, row.cells)
        if not self.close(opened):
            return None
        self.paths.add(row.where.path)
        return self.kept(row, cells=cells)

    def cell(self, cell: AuthorCell) -> AuthorCell:
        return replace(cell, blocks=self.blocks(cell.blocks, inside=True, lead=len(cell.blocks)))

    def table(self, table: TableBlock, opened: Open) -> TableBlock | None:
        rows = self.rows(table)
        made = replace(table, rows=rows)
        notes = self.each(self.table_note(table, made), table.notes) if table.notes else ()
        if not self.close(opened, emptied=has_data(table.rows) and not rows):
            return None
        made = with_notes(made, {note.mark for note in notes})
        if self.conditional:
            columns = tuple(with_settled(column, self.settle) for column in made.columns)
            notes = tuple(with_settled(note, self.settle) for note in made.notes)
            made = replace(made, columns=columns, notes=notes)
        return self.kept(made)

    def table_note(
        self, written: TableBlock, left: TableBlock
    ) -> Callable[[AuthorTableNote], AuthorTableNote | None]:
        """Judges a note of a table whose rows have been. One that only rows referred to that are withheld would tell of them."""
        gone = marks_in(written) - marks_in(left)

        def judge(note: AuthorTableNote) -> AuthorTableNote | None:
            referred = note.mark not in gone
            if note.limits == EVERYBODY and referred and self.policy is None:
                return note
            opened = self.open(
                Kind.NOTE,
                opening(note.spans),
                note.where,
                note.limits,
                reason=None if referred else UNREFERRED,
                gets=referred,
                leaf=True,
            )
            return replace(note, limits=self.left) if self.close(opened) else None

        return judge

    def rows(self, table: TableBlock) -> tuple[AuthorRow, ...]:
        """The rows that stay, without headings of groups and totals that lost all their rows. Cells cover the rows that are left of those they covered."""
        kept: list[AuthorRow | None] = []
        verdicts: list[range] = []
        paths: dict[int, set[Path]] = {}
        """Of the rows that may go for the sake of others: the files that they came from."""
        own = self.paths
        for number, row in enumerate(table.rows):
            first = len(self.verdicts)
            if row.kind is not RowKind.BODY:
                self.paths = paths[number] = set()
            kept.append(self.row(row))
            self.paths = own
            verdicts.append(range(first, len(self.verdicts)))
        everything = has_data(table.rows) and not has_data(filter(None, kept))
        bare = bare_groups(table.rows, kept)
        for number, files in paths.items():
            if kept[number] is None:
                continue
            if everything or number in bare:
                kept[number] = None
                self.withdraw(verdicts[number], EMPTIED_HEADING if number in bare else EMPTIED_TABLE)
            else:
                own |= files
        return without_rows(table.rows, kept, len(table.columns))

    def fact(self, fact: Fact) -> Fact | None:
        opened = self.open(Kind.FACT, opening(fact.label), fact.where, fact.limits)
        return self.holding(fact, opened, blocks=fact.blocks, inside=True)

    def definition(self, entry: Definition) -> Definition | None:
        opened = self.open(Kind.DEFINITION, opening(entry.term), entry.where, entry.limits)
        return self.holding(entry, opened, blocks=entry.blocks, inside=True)

    def timeline_entry(self, entry: TimelineEntry) -> TimelineEntry | None:
        opened = self.open(Kind.ENTRY, opening_of_blocks(entry.blocks), entry.where, entry.limits)
        return self.holding(entry, opened, blocks=entry.blocks, inside=True)

    def key_figure(self, figure: KeyFigure) -> KeyFigure | None:
        return self.leaf(Kind.KEY_FIGURE, opening(figure.value), figure)

    def signature(self, signature: Signature) -> Signature | None:
        return self.leaf(Kind.SIGNATURE, opening(signature.name), signature)

    def step(self, step: ClearanceStep) -> ClearanceStep | None:
        return self.leaf(Kind.STEP, opening(step.by), step)

    def series(self, series: AuthorSeries) -> AuthorSeries | None:
        return self.leaf(Kind.SERIES, series.name, series)

    def agenda_item(self, item: AgendaItem) -> AgendaItem | None:
        opened = self.open(
            Kind.AGENDA_ITEM,
            opening(item.title),
            item.where,
            item.limits,
            leaf=not _limited_notes(item.detail or ()),
        )
        detail = None if item.detail is None else self.words(item.detail)
        if not self.close(opened):
            return None
        return self.kept(item if detail is item.detail else replace(item, detail=detail))


_SEVERAL = 2
"""Blocks of an item of which the first is its text."""


def _limited_notes(spans: AuthorSpans) -> bool:
    """Whether any note in spans is for some, or marked."""
    return any(isinstance(span, Note) and span.limits != EVERYBODY for span in spans)


def _is_plain(block: AuthorBlock) -> bool:
    """Whether nothing in a block that has only its own words is marked by itself."""
    return not isinstance(block, ParagraphBlock) or not _limited_notes(block.spans)


def _are_plain(blocks: Iterable[AuthorBlock]) -> bool:
    """Whether blocks are words of what they stand in, with nothing among them that is marked by itself."""
    return all(
        isinstance(block, ParagraphBlock) and block.limits == EVERYBODY and _is_plain(block)
        for block in blocks
    )
