"""The JSON Schema of styles: accepts what briefpack accepts, says what every key means, refuses what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from briefpack.reading.style_schema import BODY_ATTRIBUTES, MAY_BE_NONE, STYLE, style_json_schema
from briefpack.reading.style_shelf import DATA
from briefpack.style import TEXT_ROLES, WORDS

STYLES = Path(__file__).parents[2] / "styles"
FILES = [DATA / "base.yaml", *sorted(STYLES.glob("*.yaml"))]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = style_json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_style_fits_the_schema(path: Path, validator: Draft202012Validator) -> None:
    assert not list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", FILES[1:], ids=lambda path: path.stem)
def test_a_shipped_style_tells_the_editor_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../build/schema/style.json"


@pytest.mark.parametrize(
    "text",
    [
        "colurs: {}",
        "page: {size: A6}",
        "page: {margins: {top: 30}}",
        "page: {margins: {top: 30px}}",
        "page: {margins: {top: 3em}}",
        "page: {two_sided: 'true'}",
        "text: {heading2: {}}",
        "text: {body: {leading: 14pt}}",
        "text: {body: {colour: 'rgb(0, 0, 0)'}}",
        "text: {banner: {tracking: 1pt}}",
        "colours: {My Blue: '#123456'}",
        "colours: {accent: '#12345'}",
        "contents: {depth: 4}",
        "contents: {number_width: [1mm, 2mm]}",
        "cover: {top: 2}",
        "cover: {fields: {refrence: x}}",
        "numbering: {paragraphs: ['(x)', '1.', '(a)']}",
        "lists: {bullets: []}",
        "fonts: {Brand: {bold: x.ttf}}",
        "words: {en: {contentz: x}}",
        "extends: {a: b}",
        "- extends: base",
    ],
)
def test_a_wrong_style_does_not_fit(text: str, validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors(yaml.safe_load(text)))


@pytest.mark.parametrize(
    "text",
    [
        "extends: [a, b]",
        "extends: []",
        "table: {band_fill: ~}",
        "header: {verso: ~, first: {}}",
        "colours: {accent: ~}",
        "words: {fr: ~, de: {contents: Inhalt}}",
        "page: {margins: {gutter: 0}, size: {width: 170mm, height: 24cm}}",
        "text: {body: {size: 10.5 pt}, caption: {size: 87%, first: -2em}}",
        "cover: {top: 0.25}",
        "numbering: {paragraphs: ['1.', (a), (i)]}",
        "banner: 2",
    ],
)
def test_a_right_style_fits(text: str, validator: Draft202012Validator) -> None:
    assert not list(validator.iter_errors(yaml.safe_load(text)))


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, group in schema["$defs"].items():
        for key, value in group.get("properties", {}).items():
            yield f"{name}.{key}", value


def test_every_key_says_what_it_means() -> None:
    described = dict(properties(style_json_schema()))
    assert len(described) > 150
    for name, schema in described.items():
        assert len(schema.get("description", "")) > 5, name


def test_every_role_and_every_word_has_a_key() -> None:
    schema = style_json_schema()["$defs"]
    assert tuple(schema["text-roles"]["properties"]) == TEXT_ROLES
    assert set(schema["words"]["properties"]) == set(WORDS)


def test_keys_that_may_be_none_are_keys() -> None:
    for path in MAY_BE_NONE:
        keys = STYLE.keys
        for step in path[:-1]:
            keys = keys[step].its.keys  # type: ignore[attr-defined]  # groups all the way down to the last step
        assert path[-1] in keys


def test_body_gives_every_attribute_a_role_can_have() -> None:
    base = yaml.safe_load((DATA / "base.yaml").read_text(encoding="utf-8"))
    assert set(base["text"]["body"]) == set(BODY_ATTRIBUTES)
