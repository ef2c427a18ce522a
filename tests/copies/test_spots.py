"""Where the words of a copy stand: on white, upright, inside what is seen, and clear of what was there."""

import io
import math
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from briefpack.copies.ink import PackInk
from briefpack.copies.spots import FOOT_SIZE, chord, cover_corner, foot_spots, slants
from briefpack.distribution import Place
from briefpack.style import Length
from tests.copies.made import A4, boxes, copied, mark, of_pages, opened, pack, prepared, texts, whole
from tests.pdf import looks

LINE = "Copy 3 of 12 — Elena Marković"
BLACK = b"0 0 2000 2000 re f"


def spots(content: bytes, sizes: list[tuple[float, float]]) -> list[object]:
    ink = PackInk(content)
    pages = {number: ink.page(number, size) for number, size in enumerate(sizes)}
    found = foot_spots(pages, looks.style())
    ink.close()
    return [found[number] for number in range(len(sizes))]


def test_empty_pages_have_it_in_the_middle_of_their_foot():
    first, lying = spots(of_pages({}, {"box": [0, 0, A4[1], A4[0]]}), [A4, (A4[1], A4[0])])

    assert (first.x, lying.x) == (pytest.approx(A4[0] / 2, abs=0.1), pytest.approx(A4[1] / 2, abs=0.1))
    assert first.y == lying.y == pytest.approx(Length.from_mm(7))
    assert not first.covered
    assert first.width > 260


def test_pages_of_one_size_have_it_in_one_place():
    stamped = {"content": b"50 15 120 12 re f 480 15 60 12 re f"}
    marked = {"content": b"250 30 100 10 re f"}

    found = spots(of_pages({}, stamped, marked, {}), [A4] * 4)

    assert len({(spot.x, spot.y) for spot in found}) == 1


def test_what_stands_at_the_foot_is_gone_around():
    under = {"content": b"50 12 500 60 re f"}
    full = {"content": b"50 12 500 820 re f"}

    above, side = spots(of_pages(under, full), [A4] * 2)

    assert above.y - 0.25 * FOOT_SIZE > 72
    assert not above.turned
    assert side.turned or side.y > 832
    assert not side.covered


def test_where_everything_is_painted_the_line_stands_on_it():
    (spot,) = spots(of_pages({"content": BLACK}), [A4])

    assert spot.covered
    # White around the letters, and the letters in them: it is read on black.
    content = copied(of_pages({"content": BLACK}), places=[Place.FOOTER])
    picture = pypdfium2.PdfDocument(content)[0].render(scale=4, grayscale=True)
    (box,) = boxes(content, 0, LINE)
    rows = bytes(picture.buffer)
    band = [rows[at : at + picture.width] for at in range(0, len(rows), picture.stride)][
        int((A4[1] - box[3]) * 4) : int((A4[1] - box[1]) * 4)
    ]
    assert max(map(max, band)) == 255


@pytest.mark.parametrize(
    ("entries", "size"),
    [
        ({}, A4),
        ({"Rotate": 90}, (A4[1], A4[0])),
        ({"Rotate": 180}, A4),
        ({"Rotate": 270}, (A4[1], A4[0])),
        ({"Rotate": -90}, (A4[1], A4[0])),
        ({"CropBox": [100, 100, 500, 700]}, (400, 600)),
        ({"CropBox": [100, 100, 500, 700], "Rotate": 90}, (600, 400)),
        ({"box": [-300, -200, 300, 600]}, (600, 800)),
        ({"box": [0, 0, 2384, 3370]}, (2384, 3370)),
        ({"box": [0, 0, 240, 150]}, (240, 150)),
    ],
)
def test_it_is_upright_and_inside_what_is_seen(entries, size):
    content = copied(of_pages(entries), places=[Place.FOOTER])
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    width, height = page.get_size()
    assert (width, height) == (pytest.approx(size[0], abs=1), pytest.approx(size[1], abs=1))
    ink = PackInk(content)
    seen = ink.page(0, (width, height))
    foot = seen.extent(0, 40)

    assert LINE in texts(content)[0]
    # The words are dark across the foot of the page as it is seen, and nowhere else.
    assert foot is not None
    assert 0 < foot[0] < foot[1] < width
    assert sum(foot) / 2 == pytest.approx(width / 2, abs=3)
    assert seen.extent(42, height) is None
    ink.close()


def test_units_of_a_page_are_minded():
    plain, large = (
        copied(of_pages({"box": [0, 0, 600 / unit, 800 / unit], "UserUnit": unit}), places=[Place.FOOTER])
        for unit in (1, 4)
    )

    (one,), (other,) = boxes(plain, 0, LINE), boxes(large, 0, LINE)

    assert [4 * edge for edge in other] == pytest.approx(one, abs=1)


# --------------------------------------------------------------------------- the cover


def test_the_cover_has_it_at_the_foot_of_its_text():
    setup = looks.style().page
    ink = PackInk(of_pages({}, {"content": b"60 100 400 10 re f"}))
    free, crowded = (cover_corner(ink.page(number, A4), setup, 37) for number in range(2))
    other = cover_corner(ink.page(0, (400, 400)), setup, 37)
    ink.close()

    assert free is not None
    assert (free.left, free.bottom) == (float(setup.inside), float(setup.bottom))
    assert free.height > 700
    assert crowded is None
    assert other is None


@pytest.mark.parametrize("style", ["base", "minister", "delegation", "staff", "press"])
def test_covers_of_all_styles_have_room(style):
    content = whole(prepared(style, (Place.COVER,)), mark())

    (box,) = boxes(content, 0, LINE)
    setup = looks.style(style).page
    assert box[0] == pytest.approx(setup.inside, abs=2)
    assert box[1] == pytest.approx(setup.bottom, abs=4)
    with opened(pack(style)) as before:
        assert "Copy" not in texts(pack(style))[0]
        assert len(before.pages) > 1


# --------------------------------------------------------------------------- across the page


def test_a_line_ends_at_the_nearer_edge():
    assert chord((100, 200), 0, (50, 100)) == pytest.approx(100)
    assert chord((100, 200), 90, (50, 100)) == pytest.approx(200)
    assert chord((100, 100), 45, (50, 50)) == pytest.approx(math.hypot(100, 100))
    assert chord((100, 200), 0, (20, 100)) == pytest.approx(40)
    assert chord((100, 200), 0, (150, 100)) == 0


def test_it_goes_through_the_middle_of_a_page_of_any_size():
    style = looks.style()

    (upright,) = slants(A4, style, None)
    (lying,) = slants((A4[1], A4[0]), style, None)
    (double,) = slants((2 * A4[0], 2 * A4[1]), style, None)

    assert (upright.x, upright.y) == (A4[0] / 2, A4[1] / 2)
    assert (upright.angle, upright.scale) == (style.watermark_angle, pytest.approx(1, abs=0.001))
    assert (lying.angle, lying.scale) == (90 - style.watermark_angle, pytest.approx(1, abs=0.001))
    assert double.scale == pytest.approx(2, abs=0.002)


def test_a_style_of_pages_that_lie_on_their_side_has_its_own_angle_on_them():
    style = looks.style()
    lying = replace(style, page=replace(style.page, width=style.page.height, height=style.page.width))

    (usual,) = slants((A4[1], A4[0]), lying, None)
    (other,) = slants(A4, lying, None)

    assert (usual.angle, other.angle) == (style.watermark_angle, 90 - style.watermark_angle)


@pytest.mark.parametrize("angle", [55.0, 35.0, -40.0, 80.0])
@pytest.mark.parametrize("size", [48.0, 96.0, 130.0])
def test_it_lies_on_either_side_of_a_watermark_and_never_on_it(angle, size):
    style = looks.style()
    middle = A4[0] / 2, A4[1] / 2
    letters = float(style.text["watermark"].size)

    found = slants(A4, style, (*middle, angle, size))

    assert len(found) == 2
    away = [
        (slant.y - middle[1]) * math.cos(math.radians(angle))
        - (slant.x - middle[0]) * math.sin(math.radians(angle))
        for slant in found
    ]
    assert away[0] == pytest.approx(-away[1])
    for slant in found:
        assert slant.angle == angle
        # Half of the capitals of both, and the descenders of the upper one.
        assert abs(away[0]) > 0.33 * size + 0.25 * size + 0.33 * slant.scale * letters
        assert chord(A4, angle, (slant.x, slant.y)) >= slant.scale * chord(A4, style.watermark_angle, middle)


def test_a_watermark_is_seen_wherever_it_is_painted():
    turned = b"q 0.5736 0.8192 -0.8192 0.5736 200 300 cm BT /F1 80 Tf (DRAFT) Tj ET Q"
    flat = b"BT /F1 80 Tf 20 20 Td (DRAFT) Tj ET"
    small = b"q 0.7 0.7 -0.7 0.7 200 300 cm BT /F1 9 Tf (2024) Tj ET Q"
    content = of_pages({"content": turned}, {"content": flat}, {"content": small}, {"content": b""})
    ink = PackInk(content)
    found = [ink.words_across(number) for number in range(4)]
    ink.close()

    assert found[0] is not None
    assert found[0].angle == pytest.approx(55, abs=0.1)
    assert found[0].size == pytest.approx(80, abs=0.5)
    assert found[1:] == [None, None, None]


def test_letters_that_are_painted_one_by_one_are_one_watermark():
    letters = "".join(f"BT /F1 80 Tf {60 * n} 0 Td ({char}) Tj ET " for n, char in enumerate("DRAFT"))
    content = of_pages({"content": f"q 0.8 0.6 -0.6 0.8 150 200 cm {letters} Q".encode()})
    ink = PackInk(content)
    found = ink.words_across(0)
    ink.close()

    assert found is not None
    # The middle of the line, not of a letter.
    assert found.x == pytest.approx(150 + 0.8 * 150 - 0.6 * 29, abs=12)
    assert found.y == pytest.approx(200 + 0.6 * 150 + 0.8 * 29, abs=12)


def test_a_watermark_in_a_form_is_seen_where_the_page_has_it():
    out = io.BytesIO()
    with opened(of_pages({"content": b"q 0.5 0 0 0.5 100 50 cm /X Do Q"})) as pdf:
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(
            X=pdf.make_stream(
                b"q 0.5736 0.8192 -0.8192 0.5736 200 300 cm BT /F1 80 Tf (DRAFT) Tj ET Q",
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 900, 900],
                Resources=pikepdf.Dictionary(Font=page.Resources.Font),
            )
        )
        pdf.save(out)
    ink = PackInk(out.getvalue())
    found = ink.words_across(0)
    ink.close()

    assert found is not None
    assert found.size == pytest.approx(40, abs=0.5)
    assert 200 < found.x < 300
    assert 200 < found.y < 320


@pytest.mark.parametrize("angle", [24, 38, 55, 80])
@pytest.mark.parametrize("style", ["base", "minister", "delegation", "staff", "press"])
def test_words_across_a_page_have_no_pixel_in_common_with_its_watermark(style, angle):
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    words = f".94 g q {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} 297 421 cm BT /F1 96 Tf -230 -33 Td (SPECIMEN) Tj ET Q"
    bare = of_pages({"content": words.encode()})
    made = copied(bare, places=[Place.WATERMARK], style=looks.style(style))

    before, after = picture(bare), picture(made)

    # A page whose colours are mixed is rounded otherwise.
    changed = [one for one, other in zip(before, after, strict=True) if abs(one - other) > 2]
    assert min(before) < 255
    assert len(changed) > 5000
    assert set(changed) == {255}


def picture(content: bytes) -> bytes:
    return bytes(pypdfium2.PdfDocument(content)[0].render(scale=1, grayscale=True).buffer)


def test_what_is_below_words_across_a_page_stays_as_dark():
    bare = of_pages({"content": b"0 g 100 100 200 600 re f .2 g 300 100 200 600 re f"})
    made = copied(bare, places=[Place.WATERMARK])

    for one, other in zip(picture(bare), picture(made), strict=True):
        assert other <= one
