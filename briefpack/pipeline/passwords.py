"""The passwords of an outbox: from the environment, or drawn, and then kept as long as the letter that tells them lies in the outbox.

A password is nowhere but in the environment or on its letter: a later draft reads it off the letter that the last one wrote, so that a letter that was handed
out stays true. Who deletes the letter gets a new password.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.password import prepared
from briefpack.distribute.letters import Letter
from briefpack.distribute.secret_words import drawn, found_in, weakness
from briefpack.distribute.traces import id_in, short_id
from briefpack.distribution import Mailing, Recipient, Secret
from briefpack.errors import ExitCode, Findings, some_of

LETTERS = "letters"
"""The folder in the outbox of letters with passwords, which nobody but its owner can list."""
Passwords = Mapping[str, str]
"""By the number of the letter, see letter_number."""


def letter_number(pack: str, reader: Recipient) -> str:
    """What a letter with a password is known by: the same for the same reader of the same audience's pack, whatever else changes. pack: its name."""
    return short_id(pack, reader.audience, reader.mailbox.address.key)


def passwords_of(
    pack: str,
    letters: Iterable[Letter],
    outbox: Path,
    former: Mapping[str, str],
    *,
    environment: Mapping[str, str],
    findings: Findings,
    locked: Collection[tuple[str, str]] = (),
) -> Passwords:
    """Of every reader whose files are locked; what cannot be used is reported, and no message repeats it.

    pack: its name. former: files of the outbox as its record tells: path → checksum. locked: audience and address, in small letters, of all whose files have been locked before;
    whoever of them gets another password is warned of.
    """
    anew: dict[str, tuple[Mailing, list[Recipient]]] = {}
    told: dict[str, str] = {}
    earlier: Mapping[str, str] | None = None
    for letter in letters:
        if letter.mailing.password is None:
            continue
        if letter.mailing.password is Secret.LETTER and earlier is None:
            earlier = passwords_on_letters(outbox, former)
        for reader in letter.readers:
            number = letter_number(pack, reader)
            if letter.mailing.password is Secret.ENVIRONMENT:
                told[number] = _of_variable(reader, environment, findings)
            else:
                known = (earlier or {}).get(number)
                told[number] = known or drawn()
                if known is None and (reader.audience, str(reader.mailbox.address).casefold()) in locked:
                    anew.setdefault(reader.audience, (letter.mailing, []))[1].append(reader)
    for mailing, readers in anew.values():
        _warn_of_new(mailing, readers, findings)
    return told


def _warn_of_new(mailing: Mailing, readers: Sequence[Recipient], findings: Findings) -> None:
    """readers: of one audience, whose files have been locked before with passwords that are gone."""
    alike = tuple(dict.fromkeys(str(each.mailbox.address) for each in readers))
    findings.warning(
        mailing.where,
        f"new passwords are drawn for readers of “{readers[0].audience}” whose files were locked before: {len(alike)} ({some_of(alike)}); the letters with the old ones are gone from the outbox",
        "hand out the new letters with what you send now; what was sent before opens with the old ones only",
        rule="new-passwords",
    )


def _of_variable(reader: Recipient, environment: Mapping[str, str], findings: Findings) -> str:
    """What is set there; "" where it cannot be used."""
    name = reader.password
    password = environment.get(name, "")
    if not password:
        state = "is empty" if name in environment else "is not set"
        findings.error(
            reader.where,
            f"the variable {name}, with the password for {reader.mailbox}, {state}",
            f"set it for this command only, from where your passwords are kept: {name}=… briefpack mail draft",
            ExitCode.USAGE,
        )
        return ""
    try:
        password = prepared(password)
    except CopyError as error:
        findings.error(
            reader.where,
            f"the password in {name} cannot be used: it {error.fact.removeprefix('has a password that ')}",
            error.remedy,
            ExitCode.USAGE,
        )
        return ""
    address = str(reader.mailbox.address)
    if weak := weakness(password, (reader.mailbox.name, address)):
        findings.error(
            reader.where,
            f"the password in {name} {weak}",
            "files can be tried without limit: take a long one, or let one be drawn with `password: letter`",
            ExitCode.USAGE,
        )
        return ""
    return password


def passwords_on_letters(outbox: Path, former: Mapping[str, str]) -> Passwords:
    """The passwords on the letters that lie in an outbox. former: as in passwords_of; where several letters have a number, those that it tells of count."""
    from briefpack.audit.read_pdf_pages import NoPagesError, opened, text_of_page

    found = {}
    for path in sorted(
        (outbox / LETTERS).glob("*.pdf"), key=lambda path: (f"{LETTERS}/{path.name}" in former, path.name)
    ):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            with opened(path.read_bytes()) as document:
                text = text_of_page(document, 0) or ""
        except (OSError, NoPagesError):
            continue
        number, password = id_in(text), found_in(text)
        if number and password:
            found[number] = password
    return found
