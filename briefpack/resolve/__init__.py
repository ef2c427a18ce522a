"""An audience's pack and its style → one Document in which every number, label, anchor and reference is final; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from briefpack.annex import AnnexFacts
from briefpack.document import (
    AnnexEntry,
    Document,
    Meta,
    Section,
    TocEntry,
    TocKind,
    plain_text,
    portion_mark,
)
from briefpack.errors import Diagnostic, Findings, Where
from briefpack.file_names import file_stem
from briefpack.known_names import known_names
from briefpack.marking import LOWEST
from briefpack.pack import Audience, Pack
from briefpack.resolve.abbreviations import Abbreviations, Glossary
from briefpack.resolve.dates import moment_in_words
from briefpack.resolve.generated import with_listings
from briefpack.resolve.labelling import label_of
from briefpack.resolve.lower import Lowering
from briefpack.resolve.lower_arranged import outlined
from briefpack.resolve.names import ANNEX_ANCHOR_LIMIT, Anchors, Target, TargetKind, Targets
from briefpack.resolve.number import Counts, Headings, in_digits
from briefpack.resolve.portions import Portions
from briefpack.resolve.references import References
from briefpack.resolve.section import lower_section
from briefpack.resolve.typography import Typography
from briefpack.resolve.walk import Walk
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
    glossary = _glossary(pack, style)
    # The first walk learns where every name leads and which abbreviations are used, the second knows it. Both run the
    # same code in the same order, so that a number in a reference cannot differ from the number it refers to.
    last = _walk(pack, audience, style, facts, known=known, glossary=glossary, earlier=None)
    if last.wants_another:
        last = _walk(pack, audience, style, facts, known=known, glossary=glossary, earlier=last)
    if last.met_listing:
        last = replace(last, sections=with_listings(last.sections))
    findings = last.findings
    _check_titles(pack, last.sections, findings)
    if not last.sections and not last.annexes:
        findings.error(
            audience.where,
            f"nothing of the pack is for {audience.name}",
            "let it have a section or an annex, or take the audience out"
            if audience.clearance is None
            else "let it have a section or an annex: mark one lower, give it a `title_marking` or raise the clearance; or take the audience out",
        )
    label = label_of(pack, audience, date, findings)
    if findings.has_errors:
        return Resolution(None, tuple(findings))
    contents = tuple(_contents(last.sections, last.annexes, style.contents.depth))
    meta = replace(_meta(pack, audience, style, date), label=label)
    document = Document(
        meta,
        contents,
        last.sections,
        last.annexes,
        pack.policy,
        *((pack.limits.marking or LOWEST, pack.limits.title_marking or LOWEST) if pack.policy else ()),
    )
    return Resolution(document, tuple(findings))


def _glossary(pack: Pack, style: Style) -> Glossary:
    """The pack's abbreviations, with long forms as they are printed."""
    typography, language = Typography(style), pack.meta.language
    entries = [
        replace(
            entry,
            long=typography.text(entry.long, language),
            plural=None if entry.plural is None else typography.text(entry.plural, language),
        )
        for entry in pack.glossary
    ]
    return Glossary(entries, language)


@dataclass(frozen=True, slots=True)
class _Walked:
    """What one walk over sections and annexes came back with. used: the abbreviations it met. wants_another: whether it met what only a
    second walk can put into words."""

    sections: tuple[Section, ...]
    annexes: tuple[AnnexEntry, ...]
    targets: Targets
    findings: Findings
    used: frozenset[str]
    wants_another: bool
    met_listing: bool


def _walk(
    pack: Pack,
    audience: Audience,
    style: Style,
    facts: Mapping[str, AnnexFacts],
    *,
    known: Mapping[str, Where],
    glossary: Glossary,
    earlier: _Walked | None,
) -> _Walked:
    """earlier: None on the first walk."""
    findings = Findings()
    met = Targets(findings)
    anchors = Anchors()
    counts = Counts()
    abbreviations = Abbreviations(
        glossary,
        style.typography.spell_out,
        style.typography.small_caps,
        None if earlier is None else earlier.used,
    )
    references = References(
        style,
        audience.name,
        known,
        findings,
        None if earlier is None else earlier.targets,
        pack.meta.language,
        counts=counts,
        abbreviations=abbreviations,
        portions=Portions(
            pack.policy, style.markings.portions, pack.meta.language, pack.limits.title_marking
        ),
    )
    lowering = Lowering(
        style=style,
        findings=findings,
        targets=met,
        references=references,
        anchors=anchors,
        counts=counts,
        headings=Headings(style.numbering, None),
    )
    sections = tuple(
        lower_section(lowering, section, position, pack.meta.language)
        for position, section in enumerate(pack.sections, 1)
    )
    references.language = pack.meta.language
    annexes = tuple(_annexes(pack, style, facts, lowering))
    return _Walked(
        sections,
        annexes,
        met,
        findings,
        frozenset(abbreviations.used),
        references.met or abbreviations.asked,
        lowering.listed,
    )


def _annexes(pack: Pack, style: Style, facts: Mapping[str, AnnexFacts], walk: Walk) -> Iterable[AnnexEntry]:
    for position, annex in enumerate(pack.annexes, 1):
        label = in_digits(style.numbering.annexes, position)
        anchor = walk.anchors.make("annex", annex.id, limit=ANNEX_ANCHOR_LIMIT)
        measured = facts[annex.id]
        walk.portions.begin(annex.limits)
        own = walk.portions.own
        title = walk.title(annex.title)
        target = Target(TargetKind.ANNEX, anchor, label, title, "", annex.where, measured.pages)
        walk.targets.add(annex.id, target)
        if annex.path.stem != annex.id:
            walk.targets.stems.setdefault(annex.path.stem, []).append(target)
        yield AnnexEntry(
            label,
            title,
            anchor,
            measured.pages,
            annex.file_name,
            measured.sha256,
            annex.where,
            None if annex.source is None else walk.title(annex.source),
            annex.marking,
            annex.scale or style.annexes.scale,
            annex.paper or style.annexes.paper,
            measured.damaged,
            annex.beside,
            len(annex.files),
            walk.portions.mark(own),
            annex.limits.marking if walk.portions.policy is not None else None,
            own,
        )


def _contents(sections: Iterable[Section], annexes: Iterable[AnnexEntry], depth: int) -> Iterable[TocEntry]:
    # A style that prints no contents (depth 0) still has an outline of sections and annexes.
    for section in sections:
        yield TocEntry(
            TocKind.SECTION,
            1,
            section.number,
            section.title,
            section.anchor,
            section.mark,
            section.title_marking,
        )
        for heading in outlined(section.blocks):
            if heading.level <= depth:
                mark, words = portion_mark(heading.spans)
                yield TocEntry(
                    TocKind.HEADING,
                    heading.level,
                    heading.number,
                    plain_text(words),
                    heading.anchor,
                    mark,
                    heading.marking,
                )
    for annex in annexes:
        yield TocEntry(
            TocKind.ANNEX, 1, annex.label, annex.title, annex.anchor, annex.mark, annex.title_marking
        )


def _meta(pack: Pack, audience: Audience, style: Style, date: datetime) -> Meta:
    author = pack.meta
    as_of = ""
    if author.date is not None:
        as_of = moment_in_words(author.date, style, author.language, with_time=author.as_of_has_time)
    typography = Typography(style)

    def words(text: str) -> str:
        return typography.text(text, author.language)

    watermark = author.watermark if audience.watermark is None else audience.watermark
    return Meta(
        title=words(author.title),
        subtitle=words(author.subtitle),
        reference=author.reference,
        organisation=words(author.organisation),
        owner=words(author.owner),
        place=words(author.place),
        dates=words(author.dates),
        chair=words(author.chair),
        version=author.version,
        as_of=as_of,
        language=author.language,
        marking=author.marking if audience.marking is None else audience.marking,
        audience=audience.name,
        audience_title=audience.title,
        date=date,
        where=author.where,
        file_stem=file_stem(pack, audience, style, date),
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
        for heading in outlined(section.blocks):
            title = plain_text(portion_mark(heading.spans)[1])
            above = [*above[: heading.level - 2], title]
            _check_title("heading", tuple(above), heading.where, headings, findings)


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
            rule="title-twice",
        )
    else:
        first[key] = where
