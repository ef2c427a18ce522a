"""vCards, 3.0 (RFC 2426) and 4.0 (RFC 6350) → the people in them as groups of keys, each value with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.errors import Where
from briefpack.reading.checks import Report
from briefpack.reading.node import Kind, Node

MOST_CARDS = 10_000
_LINE = re.compile(
    r"(?:[A-Za-z0-9-]+\.)?(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):"
)
_PARAM = re.compile(r';([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^;"])*))?')
_CODES = frozenset({"QUOTED-PRINTABLE", "BASE64", "B"})
"""What version 2.1 has without ENCODING=, and programs write in later versions as well. Other words alone are types."""
_VERSIONS = ("3.0", "4.0")


@dataclass(frozen=True, slots=True)
class _Property:
    """name: in capitals. params: in capitals, the values in small letters, without quotes. value: as it stands, escapes and all."""

    name: str
    params: Mapping[str, str]
    value: str
    where: Where

    @property
    def rank(self) -> int:
        """1 is preferred, 100 is not: PREF=1 in 4.0, TYPE=pref in 3.0."""
        given = self.params.get("PREF", "")
        if given.isdecimal() and 1 <= int(given) <= 100:
            return int(given)
        return 1 if "pref" in self.params.get("TYPE", "").split(",") else 100


def read_vcards(text: str, path: Path, report: Report) -> list[Node]:
    """A group for each card, with `name`, `address` and `language` where it has them; a card that is wrong is reported and left out."""
    found: list[Node] = []
    card: list[_Property] | None = None
    begun = Where(path, 1, 1)
    for line in _unfolded(text, path):
        where, words = line
        parsed = _property(words, where)
        if parsed is None:
            report.error(
                where, "this line is no part of a vCard", "save the contacts anew as vCard 3.0 or 4.0"
            )
            return found
        if parsed.name == "BEGIN" and card is None and parsed.value.strip().upper() != "VCARD":
            report.error(
                where,
                f"this is a {parsed.value.strip()[:40]}, and no vCard",
                "save the contacts as vCard 3.0 or 4.0",
            )
            return found
        if parsed.name == "BEGIN":
            if card is not None:
                report.error(
                    begun, "this vCard has no END:VCARD", "save the contacts anew; the file is damaged"
                )
                return found
            card, begun = [], where
        elif card is None:
            report.error(
                where, "this line stands outside of any vCard", "save the contacts anew; the file is damaged"
            )
            return found
        elif parsed.name == "END":
            person = _person(card, begun, report)
            found += [] if person is None else [person]
            card = None
        else:
            card.append(parsed)
        if len(found) > MOST_CARDS:
            report.error(where, f"a file has at most {MOST_CARDS:,} vCards", "divide it")
            return found
    if card is not None:
        report.error(begun, "this vCard has no END:VCARD", "save the contacts anew; the file is damaged")
    return found


def _unfolded(text: str, path: Path) -> Iterator[tuple[Where, str]]:
    """Lines of content: one that begins with a space goes on from the one before it."""
    begun, words = 0, ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line[:1] in {" ", "\t"} and words:
            words += line[1:]
            continue
        if words.strip():
            yield Where(path, begun, 1), words
        begun, words = number, line
    if words.strip():
        yield Where(path, begun, 1), words


def _property(line: str, where: Where) -> _Property | None:
    match = _LINE.match(line)
    if match is None:
        return None
    params: dict[str, str] = {}
    for said in _PARAM.finditer(match["params"]):
        key, value = said.groups()
        if value is None:
            key, value = "ENCODING" if key.upper() in _CODES else "TYPE", key
        words = value.replace('"', "").lower()
        # TYPE=work;TYPE=pref is TYPE="work,pref".
        params[key.upper()] = f"{params[key.upper()]},{words}" if key.upper() in params else words
    place = Where(where.path, where.line, match.end() + 1)
    return _Property(match["name"].upper(), params, line[match.end() :], place)


def _person(card: list[_Property], begun: Where, report: Report) -> Node | None:
    version = next((each for each in card if each.name == "VERSION"), None)
    if version is None or version.value.strip() not in _VERSIONS:
        said = "no version" if version is None else f"version {version.value.strip()[:20]}"
        report.error(
            begun if version is None else version.where,
            f"this vCard has {said}",
            f"save the contacts anew as vCard {' or '.join(_VERSIONS)}",
        )
        return None
    kind = next((each for each in card if each.name == "KIND"), None)
    if kind is not None and kind.value.strip().lower() in {"group", "location", "application"}:
        report.error(
            kind.where,
            f"this vCard is of a {kind.value.strip().lower()}",
            "save the cards of its people instead",
        )
        return None
    coded = next(
        (each for each in card if each.name in {"FN", "N", "EMAIL"} and "ENCODING" in each.params), None
    )
    if coded is not None:
        report.error(
            coded.where, "this value is encoded", "save the contacts anew as vCard 3.0 or 4.0, in UTF-8"
        )
        return None
    address = _preferred(
        [each for each in card if each.name == "EMAIL" and each.value.strip()], begun, report
    )
    if address is None:
        return None
    person = Node(Kind.MAP, begun.path, begun.line, begun.column)
    name = next((each for each in card if each.name == "FN" and each.value.strip()), None)
    if name is not None:
        _put(person, "name", _plain(name.value), name.where)
    else:
        structured = next((each for each in card if each.name == "N"), None)
        if structured is not None:
            _put(person, "name", _from_parts(structured.value), structured.where)
    _put(person, "address", _plain(address.value), address.where)
    spoken = sorted(
        (each for each in card if each.name == "LANG" and each.value.strip()), key=lambda each: each.rank
    )
    if spoken:
        _put(person, "language", _plain(spoken[0].value), spoken[0].where)
    return person


def _preferred(addresses: list[_Property], begun: Where, report: Report) -> _Property | None:
    if not addresses:
        report.error(begun, "this vCard has no e-mail address", "add one, or take the card out")
        return None
    best = min(each.rank for each in addresses)
    chosen = [each for each in addresses if each.rank == best]
    if len({each.value.strip().casefold() for each in chosen}) > 1:
        report.error(
            chosen[1].where,
            "this vCard has several e-mail addresses, and none of them is preferred",
            "mark one of them as preferred, or leave one",
        )
        return None
    return chosen[0]


def _put(person: Node, key: str, text: str, where: Where) -> None:
    if text:
        person.keys[key] = Node(Kind.SCALAR, where.path, where.line, where.column, key)
        person.values[key] = Node(Kind.SCALAR, where.path, where.line, where.column, text)


def _plain(value: str) -> str:
    r"""\, is a comma, \; a semicolon, \\ a backslash; \n, a line's end, stays one so that it can be refused."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value).strip(" \t")


def _from_parts(value: str) -> str:
    """Family name; given name; others; before; behind → "Given Family"."""
    parts = [_plain(part) for part in re.split(r"(?<!\\);", value)]
    family, given, *_ = (*parts, "", "")
    return f"{given} {family}".strip()
