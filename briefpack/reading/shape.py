"""What a YAML file may hold, said once: checks a node tree with a place for every fault, and prints itself as JSON Schema.

The checks work on the tree itself and not on plain values, so every message has its line and column at hand; a schema
library would validate values that have forgotten where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from briefpack.reading.checks import Json, Report, Shape, near, wrong
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import TextShape

_GLUED = re.compile(r"([\w-]+):\S")


def is_text_with_colon(node: Node, known: Mapping[str, object]) -> bool:
    """Whether a group is more likely a text in which a colon happens to be: one key, and nothing like a known one."""
    if node.kind is not Kind.MAP or len(node.keys) != 1:
        return False
    key = next(iter(node.keys))
    return key not in known and near(key, tuple(known)) is None


def text_with_colon(node: Node, report: Report) -> None:
    """Report a text that YAML took for a group."""
    key, value = next(iter(node.values.items()))
    whole = f"{key}: {value.text.strip().splitlines()[0] if value.text.strip() else '…'}"
    report.error(
        node.where,
        f"the colon behind “{key[:40]}” makes this a group of keys",
        f"if it is text, put it into quotes: {chr(34)}{whole[:50]}{'…' if len(whole) > 50 else ''}{chr(34)}",
    )


@dataclass(frozen=True, slots=True)
class ListOf:
    """shape: a callable where the shape refers to itself. least: how many there must be."""

    shape: Shape | Callable[[], Shape]
    what: str
    least: int = 0

    @property
    def asks(self) -> str:
        return f"a list of {self.what}"

    @property
    def item(self) -> Shape:
        return self.shape() if callable(self.shape) else self.shape

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.LIST:
            wrong(node, self.asks, report, "begin each item with `- ` on a line of its own")
            return
        if len(node.items) < self.least:
            report.error(
                node.where, f"{self.asks} is asked for here; it is empty", f"give at least {self.least}"
            )
        shape = self.item
        for item in node.items:
            if not item.faulty:
                shape.check(item, report)

    def json(self, defs: Json) -> Json:
        schema: Json = {"type": "array", "items": self.item.json(defs)}
        if self.least:
            schema["minItems"] = self.least
        return schema


@dataclass(frozen=True, slots=True)
class MapOf:
    """Keys of the author's choice. pattern: what a key may look like, told by rule."""

    shape: Shape
    what: str
    pattern: str
    rule: str
    least: int = 0

    @property
    def asks(self) -> str:
        return f"a group of {self.what}"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.MAP:
            wrong(node, self.asks, report)
            return
        if len(node.keys) < self.least:
            report.error(
                node.where, f"{self.asks} is asked for here; it is empty", f"give at least {self.least}"
            )
        for key, value in node.values.items():
            if not re.fullmatch(self.pattern, key):
                report.error(node.keys[key].where, f"`{key}` cannot be a name here", self.rule)
            if not value.faulty:
                self.shape.check(value, report)

    def json(self, defs: Json) -> Json:
        return {
            "type": "object",
            "patternProperties": {f"^(?:{self.pattern})$": self.shape.json(defs)},
            "additionalProperties": False,
            **({"minProperties": self.least} if self.least else {}),
        }


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a group. about: what it means, for the editor and the reference page."""

    shape: Shape | Callable[[], Shape]
    about: str
    required: bool = False
    nullable: bool = False

    @property
    def its(self) -> Shape:
        return self.shape() if callable(self.shape) else self.shape

    def is_blank(self, node: Node) -> bool:
        """Whether a text is asked for and there is nothing but white space."""
        return (
            node.kind is Kind.SCALAR
            and isinstance(self.shape, TextShape)
            and not self.shape.blank
            and not node.text.strip()
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Known keys only. kinds: keys of which exactly one must be there (a block's kind)."""

    name: str
    keys: Mapping[str, Key]
    about: str = ""
    kinds: tuple[str, ...] = ()
    remedies: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> str:
        return f"a group of keys ({self.name})"

    def check(self, node: Node, report: Report) -> None:
        if node.kind is not Kind.MAP:
            wrong(node, self.asks, report, self._hint(node))
            return
        meant: set[str] = set()
        for key, value in node.values.items():
            known = self.keys.get(key)
            if known is None:
                left = tuple(other for other in self.keys if other not in node.keys)
                close = None if key in self.remedies else near(key, left)
                meant |= {close} if close else set()
                hint = f"did you mean `{close}`?" if close else f"known keys: {', '.join(self.keys)}"
                report.error(node.keys[key].where, f"unknown key `{key}`", self.remedies.get(key) or hint)
            elif value.faulty:
                continue
            elif value.is_null:
                if known.required:
                    report.error(value.where, f"`{key}` has no value", f"{known.its.asks} is asked for")
            elif known.required and known.is_blank(value):
                report.error(value.where, f"`{key}` is empty", f"{known.its.asks} is asked for")
            else:
                known.its.check(value, report)
        for key, known in self.keys.items():
            # A misspelt key is one fault, not one that is unknown and one that is missing.
            if known.required and key not in node.keys and key not in meant and not node.faulty:
                report.error(node.where, f"the key `{key}` is missing", f"add `{key}:` ({known.about})")

    def _hint(self, node: Node) -> str:
        glued = _GLUED.match(node.text) if node.kind is Kind.SCALAR and node.plain else None
        if glued and glued[1] in self.keys:
            return f"a space is missing behind the colon: write `{glued[1]}: …`"
        return f"its keys: {', '.join(self.keys)}"

    def json(self, defs: Json) -> Json:
        reference = {"$ref": f"#/$defs/{self.name.replace(' ', '-')}"}
        name = self.name.replace(" ", "-")
        if name not in defs:
            defs[name] = {}
            properties: Json = {}
            for key, known in self.keys.items():
                schema = known.its.json(defs)
                if not known.required:
                    schema = {"anyOf": [schema, {"type": "null"}]}
                properties[key] = {"description": known.about, **schema}
            defs[name].update(
                {
                    "type": "object",
                    "description": self.about or self.name,
                    "properties": properties,
                    "additionalProperties": False,
                }
            )
            required = [key for key, known in self.keys.items() if known.required]
            if required:
                defs[name]["required"] = required
        return reference


@dataclass(frozen=True, slots=True)
class ByKind:
    """A group whose shape is told by the one kind key it holds, or a scalar in short for the first kind."""

    name: str
    groups: Mapping[str, Group]
    scalar: Shape | None = None

    @property
    def asks(self) -> str:
        return f"text or a {self.name}" if self.scalar else f"a {self.name}"

    def kind(self, node: Node) -> str | None:
        """The kind key of a group, or None when it has none or several."""
        kinds = [key for key in node.values if key in self.groups]
        return kinds[0] if len(kinds) == 1 else None

    def check(self, node: Node, report: Report) -> None:
        if node.kind is Kind.SCALAR and self.scalar is not None:
            if node.is_null:
                report.error(
                    node.where, f"this {self.name} is empty", "write text behind the dash, or delete it"
                )
            else:
                self.scalar.check(node, report)
            return
        if node.kind is not Kind.MAP:
            wrong(node, self.asks, report, f"kinds: {', '.join(self.groups)}")
            return
        kinds = [key for key in node.values if key in self.groups]
        if len(kinds) == 1:
            self.groups[kinds[0]].check(node, report)
        elif kinds:
            report.error(
                node.keys[kinds[1]].where,
                f"one {self.name} cannot be both `{kinds[0]}` and `{kinds[1]}`",
                f"begin a new {self.name} with `- {kinds[1]}:`",
            )
        elif self.scalar is not None and is_text_with_colon(
            node, {key: None for group in self.groups.values() for key in group.keys}
        ):
            text_with_colon(node, report)
        else:
            first = next(iter(node.keys.values()), node)
            hint = next(
                (f"did you mean `{close}`?" for key in node.keys if (close := near(key, tuple(self.groups)))),
                None,
            )
            report.error(
                first.where,
                f"this {self.name} does not say what it is"
                + (f" (unknown key `{first.text}`)" if node.keys else ""),
                hint or f"begin it with one of: {', '.join(self.groups)}",
            )

    def json(self, defs: Json) -> Json:
        options = [group.json(defs) for group in self.groups.values()]
        return {"anyOf": [*([self.scalar.json(defs)] if self.scalar else []), *options]}


@dataclass(frozen=True, slots=True)
class ByForm:
    """A scalar, a list or a group: each form with its own shape; None where a form is not allowed.

    null: whether nothing will do as well.
    """

    what: str
    scalar: Shape | None = None
    sequence: Shape | Callable[[], Shape] | None = None
    group: Shape | Callable[[], Shape] | None = None
    null: bool = False

    @property
    def asks(self) -> str:
        return self.what

    def check(self, node: Node, report: Report) -> None:
        forms = {Kind.SCALAR: self.scalar, Kind.LIST: self.sequence, Kind.MAP: self.group}
        shape = forms[node.kind]
        if shape is None or node.is_null:
            if not (node.is_null and self.null):
                wrong(node, self.asks, report)
            return
        its = shape() if callable(shape) else shape
        if self.scalar is not None and isinstance(its, Group) and is_text_with_colon(node, its.keys):
            text_with_colon(node, report)
        else:
            its.check(node, report)

    def json(self, defs: Json) -> Json:
        shapes = [s for s in (self.scalar, self.sequence, self.group) if s is not None]
        return {
            "anyOf": [
                *((s() if callable(s) else s).json(defs) for s in shapes),
                *([{"type": "null"}] if self.null else []),
            ]
        }


def json_schema(shape: Group, title: str) -> Json:
    """A whole file's JSON Schema (2020-12)."""
    defs: Json = {}
    schema = shape.json(defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **schema,
        "$defs": defs,
    }
