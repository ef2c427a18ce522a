"""YAML text → a tree of nodes that know their place; the only room with PyYAML.

The tree is built from libyaml's events, not its constructor: scalars keep their text (YAML 1.2 is left to the
schema: `14:30`, `NO` and `1.10` are text until a number is asked for), and every limit holds before anything grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from briefpack.errors import Findings, Where

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 200_000
"""Values in one file, after aliases are expanded."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_LOST_COMMENT = re.compile(r"[ \t]+#\S")


class Kind(Enum):
    """SCALAR: one value; LIST: `- a`; MAP: `key: value`."""

    SCALAR = "text"
    LIST = "a list"
    MAP = "a group of keys"


Step: TypeAlias = str | int


@dataclass(slots=True)
class Node:
    """text: of a SCALAR, raw. plain: written without quotes and not as a block. block: written with | or >.

    items: of a LIST. keys, values: of a MAP, in order; keys are SCALARs, unique. line, column: 1-based.
    """

    kind: Kind
    path: Path
    line: int
    column: int
    text: str = ""
    plain: bool = False
    block: bool = False
    items: list[Node] = field(default_factory=list)
    keys: dict[str, Node] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)
    size: int = 1

    @property
    def where(self) -> Where:
        return Where(self.path, self.line, self.column)

    @property
    def is_null(self) -> bool:
        """`~`, `null` or nothing at all, written plain."""
        return self.kind is Kind.SCALAR and self.plain and self.text in ("", "~", "null", "Null", "NULL")

    def get(self, key: str) -> Node | None:
        """A MAP's value that is not null."""
        node = self.values.get(key)
        return None if node is None or node.is_null else node

    def scalar(self, key: str) -> Node | None:
        """The value of a key where it is a scalar and not null."""
        node = self.get(key)
        return node if node is not None and node.kind is Kind.SCALAR else None

    def group(self, key: str) -> Node | None:
        """The value of a key where it is a MAP."""
        node = self.values.get(key)
        return node if node is not None and node.kind is Kind.MAP else None

    def listed(self, key: str) -> Sequence[Node]:
        """The items under a key where they are a LIST; none otherwise."""
        node = self.values.get(key)
        return node.items if node is not None else ()

    def at(self, steps: Sequence[Step]) -> Where:
        """Where a path of keys and indices leads; as deep as it can be followed. A key that is there leads to its value."""
        node = self
        for step in steps:
            below: Node | None = None
            if isinstance(step, int):
                if node.kind is Kind.LIST and step < len(node.items):
                    below = node.items[step]
            else:
                below = node.values.get(step)
            if below is None:
                break
            node = below
        return node.where

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it."""
        yield self
        for node in (*self.items, *self.values.values()):
            yield from node.walk()


def read_tree(path: Path, findings: Findings, shown: Path | None = None) -> Node | None:
    """Read a YAML file. None when it could not be read as a tree; why is in findings.

    shown: the path to name in messages, where it differs from the one to open.
    """
    name = shown or path
    text = read_text(path, findings, name)
    return None if text is None else _Builder(text, name, findings).build()


def parse_tree(raw: bytes, path: Path, findings: Findings) -> Node | None:
    """Parse the bytes of a YAML file; see read_tree."""
    text = _checked(raw, path, findings)
    return None if text is None else _Builder(text, path, findings).build()


def read_text(path: Path, findings: Findings, shown: Path | None = None) -> str | None:
    """The text of a UTF-8 file within the limits, without its byte order mark; None when it is none, see read_tree."""
    name = shown or path
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        findings.error(Where(name), "there is no such file")
        return None
    except IsADirectoryError:
        findings.error(Where(name), "this is a folder, not a file")
        return None
    except OSError as error:
        findings.error(Where(name), f"the file cannot be read: {error.strerror}", "check its permissions")
        return None
    if size > MAX_BYTES:
        findings.error(
            Where(name),
            f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}",
            "divide it into several files",
        )
        return None
    return _checked(raw, name, findings)


def _checked(raw: bytes, path: Path, findings: Findings) -> str | None:
    text = _decode(raw, path, findings)
    if text is None:
        return None
    match = _FORBIDDEN.search(text)
    if match:
        line, column = _position(text, match.start())
        findings.error(
            Where(path, line, column),
            f"character U+{ord(match.group()):04X} is not allowed in a text file",
            "delete it; it is invisible or changes the direction of the text (often pasted from elsewhere)",
        )
        return None
    return text


def source_line(raw: bytes, line: int) -> str | None:
    """The text of a 1-based line of a file's bytes, for showing beside a message; None if there is none."""
    lines = _LINE_END.split(raw.decode("utf-8-sig", "replace"))
    return lines[line - 1] if 0 < line <= len(lines) else None


def _position(text: str, offset: int) -> tuple[int, int]:
    ends = [m.end() for m in _LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1


def _decode(raw: bytes, path: Path, findings: Findings) -> str | None:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        findings.error(Where(path, 1, 1), "the file is UTF-16 text", "save it as UTF-8")
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        guess = raw[error.start : error.start + 1].decode("cp1252", "replace")
        findings.error(
            Where(path, line, column),
            f"byte 0x{raw[error.start]:02X} is not UTF-8 text",
            f"save the file as UTF-8 (read as Windows-1252 the byte would be “{guess}”)",
        )
        return None


class _RefusedError(Exception):
    """Parsing cannot go on; the finding is recorded already."""


class _Builder:
    def __init__(self, text: str, path: Path, findings: Findings) -> None:
        self._text = text
        self._path = path
        self._findings = findings
        self._lines = _LINE_END.split(text)
        self._anchors: dict[str, Node] = {}
        self._open: list[tuple[Node, str | None]] = []
        self._keys: list[Node | None] = []
        self._repeated: list[int] = []
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
            line, column = _position(self._text, int(error.position))
            self._error(line, column, "this character is not allowed in YAML", "delete it")
            return None
        if self._root is None:
            self._findings.error(
                Where(self._path, 1, 1), "the file is empty", "see `briefpack new` for a first content"
            )
        return self._root

    def _error(self, line: int, column: int, message: str, hint: str | None = None) -> None:
        self._findings.error(Where(self._path, line, column), message, hint)

    def _refuse(self, mark: Any, message: str, hint: str | None = None) -> None:
        self._error(mark.line + 1, mark.column + 1, message, hint)
        raise _RefusedError

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
                    self._refuse(
                        event.start_mark,
                        "a second document begins here (`---`)",
                        "put it into a file of its own",
                    )

    def _place(self, node: Node) -> None:
        self._values += node.size
        if self._values > MAX_VALUES:
            self._error(
                node.line,
                node.column,
                f"the file grows to more than {MAX_VALUES:,} values",
                "aliases (`*name`) repeat what they name: use fewer",
            )
            raise _RefusedError
        if not self._open:
            self._root = node
            return
        parent, _ = self._open[-1]
        if parent.kind is Kind.LIST:
            parent.items.append(node)
        else:
            key = self._keys[-1]
            if key is None:
                self._key(parent, node)
                return
            self._keys[-1] = None
            if self._repeated[-1]:
                # The value of a key that was refused: reported already, not kept.
                self._repeated[-1] = 0
                return
            parent.values[key.text] = node
        parent.size += node.size

    def _key(self, parent: Node, node: Node) -> None:
        if node.kind is not Kind.SCALAR:
            self._error(
                node.line,
                node.column,
                "a key must be a word, not a list or a group",
                "put the text into quotes",
            )
            raise _RefusedError
        if node.text == "<<" and node.plain:
            self._error(
                node.line,
                node.column,
                "merge keys (`<<`) are not allowed",
                "write the keys out where they belong",
            )
            raise _RefusedError
        first = parent.keys.get(node.text)
        if first is not None:
            self._error(
                node.line,
                node.column,
                f"key `{node.text}` is given twice; the first is on line {first.line}",
                "keep one of them",
            )
            self._repeated[-1] = 1
        else:
            parent.keys[node.text] = node
        self._keys[-1] = node

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        self._refuse_tag(event.tag, mark)
        plain = event.style in (None, "")
        match = _FORBIDDEN.search(event.value)
        if match:
            self._refuse(
                mark,
                f"character U+{ord(match.group()):04X} is not allowed in a text",
                "it comes from an escape such as \\x07: delete it",
            )
        node = Node(
            Kind.SCALAR,
            self._path,
            mark.line + 1,
            mark.column + 1,
            event.value,
            plain=plain,
            block=event.style in ("|", ">"),
        )
        if plain:
            end = event.end_mark
            if end.line < len(self._lines):
                rest = self._lines[end.line][end.column :]
                if event.value and _LOST_COMMENT.match(rest):
                    self._findings.warning(
                        Where(self._path, end.line + 1, end.column + 1 + len(rest) - len(rest.lstrip())),
                        f"“{rest.strip()[:30]}” is a comment in YAML and is not printed",
                        "put the whole text into quotes to keep it, or a space after # to say it is a comment",
                    )
        if event.anchor:
            self._anchors[event.anchor] = node
        self._place(node)

    def _start(self, event: Any, kind: Kind) -> None:
        mark = event.start_mark
        self._refuse_tag(event.tag, mark)
        if len(self._open) >= MAX_DEPTH:
            self._refuse(mark, f"nested deeper than {MAX_DEPTH} levels", "write it flatter")
        node = Node(kind, self._path, mark.line + 1, mark.column + 1)
        self._open.append((node, event.anchor))
        self._keys.append(None)
        self._repeated.append(0)

    def _end(self) -> None:
        node, anchor = self._open.pop()
        self._keys.pop()
        self._repeated.pop()
        # Named only when complete: an alias inside its own anchor cannot be.
        if anchor:
            self._anchors[anchor] = node
        self._values -= node.size - 1
        self._place(node)

    def _alias(self, event: Any) -> None:
        target = self._anchors.get(event.anchor)
        if target is None:
            self._refuse(
                event.start_mark,
                f"`*{event.anchor}` repeats something that no `&{event.anchor}` names before it",
                "if it is text that begins with *, put it into quotes",
            )
            return
        mark = event.start_mark
        node = Node(
            target.kind,
            self._path,
            mark.line + 1,
            mark.column + 1,
            target.text,
            plain=target.plain,
            block=False,
            items=target.items,
            keys=target.keys,
            values=target.values,
            size=target.size,
        )
        self._place(node)

    def _refuse_tag(self, tag: str | None, mark: Any) -> None:
        if tag and tag != "!":
            self._refuse(
                mark,
                f"the tag `{tag}` is not allowed",
                "delete it, or put text that begins with ! into quotes",
            )

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or ""
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        shown = self._lines[line - 1] if line <= len(self._lines) else ""
        message, hint = _explain(problem, error.context or "", shown, column)
        begun: Any = error.context_mark
        if begun is not None and ("closed" in message or "cannot begin" in message):
            # What was opened is easier to find than the place where the parser gave up waiting.
            line, column = begun.line + 1, begun.column + 1
        # libyaml points behind the end of the file for what is missing there.
        if line > len(self._lines):
            line, column = len(self._lines), len(self._lines[-1]) + 1
        self._error(line, column, message, hint)


def _explain(problem: str, context: str, shown: str, column: int) -> tuple[str, str]:
    """Turn libyaml's words into what an author can act on."""
    here = shown[column - 1 : column]
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or here == "\t":
        return "a tab is used for indentation", "use spaces, two for each level"
    if "mapping values are not allowed" in problem:
        return (
            "a colon with a space after it begins a key, but this is the middle of a text",
            "put the text into quotes, or write it under `|`",
        )
    if "escape" in problem or "escape" in context:
        return (
            "a backslash in double quotes begins an escape that does not exist",
            "double it, or use single quotes",
        )
    if "quoted scalar" in context:
        return "a quotation mark is opened here and never closed", "close it, or double it inside the text"
    if "flow sequence" in context:
        return (
            "a list that begins with [ is not closed",
            "close it with ], or put text that begins with [ into quotes",
        )
    if "flow mapping" in context:
        return (
            "a group that begins with { is not closed",
            "close it with }, or put text that begins with { into quotes",
        )
    if "cannot start any token" in problem:
        return f"a text cannot begin with {here or 'this character'}", "put the text into quotes"
    if "could not find expected ':'" in problem:
        return (
            "a key without its colon, or text that is not indented",
            "write `key: value`, and indent long text under `|`",
        )
    if "alias" in context or "anchor" in context:
        return "a text cannot begin with * or &", "put the text into quotes"
    if "block sequence entries" in problem:
        return (
            "a list begins here, behind a key",
            "begin the list on the next line, or put text that begins with - into quotes",
        )
    if (
        "block collection" in context
        or "block mapping" in context
        or "block end" in problem
        or "block entries" in problem
    ):
        return (
            "the indentation or the list marks do not fit what stands above",
            "keys of one group begin in the same column; items begin with `- `",
        )
    if "nesting depth" in problem:
        return f"nested deeper than {MAX_DEPTH} levels", "write it flatter"
    if "directive" in problem or "directive" in context:
        return "a text cannot begin with %", "put the text into quotes"
    return (
        f"this is not well-formed YAML: {problem or context}",
        "check quotes, colons and indentation near here",
    )
