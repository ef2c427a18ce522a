"""What an author may write inside a line beyond CommonMark: notes, raised and lowered words, words in another language.

They are rules of the Markdown parser and make tokens in pairs, as links do, so that whatever stands between them is read as usual.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

_NAMED = re.compile(r"\[\^([^\s\[\]^]{1,100})\](?!\()")
_RAISED = re.compile(r"([\^~])((?:\\[^\s]|[^\s\\^~])+)\1(?![\^~])")
_LANGUAGE = re.compile(r"\{[ \t]*lang[ \t]*=[ \t]*([\"']?)([^\s\"'{}]*)\1[ \t]*\}")
_BEFORE_BASE = " \t\n\u00a0\u202f([{«„“‘\"'–—/-"
"""Behind one of these a lowered figure hangs on nothing: "~5" is about five."""
_MAY_RAISE = re.compile(r"\^[^\s^]+\^|~[^\s~]+~")


class State(Protocol):
    """What is used of markdown-it's state of a paragraph."""

    src: str
    pos: int
    posMax: int  # noqa: N815  markdown-it's own name
    md: Any

    def push(self, ttype: str, tag: str, nesting: Any) -> Any: ...


def may_raise(text: str) -> bool:
    """Whether a text may have raised or lowered words in it."""
    return ("^" in text or "~" in text) and _MAY_RAISE.search(text) is not None


def note(state: State, silent: bool) -> bool:
    """A note in place, ^[its text]."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if silent:
        state.pos = end + 1
    else:
        _pair(state, "note", state.pos + 2, end, end + 1)
    return True


def named_note(state: State, silent: bool) -> bool:
    """A note that is written elsewhere, [^name]."""
    match = _NAMED.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("named_note", "", 0).content = match[1]
    state.pos = match.end()
    return True


def raised(state: State, silent: bool) -> bool:
    """Raised words ^x^ and lowered ones ~x~: no spaces inside, and no two of the signs side by side."""
    source, start = state.src, state.pos
    mark = source[start]
    if mark not in "^~" or source[start - 1 : start] == mark:
        return False
    match = _RAISED.match(source, start, state.posMax)
    if match is None:
        return False
    if mark == "~" and (start == 0 or source[start - 1] in _BEFORE_BASE) and not match[2][0].isalpha():
        return False
    if silent:
        state.pos = match.end()
    else:
        _pair(state, "super" if mark == "^" else "sub", match.start(2), match.end(2), match.end())
    return True


def language(state: State, silent: bool) -> bool:
    """Words in another language, [mots]{lang=fr}."""
    source, start = state.src, state.pos
    if source[start] != "[" or "]{" not in source:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    match = _LANGUAGE.match(source, end + 1, state.posMax) if end >= 0 else None
    if match is None:
        return False
    if silent:
        state.pos = match.end()
    else:
        _pair(state, "language", start + 1, end, match.end(), info=match[2])
    return True


RULES = (note, named_note, raised, language)


def _pair(state: State, name: str, start: int, end: int, after: int, *, info: str = "") -> None:
    """Tokens around what stands from start to end; reading goes on at after."""
    last = state.posMax
    state.push(f"{name}_open", "", 1).info = info
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.push(f"{name}_close", "", -1)
    state.pos, state.posMax = after, last
