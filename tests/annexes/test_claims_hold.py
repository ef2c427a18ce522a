"""What packs claim passes veraPDF, and what they do not claim is told of: annexes of every kind, one by one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import AnnexFacts
from briefpack.annexes.claims import claims_of
from briefpack.annexes.intake import take_in
from tests.annexes.archive.test_fonts import (
    drawn,
    hardly_wider,
    lettered,
    meaning,
    odd_kind,
    odd_numbers,
    wider,
    with_differences,
    without_meaning,
    without_program,
)
from tests.annexes.makers import add_page, annex, document, font, link, saved, tagged, wordless, written
from tests.annexes.trees import BAD_TREES, GOOD_TREES
from tests.conformance.vera import validate

FLAVOURS = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a", "PDF/A-2u": "2u", "PDF/A-2b": "2b"}
ALL = ("PDF/UA-1", "PDF/A-2a")

CORPUS = os.environ.get("BRIEFPACK_CORPUS", "")


def changed(change: Callable[[Pdf], None], text: str = "Words") -> Pdf:
    pdf = written(text)
    change(pdf)
    return pdf


def plain(content: bytes, **resources: object) -> Pdf:
    pdf = document(0)
    held = Dictionary()
    for kind, named in resources.items():
        held[f"/{kind}"] = named
    add_page(pdf, content, Resources=held)
    return pdf


def linked() -> Pdf:
    pdf = written()
    page = pdf.pages[0].obj
    page.Annots = Array(
        [
            link(pdf, A=Dictionary(S=Name.URI, URI=String("https://example.org/"))),
            link(pdf, Dest=Array([page, Name.Fit])),
        ]
    )
    return pdf


def same_pages() -> Pdf:
    """Pages that share their content, so that one form is in two figures."""
    pdf = written()
    pdf.pages.append(pdf.pages[0])
    return pdf


def mistaken(pdf: Pdf) -> None:
    stream = pdf.pages[0].obj.Resources.Font.F1.ToUnicode
    stream.write(stream.read_bytes().replace(b"<", b"<\r", 3))


def smoothed() -> Pdf:
    pdf = document(0)
    picture = pdf.make_stream(
        b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8
    )
    picture.ColorSpace, picture.Interpolate, picture.Intent = Name.DeviceRGB, True, Name.Odd
    add_page(pdf, b"q 99 0 0 99 72 72 cm /X Do Q", Resources=Dictionary(XObject=Dictionary(X=picture)))
    return pdf


def packed_by_lzw() -> Pdf:
    pdf = document(0)
    # An empty stream in LZW: clear, end.
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    form.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
    add_page(pdf, b"0 0 9 9 re f", Resources=Dictionary(XObject=Dictionary(X=form)))
    return pdf


def transparent() -> Pdf:
    return plain(
        b"/G gs 0 0 99 99 re f", ExtGState=Dictionary(G=Dictionary(ca=0.5, BM=Name.Multiply, HT=Name.Default))
    )


MADE: dict[str, tuple[Callable[[], Pdf], tuple[str, ...]]] = {
    "text": (written, ALL),
    "links": (linked, ALL),
    "pages that share their content": (same_pages, ALL),
    "simple font": (lettered, ALL),
    "simple font with differences": (lambda: lettered(with_differences("W")), ALL),
    "drawn letters": (drawn, ALL),
    "rounded widths": (lambda: changed(hardly_wider), ALL),
    "wrong widths": (lambda: changed(wider), ()),
    "no Unicode": (lambda: changed(without_meaning), ("PDF/A-2b",)),
    "private Unicode": (lambda: changed(meaning("E001")), ("PDF/UA-1", "PDF/A-2u")),
    "forbidden Unicode": (lambda: changed(meaning("FEFF")), ("PDF/A-2b",)),
    "not embedded": (lambda: changed(without_program), ()),
    "a font of no kind": (lambda: changed(odd_kind), ()),
    "letters by odd numbers": (lambda: changed(odd_numbers), ()),
    "Unicode with a mistake": (lambda: changed(mistaken), ("PDF/A-2b",)),
    "invisible text": (lambda: plain(b"BT /F1 9 Tf 3 Tr (unseen) Tj ET", Font=Dictionary(F1=font())), ALL),
    "bytes that are no content": (lambda: plain(b"0 0 9 9 re f \xff\xfe"), ()),
    "standard font": (lambda: document(1), ()),
    "CMYK": (lambda: plain(b"0 1 0 0 k 0 0 99 99 re f"), ("PDF/UA-1",)),
    "unknown operator": (lambda: plain(b"1 wobble 0 0 9 9 re f"), ("PDF/UA-1",)),
    "deeply saved": (lambda: plain(b"q " * 29 + b"Q " * 29), ("PDF/UA-1",)),
    "picture to be smoothed": (smoothed, ALL),
    "transparency": (transparent, ALL),
    "LZW": (packed_by_lzw, ALL),
    "odd digits": (lambda: plain(b"[<012>] 0 d 0 0 9 9 re f"), ("PDF/UA-1",)),
    "unmarked lines": (
        lambda: with_content(tagged(["Document", "P"]), b" 0 0 m 9 9 l S q q Q"),
        ALL,
    ),
    "half tagged": (
        lambda: with_content(tagged(["Document", "P"]), b" BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI"),
        ALL,
    ),
}


def with_content(pdf: Pdf, more: bytes) -> Pdf:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + more)
    return pdf


def taken_in(paths: list[Path], work: Path) -> dict[str, AnnexFacts]:
    facts, _ = take_in([annex(path) for path in paths], work)
    return facts


def prove(facts: dict[str, AnnexFacts], folder: Path) -> None:
    """Put every pack before veraPDF, in one run, for what it claims."""
    orders = []
    for number, fact in enumerate(facts.values()):
        path = folder / f"pack{number}.pdf"
        path.write_bytes(wordless([fact]))
        orders += [(FLAVOURS[name], path) for name in claims_of([fact]).names]
    assert orders
    names = [name for name, fact in facts.items() for _ in claims_of([fact]).names]
    verdicts = validate(orders)
    assert len(verdicts) == len(orders)
    broken = [f"{name}: {one}" for name, one in zip(names, verdicts, strict=True) if not one.passed]
    assert not broken, "\n".join(broken)


def test_annexes_made_for_it_claim_what_they_can_and_no_more(tmp_path: Path) -> None:
    paths = [saved(make(), tmp_path / f"{name}.pdf") for name, (make, _) in MADE.items()]
    facts = taken_in(paths, tmp_path / "work")
    assert {name: claims_of([fact]).names for name, fact in facts.items()} == {
        name: claims for name, (_, claims) in MADE.items()
    }
    prove(facts, tmp_path)


def test_trees_of_tags_claim_what_they_can_and_no_more(tmp_path: Path) -> None:
    shapes = GOOD_TREES | {name: shape for name, (shape, _) in BAD_TREES.items()}
    paths = [saved(tagged(["Document", shape]), tmp_path / f"{name}.pdf") for name, shape in shapes.items()]
    facts = taken_in(paths, tmp_path / "work")
    assert all(fact.parts[0].tagged for fact in facts.values())
    assert {name for name, fact in facts.items() if "PDF/UA-1" in claims_of([fact]).names} == set(GOOD_TREES)
    assert all("PDF/A-2a" in claims_of([fact]).names for fact in facts.values())
    prove(facts, tmp_path)


@pytest.mark.parametrize("name", BAD_TREES)
def test_what_is_not_claimed_of_tags_would_not_have_passed(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    verdicts = _denied(tmp_path_factory)
    assert not verdicts[name]


_VERDICTS: dict[str, bool] = {}


def _denied(factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Whether each of BAD_TREES passes when it claims all the same; told once, in one run of veraPDF."""
    if not _VERDICTS:
        folder = factory.mktemp("denied")
        paths = [
            saved(tagged(["Document", shape]), folder / f"{name}.pdf")
            for name, (shape, _) in BAD_TREES.items()
        ]
        orders = []
        for name, fact in taken_in(paths, folder / "work").items():
            path = folder / f"pack-{name}.pdf"
            path.write_bytes(wordless([AnnexFacts((replace(fact.parts[0], faults=()),))]))
            orders.append(("ua1", path))
        _VERDICTS.update(zip(BAD_TREES, (verdict.passed for verdict in validate(orders)), strict=True))
    return _VERDICTS


def test_what_a_corpus_claims_holds(tmp_path: Path) -> None:
    if not CORPUS:
        pytest.skip("BRIEFPACK_CORPUS names no folder of PDFs")
    facts = taken_in(sorted(Path(CORPUS).glob("*.pdf")), tmp_path / "work")
    assert len(facts) > 20
    prove(facts, tmp_path)
