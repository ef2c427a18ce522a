"""An audience's pack and its style → one Document in which every number, label, anchor and reference is final; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from briefpack.document import (
    AnnexEntry,
    Document,
    Heading,
    Meta,
    Section,
    TocEntry,
    TocKind,
    plain_text,
)
from briefpack.errors import Diagnostic, Findings, Where
from briefpack.pack import AnnexFacts, Audience, Pack
from briefpack.resolve.dates import moment_in_words
from briefpack.resolve.generated import with_listings
from briefpack.resolve.lower import Lowering
from briefpack.resolve.names import ANNEX_ANCHOR_LIMIT, Anchors, Target, TargetKind, Targets, known_names
from briefpack.resolve.number import Counts, Headings, in_digits
from briefpack.resolve.references import References
from briefpack.resolve.section import lower_section
from briefpack.style import Style

__all__ = ["Resolution", "known_names", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """document: None when there are errors among the findings."""

    document: Document | None
    findings: tuple[Diagnostic, ...]


def resolve(
    pack: Pack,
    audience: Audience,
    style: Style,
    facts: Mapping[str, AnnexFacts],
    *,
    date: datetime,
    known: Mapping[str, Where] | None = None,
) -> Resolution:
    """Make the Document of a selected pack.

    facts: what intake measured, by the annex's id; every annex of the pack is in it (KeyError otherwise).
    date: the build's only clock. known: known_names() of the whole pack, so that a reference to what is
    withheld from this audience is told from one to what does not exist; None takes the selected pack's.
    """
    known = known if known is not None else known_names(pack)
    # The first walk learns where every name leads, the second knows it. Both run the same code in the same
    # order, so that a number in a reference cannot differ from the number it refers to.
    last = _walk(pack, audience, style, facts, known=known, targets=None)
    if last.met_reference:
        last = _walk(pack, audience, style, facts, known=known, targets=last.targets)
    if last.met_listing:
        last = replace(last, sections=with_listings(last.sections))
    findings = last.findings
    _check_titles(pack, last.sections, findings)
    if not last.sections and not last.annexes:
        findings.error(
            audience.where,
            f"nothing of the pack is for {audience.name}",
            "let it have a section or an annex, or take the audience out",
        )
    if findings.has_errors:
        return Resolution(None, tuple(findings))
    contents = tuple(_contents(last.sections, last.annexes, style.contents.depth))
    meta = _meta(pack, audience, style, date)
    return Resolution(Document(meta, contents, last.sections, last.annexes), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Walked:
    """What one walk over sections and annexes came back with."""

    sections: tuple[Section, ...]
    annexes: tuple[AnnexEntry, ...]
    targets: Targets
    findings: Findings
    met_reference: bool
    met_listing: bool


def _walk(
    pack: Pack,
    audience: Audience,
    style: Style,
    facts: Mapping[str, AnnexFacts],
    *,
    known: Mapping[str, Where],
    targets: Targets | None,
) -> _Walked:
    """targets: of an earlier walk, None on the first."""
    findings = Findings()
    met = Targets(findings)
    anchors = Anchors()
    references = References(style, audience.name, known, findings, targets, pack.meta.language)
    lowering = Lowering(
        style=style,
        findings=findings,
        targets=met,
        references=references,
        anchors=anchors,
        counts=Counts(),
        headings=Headings(style.numbering, None),
    )
    sections = tuple(
        lower_section(lowering, section, position, pack.meta.language)
        for position, section in enumerate(pack.sections, 1)
    )
    annexes = tuple(_annexes(pack, style, facts, anchors, met))
    return _Walked(sections, annexes, met, findings, references.met, lowering.listed)


def _annexes(
    pack: Pack, style: Style, facts: Mapping[str, AnnexFacts], anchors: Anchors, targets: Targets
) -> Iterable[AnnexEntry]:
    for position, annex in enumerate(pack.annexes, 1):
        label = in_digits(style.numbering.annexes, position)
        anchor = anchors.make("annex", annex.id, limit=ANNEX_ANCHOR_LIMIT)
        measured = facts[annex.id]
        target = Target(TargetKind.ANNEX, anchor, label, annex.title, "", annex.where, measured.pages)
        targets.add(annex.id, target)
        if annex.path.stem != annex.id:
            targets.stems.setdefault(annex.path.stem, []).append(target)
        yield AnnexEntry(
            label,
            annex.title,
            anchor,
            measured.pages,
            annex.path.name,
            measured.sha256,
            annex.where,
            annex.source,
            annex.marking,
        )


def _contents(sections: Iterable[Section], annexes: Iterable[AnnexEntry], depth: int) -> Iterable[TocEntry]:
    # A style that prints no contents (depth 0) still has an outline of sections and annexes.
    for section in sections:
        yield TocEntry(TocKind.SECTION, 1, section.number, section.title, section.anchor)
        for block in section.blocks:
            if isinstance(block, Heading) and block.level <= depth:
                title = plain_text(block.spans)
                yield TocEntry(TocKind.HEADING, block.level, block.number, title, block.anchor)
    for annex in annexes:
        yield TocEntry(TocKind.ANNEX, 1, annex.label, annex.title, annex.anchor)


def _meta(pack: Pack, audience: Audience, style: Style, date: datetime) -> Meta:
    author = pack.meta
    as_of = ""
    if author.date is not None:
        as_of = moment_in_words(author.date, style, author.language, with_time=author.as_of_has_time)
    watermark = author.watermark if audience.watermark is None else audience.watermark
    return Meta(
        title=author.title,
        subtitle=author.subtitle,
        reference=author.reference,
        organisation=author.organisation,
        owner=author.owner,
        place=author.place,
        dates=author.dates,
        chair=author.chair,
        version=author.version,
        as_of=as_of,
        language=author.language,
        marking=author.marking if audience.marking is None else audience.marking,
        audience=audience.name,
        audience_title=audience.title,
        date=date,
        where=author.where,
        file_stem=f"{pack.name}-{audience.name}",
        watermark=watermark or None,
        logo=style.cover.logo,
    )


def _check_titles(pack: Pack, sections: Iterable[Section], findings: Findings) -> None:
    """Two entries of the contents that read alike send a reader to the wrong page."""
    titles: dict[tuple[str, ...], Where] = {}
    for kind, title, where in (
        *(("section", section.title, section.where) for section in pack.sections),
        *(("annex", annex.title, annex.where) for annex in pack.annexes),
    ):
        _check_title(kind, (title,), where, titles, findings)
    for section in sections:
        headings: dict[tuple[str, ...], Where] = {}
        above: list[str] = []
        for block in section.blocks:
            if isinstance(block, Heading):
                title = plain_text(block.spans)
                above = [*above[: block.level - 2], title]
                _check_title("heading", tuple(above), block.where, headings, findings)


def _check_title(
    kind: str, path: tuple[str, ...], where: Where, first: dict[tuple[str, ...], Where], findings: Findings
) -> None:
    """path: the titles from the outermost in; the same title under another heading is no trouble."""
    key = tuple(" ".join(title.casefold().split()) for title in path)
    if key in first:
        findings.warning(
            where,
            f"the {kind} title “{path[-1]}” is used twice",
            f"the other one is at {first[key]}; a reader of the contents cannot tell them apart",
        )
    else:
        first[key] = where
