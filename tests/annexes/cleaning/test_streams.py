"""Streams whole, short, and with something in them that is lost."""

import base64
import io
import zlib

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from briefpack.annexes.cleaning.streams import State, state_of

PDF = Pdf.new()
TEXT = b"BT /F1 12 Tf (whereas the parties) Tj ET\n" + bytes(range(256)) * 20


def stream(data: bytes, kind: str) -> Stream:
    made = PDF.make_stream(b"")
    made.write(data, filter=Name(kind))
    return made


def photo(**options: object) -> bytes:
    noise = Image.frombytes(
        "RGB", (160, 160), zlib.compress(bytes(range(256)) * 40)[:200].ljust(200, b"q") * 384
    )
    out = io.BytesIO()
    noise.save(out, "JPEG", **options)
    return out.getvalue()


def test_flate_tells_by_its_end_and_its_checksum() -> None:
    packed = zlib.compress(TEXT)
    assert state_of(stream(packed, "/FlateDecode")) is State.WHOLE
    assert state_of(stream(packed + b"\r\n", "/FlateDecode")) is State.WHOLE
    assert state_of(stream(packed[:-6], "/FlateDecode")) is State.SHORT
    assert state_of(stream(packed[:-4] + b"????", "/FlateDecode")) is State.UNSURE
    assert state_of(stream(packed[:60] + bytes(64) + packed[124:], "/FlateDecode")) is State.BROKEN


@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"progressive": True}])
def test_a_hole_in_a_photograph_is_seen(options: dict[str, object]) -> None:
    data = photo(**options)
    # In the later scans of a progressive picture zeros say "as it was".
    middle = len(data) // 4
    assert state_of(stream(data, "/DCTDecode")) is State.WHOLE
    holed = data[:middle] + bytes(512) + data[middle + 512 :]
    assert state_of(stream(holed, "/DCTDecode")) is State.BROKEN
    assert state_of(stream(data[:middle], "/DCTDecode")) is State.SHORT
    assert state_of(stream(bytes(byte & 127 for byte in data), "/DCTDecode")) is State.BROKEN


def wrapped(data: bytes, **more: object) -> Stream:
    """As ReportLab and old distillers write a photograph: in letters."""
    made = PDF.make_stream(base64.a85encode(data) + b"~>")
    made["/Filter"] = Array([Name.ASCII85Decode, Name.DCTDecode])
    for key, value in more.items():
        made[f"/{key}"] = value
    return made


@pytest.mark.parametrize("more", [{}, {"DecodeParms": Array([None, Dictionary(ColorTransform=1)])}])
def test_a_photograph_in_letters_is_looked_at_as_one_without(more: dict[str, object]) -> None:
    data = photo()
    middle = len(data) // 4
    assert state_of(wrapped(data, **more)) is State.WHOLE
    assert state_of(wrapped(data[:middle], **more)) is State.SHORT
    assert state_of(wrapped(data[:middle] + bytes(512) + data[middle + 512 :], **more)) is State.BROKEN
    garbled = PDF.make_stream(base64.a85encode(data)[:2000] + b"vwxyz{|}" + b"~>")
    garbled["/Filter"] = Array([Name.ASCII85Decode, Name.DCTDecode])
    assert state_of(garbled) is State.BROKEN


def test_what_is_wrapped_is_unwrapped_with_its_options() -> None:
    data = photo()
    whole = bytes(8) + b"U" * 8 + data + bytes(-len(data) % 8)
    # Each row says how it differs from the one above.
    rows = b"".join(
        b"\2" + bytes((whole[n + 8] - whole[n]) % 256 for n in range(at, at + 8))
        for at in range(0, len(whole) - 8, 8)
    )
    made = PDF.make_stream(base64.a85encode(zlib.compress(rows)) + b"~>")
    made["/Filter"] = Array([Name.ASCII85Decode, Name.FlateDecode, Name.DCTDecode])
    assert state_of(made) is State.BROKEN
    made["/DecodeParms"] = Array([None, Dictionary(Predictor=12, Columns=8), None])
    assert state_of(made) is State.WHOLE


def test_zeros_in_an_even_picture_are_its_codes() -> None:
    out = io.BytesIO()
    Image.new("L", (3000, 3000), 255).save(out, "JPEG", optimize=True)
    assert bytes(64) in out.getvalue()
    assert state_of(stream(out.getvalue(), "/DCTDecode")) is State.WHOLE


def test_converted_line_ends_in_a_photograph_are_seen() -> None:
    data = photo(quality=98)
    assert data.count(b"\r") + data.count(b"\n") >= 64
    assert state_of(stream(data.replace(b"\r", b"\n"), "/DCTDecode")) is State.BROKEN


def test_a_hole_in_a_fax_is_seen() -> None:
    data = bytes(range(1, 250)) * 9
    assert state_of(stream(data, "/CCITTFaxDecode")) is State.WHOLE
    assert state_of(stream(data[:500] + bytes(512) + data[500:], "/CCITTFaxDecode")) is State.BROKEN


def test_a_journey_through_mail_shows_in_the_signature_of_jpeg_2000() -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (9, 99, 200)).save(out, "JPEG2000")
    data = out.getvalue()
    assert state_of(stream(data, "/JPXDecode")) is State.WHOLE
    assert state_of(stream(data.replace(b"\r\n", b"\n"), "/JPXDecode")) is State.BROKEN
    assert state_of(stream(bytes(byte & 127 for byte in data), "/JPXDecode")) is State.BROKEN
    assert state_of(stream(data[:-40], "/JPXDecode")) is State.SHORT
