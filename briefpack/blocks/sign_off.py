"""Who answers for a text: who signs, who drafted, cleared and approved it, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefpack.blocks.spans import AuthorSpans
from briefpack.errors import Where
from briefpack.limits import EVERYBODY, Limits


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign. date: of signing, None leaves room for it."""

    name: AuthorSpans
    office: AuthorSpans | None
    date: date | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class SignaturesBlock:
    signatures: tuple[Signature, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ClearanceStep:
    """step: what was done, "drafted", "cleared", "approved", or the author's own word. by: desk or person. date: None while it is open."""

    step: AuthorSpans | None
    word: str | None
    by: AuthorSpans
    contact: AuthorSpans | None
    date: date | None
    where: Where
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ClearanceBlock:
    """Who drafted, cleared and approved a text, with dates and how to reach them."""

    steps: tuple[ClearanceStep, ...]
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """Whom to ask about a text, who cleared it and when. email: without "mailto:"."""

    name: AuthorSpans | None
    phone: str
    email: str
    cleared_by: AuthorSpans | None
    date: date | None
    where: Where
    id: str | None = None
    limits: Limits = EVERYBODY
