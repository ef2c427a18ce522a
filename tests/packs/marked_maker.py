"""Makes a pack of marked portions for six audiences, and knows of each portion what it says and who may read it.

The same seed makes the same pack. What is told here of who gets what is worked out while the pack is written, by a rule of its own: it owes nothing to
the code that selects, nor to the one that audits.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from reportlab.pdfgen.canvas import Canvas

from tests.packs.marked_words import SHORT, Words, several
from tests.packs.torture_maker import ROOT
from tests.samples import picture

Node: TypeAlias = dict[str, Any]

NAME = "marked"
LEVELS = ("PUBLIC", "INTERNAL", "RESTRICTED")
PORTIONS = 1000
TAGS = ("core", "detail", "technical")


_SHORT = ("AGORA", "BRIMS", "CATO", "DELTA", "EXON", "FJORD", "GROM", "HELM")


@dataclass(frozen=True, slots=True)
class Reader:
    """An audience. level: rank of its clearance. tags: None takes all. parts: of briefs, None for all. groups: who belongs to it. caveats: it is entitled to."""

    name: str
    title: str
    level: int
    style: str
    tags: tuple[str, ...] | None = None
    parts: tuple[str, ...] | None = None
    groups: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


READERS = (
    Reader(
        "minister",
        "Cabinet of Ms Ulrike Oxenstierna",
        2,
        "minister",
        groups=("CABINET",),
        caveats=("EMBARGOED", "PERSONAL"),
    ),
    Reader(
        "delegation",
        "Delegation to Marienborn",
        2,
        "delegation",
        ("core", "detail"),
        groups=("CABINET", "MISSION"),
        caveats=("EMBARGOED",),
    ),
    Reader("staff", "Staff of the fourth floor", 1, "staff", groups=("MISSION",), caveats=("PERSONAL",)),
    Reader(
        "partner",
        "Partners from Zwischenahn",
        1,
        "base",
        ("core",),
        ("objective", "points", "background"),
        groups=("CABINET", "GUESTS"),
    ),
    Reader("observer", "Observers of the Quorum", 0, "base", ("core", "technical")),
    Reader("press", "Accredited press corps", 0, "press", ("core",), ("objective", "points")),
)
_RELEASABLE = (("CABINET",), ("CABINET", "MISSION"), ("MISSION", "GUESTS"), ("CABINET", "GUESTS"))
_CAVEATS = (("PERSONAL",), ("EMBARGOED",), ("EMBARGOED", "PERSONAL"))


@dataclass(frozen=True, slots=True)
class Gate:
    """Who gets through: by clearance, by name, by tag, by the part of a brief; and through what it stands in.

    releasable: to whom all who belong to the audience must belong. caveats: to all of which it must be entitled.
    """

    level: int = 0
    audiences: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    part: str | None = None
    outer: Gate | None = None
    releasable: tuple[str, ...] | None = None
    caveats: tuple[str, ...] = ()

    def lets(self, reader: Reader) -> bool:
        return (
            self.level <= reader.level
            and (self.releasable is None or (bool(reader.groups) and {*reader.groups} <= {*self.releasable}))
            and {*self.caveats} <= {*reader.caveats}
            and (self.audiences is None or reader.name in self.audiences)
            and (self.tags is None or reader.tags is None or bool({*self.tags} & {*reader.tags}))
            and (self.part is None or reader.parts is None or self.part in reader.parts)
            and (self.outer is None or self.outer.lets(reader))
        )


@dataclass(frozen=True, slots=True)
class Portion:
    """What is marked for itself. kind: of what, in a word. texts: its words, each run as it is printed. file: in which it stands, below the pack's folder."""

    kind: str
    texts: tuple[str, ...]
    gate: Gate
    file: str


MAY_GO = frozenset({"title", "row group", "total", "points"})
"""Kinds of portions that go as well when everything that they stand above is withheld."""


@dataclass(frozen=True, slots=True)
class Marked:
    """folder: of the pack. pictures: by their file, who may see them."""

    folder: Path
    portions: tuple[Portion, ...]
    pictures: dict[str, Gate]

    def withheld(self, name: str) -> tuple[Portion, ...]:
        reader = reader_of(name)
        return tuple(portion for portion in self.portions if not portion.gate.lets(reader))

    def given(self, name: str) -> tuple[Portion, ...]:
        reader = reader_of(name)
        return tuple(portion for portion in self.portions if portion.gate.lets(reader))

    def secrets(self, name: str, least: int = 14) -> tuple[str, ...]:
        """Texts of at least so many words that an audience does not get, of which no run of seven words is in a text that it gets."""
        shown = {run for portion in self.given(name) for text in portion.texts for run in _runs(text)}
        return tuple(
            text
            for portion in self.withheld(name)
            for text in portion.texts
            if len(text.split()) >= least and not shown & {*_runs(text)}
        )


def _runs(text: str, length: int = 7) -> Iterator[tuple[str, ...]]:
    words = text.casefold().split()
    for first in range(len(words) - length + 1):
        yield tuple(words[first : first + length])


def reader_of(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


def write_marked(root: Path, portions: int = PORTIONS, seed: int = 6, *, annexes: bool = True) -> Marked:
    """Write a project into root. portions: how many are marked for themselves, at least."""
    folder = root / "sources" / NAME
    for name in ("sections", "pictures", "annexes"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(ROOT / "styles", root / "styles")
    maker = _Maker(seed)
    sections = list(maker.sections(portions))
    for name, section in sections:
        text = json.dumps(section, ensure_ascii=False, indent=1)
        (folder / "sections" / name).write_text(text + "\n", encoding="utf-8")
    for number, name in enumerate(maker.pictures):
        (folder / name).write_bytes(picture(40 + 2 * number, 30 + number).content)
    pack = {
        "title": "Council of the Marienborn Process",
        "subtitle": "All that the desks have to say",
        "reference": "MP(25)/4",
        "organisation": "Ministry of Tests",
        "owner": "Coordination Desk",
        "meeting": {"place": "Marienborn", "dates": "3–4 April 2025", "chair": "Secretary General"},
        "as_of": "2025-04-02 18:00",
        "policy": "plain",
        "title_marking": "PUBLIC",
        "glossary": maker.glossary(),
        "sections": [maker.entry(name) for name, _ in sections],
        "audiences": {reader.name: _audience(reader) for reader in READERS},
    }
    if annexes:
        pack["annexes"] = list(maker.annexes(folder))
    pack["marking"] = _banner(_joined([_raise(each) for each in (*(node for _, node in sections), pack)]))
    (folder / "pack.yaml").write_text(json.dumps(pack, ensure_ascii=False, indent=1), encoding="utf-8")
    return Marked(folder, tuple(maker.portions), dict(maker.pictures))


def _audience(reader: Reader) -> Node:
    clearance: Any = LEVELS[reader.level]
    if reader.groups or reader.caveats:
        clearance = {"level": clearance, "groups": list(reader.groups), "caveats": list(reader.caveats)}
        clearance = {key: value for key, value in clearance.items() if value}
    node: Node = {"title": reader.title, "style": reader.style, "clearance": clearance}
    if reader.tags is not None:
        node["tags"] = list(reader.tags)
    if reader.parts is not None:
        node["parts"] = list(reader.parts)
    return node


class _Maker:
    """around: the gate of what is being written. file: of the section at hand. entries: what pack.yaml says of section files.

    simple: nothing is for some only or under a caveat, for what has no marking of its own has that of all around it.
    """

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.words = Words(seed + 1)
        self.portions: list[Portion] = []
        self.pictures: dict[str, Gate] = {}
        self.around = Gate()
        self.file = ""
        self.entries: dict[str, Node] = {}
        self.marked = 0
        self.said: list[str] = []
        self.simple = False

    # ----------------------------------------------------------------------- portions

    def portion(self, kind: str, node: Node, *texts: str, level: int | None = None) -> Node:
        """The node with its own marking, and at times with limits; its words are noted."""
        rank = self.rng.choices((0, 1, 2), (30, 35, 35))[0] if level is None else level
        releasable, caveats = None, ()
        if rank and level is None and not self.simple:
            releasable = self.rng.choice((*_RELEASABLE, *(None,) * 12))
            caveats = self.rng.choice((*_CAVEATS, *((),) * 15))
        node["marking"] = _written(rank, releasable, caveats)
        audiences = tags = None
        chance = self.rng.random()
        if chance < 0.06:
            audiences = tuple(reader.name for reader in self.rng.sample(READERS, self.rng.randint(1, 4)))
            node["audiences"] = list(audiences)
        elif chance < 0.14:
            tags = tuple(self.rng.sample(TAGS, self.rng.randint(1, 2)))
            node["tags"] = list(tags)
        self.portions.append(
            Portion(
                kind,
                tuple(texts),
                Gate(rank, audiences, tags, None, self.around, releasable, caveats),
                self.file,
            )
        )
        self.marked += 1
        return node

    @contextlib.contextmanager
    def within(self, gate: Gate) -> Iterator[None]:
        before = self.around
        self.around = replace(gate, outer=before)
        yield
        self.around = before

    def inside(self, node: Node) -> contextlib.AbstractContextManager[None]:
        """What follows stands in the node that was made last, whose gate it has to pass as well."""
        del node
        return self.within(self.portions[-1].gate)

    def mere(self, kind: str, *texts: str) -> str:
        """Words without a marking of their own: they are as what they stand in. Gives the first."""
        self.portions.append(Portion(kind, tuple(texts), self.around, self.file))
        return texts[0]

    def open(self, text: str) -> str:
        """A title that everybody may read who gets what it stands above; who loses all of that does not get it either."""
        return self.mere("title", text)

    # ----------------------------------------------------------------------- words

    def say(self, most: int = 1) -> str:
        """One paragraph."""
        chance = self.rng.random()
        if chance < 0.07:
            return self.rng.choice(SHORT)
        if chance < 0.10 and self.said:
            return self.rng.choice(self.said)
        if chance < 0.14 and self.said:
            return self.words.nearly(self.rng.choice(self.said))
        if chance < 0.19:
            return self.words.foreign("fr")
        if chance < 0.22:
            return self.words.foreign("uk")
        text = " ".join(several(self.words, self.rng.randint(1, most)))
        self.said.append(text)
        return text

    # ----------------------------------------------------------------------- sections

    def sections(self, portions: int) -> Iterator[tuple[str, Node]]:
        kinds = [
            self.agenda,
            self.brief,
            self.plain,
            self.people,
            self.plain,
            self.contacts,
            self.brief,
            self.plain,
            self.distribution,
            self.answers,
            self.plain,
            self.statement,
            self.read_ahead,
            self.plain,
            self.speech,
            self.steering,
            self.shown,
            self.brief,
            self.locked,
            self.inherited,
            self.unreadable,
        ]
        number = 0
        while number < len(kinds) or self.marked < portions:
            make = kinds[number] if number < len(kinds) else self.plain
            number += 1
            yield self.section(number, make)
        for make in (self.changes, self.abbreviations, self.lists):
            number += 1
            yield self.section(number, make)

    def section(self, number: int, make: Callable[[], Node]) -> tuple[str, Node]:
        name = f"{number:03}-{make.__name__.replace('_', '-')}-{number}.yaml"
        self.file = f"sections/{name}"
        self.simple = make.__name__ in {"brief", "read_ahead", "inherited", "locked", "shown"}
        gate = Gate()
        if make.__name__ == "plain" and number % 3:
            # The press gets little, so that its files are short and what is withheld from it is much.
            gate = Gate(audiences=tuple(reader.name for reader in READERS if reader.name != "press"))
            self.entries[self.file] = {"audiences": ["not press"]}
        with self.within(gate):
            made = make()
            if "title" not in made:
                made["title"] = self.open(self.words.title())
        section = {"marking": "RESTRICTED", "title_marking": "PUBLIC", **made}
        _raise(section)
        return name, section

    def entry(self, name: str) -> Any:
        """What pack.yaml says of a section file."""
        entry = self.entries.get(f"sections/{name}")
        return f"sections/{name}" if entry is None else {"file": f"sections/{name}", **entry}

    def plain(self) -> Node:
        blocks: list[Any] = []
        for make in self.rng.sample(_BLOCKS, 9):
            blocks += make(self)
        return {"blocks": blocks}

    def locked(self) -> Node:
        """A whole section for two audiences, by its entry in pack.yaml, and its file's name is its secret too."""
        gate = Gate(2, ("minister", "delegation"))
        self.entries[self.file] = {"audiences": list(gate.audiences or ())}
        with self.within(gate):
            title = self.mere("section title", f"The secret {self.words.title()}")
            lead = self.mere("lead", f"Desk of {self.words.name()} and {self.words.name()}")
            note = self.mere("section note", self.words.sentence())
            text = self.mere("inherited text", self.words.sentence())
            more = self.portion("text", {"text": (said := self.say(2))}, said, level=0)
        return {
            "title": title,
            "title_marking": "RESTRICTED",
            "lead": lead,
            "note": note,
            "blocks": [text, more],
        }

    def inherited(self) -> Node:
        """Nothing in it has a marking of its own: all is restricted, as its section is, but for its title."""
        with self.within(Gate(2)):
            items = [self.mere("inherited item", self.words.sentence()) for _ in range(3)]
            text = self.mere("inherited text", self.words.sentence())
            heading = self.mere("inherited heading", f"What {self.words.name()} must not learn")
            rows = [[self.words.thing(), self.words.thing()] for _ in range(3)]
            for row in rows:
                self.mere("inherited row", *row)
            kept = self.words.sentence()
            listed: Node = {"list": [*items, {"text": kept, "marking": "PUBLIC"}]}
        self.portions.append(Portion("lower item", (kept,), Gate(), self.file))
        table: Node = {"columns": ["Matter", "Place"], "rows": rows}
        return {"blocks": [{"heading": heading}, text, listed, {"table": table}]}

    def unreadable(self) -> Node:
        """Words that no font of the package has letters for; nobody gets them."""
        blocks = []
        for _ in range(4):
            text = self.words.foreign("ar")
            gate = Gate(2, ("observer",))
            self.portions.append(Portion("Arabic text", (text,), gate, self.file))
            blocks.append({"text": text, "marking": "RESTRICTED", "audiences": ["observer"]})
            self.marked += 1
        return {
            "blocks": [
                {"text": "What is written here goes from right to left.", "marking": "PUBLIC"},
                *blocks,
            ]
        }

    def agenda(self) -> Node:
        days = []
        for day in range(2):
            items = []
            for hour in range(8, 18):
                item: Node = {
                    "time": f"{hour:02}:00",
                    "duration": "45 min",
                    "item": self.words.title(),
                    "detail": self.words.clause(),
                    "lead": self.words.name(),
                    "room": f"Room {self.rng.randint(2, 90)}",
                }
                self.portion("agenda item", item, item["item"], item["detail"])
                items.append(item)
            days.append(_open({"date": f"2025-04-{3 + day:02}", "items": items}))
        return {"kind": "agenda", "gaps": False, "overlaps": False, "days": days}

    def brief(self) -> Node:
        def part(name: str) -> contextlib.AbstractContextManager[None]:
            return self.within(Gate(2, part=name))

        with part("objective"):
            objective = self.mere("part", self.words.sentence())
            node: Node = {"kind": "brief", "marking": "RESTRICTED", "objective": objective}
        with self.within(Gate(part="points")):
            node["points"] = self.points()[0]["points"]
        with self.within(Gate(part="if_raised")):
            node["if_raised"] = self.questions()[0]["questions"]
        with part("their_objectives"):
            node["their_objectives"] = [self.mere("part", self.words.sentence()) for _ in range(2)]
        with part("red_lines"):
            node["red_lines"] = [self.mere("part", self.words.sentence()) for _ in range(2)]
        with self.within(Gate(part="background")):
            node["background"] = {"use_freely": [*self.text(), *self.numbered()]}
        with part("background_not_for_use"):
            node["background"]["not_for_use"] = self.mere("part", self.words.sentence())
        with part("recent"):
            node["recent"] = self.mere("part", self.words.sentence())
        with part("contact"):
            name, cleared = self.words.name(), self.words.name()
            self.mere("contact", f"{self._mail(name)}")
            node["contact"] = {"name": name, "email": self._mail(name), "cleared_by": cleared}
        return node

    def people(self) -> Node:
        people = []
        for _ in range(8):
            name = f"{self.words.name()}-{self.words.name().split()[1]}"
            node: Node = {
                "name": name,
                "office": self.words.clause(),
                "last_met": f"{self.words.place()}, at the margins of the {self.words.thing()}",
                "text": self.words.sentence(),
            }
            alt = f"Portrait of {name} in front of the {self.words.thing()}"
            if self.rng.random() < 0.5:
                node |= {"portrait": self.picture(), "alt": alt}
            self.portion("person", node, name, node["office"], node["last_met"], node["text"])
            if "portrait" in node:
                self.pictures[node["portrait"]] = self.portions[-1].gate
            people.append(node)
        return {"kind": "biographies", "people": people}

    def contacts(self) -> Node:
        contacts, movements = [], []
        for _ in range(10):
            name = self.words.name()
            node: Node = {
                "name": name,
                "role": self.words.thing(),
                "phone": self._phone(),
                "email": self._mail(name),
            }
            contacts.append(self.portion("contact row", node, node["role"], node["phone"], node["email"]))
        for hour in range(10):
            node = {
                "date": "2025-04-03",
                "time": f"{hour + 8:02}:10",
                "what": self.words.clause(),
                "from": f"the {self.words.thing()}",
                "to": self.words.place(),
                "vehicle": f"Car {hour}",
            }
            movements.append(self.portion("movement", node, node["what"], node["from"]))
        return {"kind": "contacts", "movements": movements, "contacts": contacts}

    def distribution(self) -> Node:
        recipients = []
        for _ in range(12):
            node: Node = {
                "recipient": f"{self.words.name()}, {self._mail(self.words.name())}",
                "organisation": f"Bureau of the {self.words.thing()}",
            }
            recipients.append(self.portion("recipient", node, node["recipient"], node["organisation"]))
        return {"kind": "distribution", "recipients": recipients}

    def answers(self) -> Node:
        questions = []
        for _ in range(10):
            node: Node = {"question": f"What of the {self.words.thing()}?", "answer": self.say(2)}
            questions.append(self.portion("answer", node, node["question"], node["answer"]))
        return {"kind": "qa", "questions": questions}

    def statement(self) -> Node:
        return {"kind": "statement", "paragraphs": self.numbered()[0]["numbered"]}

    def read_ahead(self) -> Node:
        objectives, attendees = [], []
        for _ in range(3):
            text = self.say()
            objectives.append(self.portion("objective", {"text": text}, text))
            node: Node = {
                "name": self.words.name(),
                "office": self.words.clause(),
                "why": self.words.clause(),
            }
            attendees.append(self.portion("attendee", node, node["office"], node["why"]))
        with self.within(Gate(2)):
            purpose = self.mere("part", self.words.sentence())
        return {
            "kind": "read-ahead",
            "purpose": purpose,
            "objectives": objectives,
            "attendees": attendees,
        }

    def speech(self) -> Node:
        spoken = []
        for _ in range(8):
            text = self.say()
            spoken.append(self.portion("spoken", {"text": text}, text))
        return {"kind": "speaking-note", "speech": spoken}

    def steering(self) -> Node:
        parts: Node = {"kind": "steering"}
        for key in ("objectives", "risks"):
            parts[key] = []
            for _ in range(5):
                text = self.say()
                parts[key].append(self.portion(key, {"text": text}, text))
        return parts

    def shown(self) -> Node:
        """Its source is printed at its end, for those who get all of it."""
        self.entries[self.file] = {"show": True}
        return {"blocks": [*self.text(), *self.text()]}

    def changes(self) -> Node:
        changes = []
        for _ in range(8):
            text = self.words.sentence()
            changes.append(self.portion("change", {"what": text}, text))
        return {"kind": "changes", "changes": changes}

    def abbreviations(self) -> Node:
        used = f"Of {', '.join(_SHORT)} nothing is said here but that they met."
        return {
            "title": "Abbreviations",
            "kind": "abbreviations",
            "blocks": [{"text": used, "marking": "PUBLIC"}],
        }

    def lists(self) -> Node:
        return {"title": "Figures and tables", "kind": "lists"}

    # ----------------------------------------------------------------------- blocks

    def text(self) -> list[Any]:
        blocks: list[Any] = []
        for _ in range(3):
            text = self.say(3)
            note = None
            if self.rng.random() < 0.25:
                note = self.words.sentence()
            node: Node = {"text": text if note is None else f"{text}^[{note}]"}
            blocks.append(self.portion("text", node, text, *([] if note is None else [note])))
        return blocks

    def headed(self) -> list[Any]:
        heading = f"How {self.words.clause()[0].lower()}{self.words.clause()[1:]}"
        text = self.say(2)
        return [
            self.portion("heading", {"heading": heading}, heading),
            self.portion("text", {"text": text}, text),
            self.portion("text", {"text": (second := self.say(2))}, second),
        ]

    def items(self, depth: int = 0) -> list[Any]:
        made = []
        for _ in range(3 if depth else 5):
            text = self.say()
            node = self.portion("item", {"text": text}, text)
            if depth < 2 and self.rng.random() < 0.3:
                with self.inside(node):
                    node["items"] = self.items(depth + 1)
            made.append(node)
        return made

    def list(self) -> list[Any]:
        return [{"list": self.items(), "style": self.rng.choice(("bullets", "dashes", "numbers"))}]

    def numbered(self) -> list[Any]:
        made = []
        for _ in range(4):
            text = self.say(2)
            node = self.portion("numbered", {"text": text}, text)
            if self.rng.random() < 0.4:
                with self.inside(node):
                    inner = self.say()
                    node["items"] = [self.portion("inner numbered", {"text": inner}, inner)]
            made.append(node)
        return [{"numbered": made}]

    def table(self) -> list[Any]:
        rows: list[Any] = []
        for number in range(8):
            cells = [self.words.title(), self.words.clause(), self.words.number()]
            kind = "group" if number in (0, 4) else "total" if number == 7 else "cells"
            if kind == "group":
                heading = f"Group of the {self.words.thing()}"
                rows.append(self.portion("row group", {"group": heading}, heading))
            else:
                rows.append(self.portion("total" if kind == "total" else "row", {kind: cells}, *cells[:2]))
        caption = self.open(self.words.title())
        table = {"columns": ["Matter", "State of play", "Million"], "rows": rows, "caption": caption}
        return [_open({"table": table})]

    def whole_table(self) -> list[Any]:
        """Marked as a whole: caption, heads, notes and source go with it."""
        heads = [self.words.title(), self.words.title()]
        note, source, caption = self.words.sentence(), self.words.sentence(), self.words.title()
        cells = [self.words.clause(), self.words.clause()]
        table: Node = {
            "columns": heads,
            "rows": [[f"{cells[0]} ^a^", cells[1]]],
            "notes": {"a": note},
            "caption": caption,
            "source": source,
        }
        return [self.portion("table", {"table": table}, *heads, note, source, caption, *cells)]

    def matrix(self) -> list[Any]:
        rows = []
        for _ in range(4):
            node: Node = {"head": self.words.thing(), "cells": [self.words.clause(), self.words.thing()]}
            rows.append(self.portion("matrix row", node, node["head"], *node["cells"]))
        matrix = {"corner": "Who", "columns": ["Position", "Interest"], "rows": rows}
        return [_open({"matrix": matrix})]

    def timeline(self) -> list[Any]:
        entries = []
        for number in range(5):
            text = self.say()
            entries.append(self.portion("entry", {"date": f"2025-0{number + 1}-03", "text": text}, text))
        return [_open({"timeline": entries})]

    def picture(self) -> str:
        name = f"pictures/seen-{len(self.pictures):03}.png"
        self.pictures[name] = Gate()
        return name

    def image(self) -> list[Any]:
        alt = f"A photograph of {self.words.clause().lower()}"
        caption, credit = self.words.sentence(), f"{self.words.name()} for the {self.words.thing()}"
        node: Node = {"image": self.picture(), "alt": alt, "caption": caption, "credit": credit}
        self.portion("image", node, alt, caption, credit)
        self.pictures[node["image"]] = self.portions[-1].gate
        return [node]

    def callout(self) -> list[Any]:
        text, title, inner = self.say(2), self.words.title(), self.say()
        node = self.portion("callout", {"callout": text, "title": title}, text, title)
        with self.inside(node):
            # The text of a box is marked as the whole of it, so that what is in it besides is no higher.
            node["blocks"] = [self.portion("in a box", {"text": inner}, inner, level=0)]
        return [node]

    def code(self) -> list[Any]:
        lines = [self.words.clause(), self.words.clause()]
        return [self.portion("code", {"code": "\n".join(lines)}, *lines)]

    def example(self) -> list[Any]:
        text = self.words.sentence()
        return [self.portion("example", {"example": [text]}, text)]

    def day(self) -> list[Any]:
        items = []
        for hour in range(9, 13):
            node: Node = {"time": f"{hour:02}:30", "item": self.words.title(), "detail": self.words.clause()}
            items.append(self.portion("agenda item", node, node["item"], node["detail"]))
        return [_open({"agenda": {"date": "2025-04-05", "items": items, "gaps": False, "overlaps": False}})]

    def points(self) -> list[Any]:
        groups: list[Any] = []
        for _ in range(2):
            to = f"the {self.words.thing()}"
            group = self.portion("points", {"to": to}, to)
            with self.inside(group):
                group["points"] = []
                for _ in range(3):
                    text = self.say()
                    group["points"].append(self.portion("point", {"text": text}, text))
            groups.append(group)
        return [{"points": groups}]

    def questions(self) -> list[Any]:
        pairs = []
        for _ in range(3):
            node: Node = {"question": f"Why is it that {self.words.clause().lower()}?", "line": self.say(2)}
            pairs.append(self.portion("if raised", node, node["question"], node["line"]))
        return [{"questions": pairs}]

    def facts(self) -> list[Any]:
        facts = []
        for _ in range(4):
            node: Node = {"label": self.words.thing(), "text": self.say()}
            facts.append(self.portion("fact", node, node["label"], node["text"]))
        return [_open({"facts": facts, "title": "Facts"})]

    def key_figures(self) -> list[Any]:
        figures = []
        for _ in range(3):
            node: Node = {"value": f"{self.words.number()} million", "label": self.words.thing()}
            figures.append(self.portion("key figure", node, node["label"]))
        return [_open({"key_figures": figures, "source": "Desks."})]

    def quote(self) -> list[Any]:
        text, by, source = self.words.sentence(), self.words.name(), f"Letter on the {self.words.thing()}"
        return [self.portion("quote", {"quote": text, "by": by, "source": source}, text, source)]

    def definitions(self) -> list[Any]:
        entries = []
        for _ in range(3):
            node: Node = {"term": self.words.thing(), "text": self.say()}
            entries.append(self.portion("definition", node, node["term"], node["text"]))
        return [{"definitions": entries}]

    def signatures(self) -> list[Any]:
        made = []
        for _ in range(3):
            node: Node = {"name": self.words.name(), "office": self.words.clause()}
            made.append(self.portion("signature", node, node["office"]))
        return [{"signatures": made}]

    def clearance(self) -> list[Any]:
        steps = []
        for word in ("drafted", "cleared", "approved"):
            name = self.words.name()
            node: Node = {
                word: f"{name}, {self.words.thing()}",
                "contact": self._mail(name),
                "date": "2025-04-01",
            }
            steps.append(self.portion("step", node, node[word], node["contact"]))
        return [{"clearance": steps}]

    def beside(self) -> list[Any]:
        alt, text = f"A photograph of {self.words.clause().lower()}", self.say(2)
        beside: Node = {"image": self.picture(), "alt": alt, "blocks": [text]}
        node = self.portion("beside", {"beside": beside}, alt, text)
        self.pictures[beside["image"]] = self.portions[-1].gate
        return [node]

    def arranged(self) -> list[Any]:
        """Paragraphs in columns, on a page on its side, kept together."""
        made: list[Any] = []
        for kind in ("columns", "landscape", "keep"):
            blocks = []
            for _ in range(3):
                text = self.say(2)
                blocks.append(self.portion(f"in {kind}", {"text": text}, text))
            made.append({kind: blocks})
        return made

    def chart(self) -> list[Any]:
        """A chart with a public caption, of which some series are withheld."""
        series = []
        for _ in range(4):
            name = f"{self.words.thing()}"
            values = [self.rng.randint(1000, 9999) / 10 for _ in range(3)]
            series.append(self.portion("series", {"name": name, "values": values}, name))
        chart = {"chart": "bar", "categories": ["2023", "2024", "2025"], "series": series, "source": "Desks."}
        return [_open({**chart, "caption": self.open(self.words.title())})]

    def code_to_scan(self) -> list[Any]:
        words = self.words.thing().encode("ascii", "ignore").decode().lower().split()
        address = f"https://www.example.org/{'-'.join(words)}"
        caption = self.words.sentence()
        return [self.portion("QR code", {"qr": address, "caption": caption}, caption, address)]

    # ----------------------------------------------------------------------- what stands in pack.yaml

    def glossary(self) -> Node:
        self.file = "pack.yaml"
        made = {}
        for short in _SHORT:
            node: Node = {"long": self.words.title(), "explanation": self.words.sentence()}
            made[short] = self.portion("abbreviation", node, node["long"], node["explanation"])
        return made

    def annexes(self, folder: Path) -> Iterator[Node]:
        self.file = "pack.yaml"
        for number, level in enumerate((0, 1, 2, 2)):
            name = f"annexes/{('open', 'inner', 'hidden', 'buried')[number]}-{number}.pdf"
            lines = [text.encode("ascii", "ignore").decode() for text in several(self.words, 12)]
            _write_pdf(folder / name, lines)
            title = self.words.title()
            node: Node = {"file": name, "title": title, "source": f"Desk of the {self.words.thing()}"}
            yield self.portion("annex", node, title, node["source"], level=level)
            self.portions.append(Portion("annex text", tuple(lines), self.portions[-1].gate, name))

    @staticmethod
    def _mail(name: str) -> str:
        plain = name.encode("ascii", "ignore").decode().lower().replace(" ", ".")
        return f"{plain}@mea.example"

    def _phone(self) -> str:
        return f"+47 {self.rng.randint(100, 999)} {self.rng.randint(10, 99)} {self.rng.randint(100, 999)}"


def _written(level: int, releasable: Iterable[str] | None, caveats: Iterable[str]) -> Any:
    """A marking, taken apart; in short where it is but a level."""
    marking: Node = {"level": LEVELS[level]}
    if releasable is not None:
        marking["releasable"] = sorted(releasable)
    if caveats:
        marking["caveats"] = sorted(caveats)
    return marking if len(marking) > 1 else LEVELS[level]


_Marking: TypeAlias = tuple[int, frozenset[str] | None, frozenset[str]]


def _read(marking: Any) -> _Marking:
    """A marking as _written and _banner write it."""
    if isinstance(marking, str):
        words, *caveats = marking.split(" - ")
        level, _, groups = words.partition(" for ")
        releasable = frozenset(groups.replace("nobody", "").split(", ")) - {""} if groups else None
        return LEVELS.index(level), releasable, frozenset(caveats)
    releasable = marking.get("releasable")
    return (
        LEVELS.index(marking["level"]),
        None if releasable is None else frozenset(releasable),
        frozenset(marking.get("caveats", ())),
    )


def _joined(markings: Iterable[_Marking]) -> _Marking:
    level, releasable, caveats = 0, None, frozenset[str]()
    for each in markings:
        level = max(level, each[0])
        caveats |= each[2]
        if each[1] is not None:
            releasable = each[1] if releasable is None else releasable & each[1]
    return level, releasable, caveats


def _banner(marking: _Marking) -> str:
    level, releasable, caveats = marking
    given = "" if releasable is None else f" for {', '.join(sorted(releasable)) or 'nobody'}"
    # As the policy orders them.
    return " - ".join((LEVELS[level] + given, *sorted(caveats, reverse=True)))


def _raise(node: Any) -> _Marking:
    """Mark everything as high as what is in it, and the words of its own as they were. Gives the marking of it all."""
    if isinstance(node, list):
        return _joined([_raise(each) for each in node])
    if not isinstance(node, dict):
        return _joined([])
    inside = _joined([_raise(value) for key, value in node.items() if "marking" not in key])
    if "marking" not in node:
        return inside
    own = _read(node["marking"])
    whole = _joined([own, inside])
    if whole != own:
        node["default_marking"] = node["marking"]
        node["marking"] = _banner(whole)
    return whole


def _open(node: Node) -> Node:
    """The node as it is, with words of its own that everybody may read and all sorts of things in it."""
    return {**node, "marking": LEVELS[-1], "title_marking": LEVELS[0]}


def _write_pdf(path: Path, lines: Iterable[str]) -> None:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 9)
    for number, line in enumerate(lines):
        for row, words in enumerate((line[:100], line[100:])):
            canvas.drawString(50, 780 - 50 * number - 12 * row, words)
    canvas.showPage()
    canvas.save()


_BLOCKS: tuple[Callable[[_Maker], list[Any]], ...] = (
    _Maker.text,
    _Maker.headed,
    _Maker.list,
    _Maker.numbered,
    _Maker.table,
    _Maker.whole_table,
    _Maker.matrix,
    _Maker.timeline,
    _Maker.image,
    _Maker.callout,
    _Maker.code,
    _Maker.example,
    _Maker.day,
    _Maker.points,
    _Maker.questions,
    _Maker.facts,
    _Maker.key_figures,
    _Maker.quote,
    _Maker.definitions,
    _Maker.signatures,
    _Maker.clearance,
    _Maker.beside,
    _Maker.arranged,
    _Maker.chart,
    _Maker.code_to_scan,
)
