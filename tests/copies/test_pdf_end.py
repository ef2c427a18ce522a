"""Files without their end, and the ends that make them whole."""

import io

import pikepdf
import pytest

from briefpack.copies.copy_mark import CopyError
from briefpack.copies.pdf_end import end_of, stream, text, without

IDS = (b"a" * 16, b"b" * 16)


def saved(**options: object) -> tuple[bytes, int, int]:
    """A file with two streams that hang on its catalog, and their numbers."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for number in range(300):
            pdf.add_blank_page()
            pdf.pages[-1].obj.N = pdf.make_indirect(pikepdf.Dictionary(N=number))
        pdf.Root.One, pdf.Root.Two = pdf.make_stream(b"first old"), pdf.make_stream(b"second old")
        pdf.Root.Kept = pdf.make_stream(b"kept as it is")
        settings = {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": False}
        pdf.save(out, **settings | options)
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        return out.getvalue(), pdf.Root.One.objgen[0], pdf.Root.Two.objgen[0]


def test_a_new_end_finds_what_stayed_and_what_it_brings():
    content, one, two = saved()
    base = without(content, [one, two])
    new = base.size
    objects = {one: stream(b"", b"first"), two: stream(b"", b"second"), new: b"<</Title(T)>>"}

    made = base.head + end_of(base, objects, new, IDS)

    assert b"old" not in made
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [pdf.Root[key].read_bytes() for key in ("/One", "/Two", "/Kept")] == [
            b"first",
            b"second",
            b"kept as it is",
        ]
        assert [int(page.obj.N.N) for page in pdf.pages] == list(range(300))
        assert str(pdf.docinfo["/Title"]) == "T"
        assert tuple(map(bytes, pdf.trailer.ID)) == IDS


def test_the_same_base_takes_one_end_after_the_other():
    content, one, two = saved()
    base = without(content, [one, two])

    def made(word: bytes) -> bytes:
        objects = {one: stream(b"", word), two: stream(b"", b"2"), base.size: b"<<>>"}
        return base.head + end_of(base, objects, base.size, IDS)

    assert made(b"a") == made(b"a")
    for word in (b"a", b"much longer", b""):
        with pikepdf.open(io.BytesIO(made(word))) as pdf:
            assert pdf.Root.One.read_bytes() == word


def test_what_is_not_as_pikepdf_saves_it_is_refused():
    content, one, _ = saved()
    classic, number, _ = saved(object_stream_mode=pikepdf.ObjectStreamMode.disable)

    for broken, gone in ((content + b"x", one), (classic, number), (b"", 1)):
        with pytest.raises(CopyError):
            without(broken, [gone])


@pytest.mark.parametrize("words", ["", "plain", "(a) \\ (b", "Elena Marković", "ж", "\U0001f600", "a\nb"])
def test_texts_are_read_as_they_were(words):
    parsed = pikepdf.Object.parse(text(words))

    assert str(parsed) == words
