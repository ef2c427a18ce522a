"""A picture file → a PDF with a page for each of its pictures, with all their pixels.

Runs in the worker's process, under its limits. A JPEG keeps its coded pixels, bit for bit, and is turned by the page; what was compressed with losses in another
way becomes a JPEG of high quality, everything else is compressed without loss. Colours are sRGB, grey, or explained by the picture's own profile; transparent
is white.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from pikepdf import Name, Pdf
from PIL import Image, ImageCms, ImageFile, ImageOps

from briefpack.annex import Deed, Keep, Remark, Treatment
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting.coding import Coded, add_page, as_jpeg, bilevel, lossless
from briefpack.annexes.foreign import Kind
from briefpack.images import DAMAGE, orientation_of
from briefpack.jpeg import bare_jpeg

MOST_BYTES = 500 << 20
"""Of a picture in memory, where a coloured pixel takes four bytes and any other one: a colour scan of A3 at 800 dpi has 470 MB."""
MOST_PICTURES = 5_000

_GPS = 0x8825
"""The EXIF tag that says where a picture was taken (Exif 2.32, 4.6.3)."""
_SUBFILE, _REDUCED_OR_MASK = 254, 0b101
"""The TIFF tag that says what an image is within its file, and its bits for previews and masks (TIFF 6.0, section 8)."""
_LOSSY_IN_TIFF = frozenset({"jpeg", "tiff_jpeg"})
_ALPHA = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})
_PROFILE_CLASSES = frozenset({b"prtr", b"mntr", b"scnr", b"spac"})
"""Those of which colours of a page may be (ISO 32000-1, table 67)."""
_PROFILE_SPACES = {"RGB": b"RGB ", "P": b"RGB ", "L": b"GRAY", "1": b"GRAY"}
_LONG = 3.5
"""Times as long as wide: a web page photographed as a whole."""
_GET = "get it again from its source"


def picture_pdf(
    source: Path, target: Path, kind: Kind, treatment: Treatment
) -> tuple[tuple[Remark, ...], bool]:
    """Write the PDF of a picture file to target. Raises Refusal.

    Returns the remarks on the file, and whether it is what is left of a damaged one, which only treatment.damaged allows.
    """
    reading = _Reading(source, kind, treatment)
    with _tolerant(treatment.damaged), Pdf.new() as pdf:
        for coded, dpi in reading.pictures():
            add_page(pdf, coded, dpi)
        if not pdf.pages and (not reading.cut or treatment.damaged or reading.unknown):
            raise Refusal(
                f"is {kind.words} that cannot be read: it is damaged, or of a rare sort",
                f"{_GET}, or {kind.remedy}",
            )
        damaged = reading.cut or not _is_whole(source, kind)
        if damaged and not treatment.damaged:
            raise Refusal(
                f"is {kind.words} that is damaged: part of it is missing or unreadable",
                f"{_GET}, or write `damaged: accept` to take what is left of it",
            )
        pages = len(pdf.pages)
        pdf.save(target, deterministic_id=True)
    made = "a page" if pages == 1 else f"{pages:,} pages"
    converted = Remark(Deed.CONVERTED, "converted", f"is {kind.words}, made into {made}", pages)
    return (converted, *reading.remarks), damaged


@contextlib.contextmanager
def _tolerant(damaged: bool) -> Iterator[None]:
    """Pillow's settings are of the whole process: our own limit of pixels, and what is left of a cut-off picture where that is wanted."""
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, damaged
    try:
        with warnings.catch_warnings():
            # They are about metadata, which is dropped.
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before


def _is_whole(source: Path, kind: Kind) -> bool:
    """Whether the checksums of a PNG are right, which are not looked at when it is read; other formats have none."""
    if kind.name != "png":
        return True
    try:
        with Image.open(source) as picture:
            picture.verify()
    except DAMAGE:
        return False
    return True


class _Reading:
    """Reads the pictures of one file. remarks: what was seen. cut: part of it could not be read; unknown: nothing of it could."""

    def __init__(self, source: Path, kind: Kind, treatment: Treatment) -> None:
        self._source, self._kind, self._treatment = source, kind, treatment
        self.remarks: list[Remark] = []
        self.cut = self.unknown = False

    def pictures(self) -> Iterator[tuple[Coded, tuple[float, float]]]:
        """Each picture with its resolution, horizontal and vertical, as it is kept."""
        try:
            opened = Image.open(self._source)
        except DAMAGE:
            self.unknown = True
            return
        with opened as picture:
            self._look(picture)
            number = 0
            while True:
                try:
                    picture.seek(number)
                    if not self._is_beside(picture):
                        self._measure(picture)
                        yield self._coded(picture), _dpi(picture)
                except EOFError:
                    return
                except DAMAGE:
                    self.cut = True
                    return
                number += 1
                if self._kind.name != "tif":
                    return
                if number > MOST_PICTURES:
                    raise Refusal(
                        f"has more than {MOST_PICTURES:,} pictures", "split it into several annexes"
                    )

    def _look(self, picture: Image.Image) -> None:
        # A phone's JPEG has more pictures of the same thing in it, a preview or a depth map; that is no film.
        if getattr(picture, "is_animated", False) and picture.format in {"GIF", "WEBP", "PNG"}:
            self.remarks.append(
                Remark(
                    Deed.REMOVED,
                    "animation",
                    "is animated; only its first picture is in the pack",
                    advice="save the picture that is meant as PNG",
                    warn=True,
                )
            )
        width, height = picture.size
        if max(width, height) > _LONG * min(width, height):
            times = max(width, height) / max(1, min(width, height))
            self.remarks.append(
                Remark(
                    Deed.FOUND,
                    "long-picture",
                    f"is {times:.1f} times as long as wide, and small on its page",
                    advice="print what it shows to a PDF, or cut it into several pictures",
                    warn=True,
                )
            )
        if Keep.IMAGE_METADATA in self._treatment.keep:
            return
        about = {"exif", "xmp", "comment", "photoshop"} & picture.info.keys()
        try:
            place = bool(picture.getexif().get_ifd(_GPS))
        except DAMAGE:
            place = False
        if about or place:
            what = "says where it was taken" if place else "has data about itself that cannot be seen"
            self.remarks.append(Remark(Deed.REMOVED, "image-metadata", f"{what}, left out of the pack"))

    def _is_beside(self, picture: Image.Image) -> bool:
        """Whether it is a preview or a mask of another picture in the same TIFF file."""
        tags = getattr(picture, "tag_v2", None)
        return tags is not None and bool(int(tags.get(_SUBFILE, 0)) & _REDUCED_OR_MASK)

    def _measure(self, picture: Image.Image) -> None:
        each = 1 if picture.mode in {"1", "L", "P"} else 4
        if picture.mode == "F":
            raise Refusal(
                f"is {self._kind.words} of measurements, not of colours", "save it as PNG from its program"
            )
        if picture.width * picture.height * each > MOST_BYTES:
            most = MOST_BYTES // each / 1e6
            raise Refusal(
                f"is {self._kind.words} with {picture.width:,} × {picture.height:,} pixels; at most {most:,.0f} million are taken",
                "make it smaller: 300 dots an inch are enough to print",
            )

    def _coded(self, picture: Image.Image) -> Coded:
        if picture.format in {"JPEG", "MPO"} and picture.mode in {"RGB", "L"}:
            kept = self._kept_jpeg(picture)
            if kept is not None:
                return kept
        lossy = _is_lossy(picture, self._source)
        # Loads it, too: what is cut off fails here.
        upright = ImageOps.exif_transpose(picture)
        pixels = _pixels(upright, picture.info.get("icc_profile"))
        profile = _profile(picture.info.get("icc_profile"), pixels.mode)
        if pixels.mode == "1":
            return bilevel(pixels)
        return as_jpeg(pixels, profile) if lossy else lossless(pixels, profile)

    def _kept_jpeg(self, picture: Image.Image) -> Coded | None:
        """The coded pixels as they are; None when few readers would decode them, or they are not whole."""
        raw = self._source.read_bytes()
        picture.load()
        try:
            bare = bare_jpeg(raw)
        except ValueError:
            # Decoded it can still be, as far as it goes.
            self.cut = True
            return None
        if bare is None:
            return None
        data = raw if Keep.IMAGE_METADATA in self._treatment.keep else bare
        return Coded(
            data,
            Name.DCTDecode,
            None,
            *picture.size,
            8,
            picture.mode,
            _profile(picture.info.get("icc_profile"), picture.mode),
            orientation=orientation_of(picture),
        )


def _is_lossy(picture: Image.Image, source: Path) -> bool:
    match picture.format:
        case "JPEG" | "MPO":
            return True
        case "TIFF":
            return picture.info.get("compression") in _LOSSY_IN_TIFF
        case "WEBP":
            with source.open("rb") as file:
                # The chunk that holds pixels without loss (WebP container specification).
                return b"VP8L" not in file.read(4096)
    return False


def _pixels(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The pixels as 1, L, P or RGB, opaque; RGB of its own profile, or sRGB."""
    if picture.mode in {"CMYK", "LAB"}:
        return _to_srgb(picture, profile)
    if picture.mode in _ALPHA or "transparency" in picture.info:
        grey = picture.mode in {"L", "LA", "La", "1"}
        layer = picture.convert("RGBA")
        flat = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
        return flat.convert("L" if grey else "RGB")
    if picture.mode.startswith("I"):
        # Pillow's own conversion cuts 16 bits off at 255 instead of scaling them.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"1", "L", "RGB"}:
        return picture
    if picture.mode == "P" and picture.palette is not None and picture.palette.mode == "RGB":
        return picture
    return picture.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    source: ImageCms.ImageCmsProfile | None = None
    if picture.mode == "LAB":
        source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    elif profile is not None:
        with contextlib.suppress(*DAMAGE):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if source is not None:
        with contextlib.suppress(*DAMAGE):
            made = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if made is not None:
                return made
    return picture.convert("RGB")


def _profile(content: bytes | None, mode: str) -> bytes | None:
    """The picture's own profile where it says something of its pixels that sRGB does not, and a PDF may have it (ISO 32000-1, 8.6.5.5)."""
    if not content or len(content) < 128 or content[36:40] != b"acsp":
        return None
    whole = int.from_bytes(content[:4], "big") == len(content)
    fits = content[16:20] == _PROFILE_SPACES.get(mode) and content[12:16] in _PROFILE_CLASSES
    if not whole or not fits or content[8] > 4:
        return None
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(content)))
    except DAMAGE:
        return None
    return None if "sRGB" in name else content


def _dpi(picture: Image.Image) -> tuple[float, float]:
    """Dots an inch as they are kept, 0 where the file does not say."""
    try:
        across, down = (float(value) for value in picture.info.get("dpi", (0, 0)))
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return across, down
