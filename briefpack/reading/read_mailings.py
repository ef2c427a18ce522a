"""What a list says of the messages to each audience, and of mailboxes anywhere in it → Mailing and Mailbox, each with a place."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack import template
from briefpack.distribution import Mailbox, Mailing, Place, Secret, Wording
from briefpack.errors import Where
from briefpack.pack import Audience
from briefpack.reading.addresses import (
    AddressError,
    check_name,
    divide,
    hidden_in,
    parse_address,
    parse_domain,
)
from briefpack.reading.checks import Report, suggestion
from briefpack.reading.context import Context, names
from briefpack.reading.node import Kind, Node
from briefpack.reading.source import Source


def read_mailings(
    tree: Node, audiences: Sequence[Audience], context: Context
) -> tuple[dict[str, Mailing], list[tuple[str, Where]]]:
    """By audience, in the order of the pack, {} where nobody is known to send them; and the domains under `only`, each with its place, "*.example.int" without its star.

    tree: of the list. What is wrong is reported.
    """
    report = context.report
    allowed: list[tuple[str, Where]] = []
    sender = read_mailbox(tree.get("sender"), report)
    reply_to = read_mailbox(tree.get("reply_to"), report)
    said = tree.group("audiences")
    for name in () if said is None else said.values:
        known_audience(name, said.keys[name].where if said is not None else tree.where, audiences, report)
    found: dict[str, Mailing] = {}
    for audience in audiences:
        node = None if said is None else said.group(audience.name)
        own = None if node is None else read_mailbox(node.get("sender"), report)
        answers = None if node is None else read_mailbox(node.get("reply_to"), report)
        chosen = own or sender
        if chosen is None:
            continue
        if node is not None:
            _check_bare(node, context)
        found[audience.name] = Mailing(
            sender=chosen,
            reply_to=answers or (None if own else reply_to),
            wording=Wording()
            if node is None
            else Wording(_texts(node, "subject", report), _texts(node, "body", report)),
            only=None if node is None else _domains(node, allowed, report),
            where=audience.where if node is None or said is None else said.keys[audience.name].where,
            copies=() if node is None else _places(node),
            password=None if node is None else _secret(node),
            beside=node is None or (beside := node.scalar("beside")) is None or beside.text != "false",
        )
    return found, allowed


def known_audience(name: str, where: Where, audiences: Sequence[Audience], report: Report) -> bool:
    """Whether a pack has an audience of that name; reported where it has others only."""
    known = [audience.name for audience in audiences]
    if name in known or not known:
        return bool(known)
    report.error(where, f"there is no audience “{name}”", suggestion(name, known, "the pack's audiences"))
    return False


def read_mailbox(node: Node | None, report: Report) -> Mailbox | None:
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
        report.error((name or address).where, error.fact, error.remedy)
    try:
        found = parse_address(text)
    except AddressError as error:
        report.error(address.where, error.fact, error.remedy)
    return None if found is None else Mailbox(shown, found)


def _check_bare(node: Node, context: Context) -> None:
    """Report a subject that tells the pack's marking where the policy lets none do so."""
    policy, written = context.policy, node.get("subject")
    if policy is None or written is None or not policy.mail.bare:
        return
    texts = [written] if written.kind is Kind.SCALAR else list(written.values.values())
    for text in texts:
        if text.kind is Kind.SCALAR and "marking" in _fields(text.text):
            context.report.error(
                text.where,
                f"this subject tells the marking of the pack, and the policy {policy.name} lets no subject do so",
                "take {marking} out; the text of the message says it",
            )


def _domains(node: Node, allowed: list[tuple[str, Where]], report: Report) -> tuple[str, ...] | None:
    """The domains under `only`; None where it is not there, or where one of them is wrong, so that nobody is measured by it. allowed: gets what is right."""
    written = node.get("only")
    if written is None:
        return None
    found = []
    for entry in names(written):
        text = entry.text.strip()
        below = "*." if text.startswith("@*.") else ""
        if not text.startswith("@"):
            report.error(
                entry.where, f"“{text}” is no domain", f"write it with its @: @{text.rpartition('@')[2]}"
            )
            continue
        try:
            domain = parse_domain(text[1 + len(below) :])[0]
            found.append(below + domain)
            allowed.append((domain, entry.where))
        except AddressError as error:
            report.error(entry.where, error.fact, error.remedy)
    return tuple(found) if len(found) == len(names(written)) else None


def _texts(node: Node, key: str, report: Report) -> dict[str, str]:
    """Templates by language; one without is under "". What hides in them is reported."""
    written = node.get(key)
    if written is None:
        return {}
    texts = {"": written} if written.kind is Kind.SCALAR else written.values
    found = {language: text for language, text in texts.items() if text.kind is Kind.SCALAR}
    for text in found.values():
        hidden = hidden_in(text.text)
        if hidden is not None:
            report.error(
                Source(text).find(hidden, 0),
                f"the {key} has the invisible character U+{ord(hidden):04X} in it",
                "delete it; it was pasted from elsewhere",
            )
    return {language: text.text for language, text in found.items()}


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
