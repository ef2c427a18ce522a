from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.body import StampRequest
from briefpack.errors import BriefpackError
from briefpack.marking import Marking
from briefpack.pdf.stamps import make_stamps, stamp_requests
from briefpack.style import BannerColours, Slots, Style
from tests.counting import steps
from tests.markings import tokens
from tests.pdf.looks import pack, style
from tests.samples import sample_document

FULL = Slots("{reference}", "{marking}", "{annex_page} · {page}")


def _full() -> Style:
    look = style()
    return replace(look, stamp=replace(look.stamp, top=FULL, bottom=FULL))


def _stamped(sheet: bytes, stream: bytes, width: float, height: float) -> bytes:
    """The stamp alone on a page of its size."""
    with pikepdf.open(io.BytesIO(sheet)) as opened:
        page = opened.pages[0]
        page.MediaBox = [0, 0, width, height]
        page.Contents = opened.make_stream(stream)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def _boxes(content: bytes) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every run of words on the only page, and where it is."""
    document = pypdfium2.PdfDocument(content)
    try:
        text = document[0].get_textpage()
        found = []
        for k in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(k)
            found.append((text.get_text_bounded(left, bottom, right, top), (left, bottom, right, top)))
        return found
    finally:
        document.close()


def test_every_annex_page_gets_its_own_label_and_running_number() -> None:
    document, laid, _ = pack()
    sizes = [[(595.0, 842.0)] * annex.pages for annex in document.annexes]
    requests = stamp_requests(document, laid, sizes)
    assert len(requests) == sum(annex.pages for annex in document.annexes)
    look = _full()
    stamps = make_stamps(document, look, requests)
    assert len(stamps.streams) == len(requests)
    for request, stream in zip(requests, stamps.streams, strict=True):
        words = " ".join(
            text for text, _ in _boxes(_stamped(stamps.sheet, stream, request.width, request.height))
        )
        label = document.annexes[request.annex].label
        assert f"{label}-{request.page} · {request.running}" in words
        assert document.meta.reference in words
    assert [request.running for request in requests if request.page == 1] == list(laid.annex_running)


def test_an_annex_is_marked_as_itself_or_else_as_the_pack() -> None:
    document = sample_document()
    requests = [StampRequest(annex, 1, 1, 595, 842) for annex in (0, 1)]
    stamps = make_stamps(document, style(), requests)
    first, second = (
        " ".join(text for text, _ in _boxes(_stamped(stamps.sheet, stream, 595, 842)))
        for stream in stamps.streams
    )
    assert "Public document" in first
    assert document.meta.marking in second


@given(width=st.floats(40, 1700), height=st.floats(40, 1700))
@settings(max_examples=60, deadline=None)
def test_slots_never_touch_each_other_nor_leave_the_page(width: float, height: float) -> None:
    document = sample_document()
    stamps = make_stamps(document, _full(), [StampRequest(0, 1, 1, width, height)])
    boxes = _boxes(_stamped(stamps.sheet, stamps.streams[0], width, height))
    assert boxes
    for _, (left, bottom, right, top) in boxes:
        assert left >= -0.5
        assert right <= width + 0.5
        assert bottom >= -3
        assert top <= height + 3
    for text, (left, bottom, right, top) in boxes:
        for other, (left2, bottom2, right2, top2) in boxes:
            if (left, bottom, right, top) != (left2, bottom2, right2, top2):
                apart = right <= left2 or right2 <= left or top <= bottom2 or top2 <= bottom
                assert apart, (text, other)


def test_small_pages_keep_their_marking() -> None:
    document = sample_document()
    stamps = make_stamps(document, _full(), [StampRequest(0, 1, 1, 70, 100)])
    words = "".join(text for text, _ in _boxes(_stamped(stamps.sheet, stamps.streams[0], 70, 100)))
    assert "Public document" in words


def test_streams_are_balanced() -> None:
    document = sample_document()
    sizes = [(595.0, 842.0), (60.0, 60.0), (842.0, 595.0)]
    stamps = make_stamps(
        document, _full(), [StampRequest(0, page, page, *size) for page, size in enumerate(sizes, 1)]
    )
    for stream in stamps.streams:
        words = stream.split()
        assert words[0] == b"q"
        assert words[-1] == b"Q"
        assert words.count(b"q") == words.count(b"Q")


def test_a_wrong_number_of_pages_is_not_stamped() -> None:
    document, laid, _ = pack()
    with pytest.raises(ValueError, match="another number of pages"):
        stamp_requests(document, laid, [[(595.0, 842.0)]] * 3)


def test_ten_times_the_pages_are_ten_times_the_work() -> None:
    document = sample_document(annexes=(3000,))

    def work(pages: int) -> int:
        requests = [StampRequest(0, page, page, 595, 842) for page in range(1, pages + 1)]
        return steps(lambda: make_stamps(document, look, requests))

    look = style()
    work(1)
    assert work(3000) < 10.5 * work(300)


# --------------------------------------------------------------------------- computed markings


def _marked(words: str, **level: object):
    """The sample pack under a policy, its annexes marked so."""
    document = sample_document()
    levels = tuple(replace(each, **level) for each in tokens().levels)
    annexes = tuple(replace(annex, marking=words, computed=Marking(2)) for annex in document.annexes)
    return replace(document, policy=replace(tokens(), levels=levels), annexes=annexes)


def test_a_marking_is_never_left_out_whatever_slot_it_stands_in() -> None:
    look = style()
    slots = Slots("{marking}", "", "{reference} · {title} · {title}")
    look = replace(look, stamp=replace(look.stamp, top=slots, bottom=slots))
    stamps = make_stamps(_marked("RESTRICTED FOR FINANCE"), look, [StampRequest(0, 1, 1, 200, 300)])
    words = " ".join(text for text, _ in _boxes(_stamped(stamps.sheet, stamps.streams[0], 200, 300)))

    assert "RESTRICTED FOR FINANCE" in words
    assert "FMM(25)" not in words


def test_a_marking_that_has_no_room_on_a_page_is_told_of_at_its_annex() -> None:
    document = _marked("RESTRICTED FOR " + ", ".join(["FINANCE"] * 12))

    with pytest.raises(BriefpackError, match=r"no room on page 1 of annex A, which is 78mm wide") as raised:
        make_stamps(document, style(), [StampRequest(0, 1, 1, 220, 300)])
    assert raised.value.diagnostics[0].where == document.annexes[0].where
    # On a larger page it is set smaller.
    stamps = make_stamps(document, style(), [StampRequest(0, 1, 1, 595, 842)])
    boxes = _boxes(_stamped(stamps.sheet, stamps.streams[0], 595, 842))
    assert min(left for _, (left, _, _, _) in boxes) > 0
    assert max(right for _, (_, _, right, _) in boxes) < 595


@pytest.mark.parametrize(
    ("use", "operators"),
    [
        (BannerColours.NONE, ()),
        (BannerColours.TEXT, ("0.4392 0 0.06275 rg",)),
        (BannerColours.BAND, ("0.4392 0 0.06275 rg", "1 1 1 rg", " re f")),
    ],
)
def test_stamps_have_the_colours_of_their_marking(use, operators) -> None:
    look = style()
    look = replace(look, markings=replace(look.markings, colours=use))
    document = _marked("RESTRICTED", colour="#700010")
    stream = make_stamps(document, look, [StampRequest(0, 1, 1, 595, 842)]).streams[0].decode("latin-1")
    words = ("0.4392 0 0.06275 rg", "1 1 1 rg", " re f")

    assert tuple(each for each in words if each in stream) == operators
