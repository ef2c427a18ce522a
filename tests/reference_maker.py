"""Writes docs/reference.md, the table of every key, from the schemas: `python -m tests.reference_maker`.

A test compares the file with what this makes, so that no key is without its line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from briefpack.reading.schema import json_schemas
from briefpack.reading.style_schema import style_json_schema
from briefpack.rules import RULES

TARGET = Path(__file__).parents[1] / "docs" / "reference.md"
_OPENING = """# Every key

Made from the schemas that `briefpack schema` prints; the same words appear in an editor while you type. A key in **bold** is required.
[writing.md](writing.md) explains sections and blocks by example, [README.md](../README.md) packs and audiences, [styles.md](styles.md) how styles work together, [markings.md](markings.md) markings and policies.
"""


def _kind(schema: dict[str, Any]) -> str:
    """What a value looks like, in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name.replace('-', ' ')}](#{name})"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if "anyOf" in schema:
        kinds = [_kind(option) for option in schema["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    match schema.get("type"):
        case "array":
            return f"list of {_kind(schema.get('items', {})) or 'text'}"
        case "object":
            inner = next(iter(schema.get("patternProperties", {}).values()), {})
            return f"names with {_kind(inner) or 'text'}"
        case "integer":
            return f"whole number, {schema.get('minimum', '')} to {schema.get('maximum', '')}"
        case "number":
            return "number"
        case "boolean":
            return "`true` or `false`"
        case "string" if "pattern" in schema and "%" in schema["pattern"]:
            return "share, `30%`"
        case _:
            return "text"


def _table(name: str, schema: dict[str, Any]) -> list[str]:
    required = set(schema.get("required", ()))
    about = schema.get("description", "")
    lines = [f"### {name.replace('-', ' ')}", ""]
    if about and about != name.replace("-", " "):
        lines += [about, ""]
    lines += ["| key | value | meaning |", "|---|---|---|"]
    for key, value in schema.get("properties", {}).items():
        shown = f"**`{key}`**" if key in required else f"`{key}`"
        meaning = value.get("description", "").replace("|", "\\|")
        lines.append(f"| {shown} | {_kind(value).replace('|', chr(92) + '|')} | {meaning} |")
    return [*lines, ""]


def _rules(name: str, schema: dict[str, Any]) -> list[str]:
    """The names that may stand in a group of rules, each with what it warns of."""
    lines = [
        f"### {name.replace('-', ' ')}",
        "",
        schema["description"],
        "",
        "| rule | warns of |",
        "|---|---|",
    ]
    lines += [f"| `{rule}` | {RULES[rule].about} |" for rule in schema["propertyNames"]["enum"]]
    return [*lines, ""]


def make() -> str:
    """The whole page."""
    out = [_OPENING]
    done: set[str] = set()
    schemas = {**json_schemas(), "style": style_json_schema()}
    for kind, title in (
        ("pack", "pack.yaml"),
        ("section", "Section files"),
        ("audience", "Audiences"),
        ("distribution", "Distributions"),
        ("style", "Styles"),
        ("policy", "Policies"),
    ):
        out.append(f"## {title}\n")
        for name, schema in schemas[kind]["$defs"].items():
            if name not in done and schema.get("properties"):
                done.add(name)
                out.extend(_table(name, schema))
            elif name not in done and "propertyNames" in schema:
                done.add(name)
                out.extend(_rules(name, schema))
    return "\n".join(out).rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(make(), encoding="utf-8")
