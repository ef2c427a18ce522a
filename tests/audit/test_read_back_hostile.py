"""Files that are made to hurt their readers, and damaged ones: they are read as far as they go, what is not read is told of, and nothing hangs."""

from __future__ import annotations

import bz2
import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.audit.gathering import DEEPEST, MOST_OF_ONE, Allowance, TooMuchError
from briefpack.audit.read_back import read_back
from briefpack.audit.read_picture import pixels_of
from tests.audit.finding import CANARY, all_opaque, places_of
from tests.audit.pdf_maker import Maker, stream, text_of, updated
from tests.counting import endless, steps

_HUGE = MOST_OF_ONE + (1 << 20)


def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    step = bytes(1 << 20)
    return b"".join([*(packer.compress(step) for _ in range(size >> 20)), packer.flush()])


BOMB = zeros(_HUGE)


def archive_of(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def a_bomb_as_content() -> bytes:
    maker = Maker()
    number = maker.add_page(b"")
    maker.objects[number - 1] = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (
        len(BOMB),
        BOMB,
    )
    return maker.build()


def a_bomb_packed_twice() -> bytes:
    maker = Maker()
    twice = zlib.compress(BOMB)
    maker.add(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(twice), twice))
    return maker.build()


def a_bomb_as_a_font() -> bytes:
    maker = Maker()
    program = maker.add(
        b"<</Length %d/Length1 9/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(BOMB), BOMB)
    )
    descriptor = maker.add(b"<</Type/FontDescriptor/FontName/Odd/FontFile2 %d 0 R>>" % program)
    maker.font = maker.font.replace(b">>", b"/FontDescriptor %d 0 R>>" % descriptor)
    return maker.build()


def a_bomb_of_objects() -> bytes:
    maker = Maker()
    maker.add(
        b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream"
        % (len(BOMB), BOMB)
    )
    return maker.build()


def a_bomb_in_run_lengths() -> bytes:
    maker = Maker()
    data = zlib.compress(b"\x81\0" * (_HUGE // 128))
    maker.add(b"<</Length %d/Filter[/Fl/RL]>>\nstream\n%s\nendstream" % (len(data), data))
    return maker.build()


def a_bomb_with_a_predictor() -> bytes:
    maker = Maker()
    data = zeros(40 << 20)
    parameters = b"/DecodeParms<</Predictor 12/Columns 7>>"
    maker.add(b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(data), parameters, data))
    return maker.build()


def forms_in_forms() -> bytes:
    """Eight times the next one, twelve deep: 69 thousand million texts."""
    maker = Maker()
    inner = maker.stream(text_of("x"), b"/Subtype/Form/BBox[0 0 9 9]")
    for _ in range(12):
        inner = maker.stream(
            b"/A Do " * 8, b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % inner
        )
    maker.add_page(b"/A Do", resources=b"/XObject<</A %d 0 R>>" % inner)
    return maker.build()


def a_form_that_draws_itself() -> bytes:
    maker = Maker()
    number = maker._next
    maker.stream(b"/A Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % number)
    maker.add_page(b"/A Do", resources=b"/XObject<</A %d 0 R>>" % number)
    return maker.build()


def an_archive_with_a_bomb() -> bytes:
    return archive_of(bomb=bytes(_HUGE))


def a_document_with_a_bomb() -> bytes:
    return archive_of(
        **{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w>" + b" " * _HUGE + b"</w>"}
    )


def archives_in_archives() -> bytes:
    content = b"at the bottom"
    for _ in range(DEEPEST + 2):
        content = archive_of(deeper=content)
    return content


def a_compressed_bomb() -> bytes:
    return bz2.compress(bytes(_HUGE))


def entities_without_end() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    part = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><x>&a19;</x>'.encode()
    return archive_of(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": part})


def elements_without_end() -> bytes:
    part = b"<w>" + b"<p>" * 1_000_000
    return archive_of(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": part})


def a_locked_archive() -> bytes:
    content = bytearray(archive_of(secret=b"x"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def a_tape_without_its_end() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"text"))
    return out.getvalue()[:700].replace(b"00000000004", b"77777777777")


def seven_zip() -> bytes:
    return b"7z\xbc\xaf\x27\x1c" + bytes(100)


def what_nobody_knows() -> bytes:
    return struct.pack("<64I", *range(64))


NOT_READ: tuple[Callable[[], bytes], ...] = (
    a_bomb_as_content,
    a_bomb_packed_twice,
    a_bomb_as_a_font,
    a_bomb_of_objects,
    a_bomb_in_run_lengths,
    a_bomb_with_a_predictor,
    forms_in_forms,
    a_form_that_draws_itself,
    an_archive_with_a_bomb,
    a_document_with_a_bomb,
    archives_in_archives,
    a_compressed_bomb,
    entities_without_end,
    elements_without_end,
    a_locked_archive,
    a_tape_without_its_end,
    seven_zip,
    what_nobody_knows,
)


@pytest.mark.parametrize("make", NOT_READ, ids=lambda make: make.__name__)
def test_what_is_not_read_is_told_of(make: Callable[[], bytes]) -> None:
    assert list(all_opaque(read_back(make(), "file")))


def _many(piece: bytes) -> Callable[[int], bytes]:
    return lambda length: b"%PDF-1.7\n" + piece * (length // len(piece))


def _content(piece: bytes) -> Callable[[int], bytes]:
    def make(length: int) -> bytes:
        maker = Maker()
        maker.add_page(piece * (length // len(piece)))
        maker.stream(piece * (length // len(piece)))
        return maker.build()

    return make


def _text(piece: bytes) -> Callable[[int], bytes]:
    return lambda length: piece * (length // len(piece))


TEDIOUS: dict[str, Callable[[int], bytes]] = {
    **{f"objects: {piece!r}": _many(piece) for piece in (b"1 0 obj (", b"1 0 obj<<", b"1 0 obj<<>>stream\n", b"1 0 obj<</Length 9 0 R>>stream\n", b"1 0 obj[", b"<<", b"(", b"%%EOF", b"xref\n0 1\n", b"trailer<<", b"startxref 9 ", b"1 0 ", b"1 0 obj\n1 endobj\n")},
    **{f"content: {piece!r}": _content(piece) for piece in (b"BT ", b"BI ", b"BI ID ", b"(", b"[", b"<<", b"[(", b"/F1 1 Tf", b"q ", b"/A Do ", b"<", b"BT (x) Tj ET ", b"\\(")},
    **{f"text: {piece!r}": _text(piece) for piece in (b"<a", b"<!--", b"<script", b"<a href=", b"&", b"From: a\nTo: b\n", b"From: a\n", b"{\\rtf", b"[", b"\\u1", b"<a><b>", b"=?utf-8?q?", b"a\n ", b"\xff\xd8\xff\xe1\0\2", b"PK\x03\x04" + bytes(26), b"PK\x01\x02", b"GIF89a!\xfe\1a", b"\x89PNG\r\n\x1a\n" + bytes(12))},
}  # fmt: skip
"""Pieces over and over, each of them the start of something, to a length in bytes."""


@pytest.mark.parametrize("name", TEDIOUS)
def test_work_does_not_grow_with_the_square_of_the_length(name: str) -> None:
    short, long, longest = (TEDIOUS[name](length) for length in (10_000, 40_000, 600_000))
    assert steps(lambda: read_back(long, "file")) < 4.1 * steps(lambda: read_back(short, "file"))
    # The expressions are tried inside C. Half a second is usual here, and the square of the length takes minutes.
    assert not endless(lambda: read_back(longest, "file"))


def _whole() -> list[bytes]:
    maker = Maker()
    maker.add_page(text_of(CANARY))
    word = archive_of(
        **{
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<w:document xmlns:w='w'><w:p><w:r><w:t>"
            + CANARY.encode()
            + b"</w:t></w:r></w:p></w:document>",
        }
    )
    letter = b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nHi\n--x--\n"
    return [updated(maker.build(), {4: b"<<>>"}), word, letter, archive_of(deeper=word)]


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_read(seed: int) -> None:
    rng = random.Random(seed)
    for content in _whole():
        damaged = bytearray(content)
        match seed % 4:
            case 0:
                del damaged[rng.randrange(len(damaged)) :]
            case 1:
                for _ in range(20):
                    damaged[rng.randrange(len(damaged))] = rng.randrange(256)
            case 2:
                at = rng.randrange(len(damaged))
                del damaged[at : at + rng.randrange(200)]
            case _:
                at = rng.randrange(len(damaged))
                damaged[at:at] = rng.choice([b"(", b"<<", b"endobj", b"stream\n", b"%", b"PK\x03\x04", b"<"])
        assert read_back(bytes(damaged), "file").name == "file"


@given(
    st.binary(max_size=2000),
    st.sampled_from(
        [
            b"",
            b"%PDF-1.7\n",
            b"PK\x03\x04",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ]
    ),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read(content: bytes, start: bytes) -> None:
    assert read_back(start + content, "file").name == "file"


def test_a_stream_that_lies_of_its_length_hides_nothing() -> None:
    maker = Maker()
    maker.add_page(text_of("An ordinary page"))
    maker.add(b"<</Length 999999>>\nstream\n0 0 m\n")
    maker.add(b"<</Kept(" + CANARY.encode() + b")>>")
    assert list(places_of(CANARY, read_back(maker.build(), "file")))


def test_a_table_of_objects_that_leads_into_a_stream_is_told_of_where_pages_differ() -> None:
    """The stream swallows the rest of the file; viewers find it by the table, so the pages that they see are not those that were read."""
    maker = Maker()
    maker.add_page(text_of(CANARY))
    content = maker.build()
    hidden = content.replace(
        b"%\xe2\xe3\xcf\xd3\n", b"%\xe2\xe3\xcf\xd3\n50 0 obj\n<</Length 9999999>>\nstream\n", 1
    )
    seen = read_back(hidden, "file")
    assert list(all_opaque(seen)) or list(places_of(CANARY, seen))


def test_files_in_files_share_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    part = archive_of(**{f"{number}": bytes(1 << 20) for number in range(4)})
    whole = archive_of(one=part, two=part)
    for most, told in ((9 << 20, False), (7 << 20, True)):
        monkeypatch.setattr("briefpack.audit.read_back.Allowance", partial(Allowance, unpacked=most))
        seen = read_back(whole, "file")
        assert any("in all" in line for line in all_opaque(seen)) is told


def test_a_page_that_is_too_much_does_not_hide_the_others() -> None:
    maker = Maker()
    number = maker.add_page(b"")
    maker.objects[number - 1] = stream(b"x").replace(b"stream\n", b"stream\n", 1)
    maker.add_page(text_of(CANARY))
    assert list(places_of(CANARY, read_back(maker.build(), "file")))


def test_pictures_of_more_pixels_than_there_is_time_for_are_told_of() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 3, 1, 8, 0, 0, 0, 0)),
            (b"IDAT", zlib.compress(b"\0\1\2\3")),
            (b"IEND", b""),
        )
    )
    with pytest.raises(TooMuchError):
        pixels_of(picture, Allowance(pixels=2))
    assert pixels_of(picture, Allowance(pixels=3)) is not None
