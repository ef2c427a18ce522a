"""Data of cameras and programs in pictures goes; the pixels stay as they are coded."""

from __future__ import annotations

import base64
import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image

from briefpack.annexes.cleaning.pictures import bare_jpeg, bare_jpeg2000, strip_pictures
from tests.annexes.cleaning.canaries import jpeg
from tests.annexes.makers import document


def pixels(coded: bytes) -> bytes:
    return Image.open(io.BytesIO(coded)).tobytes()


def saved(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return out.getvalue()


GRADIENT = Image.merge(
    "RGB", [Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L")]
)


def test_exif_and_comments_go_and_pixels_stay() -> None:
    raw = jpeg("MAKER", "COMMENT")
    bare = bare_jpeg(raw)
    assert b"MAKER" in raw
    assert b"COMMENT" in raw
    assert b"MAKER" not in bare
    assert b"COMMENT" not in bare
    assert pixels(bare) == pixels(raw)
    assert bare_jpeg(bare) == bare


@pytest.mark.parametrize(
    "picture",
    [
        GRADIENT,
        GRADIENT.convert("L"),
        GRADIENT.convert("CMYK"),
    ],
    ids=lambda picture: picture.mode,
)
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}], ids=str)
def test_every_kind_of_jpeg_keeps_its_pixels(picture: Image.Image, options: dict[str, object]) -> None:
    raw = saved(picture, comment=b"SECRET", **options)
    bare = bare_jpeg(raw)
    assert b"SECRET" not in bare
    assert pixels(bare) == pixels(raw)
    # CMYK is told from its opposite by Adobe's segment.
    assert (b"Adobe" in bare) == (b"Adobe" in raw)


def test_the_profile_stays_and_a_preview_and_what_follows_the_end_go() -> None:
    raw = saved(GRADIENT, icc_profile=b"PROFILE" * 9)
    small = saved(GRADIENT.resize((8, 8)), comment=b"SECRET")
    with_preview = raw[:2] + b"\xff\xe0\x00\x18JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01SECRET??" + raw[20:]
    for one in (raw + small, with_preview):
        bare = bare_jpeg(one)
        assert b"PROFILE" in bare
        assert b"SECRET" not in bare
        assert pixels(bare) == pixels(raw)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8junk"])
def test_what_is_no_jpeg_is_not_taken_apart(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"JPEG|segment"):
        bare_jpeg(raw)


def test_jpeg_2000_loses_its_words() -> None:
    out = io.BytesIO()
    GRADIENT.save(out, "JPEG2000", comment="SECRET comment")
    raw = out.getvalue()
    boxes = b"".join(
        (len(body) + 8).to_bytes(4, "big") + kind + body
        for kind, body in ((b"xml ", b"<x>SECRET</x>"), (b"uuid", b"\0" * 16 + b"SECRET"))
    )
    start = raw.index(b"jp2c") - 4
    bare = bare_jpeg2000(raw[:start] + boxes + raw[start:])
    assert b"SECRET" in raw
    assert b"SECRET" not in bare
    assert pixels(bare) == pixels(raw)
    assert bare_jpeg2000(raw[start + 8 :]) == bare[bare.index(b"jp2c") + 4 :], "a stream without boxes"


def picture_of(pdf: Pdf, raw: bytes, filters: object) -> Object:
    made = pdf.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=16,
        Height=16,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    made.write(raw, filter=filters)
    return made


def test_pictures_of_all_pages_are_stripped_once_and_told_with_their_pages() -> None:
    pdf = document(3)
    shared = picture_of(pdf, jpeg("MAKER", "C"), Name.DCTDecode)
    wrapped = picture_of(pdf, zlib.compress(jpeg("MAKER", "C")), Array([Name.FlateDecode, Name.DCTDecode]))
    form = pdf.make_stream(
        b"/I Do", Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(I=wrapped))
    )
    for page, named in ((0, shared), (2, shared), (1, form)):
        pdf.pages[page].obj.Resources = Dictionary(XObject=Dictionary(X=named))
    (remark,) = strip_pictures(pdf, range(1, len(pdf.pages) + 1))
    assert (remark.count, remark.pages, remark.warn) == (2, (1, 2, 3), False)
    assert b"MAKER" not in shared.read_raw_bytes()
    assert b"MAKER" not in wrapped.read_raw_bytes()
    assert pikepdf.PdfImage(wrapped).as_pil_image().tobytes() == pixels(jpeg("MAKER", "C"))
    assert list(strip_pictures(pdf, range(1, len(pdf.pages) + 1))) == []


def test_what_a_photograph_is_wrapped_in_comes_off_without_a_word() -> None:
    pdf = document(1)
    raw = bare_jpeg(jpeg("MAKER", "C"))
    letters = picture_of(pdf, base64.a85encode(raw) + b"~>", Array([Name.ASCII85Decode, Name.DCTDecode]))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=letters))
    assert list(strip_pictures(pdf, [1])) == []
    assert letters.Filter == Name.DCTDecode
    assert letters.read_raw_bytes() == raw


def test_a_picture_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    pdf = document(1)
    broken = picture_of(pdf, b"\xff\xd8 no picture", Name.DCTDecode)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=broken))
    assert list(strip_pictures(pdf, range(1, len(pdf.pages) + 1))) == []
    assert broken.read_raw_bytes() == b"\xff\xd8 no picture"
