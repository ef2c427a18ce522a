"""How nodes of a pack are judged for one audience while they are walked through: in or out, how marked, and why; the walk itself is in the modules beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import LOWEST, Ceiling, Marking, join
from briefpack.pack import Audience
from briefpack.policy import Policy
from briefpack.verdict import Kind, Verdict, admits

EMPTIED = "everything in it is withheld"


@dataclass(slots=True)
class Open:
    """A node whose verdict is written and whose children follow.

    marking: how what is in it counts that has no marking itself. words: the marking of its own words, LOWEST where it has none.
    said: that of the texts in it that have no verdict of their own. inside: by verdict, the markings of what is kept of its children.
    """

    index: int
    included: bool
    outer: str | None
    marking: Marking
    words: Marking
    said: Marking = LOWEST
    inside: dict[int, Marking] = field(default_factory=dict)

    @property
    def whole(self) -> Marking:
        """The least upper bound of all that is kept of it."""
        whole = self.words
        for marking in (self.said, *self.inside.values()):
            if marking is not whole:
                whole |= marking
        return whole


@dataclass(slots=True)
class Judge:
    """everything: nobody is judged for; all is in, and only markings are worked out.

    outer: the kind of the withheld container around, None when all are in. depth: of the next verdict. around: the nodes that are open, the
    innermost last. left: the limits of the node that was closed last, as its selection has them. vain: where a marking is given to a title
    that is all there is. contents: where everything is in, by verdict, the marking of what is in a node besides its own words.
    """

    audience: Audience
    policy: Policy | None = None
    everything: bool = False
    verdicts: list[Verdict] = field(default_factory=list)
    depth: int = 0
    outer: str | None = None
    around: list[Open] = field(default_factory=list)
    left: Limits = EVERYBODY
    vain: list[tuple[Kind, Where]] = field(default_factory=list)
    contents: dict[int, Marking] = field(default_factory=dict)
    _reasons: dict[Marking, str | None] = field(default_factory=dict)
    _limits: dict[tuple[Marking, Marking], Limits] = field(default_factory=dict)
    _last: Limits = EVERYBODY
    _admitted: Marking | None = None

    def open(
        self,
        kind: Kind,
        title: str,
        where: Where,
        *limits: Limits,
        reason: str | None = None,
        gets: bool = True,
        words: bool = True,
        leaf: bool = False,
        titled: bool = True,
    ) -> Open:
        """Write the verdict on a node and go down into it. reason: replaces that of the limits. words: whether it has any besides those of its
        children; one without is in if a child of it is. leaf: it has nothing else, so that its words are as high as all of it. titled: its own words
        are a title, which may be marked by itself."""
        limited = False
        included, why = gets, reason or "for everybody"
        for limit in limits:
            if limit.audiences is not None or limit.tags is not None:
                limited = True
        if limited and not self.everything:
            judged = [
                admits(each, self.audience)
                for each in limits
                if each.audiences is not None or each.tags is not None
            ]
            included = all(let_in for let_in, _ in judged)
            why = "; ".join(told for let_in, told in judged if included or not let_in)
        inherited = self.outer is not None
        if self.policy is None:
            opened = Open(len(self.verdicts), included and not inherited, self.outer, LOWEST, LOWEST)
            declared = at = own = None
            above = False
        else:
            declared, at, marking, own = self.marking(limits, leaf=leaf)
            if kind is not Kind.ANNEX and (leaf or not titled):
                self._check_title(kind, limits, leaf=leaf)
            above_it = self.above(own) if words and included else None
            above = above_it is not None and not inherited
            if above_it is not None:
                included, why = False, above_it
            own = own if words else None
            opened = Open(
                len(self.verdicts),
                included and not inherited,
                self.outer,
                marking,
                LOWEST if own is None else own,
            )
        if self.outer is not None:
            included, why = False, f"its {self.outer} is withheld"
        self.around.append(opened)
        self.verdicts.append(
            Verdict(
                kind, title, where, included, why, self.depth, limited, inherited, above, declared, at, own
            )
        )
        self.depth += 1
        if not included and self.outer is None:
            self.outer = kind.value
        return opened

    def close(self, opened: Open, *, emptied: bool = False, reason: str = EMPTIED) -> bool:
        """Come up again; whether the node stays. emptied: it had content and lost all of it."""
        self.depth -= 1
        self.outer = opened.outer
        self.around.pop()
        stays = opened.included and not emptied
        if self.policy is not None:
            whole = opened.whole
            self.left = self.limits_of(whole, opened.words)
            if self.everything and (opened.inside or opened.said is not LOWEST):
                self.contents[opened.index] = join((opened.said, *opened.inside.values()))
            if stays:
                if self.around:
                    self.around[-1].inside[opened.index] = whole
                v = self.verdicts[opened.index]
                self.verdicts[opened.index] = Verdict(
                    v.kind, v.title, v.where, v.included, v.reason, v.depth, v.limited, v.inherited, v.above,
                    v.declared, v.declared_at, v.own, whole,
                )  # fmt: skip  # replace() takes ten times as long, and there is one for every node
        if opened.included and emptied:
            self.put_out(opened.index, reason)
        return stays

    def limits_of(self, whole: Marking, words: Marking) -> Limits:
        """The limits of a node in a selection."""
        last = self._last
        if whole is last.marking and words is last.title_marking:
            return last  # mostly: comparing markings costs more than all the rest
        found = self._limits.get((whole, words))
        if found is None:
            found = self._limits[whole, words] = Limits(marking=whole, title_marking=words)
        self._last = found
        return found

    def put_out(self, index: int, reason: str) -> None:
        """Say of a node that was in that it is out after all; its marking counts no longer for what it stands in, which is still open."""
        self.verdicts[index] = replace(self.verdicts[index], included=False, reason=reason, marking=None)
        if self.around:
            self.around[-1].inside.pop(index, None)

    def withdraw(self, verdicts: range, reason: str) -> None:
        """The same of a node and of what is in it. verdicts: on the node first."""
        first = self.verdicts[verdicts.start]
        why = f"its {first.kind.value} is withheld"
        if first.included:
            self.put_out(verdicts.start, reason)
        for index in verdicts[1:]:
            verdict = self.verdicts[index]
            if verdict.included:
                self.verdicts[index] = replace(
                    verdict, included=False, reason=why, inherited=True, marking=None
                )

    # ----------------------------------------------------------------------- markings

    def marking(
        self, limits: Iterable[Limits], *, leaf: bool = False
    ) -> tuple[Marking | None, Where | None, Marking, Marking]:
        """What a node is said to be marked and where that is said; how what is in it counts that says nothing, and how its own words do."""
        declared: Marking | None = None
        at: Where | None = None
        title: Marking | None = None
        default: Marking | None = None
        for limit in limits:
            if limit.marking is not None:
                declared = limit.marking if declared is None else declared | limit.marking
                at = limit.marked_at or at
            if limit.title_marking is not None:
                title = limit.title_marking if title is None else title | limit.title_marking
            if limit.default_marking is not None:
                default = limit.default_marking if default is None else default | limit.default_marking
        marking = declared
        if marking is None:
            marking = self.around[-1].marking if self.around else LOWEST
        if title is None and default is None:
            return declared, at, marking, marking
        if leaf:
            return declared, at, marking, join((marking, title or marking, default or marking))
        inherited = marking if default is None else default
        return declared, at, inherited, inherited if title is None else title

    def _check_title(self, kind: Kind, limits: Iterable[Limits], *, leaf: bool) -> None:
        """Note a marking of a title where there is none, or where it is all there is: it would say less of the whole than `marking` does."""
        for limit in limits:
            for where in (limit.title_marked_at, limit.default_marked_at if leaf else None):
                if where is not None:
                    self.vain.append((kind, where))

    def plain(self) -> Marking | None:
        """How a text counts that has no verdict of its own and is no word of the node around; None where it is above the clearance."""
        around = self.around[-1]
        if self.above(around.marking) is not None:
            return None
        around.said = around.marking if around.said is LOWEST else around.said | around.marking
        return around.marking

    def above(self, marking: Marking) -> str | None:
        """Why what is marked so is not for this audience; None when it is."""
        if self.policy is None or self.audience.clearance is None or self.everything:
            return None
        if marking is self._admitted:
            return None
        if marking in self._reasons:
            told = self._reasons[marking]
            if told is None:
                self._admitted = marking
            return told
        admitted = self.audience.clearance.admits(marking)
        told = (
            None
            if admitted
            else above_in_words(marking, self.audience.clearance, self.audience.name, self.policy)
        )
        self._reasons[marking] = told
        return told


def above_in_words(marking: Marking, clearance: Ceiling, name: str, policy: Policy) -> str:
    """Why what is marked so is above a clearance, in the words of a message."""
    said = policy.banner(marking, "en")
    if marking.level > clearance.level:
        return f"{said} is above the clearance of {name}"
    if not marking.caveats <= clearance.caveats:
        lacking = ", ".join(sorted(marking.caveats - clearance.caveats))
        return f"{said}: {name} is not entitled to {lacking}"
    return f"{said} is not releasable to all of {name}"
