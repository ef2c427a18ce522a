"""Makes a small pack with one withheld node of every kind, each with a sentence of its own, beside others that everybody gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tests.packs.marked_maker import _write_pdf
from tests.packs.marked_words import Words, several
from tests.samples import picture

Node: TypeAlias = dict[str, Any]

NAME = "kinds"
OUTER, INNER = "outer", "inner"
"""The audience from whom all that is withheld is, and the one that gets everything."""

_ENTRIES: dict[str, Node] = {
    "by-entry": {"audiences": [INNER]},
    "shown": {"show": True},
    "twice": {"tags": ["open"]},
    "twice-marked": {"marking": "RESTRICTED", "title_marking": "PUBLIC"},
}
_FOR_OTHERS: Node = {"marking": {"level": "INTERNAL", "releasable": ["CABINET", "GUESTS"]}}
_PERSONAL: Node = {"marking": {"level": "INTERNAL", "caveats": ["PERSONAL"]}}
_TOP = "RESTRICTED for CABINET, GUESTS - PERSONAL"
_LIMITS: tuple[Node, ...] = ({"audiences": [INNER]}, {"tags": ["closed"]})


@dataclass(frozen=True, slots=True)
class Kinds:
    """folder: of the pack. secrets: by the kind of what is withheld, words of it that stand nowhere else."""

    folder: Path
    secrets: dict[str, str]


class _Maker:
    def __init__(self) -> None:
        self.words = Words(41)
        self.fresh = iter(several(self.words, 400))
        self.secrets: dict[str, str] = {}

    def hidden(self, kind: str, key: str = "", limit: int | None = None, **more: Any) -> Node:
        """A node of this kind that is withheld; its secret stands under the key."""
        self.secrets[kind] = next(self.fresh).rstrip(".")
        limits = _LIMITS[len(self.secrets) % 2 if limit is None else limit]
        node = {**more, **limits}
        return {key: self.secrets[kind], **node} if key else node

    def secret(self, kind: str) -> str:
        """Words that are withheld for the sake of what they stand in."""
        self.secrets[kind] = next(self.fresh).rstrip(".")
        return self.secrets[kind]

    def said(self) -> str:
        return next(self.fresh)

    # ----------------------------------------------------------------------- sections

    def sections(self) -> dict[str, Node]:
        hidden, said, secret = self.hidden, self.said, self.secret
        return {
            "blocks": {
                "title": "Blocks",
                "blocks": [f"{said()}[^far]", *self.blocks()],
                "notes": {"far": {"text": secret("note for others"), "audiences": [INNER]}},
            },
            "small": {"title": "Small blocks", "blocks": self.small()},
            "arranged": {"title": "Arranged", "blocks": self.arranged()},
            "brief": {
                "title": "Brief",
                "kind": "brief",
                "objective": said(),
                "points": [{"to": "the table", "points": [said(), hidden("point of a brief", "text")]}],
                "red_lines": [secret("part that the audience has not")],
                "their_objectives": [said(), hidden("item of a part", "text")],
            },
            "by-entry": {"title": secret("title of a section limited in pack.yaml"), "blocks": [said()]},
            "by-itself": {
                "title": secret("title of a section limited in its file"),
                "blocks": [secret("text of a section limited in its file")],
                "marking": "RESTRICTED",
            },
            "emptied": {
                "title": secret("title of a section that loses everything"),
                "blocks": [hidden("only text of a section", "text")],
            },
            "twice": {
                "title": "Limited twice",
                "blocks": [secret("text of a section limited twice")],
                "audiences": [INNER],
            },
            "twice-marked": {
                "title": "Marked twice",
                "blocks": [secret("text of a section marked in pack.yaml")],
            },
            "marked": {
                "title": "Marked",
                "marking": _TOP,
                "title_marking": "PUBLIC",
                "blocks": self.marked(),
            },
            "inheriting": {
                "title": "Inheriting",
                "marking": "RESTRICTED",
                "title_marking": "PUBLIC",
                "blocks": [
                    {"text": said(), "marking": "PUBLIC"},
                    secret("text that inherits its marking"),
                    {
                        "list": [
                            secret("item that inherits its marking"),
                            {"text": said(), "marking": "PUBLIC"},
                        ]
                    },
                ],
            },
            "shown": {"title": "Shown", "blocks": [said(), hidden("text in shown source", "text")]},
            "agenda": {
                "title": "Agenda",
                "kind": "agenda",
                "gaps": False,
                "days": [
                    {"date": "2025-04-03", "items": [self.item("09:00"), self.item("10:00", "agenda item")]},
                    {
                        **self.hidden("agenda day"),
                        "date": "2025-04-04",
                        "note": self.secrets["agenda day"],
                        "items": [self.item("11:00")],
                    },
                ],
            },
            "people": {
                "title": "People",
                "kind": "biographies",
                "people": [
                    {
                        "name": "Ainhoa Beridze",
                        "text": said(),
                        "portrait": {
                            "image": "pictures/hidden.png",
                            "alt": secret("portrait"),
                            "audiences": [INNER],
                        },
                    },
                    self.hidden("person", "text", name="Petras Oberhauser"),
                ],
            },
            "contacts": {
                "title": "Contacts",
                "kind": "contacts",
                "movements": [
                    {"date": "2025-04-03", "time": "08:00", "what": "Arrival"},
                    self.hidden("movement", "what", date="2025-04-03", time="09:00"),
                ],
                "contacts": [
                    {"name": "Desk", "phone": "1", "email": "desk@mea.example"},
                    self.hidden(
                        "contact",
                        "role",
                        name="Ewout Tamm",
                        phone="+47 555 66 777",
                        email="ewout@mea.example",
                    ),
                ],
            },
            "distribution": {
                "title": "Distribution",
                "kind": "distribution",
                "recipients": [
                    {"recipient": "Desk"},
                    self.hidden("recipient", "organisation", recipient="Lidia Zelenka"),
                ],
            },
            "answers": {
                "title": "Answers",
                "kind": "qa",
                "questions": [
                    {"question": "Who?", "answer": said()},
                    self.hidden("answer", "answer", question="What of it?"),
                ],
            },
            "statement": {
                "title": "Statement",
                "kind": "statement",
                "paragraphs": [said(), self.hidden("paragraph of a statement", "text")],
            },
            "speech": {
                "title": "Speech",
                "kind": "speaking-note",
                "speech": ["So be it.", self.hidden("spoken", "text")],
            },
            "changes": {
                "title": "Changes",
                "kind": "changes",
                "changes": [{"what": "Nothing"}, self.hidden("change", "what")],
            },
            "abbreviations": {
                "title": "Abbreviations",
                "kind": "abbreviations",
                "blocks": ["OPN and ZQL and ZQM."],
            },
        }

    def item(self, time: str, kind: str = "") -> Node:
        node: Node = {"time": time, "duration": "30 min"}
        if kind:
            return {**self.hidden(kind, "detail"), **node, "item": "Talks"}
        return {**node, "item": self.words.title()}

    def marked(self) -> list[Any]:
        """Withheld by their markings, each for another reason."""
        said, secret = self.said, self.secret
        return [
            {"text": said(), "marking": "PUBLIC"},
            {"text": secret("text for others"), **_FOR_OTHERS},
            {"text": secret("text under a caveat"), **_PERSONAL},
            {"text": secret("text one level too high"), "marking": "RESTRICTED"},
            {
                "list": [
                    {"text": said(), "marking": "PUBLIC"},
                    {"text": secret("marked item"), "marking": "RESTRICTED"},
                    {
                        "text": said(),
                        "marking": "RESTRICTED",
                        "default_marking": "PUBLIC",
                        "items": [{"text": secret("item of an item"), "marking": "RESTRICTED"}],
                    },
                ]
            },
            {
                "table": {
                    "columns": ["A", "B"],
                    "rows": [
                        {"cells": [said(), "1"], "marking": "PUBLIC"},
                        {"cells": [secret("marked row"), "2"], "marking": "RESTRICTED"},
                        [secret("row that inherits its marking"), "3"],
                    ],
                },
                "marking": "RESTRICTED",
                "title_marking": "PUBLIC",
            },
            {
                "title": "A box",
                "callout": secret("words of a box that are higher than its title"),
                "marking": "RESTRICTED",
                "title_marking": "PUBLIC",
                "blocks": [{"text": said(), "marking": "PUBLIC"}],
            },
        ]

    def blocks(self) -> list[Any]:
        hidden, said, secret = self.hidden, self.said, self.secret
        inner = hidden("nested item", "text")
        child = hidden("inner numbered paragraph", "text")
        return [
            said(),
            hidden("text", "text"),
            {
                "text": f"{secret('text with a note')}^[{secret('note of a withheld text')}]",
                "audiences": [INNER],
            },
            {"text": "**" + secret("text in bold") + "**", "audiences": [INNER]},
            {"heading": secret("heading that loses everything")},
            hidden("text under a heading", "text"),
            hidden("heading", "heading"),
            said(),
            {"list": [said(), hidden("item", "text"), {"text": said(), "items": [said(), inner]}]},
            {"list": [secret("list")], "audiences": [INNER]},
            {"numbered": [said(), hidden("numbered paragraph", "text"), {"text": said(), "items": [child]}]},
            {
                "table": {
                    "columns": ["A", "B"],
                    "rows": [
                        [said(), "1 ^n^"],
                        {"cells": [secret("row"), "2"], "audiences": [INNER]},
                        {"group": secret("group of rows that loses everything")},
                        {"cells": [secret("row of a group"), "3"], "audiences": [INNER]},
                        {"group": "Rest"},
                        [{"text": said(), "blocks": [hidden("text in a cell", "text")]}, "4"],
                        {"total": [secret("total"), "5"], "audiences": [INNER]},
                    ],
                    "notes": {"n": {"text": secret("note of a row"), "audiences": [INNER]}},
                    "caption": "A table",
                    "source": "Desk",
                }
            },
            {
                "table": {
                    "columns": [secret("head of a table"), "B"],
                    "rows": [[secret("cell of a table"), "1 ^a^"]],
                    "notes": {"a": secret("note of a table")},
                    "caption": secret("caption of a table"),
                    "source": secret("source of a table"),
                },
                "audiences": [INNER],
            },
            {
                "matrix": {
                    "columns": ["One"],
                    "rows": [
                        {"head": "Partner", "cells": [said()]},
                        {
                            **hidden("row of a matrix"),
                            "head": "Other",
                            "cells": [self.secrets["row of a matrix"]],
                        },
                    ],
                }
            },
        ]

    def small(self) -> list[Any]:
        hidden, said, secret = self.hidden, self.said, self.secret
        return [
            {
                "timeline": [
                    {"when": "now", "text": said()},
                    hidden("entry of a timeline", "text", when="later"),
                ]
            },
            {
                "points": [
                    said(),
                    hidden("point", "text"),
                    {**hidden("group of points", "to"), "points": [secret("point of a group")]},
                ]
            },
            {
                "questions": [
                    {"question": "Why?", "line": said()},
                    hidden("line to take", "line", question="When?"),
                ]
            },
            {"facts": [{"label": "One", "text": said()}, hidden("fact", "text", label="Two")]},
            {
                "key_figures": [{"value": "1", "label": "a"}, hidden("key figure", "label", value="2")],
                "source": "Desk",
            },
            {"definitions": [{"term": "One", "text": said()}, hidden("definition", "text", term="Two")]},
            hidden("quotation", "quote", by="Somebody"),
            {"signatures": [{"name": "One"}, hidden("signature", "office", name="Two")]},
            {"clearance": [{"drafted": "Desk"}, hidden("step of clearance", "cleared")]},
            {
                "chart": "bar",
                "categories": ["one", "two"],
                "series": [{"name": "Kept", "values": [1, 2]}, hidden("series", "name", values=[3, 4])],
                "caption": "A chart",
                "source": "Desk",
            },
            hidden(
                "chart",
                "caption",
                chart="bar",
                categories=["a"],
                series=[{"name": "b", "values": [1]}],
                source="Desk",
            ),
            hidden("QR code", "caption", qr="https://www.example.org/"),
            hidden("text as typed", "code"),
            {
                "agenda": {"items": [{"time": "09:00", "item": secret("agenda")}], "gaps": False},
                "audiences": [INNER],
            },
        ]

    def arranged(self) -> list[Any]:
        hidden, said, secret = self.hidden, self.said, self.secret
        return [
            {
                "image": "pictures/hidden.png",
                "alt": secret("text for a picture"),
                "caption": secret("caption of a picture"),
                "audiences": [INNER],
            },
            {"image": "pictures/open.png", "alt": "A gradient."},
            {"callout": said(), "blocks": [hidden("text in a box", "text")]},
            hidden("box", "callout", title="Box"),
            {"columns": [said(), hidden("text in columns", "text")]},
            {"landscape": [said(), hidden("text on its side", "text")]},
            {"keep": [said(), hidden("text that is kept together", "text")]},
            {
                "beside": {
                    "image": "pictures/open.png",
                    "alt": "A gradient.",
                    "blocks": [said(), hidden("text beside a picture", "text")],
                }
            },
            {"list": [{"text": said(), "blocks": [hidden("block in an item", "quote")]}]},
        ]


def write_kinds(root: Path) -> Kinds:
    """Write the project into root."""
    folder = root / "sources" / NAME
    for name in ("sections", "pictures", "annexes"):
        (folder / name).mkdir(parents=True)
    (root / "styles").mkdir()
    maker = _Maker()
    entries: list[Any] = []
    for name, section in maker.sections().items():
        section.setdefault("marking", "PUBLIC")
        file = f"sections/{name}.yaml"
        (folder / file).write_text(json.dumps(section, ensure_ascii=False, indent=1), encoding="utf-8")
        entries.append({"file": file, **_ENTRIES[name]} if name in _ENTRIES else file)
    for name, size in (("hidden", 44), ("open", 40)):
        (folder / "pictures" / f"{name}.png").write_bytes(picture(size, 30).content)
    hidden = maker.hidden
    pages = [maker.said().encode("ascii", "ignore").decode() for _ in range(6)]
    _write_pdf(folder / "annexes" / "locked.pdf", pages)
    _write_pdf(folder / "annexes" / "open.pdf", [maker.said().encode("ascii", "ignore").decode()])
    pack = {
        "title": "All kinds of nodes",
        "as_of": "2025-04-02",
        "organisation": "Ministry of Tests",
        "policy": "plain",
        "marking": _TOP,
        "title_marking": "PUBLIC",
        "glossary": {
            "OPN": {"long": "An open abbreviation", "marking": "PUBLIC"},
            "ZQL": hidden("abbreviation", "long"),
            "ZQM": {
                "long": "Zonal quorum of ministers",
                "explanation": maker.secret("explanation"),
                "audiences": [INNER],
            },
        },
        "sections": entries,
        "annexes": [
            {"file": "annexes/open.pdf", "title": "An open annex", "marking": "PUBLIC"},
            hidden("title of an annex", "title", file="annexes/locked.pdf", limit=0),
        ],
        "audiences": {
            OUTER: {
                # Close to everything that is above it: one step in any direction lets something through.
                "clearance": {"level": "INTERNAL", "groups": ["CABINET", "PRESS"]},
                "tags": ["open"],
                "parts": ["objective", "points", "their_objectives"],
            },
            INNER: {
                "clearance": {"level": "RESTRICTED", "groups": ["CABINET"], "caveats": ["PERSONAL"]},
                "title": "Innermost circle of Marienborn",
            },
        },
    }
    maker.secrets["marking of the whole pack"] = _TOP
    maker.secrets["page of an annex"] = pages[3].rstrip(".")
    (folder / "pack.yaml").write_text(json.dumps(pack, ensure_ascii=False, indent=1), encoding="utf-8")
    return Kinds(folder, maker.secrets)
