"""Names: anchors that writers can use, the ids an author can refer to, and what he may have meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from hashlib import sha256

from briefpack.errors import Findings, Where

ANCHOR_LIMIT = 40
"""The longest name of a Word bookmark (Office Open XML Part 1, 17.13.6.2: at most 40 characters)."""

ANNEX_ANCHOR_LIMIT = 32
"""Leaves room for "_p" and a page number of six digits."""


def slug(text: str) -> str:
    """ASCII letters, digits and underscores of text; a digest where no letter has an ASCII form."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return words or _digest(text)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


@dataclass(slots=True)
class Anchors:
    """Makes anchors that are unique in one Document and stay the same when other parts change."""

    taken: set[str] = field(default_factory=set)

    def make(self, kind: str, *names: str, limit: int = ANCHOR_LIMIT) -> str:
        """kind_name_name, cut to limit; what was cut away lives on in a digest, a repeated name gets a number."""
        whole = "_".join([kind, *map(slug, names)])
        anchor = whole
        if len(whole) > limit:
            anchor = f"{whole[: limit - 9].rstrip('_')}_{_digest(whole)}"
        if re.search(r"_p\d+$", anchor) and kind == "annex":
            # annex_x_p2 is the second page of annex_x.
            anchor = f"{anchor}_"
        unique, count = anchor, 1
        while unique in self.taken:
            count += 1
            ending = f"_{count}"
            unique = f"{anchor[: limit - len(ending)]}{ending}"
        self.taken.add(unique)
        return unique


class TargetKind(Enum):
    """What a reference leads to."""

    SECTION = "section"
    HEADING = "heading"
    ANNEX = "annex"
    TABLE = "table"
    FIGURE = "image"
    PARAGRAPH = "numbered paragraph"
    OTHER = "block"


@dataclass(frozen=True, slots=True)
class Target:
    """A place that has a name. anchor: None when nothing is printed there (a page break).

    number: as printed, without the word before it; None when it has none. title: printed in place of a
    missing number, "" when there is none either. section: anchor of the section it is in.
    pages: of an annex, else 0.
    """

    kind: TargetKind
    anchor: str | None
    number: str | None
    title: str
    section: str
    where: Where
    pages: int = 0


@dataclass(slots=True)
class Targets:
    """The names of one Document. by_name: ids, and file names of annexes that are no id themselves."""

    findings: Findings
    by_name: dict[str, Target] = field(default_factory=dict)
    sections: dict[str, Target] = field(default_factory=dict)
    stems: dict[str, list[Target]] = field(default_factory=dict)

    def add(self, name: str | None, target: Target) -> None:
        if target.kind is TargetKind.SECTION and target.anchor is not None:
            self.sections[target.anchor] = target
        if name is None:
            return
        first = self.by_name.get(name)
        if first is not None:
            self.findings.error(
                target.where,
                f"the id “{name}” is given twice",
                f"the other one is at {first.where}; give one of the two another id",
            )
            return
        self.by_name[name] = target

    def find(self, name: str) -> Target | None:
        found = self.by_name.get(name)
        if found is None and len(stems := self.stems.get(name, [])) == 1:
            return stems[0]
        return found

    @property
    def names(self) -> Iterator[str]:
        yield from self.by_name
        yield from self.stems


def _loose(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def suggestion(name: str, names: Iterable[str]) -> str | None:
    """The name that may have been meant: the same but for case, dashes and spaces, or else a close one."""
    loose: dict[str, str] = {}
    for candidate in names:
        loose.setdefault(_loose(candidate), candidate)
    close = get_close_matches(_loose(name), loose, n=1, cutoff=0.6)
    return loose[close[0]] if close else None
