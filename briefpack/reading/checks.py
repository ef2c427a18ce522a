"""What every shape shares: what it is, where it puts what it finds, and the words it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Protocol, TypeAlias

from briefpack.blocks import AuthorSpans
from briefpack.errors import ExitCode, Findings, Where
from briefpack.limits import EVERYBODY, Limits
from briefpack.reading.node import Kind, Node

Json: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class NamedNote:
    """A note that a section holds under a name. used: whether a text has led to it."""

    paragraphs: tuple[AuthorSpans, ...]
    where: Where
    used: bool = False
    limits: Limits = EVERYBODY


@dataclass(slots=True)
class Report:
    """Where a check puts what it finds; code: the exit code its errors end in.

    notes: the named notes of the section that is being read, which its texts lead to. conditional: whether anything has been read that has words to
    be printed instead of a reference.
    """

    findings: Findings
    code: ExitCode = ExitCode.SOURCE
    notes: dict[str, NamedNote] = field(default_factory=dict)
    conditional: bool = False

    def error(self, where: Where, message: str, hint: str | None = None) -> None:
        self.findings.error(where, message, hint, self.code)

    def warning(
        self, where: Where, message: str, hint: str | None = None, *, rule: str | None = None
    ) -> None:
        """rule: as in Findings.warning."""
        self.findings.warning(where, message, hint, self.code, rule=rule)


class Shape(Protocol):
    """asks: what is wanted, in the words of a message ("text", "a list of text")."""

    @property
    def asks(self) -> str: ...

    def check(self, node: Node, report: Report) -> None:
        """Report every fault of node."""
        ...

    def json(self, defs: Json) -> Json:
        """The shape as JSON Schema; named groups go into defs."""
        ...


def found(node: Node) -> str:
    """What stands there, in the words of a message."""
    if node.kind is not Kind.SCALAR:
        return str(node.kind.value)
    if node.is_null:
        return "nothing"
    short = node.text.strip().split("\n")[0]
    return f"“{short[:40]}{'…' if len(short) > 40 else ''}”"


def near(word: str, known: Sequence[str]) -> str | None:
    """The known word that was probably meant, or None."""
    close = get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    # Of words that are about as near, the one with the same first letter: `stile` is `style` rather than `title`.
    return min(close, key=lambda other: (other[:1] != word[:1].lower(), close.index(other)), default=None)


def suggestion(word: str, known: Sequence[str], what: str) -> str:
    """A hint for an unknown word: what was probably meant, else all there is."""
    close = near(word, known)
    return f"did you mean `{close}`?" if close else f"{what}: {', '.join(known)}"


def wrong(node: Node, asks: str, report: Report, hint: str | None = None) -> None:
    """Report that something else is asked for. hint: None for what helps with any."""
    if node.kind is Kind.LIST and asks.startswith("text"):
        hint = hint or "text that begins with [ or - must be put into quotes"
    if node.kind is Kind.MAP and asks.startswith("text"):
        hint = hint or "text with a colon in it must be put into quotes"
    report.error(
        node.where, f"{asks} is asked for here; found {found(node)}", hint or _usual_remedy(node, asks)
    )


def _usual_remedy(node: Node, asks: str) -> str:
    if node.kind is Kind.SCALAR and not node.text.strip():
        return "write it, or delete the key"
    if asks.startswith("a list"):
        return "begin each item with `- ` on a line of its own"
    if asks.startswith("a group"):
        return "write each key with its colon on a line of its own, indented below this one"
    if node.kind is not Kind.SCALAR:
        return "write it behind the colon, without dashes, brackets and braces"
    return "write it like that, or delete the key"
