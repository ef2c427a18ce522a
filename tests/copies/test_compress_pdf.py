"""Smaller packs: what is resampled, to which size, in which form, and all that stays as it was."""

import io
import subprocess
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw

from briefpack.copies.compress_pdf import compress, compressed
from tests.conftest import need_tool
from tests.copies.pictures import (
    difference,
    drawing,
    drawn,
    image,
    images,
    jpeg,
    photograph,
    saved,
    scan,
    show,
)


def _one(picture, *args, width=144.0, height=108.0, **entries):
    pdf = Pdf.new()
    show(pdf, image(pdf, picture, *args, **entries), width, height)
    return saved(pdf)


def _fax(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "TIFF", compression="group4", tiffinfo={278: picture.height})
    with Image.open(buffer) as made:
        (start,), (length,) = made.tag_v2[273], made.tag_v2[279]
        inverted = made.tag_v2[262] == 0
    parms = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=not inverted)
    return buffer.getvalue()[start : start + length], parms


def test_a_photograph_has_as_many_pixels_as_its_size_asks_for():
    content = _one(photograph(), jpeg(photograph()), Name.DCTDecode)

    made = compressed(content, 150)

    (only,) = images(made.content)
    # Two inches by one and a half.
    assert only.size == (300, 225)
    assert only.filter == "/DCTDecode"
    assert made.pictures == 1
    assert len(made.content) < len(content) / 8
    assert difference(drawn(content), drawn(made.content)) < 8


def test_the_largest_showing_counts():
    pdf = Pdf.new()
    item = image(pdf, photograph(), jpeg(photograph()), Name.DCTDecode)
    for width, height in ((72, 54), (216, 162), (144, 108)):
        show(pdf, item, width, height)

    (only,) = images(compress(saved(pdf), 100))

    assert only.size == (300, 225)


def test_forms_within_forms_and_turned_pictures_are_measured():
    pdf = Pdf.new()
    item = image(pdf, photograph(), jpeg(photograph()), Name.DCTDecode)
    inner = pdf.make_stream(b"q 0 50 -40 0 0 0 cm /Im Do Q", Type=Name.XObject, Subtype=Name.Form)
    inner.BBox, inner.Matrix = Array([-100, 0, 100, 100]), Array([2, 0, 0, 2, 0, 0])
    inner.Resources = Dictionary(XObject=Dictionary(Im=item))
    outer = pdf.make_stream(b"q 1.5 0 0 1.5 0 0 cm /In Do Q", Type=Name.XObject, Subtype=Name.Form)
    outer.BBox, outer.Resources = Array([-300, 0, 300, 300]), Dictionary(XObject=Dictionary(In=inner))
    show(pdf, outer, content=b"q 1 0 0 1 300 300 cm /Im Do Q")
    pdf.pages[0].obj.UserUnit = 2

    (only,) = images(compress(saved(pdf), 72))

    assert only.size == (300, 240)


def test_what_has_few_pixels_already_keeps_its_bytes():
    content = _one(photograph(300, 225), jpeg(photograph(300, 225)), Name.DCTDecode)

    made = compressed(content, 150)

    assert made.pictures == 0
    assert images(made.content) == images(content)


def test_where_nothing_is_gained_the_bytes_are_the_same():
    content = compress(_one(photograph(), jpeg(photograph()), Name.DCTDecode), 150)

    assert compress(content, 150) == content


def test_the_same_input_gives_the_same_bytes():
    content = _one(photograph(), jpeg(photograph()), Name.DCTDecode)

    assert compress(content, 150) == compress(content, 150)


def test_a_photograph_without_loss_becomes_a_jpeg_and_a_drawing_does_not():
    pdf = Pdf.new()
    show(pdf, image(pdf, photograph(300, 225)))
    show(pdf, image(pdf, drawing()))
    content = saved(pdf)

    made = compress(content, 150)

    photo, plan = images(made)
    assert photo.filter == "/DCTDecode"
    assert plan.filter == "/FlateDecode"
    assert plan.size[0] == 300
    assert difference(drawn(content), drawn(made)) < 8


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("lossy", [True, False], ids=["jpeg", "flate"])
@pytest.mark.parametrize("turned", [True, False], ids=["inverted", "straight"])
def test_colours_stay_what_they_are(mode, lossy, turned):
    picture = photograph(mode=mode)
    entries = {"Decode": Array([1, 0] * len(picture.getbands()))} if turned else {}
    args = (jpeg(picture), Name.DCTDecode) if lossy else ()
    content = _one(picture, *args, **entries)

    made = compress(content, 150)

    assert images(made)[0].size[0] == 300
    assert difference(drawn(content), drawn(made)) < 8


@pytest.mark.parametrize("bits", [1, 2, 4, 16])
def test_samples_of_other_sizes_are_read(bits):
    picture = photograph(1600, 1200, "L")
    if bits == 16:
        data = bytes(value for each in picture.tobytes() for value in (each, each))
    else:
        rows, per = picture.tobytes(), 8 // bits
        shades = [value >> (8 - bits) for value in rows]
        data = bytes(
            sum(shades[at + place] << (8 - bits * (place + 1)) for place in range(per))
            for at in range(0, len(shades), per)
        )
    content = _one(picture, zlib.compress(data), BitsPerComponent=bits)

    made = compress(content, 100)

    (only,) = images(made)
    assert only.size[0] == (400 if bits == 1 else 200)
    assert only.bits == (1 if bits == 1 else 8)
    assert difference(drawn(content), drawn(made)) < 12


@pytest.mark.parametrize("base", ["RGB", "L"])
def test_numbers_of_colours_are_resampled_as_colours(base):
    numbers = drawing().quantize(16)
    table = bytes(numbers.getpalette("RGB"))[:48]
    space = Name.DeviceRGB
    if base == "L":
        table, space = table[::3], Name.DeviceGray
    pdf = Pdf.new()
    colours = Array([Name.Indexed, space, 15, String(table)])
    item = image(pdf, drawing(mode="L"), zlib.compress(numbers.tobytes()), ColorSpace=colours)
    show(pdf, item)
    content = saved(pdf)

    made = compress(content, 150)

    assert images(made)[0].size[0] == 300
    assert difference(drawn(content), drawn(made)) < 8


def test_a_table_of_black_and_white_stays_what_it_is():
    pdf = Pdf.new()
    colours = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\x10\x20\x80\xff\xff\xf0")])
    show(pdf, image(pdf, scan(), ColorSpace=colours), 297, 420)
    content = saved(pdf)

    made = compress(content, 150)

    (only,) = images(made)
    assert "/Indexed" in only.space
    assert only.bits == 1
    assert difference(drawn(content), drawn(made)) < 8


@pytest.mark.parametrize("coding", ["fax", "flate"])
def test_black_and_white_keeps_twice_the_resolution_and_no_shades(coding):
    picture = scan(4960, 7016)
    data, parms = _fax(picture)
    args = (data, Name.CCITTFaxDecode) if coding == "fax" else ()
    content = _one(
        picture, *args, width=595, height=842, **({"DecodeParms": parms} if coding == "fax" else {})
    )

    made = compress(content, 150)

    (only,) = images(made)
    assert only.size[0] == 2480
    assert only.bits == 1
    assert len(made) < len(content)
    assert difference(drawn(content), drawn(made)) < 10


def hatched() -> Image.Image:
    """Thin slanted lines, as plans have them for areas."""
    picture = Image.new("1", (1600, 1600), 1)
    draw = ImageDraw.Draw(picture)
    for left in range(-1600, 1600, 8):
        draw.line((left, 0, left + 1600, 1600), fill=0)
    return picture


def newspaper() -> Image.Image:
    """A page of text with a small photograph made of dots."""
    picture = scan().copy()
    picture.paste(photograph(700, 600).convert("1"), (1500, 2600))
    return picture


@pytest.mark.parametrize(
    "make", [lambda: photograph(1600, 1200).convert("1"), hatched, newspaper], ids=["dots", "hatch", "page"]
)
def test_shades_made_of_dots_and_lines_are_not_lost(make):
    picture = make()
    pdf = Pdf.new()
    show(pdf, image(pdf, picture), 200, 200 * picture.height / picture.width)
    content = saved(pdf)

    after = compress(content, 100)

    assert images(after)[0].size == picture.size
    assert difference(drawn(content), drawn(after)) == 0


def test_a_fax_whose_black_is_one_is_not_inverted():
    picture = scan(4960, 7016)
    data, parms = _fax(picture)
    parms.BlackIs1 = not bool(parms.BlackIs1)
    content = _one(picture, data, Name.CCITTFaxDecode, width=595, height=842, DecodeParms=parms)

    made = compress(content, 150)

    assert images(made)[0].size[0] == 2480
    assert difference(drawn(content), drawn(made)) < 10


def test_a_stencil_stays_one():
    pdf = Pdf.new()
    item = image(pdf, scan(), ImageMask=True)
    del item.ColorSpace
    show(pdf, item, content=b"q 0.8 0.1 0.1 rg 148 0 0 210 72 400 cm /Im Do Q")
    content = saved(pdf)

    made = compress(content, 150)

    (only,) = images(made)
    assert only.size[0] == 617
    assert only.stencil
    assert not only.space
    assert difference(drawn(content), drawn(made)) < 10


def test_a_soft_mask_is_resampled_with_its_picture_and_hidden_colours_stay_hidden():
    pdf = Pdf.new()
    red = Image.new("RGB", (1200, 900), (0, 255, 0))
    red.paste(photograph(mode="L").crop((0, 0, 600, 450)).convert("RGB"), (300, 225))
    opaque = Image.new("L", (1200, 900), 0)
    opaque.paste(255, (300, 225, 900, 675))
    item = image(pdf, red, SMask=image(pdf, opaque))
    show(pdf, item)
    content = saved(pdf)

    made = compress(content, 150)

    assert {each.size for each in images(made)} == {(300, 225)}
    mask = next(each for each in images(made) if not each.masked)
    assert mask.filter == "/FlateDecode"
    assert difference(drawn(content), drawn(made)) < 8
    # Green was under the mask: it may not shine through at its edge.
    assert not any(
        green > red + 120 and green > blue + 120 for red, green, blue in drawn(made)[0].get_flattened_data()
    )


def _jpx(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG2000", quality_mode="rates", quality_layers=[12])
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_picture_of_a_scanner_s_newer_kind_becomes_a_jpeg(mode):
    picture = photograph(mode=mode)
    content = _one(picture, _jpx(picture), Name.JPXDecode)

    made = compress(content, 150)

    (only,) = images(made)
    assert (only.size, only.filter, only.bits) == ((300, 225), "/DCTDecode", 8)
    assert difference(drawn(content), drawn(made)) < 8


def _jpx_with_its_own_colours(pdf):
    show(pdf, image(pdf, photograph(), _jpx(photograph()), Name.JPXDecode))
    del pdf.pages[0].obj.Resources.XObject.Im.ColorSpace


def _jpx_with_its_own_mask(pdf):
    show(pdf, image(pdf, photograph(), _jpx(photograph()), Name.JPXDecode, SMaskInData=1))


def _glyph(pdf):
    item = image(pdf, photograph())
    glyph = pdf.make_stream(b"1000 0 d0 q 1000 0 0 750 0 0 cm /Im Do Q")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 1000, 1000]))
    font.FontMatrix, font.CharProcs = Array([0.001, 0, 0, 0.001, 0, 0]), Dictionary(a=glyph)
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a]))
    font.FirstChar, font.LastChar, font.Widths = 97, 97, Array([1000])
    font.Resources = Dictionary(XObject=Dictionary(Im=item))
    show(pdf, item, Font=Dictionary(F=pdf.make_indirect(font)))


def _mask_of_a_group(pdf):
    item = image(pdf, photograph(mode="L"))
    group = pdf.make_stream(b"q 500 0 0 400 0 0 cm /Im Do Q", Type=Name.XObject, Subtype=Name.Form)
    group.BBox, group.Resources = Array([0, 0, 500, 400]), Dictionary(XObject=Dictionary(Im=item))
    group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
    show(pdf, item, ExtGState=Dictionary(G=state))


def _appearance(pdf):
    item = image(pdf, photograph())
    form = pdf.make_stream(b"q 500 0 0 400 0 0 cm /Im Do Q", Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Resources = Array([0, 0, 500, 400]), Dictionary(XObject=Dictionary(Im=item))
    show(pdf, item)
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 500, 400]), AP=Dictionary(N=form)
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])


def _form_in_itself(pdf):
    item = image(pdf, photograph())
    form = pdf.make_stream(b"q 100 0 0 75 0 0 cm /Im Do /Fm Do Q", Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Resources = Array([0, 0, 500, 400]), Dictionary(XObject=Dictionary(Im=item, Fm=form))
    show(pdf, form)


def _mask_of_colours(pdf):
    show(pdf, image(pdf, drawing(mode="L"), Mask=Array([255, 255])))


def _matte(pdf):
    soft = image(pdf, photograph(mode="L"), Matte=Array([0, 0, 0]))
    show(pdf, image(pdf, photograph(), SMask=soft))


def _lab(pdf):
    space = Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])
    show(pdf, image(pdf, photograph(), ColorSpace=space))


def _pattern(pdf):
    item = image(pdf, photograph())
    tile = pdf.make_stream(b"q 400 0 0 300 0 0 cm /Im Do Q", Type=Name.Pattern, PatternType=1, PaintType=1)
    tile.TilingType, tile.BBox, tile.XStep, tile.YStep = 1, Array([0, 0, 400, 300]), 400, 300
    tile.Resources = Dictionary(XObject=Dictionary(Im=item))
    show(pdf, item, Pattern=Dictionary(P=tile))


def _unfinished(pdf):
    show(pdf, image(pdf, photograph()), content=b"q 144 0 0 108 72 (400 cm /Im Do Q")


def _too_few_samples(pdf):
    show(pdf, image(pdf, photograph(), photograph().tobytes()[:-9]))
    pdf.pages[0].obj.Resources.XObject.Im.Filter = Array([])


def _damaged(pdf):
    show(pdf, image(pdf, photograph(), jpeg(photograph())[:9000], Name.DCTDecode))


def _turned_by_the_reader(pdf):
    parms = Dictionary(ColorTransform=0)
    show(pdf, image(pdf, photograph(), jpeg(photograph()), Name.DCTDecode, DecodeParms=parms))


@pytest.mark.parametrize(
    "make",
    [
        _jpx_with_its_own_colours,
        _jpx_with_its_own_mask,
        _glyph,
        _mask_of_a_group,
        _appearance,
        _form_in_itself,
        _mask_of_colours,
        _matte,
        _lab,
        _pattern,
        _unfinished,
        _too_few_samples,
        _damaged,
        _turned_by_the_reader,
    ],
)
def test_what_could_come_out_wrong_is_left_alone(make):
    pdf = Pdf.new()
    make(pdf)
    content = saved(pdf)

    made = compressed(content, 72)

    assert made.pictures == 0
    assert {each.samples for each in images(made.content)} == {each.samples for each in images(content)}


def test_content_is_packed_tighter_and_stays_the_same():
    pdf = Pdf.new()
    words = b"BT /F1 12 Tf 72 700 Td (The members agree.) Tj ET\n" * 4000
    show(pdf, image(pdf, photograph(30, 20)))
    loose = pikepdf.Stream(pdf, zlib.compress(words, 1))
    loose.Filter = Name.FlateDecode
    pdf.pages[0].obj.Contents = pdf.make_indirect(loose)
    content = saved(pdf)

    made = compress(content, 150)

    assert len(made) < len(content)
    with Pdf.open(io.BytesIO(made)) as after:
        assert after.pages[0].obj.Contents.read_bytes() == words


def test_qpdf_finds_nothing_wrong(tmp_path):
    pdf = Pdf.new()
    show(pdf, image(pdf, photograph(), jpeg(photograph()), Name.DCTDecode))
    show(pdf, image(pdf, drawing(), SMask=image(pdf, photograph(mode="L"))))
    show(pdf, image(pdf, scan()))
    path = tmp_path / "smaller.pdf"
    path.write_bytes(compress(saved(pdf), 100))

    ran = subprocess.run([need_tool("qpdf"), "--check", path], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
