"""Files, before they go into a pack → what each is, what becomes of it, and whether it can be bound (preflight, as printers call it)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, Deed, Remark, Treatment
from briefpack.annexes.asking import Asking, NoAnswerError
from briefpack.annexes.foreign import kind_of_file
from briefpack.annexes.intake import take_in
from briefpack.annexes.paper_sizes import grouped, said
from briefpack.annexes.picturing import LONGEST_LOOK, Survey, contact_sheet, survey
from briefpack.errors import Diagnostic, Findings, Severity, Where
from briefpack.pipeline.annex_markings import marking_remarks
from briefpack.pipeline.set_annexes import set_annexes
from briefpack.reading.packaged_policies import packaged_policies
from briefpack.reading.read_style import read_style

_AT_ONCE = 8
"""Files that are taken in together, so that there is something to show after a while."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found of one file.

    size: bytes, None when they cannot be counted. kind: "a Word document"; "" when it cannot be read. part: the clean file; None when it is refused, and then errors say why.
    survey: None when it is refused, or when unseen says why it could not be looked through. sheet: a contact sheet, PNG; unseen says as well why there
    is none that was asked for. markings: that it says, of the policies that come with briefpack.
    """

    path: Path
    size: int | None
    kind: str
    part: CleanPart | None
    errors: tuple[Diagnostic, ...] = ()
    survey: Survey | None = None
    unseen: str = ""
    sheet: bytes | None = None
    markings: tuple[Remark, ...] = ()

    @property
    def is_bound(self) -> bool:
        return self.part is not None

    @property
    def to_know(self) -> tuple[Remark, ...]:
        """What the author should know before it is bound."""
        return tuple(remark for remark in self.remarks if remark.warn)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Those of intake, and what is seen of the clean file; those of one deed one behind the other."""
        if self.part is None:
            return ()
        every = (*self.part.remarks, *self.markings, *_seen(self.survey, self.part))
        order = list(Deed)
        return tuple(sorted(every, key=lambda remark: (order.index(remark.deed), not remark.warn)))


def preflight(
    paths: Sequence[Path],
    treatment: Treatment,
    work: Path,
    *,
    sheets: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> Iterator[Preflight]:
    """Look at files, one after the other. work: folder for what is made on the way. sheets: with contact sheets. tell: told how many are done.

    Raises BriefpackError (OUTPUT) when work cannot be written.
    """
    with Asking(LONGEST_LOOK) as asking:
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            files = {str(number): AnnexFile(path, Where(path), treatment) for number, path in enumerate(some)}
            facts, found = _taken_in([_annex(name, file) for name, file in files.items()], work)
            for number, (name, file) in enumerate(files.items(), start + 1):
                part = facts[name].parts[0] if name in facts else None
                errors = [
                    each
                    for each in found
                    if each.where is not None
                    and each.where.path == file.path
                    and each.severity is Severity.ERROR
                ]
                if tell is not None:
                    tell(number, len(paths))
                yield _looked_at(asking, file.path, part, errors, sheets=sheets)


def _taken_in(annexes: Sequence[Annex], work: Path) -> tuple[dict[str, AnnexFacts], tuple[Diagnostic, ...]]:
    """What take_in() gives; what has no pages of its own is set in the base style, as no pack is there to say another."""
    style = read_style("base", ()).style
    if style is None:
        raise ValueError("the packaged style is not whole")
    findings = Findings()
    changed = set_annexes(annexes, style, "en", (), work, findings=findings)
    ready = [changed.get(annex.id, annex) for annex in annexes]
    facts, found = take_in([annex for annex in ready if annex is not None], work)
    return facts, (*findings, *found)


def _annex(name: str, file: AnnexFile) -> Annex:
    return Annex(name, (file,), file.path.stem, None, None, file.where)


def _looked_at(
    asking: Asking, path: Path, part: CleanPart | None, errors: Iterable[Diagnostic], *, sheets: bool
) -> Preflight:
    size, kind = _kind(path)
    if part is None:
        return Preflight(path, size, kind, None, tuple(errors))
    seen, sheet, unseen = None, None, ""
    try:
        seen = survey(asking, part, path)
        if sheets:
            pages = "1 page" if part.pages == 1 else f"{part.pages:,} pages"
            sheet = contact_sheet(asking, part, path.name, f"{pages} · {said(grouped(part.sizes))}")
    except NoAnswerError as failure:
        unseen = failure.fact
    markings = tuple(marking_remarks(part, packaged_policies()))
    return Preflight(path, size, kind, part, tuple(errors), seen, unseen, sheet, markings)


def _kind(path: Path) -> tuple[int | None, str]:
    """Bytes, and what a file is; as intake tells it."""
    try:
        if not path.is_file():
            return None, ""
        return path.stat().st_size, kind_of_file(path).words
    except OSError:
        # Intake says what is wrong with it.
        return None, ""


def _seen(found: Survey | None, part: CleanPart) -> Iterator[Remark]:
    if found is None:
        return
    known = {remark.kind for remark in part.remarks}
    # Who sends a picture, or asks for pictures, knows that they are.
    if (
        found.scanned
        and found.version is not None
        and not known & {"scanned", "ocr", "not-recognised", "pages-as-pictures"}
    ):
        every = len(found.scanned) == len(found.read)
        yield Remark(
            Deed.FOUND,
            "scanned",
            "is made of pictures, as scans are: nothing in it can be searched or read aloud"
            if every
            else "has pages that are pictures, as scans are: nothing on them can be searched or read aloud",
            len(found.scanned),
            () if every else found.scanned,
            "ask for the file it was printed from, or let `ocr:` recognise the text",
            warn=True,
        )
    if found.garbled:
        yield Remark(
            Deed.FOUND,
            "garbled-text",
            "has text that can be seen but not read by programs: its fonts do not say which letters they show",
            len(found.garbled),
            found.garbled,
            "save it as PDF again from the program it was made with",
            warn=True,
        )
