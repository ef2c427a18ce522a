"""A finished pack as PDF → the same with pictures of fewer pixels and everything packed tighter; text, tags, links and files in it stay as they are."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

from pikepdf import Name, ObjectStreamMode, Pdf, PdfError, Stream

from briefpack.copies.kept_pictures import KeptPictures, Recoded, UnfathomableError, key_of
from briefpack.copies.pdf_pictures import picture_of, put, soft_mask
from briefpack.copies.resampling import SHARP, coded, is_drawing, resampled, wanted
from briefpack.copies.shown_sizes import Shown, shown_sizes

_INCH = 72.0
_LEAST = 2048
"""Bytes of a picture below which nothing is to be gained."""
_GAIN = 0.9
"""Share of its former bytes below which a picture in another form is worth it."""
GAIN = 0.99
"""Share of its former bytes below which a file that was compressed is another one."""

_KEPT = KeptPictures()


@dataclass(frozen=True, slots=True)
class Compressed:
    """pictures: how many of them have other pixels, or the same in another form. content: the same bytes as before where nothing was gained."""

    content: bytes
    pictures: int


def compress(content: bytes, resolution: int) -> bytes:
    """The pack with no more than resolution pixels an inch in its pictures; the same bytes where nothing was gained."""
    return compressed(content, resolution).content


def compressed(content: bytes, resolution: int) -> Compressed:
    """As compress(), with what was done.

    Every picture is resampled for its largest showing, on pages of the body and of annexes alike. Pictures of black and white keep twice the
    resolution. A photograph that was kept without loss becomes a JPEG; drawings and masks never do.
    """
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as pdf:
        sizes = shown_sizes(pdf)
        streams = [pdf.get_object(key) for key in sizes]
        masks = {
            mask.objgen
            for each in streams
            for mask in (each.get("/SMask"), each.get("/Mask"))
            if isinstance(mask, Stream)
        }
        changed = 0
        # Masks last: pictures are weighed with them.
        for key in sorted(sizes, key=lambda key: (key in masks, key)):
            image = pdf.get_object(key)
            if isinstance(image, Stream):
                changed += _made_smaller(image, sizes[key], resolution, mask=key in masks)
        _pack(pdf)
        # As briefpack/annexes/finish.py saves it.
        pdf.save(
            out,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            deterministic_id=True,
        )
    smaller = out.getvalue()
    if len(smaller) >= GAIN * len(content):
        return Compressed(content, 0)
    return Compressed(smaller, changed)


def _made_smaller(image: Stream, shown: Shown, resolution: int, *, mask: bool) -> bool:
    """Whether an image is smaller now."""
    if len(image.read_raw_bytes()) < _LEAST:
        return False
    try:
        key = key_of(image, shown, resolution, mask)
    except (UnfathomableError, PdfError):
        made = _recoded(image, shown, resolution, mask=mask)
    else:
        found = _KEPT.get(key)
        made = _recoded(image, shown, resolution, mask=mask) if found is None else found
        if found is None:
            _KEPT.keep(key, made)
    if made.coded is None:
        return False
    put(image, made.coded, named=made.named)
    return True


def _recoded(image: Stream, shown: Shown, resolution: int, *, mask: bool) -> Recoded:
    picture = picture_of(image)
    if picture is None:
        return Recoded(None)
    sharp = SHARP if picture.pixels.mode == "1" else 1
    inches = (shown.width / _INCH, shown.height / _INCH)
    size = wanted(picture.pixels.size, inches, sharp * resolution)
    if size == picture.pixels.size and picture.lossy:
        # Every JPEG of a JPEG is worse.
        return Recoded(None)
    fewer = resampled(picture.pixels, size, soft_mask(image))
    lossy = not mask and (picture.lossy or not is_drawing(picture.pixels))
    made = coded(fewer, lossy=lossy)
    if len(made.data) + len(made.palette) >= _GAIN * len(image.read_raw_bytes()):
        return Recoded(None)
    return Recoded(made, picture.named)


def _pack(pdf: Pdf) -> None:
    """Compress again, as tightly as it goes, what is compressed in the plain way; its content stays."""
    for item in pdf.objects:
        if not isinstance(item, Stream) or item.get("/Filter") != Name.FlateDecode or "/DecodeParms" in item:
            continue
        raw = item.read_raw_bytes()
        try:
            tighter = zlib.compress(item.read_bytes(), 9)
        except PdfError:
            continue
        if len(tighter) < len(raw):
            item.write(tighter, filter=Name.FlateDecode)
