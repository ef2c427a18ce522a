"""The schemas that editors get say the same as the reader, and explain every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from briefpack.errors import Findings
from briefpack.reading.checks import Report
from briefpack.reading.node import Kind, Node
from briefpack.reading.policy_shelf import PACKAGED
from briefpack.reading.schema import PACK, SECTION, json_schemas
from briefpack.reading.shape import Group
from briefpack.reading.yaml_tree import parse_tree

SOURCES = Path(__file__).parents[2] / "sources"
EXAMPLES = sorted(SOURCES.rglob("*.yaml"))
SHAPES: dict[str, Group] = {"pack": PACK, "section": SECTION}


def as_editors_see_it(node: Node) -> Any:
    """The values that YAML 1.2's core schema makes of a tree."""
    match node.kind:
        case Kind.LIST:
            return [as_editors_see_it(item) for item in node.items]
        case Kind.MAP:
            return {key: as_editors_see_it(value) for key, value in node.values.items()}
    if node.is_null:
        return None
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    if node.plain and re.fullmatch(r"-?\d+", node.text):
        return int(node.text)
    if node.plain and re.fullmatch(r"-?\d+\.\d+", node.text):
        return float(node.text)
    return node.text


def tree(text: str) -> Node:
    root = parse_tree(text.encode(), Path("a.yaml"), Findings())
    assert root is not None
    return root


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for name, value in schema.get("properties", {}).items():
            yield name, value
        for name, value in schema.items():
            # The rules for each kind name keys again, to ask for them or to forbid them.
            if name != "allOf":
                yield from properties(value)
    if isinstance(schema, list):
        for value in schema:
            yield from properties(value)


@pytest.mark.parametrize("name", ["pack", "section", "audience", "policy", "distribution"])
def test_a_schema_is_valid_and_describes_every_key(name: str) -> None:
    schema = json_schemas()[name]
    Draft202012Validator.check_schema(schema)
    keys = list(properties(schema))
    assert len(keys) > 6
    for key, value in keys:
        assert value.get("description", "").endswith("."), key


@pytest.mark.parametrize("path", EXAMPLES, ids=[str(path.relative_to(SOURCES)) for path in EXAMPLES])
def test_the_examples_satisfy_their_schema_and_name_it(path: Path) -> None:
    name = path.stem if path.name in {"pack.yaml", "distribution.yaml"} else "section"
    text = path.read_text(encoding="utf-8")
    Draft202012Validator(json_schemas()[name]).validate(as_editors_see_it(tree(text)))
    assert re.match(rf"# yaml-language-server: \$schema=\S+/{name}\.json\n", text)


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_packaged_policies_satisfy_their_schema_and_name_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    Draft202012Validator(json_schemas()["policy"]).validate(as_editors_see_it(tree(text)))
    assert text.startswith("# yaml-language-server: $schema=../../../build/schema/policy.json\n")


WRONG = [
    "titel: x",
    "text: y",
    "title: [x]",
    "title: x\nkind: breif",
    "title: x\ncleared: yesterday",
    "title: x\nblocks: [{heading: y, level: 5}]",
    "title: x\nblocks: [{text: y, level: 3}]",
    "title: x\nblocks: [{image: p.png}]",
    "title: x\nblocks: [{list: []}]",
    "title: x\nblocks: [{table: {columns: [{width: 30pt}], rows: []}}]",
    "title: x\nblocks: [{page_break: 'yes'}]",
    "title: x\ntags: []",
    "title: x\nid: a b",
]
RIGHT = [
    "title: x",
    "title: 2025\nlead: 1.10\ntext: true",
    "title: x\nnote:\ntags: core\naudiences: [not press]",
    "title: x\nkind: brief\npoints: [a, {text: b}, {to: c, points: [d, {text: e, items: [f]}]}]\nbackground: g",
    "title: x\nblocks: [a, 3, {numbered: b}, {numbered: [{text: c, items: [d]}]}, {page_break: true}]",
    "title: x\nblocks: [{table: {columns: [A, {width: 30%}], rows: [[1, ~], {cells: [b, c]}]}}]",
    "title: x\nkind: agenda\ndays: [{date: 2025-04-03, items: [{time: 14:30, item: a, brief: [b]}]}]",
]


@pytest.mark.parametrize("text", [*WRONG, *RIGHT])
def test_editor_and_reader_agree_on_what_a_section_is(text: str) -> None:
    root = tree(text)
    findings = Findings()
    SECTION.check(root, Report(findings))
    valid = Draft202012Validator(json_schemas()["section"]).is_valid(as_editors_see_it(root))
    assert valid is not findings.has_errors
    assert valid is (text in RIGHT)
