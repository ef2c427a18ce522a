"""`briefpack build`: packs → files in build/, and a table of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Allow, Jobs, Json, Packs, Quiet, Strict, processors
from briefpack.cli.schema import refresh
from briefpack.cli.terminal import RUN, counted, near, printable, say, size_in_words, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefpack.pipeline import Published, Report


class FormatName(StrEnum):
    """As briefpack.pack.Format, which takes too long to load for --help."""

    pdf = "pdf"
    docx = "docx"


class WordPagesName(StrEnum):
    """As briefpack.pipeline.audience.WordPages."""

    layout = "layout"
    libreoffice = "libreoffice"


def build(
    pack: Packs = None,
    audience: Annotated[
        list[str] | None,
        typer.Option(
            "-a",
            "--audience",
            metavar="AUDIENCE",
            help="Only for this audience. May be given several times.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - typer makes the option's name of it
        list[FormatName] | None,
        typer.Option(
            "-f",
            "--format",
            metavar="pdf|docx",
            help="Only in this format. May be given several times.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Write there instead of the project's build/.",
            show_default=False,
        ),
    ] = None,
    jobs: Jobs = None,
    allow: Allow = None,
    strict: Strict = False,
    word_pages: Annotated[
        WordPagesName,
        typer.Option(
            "--word-pages",
            metavar="layout|libreoffice",
            help="Where the page numbers in Word files come from.",
        ),
    ] = WordPagesName.layout,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft",
            help="Build drafts: marked as such on every page, not audited, and not to be sent to anybody.",
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Say of every annex what became of it, in a line.")
    ] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Build packs in PDF and Word.

    A PDF and a Word file for every audience, in build/PACK/AUDIENCE/. Each is read back and searched for what its audience must not have. A pack appears whole or not at all: when anything is wrong, the last good one stays.
    """
    RUN.json, RUN.quiet = json, quiet
    if json:
        RUN.content["outputs"] = []
    from briefpack.cli.progress import Bar
    from briefpack.errors import BriefpackError
    from briefpack.pack import Format
    from briefpack.pipeline import build as build_pack
    from briefpack.pipeline import combined
    from briefpack.pipeline.audience import WordPages
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs, project_around

    order = Order(
        audiences=tuple(audience or ()),
        formats=tuple(Format(wanted.value) for wanted in format or ()),
        output=output.absolute() if output else None,
        jobs=jobs or processors(),
        allow=tuple(folder.absolute() for folder in allow or ()),
        word_pages=WordPages(word_pages.value),
        strict=strict,
        draft=draft,
    )
    folders = find_packs(pack or (), Path.cwd())
    failures: list[BriefpackError] = []
    files: list[tuple[str, Published]] = []
    reports: list[Report] = []
    for folder in folders:
        try:
            with Bar(folder.name, hidden=quiet or json) as bar:
                report = build_pack(folder, order, bar.update)
        except BriefpackError as error:
            # One pack's faults do not keep another from being built; all are raised at the end.
            failures.append(error)
        else:
            files += ((report.pack, file) for file in report.files)
            reports.append(report)
            if output is None:
                refresh(project_around(folder))
            RUN.diagnostics += report.findings
    _tell(files, several=len(folders) > 1)
    _tell_annexes(reports, verbose=verbose)
    if failures:
        raise combined(failures)


def _tell(files: list[tuple[str, Published]], *, several: bool) -> None:
    if RUN.json:
        RUN.content["outputs"] = [
            {
                "pack": pack,
                "audience": file.audience,
                "format": file.format.value,
                "path": near(file.path),
                "pages": file.pages,
                "size": file.size,
                "sha256": file.sha256,
                "page_numbers": file.page_numbers,
                "claims": list(file.claims),
                "faults": list(file.faults),
                "seconds": round(file.seconds, 3),
            }
            for pack, file in files
        ]
    elif files and not RUN.quiet:
        heads = ("pack", "audience", "format", "pages", "page numbers", "claims", "size", "seconds", "path")
        rows = [
            (
                pack,
                file.audience,
                file.format.value,
                str(file.pages),
                file.page_numbers,
                ", ".join(file.claims) or "-",
                size_in_words(file.size),
                f"{file.seconds:.2f}",
                near(file.path),
            )
            for pack, file in files
        ]
        first = 0 if several else 1
        say(table(heads[first:], [row[first:] for row in rows], frozenset({"pages", "size", "seconds"})))
        # Several audiences get the same annex.
        for fault in dict.fromkeys(fault for _, file in files for fault in file.faults):
            say(printable(fault))


def _tell_annexes(reports: Sequence[Report], *, verbose: bool) -> None:
    if RUN.json:
        RUN.content["annexes"] = [
            {
                "pack": report.pack,
                "id": annex.id,
                "title": annex.title,
                "audiences": list(annex.audiences),
                "pages": annex.pages,
                "deeds": {deed.value: count for deed, count in annex.deeds.items()},
            }
            for report in reports
            for annex in report.annexes
        ]
    elif verbose and not RUN.quiet:
        for report in reports:
            for annex in report.annexes:
                deeds = "".join(f", {count} {deed.value}" for deed, count in annex.deeds.items())
                say(
                    printable(
                        f"annex {annex.id}: {counted(annex.pages, 'page')}{deeds or ', nothing changed'}"
                    )
                )
            if report.annex_record is not None:
                say(f"in full: {near(report.annex_record)}")
