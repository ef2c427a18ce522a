"""From a style's name to a complete Style: what flows from body, what has which origin, and what `~` leaves."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from briefpack.document import Align
from briefpack.reading.read_style import StyleEntry, StyleReading, list_styles, read_style
from briefpack.reading.style_shelf import DATA, packaged_base
from briefpack.style import TEXT_ROLES, Length, SectionStart, Slots, Style

STYLES = Path(__file__).parents[2] / "styles"
SHIPPED = ("minister", "delegation", "staff", "press")


def reading(tmp_path: Path, text: str) -> StyleReading:
    folder = tmp_path / "styles"
    folder.mkdir(exist_ok=True)
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    return read_style("house", [folder])


def style(tmp_path: Path, text: str) -> Style:
    result = reading(tmp_path, text)
    assert result.style is not None, result.findings.items
    assert not result.findings.items
    return result.style


# --------------------------------------------------------------------------- the packaged base and the shipped styles


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


def test_reading_a_style_is_fast() -> None:
    packaged_base.cache_clear()
    begin = time.perf_counter()
    read_style("staff", [STYLES])
    # Measured at 20 ms with the base; the bound leaves room for a busy machine.
    assert time.perf_counter() - begin < 0.3


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


# --------------------------------------------------------------------------- what flows from body and from `like`


def test_a_change_of_body_flows_to_every_role_that_does_not_say_otherwise(tmp_path: Path) -> None:
    made = style(
        tmp_path, "text: {body: {font: Liberation Serif, size: 14pt, align: justify, hyphenate: true}}"
    )
    assert {role.font for name, role in made.text.items() if name != "code"} == {"Liberation Serif"}
    assert made.text["code"].font == "Liberation Mono"
    assert made.text["numbered"].size == made.text["list"].size == made.text["callout"].size == 14
    assert made.text["heading-2"].size == 16  # 114%
    assert made.text["section-title"].size == 25.5  # 182%
    assert made.text["cover-title"].size == 30  # a length of its own
    assert made.text["numbered"].align is Align.JUSTIFY
    assert made.text["numbered"].hyphenate
    assert made.text["heading-2"].align is Align.LEFT
    assert not made.text["heading-2"].hyphenate


def test_spaces_do_not_flow_from_body(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {body: {before: 9pt, left: 5mm, keep_with_next: true}}")
    label = made.text["cover-label"]
    assert (label.before, label.left, label.keep_with_next) == (0, 0, False)
    # numbered is like body, and so takes its spaces too.
    assert made.text["numbered"].before == 9


def test_like_takes_everything_from_another_role(tmp_path: Path) -> None:
    made = style(
        tmp_path, "text: {list: {like: heading-2}, heading-2: {before: 7pt, after: 9pt, tracking: 0.1em}}"
    )
    item = made.text["list"]
    assert (item.size, item.bold, item.before, item.tracking, item.keep_with_next) == (
        12.5,
        True,
        7,
        0.1,
        True,
    )
    # What base says of list itself still counts, as the more special.
    assert item.after == pytest.approx(0.35 * 12.5)


def test_an_em_is_the_size_of_the_role_itself(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {heading-3: {like: heading-2, size: 20pt, before: 2em}}")
    assert made.text["heading-3"].before == 40


def test_an_em_outside_roles_is_the_size_of_body(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {body: {size: 12pt}}\ncallout: {before: 2em}\nlists: {indent: 1.5em}")
    assert made.callout.before == 24
    assert made.lists.indent == 18


def test_percentages_are_rounded_to_half_points(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {body: {size: 10pt}, caption: {size: 87%}}")
    assert made.text["caption"].size == 8.5


# --------------------------------------------------------------------------- colours


def test_one_named_colour_recolours_everything_that_names_it(tmp_path: Path) -> None:
    made = style(tmp_path, "colours: {accent: '#7a1f2b'}")
    for role in ("section-title", "heading-2", "cover-title", "banner", "table-header", "link"):
        assert made.text[role].colour.hex == "7A1F2B"
    assert made.table.top_colour.hex == made.callout.bar_colour.hex == made.cover.rule_colour.hex == "7A1F2B"


def test_a_colour_may_be_short_or_name_another(tmp_path: Path) -> None:
    made = style(tmp_path, "colours: {deep: '#135', accent: deep}")
    assert made.text["heading-2"].colour.hex == "113355"


# --------------------------------------------------------------------------- `~`


def test_taking_away_a_fill_leaves_none(tmp_path: Path) -> None:
    made = style(tmp_path, "callout: {fill: ~}")
    assert made.callout.fill is None


def test_taking_away_words_leaves_nothing_printed(tmp_path: Path) -> None:
    made = style(
        tmp_path,
        "header: {right: ~}\nbanner: ~\ncover: {kicker: ~, subtitle: ~, fields: ~}\n"
        "contents: {leader: ~}\ndivider: {line: ~}\nstamp: {top: ~}",
    )
    assert (made.header.recto.right, made.banner, made.cover.kicker, made.cover.subtitle) == ("", "", "", "")
    assert (made.contents.leader, made.divider.line, made.cover.fields) == ("", "", ())
    assert made.stamp.top == Slots("", "", "")
    assert made.stamp.bottom != Slots("", "", "")


def test_taking_away_what_another_style_gave_leaves_what_there_was_without_it(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "parent.yaml").write_text("header: {verso: {left: x}, first: {}}\ntable: {band_fill: tint}")
    made = style(tmp_path, "extends: parent\nheader: {verso: ~, first: ~}\ntable: {band_fill: ~}")
    assert made.header.verso is None
    assert made.header.first is None
    assert made.table.band_fill is None
    parent = read_style("parent", [folder]).style
    assert parent is not None
    assert parent.header.verso == Slots("x", "", "")
    assert parent.header.first == Slots("", "", "")


def test_taking_away_an_attribute_of_a_role_gives_it_back_to_body(tmp_path: Path) -> None:
    made = style(tmp_path, "text: {heading-2: {size: ~, bold: ~, before: ~}}")
    heading = made.text["heading-2"]
    assert (heading.size, heading.bold, heading.before) == (11, False, 0)


# --------------------------------------------------------------------------- the page


def test_the_gutter_widens_the_inner_margin(tmp_path: Path) -> None:
    made = style(tmp_path, "page: {margins: {inside: 25mm, gutter: 5mm}}")
    assert made.page.inside.mm == pytest.approx(30)


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        ("A4", 210, 297),
        ("A5", 148, 210),
        ("Letter", 215.9, 279.4),
        ("Legal", 215.9, 355.6),
        ("{width: 170mm, height: 24cm}", 170, 240),
    ],
)
def test_a_sheet_has_its_size_and_lies_down_in_landscape(
    size: str, width: float, height: float, tmp_path: Path
) -> None:
    upright = style(tmp_path, f"page: {{size: {size}}}").page
    assert (upright.width.mm, upright.height.mm) == pytest.approx((width, height))
    lying = style(tmp_path, f"page: {{size: {size}, orientation: landscape}}").page
    assert (lying.width.mm, lying.height.mm) == pytest.approx((height, width))


def test_right_hand_pages_need_two_sides(tmp_path: Path) -> None:
    assert style(tmp_path, "page: {section_start: recto}").page.section_start is SectionStart.PAGE
    both = style(tmp_path, "page: {section_start: recto, two_sided: true}")
    assert both.page.section_start is SectionStart.RECTO


# --------------------------------------------------------------------------- origins and inputs


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
    shutil.copy(STYLES / "pictures" / "emblem.png", folder / "emblem.png")
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
    assert result.style.cover.logo.format == "png"


# --------------------------------------------------------------------------- words


def test_a_style_may_change_single_words(tmp_path: Path) -> None:
    made = style(tmp_path, "words: {en: {contents: In this pack}, fr: {contents: Table}}")
    assert made.word("contents", "en") == "In this pack"
    assert made.word("contents", "fr") == "Table"
    assert made.word("annexes", "fr") == "Annexes"


def test_a_region_takes_from_its_language_without_a_word(tmp_path: Path) -> None:
    made = style(tmp_path, "words: {fr-BE: {contents: Contenu}}")
    assert made.word("contents", "fr-BE") == "Contenu"
    assert made.word("blank_page", "fr-BE") == "Page laissée blanche intentionnellement"


def test_a_new_language_takes_from_english_what_it_lacks(tmp_path: Path) -> None:
    made = reading(tmp_path, "words: {de: {contents: Inhalt}}").style
    assert made is not None
    assert made.word("contents", "de-AT") == "Inhalt"
    assert made.word("annexes", "de-AT") == "Annexes"


def test_french_words_are_set_as_french_typography_asks() -> None:
    words = read_style("base", []).style
    assert words is not None
    french = words.words["fr"]
    for key, text in french.items():
        for mark in ":;?!»":
            assert f" {mark}" not in text, f"{key}: a breaking space before {mark}"
            assert mark not in text or f"\u00a0{mark}" in text, f"{key}: no space before {mark}"
        assert "'" not in text, f"{key}: a straight apostrophe"
    assert french["first_of_month"] == "1er"
    assert french["weekday_4"] == "jeudi"
    assert french["month_4"] == "avril"
    assert french["date_format"] == "{day}\u00a0{month} {year}"
