"""What must hold of a list of readers as a whole: every one may have what he gets, and nobody is on it twice unawares."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefpack.distribution import Mailing, Recipient, Secret
from briefpack.errors import Where
from briefpack.pack import Audience
from briefpack.reading.checks import Report
from briefpack.reading.lookalikes import Domains, disguised, skeleton, two_scripts


@dataclass(frozen=True, slots=True)
class Listed:
    """A reader, and where it is said of him. also: he is meant to get other audiences' packs as well."""

    recipient: Recipient
    also: bool
    address_where: Where
    formats_where: Where
    copy_where: Where


def check_list(
    listed: Sequence[Listed], mailings: Mapping[str, Mailing], audiences: Sequence[Audience], report: Report
) -> None:
    """Report every fault of a list. mailings: of every audience of the pack."""
    by_name = {audience.name: audience for audience in audiences}
    for each in listed:
        audience = by_name[each.recipient.audience]
        _check_clearance(each, audience, report)
        _check_formats(each, audience, report)
        _check_domain(each, mailings[audience.name], report)
        _check_letters(each, report)
        _check_password(each, mailings[audience.name], report)
    _check_twice(listed, report)
    _check_tags(listed, report)
    _check_names(listed, report)
    _check_looks(listed, report)
    _check_copies(listed, report)
    _check_neighbours(listed, mailings, report)


def _check_clearance(each: Listed, audience: Audience, report: Report) -> None:
    own = each.recipient.clearance
    if own is not None and audience.clearance is not None and not own.covers(audience.clearance):
        report.error(
            each.recipient.where,
            f"{each.recipient.mailbox} is not cleared for all that the audience “{audience.name}” may see",
            "list this reader under an audience with a lower clearance, or correct `clearance:`",
        )


def _check_formats(each: Listed, audience: Audience, report: Report) -> None:
    has = {kind.value for kind in audience.formats}
    for wanted in each.recipient.formats:
        if wanted not in has:
            report.error(
                each.formats_where,
                f"the audience “{audience.name}” has no {wanted}",
                f"it has: {', '.join(sorted(has))}; add the format to the audience, or ask for another",
            )


def _check_domain(each: Listed, mailing: Mailing, report: Report) -> None:
    domain = each.recipient.mailbox.address.domain
    if mailing.only is None or mailing.may_go_to(each.recipient.mailbox.address):
        return
    close = Domains(allowed.removeprefix("*.") for allowed in mailing.only).nearest(domain)
    report.error(
        each.address_where,
        f"the pack of “{each.recipient.audience}” may not go to @{domain}",
        f"it looks like @{close}: check the address letter by letter"
        if close
        else f"it goes only to {', '.join(f'@{allowed}' for allowed in mailing.only)}; see `only:`",
    )


def _check_password(each: Listed, mailing: Mailing, report: Report) -> None:
    """Who names a password has his files locked with it, and nobody's files are locked with none."""
    # What stands in the place of a variable may be a password, and is not repeated.
    audience, variable = each.recipient.audience, each.recipient.password
    if variable and mailing.password is not Secret.ENVIRONMENT:
        report.error(
            each.recipient.where,
            f"{each.recipient.mailbox} has a `password:`, and the files of “{audience}” are not locked with it",
            f"write `password: environment` for the audience “{audience}”, or take it out here",
        )
    elif not variable and mailing.password is Secret.ENVIRONMENT:
        report.error(
            each.recipient.where,
            f"the files of “{audience}” are locked, and nothing says with what for {each.recipient.mailbox}",
            "add `password:` with the name of an environment variable, or let passwords be drawn: `password: letter`",
        )


def _check_letters(each: Listed, report: Report) -> None:
    mailbox = each.recipient.mailbox
    for what, text in (
        ("name", mailbox.name),
        ("address", mailbox.address.local),
        ("domain", mailbox.address.domain),
    ):
        word = two_scripts(text)
        if word is not None:
            report.warning(
                each.address_where,
                f"“{word}” in the {what} of {mailbox} mixes letters of two scripts that look alike",
                "type it anew; somebody may want to be taken for somebody else",
                rule="look-alike-address",
            )
    part = disguised(mailbox.address.domain)
    if part is not None:
        report.warning(
            each.address_where,
            f"“{part}” in the domain of {mailbox} is written in other letters that look like Latin ones",
            "check the address letter by letter with its owner",
            rule="look-alike-address",
        )
    # Wide and small forms of the sign are read as it is.
    if "@" in unicodedata.normalize("NFKC", mailbox.name):
        report.warning(
            each.address_where,
            f"the name of {mailbox.address} looks like an address: {mailbox.name}",
            "mail programs show the name and hide the address: write a name, or none",
            rule="look-alike-address",
        )
    if mailbox.address.needs_smtputf8:
        report.warning(
            each.address_where,
            f"{mailbox.address} has letters before its @ that not all mail servers pass on (SMTPUTF8)",
            "ask whether there is an address in plain letters as well",
            rule="international-address",
        )


def _check_twice(listed: Sequence[Listed], report: Report) -> None:
    first: dict[str, Listed] = {}
    held: set[tuple[str, str]] = set()
    for each in listed:
        recipient = each.recipient
        key = recipient.mailbox.address.key
        earlier = first.setdefault(key, each)
        if (key, recipient.audience) in held:
            report.error(
                each.address_where,
                f"{recipient.mailbox.address} is listed twice for the pack of “{recipient.audience}”",
                f"delete one of them; this address stands first at {earlier.address_where}",
            )
        elif earlier is not each and not each.also:
            report.error(
                each.address_where,
                f"{recipient.mailbox.address} gets the pack of “{earlier.recipient.audience}” and that of “{recipient.audience}”",
                f"delete one of them (the first is at {earlier.address_where}), or write `also: true` here if it is meant",
            )
        held.add((key, recipient.audience))


def _check_tags(listed: Sequence[Listed], report: Report) -> None:
    """Addresses that differ in what stands behind a + are one mailbox on most servers: who is to get a pack once would get it twice, or another's as well."""
    first: dict[str, Listed] = {}
    for each in listed:
        address = each.recipient.mailbox.address
        local, plus, _ = address.local.partition("+")
        earlier = first.setdefault(f"{local}@{address.ascii_domain}".casefold(), each)
        its = earlier.recipient.mailbox.address
        if its.key != address.key and (plus or "+" in its.local) and not each.also:
            report.warning(
                each.address_where,
                f"{address} and {its} are one mailbox on most servers",
                f"delete one of them (the first is at {earlier.address_where}), or write `also: true` here if it is meant",
                rule="same-mailbox",
            )


def _check_names(listed: Sequence[Listed], report: Report) -> None:
    """A name of several words that has two domains: one of the addresses may be a former one, private, or somebody else's."""
    first: dict[str, Listed] = {}
    for each in listed:
        mailbox = each.recipient.mailbox
        name = unicodedata.normalize("NFKC", mailbox.name).casefold()
        if " " not in name:
            continue
        earlier = first.setdefault(name, each)
        its = earlier.recipient.mailbox.address
        if its.domain != mailbox.address.domain and not each.also:
            report.warning(
                each.address_where,
                f"{mailbox.name} stands in this list with two addresses: {its} and {mailbox.address}",
                f"check which is right (the first is at {earlier.address_where}); write `also: true` here if both are",
                rule="same-name",
            )


def _check_looks(listed: Sequence[Listed], report: Report) -> None:
    """Addresses that differ, and look alike: one is written in other letters. Of plain letters alone people see which is which, as in user1 and userl."""
    first: dict[str, Listed] = {}
    for each in sorted(listed, key=lambda one: one.recipient.mailbox.address.needs_smtputf8):
        address = each.recipient.mailbox.address
        earlier = first.setdefault(f"{skeleton(address.local.casefold())}@{address.ascii_domain}", each)
        its = earlier.recipient.mailbox.address
        if its.key != address.key and address.needs_smtputf8:
            report.warning(
                each.address_where,
                f"{address} looks like {its}, which is another reader of this list",
                f"check the address letter by letter with its owner (the other one is at {earlier.address_where})",
                rule="look-alike-address",
            )


def check_allowed(
    allowed: Sequence[tuple[str, Where]], mailings: Mapping[str, Mailing], report: Report
) -> None:
    """Report domains under `only` that pass for others: an allowed one is never looked at again. allowed: each with its place, "*.example.int" without its star."""
    known = Domains(sorted({mailing.sender.address.domain for mailing in mailings.values()}))
    for domain, where in allowed:
        close = known.nearest(domain)
        word = two_scripts(domain) or disguised(domain)
        if close is not None or word is not None:
            report.warning(
                where,
                f"@{domain} looks like @{close}, which this list knows"
                if close is not None
                else f"“{word}” in this domain has letters that look like those of another script",
                "check it letter by letter: packs may go to whatever is allowed here",
                rule="look-alike-address",
            )
        known.add(domain)


def _check_copies(listed: Sequence[Listed], report: Report) -> None:
    first: dict[int, Where] = {}
    for each in listed:
        number = each.recipient.copy
        if number is not None and first.setdefault(number, each.copy_where) != each.copy_where:
            report.error(
                each.copy_where,
                f"two readers have copy {number}; the first is at {first[number]}",
                "give each copy a number of its own",
            )


def _check_neighbours(listed: Sequence[Listed], mailings: Mapping[str, Mailing], report: Report) -> None:
    """Domains that are nearly those that the list knows: allowed ones, the sender's, and those that more of its readers have."""
    counted = Counter(each.recipient.mailbox.address.domain for each in listed)
    sure = {allowed.removeprefix("*.") for mailing in mailings.values() for allowed in mailing.only or ()}
    sure |= {mailing.sender.address.domain for mailing in mailings.values()}
    # Of two that as many readers have, the one that is listed first counts as known.
    known = Domains(sorted(sure))
    alike: dict[str, str] = {}
    for domain, _ in counted.most_common():
        close = known.nearest(domain)
        if close is not None:
            alike[domain] = close
        known.add(domain)
    for each in listed:
        domain = each.recipient.mailbox.address.domain
        # Where only some domains are allowed, any other is an error already.
        if domain in alike and mailings[each.recipient.audience].only is None:
            report.warning(
                each.address_where,
                f"{each.recipient.mailbox.address} looks like @{alike[domain]}, which this list knows",
                "check the address letter by letter with its owner",
                rule="look-alike-address",
            )
