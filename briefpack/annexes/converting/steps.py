"""The way of an author's file to a clean PDF, as far as it is not cleaning: before it, what is no PDF becomes one; behind it, scans get their text.

Nothing here opens a file of others: the worker does (see answers.py), or a program under a warden.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from briefpack.annex import AnnexFile, Deed, Remark, Treatment
from briefpack.annexes.cache import plain, treatment_words
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting import ocr, office
from briefpack.annexes.foreign import PDF, Kind, Way

Ask: TypeAlias = Callable[[dict[str, Any], float], Any]
"""Puts a request to the worker, for so many seconds. Returns its answer, or something else than a dictionary when there is none."""

MANY_PAGES = 40
"""From so many pages on, the author of a workbook has seldom seen what it prints."""
_OF_THE_PDF = frozenset(
    ["metadata", "private-data", "unused-objects", "revisions", "page-labels", "bookmarks", "scanned"]
)
"""Kinds of remarks about a PDF that was only made on the way: its author never saw it."""
_LOOKING = 20.0
"""Seconds; what hides in a document is not worth more."""


@dataclass(frozen=True, slots=True)
class Converted:
    """path: the PDF that is to be cleaned, the author's own when it is one. sha256: of the author's file. damaged: it is what is left of a damaged file. seconds: what the
    conversion took. said: inscriptions that are not on its pages."""

    path: Path
    kind: Kind
    sha256: str
    remarks: tuple[dict[str, Any], ...] = ()
    damaged: bool = False
    seconds: float = 0.0
    said: tuple[dict[str, Any], ...] = ()


def made_by(kind: Kind, treatment: Treatment) -> str:
    """Which programs the clean copy of a file depends on, in their versions; "" for none but ours. Part of the name under which it is kept."""
    programs = []
    if kind.way is Way.OFFICE:
        programs.append(office.maker() or "")
    if treatment.ocr is not None:
        programs.append(ocr.maker(treatment.ocr))
    return "\n".join(programs)


def converted(
    file: AnnexFile, kind: Kind, sha256: str, ask: Ask, *, work: Path, target: Path, seconds: float
) -> Converted | dict[str, Any]:
    """A PDF of a file; or the answer {"refused": [message, hint]}.

    sha256: of the file. work: of intake. target: where a PDF may be written that is of use only now. seconds: that it may take. Raises OSError when something
    cannot be kept.
    """
    begun = time.monotonic()
    request = {"source": str(file.path.absolute()), "kind": {**asdict(kind), "way": kind.way.value}}
    match kind.way:
        case Way.PICTURE:
            answer = ask(
                {
                    **request,
                    "step": "picture",
                    "target": str(target.absolute()),
                    "treatment": treatment_words(file.treatment),
                },
                seconds,
            )
            match answer:
                case {"made": remarks, "damaged": damaged}:
                    return Converted(target, kind, sha256, tuple(remarks), damaged, time.monotonic() - begun)
                case {"refused": _}:
                    return dict(answer)
            words = f"is {kind.words} that cannot be read within the limits of time and memory"
            return {"refused": [words, kind.remedy]}
        case Way.OFFICE:
            looked = ask({**request, "step": "office"}, min(seconds, _LOOKING))
            match looked:
                case {"refused": _}:
                    return dict(looked)
                case {"looked": remarks, "said": said}:
                    pass
                case _:
                    # It is LibreOffice that has to read it.
                    remarks, said = [], []
            try:
                path = office.office_pdf(
                    file.path, sha256, kind, work=work, seconds=seconds, spent=time.monotonic() - begun
                )
            except Refusal as refusal:
                return {"refused": [refusal.message, refusal.hint]}
            match ask({**request, "step": "fonts", "pdf": str(path.absolute())}, _LOOKING):
                case {"looked": more}:
                    remarks = [*remarks, *more]
            by = office.spoken(office.maker() or "LibreOffice")
            what = Remark(Deed.CONVERTED, "converted", f"is {kind.words}, turned into a PDF by {by}")
            told = (*plain([what]), *remarks)
            return Converted(path, kind, sha256, told, False, time.monotonic() - begun, tuple(said))
    return Converted(file.path if file.set is None else file.set.path, kind, sha256)


def completed(
    way: Converted,
    treatment: Treatment,
    cleaned: dict[str, Any],
    ask: Ask,
    *,
    clean: Path,
    work: Path,
    seconds: float,
) -> dict[str, Any]:
    """What was measured of a clean file, with what is to be said of its way there; where the author asked for it, the file in clean has the text of its
    scanned pages now.

    cleaned: as in cleaning.Cleaned, in plain values. seconds: that a question to the worker may take. Raises OSError when something cannot be kept.
    """
    quiet = _OF_THE_PDF if way.kind is not PDF else frozenset()
    remarks = [*way.remarks, *(each for each in cleaned["remarks"] if each["kind"] not in quiet)]
    pages = len(cleaned["sizes"])
    if way.kind.name in {"xlsx", "xls", "ods"} and pages > MANY_PAGES:
        remarks += plain([_many(pages)])
    whole = {
        **cleaned,
        "remarks": remarks,
        "damaged": way.damaged or cleaned["damaged"],
        "inscriptions": [
            *cleaned["inscriptions"],
            *(each for each in way.said if each not in cleaned["inscriptions"]),
        ],
    }
    return (
        whole
        if treatment.ocr is None
        else _recognised(whole, way.sha256, treatment, ask, clean=clean, work=work, seconds=seconds)
    )


def _many(pages: int) -> Remark:
    return Remark(
        Deed.FOUND,
        "many-pages",
        f"fills {pages:,} pages",
        pages,
        advice="set print areas and the page layout in the workbook, or choose pages with `pages`",
        warn=True,
    )


def _recognised(
    cleaned: dict[str, Any],
    sha256: str,
    treatment: Treatment,
    ask: Ask,
    *,
    clean: Path,
    work: Path,
    seconds: float,
) -> dict[str, Any]:
    found = ask({"step": "wordless", "source": str(clean.absolute())}, seconds)
    if not isinstance(found, dict) or not found.get("wordless") or treatment.ocr is None:
        return cleaned
    read, remark = ocr.recognise(clean, sha256, treatment.ocr, tuple(found["wordless"]), work=work)
    again = None if read is None else _cleaned_again(read, clean, treatment, ask, seconds)
    if again is None and read is not None:
        remark = ocr.unread(remark.pages, "what OCRmyPDF makes of it is no right PDF")
    if treatment.pages or treatment.n_up != 1:
        # They are no longer those of the author's file.
        remark = Remark(remark.deed, remark.kind, remark.what, remark.count, (), remark.advice, remark.warn)
    measured = {} if again is None else {key: again[key] for key in ("tagged", "faults")}
    measured |= {} if again is None else _read_now(cleaned, again, treatment)
    # What became of pages without text is told here.
    others = [each for each in cleaned["remarks"] if each["kind"] != "scanned"]
    return {**cleaned, **measured, "remarks": [*others, *plain([remark])]}


def _read_now(cleaned: dict[str, Any], again: dict[str, Any], treatment: Treatment) -> dict[str, Any]:
    """What may be a marking, and which pages have no text, once scans have theirs."""
    found, unread = again["inscriptions"], again["unread"]
    if treatment.pages or treatment.n_up != 1:
        # Its pages are not those of the author's file.
        found = [{**each, "pages": []} for each in found]
        unread = unread and cleaned["unread"]
    known = cleaned["inscriptions"]
    return {"inscriptions": [*known, *(each for each in found if each not in known)], "unread": unread}


def _cleaned_again(
    read: Path, clean: Path, treatment: Treatment, ask: Ask, seconds: float
) -> dict[str, Any] | None:
    """What was measured of a clean file that now is the one with text; None when that cannot be had, and then the file stays as it was."""
    settled, waiting = (clean.with_suffix(f".{name}.part.pdf") for name in ("settled", "again"))
    try:
        ask({"step": "settle", "source": str(read.absolute()), "target": str(settled.absolute())}, seconds)
        # Everything else that was asked for has been done.
        answer = ask(
            {
                "source": str(settled.absolute()),
                "target": str(waiting.absolute()),
                "treatment": treatment_words(Treatment(keep=treatment.keep)),
            },
            seconds,
        )
        match answer:
            case {"cleaned": measured} if settled.exists():
                waiting.replace(clean)
                return dict(measured)
    finally:
        for path in (settled, waiting):
            path.unlink(missing_ok=True)
    return None
