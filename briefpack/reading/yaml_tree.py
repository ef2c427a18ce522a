"""YAML text → a tree of nodes that know their place; the only room with PyYAML.

The tree is built from libyaml's events, not its constructor: scalars keep their text (YAML 1.2 is left to the
schema: `14:30`, `NO` and `1.10` are text until a number is asked for), and every limit holds before anything grows.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn

import yaml

from briefpack.errors import Findings, Where
from briefpack.reading.node import Kind, Node
from briefpack.reading.text_file import check_text, has_forbidden, read_text
from briefpack.reading.yaml_words import Trouble, explain

MAX_DEPTH = 40
MAX_VALUES = 100_000
"""Values in one file, after aliases are expanded; every 128 characters of a text count as one more."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"[ \t]+(?=#\S)")
_INVISIBLE = re.compile("[\xa0\xad\u200b-\u200f\u2060\ufeff]")


def read_tree(path: Path, findings: Findings, shown: Path | None = None) -> Node | None:
    """Read a YAML file. None when it could not be read as a tree; why is in findings.

    shown: the path to name in messages, where it differs from the one to open.
    """
    text = read_text(path, findings, shown)
    return None if text is None else _Builder(text, shown or path, findings).build()


def parse_tree(raw: bytes, path: Path, findings: Findings) -> Node | None:
    """Parse the bytes of a YAML file; see read_tree."""
    text = check_text(raw, path, findings)
    return None if text is None else _Builder(text, path, findings).build()


class _RefusedError(Exception):
    """Parsing cannot go on; the finding is recorded already."""


class _Open:
    """A LIST or MAP whose end has not come yet. key: of the MAP's value that comes next. drop: that value is not kept."""

    __slots__ = ("anchor", "drop", "key", "node")

    def __init__(self, node: Node, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.key: Node | None = None
        self.drop = False


class _Builder:
    def __init__(self, text: str, path: Path, findings: Findings) -> None:
        self._text = text
        self._path = path
        self._findings = findings
        self._before = len(findings.items)
        self._lines = text.splitlines()
        self._anchors: dict[str, Node] = {}
        self._unused: dict[str, Node] = {}
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._values = 0

    def build(self) -> Node | None:
        try:
            self._consume()
        except _RefusedError:
            return None
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return None
        except yaml.reader.ReaderError as error:
            self._error(1, 1, f"the file cannot be read as YAML: {error.reason}", "save it as UTF-8 text")
            return None
        for name, node in self._unused.items():
            self._findings.warning(
                node.where,
                f"“&{name}” is a name for what follows; it is used nowhere and not printed",
                "put text that begins with & into quotes, or delete the name",
                rule="unused-name",
            )
        if self._root is None:
            self._error(1, 1, "the file is empty", "see `briefpack new` for a first content")
        return self._root

    def _error(self, line: int, column: int, message: str, hint: str) -> None:
        self._findings.error(Where(self._path, line, column), message, hint)

    def _consume(self) -> None:
        documents = 0
        event: Any  # the stubs do not know which event has which mark
        for event in yaml.parse(self._text, Loader=_LOADER):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._start(event, Kind.MAP)
            elif kind is yaml.SequenceStartEvent:
                self._start(event, Kind.LIST)
            elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
                self._end()
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    mark = event.start_mark
                    self._error(
                        mark.line + 1,
                        mark.column + 1,
                        "a second document begins here (`---`)",
                        "put it into a file of its own, or delete the dashes",
                    )
                    raise _RefusedError

    # ----------------------------------------------------------------------- building

    def _place(self, node: Node) -> None:
        self._values += node.size
        if self._values > MAX_VALUES:
            self._error(
                node.line,
                node.column,
                f"the file grows to more than {MAX_VALUES:,} values",
                "aliases (`*name`) repeat what they name: use fewer, or divide the file",
            )
            raise _RefusedError
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        parent = top.node
        if node.height >= parent.height:
            parent.height = node.height + 1
            if len(self._open) + node.height > MAX_DEPTH:
                self._refuse_depth(node)
        if parent.kind is Kind.LIST:
            parent.items.append(node)
        elif top.key is None:
            self._key(top, node)
            return
        else:
            key, top.key = top.key, None
            if top.drop:
                # The value of a key that was refused.
                top.drop = False
                return
            parent.values[key.text] = node
        parent.size += node.size

    def _key(self, top: _Open, node: Node) -> None:
        top.key = node
        first = top.node.keys.get(node.text)
        trouble = None if node.faulty else self._key_trouble(node)
        if trouble is not None or node.faulty:
            # What the group lacks now may have stood under the key that is refused.
            top.node.faulty = True
        elif first is not None:
            trouble = (
                f"key `{node.text}` is given twice; the first is on line {first.line}",
                "keep one of them",
            )
        else:
            top.node.keys[node.text] = node
            return
        top.drop = True
        if trouble is not None:
            self._error(node.line, node.column, *trouble)

    def _key_trouble(self, node: Node) -> tuple[str, str] | None:
        if node.kind is not Kind.SCALAR:
            return (
                "a key must be a word, not a list or a group",
                "put text that begins with [ or { into quotes",
            )
        if node.plain and node.text == "<<":
            return "merge keys (`<<`) are not allowed", "write the keys out where they belong"
        if node.is_null:
            return "there is no key before this colon", "write `key: value`"
        invisible = _INVISIBLE.search(node.text)
        if invisible:
            return (
                f"there is an invisible character (U+{ord(invisible.group()):04X}) in this key",
                "delete it, and indent with ordinary spaces; it came along from another program",
            )
        return None

    def _scalar(self, event: Any) -> None:
        start, text = event.start_mark, event.value
        node = Node(
            Kind.SCALAR,
            self._path,
            start.line + 1,
            start.column + 1,
            text,
            plain=event.style in (None, ""),
            block=event.style in ("|", ">"),
            last=event.end_mark.line + 1,
            lines=self._lines,
        )
        node.size = 1 + (len(text) >> 7)
        if event.tag is not None:
            self._refuse_tag(event.tag, node)
        if node.plain:
            self._look_around(node, event.end_mark)
        elif event.style == '"' and has_forbidden(text):
            self._error(
                node.line,
                node.column,
                "an escape in this text stands for a character that is not allowed",
                "delete the escape (it begins with a backslash), or double the backslash",
            )
            node.faulty = True
        if event.anchor:
            self._name(event.anchor, node)
        self._place(node)

    def _look_around(self, node: Node, end: Any) -> None:
        """Warn of text that an author wrote and YAML drops or joins."""
        if end.line >= len(self._lines):
            return
        line = self._lines[end.line]
        rest = line[end.column :]
        if "#" in rest and (comment := _COMMENT.match(rest)):
            self._findings.warning(
                Where(self._path, end.line + 1, end.column + 1 + comment.end()),
                f"“{rest.strip()[:30]}” is a comment in YAML and is not printed",
                "put the whole text into quotes to keep it, or a space after # to say it is a comment",
                rule="comment-in-text",
            )
        for number in range(node.line, end.line + 1):
            below = self._lines[number]
            if below.lstrip().startswith("- "):
                self._findings.warning(
                    Where(self._path, number + 1, len(below) - len(below.lstrip()) + 1),
                    "this line is no list item of its own: it is indented as text of the line above",
                    "for a list inside an item write `text:` and `items:`; else indent it like the item above",
                    rule="list-in-text",
                )

    def _start(self, event: Any, kind: Kind) -> None:
        mark = event.start_mark
        node = Node(kind, self._path, mark.line + 1, mark.column + 1)
        if event.tag is not None:
            self._refuse_tag(event.tag, node)
        if len(self._open) >= MAX_DEPTH:
            self._refuse_depth(node)
        self._open.append(_Open(node, event.anchor))

    def _end(self) -> None:
        done = self._open.pop()
        # Named only when complete: an alias inside its own anchor cannot be.
        if done.anchor:
            self._name(done.anchor, done.node)
        self._values -= done.node.size - 1
        self._place(done.node)

    def _name(self, anchor: str, node: Node) -> None:
        self._anchors[anchor] = node
        self._unused[anchor] = node

    def _alias(self, event: Any) -> None:
        mark = event.start_mark
        target = self._anchors.get(event.anchor)
        node = Node(
            Kind.SCALAR if target is None else target.kind,
            self._path,
            mark.line + 1,
            mark.column + 1,
            last=mark.line + 1,
            lines=self._lines,
        )
        if target is None:
            self._error(
                node.line,
                node.column,
                f"“*{event.anchor}” repeats something that no “&{event.anchor}” names before it",
                "put text that begins with * into quotes",
            )
            node.faulty = True
        else:
            self._unused.pop(event.anchor, None)
            node.text, node.plain, node.faulty, node.size = (
                target.text,
                target.plain,
                target.faulty,
                target.size,
            )
            node.height = target.height
            node.items, node.keys, node.values = target.items, target.keys, target.values
        self._place(node)

    # ----------------------------------------------------------------------- refusing

    def _refuse_depth(self, node: Node) -> NoReturn:
        self._error(node.line, node.column, f"nested deeper than {MAX_DEPTH} levels", "write it flatter")
        raise _RefusedError

    def _refuse_tag(self, tag: str, node: Node) -> None:
        shown = tag.replace("tag:yaml.org,2002:", "!!")
        self._error(
            node.line,
            node.column,
            f"the tag “{shown}” is not allowed",
            "delete it, or put text that begins with ! into quotes",
        )
        node.faulty = True

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark, start = error.problem_mark, error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        told = explain(
            Trouble(
                error.problem or "",
                error.context or "",
                *place,
                None if start is None else (start.line + 1, start.column + 1),
            ),
            self._lines,
        )
        # What was found on the same line before came from the same fault, and was not all of it.
        self._findings.items[self._before :] = [
            other
            for other in self._findings.items[self._before :]
            if other.where is None or other.where.line != told.line
        ]
        self._error(told.line, told.column, told.message, told.hint)
