"""What the rooms that read a pack share: where findings go, which audiences there are, which ids are taken, and the values of common keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefpack.blocks import AuthorSpans
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import Marking
from briefpack.policy import Policy
from briefpack.reading.checks import Report, near, suggestion
from briefpack.reading.markdown import read_spans
from briefpack.reading.node import Kind, Node
from briefpack.reading.paths import Roots
from briefpack.reading.read_marking import read_marking
from briefpack.reading.scalars import to_datetime
from briefpack.reading.silence import SILENCE_KEY, Silenced
from briefpack.reading.source import Source, check_words

MARKINGS = ("marking", "title_marking", "default_marking")
"""The keys under which markings stand."""


@dataclass(slots=True)
class Context:
    """audiences: the pack's, in order, each with the tags it takes (None: all). known: whether they could be read;
    where not, names of audiences and tags are not checked.

    members: codes of all groups that an audience belongs to, by its clearance.
    ids: every id of the pack and where it was given. inputs: every file that was read, in order. silenced: the groups with a `silence`.
    policy: None where the pack has none, or none that could be read (then lost, and markings are not told of).
    """

    report: Report
    roots: Roots
    audiences: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    known: bool = False
    members: frozenset[str] = frozenset()
    ids: dict[str, Where] = field(default_factory=dict)
    inputs: dict[Path, None] = field(default_factory=dict)
    silenced: list[Silenced] = field(default_factory=list)
    policy: Policy | None = None
    lost: bool = False

    def title(self, node: Node | None) -> str:
        """The words of a title, "" for None."""
        words = words_of(node)
        if node is not None:
            check_words(words, Source(node), 0, self.report)
        return words

    def claim(self, name: str, where: Where) -> None:
        """Take an id; report one that is taken."""
        first = self.ids.get(name)
        if first is None:
            self.ids[name] = where
        else:
            self.report.error(
                where,
                f"the id “{name}” is given twice; the first is at {first}",
                "give one of them another `id:`; sections, annexes and blocks share one set of ids",
            )

    def id_of(self, node: Node) -> str | None:
        """A node's own id, taken; None when it has none."""
        given = node.scalar("id")
        if given is None:
            return None
        self.claim(given.text, given.where)
        return given.text

    def limits(self, node: Node, *, free: bool = False) -> Limits:
        """Who gets a node, from its `audiences` and `tags`, and how it is marked. What is silenced in it is noted as well: they stand together.

        free: without a policy, its marking is free text and no concern of limits.
        """
        if SILENCE_KEY in node.values:
            self.silenced.append(Silenced(node))
        audiences = node.get("audiences")
        tags = node.get("tags")
        marking, title, default = (self.marking(node, key, free=free) for key in MARKINGS)
        if audiences is None and tags is None and marking is None and title is None and default is None:
            return EVERYBODY
        return Limits(
            None if audiences is None else self._audiences(audiences),
            None if tags is None else self._tags(tags),
            marking,
            title,
            None if marking is None else node.keys["marking"].where,
            None if title is None else node.keys["title_marking"].where,
            default,
            None if default is None else node.keys["default_marking"].where,
        )

    def marking(self, node: Node, key: str, *, free: bool = False) -> Marking | None:
        """The marking under a key; None when there is none. free: see limits."""
        written = node.get(key)
        if written is None or self.lost:
            return None
        if self.policy is not None:
            marking = read_marking(written, self.policy, self.report)
            if marking is not None:
                self._check_groups(marking, written, self.policy)
            return marking
        if not free or key != "marking" or written.kind is not Kind.SCALAR:
            self.report.error(
                node.keys[key].where,
                "the pack has no policy, so this marking means nothing",
                "add `policy: plain`, or another, to pack.yaml",
            )
        return None

    def _check_groups(self, marking: Marking, node: Node, policy: Policy) -> None:
        """Where any name may be a group, a misspelt one is a group that nobody belongs to."""
        if not self.known or not policy.release.open:
            return
        for code in sorted(policy.unlisted(marking) - self.members):
            meant = near(code, tuple(name.lower() for name in self.members))
            self.report.warning(
                node.where,
                f"no audience belongs to “{code}”",
                f"did you mean `{meant.upper()}`?"
                if meant
                else "add it to the `groups` of a clearance, if anybody is to get this",
                rule="unknown-group",
            )

    def _audiences(self, node: Node) -> tuple[str, ...]:
        """[press, staff] as it is; [not press] as everybody else, by name."""
        named: dict[str, None] = {}
        excluded: dict[str, None] = {}
        for entry in names(node):
            words = entry.text.split()
            inverse = words[:1] == ["not"] and len(words) == 2
            name = words[1] if inverse else entry.text
            if self.known and name not in self.audiences:
                self.report.error(
                    entry.where,
                    f"there is no audience “{name}”",
                    suggestion(name, tuple(self.audiences), "the pack's audiences"),
                )
                continue
            (excluded if inverse else named)[name] = None
        if named and excluded:
            self.report.error(
                node.where,
                "audiences are either named or excluded, not both",
                "write those who get it, or `not` before each of those who do not",
            )
        if excluded:
            named = {name: None for name in self.audiences if name not in excluded}
            if self.known and not named:
                self.report.warning(
                    node.where, "nobody gets this: every audience is excluded", "delete it", rule="nobody"
                )
        return tuple(named)

    def _tags(self, node: Node) -> tuple[str, ...]:
        tags = tuple(dict.fromkeys(entry.text for entry in names(node)))
        if not self.known or not self.audiences:
            return tags
        taken = {tag for takes in self.audiences.values() for tag in takes or ()}
        nobody = all(takes is not None for takes in self.audiences.values())
        for entry in names(node):
            if entry.text in taken:
                continue
            meant = near(entry.text, tuple(taken))
            if nobody or meant:
                self.report.warning(
                    entry.where,
                    f"no audience lists the tag “{entry.text}”",
                    f"did you mean `{meant}`?" if meant else "add it to the `tags:` of an audience",
                    rule="unknown-tag",
                )
        return tags


def names(node: Node) -> list[Node]:
    """The names under a key: one, or a list of them; what is no name is left out (its shape is reported)."""
    listed = [node] if node.kind is Kind.SCALAR else node.items
    return [entry for entry in listed if entry.kind is Kind.SCALAR and not entry.is_null and not entry.faulty]


def words_of(node: Node | None) -> str:
    """A line of text as it is printed: white space, line ends among it, is one space. "" for None."""
    return "" if node is None else " ".join(node.text.split())


def spans_of(node: Node, key: str, context: Context, *, notes: bool = False) -> AuthorSpans | None:
    """One paragraph of Markdown under a key; None when the key is not there. notes: see read_spans."""
    value = node.scalar(key)
    if value is None or not value.text.strip():
        return None
    return read_spans(value, context.report, f"`{key}`", notes=notes)


def day_of(node: Node, key: str) -> date | None:
    """The day under a key; None when there is none (or none in the calendar, which is reported)."""
    value = node.scalar(key)
    moment = None if value is None else to_datetime(value.text)
    return None if moment is None else moment.date()
