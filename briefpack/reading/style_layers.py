"""Style files → layers of settings, and layers laid over one another: `extends`, what a later one replaces, what `~` takes away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from briefpack.errors import ExitCode, Findings, Where
from briefpack.reading.checks import Report, Shape
from briefpack.reading.node import Kind, Node
from briefpack.reading.scalars import Boolean, Integer, Number
from briefpack.reading.shape import ByForm, Group, ListOf, MapOf
from briefpack.reading.style_schema import STYLE, WORDS_GROUP
from briefpack.reading.style_values import (
    ColourShape,
    LengthShape,
    OrNone,
    PatternShape,
    ShareShape,
    TemplateShape,
    TripleOf,
)
from briefpack.reading.yaml_tree import read_tree

KeyPath: TypeAlias = tuple[str, ...]

_WHOLE: frozenset[KeyPath] = frozenset({("cover", "fields")})
"""Groups of free keys that a later layer replaces as a whole, because their order means something."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value somebody wrote. value: as its shape reads it. text: as written. style: the name of its style."""

    value: object
    text: str
    where: Where
    style: str


@dataclass(frozen=True, slots=True)
class Layer:
    """What one style, or several laid over one another, say.

    unset: keys (or groups) whose inherited values are gone, with the place that says so.
    refused: keys with a value that is wrong, reported already.
    """

    settings: Mapping[KeyPath, Setting] = field(default_factory=dict)
    unset: Mapping[KeyPath, Where] = field(default_factory=dict)
    refused: frozenset[KeyPath] = frozenset()

    def below(self, path: KeyPath) -> Iterator[tuple[KeyPath, Setting]]:
        """The settings of a group."""
        size = len(path)
        return ((key, setting) for key, setting in self.settings.items() if key[:size] == path)


def compose(lower: Layer, upper: Layer) -> Layer:
    """Lay upper over lower. Associative: (a, b), c is a, (b, c)."""
    kept = lower.settings
    if upper.unset:
        kept = {key: setting for key, setting in kept.items() if not _covered(key, upper.unset)}
    return Layer({**kept, **upper.settings}, {**lower.unset, **upper.unset}, lower.refused | upper.refused)


def _covered(key: KeyPath, unset: Mapping[KeyPath, Where]) -> bool:
    return any(key[:size] in unset for size in range(1, len(key) + 1))


@dataclass(frozen=True, slots=True)
class StyleFile:
    """One style file, read. parents: the names it extends, with their places; None: it does not say."""

    name: str
    path: Path
    layer: Layer
    description: str
    parents: tuple[tuple[str, Where], ...] | None


@dataclass(slots=True)
class _Flattening:
    """Collects the settings of one file. careful: some of its values are wrong and must be left out."""

    style: str
    report: Report
    careful: bool
    settings: dict[KeyPath, Setting] = field(default_factory=dict)
    unset: dict[KeyPath, Where] = field(default_factory=dict)
    refused: set[KeyPath] = field(default_factory=set)

    def layer(self) -> Layer:
        return Layer(self.settings, self.unset, frozenset(self.refused))

    def take(self, node: Node, shape: Shape, path: KeyPath) -> None:
        if isinstance(shape, OrNone):
            shape = shape.shape
        match shape:
            case Group(keys=keys) if node.kind is Kind.MAP:
                if not node.values and path[-1] in ("verso", "first"):
                    # An empty group asks for an empty header, not for the inherited one.
                    for slot in keys:
                        self.settings[*path, slot] = Setting("", "", node.where, self.style)
                for key, value in node.values.items():
                    if key in keys:
                        self._below(value, keys[key].its, (*path, key))
            case MapOf(shape=inner) if node.kind is Kind.MAP and path not in _WHOLE:
                for key, value in node.values.items():
                    self._below(value, inner, (*path, key))
            case Group():
                self.refused.add(path)
            case _:
                self._leaf(node, shape, path)

    def _below(self, node: Node, shape: Shape, path: KeyPath) -> None:
        if not node.is_null:
            self.take(node, shape, path)
            return
        inner = shape.shape if isinstance(shape, OrNone) else shape
        if isinstance(inner, ColourShape) and not node.text:
            self.refused.add(path)
            self.report.error(
                node.where,
                f"`{path[-1]}` has no value",
                'put a colour into quotes, "#1b365d" (without them # begins a comment); ~ takes the colour away',
            )
        else:
            self.unset[path] = node.where

    def _leaf(self, node: Node, shape: Shape, path: KeyPath) -> None:
        if self.careful:
            scratch = Findings()
            shape.check(node, Report(scratch))
            if scratch.has_errors:
                self.refused.add(path)
                return
        self.settings[path] = Setting(value_of(shape, node), _as_written(node), node.where, self.style)


def value_of(shape: Shape, node: Node) -> object:
    """The value of a node that its shape has found right."""
    match shape:
        case Boolean():
            return node.text == "true"
        case Integer():
            return int(node.text)
        case Number():
            return float(node.text)
        case LengthShape() | ShareShape() | ColourShape() | TemplateShape() | PatternShape() | TripleOf():
            return shape.value(node)
        case ByForm(group=Group() as group) if node.kind is Kind.MAP:
            return {key: value_of(group.keys[key].its, value) for key, value in node.values.items()}
        case ListOf(shape=ColourShape() as colour):
            return tuple(colour.value(item) for item in node.items)
        case ListOf():
            return tuple(item.text for item in node.items)
        case MapOf():
            return tuple((key, value.text) for key, value in node.values.items())
        case _:
            return node.text


def _as_written(node: Node) -> str:
    match node.kind:
        case Kind.SCALAR:
            return node.text.strip()
        case Kind.LIST:
            return f"[{', '.join(_as_written(item) for item in node.items)}]"
        case Kind.MAP:
            return f"{{{', '.join(f'{key}: {_as_written(value)}' for key, value in node.values.items())}}}"


def read_style_file(name: str, path: Path, findings: Findings) -> StyleFile:
    """Read one style file as a layer; what is wrong in it goes to findings and is left out of the layer."""
    report = Report(findings, ExitCode.STYLE)
    raw = Findings()
    root = read_tree(path, raw)
    findings.extend(replace(finding, code=ExitCode.STYLE) for finding in raw)
    if root is None:
        return StyleFile(name, path, Layer(), "", None)
    count = len(findings.items)
    STYLE.check(root, report)
    flat = _Flattening(name, report, careful=len(findings.items) > count)
    if root.kind is Kind.MAP:
        flat.take(root, STYLE, ())
    layer = flat.layer()
    description = layer.settings.get(("description",))
    kept = {
        key: setting for key, setting in layer.settings.items() if key not in (("description",), ("extends",))
    }
    return StyleFile(
        name, path, replace(layer, settings=kept), description.text if description else "", _parents(root)
    )


def _parents(root: Node) -> tuple[tuple[str, Where], ...] | None:
    node = root.values.get("extends")
    if node is None:
        return None
    if node.is_null:
        return ()
    if node.kind is Kind.MAP:
        # Reported already; what follows is checked against the usual parent.
        return None
    items = node.items if node.kind is Kind.LIST else [node]
    return tuple((item.text, item.where) for item in items if item.kind is Kind.SCALAR)


def read_words_file(style: str, language: str, path: Path, findings: Findings) -> Mapping[KeyPath, Setting]:
    """Read a file of label words alone, as settings of one language."""
    root = read_tree(path, findings)
    if root is None:
        return {}
    report = Report(findings, ExitCode.STYLE)
    WORDS_GROUP.check(root, report)
    flat = _Flattening(style, report, careful=False)
    flat.take(root, WORDS_GROUP, ("words", language))
    return flat.settings
