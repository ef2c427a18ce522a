"""Pictures come out upright, without metadata, RGB or grey; damaged and hostile ones are refused in words."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from briefpack.document import ImageData
from briefpack.images import MAX_PIXELS, ImageError, load_image, read_image

SECRET = b"SECRET-WORDS"


def half_and_half(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red on the left, blue on the right (light and dark where there is no colour)."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(data: ImageData) -> Image.Image:
    picture = Image.open(io.BytesIO(data.content))
    picture.load()
    assert picture.format == {"png": "PNG", "jpeg": "JPEG"}[data.format]
    assert picture.size == (data.width, data.height)
    return picture


def secret_exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (IFDRational(50), IFDRational(26), IFDRational(46))
    return exif


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 40 for a, b in zip(pixel[:3], colour, strict=True))


RED, BLUE = (255, 0, 0), (0, 0, 255)


def test_an_upright_jpeg_keeps_its_coded_pixels_and_loses_everything_else() -> None:
    raw = encoded(half_and_half(), "JPEG", exif=secret_exif(), comment=SECRET, dpi=(300, 300), quality=70)
    data = read_image(raw)
    assert (data.format, data.width, data.height, data.dpi) == ("jpeg", 40, 20, 300.0)
    assert SECRET in raw
    assert SECRET not in data.content
    picture = opened(data)
    assert picture.tobytes() == Image.open(io.BytesIO(raw)).tobytes()
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 1}, {"optimize": True}])
def test_every_common_kind_of_jpeg_keeps_its_pixels(options: dict[str, object]) -> None:
    raw = encoded(half_and_half(size=(200, 100)), "JPEG", exif=secret_exif(), **options)
    data = read_image(raw)
    assert opened(data).tobytes() == Image.open(io.BytesIO(raw)).tobytes()
    assert SECRET not in data.content


def test_a_second_picture_behind_the_first_goes_with_its_metadata() -> None:
    first = encoded(half_and_half(), "JPEG")
    second = encoded(half_and_half(), "JPEG", exif=secret_exif())
    data = read_image(first + second)
    assert SECRET not in data.content
    assert data.content.count(b"\xff\xd9") == 1


def test_a_phones_jpeg_with_a_preview_inside_is_a_jpeg() -> None:
    buffer = io.BytesIO()
    half_and_half().save(buffer, "MPO", save_all=True, append_images=[half_and_half(size=(8, 4))])
    data = read_image(buffer.getvalue())
    assert (data.format, data.width) == ("jpeg", 40)
    opened(data)


@pytest.mark.parametrize(
    ("orientation", "size", "left", "right"),
    [(1, (40, 20), RED, BLUE), (2, (40, 20), BLUE, RED), (3, (40, 20), BLUE, RED), (4, (40, 20), RED, BLUE)],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_held_upside_down_is_turned_up(
    orientation: int,
    size: tuple[int, int],
    left: tuple[int, int, int],
    right: tuple[int, int, int],
    kind: str,
) -> None:
    data = read_image(encoded(half_and_half(), kind, exif=secret_exif(orientation)))
    picture = opened(data).convert("RGB")
    assert picture.size == size
    assert near(picture.getpixel((2, 10)), left)
    assert near(picture.getpixel((37, 10)), right)
    assert SECRET not in data.content


@pytest.mark.parametrize(("orientation", "top"), [(5, RED), (6, RED), (7, BLUE), (8, BLUE)])
def test_a_picture_held_sideways_is_turned_up(orientation: int, top: tuple[int, int, int]) -> None:
    data = read_image(encoded(half_and_half(), "JPEG", exif=secret_exif(orientation)))
    picture = opened(data)
    assert picture.size == (20, 40)
    assert near(picture.getpixel((10, 2)), top)
    assert not picture.getexif()


def test_unreadable_orientation_means_upright() -> None:
    raw = encoded(half_and_half(), "JPEG")
    broken = b"\xff\xe1\x00\x10Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff"
    assert opened(read_image(raw[:2] + broken + raw[2:])).size == (40, 20)


def test_cmyk_becomes_rgb() -> None:
    data = read_image(encoded(half_and_half("CMYK"), "JPEG"))
    picture = opened(data)
    assert (data.format, picture.mode) == ("jpeg", "RGB")
    assert near(picture.getpixel((2, 10)), RED)


def test_a_wide_colour_space_is_brought_to_srgb_and_srgb_is_left_alone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = encoded(half_and_half(), "JPEG", icc_profile=profile)
    data = read_image(raw)
    assert opened(data).tobytes() == Image.open(io.BytesIO(raw)).tobytes()
    assert "icc_profile" not in opened(data).info
    other = profile.replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be")).replace(b"sRGB", b"wide")
    data = read_image(encoded(half_and_half(), "JPEG", icc_profile=other))
    assert opened(data).mode == "RGB"
    assert "icc_profile" not in opened(data).info


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "PA"])
def test_any_png_becomes_rgb_or_grey_of_8_bits(mode: str) -> None:
    raw = encoded(
        half_and_half().convert("RGBA").convert(mode) if mode != "PA" else half_and_half("P"), "PNG"
    )
    picture = opened(read_image(raw))
    assert picture.mode in ("RGB", "L")
    if mode in ("RGB", "RGBA", "P", "PA"):
        assert near(picture.getpixel((2, 10)), RED)


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    assert opened(read_image(encoded(clear, "PNG"))).convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([255, 0, 0] * 256)
    picture = opened(read_image(encoded(palette, "PNG", transparency=0)))
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_sixteen_bits_are_scaled_to_eight_and_not_cut_off() -> None:
    grey = Image.new("I;16", (4, 4), 0x8000)
    picture = opened(read_image(encoded(grey, "PNG")))
    assert picture.mode == "L"
    assert picture.getpixel((0, 0)) == 128


def test_a_colourless_picture_is_stored_as_grey() -> None:
    assert opened(read_image(encoded(Image.new("RGB", (9, 9), "#777777"), "PNG"))).mode == "L"


def test_a_png_loses_its_texts() -> None:
    raw = encoded(half_and_half(), "PNG", exif=secret_exif(), dpi=(200, 200))
    text = b"tEXtComment\0" + SECRET
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    data = read_image(raw[:33] + chunk + raw[33:])
    assert SECRET not in data.content
    assert round(data.dpi) == 200
    assert "Comment" not in opened(data).info


def test_the_same_picture_gives_the_same_bytes() -> None:
    raw = encoded(half_and_half("RGBA"), "PNG")
    assert read_image(raw) == read_image(raw)


def test_a_picture_is_read_once_as_long_as_it_does_not_change(tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    path.write_bytes(encoded(half_and_half(), "PNG"))
    first = load_image(path)
    assert load_image(path) is first
    path.write_bytes(encoded(half_and_half(size=(10, 10)), "PNG"))
    assert load_image(path).width == 10


def test_a_missing_picture_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="cannot be read") as caught:
        load_image(tmp_path / "no.png")
    assert caught.value.remedy


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_kinds_of_pictures_are_named(kind: str) -> None:
    with pytest.raises(ImageError, match=f"this is a {kind} picture"):
        read_image(encoded(half_and_half(), kind))


def test_what_is_no_picture_is_refused() -> None:
    for raw in (b"", b"words", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        with pytest.raises(ImageError, match="no picture"):
            read_image(raw)


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(MAX_PIXELS, 2), (60_000, 60_000), (40_000, 10)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(ImageError, match="million pixels") as caught:
        read_image(png_header(*size))
    assert "smaller" in caught.value.remedy


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_cut_off_picture_is_damaged(kind: str) -> None:
    noise = Image.frombytes("RGB", (60, 60), random.Random(1).randbytes(60 * 60 * 3))
    raw = encoded(noise, kind)
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(ImageError, match="damaged"):
            read_image(raw[: int(len(raw) * share)])


def test_mutated_pictures_are_read_or_refused_and_never_a_traceback() -> None:
    dice = random.Random(11)
    good = [
        encoded(half_and_half(), "JPEG", exif=secret_exif(6), icc_profile=b"x" * 200),
        encoded(half_and_half(), "JPEG", progressive=True),
        encoded(half_and_half("CMYK"), "JPEG"),
        encoded(half_and_half("P"), "PNG", transparency=1, exif=secret_exif(3)),
        encoded(half_and_half("RGBA"), "PNG", dpi=(72, 72)),
    ]
    read = 0
    refused: set[str] = set()
    for number in range(1500):
        raw = bytearray(good[number % len(good)])
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(raw))
            if dice.random() < 0.8:
                raw[at] = dice.randrange(256)
            else:
                del raw[at : at + dice.randint(1, 30)]
        try:
            opened(read_image(bytes(raw)))
        except ImageError as error:
            refused.add(error.remedy)
        else:
            read += 1
    assert read > 100
    assert refused
    assert all(refused)
