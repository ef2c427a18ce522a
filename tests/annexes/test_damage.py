"""What a bad journey did to a file is refused, or took nothing of what is seen and read.

With BRIEFPACK_CORPUS (see test_corpus.py) files of others make the journey too.
"""

from __future__ import annotations

import io
import os
import random
import zlib
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from briefpack.annexes.intake import take_in
from briefpack.errors import ExitCode, Severity
from tests.annexes.damage_maker import DAMAGES, HARMLESS, damaged
from tests.annexes.makers import annex, document, written

FOLDER = os.environ.get("BRIEFPACK_CORPUS", "")
TIMES = 3
_LARGEST = 1_000_000


def _photograph(pdf: pikepdf.Pdf, page: int) -> None:
    noise = random.Random(page).randbytes(3 * 90 * 90)
    out = io.BytesIO()
    Image.frombytes("RGB", (90, 90), noise).resize((360, 360)).save(out, "JPEG")
    picture = pdf.make_stream(out.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=360, Height=360)
    picture.ColorSpace, picture.BitsPerComponent, picture.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    held = pdf.pages[page].obj
    held.Resources.XObject = Dictionary(P=picture)
    held.Contents = pdf.make_stream(b"q 400 0 0 400 72 200 cm /P Do Q " + held.Contents.read_bytes())


def _illustrated() -> pikepdf.Pdf:
    pdf = document(6)
    for page in (1, 4):
        _photograph(pdf, page)
    return pdf


def _long() -> pikepdf.Pdf:
    pdf = document(0)
    for number in range(12):
        other = written(f"Whereas page {number} says so, {number * 17} times")
        pdf.pages.extend(other.pages)
    return pdf


@cache
def _samples() -> dict[str, bytes]:
    samples = {}
    for name, pdf in (("illustrated", _illustrated()), ("long", _long())):
        for way, options in (
            ("plain", {"object_stream_mode": pikepdf.ObjectStreamMode.disable}),
            ("packed", {"object_stream_mode": pikepdf.ObjectStreamMode.generate}),
            ("linear", {"linearize": True}),
        ):
            out = io.BytesIO()
            pdf.save(out, static_id=True, **options)
            samples[f"{name}, {way}"] = out.getvalue()
    return samples


def _shown(path: Path) -> list[tuple[str, int]]:
    shown = pypdfium2.PdfDocument(path)
    found = []
    for page in shown:
        look = page.render(scale=200 / max(page.get_size()), grayscale=True)
        found.append((page.get_textpage().get_text_range(), zlib.crc32(bytes(look.buffer))))
    shown.close()
    return found


@pytest.mark.parametrize("kind", DAMAGES)
def test_nothing_is_lost_in_silence(kind: str, tmp_path: Path) -> None:
    files = dict(_samples())
    if FOLDER:
        paths = [path for path in sorted(Path(FOLDER).glob("*.pdf")) if path.stat().st_size < _LARGEST]
        files |= {path.name: path.read_bytes() for path in random.Random(kind).sample(paths, 8)}
    for name, content in files.items():
        first = tmp_path / "first.pdf"
        first.write_bytes(content)
        facts, _ = take_in([annex(first)], tmp_path / "work")
        if not facts:
            continue
        whole = _shown(facts["first"].parts[0].clean)
        copies = []
        for seed in range(TIMES):
            path = tmp_path / f"copy{seed}.pdf"
            path.write_bytes(damaged(content, kind, seed))
            copies.append(annex(path))
        facts, found = take_in(copies, tmp_path / "work")
        for diagnostic in found:
            assert diagnostic.code is ExitCode.ANNEX
            assert "Error" not in diagnostic.message
        errors = [d.message for d in found if d.severity is Severity.ERROR]
        assert len(facts) + len(errors) == TIMES
        for fact in facts.values():
            assert _shown(fact.parts[0].clean) == whole, (kind, name)
        if kind in HARMLESS:
            assert len(facts) == TIMES, (kind, name, errors)
