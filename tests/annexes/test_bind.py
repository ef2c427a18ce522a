"""Body and annexes as one pack: order, labels, bookmarks, links, stamps."""

from __future__ import annotations

import io
import itertools
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from briefpack.annex import AnnexFacts
from briefpack.annexes.bind import BindingError, bind
from briefpack.body import AnnexPages, BodyPage, OutlineEntry, StampSheet
from tests.annexes.makers import (
    WORDS,
    add_page,
    body_of,
    document,
    entries_of,
    link,
    named,
    pack_of,
    requests_of,
    saved,
    stamp_sheet,
    taken,
)
from tests.conftest import need_tool

EXAMPLES = Path(__file__).parents[2] / "sources" / "foreign-ministers" / "annexes"

Take = Callable[..., AnnexFacts]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Take in a document as an annex of that name."""

    def run(pdf: Pdf, name: str = "annex") -> AnnexFacts:
        return taken(saved(pdf, tmp_path / f"{name}.pdf"), tmp_path / "work")

    return run


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[AnnexFacts]:
    work = tmp_path_factory.mktemp("work")
    return [taken(path, work) for path in sorted(EXAMPLES.glob("*.pdf"))]


@pytest.fixture(scope="module")
def example_pack(examples: list[AnnexFacts]) -> bytes:
    return pack_of(examples)


def pages(pack: bytes) -> Iterator[tuple[str, pypdfium2.PdfPage]]:
    pdf = pypdfium2.PdfDocument(pack)
    try:
        for page in pdf:
            yield page.get_textpage().get_text_range(), page
    finally:
        pdf.close()


def opened(pack: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pack))


# --------------------------------------------------------------------------- the whole


def test_pages_come_in_the_order_of_the_plan(take: Take) -> None:
    facts = [take(document(2), "one"), take(document(1), "two")]
    words = [text.split("STAMP")[0].strip() for text, _ in pages(pack_of(facts))]
    assert words == ["Body 1", "Body 2", "Body 3", "Body 4", "Page 1", "Page 2", "Body 5", "Page 1"]


def test_an_annex_may_stand_anywhere_and_in_any_order(take: Take) -> None:
    facts = [take(document(1), "one"), take(document(2), "two")]
    body = replace(body_of(2), plan=(AnnexPages(1), BodyPage(4), BodyPage(0), AnnexPages(0)))
    requests = requests_of(facts)
    pack = bind(body, entries_of(facts), stamp_sheet(requests), requests, WORDS)
    words = [text.split("STAMP")[0].strip() for text, _ in pages(pack)]
    assert words == ["Page 1", "Page 2", "Body 5", "Body 1", "Page 1"]


def test_the_bodys_own_catalog_stays(take: Take) -> None:
    with opened(pack_of([take(document())])) as pdf:
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "The pack"


def test_the_same_input_gives_the_same_bytes(examples: list[AnnexFacts], example_pack: bytes) -> None:
    assert pack_of(examples) == example_pack


def test_qpdf_finds_nothing_wrong(example_pack: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(example_pack)
    checked = subprocess.run(
        [need_tool("qpdf"), "--check", path], capture_output=True, text=True, check=False, timeout=300
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "No syntax or stream encoding errors" in checked.stdout


def test_nothing_of_annexes_is_left_in_the_catalog(example_pack: bytes) -> None:
    with opened(example_pack) as pdf:
        for key in ("/AcroForm", "/OCProperties", "/OpenAction", "/Names"):
            assert key not in pdf.Root, key


# --------------------------------------------------------------------------- labels and bookmarks


def test_labels_count_front_matter_body_and_annexes(take: Take) -> None:
    facts = [take(document(2), "one"), take(document(1), "two")]
    pack = pack_of(facts)
    expected = ["i", "ii", "1", "2", "A-1", "A-2", "3", "B-1"]
    with opened(pack) as pdf:
        assert [page.label for page in pdf.pages] == expected
    second = pypdfium2.PdfDocument(pack)
    assert [second.get_page_label(index) for index in range(len(second))] == expected
    second.close()


def outline(pack: bytes) -> list[tuple[int, str, int | None]]:
    pdf = pypdfium2.PdfDocument(pack)
    found = []
    for item in pdf.get_toc():
        to = item.get_dest()
        found.append((item.level, item.get_title(), None if to is None else to.get_index()))
    pdf.close()
    return found


def test_bookmarks_lead_to_their_pages_and_an_annexs_own_hang_below_its_entry(take: Take) -> None:
    pdf = document(3)
    with pdf.open_outline() as own:
        chapter = pikepdf.OutlineItem("Chapter", 1)
        chapter.children.append(pikepdf.OutlineItem("Détail — ж", 2))
        own.root.append(chapter)
    facts = [take(document(2), "one"), take(pdf, "two")]
    assert outline(pack_of(facts)) == [
        (0, "Section", 2),
        (1, "Heading", 2),
        (0, "Annex A", 4),
        (0, "Annex B", 7),
        (1, "Chapter", 8),
        (2, "Détail — ж", 9),
    ]


def test_bookmarks_of_skipped_levels_hang_where_they_can(take: Take) -> None:
    body = body_of(1)
    entries = (
        OutlineEntry(2, "Deep first", "s1"),
        OutlineEntry(1, "Top", "s1"),
        OutlineEntry(3, "Low", "s1_h"),
    )
    facts = [take(document())]
    requests = requests_of(facts)
    pack = bind(replace(body, outline=entries), entries_of(facts), stamp_sheet(requests), requests, WORDS)
    assert [(level, title) for level, title, _ in outline(pack)] == [
        (0, "Deep first"),
        (0, "Top"),
        (1, "Low"),
    ]


def test_a_bookmark_of_a_turned_page_leads_to_the_upper_left_corner_the_reader_sees(take: Take) -> None:
    pdf = document(0)
    add_page(pdf, Rotate=90, CropBox=Array([100, 200, 400, 700]))
    with opened(pack_of([take(pdf)])) as pack, pack.open_outline() as found:
        to = found.root[-1].destination
        assert list(to)[1:] == [Name.XYZ, 100, 200, None]


# --------------------------------------------------------------------------- links


def targets(pack: Pdf, page: int) -> list[int | str]:
    """Where the links of a page lead: to a page of the pack, or to the web."""
    where = {p.obj.objgen: index for index, p in enumerate(pack.pages)}
    found: list[int | str] = []
    for made in pack.pages[page].obj.get("/Annots", Array()):
        if "/A" in made:
            found.append(str(made.A.URI))
        else:
            to = pack.Root.Dests[str(made.Dest)] if isinstance(made.Dest, Name) else made.Dest
            found.append(where[to[0].objgen])
    return found


def with_names(first: int, second: int) -> Pdf:
    pdf = document(3)
    named(
        pdf,
        start=Array([pdf.pages[first].obj, Name.Fit]),
        part=Array([pdf.pages[second].obj, Name.Fit]),
    )
    to = [Dictionary(S=Name.GoTo, D=pikepdf.String(name)) for name in ("start", "part")]
    pdf.pages[0].obj.Annots = Array([link(pdf, A=to[0]), link(pdf, Dest=pikepdf.String("part"))])
    return pdf


def test_annexes_with_equal_destination_names_keep_their_own_links(take: Take) -> None:
    facts = [take(with_names(1, 2), "one"), take(with_names(2, 0), "two")]
    with opened(pack_of(facts)) as pack:
        assert targets(pack, 4) == [5, 6]
        assert targets(pack, 8) == [10, 8]


def test_the_example_annexes_keep_their_own_links(examples: list[AnnexFacts], example_pack: bytes) -> None:
    first, at = {}, 3
    for number, facts in enumerate(examples):
        first[sorted(EXAMPLES.glob("*.pdf"))[number].stem] = at + 1
        at += 1 + facts.pages
    with opened(example_pack) as pack:
        plan, people = first["action-plan"], first["participants"]
        assert targets(pack, plan) == [plan + 1, plan + 2, plan + 3, "https://www.nato.int/"]
        assert targets(pack, plan + 1) == [plan]
        assert targets(pack, people) == [people + 1]
        assert targets(pack, people + 1) == [people]


def test_links_of_the_body_into_annexes_become_real(take: Take) -> None:
    links = ("annex_1_p2", "annex_0_p1")
    facts = [take(document(2), "one"), take(document(3), "two")]
    with opened(pack_of(facts, links)) as pack:
        assert targets(pack, 2) == [8, 4]


def test_a_link_to_no_page_is_a_fault(take: Take) -> None:
    with pytest.raises(BindingError, match="annex_0_p9"):
        pack_of([take(document(2))], ["annex_0_p9"])


# --------------------------------------------------------------------------- stamps

POSES = [
    {},
    {"Rotate": 90},
    {"Rotate": 180},
    {"Rotate": 270},
    {"Rotate": -90},
    {"CropBox": Array([100, 150, 500, 700])},
    {"CropBox": Array([100, 150, 500, 700]), "Rotate": 90},
    {"box": (-300, -200, 200, 500)},
    {"box": (-300, -200, 200, 500), "Rotate": 180, "CropBox": Array([-250, -150, 100, 400])},
    {"box": (50, 60, 350, 460), "UserUnit": 2},
    {"box": (50, 60, 350, 460), "UserUnit": 2.5, "Rotate": 270},
    {"box": (0, 0, 1200, 900), "UserUnit": 0.5, "CropBox": Array([11.5, 7.25, 1100.5, 800.75]), "Rotate": 90},
]


def first_stamp(take: Take, pose: dict[str, object]) -> tuple[AnnexFacts, bytes]:
    pdf = document(0)
    # Content that leaves its state in disorder: the stamp must not follow it.
    add_page(pdf, b"q 3 0 0 3 40 40 cm BT /F1 9 Tf 60 Tz (Own) Tj ET", **pose)
    facts = take(pdf)
    return facts, pack_of([facts])


@pytest.mark.parametrize("pose", POSES, ids=str)
def test_a_stamp_stands_upright_in_its_corner(take: Take, pose: dict[str, object]) -> None:
    """Seen in a picture of the page: red near the upper right corner and nowhere else, black letters at the lower left."""
    facts, pack = first_stamp(take, pose)
    width, height = facts.sizes[0]
    pdf = pypdfium2.PdfDocument(pack)
    page = pdf[4]
    # PDFium knows no UserUnit: its picture has the right shape, but the scale of the page's own space.
    unit = float(pose.get("UserUnit", 1))
    picture = page.render(scale=unit).to_pil().convert("RGB")
    pdf.close()
    assert abs(picture.width - width) <= 1
    assert abs(picture.height - height) <= 1
    red = [
        (x, y)
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y))[0] > 200 and max(picture.getpixel((x, y))[1:]) < 60
    ]
    assert abs(min(x for x, _ in red) - (width - 30)) <= 1.5
    assert abs(max(x for x, _ in red) - (width - 11)) <= 1.5
    assert abs(min(y for _, y in red) - 10) <= 1.5
    assert abs(max(y for _, y in red) - 19) <= 1.5
    dark = [
        (x, y)
        for y in range(picture.height - 24, picture.height)
        for x in range(15, 110)
        if sum(picture.getpixel((x, y))) < 200
    ]
    assert dark
    assert abs(max(y for _, y in dark) - (height - 10)) <= 3, "letters stand on their line, feet down"
    assert max(x for x, _ in dark) - min(x for x, _ in dark) > 50, (
        "letters follow each other from left to right"
    )


@pytest.mark.parametrize("pose", POSES, ids=str)
def test_the_letters_of_a_stamp_are_where_they_were_put(take: Take, pose: dict[str, object]) -> None:
    """Told by the text's positions, mapped by hand from page space to what the reader sees."""
    facts, pack = first_stamp(take, pose)
    pdf = pypdfium2.PdfDocument(pack)
    page = pdf[4]
    text = page.get_textpage()
    words = text.get_text_range()
    start = words.index("STAMP0-1")
    boxes = [text.get_charbox(index) for index in range(start, start + 8)]
    left, bottom, right, top = page.get_mediabox()
    rotate, unit = page.get_rotation(), float(pose.get("UserUnit", 1))
    pdf.close()

    def seen(x: float, y: float) -> tuple[float, float]:
        across, up = {
            0: (x - left, y - bottom),
            90: (y - bottom, right - x),
            180: (right - x, top - y),
            270: (top - y, x - left),
        }[rotate]
        return across * unit, up * unit

    centres = [seen((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in boxes]
    assert all(x > before for (before, _), (x, _) in itertools.pairwise(centres))
    assert all(10 <= y <= 20 for _, y in centres)
    assert 20 <= centres[0][0] <= 30
    assert facts.sizes[0][0] > centres[-1][0]


def test_a_stamp_uses_its_own_font_and_leaves_the_annex_its_own(take: Take) -> None:
    pdf = document(0)
    add_page(pdf, b"BT /F1 20 Tf 72 600 Td (Annex text) Tj ET").Resources.Font.F1.BaseFont = Name(
        "/Times-Roman"
    )
    with opened(pack_of([take(pdf)])) as pack:
        resources = pack.pages[4].obj.Resources
        assert resources.Font.F1.BaseFont == Name.Helvetica
        assert resources.XObject.Annex.Resources.Font.F1.BaseFont == Name("/Times-Roman")


def test_all_annex_pages_share_the_resources_of_stamps(take: Take) -> None:
    facts = [take(document(4), "one"), take(document(3), "two")]
    with opened(pack_of(facts)) as pack:
        fonts = {pack.pages[index].obj.Resources.Font.objgen for index in (4, 5, 6, 7, 9, 10, 11)}
        assert len(fonts) == 1
        assert fonts != {(0, 0)}


def test_a_stamp_may_hold_a_picture_of_any_name(take: Take) -> None:
    sheet = document(0)
    square = sheet.make_stream(
        b"1 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    add_page(sheet, b"", Resources=Dictionary(XObject=Dictionary(Annex=square)))
    out = io.BytesIO()
    sheet.save(out, static_id=True)
    facts = [take(document(1))]
    requests = requests_of(facts)
    pack = bind(
        body_of(1), entries_of(facts), StampSheet(out.getvalue(), (b"q /Annex Do Q",)), requests, WORDS
    )
    text, _ = list(pages(pack))[4]
    assert "Page 1" in text
    with opened(pack) as pdf:
        assert len(list(pdf.pages[4].obj.Resources.XObject)) == 2


def test_a_page_without_a_request_is_bound_without_a_stamp(take: Take) -> None:
    facts = [take(document(2))]
    requests = requests_of(facts)[1:]
    pack = bind(body_of(1), entries_of(facts), stamp_sheet(requests), requests, WORDS)
    texts = [text for text, _ in pages(pack)]
    assert "STAMP" not in texts[4]
    assert "STAMP0-2" in texts[5]


@pytest.mark.parametrize("page", [0, 3])
def test_a_stamp_for_no_page_is_a_fault(take: Take, page: int) -> None:
    facts = [take(document(2))]
    requests = [replace(requests_of(facts)[0], page=page)]
    with pytest.raises(BindingError, match="does not exist"):
        bind(body_of(1), entries_of(facts), stamp_sheet(requests), requests, WORDS)


def test_stamps_and_requests_must_match(take: Take) -> None:
    facts = [take(document(2))]
    requests = requests_of(facts)
    with pytest.raises(BindingError, match="1 stamps for 2"):
        bind(body_of(1), entries_of(facts), stamp_sheet(requests[:1]), requests, WORDS)


def test_content_outside_what_the_reader_sees_is_not_shown(take: Take) -> None:
    pdf = document(0)
    add_page(pdf, b"0 1 0 rg 0 0 595 842 re f", CropBox=Array([100, 100, 400, 400]))
    with opened(pack_of([take(pdf)])) as pack:
        page: Object = pack.pages[4].obj
        assert [float(v) for v in page.MediaBox] == [100, 100, 400, 400]
        assert [float(v) for v in page.Resources.XObject.Annex.BBox] == [100, 100, 400, 400]
