"""Pictures that were made smaller are known again by all that they were made of, and by nothing else."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from briefpack.copies import compress_pdf
from briefpack.copies.compress_pdf import compress
from briefpack.copies.kept_pictures import KeptPictures, Recoded, UnfathomableError, key_of
from briefpack.copies.resampling import Coded, Coding, Raster, resampled
from tests.copies.pictures import image, jpeg, photograph, saved, show


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> KeptPictures:
    """Nothing is known at the beginning."""
    fresh = KeptPictures()
    monkeypatch.setattr(compress_pdf, "_KEPT", fresh)
    return fresh


def file_with(picture: Image.Image, *, before: int = 0, mask: Image.Image | None = None) -> bytes:
    """before: objects that stand before it, so that it has other numbers."""
    pdf = Pdf.new()
    pdf.docinfo["/Title"] = f"{before} before"
    for number in range(before):
        pdf.make_indirect(Dictionary(Number=number))
    item = image(pdf, picture, jpeg(picture), Name.DCTDecode)
    if mask is not None:
        item.SMask = image(pdf, mask)
    item.StructParent = before
    show(pdf, item, 144, 108)
    return saved(pdf)


def test_the_same_picture_in_another_file_is_resampled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def counted(picture: Raster, size: tuple[int, int], weight: Raster | None = None) -> Raster:
        asked.append(size)
        return resampled(picture, size, weight)

    monkeypatch.setattr(compress_pdf, "resampled", counted)
    one, other = file_with(photograph()), file_with(photograph(), before=5)
    first = compress(one, 100)
    second = compress(other, 100)
    assert len(asked) == 1
    assert compress(one, 100) == first
    compress(one, 80)
    assert len(asked) == 2
    # As it is where nothing is known.
    monkeypatch.setattr(compress_pdf, "_KEPT", KeptPictures())
    assert compress(other, 100) == second
    assert len(asked) == 3


def test_the_same_samples_under_another_mask_are_another_picture() -> None:
    masks = [None, Image.new("L", photograph().size, 90), Image.new("L", photograph().size, 91)]
    files = [file_with(photograph(), mask=mask) for mask in masks]
    once = [compress(each, 100) for each in files]
    assert len(set(once)) == 3


def image_with(space: object, **entries: object) -> pikepdf.Stream:
    pdf = Pdf.new()
    made = pdf.make_stream(b"x" * 64, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8, **entries)
    made.ColorSpace = space(pdf) if callable(space) else space
    _KEEP.append(pdf)
    return made


_KEEP: list[Pdf] = []
"""Files whose objects are looked at."""


def profile(content: bytes, *, before: int = 0) -> object:
    def made(pdf: Pdf) -> Array:
        for number in range(before):
            pdf.make_indirect(Dictionary(Number=number))
        return Array([Name.ICCBased, pdf.make_stream(content, N=3)])

    return made


def test_everything_that_is_said_of_samples_counts() -> None:
    images = [
        image_with(Name.DeviceGray),
        image_with(Name.DeviceRGB),
        image_with(profile(b"one")),
        image_with(profile(b"two")),
        image_with(Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xfe\xff\0\0\0\1")])),
        image_with(Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xfe\xff\0\0\0\2")])),
        image_with(Name.DeviceGray, Decode=Array([1, 0])),
        image_with(Name.DeviceGray, ImageMask=True),
        image_with(Name.DeviceGray, Mask=Array([1, 1])),
    ]
    keys = [key_of(each, 150) for each in images]
    assert len(set(keys)) == len(images)
    assert key_of(images[0], 72) not in keys
    # Where it stands is not said of it.
    assert key_of(image_with(profile(b"one", before=7), StructParent=4), 150) == keys[2]


def test_what_leads_into_itself_is_not_followed_for_ever() -> None:
    made = image_with(Name.DeviceGray)
    made.ColorSpace = Array([Name.ICCBased])
    made.Round = made
    with pytest.raises(UnfathomableError):
        key_of(made)


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    def coded(size: int) -> Recoded:
        return Recoded(Coded(b"x" * size, Coding.JPEG, 1, 1, "L"))

    kept = KeptPictures(most=100)
    kept.keep(b"a", coded(40))
    kept.keep(b"b", coded(40))
    assert kept.get(b"a") is not None
    kept.keep(b"c", coded(40))
    assert (kept.get(b"a"), kept.get(b"b"), kept.size) == (coded(40), None, 80)
    kept.keep(b"d", coded(101))
    assert (kept.get(b"a"), kept.get(b"d"), kept.size) == (None, None, 0)
