"""Spans of a node and what an audience gets of them: references in the words that stand for them, notes that go with their marks; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias, TypeVar

from briefpack.blocks import AuthorSpan, AuthorSpans, Note, Reference
from briefpack.document import LineBreak, Text

_Node = TypeVar("_Node")

Settle: TypeAlias = Callable[[AuthorSpan], Sequence[AuthorSpan]]
"""What a span becomes: itself, others, or none."""

_CLOSING = tuple(".,;:!?)]»”’…")


def settled(spans: AuthorSpans, settle: Settle) -> AuthorSpans:
    """The spans with each of them settled, and without the gap that one leaves that is no more; the same object where nothing changes."""
    done: list[AuthorSpan] = []
    changed = False
    for position, span in enumerate(spans):
        made = settle(span)
        changed = changed or len(made) != 1 or made[0] is not span
        if not made:
            _close_gap(done, spans[position + 1] if position + 1 < len(spans) else None)
        done.extend(made)
    return tuple(done) if changed else spans


def _close_gap(done: list[AuthorSpan], behind: AuthorSpan | None) -> None:
    """Take away a space that would stand before another one, before a full stop, or at the end."""
    last = done[-1] if done else None
    if not isinstance(last, Text) or not last.text[-1:].isspace():
        return
    if behind is None or (
        isinstance(behind, Text) and (behind.text[:1].isspace() or behind.text.startswith(_CLOSING))
    ):
        done.pop()
        if shorter := last.text.rstrip():
            done.append(replace(last, text=shorter))


def is_blank(spans: AuthorSpans) -> bool:
    """Whether spans print nothing."""
    return all(
        not span.text.strip() if isinstance(span, Text) else isinstance(span, LineBreak) for span in spans
    )


def with_settled(node: _Node, settle: Settle) -> _Node:
    """A node with all spans settled that stand in it directly, and in no node of their own; the same object where nothing changes."""
    changes: dict[str, Any] = {}
    for each in fields(node):  # type: ignore[arg-type]  # nodes are dataclasses
        value = getattr(node, each.name)
        made = _value(value, settle)
        if made is not value:
            changes[each.name] = made
    return replace(node, **changes) if changes else node  # type: ignore[type-var]  # as above


def _value(value: Any, settle: Settle) -> Any:
    """A value of a field: spans, or several of them, as a record has; whatever else stays."""
    if type(value) is not tuple or not value:
        return value
    if any(isinstance(each, Reference | Note) for each in value):
        made = settled(value, settle)
        return () if made is not value and is_blank(made) else made
    if any(type(each) is tuple for each in value):
        several = tuple(_value(each, settle) for each in value)
        return several if any(a is not b for a, b in zip(several, value, strict=True)) else value
    return value
