"""The distribution of a pack, written in pack.yaml or in a file of its own → who gets what, each with a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from briefpack.distribution import (
    DEFAULT_RESOLUTION,
    DEFAULT_SIZE,
    OUTBOX,
    Distribution,
    Fit,
    Line,
    Mailbox,
    Mailing,
    Recipient,
)
from briefpack.marking import Ceiling
from briefpack.pack import Audience
from briefpack.reading.addresses import AddressError, check_name
from briefpack.reading.context import Context, names
from briefpack.reading.distribution_checks import Listed, check_allowed, check_list
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_imports import read_import
from briefpack.reading.read_mailings import known_audience, read_mailbox, read_mailings
from briefpack.reading.read_marking import read_ceiling
from briefpack.reading.read_server import read_server
from briefpack.reading.schema_distribution import DISTRIBUTION, FORMATS, PERSON, to_bytes
from briefpack.reading.silence import SILENCE_KEY, Silenced
from briefpack.reading.yaml_tree import read_tree

PRESS = "press"
"""The audience whose readers do not see each other, unless the list says otherwise."""


def read_distribution(
    pack: Node, audiences: Sequence[Audience], language: str, context: Context
) -> Distribution | None:
    """pack: the tree of pack.yaml, whose shape has been checked; that of a file is checked here. language: the pack's.

    None where the pack has none, or where there is something wrong with it, which is reported.
    """
    written = pack.get("distribution")
    if written is None:
        return None
    before = len(context.report.findings.items)
    if written.kind is Kind.SCALAR:
        path = context.roots.file(written, context.report, "distribution")
        tree = None
        if path is not None:
            context.inputs[path] = None
            tree = read_tree(path, context.report.findings)
        if tree is None:
            return None
        DISTRIBUTION.check(tree, context.report)
        written = tree
    if written.kind is not Kind.MAP:
        return None
    return _Reader(written, audiences, language, context, before).distribution()


@dataclass(slots=True)
class _Reader:
    """before: how much had been found before the distribution was looked at."""

    tree: Node
    audiences: Sequence[Audience]
    language: str
    context: Context
    before: int

    def distribution(self) -> Distribution | None:
        for audience in self.audiences:
            if audience.name == OUTBOX:
                self.context.report.error(
                    audience.where,
                    f"“{OUTBOX}” is the folder of the messages",
                    "give this audience another name",
                )
        mailings, allowed = read_mailings(self.tree, self.audiences, self.context)
        listed = [one for group in self.groups() for one in self.people(*group, mailings)]
        if mailings:
            check_allowed(allowed, mailings, self.context.report)
            check_list(listed, mailings, self.audiences, self.context.report)
        server = read_server(self.tree, self.context.report)
        findings = self.context.report.findings
        if findings.has_errors:
            return None
        size, style = self.tree.scalar("size"), self.tree.scalar("style")
        readers, copies = _numbered([each.recipient for each in listed], mailings)
        too_large, resolution = self.tree.get("too_large"), self.tree.scalar("resolution")
        return Distribution(
            mailings=mailings,
            recipients=readers,
            size=DEFAULT_SIZE if size is None else to_bytes(size.text),
            style="" if style is None else style.text,
            where=self.tree.where,
            size_where=self.tree.where if size is None else size.where,
            style_where=self.tree.where if style is None else style.where,
            too_large=()
            if too_large is None
            else tuple(dict.fromkeys(Fit(each.text) for each in names(too_large))),
            resolution=DEFAULT_RESOLUTION if resolution is None else int(resolution.text),
            copies=copies,
            server=server,
        )

    # ----------------------------------------------------------------------- readers

    def groups(self) -> Iterable[tuple[str, Node, list[Node]]]:
        """The name of each group, what holds for all in it, and its people."""
        groups = self.tree.group("groups")
        if groups is None:
            return
        for name, node in groups.values.items():
            if node.kind is not Kind.MAP:
                continue
            self.silenced(node)
            people = [person for person in node.listed("people") if not person.faulty]
            imports = node.get("import")
            before = len(self.context.report.findings.items)
            for entry in () if imports is None else names(imports):
                found = read_import(entry, self.context)
                for person in found:
                    PERSON.check(person, self.context.report)
                people += found
            if not people and not node.listed("people") and len(self.context.report.findings.items) == before:
                self.context.report.error(
                    groups.keys[name].where,
                    f"nobody is in the group “{name}”",
                    "add `people:` or `import:`, or delete it",
                )
            yield name, node, people

    def people(
        self, group: str, common: Node, people: list[Node], mailings: dict[str, Mailing]
    ) -> Iterable[Listed]:
        shared = self.ceiling(common)
        if (whole := common.scalar("audience")) is not None:
            # Once, and not for each of its people.
            known_audience(whole.text, whole.where, self.audiences, self.context.report)
        for node in people:
            self.silenced(node)
            mailbox = read_mailbox(node, self.context.report)
            own = node.scalar("audience") if node.kind is Kind.MAP else None
            audience = own or whole
            if audience is None:
                self.context.report.error(
                    node.where,
                    "nothing says whose pack this reader gets",
                    f"add `audience:` here or to the group “{group}”: {', '.join(each.name for each in self.audiences)}",
                )
            elif own is not None:
                known_audience(own.text, own.where, self.audiences, self.context.report)
            if audience is None or mailbox is None or audience.text not in mailings:
                continue
            yield self.reader(node, common, group, mailbox, audience=audience.text, shared=shared)

    def reader(
        self, node: Node, common: Node, group: str, mailbox: Mailbox, *, audience: str, shared: Ceiling | None
    ) -> Listed:
        places = [node, common] if node.kind is Kind.MAP else [common]
        said = self.tree.group("audiences")
        mailing = None if said is None else said.group(audience)
        hidden = None if mailing is None else mailing.scalar("bcc")
        usual = Line.BCC if (audience == PRESS if hidden is None else hidden.text == "true") else Line.TO
        line, formats = (
            _first(places, "as"),
            next((found for each in places if (found := each.get("formats"))), None),
        )
        language = _first([*places, *([] if mailing is None else [mailing])], "language")
        copy, also, greeting, password = (
            _first(places[:-1], key) for key in ("copy", "also", "greeting", "password")
        )
        lines = {each.value: each for each in Line}
        own = self.ceiling(node) if node.kind is Kind.MAP else None
        recipient = Recipient(
            mailbox=mailbox,
            audience=audience,
            group=group,
            line=usual if line is None else lines.get(line.text, usual),
            language=self.language if language is None else language.text,
            formats=()
            if formats is None
            else tuple(dict.fromkeys(each.text for each in names(formats) if each.text in FORMATS)),
            copy=int(copy.text) if copy is not None and copy.text.isdecimal() else None,
            where=node.where,
            clearance=own or shared,
            greeting=self.greeting(greeting),
            password="" if password is None else password.text,
        )
        address = node.scalar("address") if node.kind is Kind.MAP else node
        return Listed(
            recipient,
            also=also is not None and also.text == "true",
            address_where=node.where if address is None else address.where,
            formats_where=node.where if formats is None else formats.where,
            copy_where=node.where if copy is None else copy.where,
        )

    def greeting(self, node: Node | None) -> str:
        try:
            return "" if node is None else check_name(node.text)
        except AddressError as error:
            self.context.report.error(
                node.where if node is not None else self.tree.where, error.fact, error.remedy
            )
            return ""

    def ceiling(self, node: Node) -> Ceiling | None:
        written = node.get("clearance")
        if written is None or self.context.lost:
            return None
        if self.context.policy is None:
            self.context.report.error(
                node.keys["clearance"].where,
                "the pack has no policy, so a clearance means nothing",
                "add `policy: plain`, or another, to pack.yaml",
            )
            return None
        return read_ceiling(written, self.context.policy, self.context.report)

    def silenced(self, node: Node) -> None:
        if node.kind is Kind.MAP and SILENCE_KEY in node.values:
            self.context.silenced.append(Silenced(node))


def _first(places: Iterable[Node], key: str) -> Node | None:
    """What the first of several groups says that says anything."""
    return next((found for place in places if (found := place.scalar(key)) is not None), None)


def _numbered(
    readers: Sequence[Recipient], mailings: Mapping[str, Mailing]
) -> tuple[tuple[Recipient, ...], int]:
    """Every reader of a numbered copy with its number, and the highest number, 0 for none. Numbers that the list gives stay; others fill the gaps, in order."""
    taken = {each.copy for each in readers}
    free = (number for number in count(1) if number not in taken)
    found = tuple(
        replace(each, copy=next(free)) if each.copy is None and mailings[each.audience].copies else each
        for each in readers
    )
    return found, max((each.copy for each in found if each.copy is not None), default=0)
