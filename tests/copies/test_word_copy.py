"""Copies of Word files: where they say whose they are, what they leave as it was, and names that are not easily set."""

import io
import math
import re
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from briefpack.copies.copy_mark import CopyError, CopyMark
from briefpack.copies.word_copy import prepare
from briefpack.distribution import Place
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from briefpack.word.widths import Widths
from briefpack.word.xml import NAMESPACES
from tests.copies.test_compress_word import _opened as opened_parts
from tests.packs.labelled import custom_properties, parts_of, write_labelled
from tests.word.making import pack, say
from tests.word.opened import faults, style_of, written

LINE = "Copy 3 of 12 — Elena Marković"
MARK = CopyMark(3, 12, "Elena Marković", LINE, "K7Q2-9XMD")
ALL = (Place.COVER, Place.FOOTER, Place.WATERMARK)


def _content(style="staff", **meta):
    document = pack(
        (say("Words."),), (say("More."),), (say("On its side."),), landscape=frozenset({2}), **meta
    )
    return written(document, style_of(style) if isinstance(style, str) else style).content


def _copied(content, places=ALL, mark=MARK, style="staff"):
    prepared = prepare(content, places, style_of(style) if isinstance(style, str) else style)
    return b"".join(prepared.copy(mark))


def _boxes(part):
    """The text boxes of a part, each as its look and its words."""
    root = etree.fromstring(part)
    return [(each.get("style"), "".join(each.itertext())) for each in root.iter(f"{{{NAMESPACES['v']}}}rect")]


def _saying(content):
    """Names of parts that say whose copy it is, by the kinds of shapes that say it."""
    found = {"box": set(), "across": set()}
    for name, data in parts_of(content).items():
        if re.fullmatch(r"word/(header|footer)\d+\.xml", name):
            if any(LINE in words for _, words in _boxes(data)):
                found["box"].add(name)
            if f'string="{LINE}"'.encode() in data:
                found["across"].add(name)
    return found


def _references(content):
    """(part, kind, kind of pages) of every section."""
    opened = opened_parts(content)
    relations = {
        each.get("Id"): f"word/{each.get('Target')}" for each in opened.root("word/_rels/document.xml.rels")
    }
    w, r = NAMESPACES["w"], NAMESPACES["r"]
    return [
        [
            (relations[each.get(f"{{{r}}}id")], etree.QName(each).localname, each.get(f"{{{w}}}type"))
            for each in section
            if each.tag.endswith("Reference")
        ]
        for section in opened.sections()
    ]


def test_every_section_says_it_at_the_foot_and_across():
    made = _copied(_content())

    said = _saying(made)
    every = {each for section in _references(made) for each in section}
    assert said["box"] == {name for name, kind, _ in every if kind == "footerReference"}
    assert said["across"] == {name for name, kind, _ in every if kind == "headerReference"}
    assert faults(opened_parts(made)) == []


@pytest.mark.parametrize("place", list(Place))
def test_it_is_said_where_it_was_asked_for_and_nowhere_else(place):
    made = _copied(_content(), (place,))

    said, sections = _saying(made), _references(made)
    cover = {name for name, kind, pages in sections[0] if kind == "footerReference" and pages == "default"}
    assert bool(said["across"]) == (place is Place.WATERMARK)
    match place:
        case Place.COVER:
            assert said["box"] == cover
            assert not any(name in cover for section in sections[1:] for name, _, _ in section)
        case Place.FOOTER:
            assert len(said["box"]) > len(cover)
        case Place.WATERMARK:
            assert said["box"] == set()


def test_the_cover_has_its_own_place_for_it():
    made = _copied(_content(), (Place.COVER, Place.FOOTER))

    (cover,) = {
        name for name, kind, pages in _references(made)[0] if (kind, pages) == ("footerReference", "default")
    }
    assert [words for _, words in _boxes(parts_of(made)[cover])] == [LINE, LINE]


@pytest.mark.parametrize("why", ["no cover", "no room"])
def test_where_the_cover_cannot_say_it_the_first_section_does(why):
    style = style_of("staff")
    style = (
        replace(style, cover=replace(style.cover, show=False))
        if why == "no cover"
        else replace(style, cover=replace(style.cover, top=0.85))
    )

    made = _copied(_content(style), (Place.COVER,), style=style)

    sections = _references(made)
    assert _saying(made)["box"] == {name for name, kind, _ in sections[0] if kind == "footerReference"}
    assert not _saying(made)["box"] & {name for section in sections[1:] for name, _, _ in section}


def test_a_part_for_pages_of_two_shapes_is_doubled():
    style = style_of("staff")
    nothing = replace(style.footer.recto, left="", centre="", right="")
    bare = replace(style.footer, recto=nothing, verso=nothing, first=None)
    style = replace(style, footer=bare, header=replace(style.header, recto=nothing, verso=nothing), banner="")

    before, after = _content(style), _copied(_content(style), style=style)

    tops = {
        re.search(r"margin-top:([0-9.]+)pt", look)[1]
        for name in _saying(after)["box"]
        for look, _ in _boxes(parts_of(after)[name])
    }
    assert len({name for section in _references(before) for name, _, _ in section}) == 2
    # Two sheets, and the cover's own.
    assert len(tops) == 3
    assert faults(opened_parts(after)) == []


def test_no_other_part_changes_by_a_byte():
    content = _content()

    before, after = parts_of(content), parts_of(_copied(content))

    changed = {name for name in before if before[name] != after[name]}
    assert all(
        re.fullmatch(r"word/(header|footer)\d+\.xml|docProps/(core|custom)\.xml", name) for name in changed
    )
    assert "word/document.xml" in before.keys() - changed


def test_copies_share_what_they_have_in_common():
    prepared = prepare(_content(), ALL, style_of("staff"))

    one, other = prepared.copy(MARK), prepared.copy(replace(MARK, number=4, line="Copy 4 of 12 — Kwame Osei"))

    assert one[0] is other[0]
    assert one[1:] != other[1:]
    assert prepared.copy(MARK) == one
    assert prepare(_content(), ALL, style_of("staff")).copy(MARK) == one


def test_the_trace_stands_in_what_the_file_says_of_itself():
    made = _copied(_content())

    assert custom_properties(made)["Copy"] == LINE
    assert custom_properties(made)["CopyTrace"] == MARK.trace
    core = etree.fromstring(parts_of(made)["docProps/core.xml"])
    assert core.findtext("{http://purl.org/dc/elements/1.1/}identifier") == MARK.trace


def test_a_file_that_says_nothing_of_itself_says_so_too():
    bare = {"reference": "", "version": "", "as_of": "", "marking": "", "audience_title": ""}
    content = _content(**bare)
    assert "docProps/custom.xml" not in parts_of(content)

    made = _copied(content)

    assert custom_properties(made) == {"Copy": LINE, "CopyTrace": MARK.trace}
    assert faults(opened_parts(made)) == []


def test_the_label_binds_the_new_parts_as_well(project):
    write_labelled(project)
    build(project.pack, Order())
    content = project.outputs()["desk/visit-desk.docx"]

    parts = parts_of(_copied(content, style="base"))

    named = {
        each.get("URI").removeprefix("pack:///")
        for each in etree.XML(parts["customXml/item1.xml"]).findall(".//{*}DataReference")
    }
    assert {name for name in parts if re.fullmatch(r"word/(header|footer)\d+\.xml", name)} <= named
    assert named <= parts.keys()


# --------------------------------------------------------------------------- how it lies on the page


def _placed(look):
    """Middle, width, height and slant (counter-clockwise, degrees) of a shape."""
    told = dict(piece.split(":") for piece in look.split(";") if ":" in piece)
    width, height = (float(told[name].removesuffix("pt")) for name in ("width", "height"))
    x, y = (float(told[f"margin-{side}"].removesuffix("pt")) for side in ("left", "top"))
    return x + width / 2, y + height / 2, width, height, -int(told["rotation"])


def _sheets(content):
    """Width and height of the pages that a part is for, in points."""
    found = {}
    for section, references in zip(opened_parts(content).sections(), _references(content), strict=True):
        (size,) = section.findall(f"{{{NAMESPACES['w']}}}pgSz")
        for name, _, _ in references:
            sheet = tuple(int(size.get(f"{{{NAMESPACES['w']}}}{side}")) / 20 for side in "wh")
            assert found.setdefault(name, sheet) == sheet
    return found


def _shapes(content, beginning):
    """Of every header: the sheet, and the looks of its shapes."""
    found = []
    for name, sheet in sorted(_sheets(content).items()):
        root = etree.fromstring(parts_of(content)[name])
        shapes = root.iter(f"{{{NAMESPACES['v']}}}shape")
        looks = [each.get("style") for each in shapes if each.get("id").startswith(beginning)]
        if looks:
            found.append((sheet, looks))
    return found


def test_across_the_page_it_lies_on_either_side_of_words_that_are_there():
    made = _copied(_content(watermark="DRAFT"))

    for (sheet, ours), (_, theirs) in zip(
        _shapes(made, "CopyAcross"), _shapes(made, "PowerPlus"), strict=True
    ):
        (own,) = theirs
        high = float(re.search(r"height:([0-9.]+)pt", own)[1])
        assert len(ours) == 2
        for look in ours:
            x, y, _, height, slant = _placed(look)
            away = x - sheet[0] / 2, sheet[1] / 2 - y
            angle = math.radians(slant)
            across = abs(away[1] * math.cos(angle) - away[0] * math.sin(angle))
            # A box has white above its capitals and below its baseline.
            assert across > 0.7 * (height + high) / 2


@pytest.mark.parametrize("watermark", ["", "DRAFT"])
def test_every_part_has_the_type_of_its_shapes_once_and_no_number_twice(watermark):
    made = _copied(_content(watermark=watermark))

    numbers = []
    for name, data in parts_of(made).items():
        if re.fullmatch(r"word/header\d+\.xml", name):
            assert data.count(b"<v:shapetype ") == 1
            assert data.index(b"<v:shapetype ") < data.index(b'type="#_x0000_t136"')
        numbers += re.findall(rb'o:spid="([^"]+)"', data)
    assert len(numbers) == len(set(numbers)) > 4


@pytest.mark.parametrize("style", ["base", "minister", "delegation", "staff", "press"])
def test_nothing_of_it_leaves_the_sheet(style):
    longest = replace(MARK, line=f"Copy 1,003 of 1,200 — {'Anneliese-Margarethe ' * 3}von Hohenstein")

    made = _copied(_content(style, watermark="DRAFT"), mark=longest, style=style)

    shapes = _shapes(made, "CopyAcross")
    assert len({sheet for sheet, _ in shapes}) == 2
    for (wide, tall), looks in shapes:
        for look in looks:
            x, y, width, _, slant = _placed(look)
            angle = math.radians(slant)
            reach = abs(math.cos(angle)) * width / 2, abs(math.sin(angle)) * width / 2
            assert reach[0] <= x <= wide - reach[0]
            assert reach[1] <= y <= tall - reach[1]


@pytest.mark.parametrize("style", ["base", "minister", "delegation", "staff", "press"])
def test_the_foot_keeps_away_from_what_is_printed_there(style):
    look = style_of(style)
    made = _copied(_content(style, marking="RESTRICTED", watermark="DRAFT"), (Place.FOOTER,), style=style)

    for name in _saying(made)["box"]:
        ((place, _),) = _boxes(parts_of(made)[name])
        top = float(re.search(r"margin-top:([0-9.]+)pt", place)[1])
        height = float(re.search(r"height:([0-9.]+)pt", place)[1])
        size = height / 1.2
        baseline = _sheets(made)[name][1] - top - 0.8 * height
        assert baseline - 0.25 * size > 14
        for other, role in ((look.page.banner_bottom, "banner"), (look.page.footer, "footer")):
            theirs = float(look.text[role].size)
            assert (
                baseline + 0.75 * size < other - 0.25 * theirs
                or baseline - 0.25 * size > other + 0.75 * theirs
            )


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name",
    ["Søren & <Jürgen> “Q”", "ليلى حداد", "王小明", "Петренко, Зоя", "Nguyễn Thị", "A\u00adB", "🙂 Smile"],
)
def test_any_name_can_be_set(name):
    line = f"Copy 3 of 12 — {name}"

    made = _copied(_content(), mark=replace(MARK, name=name, line=line))

    assert faults(opened_parts(made)) == []
    said = [words for part in _saying_any(made) for _, words in _boxes(part)]
    assert said
    assert {words.replace("\u00ad", "") for words in said} == {line.replace("\u00ad", "")}


def _saying_any(content):
    return [data for name, data in parts_of(content).items() if re.fullmatch(r"word/footer\d+\.xml", name)]


def test_a_name_that_does_not_fit_gives_way_to_the_number():
    mark = replace(MARK, line=f"Copy 3 of 12 — {'Wolfeschlegelsteinhausen ' * 12}".strip())

    made = _copied(_content(), (Place.FOOTER,), mark=mark)

    assert {words for part in _saying_any(made) for _, words in _boxes(part)} == {mark.bare}


@pytest.mark.parametrize(
    "name", ["A" * 200, "中华人民共和国" * 14, "أ" * 150, "e\u0301" * 120, "of the Department for " * 5]
)
def test_a_name_of_any_length_stays_within_its_places(name):
    style = style_of("staff")
    line = f"Copy 3 of 12 — {name}"

    made = _copied(_content(), mark=replace(MARK, name=name, line=line))

    widths, w = Widths(style), NAMESPACES["w"]
    for part in _saying_any(made):
        for box in etree.fromstring(part).iter(f"{{{NAMESPACES['v']}}}rect"):
            look = dict(each.split(":", 1) for each in box.get("style").split(";"))
            said = ["".join(each.itertext()) for each in box.iter(f"{{{w}}}p")]
            role = "cover-value" if len(said) > 1 else "footer"
            size = int(next(box.iter(f"{{{w}}}sz")).get(f"{{{w}}}val")) / 2
            for words in said:
                wide = float(widths.width(words, role)) * size / float(style.text[role].size)
                # A reader may have wider fonts in place of the style's.
                assert 1.24 * wide <= float(look["width"].removesuffix("pt"))
                assert not unicodedata.combining(words[0])
    assert any(
        "".join(words.split()) == "".join(line.split())
        for part in _saying_any(made)
        for _, words in _boxes(part)
    )


def test_letters_across_the_page_are_not_squeezed():
    """Word stretches the words to the shape that they are given."""
    shapes = {}
    for name in ("王小明王小明", "Anna"):
        made = _copied(
            _content(),
            (Place.WATERMARK,),
            replace(MARK, name=name, line=f"Copy 3 of 12 — {name}"),
        )
        header = next(data for part, data in parts_of(made).items() if f"— {name}".encode() in data)
        found = re.search(rb"CopyAcross.*?;width:([\d.]+)pt;height:([\d.]+)pt", header, re.DOTALL)
        shapes[name] = float(found[1]) / float(found[2])

    assert shapes["王小明王小明"] > shapes["Anna"]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\5\6" + bytes(18)], ids=["a PDF", "an empty archive"])
def test_another_file_is_refused(content):
    with pytest.raises(CopyError, match="is no Word file"):
        prepare(content, ALL, style_of())


def test_the_archive_is_sound():
    with zipfile.ZipFile(io.BytesIO(_copied(_content()))) as read:
        assert read.testzip() is None
        assert len(set(read.namelist())) == len(read.namelist())
        assert read.namelist()[0] == "[Content_Types].xml"
