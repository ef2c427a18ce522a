"""Text that is printed as it is typed: `code` blocks, and the YAML of examples and whole section files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass

from briefpack.blocks import VerbatimBlock
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.marking import Marking, join
from briefpack.reading.checks import Report
from briefpack.reading.node import Kind, Node

_LIMITS = ("audiences", "tags")


def read_code(node: Node, block_id: str | None, limits: Limits, report: Report) -> VerbatimBlock:
    """The lines of a text; tabs become spaces."""
    text = node.text.rstrip().expandtabs(4)
    if not text.strip():
        report.error(node.where, "there is no text in this block", "write it below `code: |`")
    return VerbatimBlock(tuple(line.rstrip() for line in text.split("\n")), node.where, block_id, limits)


def source_of(node: Node, limits: Limits, report: Report) -> VerbatimBlock | None:
    """The YAML of a list of blocks, as it stands in its file, moved to the left edge; None where that cannot be shown.

    What is limited to some audiences inside would be printed for all, and is an error.
    """
    limited = next((key for below in node.walk() for key in _LIMITS if key in below.keys), None)
    if limited is not None:
        place = next(below.keys[limited] for below in node.walk() if limited in below.keys)
        report.error(
            place.where,
            f"`{limited}` cannot stand inside an example, whose YAML is printed for everybody",
            f"limit the whole example: write `{limited}:` beside `example:`",
        )
        return None
    lines = _file_lines(node)
    if node.kind is not Kind.LIST or not node.items or not lines:
        return None
    indent = node.column - 1
    own = [lines[node.line - 1][indent:]]
    for line in lines[node.line :]:
        bare = line.lstrip(" ")
        depth = len(line) - len(bare)
        if bare and (depth < indent or (depth == indent and not bare.startswith("- "))):
            break
        own.append(line[indent:])
    return VerbatimBlock(_trimmed(own), node.where, None, limits)


def shown(written: object) -> Marking | None:
    """The least upper bound of all markings in what has been read, which its YAML shows the words of; None where there are none."""
    found = list(_markings(written))
    return join(found) if found else None


def _markings(value: object) -> Iterator[Marking]:
    if isinstance(value, Limits):
        said = (value.marking, value.title_marking, value.default_marking)
        yield from (each for each in said if each is not None)
    elif isinstance(value, tuple):
        for each in value:
            yield from _markings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _markings(getattr(value, field.name))


def source_of_file(tree: Node, where: Where) -> VerbatimBlock | None:
    """The whole of a section's file without the line that names its schema. Selecting leaves it out where anything in it is withheld."""
    lines = [line for line in _file_lines(tree) if not line.startswith("# yaml-language-server:")]
    return VerbatimBlock(_trimmed(lines), where, None, EVERYBODY, whole=True) if lines else None


def _file_lines(node: Node) -> Sequence[str]:
    return next((below.lines for below in node.walk() if below.lines), ())


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    left = [line.rstrip() for line in lines]
    while left and not left[-1]:
        left.pop()
    while left and not left[0]:
        left.pop(0)
    return tuple(left)
