"""All ways to leak that are known here, and what each of them plants from the marked pack."""

from __future__ import annotations

from tests.packs import leaks_beside, leaks_in_bytes, leaks_in_pdf, leaks_in_word, leaks_on_pages
from tests.packs.leaks import Secret, Way
from tests.packs.marked_maker import Marked, Portion, reader_of

WAYS: tuple[Way, ...] = (
    *leaks_in_pdf.WAYS.ways,
    *leaks_on_pages.WAYS.ways,
    *leaks_in_bytes.WAYS.ways,
    *leaks_in_word.WAYS.ways,
    *leaks_beside.WAYS,
)

AUDIENCE = "press"
USER, HOST, HOME = "zdravko77", "ws-4471-marienborn", "/home/zdravko77"


def named(way: Way) -> str:
    return f"{way.kind}: {way.name}"


def secret_for(way: Way, marked: Marked) -> Secret:
    """Another sentence for each way, so that all sorts of portions have their turn."""
    plain = [text for text in marked.secrets(AUDIENCE) if text.isascii()]
    picture = next(path for path, gate in marked.pictures.items() if not gate.lets(reader_of(AUDIENCE)))
    return Secret(
        sentence=plain[WAYS.index(way) * 7 % len(plain)],
        abroad={language: _abroad(marked, language) for language in ("fr", "uk", "ar")},
        picture=(marked.folder / picture).read_bytes(),
        address=next(
            text
            for portion in marked.withheld(AUDIENCE)
            for text in portion.texts
            if portion.kind == "contact row" and "@" in text
        ),
        other=reader_of("minister").title,
        path="annexes/hidden-2.pdf",
        marking="RESTRICTED",
        portion="(R)",
        user=USER,
        host=HOST,
        home=HOME,
    )


def _abroad(marked: Marked, language: str) -> str:
    given = {text for portion in marked.given(AUDIENCE) for text in portion.texts}
    return next(
        text
        for portion in marked.withheld(AUDIENCE)
        for text in portion.texts
        if text not in given and _is_in(text, language)
    )


def _is_in(text: str, language: str) -> bool:
    match language:
        case "uk":
            return "\u0400" <= text[0] < "\u0500"
        case "ar":
            return "\u0600" <= text[0] < "\u0700"
        case _:
            return text.startswith(("Le ministre", "La présidence", "Notre", "Le comité", "L’envoyé"))


def sources_of(text: str, marked: Marked) -> set[str]:
    """The files in which an author says a text, below the pack's folder; an annex is spoken of where pack.yaml names it."""
    return {_source(portion) for portion in marked.portions if text in portion.texts}


def _source(portion: Portion) -> str:
    return "pack.yaml" if portion.kind == "annex text" else portion.file
