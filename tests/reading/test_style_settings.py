"""What a style says of a key arrives at the attribute of that name, and at no other; a value of another kind is a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefpack.errors import ExitCode, Findings
from briefpack.reading.checks import Report
from briefpack.reading.shape import Group
from briefpack.reading.style_schema import STYLE
from briefpack.reading.style_settings import Settings
from briefpack.reading.style_shelf import packaged_base
from briefpack.reading.style_text import Palette
from briefpack.reading.style_values import ColourShape, LengthShape
from briefpack.style import BannerOf, Colour, Length
from tests.reading.house import reading, style


def settings(*path: str) -> Settings:
    layer = packaged_base().layer
    return Settings(layer, Palette(layer, Report(Findings(), ExitCode.STYLE)), Length(10), path)


def measured(group: str) -> Iterator[tuple[str, str, object]]:
    """Lengths and colours of a group, none like another: key, as written, as it arrives."""
    shape = STYLE.keys[group].its
    assert isinstance(shape, Group)
    for n, (name, key) in enumerate(shape.keys.items(), start=1):
        match key.its:
            case LengthShape():
                yield name, f"{n / 8}pt", Length(n / 8)
            case ColourShape():
                yield name, f'"#0000{n:02x}"', Colour(0, 0, n)


MEASURED = [name for name, key in STYLE.keys.items() if isinstance(key.its, Group) and any(measured(name))]


@pytest.mark.parametrize("group", MEASURED)
def test_every_length_and_colour_arrives_under_its_own_name(group: str, tmp_path: Path) -> None:
    given = list(measured(group))
    written = ", ".join(f"{name}: {value}" for name, value, _ in given)
    # What is hard to read, or has no room, is warned about and arrives all the same.
    made = reading(tmp_path, f"{group}: {{{written}}}").style
    assert made is not None
    look = getattr(made, group)
    assert {name: getattr(look, name) for name, _, _ in given} == {name: value for name, _, value in given}


def test_a_group_looks_below_its_path_only() -> None:
    assert settings().group("markings").choice(BannerOf, "banner") is settings("markings").choice(
        BannerOf, "banner"
    )
    assert settings("header", "verso").is_empty
    assert not settings("header").is_empty
    assert settings("markings").find("marking") is None


def test_an_em_is_as_large_as_body(tmp_path: Path) -> None:
    assert style(tmp_path, "text: {body: {size: 10pt}}\nlists: {indent: 2em}").lists.indent == 20


def test_colours_that_were_looked_up_are_known_by_their_keys() -> None:
    asked = settings()
    ink = asked.group("callout").ink("bar_colour")
    assert {path: painted.colour for path, painted in asked.painted.items()} == {
        ("callout", "bar_colour"): ink
    }


def test_a_value_of_another_kind_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match=r"numbering\.headings is 2, not str"):
        settings("numbering").text("headings")
    with pytest.raises(KeyError):
        settings("numbering").text("no_such_key")
