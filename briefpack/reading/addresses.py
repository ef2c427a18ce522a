"""An e-mail address, or a name, as somebody typed it → the address, or what is wrong with it; pure, and the only room with idna."""

from __future__ import annotations

import re
import unicodedata

import idna

from briefpack.distribution import Address

MOST_NAME = 200
"""Characters of a name: more is no name, and a line of a message's head has at most 998."""
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NAMED = re.compile(
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"\s*|(?!")(?P<bare>[^<>"]*(?:"[^<>"]*"[^<>"]*)*))<(?P<address>[^<>]*)>'
)
"""Quotation marks are around all of a name, or are part of it; where they are around its beginning only, nobody knows which."""
_JOINERS = "\u200c\u200d"
"""Invisible, and part of how some languages spell; between letters only."""
_STEERING = "\u061c\u200e\u200f"
"""Invisible, and what puts a full stop on its right side in a line of two directions; they turn no letter around."""
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters, marks and signs that nobody sees: fillers and joiners that Unicode counts among the visible ones."""
_SELECTORS = re.compile(r"[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They choose the form of the sign before them: some names are written with them, no address is."""
_FORMS = frozenset("\u0e33\u0eb3\u0edc\u0edd")
"""Letters of Thai and Lao that are compatibility characters (NFKC takes them apart) and ordinary all the same."""
_MOST_MARKS = 6
"""Marks on one letter; more of them cover the lines around."""
_MOST_LOCAL, _MOST_DOMAIN = 64, 253
_ROUTES = {
    "%": "which some servers take for another address behind this one",
    "!": "which some servers take for a way to another machine",
    "|": "which some servers take for a program to run",
    "`": "which some servers take for a program to run",
}


class AddressError(ValueError):
    """No address, or no name. fact: what is wrong; remedy: what to write."""

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact, self.remedy = fact, remedy


def divide(text: str) -> tuple[str, str]:
    """The name and the address of "Anna Example <anna@example.int>"; the name is "" where there is only an address."""
    match = _NAMED.fullmatch(text.strip())
    if match is None:
        return "", text.strip()
    quoted = match["quoted"]
    name = match["bare"].strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    return name, match["address"].strip()


def check_name(name: str) -> str:
    """A name as it may stand in the head of a message: white space is one space, NFC. Raises AddressError."""
    _refuse_hidden(name, "this name", selectors=True)
    shown = unicodedata.normalize("NFC", " ".join(name.split()))
    if len(shown) > MOST_NAME:
        raise AddressError(f"this name has {len(shown)} characters", f"write one of at most {MOST_NAME}")
    if _piled(shown):
        raise AddressError(
            "this name has more marks on a letter than any language has", "type it anew, without them"
        )
    if "=?" in shown:
        raise AddressError(
            "this name has =? in it, which mail programs take for the beginning of a code",
            "write the name in plain letters",
        )
    return shown


def parse_address(text: str) -> Address:
    """Raises AddressError. text: the address alone."""
    _refuse_hidden(text, "this address")
    if text.lower().startswith("mailto:"):
        raise AddressError(f"“{text}” is a link", f"write {text[7:]}")
    if not text:
        raise AddressError("there is no address here", "write one such as anna@example.int")
    if re.search(r"[,;]", text) and text.count("@") > 1:
        raise AddressError(f"“{text[:60]}” is more than one address", "list each of them by itself")
    if "<" in text or text.endswith(">"):
        raise AddressError(
            f"“{text[:60]}” cannot be divided into a name and an address",
            "write them apart; together they are Anna Example <anna@example.int>, with quotation marks around the whole name or none",
        )
    if any(char.isspace() for char in text):
        raise AddressError(f"“{text[:60]}” has a space in it", "an address has none: anna@example.int")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise AddressError(f"“{text[:60]}” is no e-mail address", "write one such as anna@example.int")
    return Address(_local(local), *parse_domain(domain))


def key_of(text: str) -> str:
    """As Address.key, of an address as people write it or as servers do; of what is none, its small letters."""
    try:
        return parse_address(text).key
    except AddressError:
        return text.casefold()


def parse_domain(text: str) -> tuple[str, str]:
    """A domain as people write it and as servers know it: "bücher.example", "xn--bcher-kva.example". Raises AddressError."""
    lower = unicodedata.normalize("NFC", text).lower()
    if re.search("[ij]\u0307", unicodedata.normalize("NFD", lower)):
        raise AddressError(
            f"“{text[:60]}” has a letter with two dots above each other, which look like one",
            "type the domain anew",
        )
    if lower.startswith("["):
        raise AddressError(
            f"“{text}” is the number of a machine", "write the domain's name, such as example.int"
        )
    labels = lower.split(".")
    if len(labels) < 2 or not all(labels):
        raise AddressError(
            f"“{text[:60]}” is no domain", "a domain has parts with dots between them: example.int"
        )
    pairs = [_label(label, text) for label in labels]
    shown, wire = (".".join(parts) for parts in zip(*pairs, strict=True))
    if len(wire) > _MOST_DOMAIN or labels[-1].isdigit():
        raise AddressError(f"“{text[:60]}” is no domain", "a domain is a name such as example.int")
    return shown, wire


def _label(label: str, domain: str) -> tuple[str, str]:
    if label.isascii() and not _LABEL.fullmatch(label):
        raise AddressError(
            f"“{label[:60]}” cannot be part of a domain ({domain[:60]})",
            "between the dots are letters, digits and dashes, no dash first or last",
        )
    if label.isascii() and not label.startswith("xn--"):
        return label, label
    try:
        wire = idna.alabel(label).decode("ascii")
        return idna.ulabel(wire), wire
    except idna.IDNAError as error:
        raise AddressError(
            f"“{label[:60]}” cannot be part of a domain: {error}",
            "copy the address anew from its owner's own message",
        ) from error


def _local(local: str) -> str:
    shown = unicodedata.normalize("NFC", local)
    if local.startswith('"'):
        raise AddressError(
            f"“{local}@…” is quoted, and many servers do not pass on such addresses",
            "ask for another address",
        )
    if len(shown.encode()) > _MOST_LOCAL:
        raise AddressError(f"“{shown[:40]}…” is too long to stand before an @", "check the address")
    if shown.startswith(".") or shown.endswith(".") or ".." in shown:
        raise AddressError(f"“{shown}@…” has a dot too many", "check the address")
    if shown.startswith("-"):
        raise AddressError(
            f"“{shown}@…” begins with a dash, which mail programs take for an option",
            "ask for another address",
        )
    if "=?" in shown:
        raise AddressError(
            f"“{shown}@…” has =? in it, which mail programs take for the beginning of a code",
            "check the address",
        )
    for char in shown.replace(".", ""):
        if char in _ROUTES:
            raise AddressError(
                f"“{shown}@…” has {char} before its @, {_ROUTES[char]}", "ask for another address"
            )
        if unicodedata.decomposition(char).startswith("<") and char not in _FORMS:
            raise AddressError(
                f"“{char}” before the @ is another form of “{unicodedata.normalize('NFKC', char)}”, and servers tell them apart",
                "type the address anew, rather than paste it",
            )
        if not (_ATOM.match(char) if char.isascii() else unicodedata.category(char)[0] in "LMN"):
            raise AddressError(f"“{char}” cannot stand before the @ of an address", "check the address")
    return shown


def _refuse_hidden(text: str, what: str, *, selectors: bool = False) -> None:
    """Nothing that ends a line of a message's head, turns text around, or cannot be seen. selectors: those of the form of a letter may stand behind one."""
    for number, char in enumerate(text):
        before = text[number - 1] if number else ""
        if char in _JOINERS and number < len(text) - 1 and before and (before.isalpha() | _is_mark(before)):
            continue
        chooses = _SELECTORS.match(char) is not None
        if chooses and selectors and not before.isascii() and before.isalpha():
            continue
        if _is_hidden(char):
            raise AddressError(
                f"{what} has the invisible character U+{ord(char):04X} in it",
                "type it anew, rather than paste it",
            )


def hidden_in(words: str) -> str | None:
    """The first character of a text of several lines that nobody sees and that does nothing there; None for none."""
    for number, char in enumerate(words):
        before, after = words[number - 1 : number], words[number + 1 : number + 2]
        if char in "\t\n\r" or char in _STEERING:
            continue
        if (char in _JOINERS or _SELECTORS.match(char)) and not before.isspace() and not before.isascii():
            # Of letters and of pictures alike.
            continue
        if char == "\ufe0f" and after == "\u20e3":
            continue
        if _is_hidden(char):
            return char
    return None


def _is_hidden(char: str) -> bool:
    return (
        unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
        or _SELECTORS.match(char) is not None
        or char in _BLANKS
    )


def _piled(text: str) -> bool:
    """Whether a letter has more marks than any language puts on one."""
    marks = 0
    for char in text:
        marks = marks + 1 if _is_mark(char) else 0
        if marks > _MOST_MARKS:
            return True
    return False


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
