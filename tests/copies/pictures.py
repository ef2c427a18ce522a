"""Pictures for the tests of copies, and PDFs that show them."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

A4 = (595.0, 842.0)


@lru_cache
def photograph(width: int = 1200, height: int = 900, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """Shapes without sharp edges, and the grain of a camera."""
    rng = random.Random(seed)
    small = Image.new("RGB", (48, 36))
    small.putdata([tuple(rng.randrange(256) for _ in range(3)) for _ in range(48 * 36)])
    picture = small.resize((width, height), Image.Resampling.BICUBIC)
    noise = Image.frombytes("L", (width, height), rng.randbytes(width * height))
    grain = Image.merge("RGB", [noise.filter(ImageFilter.GaussianBlur(1))] * 3)
    return Image.blend(picture, grain, 0.08).convert(mode)


@lru_cache
def drawing(width: int = 1200, height: int = 900, mode: str = "RGB") -> Image.Image:
    """Even areas, thin lines, words."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for number in range(12):
        left = 40 + number * (width - 80) // 12
        colour = ("#1d4e89", "#b23a48", "#4f772d")[number % 3]
        draw.rectangle((left, height - 60 - number * 40, left + 60, height - 60), fill=colour)
        draw.text((left, 30), f"Figure {number}", fill="black")
    draw.line((30, height - 60, width - 30, height - 60), fill="black", width=3)
    return picture.convert(mode)


def scan(width: int = 2480, height: int = 3508) -> Image.Image:
    """A page of black and white, as a fax has it."""
    picture = Image.new("L", (width // 4, height // 4), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(20, height // 4 - 20, 14):
        draw.text((30, line), "The members agree on the text as it stands. " * 2, fill=0)
    return picture.resize((width, height)).convert("1", dither=Image.Dither.NONE)


def jpeg(picture: Image.Image, quality: int = 92) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, subsampling=0)
    return buffer.getvalue()


SPACES = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


def image(
    pdf: Pdf,
    picture: Image.Image,
    data: bytes | None = None,
    filter_: Name = Name.FlateDecode,
    **entries: object,
) -> Stream:
    """An image object. data: its coded samples; its plain ones, compressed, where there are none."""
    made = Stream(pdf, zlib.compress(picture.tobytes()) if data is None else data)
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width, made.Height = picture.size
    made.BitsPerComponent = 1 if picture.mode == "1" else 8
    made.ColorSpace = SPACES[picture.mode]
    made.Filter = filter_
    for key, value in entries.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)  # type: ignore[return-value]


def show(
    pdf: Pdf,
    item: Object,
    width: float = 144,
    height: float = 108,
    *,
    content: bytes = b"",
    **resources: Object,
) -> None:
    """A page that shows an image in that size, in points; content: instead, what it paints. resources: besides the image, which is /Im."""
    words = content or b"q %f 0 0 %f 72 400 cm /Im Do Q" % (width, height)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *A4]),
        Resources=Dictionary(XObject=Dictionary(Im=item), **resources),
        Contents=pdf.make_stream(words),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def saved(pdf: Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Kept:
    """An image of a file. coded: as it is stored. samples: as they were before they were compressed without loss."""

    size: tuple[int, int]
    filter: str
    bits: int
    space: str
    stencil: bool
    masked: bool
    coded: bytes
    samples: bytes


def images(content: bytes) -> list[Kept]:
    """The images of a file, in the order of their objects."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [
            Kept(
                (int(item.Width), int(item.Height)),
                str(item.get("/Filter")),
                int(item.get("/BitsPerComponent", 1)),
                str(item.get("/ColorSpace", "")),
                "/ImageMask" in item,
                "/SMask" in item,
                item.read_raw_bytes(),
                item.read_bytes() if item.get("/Filter") == Name.FlateDecode else item.read_raw_bytes(),
            )
            for item in pdf.objects
            if isinstance(item, Stream) and item.get("/Subtype") == Name.Image
        ]


def drawn(content: bytes, scale: float = 1.0) -> list[Image.Image]:
    """Every page as pdfium draws it."""
    pdf = pypdfium2.PdfDocument(content)
    return [page.render(scale=scale).to_pil().convert("RGB") for page in pdf]


def difference(before: Sequence[Image.Image], after: Sequence[Image.Image]) -> float:
    """Of the page that differs most: the mean difference of a colour, of 255, where anything is drawn."""
    assert [page.size for page in before] == [page.size for page in after]
    worst = 0.0
    for one, other in zip(before, after, strict=True):
        box = ImageChops.difference(one, Image.new("RGB", one.size, "white")).getbbox()
        assert box is not None, "nothing is drawn"
        changed = ImageChops.difference(one.crop(box), other.crop(box))
        worst = max(worst, *ImageStat.Stat(changed).mean)
    return worst
