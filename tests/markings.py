"""Packs with computed markings, for tests: a small policy whose words are found nowhere else, and markings put on everything there is."""

from __future__ import annotations

import random
import re
import tempfile
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from briefpack.limits import Limits
from briefpack.marking import Ceiling, Marking
from briefpack.pack import Audience, Pack
from briefpack.policy import Policy
from briefpack.reading.read_pack import read_pack

BANNER = re.compile(r"LEVELX(\d)X")
PORTION = re.compile(r"\(px(\d)x\)")


@cache
def plain() -> Policy:
    """The packaged policy, as it is read for a pack."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "pack.yaml").write_text(
            "title: T\npolicy: plain\nmarking: INTERNAL\nsections: [one.yaml]\n"
            "audiences: {all: {title: All, style: base, clearance: RESTRICTED}}\n"
        )
        (path / "one.yaml").write_text("title: One\ntext: Words.\n")
        pack = read_pack(path).pack
    assert pack is not None
    assert pack.policy is not None
    return pack.policy


@cache
def tokens() -> Policy:
    """The same with words that no text has by chance: LEVELX1X in banners, (px1x) before portions."""
    levels = tuple(
        replace(level, name=f"LEVELX{rank}X", portion=f"px{rank}x", words={}, aliases=())
        for rank, level in enumerate(plain().levels)
    )
    return replace(plain(), levels=levels)


def marked(pack: Pack, seed: int) -> Pack:
    """The pack with a policy, and with markings on about half of what can have one."""
    chance = random.Random(seed)

    def level() -> Marking | None:
        return Marking(chance.randrange(3)) if chance.randrange(2) else None

    def walk(value: Any) -> Any:
        if isinstance(value, Limits):
            return Limits(value.audiences, value.tags, level(), level() if chance.randrange(4) == 0 else None)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {each.name: walk(getattr(value, each.name)) for each in fields(value) if each.init}
            return replace(value, **changed)
        if isinstance(value, tuple):
            return tuple(map(walk, value))
        return value

    return replace(
        pack,
        sections=walk(pack.sections),
        annexes=walk(pack.annexes),
        policy=tokens(),
        limits=Limits(marking=Marking(chance.randrange(2)), title_marking=level()),
        meta=replace(pack.meta, marking=""),
        audiences=tuple(map(cleared, pack.audiences)),
    )


def cleared(audience: Audience, level: int = 2) -> Audience:
    return replace(audience, clearance=Ceiling(level))
