"""Makes a pack whose weight are its pictures: photographs and drawings in the body, and an annex of photographs, scans and pictures with masks."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from tests.copies.pictures import drawing, image, jpeg, photograph, saved, scan, show

ROOT = Path(__file__).parents[2]
NAME = "photographs"

PACK = """\
title: Photographs of the visit
reference: P(25)/1
organisation: Ministry of Tests
language: en-GB
as_of: 2025-04-02
sections: [site.yaml]
annexes:
  - {file: album.pdf, title: Album, id: album}
audiences:
  reader: {title: Reader, style: staff}
"""
SITE = """\
title: The site
blocks:
  - text: What was seen on the **first day**, see [[album]] and [the programme](https://example.int/programme).
"""
PICTURE = """\
  - {{image: {name}, alt: "{alt}", caption: "{alt}", width: {width}%}}
  - text: The members looked at it from all sides.
"""


def write_photographs(root: Path, *, photographs: int = 4, width: int = 2000) -> Path:
    """Write the project into root and give the folder of its pack. photographs: in the body. width: of each, in pixels."""
    pack = root / "sources" / NAME
    pack.mkdir(parents=True)
    shutil.copytree(ROOT / "styles", root / "styles")
    height = width * 3 // 4
    text = SITE
    for number in range(photographs):
        lossy = number % 2 == 0
        picture = photograph(width, height, seed=number)
        name = f"photo{number}.{'jpeg' if lossy else 'png'}"
        (pack / name).write_bytes(jpeg(picture) if lossy else _png(picture))
        text += PICTURE.format(name=name, alt=f"View {number}", width=60 if number % 3 else 100)
    (pack / "plan.png").write_bytes(_png(drawing(width, height)))
    text += PICTURE.format(name="plan.png", alt="The plan", width=80)
    (pack / "site.yaml").write_text(text, encoding="utf-8")
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    (pack / "album.pdf").write_bytes(album(width))
    return pack


def album(width: int = 2000) -> bytes:
    """A PDF with pictures in all forms that scanners, cameras and office programs write."""
    pdf = Pdf.new()
    height = width * 3 // 4
    photo, grey = photograph(width, height, seed=90), photograph(width, height, "L", seed=91)
    show(pdf, image(pdf, photo, jpeg(photo), Name.DCTDecode), 460, 345)
    show(pdf, image(pdf, grey, jpeg(grey), Name.DCTDecode), 300, 225)
    show(pdf, image(pdf, photo, SMask=image(pdf, photograph(width, height, "L", seed=92))), 400, 300)
    show(pdf, image(pdf, drawing(width, height)), 400, 300)
    numbers = drawing(width, height).quantize(16)
    table = Array([Name.Indexed, Name.DeviceRGB, 15, String(bytes(numbers.getpalette("RGB") or ())[:48])])
    show(pdf, image(pdf, Image.frombytes("L", numbers.size, numbers.tobytes()), ColorSpace=table), 400, 300)
    show(pdf, image(pdf, scan(4960, 7016)), 595, 842, content=b"q 595 0 0 842 0 0 cm /Im Do Q")
    stencil = image(pdf, scan(), ImageMask=True)
    del stencil.ColorSpace
    form = pdf.make_stream(
        b"q 0.1 0.2 0.6 rg 300 0 0 424 0 0 cm /Im Do Q", Type=Name.XObject, Subtype=Name.Form
    )
    form.BBox, form.Resources = Array([0, 0, 300, 424]), Dictionary(XObject=Dictionary(Im=stencil))
    show(pdf, form, content=b"q 0 1 -1 0 520 200 cm /Im Do Q")
    return saved(pdf)


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
