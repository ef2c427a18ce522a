"""Walks everything that can be reached from a value of the contracts, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any


def values(value: Any) -> Iterator[Any]:
    """The value itself and whatever its fields, tuples and mappings hold, in the order of the fields."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from values(getattr(value, one.name))
    elif isinstance(value, tuple | list | frozenset | set):
        for element in value:
            yield from values(element)
    elif isinstance(value, dict):
        for key, element in value.items():
            yield from values(key)
            yield from values(element)
