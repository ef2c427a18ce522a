"""A Markdown file of others: where its tokens stand in it, and what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from briefpack.errors import ExitCode, Findings, Where

_MOST_TOLD = 5
"""Findings of one kind; a file full of them is one fault."""


class Token(Protocol):
    """What is used of markdown-it's tokens. map: its 0-based first line, and the one behind its last."""

    @property
    def type(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def nesting(self) -> int: ...
    @property
    def content(self) -> str: ...
    @property
    def map(self) -> Sequence[int] | None: ...
    @property
    def children(self) -> Sequence[Token] | None: ...

    def attrGet(self, name: str) -> Any: ...  # noqa: N802  markdown-it's own name


class Places:
    """The lines of a file, and findings at them."""

    def __init__(self, text: str, path: Path) -> None:
        self._path = path
        self._lines = text.split("\n")
        self._told: dict[str, int] = {}
        self.findings = Findings()

    def where(self, token: Token, words: str = "") -> Where:
        """The place of a token, and of words in it where they are found on its lines."""
        first, last = token.map or (0, 1)
        for number in range(first, min(last, len(self._lines))):
            column = self._lines[number].find(words)
            if words and column >= 0:
                return Where(self._path, number + 1, column + 1)
        line = self._lines[first] if first < len(self._lines) else ""
        return Where(self._path, first + 1, len(line) - len(line.lstrip()) + 1)

    def tell(self, kind: str, where: Where, message: str, hint: str) -> None:
        """Warn of something that is left out or not as its author meant it. kind: of what; a few of each are told."""
        told = self._told[kind] = self._told.get(kind, 0) + 1
        if told <= _MOST_TOLD:
            self.findings.warning(where, message, hint, ExitCode.ANNEX, rule="annex-changed")
