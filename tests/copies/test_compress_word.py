"""Smaller Word files: pictures as in the PDF, everything that speaks of them, and all that stays as it was."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image as Picture

from briefpack.copies.compress_word import compress, compressed
from briefpack.document import Image, ImageData
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.copies.pictures import drawing, jpeg, photograph
from tests.packs.labelled import parts_of, write_labelled
from tests.samples import WHERE
from tests.test_label_xml import checked_binding
from tests.word.making import pack
from tests.word.opened import Opened, faults, written


def _png(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _image(picture, form="jpeg", width=0.5, number=1):
    content = jpeg(picture) if form == "jpeg" else _png(picture)
    data = ImageData(content, form, picture.width, picture.height, 96)
    return Image(data, "A picture", f"fig_{number}", WHERE, width)


def _written(*images):
    return written(pack(images)).content


def _opened(content):
    return Opened(content, parts_of(content))


def _media(content):
    """The pictures of a file, by the ends of their names."""
    return {
        name.removeprefix("word/media/"): Picture.open(io.BytesIO(data))
        for name, data in parts_of(content).items()
        if name.startswith("word/media/")
    }


def _width(content, number=0):
    """Of a picture on the page, in inches."""
    return int(_opened(content).find("//wp:extent/@cx")[number]) / 914400


def test_a_picture_has_as_many_pixels_as_its_size_asks_for():
    content = _written(_image(photograph(2400, 1800)))

    made = compressed(content, 150)

    (picture,) = _media(made.content).values()
    assert picture.format == "JPEG"
    assert abs(picture.width - 150 * _width(content)) < 1
    assert made.pictures == 1
    assert len(made.content) < len(content) / 4


def test_the_largest_showing_counts():
    big, small = _image(photograph(), width=0.8), _image(photograph(), width=0.2, number=2)

    content = _written(small, big)

    (picture,) = _media(compress(content, 100)).values()
    assert abs(picture.width - 100 * _width(content, 1)) < 1


def test_a_photograph_without_loss_becomes_a_jpeg_under_a_new_name_and_a_drawing_does_not():
    content = _written(_image(photograph(), "png"), _image(drawing(), "png", number=2))

    made = compress(content, 150)

    assert sorted(_media(content)) == ["image1.png", "image2.png"]
    assert {name: each.format for name, each in _media(made).items()} == {
        "image1.jpeg": "JPEG",
        "image2.png": "PNG",
    }
    assert faults(_opened(made)) == []
    types = etree.fromstring(parts_of(made)["[Content_Types].xml"])
    assert {each.get("Extension"): each.get("ContentType") for each in types.findall("{*}Default")}[
        "jpeg"
    ] == "image/jpeg"


def test_a_drawing_keeps_its_colours():
    content = _written(_image(drawing(600, 450), "png", 0.9))

    (picture,) = _media(compress(content, 600)).values()

    assert picture.convert("RGB").tobytes() == drawing(600, 450).tobytes()


def test_all_other_parts_keep_their_content():
    content = _written(_image(photograph()))

    before, after = parts_of(content), parts_of(compress(content, 150))

    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["word/media/image1.jpeg"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<a:stretch>", b'<a:srcRect l="20000"/><a:stretch>'),
        (b'<wp:extent cx="', b'<wp:extend cx="'),
    ],
    ids=["cut", "without a size"],
)
def test_a_picture_that_is_shown_otherwise_is_left_alone(old, new):
    from briefpack.copies.zip_members import archive, members, packed

    content = _written(_image(photograph()))
    changed = archive(
        packed(each.name, each.content.replace(old, new), 6) if each.name == "word/document.xml" else each
        for each in members(content)
    )
    assert changed != content

    assert compressed(changed, 50).pictures == 0


def test_where_nothing_is_gained_the_bytes_are_the_same():
    content = compress(_written(_image(photograph())), 150)

    assert compress(content, 150) == content
    assert compress(content, 300) == content


def test_the_same_input_gives_the_same_bytes():
    content = _written(_image(photograph(), "png"))

    assert compress(content, 150) == compress(content, 150)


def test_the_label_names_the_pictures_as_they_are_called_now(project):
    write_labelled(project)
    (project.pack / "photo.png").write_bytes(_png(photograph()))
    project.change(
        "sections/01-programme.yaml",
        "blocks:",
        "blocks:\n  - {image: photo.png, alt: A photograph, marking: NATO UNCLASSIFIED}",
    )
    build(project.pack, Order())
    content = project.outputs()["desk/visit-desk.docx"]

    parts = parts_of(compress(content, 150))

    named = {
        each.get("URI") for each in etree.XML(parts["customXml/item1.xml"]).findall(".//{*}DataReference")
    }
    assert "pack:///word/media/image1.jpeg" in named
    assert {name.removeprefix("pack:///") for name in named} <= parts.keys()
    assert checked_binding(parts["customXml/item1.xml"]) is not None


@pytest.mark.parametrize("command", [["openxml_audit", "-q"], ["ooxml_integrity", "check"]])
def test_validators_find_nothing_wrong(tmp_path: Path, command):
    path = tmp_path / "smaller.docx"
    path.write_bytes(compress(_written(_image(photograph(), "png"), _image(drawing(), "png", number=2)), 150))

    ran = subprocess.run(
        [sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
