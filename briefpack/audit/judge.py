"""Which nodes of a pack an audience does not get, and why: by what their author said of them, and by what is left of them; pure.

This is the audit's own judgement: nothing here asks the selection, so that a mistake of the one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from briefpack.audit.clearance import may_see, together
from briefpack.audit.squeeze import GAP
from briefpack.audit.tree import Branch, Choice, Said
from briefpack.document import RowKind
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import LOWEST, Marking
from briefpack.pack import BRIEF_PARTS, Audience, Pack, PartName, SectionKind

_BREAKS = frozenset({"HeadingBlock", "PageBreakBlock", "ColumnBreakBlock"})
"""What is nothing without what stands around it."""
_CONTENT = (
    *("parts", "blocks", "items", "rows", "groups", "pairs", "line", "facts", "figures", "entries"),
    *("signatures", "steps", "series", "records", "people"),
)
"""Fields that hold what their node is there for; one that loses all of it goes with its title."""
_COMPLETE = frozenset({"Person", "NumberedItem", "BesideBlock", "AuthorCell"})
"""Nodes that say enough themselves to stand without what is in them."""
_WORDS_ALONE = """
ParagraphBlock HeadingBlock VerbatimBlock ImageBlock QrBlock ContactBlock GeneratedBlock Record KeyFigure Signature ClearanceStep AuthorSeries AgendaItem
Note AuthorTableNote Annex Abbreviation Item AuthorRow NumberedItem Person
"""
_ALONE = frozenset(_WORDS_ALONE.split())
"""Nodes that may be nothing but their own words."""


class Judge:
    """Judges each node by what its author said of it, and those that lose what they are there for. gone: ids that are known to be withheld.

    out: nodes that are withheld → why.
    """

    def __init__(
        self, pack: Pack, audience: Audience, printed: Collection[str] | None, gone: frozenset[str]
    ) -> None:
        self.policy, self.audience, self.printed, self.gone = pack.policy, audience, printed, gone
        self.limits = pack.limits
        self.out: dict[Branch, str] = {}

    def pack(self, tree: Branch) -> str | None:
        """Judge all of a pack. Gives why its own words are withheld, and with them everything; None where they are not."""
        inherited, own = self.markings((self.limits,), LOWEST, alone=False)
        silent = self.above(own)
        for branch in tree.branches:
            if silent is not None:
                self.out[branch] = silent
            else:
                self.keeps(branch, inherited)
        return silent

    def keeps(self, branch: Branch, around: Marking, words: Marking | None = None) -> bool:
        """Whether a node stays. around: how it is marked where its author says nothing. words: that of its own words where it is those of what it
        stands in."""
        if branch.is_plain and branch.kind in {"Note", "AuthorTableNote"}:
            return True
        alone = _is_alone(branch)
        inherited, own = self.markings(
            branch.limits, around, alone=alone, shows=getattr(branch.node, "shows", None)
        )
        if words is not None and branch.is_plain:
            own = words
        why = self.barred(branch, own)
        if why is None:
            self.inner(branch, inherited, own)
            for name in dict.fromkeys(each.inside for each in branch.branches):
                self.headings(branch.among(name))
            if branch.kind == "TableBlock":
                self.groups(branch.among("rows"))
                self.notes(branch)
            if branch.kind == "AuthorSection":
                self.parts(branch)
                self.source(branch)
            if self.emptied(branch):
                why = "everything in it is withheld"
            elif self.silenced(branch):
                why = "nothing is left of it"
        if why is not None:
            self.out[branch] = why
        return why is None

    def inner(self, branch: Branch, inherited: Marking, own: Marking) -> None:
        """Judge what is in a node. The text of an item and of a row's cells is the item's, and the row's, own."""
        for position, each in enumerate(branch.branches):
            text = each.kind == "ParagraphBlock" and each.is_plain
            if branch.kind == "AuthorRow":
                self.cell(each, inherited, own)
            elif branch.kind == "Item" and position == 0 and text:
                self.keeps(each, inherited, own)
            elif branch.kind != "BesideBlock" or each.inside != "image":
                # Of a picture with text beside it, the picture is what the block says itself.
                self.keeps(each, inherited)

    def cell(self, cell: Branch, inherited: Marking, own: Marking) -> None:
        for each in cell.branches:
            text = each.kind == "ParagraphBlock" and each.is_plain
            self.keeps(each, inherited, own if text else None)
        self.headings(cell.branches)

    def stays(self, branch: Branch) -> bool:
        return branch not in self.out

    # ----------------------------------------------------------------------- by what the author said

    def markings(
        self, every: Sequence[Limits], around: Marking, *, alone: bool, shows: Marking | None = None
    ) -> tuple[Marking, Marking]:
        """How what is in a node is marked where its author says nothing, and how its own words are. alone: it has nothing but these."""
        if shows is None and all(limits is EVERYBODY for limits in every):
            return around, around
        said, title, default = (
            together(getattr(limits, name) for limits in every)
            for name in ("marking", "title_marking", "default_marking")
        )
        whole = around if said is None else said
        if alone:
            return whole, together((whole, title, default, shows)) or whole
        inherited = whole if default is None else default
        return inherited, inherited if title is None else title

    def barred(self, branch: Branch, own: Marking) -> str | None:
        """Why a node is not for this audience by its own limits; None where they let it in. own: the marking of its own words."""
        name, tags = self.audience.name, self.audience.tags
        for limits in branch.limits:
            if limits.audiences is not None and name not in limits.audiences:
                return f"for {_listed(limits.audiences)} only" if limits.audiences else "for nobody"
            if limits.tags is not None and tags is not None and not set(limits.tags) & set(tags):
                return f"{name} takes none of its tags ({', '.join(limits.tags) or 'none'})"
        if getattr(branch.node, "about", None) in self.gone:
            return "it tells of what is withheld"
        return self.above(own) if _speaks(branch) else None

    def above(self, marking: Marking) -> str | None:
        clearance = self.audience.clearance
        if self.policy is None or clearance is None or may_see(clearance, marking):
            return None
        return f"{self.policy.banner(marking, 'en')} is above what {self.audience.name} may see"

    def settled(self, said: Said) -> str:
        """A text as it is printed: with the words in place of references to what is withheld, without the marks of notes that are."""
        return "".join(self.part(part) for part in said.parts)

    def part(self, part: str | Choice | Branch) -> str:
        match part:
            case str():
                return part
            case Choice():
                return part.words if part.instead is None or part.target not in self.gone else part.instead
            case Branch():
                return GAP if self.stays(part) else ""

    # ----------------------------------------------------------------------- by what is left

    def headings(self, run: Sequence[Branch]) -> None:
        """Withhold the headings in a run under which everything is withheld."""
        for position, branch in enumerate(run):
            if branch.kind != "HeadingBlock" or not self.stays(branch):
                continue
            under: list[Branch] = []
            for other in run[position + 1 :]:
                if other.kind == "HeadingBlock" and other.node.level <= branch.node.level:
                    break
                under.append(other)
            content = [other for other in under if other.kind not in _BREAKS]
            if content and not any(map(self.stays, content)):
                self.out[branch] = "everything under it is withheld"

    def groups(self, rows: Sequence[Branch]) -> None:
        """Withhold the headings of groups of rows that lose all their data."""
        for position, row in enumerate(rows):
            if row.node.kind is not RowKind.GROUP or not self.stays(row):
                continue
            under: list[Branch] = []
            for other in rows[position + 1 :]:
                if other.node.kind is RowKind.GROUP:
                    break
                under.append(other)
            data = [other for other in under if other.node.kind is RowKind.BODY]
            if data and not any(map(self.stays, data)):
                self.out[row] = "every row of its group is withheld"

    def parts(self, section: Branch) -> None:
        """Withhold the parts of a brief that the audience or its style leaves out."""
        if section.node.kind is not SectionKind.BRIEF:
            return
        for part in section.among("parts"):
            name: PartName = part.node.name
            if name not in BRIEF_PARTS:
                continue
            if name not in self.audience.parts:
                self.out[part] = f"briefs of {self.audience.name} have no part `{name.value}`"
            elif self.printed is not None and name.value not in self.printed:
                self.out[part] = f"its style prints no part `{name.value}` of briefs"

    def source(self, section: Branch) -> None:
        """Withhold the section's own source where anything else of it is withheld: it would show that."""
        for branch in section.among("blocks"):
            if getattr(branch.node, "whole", False) and any(
                not self.stays(other) or any(map(self.replaced, other.said)) for other in section.all()
            ):
                self.out[branch] = "it shows what is withheld from the section"

    def replaced(self, said: Said) -> tuple[Choice, ...]:
        """The references in a text to what is withheld that have other words instead."""
        choices = (part for part in said.parts if isinstance(part, Choice))
        return tuple(one for one in choices if one.instead is not None and one.target in self.gone)

    def notes(self, table: Branch) -> None:
        """Withhold the notes below a table to which only withheld rows referred."""
        everywhere = {
            mark for branch in table.all() if branch.kind != "AuthorTableNote" for mark in branch.marks
        }
        left = set(table.marks)
        for row in table.among("rows"):
            if self.stays(row):
                left |= {mark for branch in self.left_of(row) for mark in branch.marks}
        for note in table.among("notes"):
            if note.node.mark in everywhere - left and self.stays(note):
                self.out[note] = "nothing that is left refers to it"

    def left_of(self, branch: Branch) -> Iterator[Branch]:
        yield branch
        for inner in branch.branches:
            if self.stays(inner):
                yield from self.left_of(inner)

    def silenced(self, branch: Branch) -> bool:
        """Whether nothing is printed of a paragraph any more that hung on what is withheld."""
        if branch.kind not in {"ParagraphBlock", "NumberedItem"} or not any(
            said.parts for said in branch.said
        ):
            return False
        if any(map(self.stays, branch.among("children"))):
            return False
        return not any((self.settled(said) if said.parts else said.text).strip() for said in branch.said)

    def emptied(self, branch: Branch) -> bool:
        """Whether a node has lost all that it was there for."""
        content = branch.among(*_CONTENT) if branch.branches else []
        if not content or branch.kind in _COMPLETE:
            return False
        if branch.kind == "TableBlock":
            data = [row for row in content if row.node.kind is RowKind.BODY]
            return bool(data) and not any(map(self.stays, data))
        solid = [each for each in content if each.kind not in _BREAKS]
        left = [each for each in content if self.stays(each)]
        if branch.kind == "AuthorSection" and not any(each.inside == "blocks" for each in solid):
            # A section of headings alone, or one that has nothing but parts besides.
            return not left
        return not left or (bool(solid) and not any(map(self.stays, solid)))


def _is_alone(branch: Branch) -> bool:
    """Whether a node is nothing but its own words, so that whatever is said of their marking holds for all of it."""
    if branch.kind not in _ALONE:
        return False
    if not branch.branches:
        return True
    if branch.kind == "Item" and len(branch.among("blocks")) > 1:
        return False
    inner = [each for each in branch.all() if each is not branch and each.kind != "AuthorCell"]
    if branch.kind in {"Person", "NumberedItem"} and any(each.kind != "Note" for each in inner):
        return False
    return all(
        (each.is_plain and each.kind in {"ParagraphBlock", "Note"}) or each.kind == "AnnexFile"
        for each in inner
    )


def _speaks(branch: Branch) -> bool:
    """Whether a node says anything that nothing in it says."""
    match branch.kind:
        case "PageBreakBlock" | "ColumnBreakBlock":
            return any(limits.marking is not None for limits in branch.limits)
        case "GeneratedBlock" | "Part":
            return False
        case kind if kind in _ALONE or kind in {"TimelineEntry", "BesideBlock", "ChartBlock"}:
            return True
        case "TableBlock":
            return branch.speaks or bool(branch.among("notes"))
        case _:
            return branch.speaks


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
