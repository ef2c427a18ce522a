"""Clean annexes drawn and looked through in the worker."""

from __future__ import annotations

import io
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from briefpack.annex import CleanPart
from briefpack.annexes import asking, cache, picturing
from briefpack.annexes.asking import Asking, NoAnswerError
from briefpack.annexes.picturing import LONGEST_SIDE
from briefpack.annexes.process import WorkerProcess
from briefpack.annexes.rendering import MOST_DRAWN, MOST_ON_SHEET
from tests.annexes.makers import add_page, document, saved, taken

A5, A3_LANDSCAPE = (0, 0, 420, 595), (0, 0, 1191, 842)


def clean(pdf: Pdf, folder: Path, name: str = "plan") -> CleanPart:
    """As a clean file stands in the cache; the pages are the given ones, untouched."""
    path = saved(pdf, folder / f"{name}.pdf")
    sizes = tuple((595.0, 842.0) for _ in pdf.pages)
    return CleanPart("0" * 64, path, sizes, ())


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


# --------------------------------------------------------------------------- pictures


def test_pages_are_drawn_once_as_large_as_print_asks(tmp_path: Path) -> None:
    pdf = document(2)
    add_page(pdf, box=A5)
    add_page(pdf, box=A3_LANDSCAPE)
    add_page(pdf, Rotate=90)
    part = clean(pdf, tmp_path)

    assert picturing.draw([part], 2) == {}
    found = picturing.pictures(part.clean)
    assert len(found) == 5
    assert all(max(each.width, each.height) <= LONGEST_SIDE for each in found)
    # A5 in its own size is smaller than what a frame could hold.
    assert found[2].dpi == pytest.approx(150)
    assert (found[2].width, found[2].height) == pytest.approx((875, 1240), abs=1)
    assert found[3].width > found[3].height
    assert found[4].width > found[4].height
    # Its own size can be told again: 842 points are 11.7 inches.
    assert found[0].height / found[0].dpi * 72 == pytest.approx(842, abs=1)
    assert opened(found[0].content).size == (found[0].width, found[0].height)

    before = picturing.pictures_path(part.clean).stat().st_mtime_ns
    assert picturing.draw([part], 2) == {}
    assert picturing.pictures_path(part.clean).stat().st_mtime_ns == before


def test_pictures_are_the_same_bytes_every_time_and_redrawn_when_damaged(tmp_path: Path) -> None:
    part = clean(document(2), tmp_path)
    picturing.draw([part], 1)
    path = picturing.pictures_path(part.clean)
    first = path.read_bytes()
    path.write_bytes(first[: len(first) // 2])
    picturing.draw([part], 1)

    assert path.read_bytes() == first
    spoilt = bytearray(first)
    spoilt[80] ^= 0xFF
    path.write_bytes(spoilt)
    picturing.draw([part], 1)
    assert path.read_bytes() == first
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan.pdf", "plan.pictures"]


def test_too_many_pages_are_no_pictures_and_the_author_is_told(tmp_path: Path) -> None:
    part = clean(document(MOST_DRAWN + 1), tmp_path)
    other = clean(document(1), tmp_path, "other")

    (failure,) = picturing.draw([part, other], 2).values()
    assert failure.fact == "has 501 pages; at most 500 are shown as pictures"
    assert "pages:" in failure.remedy
    assert not picturing.pictures_path(part.clean).exists()
    assert len(picturing.pictures(other.clean)) == 1


def test_what_takes_too_long_to_draw_is_left(tmp_path: Path) -> None:
    part = clean(document(200), tmp_path)

    (failure,) = picturing.draw([part], 1, longest=0.01).values()
    assert failure.fact.startswith("takes more than 0 seconds")
    assert [each.name for each in tmp_path.iterdir()] == ["plan.pdf"]


def test_a_build_that_is_broken_off_does_not_wait_for_what_is_being_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fake.py").write_text(
        """
import json, sys, time
for line in sys.stdin:
    if "quick" not in json.loads(line)["draw"]:
        time.sleep(1000)
    open(json.loads(line)["target"], "wb").close()
    print("{}", flush=True)
"""
    )
    worker = partial(WorkerProcess, (sys.executable, str(tmp_path / "fake.py")))
    monkeypatch.setattr(asking, "WorkerProcess", worker)
    parts = [clean(document(1), tmp_path, name) for name in ("quick", "slow", "slower", "waiting")]

    def tell(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        picturing.draw(parts, 2, tell=tell)
    # The process would sleep for longer.
    assert time.monotonic() - begun < 300
    assert not [path for path in tmp_path.iterdir() if ".part" in path.suffixes]


def test_pictures_are_forgotten_with_their_annex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    part = taken(saved(document(1), tmp_path / "a.pdf"), work).parts[0]
    picturing.draw([part], 1)
    monkeypatch.setattr(cache, "MOST_UNUSED", 0)
    cache.prune(work, [part.clean.stem])
    assert picturing.pictures_path(part.clean).exists()
    cache.prune(work, [])
    assert list(work.iterdir()) == []


def test_a_file_that_is_no_pdf_ends_in_words(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")

    (failure,) = picturing.draw([CleanPart("0" * 64, path, (), ())], 1).values()
    assert failure.fact == "has something in it that cannot be drawn"
    assert "print it to a new PDF" in failure.remedy


def test_the_next_question_is_answered_after_one_that_ended_the_process(tmp_path: Path) -> None:
    part = clean(document(1), tmp_path)
    with Asking(30) as asking:
        asking.ask({"draw": str(part.clean), "target": str(tmp_path / "first")})
        first = asking._worker.process
        assert first is not None
        first.kill()
        first.wait()
        with pytest.raises(NoAnswerError, match="makes a PDF reader fail"):
            asking.ask({"draw": str(part.clean), "target": str(tmp_path / "second")})
        asking.ask({"draw": str(part.clean), "target": str(tmp_path / "third")})
    assert zipfile.is_zipfile(tmp_path / "third")


# --------------------------------------------------------------------------- contact sheets


@pytest.mark.parametrize(
    ("pages", "shown"), [(1, 1), (MOST_ON_SHEET + 1, MOST_ON_SHEET + 1), (MOST_ON_SHEET + 2, MOST_ON_SHEET)]
)
def test_a_sheet_shows_the_first_pages(tmp_path: Path, pages: int, shown: int) -> None:
    part = clean(document(pages), tmp_path)
    with Asking(60) as asking:
        content = picturing.contact_sheet(asking, part, "plan.pdf", f"{pages} pages")
        answer = asking.ask(
            {"sheet": str(part.clean), "target": str(tmp_path / "x.png"), "title": "plan.pdf", "detail": f"{pages} pages"}
        )  # fmt: skip

    assert answer == {"shown": shown}
    assert (tmp_path / "x.png").read_bytes() == content
    assert opened(content).format == "PNG"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan.pdf", "x.png"]


# --------------------------------------------------------------------------- surveys


def surveyed(pdf: Pdf, folder: Path, source: Path | None = None) -> picturing.Survey:
    part = clean(pdf, folder)
    with Asking(60) as asking:
        return picturing.survey(asking, part, source or part.clean)


def with_picture(pdf: Pdf) -> None:
    image = pdf.make_stream(
        b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    form = pdf.make_stream(
        b"595 0 0 842 0 0 cm /I Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]),
        Resources=Dictionary(XObject=Dictionary(I=image)),
    )  # fmt: skip
    page = add_page(pdf, b"/Annex Do")
    page.Resources = Dictionary(XObject=Dictionary(Annex=form))


def test_scanned_pages_are_told_from_pages_with_text_and_from_empty_ones(tmp_path: Path) -> None:
    pdf = document(1)
    with_picture(pdf)
    add_page(pdf, b"")
    found = surveyed(pdf, tmp_path)

    assert found.read == (1, 2, 3)
    assert found.scanned == (2,)
    assert found.garbled == ()
    assert found.empty == (3,)
    assert [(font.name, font.embedded) for font in found.fonts] == [("Helvetica", False)]


@pytest.mark.parametrize(
    ("matrix", "turned", "rotate"),
    [
        ("1 0 0 1 72 700", 0, 0),
        ("0 1 -1 0 200 100", 0, 90),
        ("0 1 -1 0 200 100", 90, 0),
        ("0 -1 1 0 200 400", 0, 270),
        ("-1 0 0 -1 400 400", 0, 180),
        ("1 0 0 1 72 700", 90, 270),
    ],
)
def test_letters_on_their_side_suggest_a_turn_that_sets_them_upright(
    tmp_path: Path, matrix: str, turned: int, rotate: int
) -> None:
    pdf = Pdf.new()
    for _ in range(2):
        add_page(
            pdf,
            f"BT /F1 24 Tf {matrix} Tm (Which way is up, and which is down) Tj ET".encode(),
            Rotate=turned,
        )

    assert surveyed(pdf, tmp_path).rotate == rotate


def test_a_file_with_pages_both_ways_suggests_no_turn(tmp_path: Path) -> None:
    pdf = document(2)
    add_page(pdf, b"BT /F1 24 Tf 0 1 -1 0 200 100 Tm (Sideways) Tj ET")

    assert surveyed(pdf, tmp_path).rotate == 0


def test_text_that_is_no_characters_is_told_of(tmp_path: Path) -> None:
    pdf = Pdf.new()
    page = add_page(pdf, b"BT /F1 24 Tf 72 700 Td (ABCD) Tj ET")
    codes = b"".join(b"<%02X> <E0%02X>\n" % (code, code) for code in b"ABCD")
    page.Resources.Font.F1.ToUnicode = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n4 beginbfchar\n"
        + codes
        + b"endbfchar endcmap end end"
    )

    assert surveyed(pdf, tmp_path).garbled == (1,)


def test_the_source_says_whether_it_is_encrypted_and_tagged(tmp_path: Path) -> None:
    open_to_all = saved(document(1), tmp_path / "e.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    locked = saved(document(1), tmp_path / "l.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    other = tmp_path / "picture.png"
    other.write_bytes(b"\x89PNG\r\n\x1a\n")

    def said(source: Path) -> tuple[bool | None, bool | None]:
        found = surveyed(document(1), tmp_path, source)
        return found.encrypted, found.tagged

    assert said(open_to_all) == (True, False)
    assert said(locked) == (True, None)
    assert said(other) == (None, None)
