"""From a style's name to a complete Style: the styles that come along, and the origin of every value."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefpack.document import ImageData
from briefpack.drawing import Drawing
from briefpack.errors import ExitCode
from briefpack.reading.read_style import StyleEntry, list_styles, read_style
from briefpack.reading.style_shelf import DATA, packaged_base
from briefpack.style import TEXT_ROLES, Length, SectionStart
from tests.counting import steps
from tests.reading.house import reading, style

STYLES = Path(__file__).parents[2] / "styles"
SHIPPED = ("minister", "delegation", "staff", "press")


def test_the_base_style_is_complete_and_without_findings() -> None:
    result = read_style("base", [])
    assert not result.findings.items
    assert result.style is not None
    assert set(result.style.text) == set(TEXT_ROLES)
    assert result.style.fonts.keys() >= {role.font for role in result.style.text.values()}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_style_has_no_findings(name: str) -> None:
    result = read_style(name, [STYLES])
    assert not result.findings.items
    assert result.style is not None
    assert result.style.name == name
    assert result.style.description


def test_the_shipped_styles_differ_where_readers_see_it() -> None:
    looks = set()
    for name in SHIPPED:
        made = read_style(name, [STYLES]).style
        assert made is not None
        body = made.text["body"]
        looks.add(
            (
                body.font,
                body.size,
                body.align,
                made.page.two_sided,
                made.contents.depth,
                made.numbering.sections,
            )
        )
    assert len(looks) == len(SHIPPED)


def test_a_minister_reads_large_type_with_wide_margins_and_no_numbers() -> None:
    made = read_style("minister", [STYLES]).style
    assert made is not None
    assert made.text["body"].size == 14
    assert min(made.page.inside, made.page.outside, made.page.top, made.page.bottom) >= Length.from_mm(30)
    assert made.page.section_start is SectionStart.RECTO
    assert not made.numbering.sections
    assert made.objective.bar > 0
    assert made.contents.depth == 1


def test_the_base_is_read_once_however_many_styles_are() -> None:
    packaged_base.cache_clear()
    first, second = (steps(lambda: read_style("staff", [STYLES])) for _ in range(2))
    assert second < first / 2


def test_styles_are_listed_by_name_with_what_they_are() -> None:
    entries = list_styles([STYLES])
    assert [entry.name for entry in entries] == ["base", *sorted(SHIPPED)]
    assert entries[0] == StyleEntry("base", entries[0].description, None, ())
    assert all(entry.description for entry in entries)
    staff = next(entry for entry in entries if entry.name == "staff")
    assert (staff.path, staff.extends) == (STYLES / "staff.yaml", ("base",))


def test_a_broken_style_is_listed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("banner: 'x", encoding="utf-8")
    (tmp_path / "not a name.yaml").write_text("", encoding="utf-8")
    assert [(entry.name, entry.description) for entry in list_styles([tmp_path])][1:] == [("broken", "")]


def test_a_folder_that_is_not_there_holds_no_styles(tmp_path: Path) -> None:
    assert [entry.name for entry in list_styles([tmp_path / "none"])] == ["base"]


def test_every_value_has_its_origin(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "parent.yaml").write_text("text:\n  body:\n    size: 12pt\n", encoding="utf-8")
    result = reading(tmp_path, "extends: parent\nbanner: ours\ncover:\n  fields: {owner: '{owner}'}\n")
    origins = result.origins
    assert (origins["banner"].value, origins["banner"].style) == ("ours", "house")
    assert str(origins["banner"]) == f"{folder / 'house.yaml'}:2:9"
    assert (origins["text.body.size"].value, origins["text.body.size"].style) == ("12pt", "parent")
    assert str(origins["text.body.size"]) == f"{folder / 'parent.yaml'}:3:11"
    assert str(origins["text.body.font"]) == "base"
    assert origins["text.body.font"].is_packaged
    assert origins["page.size"].value == "A4"
    assert origins["cover.fields"].value == "{owner: {owner}}"
    assert origins["words.fr.contents"].value == "Sommaire"
    assert origins["lists.bullets"].value == "[•, –]"


def test_inputs_are_the_project_files_and_not_the_packaged_ones(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    (folder / "fonts").mkdir(parents=True)
    shutil.copy(DATA / "fonts" / "Carlito-Regular.ttf", folder / "fonts" / "brand.ttf")
    shutil.copy(STYLES / "logos" / "emblem.png", folder / "emblem.png")
    (folder / "parent.yaml").write_text("cover: {logo: emblem.png}", encoding="utf-8")
    result = reading(tmp_path, "extends: parent\nfonts: {Brand: {regular: fonts/brand.ttf}}")
    assert result.style is not None
    assert result.style.inputs == (
        folder / "parent.yaml",
        folder / "house.yaml",
        folder / "fonts" / "brand.ttf",
        folder / "emblem.png",
    )
    assert result.style.cover.logo is not None
    assert isinstance(result.style.cover.logo, ImageData)
    assert result.style.cover.logo.format == "png"


def test_a_logo_may_be_a_drawing(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "emblem.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
    )
    logo = style(tmp_path, "cover: {logo: emblem.svg}").cover.logo
    assert isinstance(logo, Drawing)
    assert (logo.width, logo.height) == (30, 15)


def test_a_logo_that_cannot_be_drawn_is_told_at_its_place_in_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "emblem.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">\n<rect width="40" fill="url(#g)"/></svg>'
    )
    (finding,) = reading(tmp_path, "cover: {logo: emblem.svg}").findings
    assert finding.where is not None
    assert (finding.where.path.name, finding.where.line) == ("emblem.svg", 2)
    assert finding.code is ExitCode.STYLE
