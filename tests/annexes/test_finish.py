"""The last save of a pack."""

from __future__ import annotations

import io
import re

import pikepdf
from pikepdf import Dictionary

from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from tests.annexes.makers import document


def finished(pack: bytes) -> bytes:
    return finish(pack, Claims())


def plain(pages: int = 40) -> bytes:
    out = io.BytesIO()
    document(pages).save(
        out,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
    )
    return out.getvalue()


def test_the_same_pack_is_smaller_and_says_the_same() -> None:
    before = plain()
    after = finished(before)
    assert len(after) < len(before) / 2
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert len(pdf.pages) == 40
        assert b"Page 40" in pdf.pages[39].Contents.read_bytes()


def test_the_same_input_gives_the_same_bytes() -> None:
    assert finished(plain()) == finished(plain())


def test_what_nothing_refers_to_is_gone() -> None:
    pdf = document()
    orphan = pdf.make_indirect(Dictionary(Secret=pikepdf.String("orphan")))
    out = io.BytesIO()
    pdf.Root.Keep = orphan
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    cut = re.sub(rb"/Keep \d 0 R", lambda found: b" " * len(found[0]), out.getvalue())
    assert cut != out.getvalue()
    with pikepdf.open(io.BytesIO(finished(cut))) as again:
        assert not any(isinstance(o, Dictionary) and "/Secret" in o for o in again.objects)


def test_data_that_is_compressed_already_is_left_as_it_is() -> None:
    pdf = document()
    pdf.pages[0].Contents.write(b"BT ET " * 500)
    out = io.BytesIO()
    pdf.save(out, recompress_flate=True, static_id=True)
    with (
        pikepdf.open(io.BytesIO(out.getvalue())) as first,
        pikepdf.open(io.BytesIO(finished(out.getvalue()))) as second,
    ):
        assert first.pages[0].Contents.read_raw_bytes() == second.pages[0].Contents.read_raw_bytes()
