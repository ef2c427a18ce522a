"""A pack and one audience in, that audience's smaller pack and a verdict on every node out; pure.

Nothing that is withheld can be reached from the smaller pack: no node, no other audience, no limit that
names one, and of the input files only those that a kept node came from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
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
from briefpack.kept_rows import without_rows
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
from briefpack.policy import Policy
from briefpack.verdict import (
    KINDS,
    Kind,
    Verdict,
    admits,
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

_WORDLESS = (
    ListBlock,
    NumberedBlock,
    ColumnsBlock,
    LandscapeBlock,
    KeepBlock,
    SpeechBlock,
    PointsBlock,
    QuestionsBlock,
    DefinitionsBlock,
    PeopleBlock,
    RecordsBlock,
    SignaturesBlock,
    ClearanceBlock,
    PageBreakBlock,
    ColumnBreakBlock,
)
"""Blocks that have no words but those of what is in them."""

EMPTIED = "everything in it is withheld"
SHOWS_WITHHELD = "it would show what is withheld from the section"
EMPTIED_HEADING = "everything under it is withheld"
EMPTIED_TABLE = "every row of data in its table is withheld"


@dataclass(frozen=True, slots=True)
class Selection:
    """pack: what the audience gets, every limit lifted. verdicts: in the author's order, parents first."""

    pack: Pack
    verdicts: tuple[Verdict, ...]

    @property
    def withheld(self) -> int:
        """How many nodes are out, counting a container that is out once."""
        return sum(not v.included and not v.inherited for v in self.verdicts)


def select(pack: Pack, audience: Audience, printed: Collection[str] | None = None) -> Selection:
    """Keep of the pack what the audience gets; containers that lose everything go as well.

    printed: names of the parts of briefs that the audience's style prints, None for all of them. A heading goes when everything
    under it goes. A node that was empty as written stays.
    """
    selector = _Selector(audience, printed, pack.policy, pack.meta.language)
    whole = selector.open(
        Kind.AUDIENCE, audience.title, audience.where, pack.limits, reason=audience_in_words(audience)
    )
    selector.depth = 0
    sections = selector.each(selector.section, pack.sections)
    annexes = selector.each(selector.annex, pack.annexes)
    glossary = selector.each(selector.abbreviation, pack.glossary)
    own = selector.paths | {pack.meta.where.path}
    selector.depth = 1
    selector.close(whole)
    chosen = replace(
        pack,
        sections=sections,
        annexes=annexes,
        audiences=(audience,),
        silences=(),
        inputs=tuple(path for path in pack.inputs if path in own),
        glossary=glossary,
        limits=selector.left,
        meta=_marked(pack, selector.left),
    )
    return Selection(chosen, tuple(selector.verdicts))


def _marked(pack: Pack, limits: Limits) -> PackMeta:
    """The words of a pack, with the marking of what is left of it."""
    if pack.policy is None or limits.marking is None:
        return pack.meta
    return replace(pack.meta, marking=pack.policy.banner(limits.marking, pack.meta.language))


@dataclass(slots=True)
class _Open:
    """A node whose verdict is written and whose children follow.

    marking: how it counts, its own or that of what it stands in. words: the marking of its own words, LOWEST where it has none.
    inside: the markings of what is kept of its children.
    """

    index: int
    included: bool
    outer: str | None
    marking: Marking
    words: Marking
    inside: list[Marking]


@dataclass(slots=True)
class _Selector:
    """One walk over the pack. outer: the kind of the withheld container around, None when all are in.

    paths: the files that kept nodes came from. depth: of the next verdict. around: the nodes that are open, the innermost last. left: the limits of the node
    that was closed last, as its selection has them.
    """

    audience: Audience
    printed: Collection[str] | None = None
    policy: Policy | None = None
    language: str = "en"
    verdicts: list[Verdict] = field(default_factory=list)
    paths: set[Path] = field(default_factory=set)
    depth: int = 0
    outer: str | None = None
    around: list[_Open] = field(default_factory=list)
    left: Limits = EVERYBODY

    # ----------------------------------------------------------------------- verdicts

    def open(
        self,
        kind: Kind,
        title: str,
        where: Where,
        *limits: Limits,
        reason: str | None = None,
        gets: bool = True,
        words: bool = True,
    ) -> _Open:
        """Write the verdict on a node and go down into it. reason: replaces that of the limits. words: whether it has any besides those of its
        children; one without is in if a child of it is."""
        limited = [limit for limit in limits if limit.audiences is not None or limit.tags is not None]
        included, why = gets, reason or "for everybody"
        if limited:
            judged = [admits(limit, self.audience) for limit in limited]
            included = all(let_in for let_in, _ in judged)
            why = "; ".join(told for let_in, told in judged if included or not let_in)
        marking, own = self.marking(limits)
        above = self.above(own) if words else None
        if above is not None:
            included, why = False, above if included else f"{why}; {above}"
        inherited = self.outer is not None
        if self.outer is not None:
            included, why = False, f"its {self.outer} is withheld"
        opened = _Open(len(self.verdicts), included, self.outer, marking, own if words else LOWEST, [])
        self.around.append(opened)
        self.verdicts.append(Verdict(kind, title, where, included, why, self.depth, bool(limited), inherited))
        self.depth += 1
        if not included and self.outer is None:
            self.outer = kind.value
        return opened

    def close(self, opened: _Open, *, emptied: bool = False, reason: str = EMPTIED) -> bool:
        """Come up again; whether the node stays. emptied: it had content and lost all of it."""
        self.depth -= 1
        self.outer = opened.outer
        self.around.pop()
        if self.policy is not None:
            inside = join((opened.words, *opened.inside))
            self.left = Limits(marking=inside, title_marking=opened.words)
            if self.around and opened.included and not emptied:
                self.around[-1].inside.append(inside)
        if opened.included and emptied:
            self.verdicts[opened.index] = replace(self.verdicts[opened.index], included=False, reason=reason)
            return False
        return opened.included

    def marking(self, limits: Iterable[Limits]) -> tuple[Marking, Marking]:
        """How a node counts, and how its own words do."""
        said = [limit.marking for limit in limits if limit.marking is not None]
        marking = join(said) if said else self.around[-1].marking if self.around else LOWEST
        own = [limit.title_marking for limit in limits if limit.title_marking is not None]
        return marking, join(own) if own else marking

    def above(self, marking: Marking) -> str | None:
        """Why what is marked so is not for this audience; None when it is."""
        if self.policy is None or self.audience.clearance is None or self.audience.clearance.admits(marking):
            return None
        words = self.policy.banner(marking, "en")
        return f"{words} is above the clearance of {self.audience.name}"

    def each(self, judge: Callable[[_Node], _Node | None], nodes: Iterable[_Node]) -> tuple[_Node, ...]:
        return tuple(kept for kept in map(judge, nodes) if kept is not None)

    # ----------------------------------------------------------------------- sections, annexes

    def annex(self, annex: Annex) -> Annex | None:
        opened = self.open(Kind.ANNEX, annex.title, annex.where, annex.limits)
        if not self.close(opened):
            return None
        self.paths.update(file.path for file in annex.files)
        marking = annex.marking
        if self.policy is not None and self.left.marking is not None:
            marking = self.policy.banner(self.left.marking, self.language)
        return replace(annex, marking=marking, limits=self.left)

    def abbreviation(self, entry: Abbreviation) -> Abbreviation | None:
        """A glossary is looked up and not read: of what everybody gets there is no verdict."""
        if entry.limits != EVERYBODY and not self.close(
            self.open(Kind.ABBREVIATION, entry.short, entry.where, entry.limits)
        ):
            return None
        self.paths.add(entry.where.path)
        return replace(entry, limits=self.left)

    def section(self, section: AuthorSection) -> AuthorSection | None:
        opened = self.open(Kind.SECTION, section.title, section.where, section.limits_in_pack, section.limits)
        pick = section.kind is SectionKind.BRIEF
        parts = tuple(kept for part in section.parts if (kept := self.part(part, pick=pick)) is not None)
        blocks = self.blocks(section.blocks)
        blocks = self.without_source(blocks, opened)
        had = bool(section.blocks) or bool(section.parts)
        has = _has_content(blocks) or bool(parts)
        only_breaks = not _has_content(section.blocks) and bool(blocks)
        if not self.close(opened, emptied=had and not has and not only_breaks):
            return None
        self.paths.update((section.path, section.where.path))
        return replace(section, parts=parts, blocks=blocks, limits=self.left, limits_in_pack=EVERYBODY)

    def without_source(self, blocks: tuple[AuthorBlock, ...], opened: _Open) -> tuple[AuthorBlock, ...]:
        """Leave out the section's own YAML, its last block, where anything of the section is withheld: it would show that."""
        inside = self.verdicts[opened.index + 1 :]
        if not blocks or not isinstance(last := blocks[-1], VerbatimBlock) or not last.whole:
            return blocks
        if all(verdict.included for verdict in inside):
            return blocks
        self.verdicts[-1] = replace(self.verdicts[-1], included=False, reason=SHOWS_WITHHELD)
        return blocks[:-1]

    def part(self, part: Part, *, pick: bool) -> Part | None:
        """pick: whether audience and style choose among the parts of this section."""
        gets, reason = True, None
        if pick and part.name in BRIEF_PARTS:
            if part.name not in self.audience.parts:
                gets, reason = False, f"this audience's briefs have no {part_name(part.name)}"
            elif self.printed is not None and part.name.value not in self.printed:
                gets, reason = (
                    False,
                    f"the style {self.audience.style} prints no {part_name(part.name)} of briefs",
                )
        if gets and part.name in UNTITLED and not pick:
            kept = self.within(part)
            return replace(part, blocks=kept) if kept else None
        title = part.name.value.replace("_", " ").capitalize()
        opened = self.open(Kind.PART, title, part.where, reason=reason, gets=gets, words=False)
        kept = self.within(part)
        return replace(part, blocks=kept) if self.close(opened, emptied=not kept) else None

    def within(self, part: Part) -> tuple[AuthorBlock, ...]:
        """What stays of a part; where it is points or questions alone, they have its verdict."""
        match part.blocks:
            case (PointsBlock() as block,) if block.limits == EVERYBODY:
                groups = self.each(self.points, block.groups)
                return (replace(block, groups=groups),) if groups else ()
            case (QuestionsBlock() as block,) if block.limits == EVERYBODY:
                pairs = self.each(self.if_raised, block.pairs)
                return (replace(block, pairs=pairs),) if pairs else ()
            case _:
                return self.text(part.blocks)

    def text(self, blocks: tuple[AuthorBlock, ...]) -> tuple[AuthorBlock, ...]:
        kept = self.blocks(blocks)
        return () if _lost(blocks, kept) else kept

    def points(self, points: Points) -> Points | None:
        opened = self.open(
            Kind.POINTS, opening_of_points(points), points.where, points.limits, words=points.to is not None
        )
        items = self.each(self.item, points.items)
        stays = self.close(opened, emptied=bool(points.items) and not items)
        return replace(points, items=items, limits=self.left) if stays else None

    def if_raised(self, question: IfRaised) -> IfRaised | None:
        opened = self.open(Kind.IF_RAISED, opening(question.question), question.where, question.limits)
        line = self.blocks(question.line, inside=True)
        stays = self.close(opened, emptied=_lost(question.line, line))
        return replace(question, line=line, limits=self.left) if stays else None

    # ----------------------------------------------------------------------- blocks

    def blocks(self, blocks: Sequence[AuthorBlock], *, inside: bool = False) -> tuple[AuthorBlock, ...]:
        """What stays of a run of blocks. inside: within an item or cell, whose own verdict tells of
        its plain paragraphs."""
        kept: list[AuthorBlock | None] = []
        verdict_of: dict[int, int] = {}
        for position, block in enumerate(blocks):
            verdict_of[position] = len(self.verdicts)
            kept.append(self.block(block, inside))
        for position, block in enumerate(blocks):
            if isinstance(block, HeadingBlock) and kept[position] is not None:
                end = next(
                    (
                        later
                        for later in range(position + 1, len(blocks))
                        if isinstance(other := blocks[later], HeadingBlock) and other.level <= block.level
                    ),
                    len(blocks),
                )
                left = [other for other in kept[position + 1 : end] if other is not None]
                if _has_content(blocks[position + 1 : end]) and not _has_content(left):
                    kept[position] = None
                    index = verdict_of[position]
                    self.verdicts[index] = replace(
                        self.verdicts[index], included=False, reason=EMPTIED_HEADING
                    )
        return tuple(block for block in kept if block is not None)

    def block(self, block: AuthorBlock, inside: bool) -> AuthorBlock | None:
        if inside and isinstance(block, ParagraphBlock) and block.limits == EVERYBODY:
            return block if self.outer is None else None
        words = not isinstance(block, _WORDLESS)
        opened = self.open(KINDS[type(block)], opening_of(block), block.where, block.limits, words=words)
        match block:
            case (
                ParagraphBlock()
                | HeadingBlock()
                | VerbatimBlock()
                | PageBreakBlock()
                | ColumnBreakBlock()
                | QrBlock()
            ):
                if not self.close(opened):
                    return None
                return block if block.limits == self.left else replace(block, limits=self.left)
            case ImageBlock():
                if not self.close(opened):
                    return None
                self.paths.add(block.path)
                return replace(block, limits=self.left)
            case ListBlock():
                items = self.each(self.item, block.items)
                stays = self.close(opened, emptied=bool(block.items) and not items)
                return replace(block, items=items, limits=self.left) if stays else None
            case NumberedBlock():
                numbered = self.each(self.numbered, block.items)
                stays = self.close(opened, emptied=bool(block.items) and not numbered)
                return replace(block, items=numbered, limits=self.left) if stays else None
            case TableBlock():
                rows = self.rows(block)
                stays = self.close(opened, emptied=_has_data(block.rows) and not rows)
                return replace(block, rows=rows, limits=self.left) if stays else None
            case CalloutBlock() | QuoteBlock():
                blocks = self.blocks(block.blocks, inside=True)
                stays = self.close(opened, emptied=_lost(block.blocks, blocks))
                return replace(block, blocks=blocks, limits=self.left) if stays else None
            case ColumnsBlock() | LandscapeBlock() | KeepBlock():
                blocks = self.blocks(block.blocks)
                stays = self.close(opened, emptied=_lost(block.blocks, blocks))
                return replace(block, blocks=blocks, limits=self.left) if stays else None
            case BesideBlock():
                blocks = self.blocks(block.blocks)
                if not self.close(opened):
                    return None
                self.paths.add(block.image.path)
                return replace(block, blocks=blocks, limits=self.left)
            case AgendaBlock():
                entries = self.each(self.agenda_item, block.items)
                stays = self.close(opened, emptied=bool(block.items) and not entries)
                return replace(block, items=entries, limits=self.left) if stays else None
            case PointsBlock():
                groups = self.each(self.points, block.groups)
                stays = self.close(opened, emptied=bool(block.groups) and not groups)
                return replace(block, groups=groups, limits=self.left) if stays else None
            case QuestionsBlock():
                pairs = self.each(self.if_raised, block.pairs)
                stays = self.close(opened, emptied=bool(block.pairs) and not pairs)
                return replace(block, pairs=pairs, limits=self.left) if stays else None
            case FactsBlock():
                facts = self.each(self.fact, block.facts)
                stays = self.close(opened, emptied=bool(block.facts) and not facts)
                return replace(block, facts=facts, limits=self.left) if stays else None
            case KeyFiguresBlock():
                figures = self.each(self.key_figure, block.figures)
                stays = self.close(opened, emptied=bool(block.figures) and not figures)
                return replace(block, figures=figures, limits=self.left) if stays else None
            case TimelineBlock():
                dates = self.each(self.timeline_entry, block.entries)
                stays = self.close(opened, emptied=bool(block.entries) and not dates)
                return replace(block, entries=dates, limits=self.left) if stays else None
            case DefinitionsBlock():
                terms = self.each(self.definition, block.entries)
                stays = self.close(opened, emptied=bool(block.entries) and not terms)
                return replace(block, entries=terms, limits=self.left) if stays else None
            case SignaturesBlock():
                signatures = self.each(self.signature, block.signatures)
                stays = self.close(opened, emptied=bool(block.signatures) and not signatures)
                return replace(block, signatures=signatures, limits=self.left) if stays else None
            case ClearanceBlock():
                steps = self.each(self.step, block.steps)
                stays = self.close(opened, emptied=bool(block.steps) and not steps)
                return replace(block, steps=steps, limits=self.left) if stays else None
            case ChartBlock():
                series = self.each(self.series, block.series)
                if not self.close(opened, emptied=bool(block.series) and not series):
                    return None
                if block.path is not None:
                    self.paths.add(block.path)
                return replace(block, series=series, limits=self.left)
            case RecordsBlock():
                records = self.each(self.record, block.records)
                stays = self.close(opened, emptied=bool(block.records) and not records)
                return replace(block, records=records, limits=self.left) if stays else None
            case PeopleBlock():
                people = self.each(self.person, block.people)
                stays = self.close(opened, emptied=bool(block.people) and not people)
                return replace(block, people=people, limits=self.left) if stays else None
            case SpeechBlock():
                blocks = self.blocks(block.blocks)
                stays = self.close(opened, emptied=_lost(block.blocks, blocks))
                return replace(block, blocks=blocks, limits=self.left) if stays else None
            case ContactBlock() | GeneratedBlock():
                return replace(block, limits=self.left) if self.close(opened) else None
            case _:
                assert_never(block)

    # ----------------------------------------------------------------------- what blocks are made of

    def record(self, record: Record) -> Record | None:
        opened = self.open(Kind.ROW, opening_of_record(record), record.where, record.limits)
        return replace(record, limits=self.left) if self.close(opened) else None

    def person(self, person: Person) -> Person | None:
        opened = self.open(Kind.PERSON, opening(person.name), person.where, person.limits)
        # A person who was written to be named stays, whatever is said of him.
        blocks = self.blocks(person.blocks)
        portrait = None if person.portrait is None else self.block(person.portrait, inside=True)
        if not self.close(opened):
            return None
        kept = portrait if isinstance(portrait, ImageBlock) else None
        return replace(person, blocks=blocks, portrait=kept, limits=self.left)

    def item(self, item: Item) -> Item | None:
        opened = self.open(Kind.ITEM, opening_of_blocks(item.blocks), item.where, item.limits)
        blocks = self.blocks(item.blocks, inside=True)
        stays = self.close(opened, emptied=_lost(item.blocks, blocks))
        return replace(item, blocks=blocks, limits=self.left) if stays else None

    def numbered(self, item: NumberedItem) -> NumberedItem | None:
        opened = self.open(Kind.ITEM, opening(item.spans), item.where, item.limits)
        children = self.each(self.numbered, item.children)
        return replace(item, children=children, limits=self.left) if self.close(opened) else None

    def row(self, row: AuthorRow) -> AuthorRow | None:
        opened = self.open(Kind.ROW, opening_of_row(row), row.where, row.limits)
        cells = self.each(self.cell, row.cells)
        if not self.close(opened):
            return None
        self.paths.add(row.where.path)
        return replace(row, cells=cells, limits=self.left)

    def cell(self, cell: AuthorCell) -> AuthorCell:
        return replace(cell, blocks=self.blocks(cell.blocks, inside=True))

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
        everything = _has_data(table.rows) and not _has_data(filter(None, kept))
        # A total that is left behind the last group may be that of the whole table: it stays.
        bare = {
            group
            for group, end in _groups(table.rows)
            if _has_data(table.rows[group:end]) and not _has_data(filter(None, kept[group:end]))
        }
        for number, files in paths.items():
            if kept[number] is None:
                continue
            if everything or number in bare:
                kept[number] = None
                self.withdraw(verdicts[number], EMPTIED_HEADING if number in bare else EMPTIED_TABLE)
            else:
                own |= files
        return without_rows(table.rows, kept, len(table.columns))

    def withdraw(self, verdicts: range, reason: str) -> None:
        """Say of a node that was in, and of what is in it, that it is out after all. verdicts: on the node first."""
        for index in verdicts:
            verdict = self.verdicts[index]
            if verdict.included:
                inherited = index != verdicts.start
                why = f"its {self.verdicts[verdicts.start].kind.value} is withheld" if inherited else reason
                self.verdicts[index] = replace(verdict, included=False, reason=why, inherited=inherited)

    def fact(self, fact: Fact) -> Fact | None:
        opened = self.open(Kind.FACT, opening(fact.label), fact.where, fact.limits)
        blocks = self.blocks(fact.blocks, inside=True)
        stays = self.close(opened, emptied=_lost(fact.blocks, blocks))
        return replace(fact, blocks=blocks, limits=self.left) if stays else None

    def definition(self, entry: Definition) -> Definition | None:
        opened = self.open(Kind.DEFINITION, opening(entry.term), entry.where, entry.limits)
        blocks = self.blocks(entry.blocks, inside=True)
        stays = self.close(opened, emptied=_lost(entry.blocks, blocks))
        return replace(entry, blocks=blocks, limits=self.left) if stays else None

    def timeline_entry(self, entry: TimelineEntry) -> TimelineEntry | None:
        opened = self.open(Kind.ENTRY, opening_of_blocks(entry.blocks), entry.where, entry.limits)
        blocks = self.blocks(entry.blocks, inside=True)
        stays = self.close(opened, emptied=_lost(entry.blocks, blocks))
        return replace(entry, blocks=blocks, limits=self.left) if stays else None

    def key_figure(self, figure: KeyFigure) -> KeyFigure | None:
        opened = self.open(Kind.KEY_FIGURE, opening(figure.value), figure.where, figure.limits)
        return replace(figure, limits=self.left) if self.close(opened) else None

    def signature(self, signature: Signature) -> Signature | None:
        opened = self.open(Kind.SIGNATURE, opening(signature.name), signature.where, signature.limits)
        return replace(signature, limits=self.left) if self.close(opened) else None

    def step(self, step: ClearanceStep) -> ClearanceStep | None:
        opened = self.open(Kind.STEP, opening(step.by), step.where, step.limits)
        return replace(step, limits=self.left) if self.close(opened) else None

    def series(self, series: AuthorSeries) -> AuthorSeries | None:
        opened = self.open(Kind.SERIES, series.name, series.where, series.limits)
        return replace(series, limits=self.left) if self.close(opened) else None

    def agenda_item(self, item: AgendaItem) -> AgendaItem | None:
        opened = self.open(Kind.AGENDA_ITEM, opening(item.title), item.where, item.limits)
        return replace(item, limits=self.left) if self.close(opened) else None


def _has_content(blocks: Iterable[AuthorBlock]) -> bool:
    """Whether there is more than headings and breaks."""
    return any(not isinstance(block, HeadingBlock | PageBreakBlock | ColumnBreakBlock) for block in blocks)


def _has_data(rows: Iterable[AuthorRow]) -> bool:
    """Whether there is more than headings of groups and totals."""
    return any(row.kind is RowKind.BODY for row in rows)


def _groups(rows: Sequence[AuthorRow]) -> Iterable[tuple[int, int]]:
    """Every heading of a group of rows, and where the next one or the table ends the group."""
    heads = [number for number, row in enumerate(rows) if row.kind is RowKind.GROUP]
    return zip(heads, [*heads[1:], len(rows)], strict=False)


def _lost(before: Sequence[AuthorBlock], after: Sequence[AuthorBlock]) -> bool:
    """Whether a run of blocks had something to say and has nothing left."""
    return _has_content(before) > _has_content(after) or bool(before) > bool(after)
