"""A whole pack, one audience and the machine → an auditor for the files of that audience, and what it searches for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from briefpack.audit.allowed import Allowed
from briefpack.audit.auditor import Auditor
from briefpack.audit.banners import Banners
from briefpack.audit.expected import Expected, Withheld
from briefpack.audit.lent import Lent
from briefpack.audit.machine import Machine
from briefpack.audit.names import names_of
from briefpack.audit.needles import Portions, portions_of, portions_of_pages
from briefpack.audit.read_picture import pixels_of, size_of
from briefpack.audit.search import Index
from briefpack.audit.seen import Picture, Seat, Seen
from briefpack.audit.squeeze import squeezed
from briefpack.audit.tree import Branch, Said
from briefpack.audit.variants import Printer
from briefpack.audit.weights import Weights
from briefpack.document import ImageData
from briefpack.errors import Where
from briefpack.pack import Pack
from briefpack.style import Style

ReadAnnex = Callable[[str], Sequence[Seen]]
"""The files of an annex, by its id, as they are read back."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched for in every file of an audience. portions: texts that are withheld from it and say enough. unsearched: texts that say too little.

    names: ids, addresses, names of files and audiences, the machine's. markings: forms of markings above its ceiling. pictures: withheld ones.
    """

    portions: int
    unsearched: int
    names: int
    markings: int
    pictures: int


def weights_of(tree: Branch) -> Weights:
    """How much words say in a pack. tree: of the whole pack."""
    return Weights(Counter(chain.from_iterable(said.words for branch in tree.all() for said in branch.said)))


def auditor_of(
    pack: Pack,
    expected: Expected,
    style: Style,
    *,
    machine: Machine,
    weights: Weights,
    read_annex: ReadAnnex,
) -> tuple[Auditor, Searched]:
    """expected: of the audience. style: its own. read_annex: asked at once for annexes that are withheld, for others when something was found."""
    audience = expected.audience
    # What gets through may be spelled out with all that the pack knows; what the audience may have, only with what it may have.
    printer = Printer.of(pack, style, pack.glossary)
    lent = _lent(pack, expected, read_annex)
    withheld = portions_of(expected.withheld, printer, weights)
    annexes, annex_pictures = _annexes(expected, weights, read_annex)
    others = portions_of(_others(pack, expected), printer, weights)
    portions = (*withheld.found, *annexes.found, *others.found)
    names = names_of(pack, expected, machine)
    banners = Banners.of(pack.policy, audience, _languages(pack), numbered=_numbers_by_capitals(style))
    pictures = {**annex_pictures, **_pictures(expected)}
    overlapping = [stream for one in lent if one.accepted for stream in one.streams] if portions else []
    auditor = Auditor(
        audience=audience.name,
        index=Index(portions, weights.bits),
        names=names,
        banners=banners,
        pictures={digest: told for picture, told in pictures.items() for digest in picture.digests},
        allowed=Allowed(expected, Printer.of(pack, style, expected.glossary), style, pack.name, overlapping),
        weights=weights,
        sizes=_sizes(expected, annex_pictures),
        lent=lent,
        allowed_pictures=lambda: [_looked_at(picture) for picture in expected.pictures],
    )
    return auditor, Searched(
        portions=len(withheld.found) + len(annexes.found),
        unsearched=withheld.unsearched + annexes.unsearched,
        names=sum(name.where is not None for name in names),
        markings=banners.forms,
        pictures=len(pictures),
    )


def _numbers_by_capitals(style: Style) -> bool:
    """Whether the style has numbers such as (A) or (I)."""
    said = repr(style.numbering)
    return "(A)" in said or "(I)" in said


def _others(pack: Pack, expected: Expected) -> Iterator[Withheld]:
    """The titles of the other audiences: what of them says enough is searched for in text, too."""
    own = expected.audience
    for other in pack.audiences:
        if other.name != own.name and other.title != own.title:
            said = (Said(other.title, other.where),)
            yield Withheld(
                "title of another audience", other.where, f"it is not {own.name}", said, (), (), ()
            )


def _languages(pack: Pack) -> Iterable[str]:
    return dict.fromkeys([pack.meta.language, *(one.language or "" for one in pack.sections)])


def _lent(pack: Pack, expected: Expected, read_annex: ReadAnnex) -> tuple[Lent, ...]:
    def reader(name: str) -> Callable[[], Sequence[Seen]]:
        return lambda: read_annex(name)

    return tuple(
        Lent(
            annex.id,
            annex.title,
            tuple(file.path.name for file in annex.files),
            annex.overlap,
            reader(annex.id),
        )
        for annex in pack.annexes
        if annex.id in expected.annexes
    )


# --------------------------------------------------------------------------- annexes that are withheld


def _annexes(
    expected: Expected, weights: Weights, read_annex: ReadAnnex
) -> tuple[Portions, dict[Picture, tuple[str, Where, str]]]:
    """The texts of their pages, each once, and their pictures."""
    found: list[Portions] = []
    pictures: dict[Picture, tuple[str, Where, str]] = {}
    for each in expected.withheld:
        if each.annex is None:
            continue
        pages: dict[bytes, tuple[str, str]] = {}
        for seen in read_annex(each.annex):
            for one in seen.all():
                for passage in one.passages:
                    if passage.seat is Seat.PAGE:
                        # "its text": of the file, where a message says of which.
                        said = passage.place
                        place = f"{'the ' + said[4:] if said.startswith('its ') else said} of {seen.name}"
                        pages.setdefault(squeezed(passage.text), (place, passage.text))
                for picture in one.pictures:
                    pictures[picture] = (each.what, each.where, each.why)
        found.append(portions_of_pages(pages.values(), each, weights))
    return (
        Portions(
            tuple(portion for one in found for portion in one.found),
            sum(one.unsearched for one in found),
        ),
        pictures,
    )


# --------------------------------------------------------------------------- pictures


def _pictures(expected: Expected) -> dict[Picture, tuple[str, Where, str]]:
    kept = {picture.content for picture in expected.pictures}
    return {
        _looked_at(picture): (each.what, each.where, each.why)
        for each in expected.withheld
        for picture in each.pictures
        if picture.content not in kept
    }


def _sizes(expected: Expected, of_annexes: Collection[Picture]) -> frozenset[tuple[int, int]] | None:
    """The sizes of withheld pictures, since no picture of another has their pixels. None where some are not known, as of those that were read in annexes."""
    if any(picture.pixels is not None for picture in of_annexes):
        return None
    found = {size_of(picture.content) for each in expected.withheld for picture in each.pictures}
    return frozenset(size for size in found if size is not None)


def _looked_at(picture: ImageData) -> Picture:
    """A picture as the readers of the audit tell of it."""
    return Picture("", hashlib.sha256(picture.content).hexdigest(), pixels_of(picture.content))
