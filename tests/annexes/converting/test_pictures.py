"""Pictures become pages that look like them; judged by pdfium, and by pikepdf for what is in the file."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name, Pdf
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageOps
from PIL.TiffImagePlugin import IFDRational

from briefpack.annex import Deed, Keep, Remark, Treatment
from briefpack.annexes.cleaning.refusal import Refusal
from briefpack.annexes.converting import pictures
from briefpack.annexes.converting.pictures import picture_pdf
from briefpack.annexes.foreign import kind_of_file

HIDDEN = "SECRET-WORDS"
ACCEPT = Treatment(damaged=True)


def quarters(size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red, green, blue and white quarters: no two ways of turning it look alike."""
    picture = Image.new("RGB", size, "white")
    across, down = size[0] // 2, size[1] // 2
    picture.paste("red", (0, 0, across, down))
    picture.paste((0, 160, 0), (across, 0, size[0], down))
    picture.paste("blue", (0, down, across, size[1]))
    return picture


def dots(size: tuple[int, int] = (400, 565)) -> Image.Image:
    """Black and white, different in every corner."""
    picture = Image.new("1", size, 1)
    picture.paste(0, (0, 0, size[0] // 2, size[1] // 3))
    for row in range(size[1] // 2, size[1], 7):
        picture.paste(0, (30, row, 90, row + 3))
    return picture


def made(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)  # type: ignore[arg-type]
    return path


def converted(path: Path, treatment: Treatment | None = None) -> tuple[Path, tuple[Remark, ...], bool]:
    target = path.with_suffix(".made.pdf")
    remarks, damaged = picture_pdf(path, target, kind_of_file(path), treatment or Treatment())
    return target, remarks, damaged


def image_of(target: Path, page: int = 0) -> pikepdf.Stream:
    with Pdf.open(target) as pdf:
        image = pdf.pages[page].Resources.XObject.Picture
        assert isinstance(image, pikepdf.Stream)
        copy = Pdf.new()
        kept = copy.copy_foreign(image)
        copy.trailer.Kept = kept
        KEPT.append(copy)
        assert isinstance(kept, pikepdf.Stream)
        return kept


KEPT: list[Pdf] = []
"""Files whose objects tests look at stay open."""


def sizes_of(target: Path) -> list[tuple[float, float]]:
    with Pdf.open(target) as pdf:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]


def seen(target: Path, page: int = 0) -> Image.Image:
    """The page at 72 dpi, cut to what is not white… by its corners in the test picture."""
    with pypdfium2.PdfDocument(target) as document:
        return document[page].render(scale=1).to_pil().convert("RGB")


def assert_alike(page: Image.Image, picture: Image.Image, most: int = 60) -> None:
    """The picture, fitted into the page's middle as it should be, looks like the page."""
    share = min(1.0, page.width / picture.width, page.height / picture.height)
    size = (round(picture.width * share), round(picture.height * share))
    left, top = (page.width - size[0]) // 2, (page.height - size[1]) // 2
    part = page.crop((left, top, left + size[0], top + size[1])).resize((20, 20), Image.Resampling.BOX)
    wanted = picture.convert("RGB").resize((20, 20), Image.Resampling.BOX)
    worst = max(high for _, high in ImageChops.difference(part, wanted).getextrema())
    assert worst <= most, worst


# --------------------------------------------------------------------------- formats


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".gif", ".webp", ".bmp"])
def test_every_format_becomes_a_page_that_looks_like_it(suffix: str, tmp_path: Path) -> None:
    picture = quarters((400, 200))
    path = made(picture, tmp_path / f"a{suffix}", dpi=(72, 72))
    target, (remark,), damaged = converted(path)
    assert sizes_of(target) == [(841.89, 595.28)]
    assert_alike(
        seen(target), picture if suffix in {".png", ".jpg", ".tif", ".bmp"} else picture.resize((300, 150))
    )
    assert (remark.deed, remark.kind, damaged) == (Deed.CONVERTED, "converted", False)
    assert remark.what == f"is {kind_of_file(path).words}, made into a page"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK", "LAB", "PA"])
def test_every_kind_of_pixel_is_kept_or_laid_on_white(mode: str, tmp_path: Path) -> None:
    picture = quarters((600, 850))
    if mode == "I;16":
        kept = picture.convert("L").point(lambda value: value)
        sixteen = Image.frombytes("I;16", kept.size, b"".join(bytes((0, v)) for v in kept.tobytes()))
        path = made(sixteen, tmp_path / "a.tif")
        picture = kept
    elif mode in {"CMYK", "LAB"}:
        other = picture.convert("CMYK")
        if mode == "LAB":
            other = ImageCms.profileToProfile(
                picture, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
            )
        path = made(other, tmp_path / "a.tif")
    elif mode in {"RGBA", "LA", "PA"}:
        clear = picture.convert("RGBA")
        clear.putalpha(picture.convert("L").point(lambda value: 0 if value > 250 else 255))
        black = Image.new("RGBA", clear.size, (0, 0, 0, 0))
        # What is transparent is black beneath.
        clear = Image.composite(clear, black, clear.getchannel("A"))
        path = made(clear.quantize() if mode == "PA" else clear.convert(mode), tmp_path / "a.png")
        picture = picture.convert("L") if mode == "LA" else picture
    else:
        picture = picture.convert(mode)
        path = made(picture, tmp_path / "a.png")
    target, _, _ = converted(path)
    assert_alike(seen(target), picture.convert("RGB").resize((450, 638)), 70 if mode == "LAB" else 40)


def test_black_and_white_stays_black_and_white(tmp_path: Path) -> None:
    page = Image.new("1", (1654, 2339), 1)
    for row in range(200, 2100, 60):
        ImageDraw.Draw(page).ellipse((200 + row // 3, row, 260 + row // 2, row + 41), fill=0)
    target, _, _ = converted(made(page, tmp_path / "a.tif", compression="group4", dpi=(200, 200)))
    image = image_of(target)
    assert image.Filter == Name.CCITTFaxDecode
    assert image.BitsPerComponent == 1
    assert_alike(seen(target), page.convert("RGB").resize((595, 842)), 40)
    target, _, _ = converted(made(dots((1654, 2339)), tmp_path / "b.png", dpi=(200, 200)))
    assert sizes_of(target) == [(595.44, 842.04)]
    assert_alike(seen(target), dots((1654, 2339)).convert("RGB").resize((595, 842)), 40)


def test_a_picture_of_dots_is_not_made_larger_by_the_fax_code(tmp_path: Path) -> None:
    picture = Image.effect_noise((400, 400), 90).convert("1")
    image = image_of(converted(made(picture, tmp_path / "a.png"))[0])
    assert image.Filter == Name.FlateDecode
    assert bytes(image.read_bytes()) == picture.tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
def test_pixels_come_through_bit_for_bit(mode: str, tmp_path: Path) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((57, 31), spread) for spread in (20, 60, 99)])
    picture = noise.quantize(200) if mode == "P" else noise.convert(mode)
    image = image_of(converted(made(picture, tmp_path / "a.png"))[0])
    with pikepdf_image(image) as read:
        assert ImageChops.difference(read.convert("RGB"), picture.convert("RGB")).getbbox() is None


def pikepdf_image(image: pikepdf.Stream) -> Image.Image:
    return pikepdf.PdfImage(image).as_pil_image()


# --------------------------------------------------------------------------- JPEG


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".png"])
def test_a_picture_stands_as_the_camera_was_held(suffix: str, orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = made(quarters((400, 200)), tmp_path / f"a{suffix}", exif=exif, dpi=(72, 72))
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    target, _, _ = converted(path)
    assert sizes_of(target) == [(841.89, 595.28) if orientation < 5 else (595.28, 841.89)]
    assert_alike(seen(target), upright)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}], ids=str)
def test_a_jpeg_keeps_its_coded_pixels_and_nothing_else(options: dict[str, object], tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = HIDDEN
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (IFDRational(50), IFDRational(26), IFDRational(46))
    path = made(quarters(), tmp_path / "a.jpg", exif=exif, comment=HIDDEN.encode(), quality=71, **options)
    target, remarks, _ = converted(path)
    data = image_of(target).read_raw_bytes()
    assert HIDDEN.encode() not in data
    scan = path.read_bytes()[path.read_bytes().index(b"\xff\xda") :]
    assert data.endswith(scan)
    assert "says where it was taken, left out of the pack" in [remark.what for remark in remarks]


def test_metadata_stays_where_it_is_wanted(tmp_path: Path) -> None:
    path = made(quarters(), tmp_path / "a.jpg", comment=HIDDEN.encode())
    target, remarks, _ = converted(path, Treatment(keep=frozenset({Keep.IMAGE_METADATA})))
    assert image_of(target).read_raw_bytes() == path.read_bytes()
    assert [remark.kind for remark in remarks] == ["converted"]


def test_a_cmyk_jpeg_becomes_srgb_and_keeps_its_look(tmp_path: Path) -> None:
    picture = quarters((400, 200))
    target, _, _ = converted(made(picture.convert("CMYK"), tmp_path / "a.jpg", dpi=(72, 72)))
    assert image_of(target).ColorSpace == Name.DeviceRGB
    assert_alike(seen(target), picture)


def test_a_profile_that_is_not_srgb_stays(tmp_path: Path) -> None:
    profiles = {
        "srgb": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        "other": other_profile(),
        "cut": other_profile()[:-9],
        "junk": b"junk" * 99,
    }
    spaces = {}
    for name, profile in profiles.items():
        path = made(quarters(), tmp_path / f"{name}.jpg", icc_profile=profile)
        spaces[name] = image_of(converted(path)[0]).ColorSpace
    assert {name for name, space in spaces.items() if space == Name.DeviceRGB} == {"srgb", "cut", "junk"}
    assert spaces["other"][0] == Name.ICCBased
    assert spaces["other"][1].read_bytes() == other_profile()
    assert spaces["other"][1].N == 3


def other_profile() -> bytes:
    """A profile that does not say that it is sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace("sRGB".encode("utf-16-be"), "XXXX".encode("utf-16-be")).replace(b"sRGB", b"XXXX")


# --------------------------------------------------------------------------- several pictures


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "jpeg", "tiff_deflate", "packbits"])
def test_every_picture_of_a_tiff_is_a_page(compression: str, tmp_path: Path) -> None:
    first, second = quarters((827, 1169)), quarters((1169, 827))
    if compression == "group4":
        first, second = first.convert("1"), second.convert("1")
    path = made(
        first,
        tmp_path / "a.tif",
        save_all=True,
        append_images=[second],
        compression=compression,
        dpi=(100, 100),
    )
    target, (remark,), _ = converted(path)
    assert sizes_of(target) == [(595.44, 841.68), (841.68, 595.44)]
    assert_alike(seen(target), first.convert("RGB").resize((595, 842)))
    assert_alike(seen(target, 1), second.convert("RGB").resize((842, 595)))
    assert (remark.what, remark.count) == ("is a picture (TIFF), made into 2 pages", 2)


def test_previews_within_a_tiff_are_no_pages(tmp_path: Path) -> None:
    preview = quarters((40, 20))
    preview.encoderinfo = {"tiffinfo": {254: 1}}  # type: ignore[attr-defined]
    path = made(quarters(), tmp_path / "a.tif", save_all=True, append_images=[preview])
    assert len(sizes_of(converted(path)[0])) == 1


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_of_a_moving_picture_the_first_is_taken_and_said_so(suffix: str, tmp_path: Path) -> None:
    path = made(
        quarters(), tmp_path / f"a{suffix}", save_all=True, append_images=[quarters((80, 40)).rotate(180)]
    )
    target, remarks, _ = converted(path)
    assert len(sizes_of(target)) == 1
    assert [remark.kind for remark in remarks if remark.warn] == ["animation"]


def test_a_long_picture_is_told_of(tmp_path: Path) -> None:
    _, remarks, _ = converted(made(quarters((100, 1500)), tmp_path / "page.png"))
    (warned,) = (remark for remark in remarks if remark.warn)
    assert warned.what == "is 15.0 times as long as wide, and small on its page"


# --------------------------------------------------------------------------- broken and hostile


def cut(path: Path, share: float = 0.6) -> Path:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path


def noisy(mode: str = "RGB") -> Image.Image:
    noise = Image.effect_noise((300, 300), 90)
    return Image.merge("RGB", [noise] * 3).convert(mode)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".gif", ".bmp", ".tif", ".webp"])
def test_a_cut_off_picture_is_refused(suffix: str, tmp_path: Path) -> None:
    path = cut(made(noisy(), tmp_path / f"a{suffix}"))
    with pytest.raises(Refusal) as caught:
        converted(path)
    words = kind_of_file(path).words
    assert caught.value.message in {
        f"is {words} that is damaged: part of it is missing or unreadable",
        f"is {words} that cannot be read: it is damaged, or of a rare sort",
    }
    assert caught.value.hint.startswith("get it again from its source, or ")


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_what_is_left_of_a_picture_is_taken_on_request(suffix: str, tmp_path: Path) -> None:
    path = cut(made(noisy(), tmp_path / f"a{suffix}", dpi=(72, 72)))
    target, _, damaged = converted(path, ACCEPT)
    assert damaged
    top = seen(target).crop((150, 275, 440, 340))
    assert len(top.getcolors(1 << 20) or ()) > 50


def test_the_pages_before_a_hole_are_taken_on_request(tmp_path: Path) -> None:
    path = made(
        noisy("1"), tmp_path / "a.tif", save_all=True, append_images=[noisy("1")] * 2, compression="group4"
    )
    cut(path, 0.5)
    with pytest.raises(Refusal, match="damaged"):
        converted(path)
    target, _, damaged = converted(path, ACCEPT)
    assert damaged
    assert len(sizes_of(target)) == 1


def test_a_changed_byte_in_a_png_is_seen(tmp_path: Path) -> None:
    path = made(noisy(), tmp_path / "a.png", compress_level=0)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Refusal, match="damaged"):
        converted(path)
    assert converted(path, ACCEPT)[2]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = made(quarters(), tmp_path / "a.png")
    header = b"IHDR" + struct.pack(">II", 30_000, 30_000) + path.read_bytes()[24:29]
    content = path.read_bytes()
    path.write_bytes(content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:])
    with pytest.raises(Refusal) as caught:
        converted(path)
    assert "30,000 × 30,000 pixels" in caught.value.message


def test_the_limit_is_of_bytes_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grey, colour = (made(quarters().convert(mode), tmp_path / f"{mode}.png") for mode in ("L", "RGB"))
    monkeypatch.setattr(pictures, "MOST_BYTES", 80 * 40)
    assert image_of(converted(grey)[0]).Width == 80
    with pytest.raises(Refusal, match="80 × 40 pixels"):
        converted(colour)


def test_measurements_are_no_picture(tmp_path: Path) -> None:
    path = made(Image.new("F", (20, 20), 0.5), tmp_path / "a.tif")
    with pytest.raises(Refusal, match="of measurements, not of colours"):
        converted(path)


def test_any_damage_ends_in_a_page_or_a_refusal(tmp_path: Path) -> None:
    import random

    dice = random.Random(5)
    for suffix in (".png", ".jpg", ".tif", ".gif", ".webp", ".bmp"):
        path = made(quarters(), tmp_path / f"a{suffix}")
        whole = path.read_bytes()
        for number in range(60):
            content = bytearray(whole)
            for _ in range(dice.randrange(1, 6)):
                content[dice.randrange(4, len(content))] = dice.randrange(256)
            path.write_bytes(content)
            for treatment in (Treatment(), ACCEPT):
                with contextlib.suppress(Refusal):
                    assert sizes_of(converted(path, treatment)[0]), number


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    path = made(noisy(), tmp_path / "a.png")
    first = converted(path)[0].read_bytes()
    assert converted(path)[0].read_bytes() == first


def test_settings_of_the_library_are_left_as_they_were(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    converted(made(quarters(), tmp_path / "a.png"), ACCEPT)
    assert before == Image.MAX_IMAGE_PIXELS
    path = cut(made(noisy(), tmp_path / "b.png"))
    with (
        warnings.catch_warnings(),
        Image.open(io.BytesIO(path.read_bytes())) as opened,
        pytest.raises(OSError),
    ):
        opened.load()
