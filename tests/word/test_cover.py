from dataclasses import replace

from briefpack.drawing import Drawing, Shape
from briefpack.figures.sheet import rectangle
from tests.samples import picture, sample_document
from tests.word.opened import W, style_of, text_of, written


def test_the_cover_says_what_the_style_asks_for():
    document = sample_document()
    opened = written(document)

    assert opened.texts("Title") == [document.meta.title]
    assert opened.texts("Subtitle") == [document.meta.subtitle]
    values = dict(line.split("\t") for line in opened.texts("CoverValue"))
    assert values["Reference"] == document.meta.reference
    assert values["Version"] == document.meta.version


def test_a_particular_with_nothing_to_say_is_left_out():
    opened = written(sample_document(chair=""))

    assert not any(line.startswith("Chair") for line in opened.texts("CoverValue"))


def test_no_cover_where_the_style_wants_none():
    style = style_of()
    opened = written(sample_document(), replace(style, cover=replace(style.cover, show=False)))

    assert opened.paragraphs("Title") == []
    first = opened.sections()[0].find(f"{W}pgNumType")
    assert (first.get(f"{W}fmt"), first.get(f"{W}start")) == ("lowerRoman", "1")


def test_the_logo_stands_above_and_the_title_keeps_its_height():
    style = style_of()
    document = sample_document(annexes=())
    plain = written(document, style)
    logo = replace(style, cover=replace(style.cover, logo=picture(200, 100)))
    with_logo = written(document, logo)

    def top(opened):
        kicker = opened.paragraphs("CoverKicker")[0]
        return int(kicker.find(f"{W}pPr/{W}spacing").get(f"{W}before"))

    high = int(with_logo.find("//wp:extent/@cy")[0]) / 635
    assert abs(top(plain) - top(with_logo) - high) < 2
    assert text_of(with_logo.body[0]) == ""
    assert with_logo.find("//wp:docPr/@descr")[0] == document.meta.organisation


def test_a_logo_that_is_a_drawing_becomes_a_picture_of_the_same_size():
    style = style_of()
    drawing = Drawing(200, 100, (Shape(rectangle(0, 0, 200, 100), fill=(27, 54, 93)),))
    of_pixels = written(
        sample_document(annexes=()), replace(style, cover=replace(style.cover, logo=picture(200, 100)))
    )
    drawn = written(sample_document(annexes=()), replace(style, cover=replace(style.cover, logo=drawing)))
    heights = [int(opened.find("//wp:extent/@cy")[0]) for opened in (of_pixels, drawn)]
    assert abs(heights[0] - heights[1]) < 12700
