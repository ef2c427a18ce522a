"""The distribution of a pack, written in pack.yaml or in a file of its own → who gets what, each with a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from briefpack import template
from briefpack.distribution import (
    DEFAULT_RATE,
    DEFAULT_RESOLUTION,
    DEFAULT_SIZE,
    DEFAULT_TIMEOUT,
    OUTBOX,
    Distribution,
    Fit,
    Line,
    Mailbox,
    Mailing,
    Place,
    Recipient,
    Secret,
    Security,
    Server,
    Wording,
)
from briefpack.errors import Where
from briefpack.marking import Ceiling
from briefpack.pack import Audience
from briefpack.reading.addresses import AddressError, check_name, divide, parse_address, parse_domain
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.context import Context, names
from briefpack.reading.distribution_checks import Listed, check_allowed, check_list
from briefpack.reading.node import Kind, Node
from briefpack.reading.read_imports import read_import
from briefpack.reading.read_marking import read_ceiling
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
    """before: how much had been found before the distribution was looked at. allowed: domains under `only`, each with its place."""

    tree: Node
    audiences: Sequence[Audience]
    language: str
    context: Context
    before: int
    allowed: list[tuple[str, Where]] = field(default_factory=list)

    def distribution(self) -> Distribution | None:
        for audience in self.audiences:
            if audience.name == OUTBOX:
                self.context.report.error(
                    audience.where,
                    f"“{OUTBOX}” is the folder of the messages",
                    "give this audience another name",
                )
        mailings = self.mailings()
        listed = [one for group in self.groups() for one in self.people(*group, mailings)]
        if mailings:
            check_allowed(self.allowed, mailings, self.context.report)
            check_list(listed, mailings, self.audiences, self.context.report)
        server = _server(self.tree, self.context.report)
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

    # ----------------------------------------------------------------------- audiences

    def mailings(self) -> dict[str, Mailing]:
        """By audience, in the order of the pack; {} where nobody is known to send them."""
        sender = self.mailbox(self.tree.get("sender"))
        reply_to = self.mailbox(self.tree.get("reply_to"))
        said = self.tree.group("audiences")
        for name in () if said is None else said.values:
            self.known_audience(name, said.keys[name].where if said is not None else self.tree.where)
        found = {}
        for audience in self.audiences:
            node = None if said is None else said.group(audience.name)
            own = None if node is None else self.mailbox(node.get("sender"))
            answers = None if node is None else self.mailbox(node.get("reply_to"))
            chosen = own or sender
            if chosen is None:
                continue
            if node is not None:
                self.bare_subject(node)
            found[audience.name] = Mailing(
                sender=chosen,
                reply_to=answers or (None if own else reply_to),
                wording=Wording() if node is None else Wording(_texts(node, "subject"), _texts(node, "body")),
                only=None if node is None else self.domains(node),
                where=audience.where if node is None or said is None else said.keys[audience.name].where,
                copies=() if node is None else _places(node),
                password=None if node is None else _secret(node),
                beside=node is None or (beside := node.scalar("beside")) is None or beside.text != "false",
            )
        return found

    def bare_subject(self, node: Node) -> None:
        """Report a subject that tells the pack's marking where the policy lets none do so."""
        policy, written = self.context.policy, node.get("subject")
        if policy is None or written is None or not policy.mail.bare:
            return
        texts = [written] if written.kind is Kind.SCALAR else list(written.values.values())
        for text in texts:
            if text.kind is Kind.SCALAR and "marking" in _fields(text.text):
                self.context.report.error(
                    text.where,
                    f"this subject tells the marking of the pack, and the policy {policy.name} lets no subject do so",
                    "take {marking} out; the text of the message says it",
                )

    def domains(self, node: Node) -> tuple[str, ...] | None:
        """The domains under `only`; None where it is not there, or where one of them is wrong, so that nobody is measured by it."""
        written = node.get("only")
        if written is None:
            return None
        found = []
        for entry in names(written):
            text = entry.text.strip()
            below = "*." if text.startswith("@*.") else ""
            if not text.startswith("@"):
                self.context.report.error(
                    entry.where, f"“{text}” is no domain", f"write it with its @: @{text.rpartition('@')[2]}"
                )
                continue
            try:
                domain = parse_domain(text[1 + len(below) :])[0]
                found.append(below + domain)
                self.allowed.append((domain, entry.where))
            except AddressError as error:
                self.context.report.error(entry.where, error.fact, error.remedy)
        return tuple(found) if len(found) == len(names(written)) else None

    def known_audience(self, name: str, where: Where) -> bool:
        known = [audience.name for audience in self.audiences]
        if name in known or not known:
            return bool(known)
        self.context.report.error(
            where, f"there is no audience “{name}”", suggestion(name, known, "the pack's audiences")
        )
        return False

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
            self.known_audience(whole.text, whole.where)
        for node in people:
            self.silenced(node)
            mailbox = self.mailbox(node)
            own = node.scalar("audience") if node.kind is Kind.MAP else None
            audience = own or whole
            if audience is None:
                self.context.report.error(
                    node.where,
                    "nothing says whose pack this reader gets",
                    f"add `audience:` here or to the group “{group}”: {', '.join(each.name for each in self.audiences)}",
                )
            elif own is not None:
                self.known_audience(own.text, own.where)
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

    def mailbox(self, node: Node | None) -> Mailbox | None:
        """Of a text, or of a group with `name` and `address`; None where there is none, or where it is wrong, which is reported."""
        if node is None or node.faulty:
            return None
        if node.kind is Kind.MAP:
            address, name = node.scalar("address"), node.scalar("name")
            if address is None or address.faulty:
                return None
            if name is None:
                words, text = divide(address.text)
            else:
                words, text = name.text, address.text.strip(" ")
        elif node.kind is Kind.SCALAR and not node.is_null:
            address = name = node
            words, text = divide(node.text)
        else:
            return None
        found, shown = None, ""
        try:
            shown = check_name(words)
        except AddressError as error:
            self.context.report.error((name or address).where, error.fact, error.remedy)
        try:
            found = parse_address(text)
        except AddressError as error:
            self.context.report.error(address.where, error.fact, error.remedy)
        return None if found is None else Mailbox(shown, found)

    def silenced(self, node: Node) -> None:
        if node.kind is Kind.MAP and SILENCE_KEY in node.values:
            self.context.silenced.append(Silenced(node))


def _first(places: Iterable[Node], key: str) -> Node | None:
    """What the first of several groups says that says anything."""
    return next((found for place in places if (found := place.scalar(key)) is not None), None)


def _texts(node: Node, key: str) -> dict[str, str]:
    """Templates by language; one without is under ""."""
    written = node.get(key)
    if written is None:
        return {}
    if written.kind is Kind.SCALAR:
        return {"": written.text}
    return {language: text.text for language, text in written.values.items() if text.kind is Kind.SCALAR}


def _fields(text: str) -> tuple[str, ...]:
    """The fields of a template; () of one that is wrong, which is told with its shape."""
    try:
        return template.fields(text)
    except template.StrayBraceError:
        return ()


def _places(node: Node) -> tuple[Place, ...]:
    """Where the copies of an audience say whose they are, in a fixed order; () where there are none."""
    written = node.get("copies")
    if written is None:
        return ()
    said = {each.text for each in names(written)}
    if "true" in said:
        return (Place.COVER, Place.FOOTER)
    return tuple(each for each in Place if each.value in said)


def _secret(node: Node) -> Secret | None:
    written = node.scalar("password")
    return next((each for each in Secret if written is not None and each.value == written.text), None)


def _numbered(
    readers: Sequence[Recipient], mailings: Mapping[str, Mailing]
) -> tuple[tuple[Recipient, ...], int]:
    """Every reader of a numbered copy with its number, and how many copies there are. Numbers that the list gives stay; others fill the gaps, in order."""
    taken = {each.copy for each in readers}
    free = (number for number in count(1) if number not in taken)
    found = tuple(
        replace(each, copy=next(free)) if each.copy is None and mailings[each.audience].copies else each
        for each in readers
    )
    return found, max((each.copy for each in found if each.copy is not None), default=0)


def _server(tree: Node, report: Report) -> Server | None:
    """As the list names it; what is wrong with its shape has been reported. One that would be spoken to in the clear over a wire is reported."""
    node = tree.group("server")
    host = None if node is None else node.scalar("host")
    if node is None or host is None:
        return None
    numbers = {
        key: int(written.text)
        for key in ("port", "rate", "timeout")
        if (written := node.scalar(key)) is not None and written.text.isdecimal()
    }
    security, verify = node.scalar("security"), node.scalar("verify")
    by_name = {each.value: each for each in Security}
    server = Server(
        host=host.text.strip(),
        port=numbers.get("port"),
        security=Security.STARTTLS if security is None else by_name.get(security.text, Security.STARTTLS),
        verify=verify is None or verify.text != "false",
        rate=numbers.get("rate", DEFAULT_RATE),
        timeout=numbers.get("timeout", DEFAULT_TIMEOUT),
        where=node.where,
    )
    if server.security is Security.NONE and not server.is_local:
        report.error(
            node.where if security is None else security.where,
            f"packs would go to {server.host} for everybody on the way to read",
            "write `security: starttls` or `security: tls`; `none` is for a server on the same machine",
        )
    return server
