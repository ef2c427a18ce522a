"""Ways to break the selection on purpose: code of it is changed while it runs, and lets through what it should withhold."""

from __future__ import annotations
import __future__

import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import FunctionType
from typing import Any

import pytest

from briefpack import marking, select, verdict
from briefpack.limits import EVERYBODY
from briefpack.pack import Pack
from briefpack.select import judging, members, sections, tables
from briefpack.select.blocks import BlockWalk
from briefpack.select.spans import SpanWalk
from briefpack.select.walk import Walk
from tests.walking import values

Break = Callable[[pytest.MonkeyPatch, Mapping[str, str]], None]
"""Breaks something until the patch is undone. It is told the secrets, by their kinds."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """name: what is broken. leaks: secrets of tests/packs/kinds_maker.py that get through, some of them at least."""

    name: str
    breaks: Break
    leaks: tuple[str, ...]


def rewritten(owner: Any, name: str, *changes: tuple[str, str], used_in: Any = None) -> Break:
    """Give a function other lines: the old and the new of each. owner: the class or module that has it. used_in: another module that knows it by name."""

    def breaks(monkeypatch: pytest.MonkeyPatch, _secrets: Mapping[str, str]) -> None:
        function = inspect.unwrap(getattr(owner, name))
        source = textwrap.dedent(inspect.getsource(function))
        for old, new in changes:
            assert old in source, f"{name} has no {old!r} any more: break it otherwise"
            source = source.replace(old, new)
        code = compile(
            source, "mutant", "exec", flags=__future__.annotations.compiler_flag, dont_inherit=True
        )
        made: dict[str, Any] = {}
        exec(code, function.__globals__, made)  # noqa: S102 - it is our own code, changed on purpose
        assert isinstance(made[name], FunctionType)
        monkeypatch.setattr(owner if used_in is None else used_in, name, made[name])

    return breaks


def let_through(owner: Any, name: str, kind: str) -> Break:
    """Let one node through that a function withholds, the one with this secret, and no other. owner: the class or module that has it."""

    def breaks(monkeypatch: pytest.MonkeyPatch, secrets: Mapping[str, str]) -> None:
        original = getattr(owner, name)

        def broken(walk: Any, node: Any, *more: Any, **named: Any) -> Any:
            kept = original(walk, node, *more, **named)
            # What is withheld for the sake of what it stands in comes to nobody even so.
            if kept is not None or walk.outer is not None or not _says(node, secrets[kind]):
                return kept
            return replace(node, limits=EVERYBODY)

        monkeypatch.setattr(owner, name, broken)

    return breaks


def _says(node: Any, secret: str) -> bool:
    return any(isinstance(value, str) and secret in value for value in values(node))


def _selects(change: Callable[[Pack, Any], tuple[Pack, Any]]) -> Break:
    """Select from another pack, or for another audience, than was asked for."""

    def breaks(monkeypatch: pytest.MonkeyPatch, _secrets: Mapping[str, str]) -> None:
        # The package has a function of the same name.
        room = import_module("briefpack.pipeline.prepare")
        original = room.select

        def broken(pack: Pack, audience: Any, printed: Any = None) -> Any:
            other, reader = change(pack, audience)
            selection = original(other, reader, printed)
            return replace(selection, pack=replace(selection.pack, audiences=(audience,)))

        monkeypatch.setattr(room, "select", broken)

    return breaks


def _all_parts(_pack: Pack, audience: Any) -> tuple[Pack, Any]:
    from briefpack.pack import BRIEF_PARTS

    return _pack, replace(audience, parts=BRIEF_PARTS)


_CUT = (
    (sections, "cut_section", "title of a section limited in pack.yaml"),
    (sections, "cut_section", "text of a section limited in its file"),
    (sections, "cut_abbreviation", "abbreviation"),
    (members, "cut_points", "group of points"),
    (members, "cut_if_raised", "line to take"),
    (members, "cut_record", "movement"),
    (members, "cut_record", "contact"),
    (members, "cut_record", "recipient"),
    (members, "cut_record", "change"),
    (members, "cut_person", "person"),
    (members, "cut_item", "item"),
    (members, "cut_item", "nested item"),
    (members, "cut_numbered", "numbered paragraph"),
    (members, "cut_numbered", "inner numbered paragraph"),
    (tables, "cut_row", "row"),
    (tables, "cut_row", "total"),
    (tables, "cut_row", "row of a matrix"),
    (members, "cut_fact", "fact"),
    (members, "cut_definition", "definition"),
    (members, "cut_timeline_entry", "entry of a timeline"),
    (members, "cut_key_figure", "key figure"),
    (members, "cut_signature", "signature"),
    (members, "cut_step", "step of clearance"),
    (members, "cut_series", "series"),
    (members, "cut_agenda_item", "agenda item"),
    (sections, "cut_annex", "title of an annex"),
)
_BLOCKS = (
    "text",
    "text in columns",
    "text on its side",
    "text that is kept together",
    "text beside a picture",
    "text in a cell",
    "text in a box",
    "spoken",
    "heading",
    "list",
    "caption of a table",
    "cell of a table",
    "text for a picture",
    "caption of a picture",
    "box",
    "quotation",
    "text as typed",
    "agenda",
    "chart",
    "QR code",
)

_ABOVE = ("text one level too high", "marked item", "marked row")

MUTANTS: tuple[Mutant, ...] = (
    *(Mutant(f"{kind} let through", let_through(room, name, kind), (kind,)) for room, name, kind in _CUT),
    *(Mutant(f"{kind} let through", let_through(BlockWalk, "block", kind), (kind,)) for kind in _BLOCKS),
    # ----------------------------------------------------------------------- limits
    Mutant(
        "limits are not looked at",
        rewritten(judging.Judge, "open", ("included = all(let_in for let_in, _ in judged)", "included = True")),
        ("text", "item", "list"),
    ),
    Mutant(
        "one of two limits is enough",
        rewritten(judging.Judge, "open", ("included = all(", "included = any(")),
        ("text of a section limited twice",),
    ),
    Mutant(
        "limits in pack.yaml are not looked at",
        rewritten(judging.Judge, "open", ("for each in limits\n", "for each in limits[-1:]\n")),
        ("title of a section limited in pack.yaml",),
    ),
    Mutant(
        "tags are not looked at",
        rewritten(verdict, "admits", ("limits.tags is not None", "False"), used_in=judging),
        ("text",),
    ),
    Mutant(
        "audiences are not looked at",
        rewritten(verdict, "admits", ("limits.audiences is not None", "False"), used_in=judging),
        ("list", "caption of a table"),
    ),
    Mutant("parts are not cut", _selects(_all_parts), ("part that the audience has not",)),
    Mutant(
        "an audience takes every tag",
        _selects(lambda pack, audience: (pack, replace(audience, tags=None))),
        ("text",),
    ),
    # ----------------------------------------------------------------------- markings
    Mutant(
        "clearance is not looked at",
        rewritten(judging.Judge, "above", ("admitted = self.audience.clearance.admits(marking)", "admitted = True")),
        (*_ABOVE, "text for others", "text under a caveat"),
    ),
    Mutant(
        "one level more is admitted",
        rewritten(marking.Ceiling, "admits", ("marking.level <= self.level", "marking.level <= self.level + 1")),
        _ABOVE,
    ),
    Mutant(
        "whoever is for some of them is for all",
        rewritten(
            marking.Ceiling, "admits", ("self.groups <= marking.releasable", "self.groups & marking.releasable")
        ),
        ("text for others",),
    ),
    Mutant(
        "to whom it may be given is not looked at",
        rewritten(marking.Ceiling, "admits", ("marking.releasable is None", "True")),
        ("text for others",),
    ),
    Mutant(
        "caveats are not looked at",
        rewritten(marking.Ceiling, "admits", ("marking.caveats <= self.caveats", "True")),
        ("text under a caveat",),
    ),
    Mutant(
        "nothing inherits",
        rewritten(
            judging.Judge,
            "marking",
            ("marking = self.around[-1].marking if self.around else LOWEST", "marking = LOWEST"),
        ),
        ("text that inherits its marking",),
    ),
    Mutant(
        "what is in a node is marked as its title",
        rewritten(
            judging.Judge,
            "marking",
            ("return declared, at, inherited, inherited", "return declared, at, title or inherited, inherited"),
        ),
        ("text that inherits its marking", "row that inherits its marking"),
    ),
    Mutant(
        "of two markings the last one counts",
        rewritten(
            judging.Judge,
            "marking",
            ("declared = limit.marking if declared is None else declared | limit.marking", "declared = limit.marking"),
        ),
        ("text of a section marked in pack.yaml",),
    ),
    Mutant(
        "plain paragraphs are not judged",
        rewritten(judging.Judge, "plain", ("if self.above(around.marking) is not None:", "if False:")),
        ("words of a box that are higher than its title",),
    ),
    # ----------------------------------------------------------------------- what is left
    Mutant(
        "titles of sections that lose everything stay",
        rewritten(judging.Judge, "close", ("if opened.included and emptied:", "if False:"),
                  ("stays = opened.included and not emptied", "stays = opened.included")),
        ("title of a section that loses everything",),
    ),
    Mutant(
        "headings that lose everything stay",
        rewritten(Walk, "blocks", ("kept[position] = None", "pass")),
        ("heading that loses everything",),
    ),
    Mutant(
        "headings of groups of rows that lose everything stay",
        rewritten(tables, "cut_rows", ("kept[number] = None", "pass")),
        ("group of rows that loses everything",),
    ),
    Mutant(
        "a section's source is shown to everybody",
        rewritten(sections, "without_source", ("return blocks[:-1]", "return blocks")),
        ("text in shown source",),
    ),
    Mutant(
        "notes are not judged",
        rewritten(SpanWalk, "settle_notes", ("note = self.note(span)", "note = span")),
        ("note for others",),
    ),
    Mutant(
        "portraits are not judged",
        rewritten(
            members, "cut_person", ("portrait if isinstance(portrait, ImageBlock) else None", "person.portrait")
        ),
        ("portrait",),
    ),
    Mutant(
        "the marking that is printed is that of the whole pack",
        rewritten(
            select,
            "_selection",
            ("pack.policy.banner(whole,", "pack.policy.banner(pack.limits.marking or LOWEST,"),
        ),
        ("marking of the whole pack",),
    ),
    Mutant(
        "notes of tables are not judged",
        rewritten(tables, "cut_table", ("_notes(walk, table, made)", "table.notes")),
        ("note of a row",),
    ),
)  # fmt: skip
