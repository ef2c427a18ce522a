"""Annex pages on sheets beside their stamps: looked at in pictures, and every place on them followed there by two readers."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, ImageChops, ImageStat
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from briefpack.annex import AnnexFacts
from briefpack.annexes.bind import BindingError, bind
from briefpack.annexes.geometry import View
from briefpack.annexes.objects import numbers
from briefpack.annexes.sheets import move_attributes, sheet_of
from briefpack.body import StampRequest
from briefpack.document import Paper, Scale
from briefpack.pdf.stamps import make_stamps
from briefpack.placing import Placing, Rows, place
from tests.annexes.makers import WORDS, add_page, body_of, entries_of, link, saved, tagged, taken
from tests.pdf.looks import style
from tests.samples import sample_document

POSES: list[dict[str, object]] = [
    {"box": (0, 0, 595.276, 841.89)},
    {"box": (0, 0, 612, 792)},
    {"box": (0, 0, 842, 1191)},
    {"box": (0, 0, 960, 540)},
    {"Rotate": 90},
    {"Rotate": 180},
    {"Rotate": 270},
    {"box": (595, 842, 0, 0)},
    {"box": (-300, -200, 200, 500)},
    {"box": (-300, -200, 200, 500), "Rotate": 90, "CropBox": Array([-250, -150, 100, 400])},
    {
        "box": (0, 0, 1200, 900),
        "UserUnit": 0.5,
        "CropBox": Array([11.5, 7.25, 1100.5, 800.75]),
        "Rotate": 270,
    },
    {"box": (50, 60, 350, 460), "UserUnit": 2.5, "Rotate": 90},
    {"box": (0, 0, 200, 60)},
]
ZOOM = 2

Take = Callable[..., AnnexFacts]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    def run(pdf: Pdf, name: str = "annex") -> AnnexFacts:
        return taken(saved(pdf, tmp_path / f"{name}.pdf"), tmp_path / "work")

    return run


@dataclass
class Fitted:
    """A pack of one body page and an annex behind its divider, made to fit, with the stamps of the base style."""

    content: bytes
    placed: list[Placing]

    def picture(self, page: int = 0) -> Image.Image:
        """Of an annex page, as PDFium shows it."""
        document = pypdfium2.PdfDocument(self.content)
        try:
            return document[4 + page].render(scale=ZOOM).to_pil().convert("RGB")
        finally:
            document.close()


def fitted(facts: AnnexFacts, paper: Paper = Paper.OWN, scale: Scale = Scale.FIT) -> Fitted:
    look = style()
    rows = Rows(top=True, bottom=True)
    placed = [place(size, scale, paper, look, rows) for size in facts.sizes]
    requests = [StampRequest(0, page, page, *each.sheet) for page, each in enumerate(placed, 1)]
    stamps = make_stamps(sample_document(annexes=(facts.pages,)), look, requests)
    return Fitted(bind(body_of(1), entries_of([facts]), stamps, requests, WORDS, placings=[placed]), placed)


def seen_box(pose: dict[str, object]) -> tuple[float, float, float, float]:
    """The visible part of a pose, in its page space."""
    left, bottom, right, top = (float(v) for v in pose.get("CropBox", pose.get("box", (0, 0, 595, 842))))
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def painted(pose: dict[str, object]) -> Pdf:
    """A page that is green to its very edges, with a red square in its lower left quarter, a link on it, and state left in disorder."""
    left, bottom, right, top = seen_box(pose)
    x, y = left + (right - left) / 4, bottom + (top - bottom) / 4
    side = min(right - left, top - bottom) / 10
    pdf = Pdf.new()
    content = (
        f"q 0 1 0 rg {left - 50} {bottom - 50} {right - left + 100} {top - bottom + 100} re f "
        f"1 0 0 rg {x} {y} {side} {side} re f q 3 0 0 3 40 40 cm"
    )
    page = add_page(pdf, content.encode(), **pose)
    page.Annots = Array(
        [link(pdf, (x, y, x + side, y + side), Dest=Array([page, Name.XYZ, x, y + side, None]))]
    )
    return pdf


Range = tuple[int, int]


def mask(picture: Image.Image, *ranges: Range) -> Image.Image:
    """White where red, green and blue are all within their ranges."""
    found = Image.new("L", picture.size, 255)
    for channel, (least, most) in zip(picture.split(), ranges, strict=True):
        within = channel.point([255 if least <= value <= most else 0 for value in range(256)])
        found = ImageChops.darker(found, within)
    return found


def green(picture: Image.Image) -> Image.Image:
    return mask(picture, (0, 100), (200, 255), (0, 100))


def red(picture: Image.Image) -> Image.Image:
    return mask(picture, (200, 255), (0, 100), (0, 100))


def letters(picture: Image.Image) -> Image.Image:
    return mask(picture, (0, 150), (0, 150), (0, 255))


# --------------------------------------------------------------------------- stamps stand beside pages


@pytest.mark.parametrize("paper", Paper, ids=lambda paper: paper.value)
@pytest.mark.parametrize("pose", POSES, ids=str)
def test_stamps_do_not_touch_the_page(take: Take, pose: dict[str, object], paper: Paper) -> None:
    facts = take(painted(pose))
    pack = fitted(facts, paper)
    (placed,) = pack.placed
    picture = pack.picture()
    assert abs(picture.width - ZOOM * placed.sheet[0]) <= 1
    assert abs(picture.height - ZOOM * placed.sheet[1]) <= 1
    box = green(picture).getbbox()
    assert box is not None
    left, upper, right, lower = box
    width, height = facts.sizes[0]
    expected = (
        ZOOM * placed.left,
        ZOOM * (placed.sheet[1] - placed.bottom - placed.scale * height),
        ZOOM * (placed.left + placed.scale * width),
        ZOOM * (placed.sheet[1] - placed.bottom),
    )
    assert all(abs(found - wanted) <= 2 for found, wanted in zip(box, expected, strict=True))
    written = letters(picture)
    assert written.getbbox() is not None
    near = (max(left - 2, 0), upper - 4, min(right + 2, picture.width), lower + 4)
    assert written.crop(near).getbbox() is None
    # Above and below there is something to read.
    assert written.crop((0, 0, picture.width, upper)).getbbox() is not None
    assert written.crop((0, lower, picture.width, picture.height)).getbbox() is not None


def test_in_its_original_size_a_page_is_stamped_over(take: Take) -> None:
    pack = fitted(take(painted({})), scale=Scale.ORIGINAL)
    assert green(pack.picture()).getbbox() == (0, 0, 1190, 1684)


@pytest.mark.parametrize("pose", POSES, ids=str)
def test_a_page_looks_as_it_did(take: Take, pose: dict[str, object], tmp_path: Path) -> None:
    """The part of the sheet that the page stands on, beside the page of the author's file."""
    left, bottom, right, top = seen_box(pose)
    size = (right - left) / 12
    pdf = Pdf.new()
    lines = (
        f"BT /F1 {size} Tf {left + size} {bottom + (n + 1) * (top - bottom) / 5} Td (Row {n} of words) Tj ET"
        for n in range(4)
    )
    add_page(
        pdf,
        f"0.9 1 0.9 rg {left} {bottom} {right - left} {top - bottom} re f 0 g {' '.join(lines)}".encode(),
        **pose,
    )
    facts = take(pdf)
    pack = fitted(facts)
    (placed,), (width, height) = pack.placed, facts.sizes[0]
    picture = pack.picture()
    low = placed.sheet[1] - placed.bottom
    wanted = (placed.left, low - placed.scale * height, placed.left + placed.scale * width, low)
    after = picture.crop(tuple(round(ZOOM * edge) for edge in wanted))
    document = pypdfium2.PdfDocument(tmp_path / "annex.pdf")
    unit = float(pose.get("UserUnit", 1))
    before = document[0].render(scale=4 * unit * placed.scale).to_pil().convert("RGB").resize(after.size)
    document.close()
    apart = ImageStat.Stat(ImageChops.difference(before, after)).mean
    assert max(apart) < 9, "the same page, but for how edges of letters are smoothed"
    blank = ImageStat.Stat(ImageChops.difference(before.transpose(Image.Transpose.ROTATE_180), after)).mean
    assert max(blank) > 2 * max(apart), "and it would be seen if it were not"


# --------------------------------------------------------------------------- links and destinations


def follow(content: bytes, page: int) -> tuple[tuple[float, ...], int, tuple[float, float]]:
    """The first link of a page as PDFium follows it: its rectangle, the page and the place it leads to."""
    document = pypdfium2.PdfDocument(content)
    try:
        held, position = pdfium.FPDF_LINK(), ctypes.c_int(0)
        shown = document[page]
        assert pdfium.FPDFLink_Enumerate(shown.raw, ctypes.byref(position), ctypes.byref(held))
        rect = pdfium.FS_RECTF()
        assert pdfium.FPDFLink_GetAnnotRect(held, ctypes.byref(rect))
        to = pdfium.FPDFLink_GetDest(document.raw, held)
        index = pdfium.FPDFDest_GetDestPageIndex(document.raw, to)
        flags = [pdfium.FPDF_BOOL() for _ in range(3)]
        x, y, zoom = (pdfium.FS_FLOAT() for _ in range(3))
        pdfium.FPDFDest_GetLocationInPage(
            to, *map(ctypes.byref, flags), ctypes.byref(x), ctypes.byref(y), ctypes.byref(zoom)
        )
        return (rect.left, rect.bottom, rect.right, rect.top), index, (x.value, y.value)
    finally:
        document.close()


@pytest.mark.parametrize("pose", POSES, ids=str)
def test_links_and_what_they_lead_to_move_with_the_page(take: Take, pose: dict[str, object]) -> None:
    """The link lies on the red square, and leads to the corner of it that was its upper left one."""
    pack = fitted(take(painted(pose)))
    picture = pack.picture()
    rect, page, (x, y) = follow(pack.content, 4)
    assert page == 4
    box = red(picture).getbbox()
    assert box is not None
    height = pack.placed[0].sheet[1]
    square = (box[0] / ZOOM, height - box[3] / ZOOM, box[2] / ZOOM, height - box[1] / ZOOM)
    assert all(abs(found - wanted) <= 1 for found, wanted in zip(rect, square, strict=True))
    corner = {
        0: (square[0], square[3]),
        90: (square[2], square[3]),
        180: (square[2], square[1]),
        270: (square[0], square[1]),
    }[int(pose.get("Rotate", 0))]
    assert abs(x - corner[0]) <= 1
    assert abs(y - corner[1]) <= 1


def leading(fit: str, *values: float | None, **pose: object) -> Pdf:
    pdf = Pdf.new()
    page = add_page(pdf, b"", **pose)
    page.Annots = Array([link(pdf, Dest=Array([page, Name(fit), *values]))])
    return pdf


def led(pack: Fitted) -> tuple[str, list[float | None]]:
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        to = pdf.pages[4].obj.Annots[0].Dest
        assert to[0].objgen == pdf.pages[4].obj.objgen
        return str(to[1]), [None if value is None else float(value) for value in list(to)[2:]]


def test_every_kind_of_destination_is_led_to_the_sheet(take: Take) -> None:
    """A5 stands in the middle of A4 in its full size, so that 88 and 123 points are added."""
    box = (0, 0, 419.276, 595.89)
    expected = {
        ("/XYZ", 10, 20, None): [98, 143, None],
        ("/XYZ", None, 20, 2): [None, 143, 2],
        ("/XYZ", 10, None, None): [98, None, None],
        ("/Fit",): [],
        ("/FitB",): [],
        ("/FitH", 20): [143],
        ("/FitH", None): [None],
        ("/FitBH", 20): [143],
        ("/FitV", 10): [98],
        ("/FitBV", 10): [98],
        ("/FitR", 10, 20, 30, 40): [98, 143, 118, 163],
    }
    for number, ((fit, *values), wanted) in enumerate(expected.items()):
        found = led(fitted(take(leading(fit, *values, box=box), f"at{number}")))
        assert found == (fit, [None if each is None else pytest.approx(each, abs=0.01) for each in wanted])


def test_on_a_turned_page_a_destination_says_the_other_way_round(take: Take) -> None:
    """What was turned clockwise: up the page is across the sheet."""
    box = (0, 0, 595.89, 419.276)
    expected = {
        ("/XYZ", 10, 20, None): ("/XYZ", [108, 123 + 595.89 - 10, None]),
        ("/XYZ", None, 20, None): ("/XYZ", [108, None, None]),
        ("/XYZ", 10, None, None): ("/XYZ", [None, 123 + 595.89 - 10, None]),
        ("/FitR", 10, 20, 30, 40): ("/FitR", [108, 123 + 595.89 - 30, 128, 123 + 595.89 - 10]),
        ("/FitH", 20): ("/Fit", []),
        ("/FitBV", 20): ("/FitB", []),
        ("/Fit",): ("/Fit", []),
    }
    for number, ((fit, *values), (kind, wanted)) in enumerate(expected.items()):
        found = led(fitted(take(leading(fit, *values, box=box, Rotate=90), f"at{number}")))
        assert found == (kind, [None if each is None else pytest.approx(each, abs=0.01) for each in wanted])


def test_the_corners_of_a_link_move_with_it(take: Take) -> None:
    pdf = Pdf.new()
    page = add_page(pdf, b"", box=(0, 0, 419.276, 595.89))
    corners = Array([10, 20, 30, 20, 10, 10, 30, 10])
    page.Annots = Array([link(pdf, (10, 10, 30, 20), QuadPoints=corners, Dest=Array([page, Name.Fit]))])
    with pikepdf.open(io.BytesIO(fitted(take(pdf)).content)) as pack:
        found = [float(value) for value in pack.pages[4].obj.Annots[0].QuadPoints]
        assert found == pytest.approx([98, 143, 118, 143, 98, 133, 118, 133], abs=0.01)


# --------------------------------------------------------------------------- pages with tags


def with_patterns(form_resources: Dictionary | None = None) -> Pdf:
    """A tagged page with a fill of a pattern, a shading, and the same pattern in a Form XObject; each is framed by what it must fill."""
    figure = ["Figure", {"Alt": "x", "A": {"O": "/Layout", "BBox": [100, 100, 300, 300]}}]
    pdf = tagged(["Document", figure])
    page = pdf.pages[0].obj
    cell = pdf.make_stream(
        b"1 0 0 rg 0 0 50 50 re f",
        Type=Name.Pattern,
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 100, 100]),
        XStep=1000,
        YStep=1000,
        Resources=Dictionary(),
        Matrix=Array([1, 0, 0, 1, 100, 100]),
    )
    patterns = Dictionary(P1=cell)
    page.Resources.Pattern = patterns
    resources = {} if form_resources is None else {"Resources": Dictionary(Pattern=patterns)}
    form = pdf.make_stream(
        b"/Pattern cs /P1 scn 0 0 300 300 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 300, 300]),
        Matrix=Array([1, 0, 0, 1, 0, 500]),
        **resources,
    )
    page.Resources.XObject = Dictionary(X=form)
    page.Contents = pdf.make_stream(
        b"/Mark <</MCID 0>> BDC /Pattern cs /P1 scn 50 50 200 200 re f /X Do EMC "
        b"/Artifact BMC 0 1 0 rg 560 -200 400 300 re f EMC"
    )
    return pdf


@pytest.mark.parametrize("resources", [None, Dictionary()], ids=["the page's", "its own"])
def test_patterns_of_a_tagged_page_move_with_it(take: Take, resources: Dictionary | None) -> None:
    facts = take(with_patterns(resources))
    assert facts.parts[0].tagged
    pack = fitted(facts)
    (placed,) = pack.placed
    picture = pack.picture()

    def on_sheet(x: float, y: float) -> tuple[float, float]:
        return ZOOM * (placed.left + placed.scale * x), ZOOM * (
            placed.sheet[1] - placed.bottom - placed.scale * y
        )

    found = red(picture)
    boxes = [found.crop((0, picture.height // 2, *picture.size)).getbbox()]
    boxes.append(found.crop((0, 0, picture.width, picture.height // 2)).getbbox())
    for box, (x, y), down in zip(boxes, ((100, 100), (100, 600)), (picture.height // 2, 0), strict=True):
        assert box is not None
        left, lower = on_sheet(x, y)
        right, upper = on_sheet(x + 50, y + 50)
        corners = (left, upper - down, right, lower - down)
        assert all(abs(a - b) <= 2 for a, b in zip(box, corners, strict=True))


def test_what_lies_outside_a_tagged_page_stays_unseen(take: Take) -> None:
    pack = fitted(take(with_patterns()))
    box = green(pack.picture()).getbbox()
    assert box is not None
    (placed,) = pack.placed
    assert box[2] <= ZOOM * (placed.left + placed.scale * 595) + 2
    assert box[3] <= ZOOM * (placed.sheet[1] - placed.bottom) + 2


def test_the_places_that_tags_tell_of_move_with_the_page(take: Take) -> None:
    pack = fitted(take(with_patterns()))
    (placed,) = pack.placed
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        figure = next(
            item
            for item in pdf.objects
            if isinstance(item, Dictionary) and item.get("/S") == Name.Figure and "/A" in item
        )
        box = [float(value) for value in figure.A[0].BBox]
    expected = [
        start + placed.scale * edge
        for start, edge in (
            (placed.left, 100),
            (placed.bottom, 100),
            (placed.left, 300),
            (placed.bottom, 300),
        )
    ]
    assert box == pytest.approx(expected, abs=0.01)


def test_the_figure_of_a_page_without_tags_is_where_the_page_stands(take: Take) -> None:
    facts = take(painted({}))
    pack = fitted(facts)
    (placed,), (width, height) = pack.placed, facts.sizes[0]
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        key = int(pdf.pages[4].obj.StructParents)
        pairs = dict(zip([int(k) for k in list(parents)[::2]], list(parents)[1::2], strict=True))
        figure: Object = pairs[key][0]
        box = [float(value) for value in figure.A.BBox]
    right, top = placed.left + placed.scale * width, placed.bottom + placed.scale * height
    assert box == pytest.approx([placed.left, placed.bottom, right, top], abs=0.01)


def test_lengths_are_made_smaller_and_words_stay() -> None:
    held = DictionaryObject(
        {
            NameObject("/Width"): NumberObject(100),
            NameObject("/Height"): NameObject("/Auto"),
            NameObject("/BBox"): numbers(0, 0, 10, 20),
            NameObject("/ColumnWidths"): ArrayObject([NumberObject(10), NumberObject(20)]),
            NameObject("/ColSpan"): NumberObject(2),
        }
    )
    move_attributes(held, (0, -0.5, 0.5, 0, 7, 9))
    assert held["/Width"] == 50
    assert held["/Height"] == "/Auto"
    assert [float(value) for value in held["/BBox"]] == [7, 4, 17, 9]
    assert [float(value) for value in held["/ColumnWidths"]] == [5, 10]
    assert held["/ColSpan"] == 2


# --------------------------------------------------------------------------- the rest


def test_a_page_that_is_its_own_sheet_is_left_as_it_is() -> None:
    view = View((10, 20, 110, 220), 90, 2)
    for placing in (None, Placing(view.size)):
        sheet = sheet_of(view, placing)
        assert (sheet.view, sheet.content, sheet.moved) == (view, view.box, None)


def test_there_must_be_a_sheet_for_every_page(take: Take) -> None:
    facts = take(painted({}))
    pack = fitted(facts)
    requests = [StampRequest(0, 1, 1, *pack.placed[0].sheet)]
    stamps = make_stamps(sample_document(annexes=(1,)), style(), requests)
    with pytest.raises(BindingError, match="0 sheets for 1 pages"):
        bind(body_of(1), entries_of([facts]), stamps, requests, WORDS, placings=[[]])


def test_sheets_of_parts_follow_each_other(take: Take) -> None:
    first, second = take(painted({}), "one"), take(painted({"box": (0, 0, 960, 540)}), "two")
    facts = replace(first, parts=(*first.parts, *second.parts))
    pack = fitted(facts)
    with pikepdf.open(io.BytesIO(pack.content)) as pdf:
        boxes = [[float(v) for v in page.MediaBox] for page in list(pdf.pages)[4:]]
    assert boxes == [[0, 0, *(pytest.approx(side, abs=0.01) for side in each.sheet)] for each in pack.placed]
