"""Makes packs at random from the whole vocabulary: every block and kind of section, nested wherever that is allowed, in odd orders.

The same seed makes the same pack. Nothing in a pack is wrong: whatever a build says against it is a fault of the build. Files are
written as JSON, which is YAML, so that no text needs care.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from briefpack.pack import SectionKind
from tests.packs.torture_maker import CYRILLIC, FRENCH, GREEK, LATIN, NARROW, ROOT
from tests.samples import picture
from tests.samples import prose as sentences

Node: TypeAlias = dict[str, Any]

STYLES = ("base", "minister", "delegation", "staff", "press", "narrow")
READERS = ("reader", "other")
"""The audiences; the first gets all that has the tag "more"."""

GLOSSARY = {
    "KFOR": "Kosovo Force",
    "NMI": {"long": "NATO Mission Iraq", "explanation": "Trains and *advises*."},
    "OSCE": "Organization for Security and Co-operation in Europe",
    "MOU": {"long": "memorandum of understanding", "plural": "memoranda of understanding"},
}
ODD = (
    "& < > \" ' / %s {title} \\*",
    "3. April",
    "- 5 %",
    "1 000 km² ± 0.5 °C — “so” …",
    "naïve café ﬁn Straße ẞ",
    "A--B---C 'quoted' \"twice\"",
    "non-breaking hy\u2011phen, soft\u00adhyphen, zero\u200bwidth",
    "2025-04-03 and 2024-12-31",
    "€ 4.5 bn; £3; 50 %; No. 7; 1st 2nd 3rd",
    "x^2^ + H~2~O",
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    "antidisestablishmentarianism-and-counter-intelligence/cooperation-and-so-on_without_any_space",
    "a",
    "?",
    "Hello! World;  two  spaces",
    "'",
    "#hash [not a link] (see) ]]",
    "e\u0301 combining",
    "www.example.org/a/very/long/path?with=query&and=more#fragment-of-some-length",
)
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><rect width="200" height="80" fill="#8899aa"/>'
    '<circle cx="40" cy="40" r="30" fill="none" stroke="#223344" stroke-width="4"/><path d="M80 10 L190 70 Z" stroke="#000"/></svg>'
)

# Where blocks stand; what may not stand there is left out, as the reader of packs would refuse it.
_TIGHT = frozenset({"box", "beside", "item", "cell"})


def write_odd(root: Path, seed: int, *, sections: int = 4) -> Path:
    """Write a project into root and give the folder of its pack. sections: how many there are besides the lists."""
    folder = root / "sources" / "odd"
    (folder / "sections").mkdir(parents=True)
    shutil.copytree(ROOT / "styles", root / "styles", dirs_exist_ok=True)
    (root / "styles" / "narrow.yaml").write_text(NARROW, encoding="utf-8")
    for name, size in (("wide", (600, 90)), ("tall", (90, 700)), ("dot", (8, 8))):
        (folder / f"{name}.png").write_bytes(picture(*size).content)
    (folder / "drawing.svg").write_text(_SVG, encoding="utf-8")
    (folder / "table.csv").write_text(
        'Line,2023,2024\nTravel,118.5,121\n"Docu, ments",9.8,\nAll ^a^,-3,1e3\n', encoding="utf-8"
    )
    (folder / "chart.csv").write_text(
        "Year;North;South\n2019;2.1;1.4\n2020;;1.5\n2021;2.6;\n", encoding="utf-8"
    )
    made = _Maker(random.Random(seed)).sections(sections)
    names = []
    for number, section in enumerate(made):
        name = f"sections/{number:02}-s{number}.yaml"
        (folder / name).write_text(json.dumps(section, ensure_ascii=False, indent=1), encoding="utf-8")
        names.append(name)
    rng = random.Random(seed)
    first, other = rng.choice(STYLES), rng.choice(STYLES)
    pack = {
        "title": "Odd & <b>orders</b>",
        "language": rng.choice(("en", "en", "en-GB", "fr")),
        "as_of": "2025-04-02 18:00",
        "marking": "SPECIMEN",
        "glossary": GLOSSARY,
        "sections": names,
        "audiences": {READERS[0]: {"style": first}, READERS[1]: {"style": other, "tags": ["some"]}},
    }
    (folder / "pack.yaml").write_text(json.dumps(pack, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def prose(rng: random.Random, words: int) -> str:
    """So many words, in sentences."""
    return " ".join(sentences(rng, words // 8 + 1).split()[:words])


class _Maker:
    """ids: names that can be referred to. notes: of the section at hand. budget: blocks that may still be made."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.ids: list[str] = []
        self.notes: dict[str, str] = {}
        self.count = 0
        self.budget = 0

    # ----------------------------------------------------------------------- sections

    def sections(self, number: int) -> list[Node]:
        kinds = [self.rng.choice(list(SectionKind)) for _ in range(number)]
        plain = [SectionKind.PLAIN, *kinds]
        self.rng.shuffle(plain)
        made: list[Node] = []
        for kind in plain:
            # Of these, one is enough.
            if kind in (SectionKind.ABBREVIATIONS, SectionKind.LISTS) and any(
                each.get("kind") == kind.value for each in made
            ):
                continue
            made.append(self.section(kind))
        return made

    def section(self, kind: SectionKind) -> Node:
        self.notes = {}
        self.budget = 22
        name = f"sec-{self.count}"
        self.count += 1
        node: Node = {"title": self.line(), "id": name}
        if kind is not SectionKind.PLAIN or self.some(0.3):
            node["kind"] = kind.value
        self.maybe(node, 0.3, lead=lambda: "The Desk", cleared=lambda: "2025-04-01", note=self.line)
        self.maybe(node, 0.2, language=lambda: self.rng.choice(("fr", "fr-BE", "en", "el")))
        self.maybe(node, 0.1, landscape=lambda: True)
        if limited := self.some(0.1):
            node["tags"] = ["more"]
        node |= self.parts(kind)
        if kind is SectionKind.PLAIN or self.some(0.4):
            node["blocks"] = self.blocks((), 1, 9)
        if self.notes:
            node["notes"] = self.notes
        bare = kind in (SectionKind.PLAIN, SectionKind.CHANGES)
        all_limited = bare and all("tags" in block for block in node.get("blocks", ()))
        if not limited and not all_limited:
            self.ids.append(name)
        return node

    def parts(self, kind: SectionKind) -> Node:
        some, text, line = self.some, self.text, self.line
        node: Node = {}
        match kind:
            case SectionKind.AGENDA:
                node["days"] = [self.day(number) for number in range(self.rng.randint(1, 3))]
                node["gaps"] = False
                node["overlaps"] = False
                self.maybe(node, 0.5, timetable=lambda: True, numbered=lambda: True)
                if some(0.4):
                    node["zones"] = {"meeting": "Brussels", "home": {"zone": "Asia/Tokyo", "name": "Tōkyō"}}
            case SectionKind.BRIEF:
                self.maybe(
                    node,
                    0.6,
                    objective=text,
                    points=self.points,
                    if_raised=lambda: self.several(self.question),
                    their_objectives=self.items_or_text,
                    red_lines=self.items_or_text,
                    background=self.background,
                    recent=self.prose,
                    contact=lambda: {
                        "name": line(),
                        "phone": "+00",
                        "email": "a@b.example",
                        "date": "2025-04-01",
                    },
                )
            case SectionKind.READ_AHEAD:
                node |= {"purpose": text(), "objectives": self.several(line, 3)}
                self.maybe(
                    node, 0.6, attendees=self.attendees, background=self.background, points=self.points
                )
            case SectionKind.SPEAKING_NOTE:
                node["speech"] = self.several(
                    lambda: text(1) if some(0.6) else {"text": text(1), **self.named()}
                )
                self.maybe(node, 0.3, words_per_minute=lambda: 120)
            case SectionKind.BIOGRAPHIES:
                node["people"] = self.several(self.person, 4)
            case SectionKind.QA:
                self.maybe(node, 0.5, press_line=text)
                node["questions"] = self.several(
                    lambda: (
                        self.answer()
                        if some(0.5)
                        else {"topic": line(), "questions": self.several(self.answer, 3)}
                    )
                )
            case SectionKind.STATEMENT:
                self.maybe(node, 0.5, preamble=self.prose)
                node["paragraphs"] = self.several(self.numbered_item)
            case SectionKind.CONTACTS:
                self.maybe(node, 0.5, seating=self.prose)
                if some(0.6):
                    node["movements"] = [
                        {
                            "date": f"2025-04-{3 + n // 3:02}",
                            "time": f"{8 + n}:15",
                            "what": line(),
                            "from": line(),
                            "vehicle": "Car",
                        }
                        for n in range(self.rng.randint(1, 6))
                    ]
                node["contacts"] = self.several(
                    lambda: {"name": line(), "role": line(), "phone": "+00 000", "email": "desk@mea.example"}
                )
            case SectionKind.STEERING:
                node["objectives"] = self.several(line, 5)
                self.maybe(node, 0.5, risks=self.items_or_text, who_to_see=self.attendees, points=self.points)
            case SectionKind.DISTRIBUTION:
                node["recipients"] = self.several(
                    lambda: {"recipient": line(), "organisation": line(), "copies": self.rng.randint(1, 4)}
                )
                self.maybe(node, 0.5, handling=self.prose)
            case SectionKind.CHANGES:
                node["changes"] = self.several(
                    lambda: (
                        {"what": line(), "date": "2025-04-01"}
                        | ({"section": self.rng.choice(self.ids)} if self.ids else {})
                    )
                )
            case SectionKind.LISTS:
                self.maybe(node, 0.3, show=lambda: self.rng.choice(("figures", ["figures", "tables"])))
            case SectionKind.PLAIN | SectionKind.ABBREVIATIONS:
                pass
        return node

    def day(self, number: int) -> Node:
        at = 7 * 60
        items = []
        for _ in range(self.rng.randint(1, 5)):
            at += self.rng.randint(0, 180)
            item: Node = {"time": f"{at // 60 % 24:02}:{at % 60:02}", "item": self.line()}
            at += 60
            self.maybe(item, 0.4, duration=lambda: "45 min", detail=self.line, lead=self.line, room=self.line)
            self.maybe(
                item,
                0.3,
                participants=self.line,
                press=lambda: self.rng.choice(("open", "closed", "at the end")),
            )
            self.maybe(item, 0.3, role=lambda: self.rng.choice(("speak", "listen", "chair", "co-chairs")))
            if self.ids and self.some(0.3):
                item["brief"] = self.rng.choice([each for each in self.ids if each.startswith("sec")])
            if at >= 23 * 60:
                break
            items.append(item)
        return {"date": f"2025-04-{3 + number:02}", "items": items or [{"time": "", "item": self.line()}]}

    def person(self) -> Node:
        node: Node = {"name": self.line()}
        self.maybe(
            node, 0.5, office=self.line, pronunciation=self.line, languages=lambda: ["English", "français"]
        )
        self.maybe(node, 0.5, last_met=self.line, text=self.text)
        if self.some(0.5):
            node |= {
                "portrait": self.rng.choice(("tall.png", "dot.png", "wide.png")),
                "alt": "A portrait of somebody.",
            }
        return node | self.named(0.2)

    def attendees(self) -> list[Any]:
        return self.several(
            lambda: (
                self.line()
                if self.some(0.5)
                else {
                    "name": self.line(),
                    "office": self.line(),
                    "pronunciation": "NO-body",
                    "why": self.line(),
                }
            )
        )

    def points(self, inside: tuple[str, ...] = ()) -> list[Any]:
        def group() -> Any:
            if self.some(0.5):
                return self.point(inside)
            node: Node = {"points": self.several(lambda: self.point(inside), 3)}
            self.maybe(node, 0.8, to=self.line)
            return node

        return self.several(group)

    def point(self, inside: tuple[str, ...]) -> Any:
        if self.some(0.4):
            return self.text(1)
        node: Node = {"text": self.text(1)}
        self.maybe(
            node, 0.4, priority=lambda: self.rng.choice(("high", "low")), items=lambda: self.items(1, inside)
        )
        if self.some(0.3):
            node["blocks"] = self.blocks((*inside, "item"), 1, 2)
        return node | self.named(0.2)

    def question(self) -> Node:
        return {"question": self.line(), "line": self.text()}

    def answer(self) -> Node:
        return {"question": self.line(), "answer": self.text()}

    def background(self) -> Any:
        if self.some(0.5):
            return self.prose()
        node: Node = {}
        self.maybe(node, 0.8, use_freely=self.prose, not_for_use=self.prose)
        return node or self.text()

    def prose(self) -> Any:
        return self.text() if self.some(0.5) else self.blocks((), 1, 3)

    def items_or_text(self) -> Any:
        return self.text() if self.some(0.4) else self.items(0)

    # ----------------------------------------------------------------------- blocks

    def blocks(self, inside: tuple[str, ...], least: int, most: int) -> list[Any]:
        """Blocks that may stand inside others. inside: what they stand in, from the outermost."""
        made = []
        for _ in range(self.rng.randint(least, most)):
            self.budget -= 1
            made.append(self.block(inside) if self.budget > 0 else self.text(1))
        return made

    def block(self, inside: tuple[str, ...]) -> Any:
        if self.some(0.15):
            return self.text()
        kinds = [kind for kind in _KINDS if _may_stand(kind, inside)]
        kind = self.rng.choice(kinds)
        node = _KINDS[kind](self, inside)
        if kind not in ("page_break", "column_break", "example"):
            node |= self.named(0.25)
        if self.some(0.08):
            node["tags"] = ["more"]
        return node

    def items(self, depth: int, inside: tuple[str, ...] = ()) -> list[Any]:
        def item() -> Any:
            if self.some(0.6) or depth > 3:
                return self.text(1)
            node: Node = {"text": self.text(1)}
            if self.some(0.5):
                node["items"] = self.items(depth + 1, inside)
            if self.some(0.4):
                node["blocks"] = self.blocks((*inside, "item"), 1, 2)
            return node | self.named(0.2)

        return self.several(item)

    def numbered_item(self, depth: int = 0) -> Any:
        if self.some(0.6) or depth > 1:
            return self.text(1)
        node: Node = {"text": self.text(1)}
        if self.some(0.6):
            node["items"] = self.several(lambda: self.numbered_item(depth + 1))
        return node | self.named(0.2)

    def table(self, inside: tuple[str, ...]) -> Node:
        table: Node = {}
        if self.some(0.15):
            table["csv"] = "table.csv"
            table["notes"] = {"a": self.running(12, notes=False)}
            return {"table": table}
        width = self.rng.choice((1, 2, 3, 3, 4, 6, 9))
        columns = []
        for number in range(width):
            column: Node = {"title": self.line()}
            self.maybe(column, 0.2, align=lambda: self.rng.choice(("centre", "right", "decimal")))
            if number == 0 and self.some(0.4):
                column["heads"] = True
            if number and self.some(0.3):
                column["group"] = "Together"
            columns.append(column if self.some(0.6) else self.line())
        table["columns"] = columns
        rows: list[Any] = []
        for _ in range(self.rng.choice((0, 1, 2, 3, 5, 12, 40 if self.some(0.2) else 4))):
            if self.some(0.1):
                rows.append({"group": self.line()})
            elif self.some(0.08):
                rows.append({"total": [self.cell(inside) for _ in range(width)]})
            elif width > 2 and self.some(0.15):
                rows.append(
                    [{"text": self.line(), "columns": 2}, *(self.cell(inside) for _ in range(width - 2))]
                )
            elif width > 1 and self.some(0.15):
                rows.append(
                    [{"text": self.text(1), "rows": 2}, *(self.cell(inside) for _ in range(width - 1))]
                )
                rows.append([self.cell(inside) for _ in range(width - 1)])
            else:
                rows.append([self.cell(inside) for _ in range(width)])
        table["rows"] = rows
        self.maybe(table, 0.4, caption=self.line, source=self.line, as_of=lambda: "2025-03-01")
        if self.some(0.2):
            table["notes"] = {"a": self.running(12, notes=False), "*": self.line()}
        return {"table": table}

    def cell(self, inside: tuple[str, ...]) -> Any:
        kind = self.rng.random()
        if kind < 0.1:
            return ""
        if kind < 0.3:
            return f"{self.rng.uniform(-2000, 2000):.{self.rng.randint(0, 3)}f}"
        if kind < 0.9:
            return self.line() if self.some(0.7) else self.text()
        node: Node = {"text": self.line(), "align": self.rng.choice(("left", "right", "centre"))}
        if self.some(0.6):
            node["blocks"] = self.blocks((*inside, "cell"), 1, 2)
        return node

    def matrix(self) -> Node:
        topics = self.several(self.line, 4)
        rows = self.several(
            lambda: {"head": self.line(), "cells": [self.line() if self.some(0.8) else "" for _ in topics]}
        )
        node: Node = {"matrix": {"columns": topics, "rows": rows}}
        if self.some(0.5):
            node["matrix"]["corner"] = self.line()
        self.maybe(node, 0.4, caption=self.line, source=self.line)
        return node

    def timeline(self) -> Node:
        entries: list[Node] = []
        for number in range(self.rng.randint(1, 6)):
            entry: Node = {"text": self.text(1)}
            if self.some(0.2):
                entry["when"] = self.line()
            else:
                entry["date"] = f"2025-0{1 + number}-03"
                self.maybe(entry, 0.3, until=lambda number=number: f"2025-0{1 + number}-09")
            entries.append(entry)
        node: Node = {"timeline": entries}
        self.maybe(node, 0.4, caption=self.line, source=self.line, as_of=lambda: "2025-03-01")
        return node

    def image(self, *, width: bool = True) -> Node:
        node: Node = {
            "image": self.rng.choice(("wide.png", "tall.png", "dot.png", "drawing.svg")),
            "alt": "What is to be seen here.",
        }
        self.maybe(node, 0.4, caption=self.line, credit=self.line, source=self.line)
        if width:
            self.maybe(node, 0.3, width=lambda: self.rng.choice(("10%", "60%", "100%")))
        return node

    def chart(self) -> Node:
        kind = self.rng.choice(("bar", "line", "area", "pie", "donut"))
        node: Node = {"chart": kind}
        round_ = kind in ("pie", "donut")
        if round_ or self.some(0.2):
            names = [f"{word} {n}" for n, word in enumerate(prose(self.rng, self.rng.randint(2, 7)).split())]
            node["values"] = {name: round(self.rng.uniform(0.5, 90), 1) for name in names}
        elif self.some(0.15):
            node |= {"csv": "chart.csv", "delimiter": ";"}
        else:
            categories = [
                f"{word} {n}" for n, word in enumerate(prose(self.rng, self.rng.randint(2, 9)).split())
            ]
            low = 0.0 if kind == "area" else -20.0
            node["categories"] = categories
            node["series"] = {
                f"Series {n}": [
                    None
                    if number and self.some(0.05) and kind != "area"
                    else round(self.rng.uniform(low, 90), 1)
                    for number, _ in enumerate(categories)
                ]
                for n in range(self.rng.randint(1, 4))
            }
            if kind in ("bar", "area") and self.some(0.4):
                node["stacked"] = True
        if kind == "bar" and self.some(0.4):
            node["horizontal"] = True
        self.maybe(node, 0.5, caption=self.line, source=self.line, unit=lambda: "% of GDP & more")
        self.maybe(node, 0.3, labels=lambda: True, width=lambda: "50%", height=lambda: "40%")
        return node

    # ----------------------------------------------------------------------- words

    def line(self, *, notes: bool = False) -> str:
        """One paragraph, mostly short."""
        kind = self.rng.random()
        if kind < 0.2:
            return self.rng.choice(ODD)
        if kind < 0.75:
            return prose(self.rng, self.rng.randint(1, 6)).rstrip(".").strip() or "Word"
        return self.running(self.rng.randint(1, 14), notes=notes)

    def noted(self) -> str:
        """The same, and a note may stand in it."""
        return self.line(notes=True)

    def text(self, most: int = 3) -> str:
        """Paragraphs of Markdown. most: how many."""
        if self.some(0.04):
            return self.rng.choice((FRENCH, GREEK, CYRILLIC, LATIN))
        made = [self.running(self.rng.choice((3, 12, 30, 80))) for _ in range(self.rng.randint(1, most))]
        if most > 1 and self.some(0.1):
            made.append("- one\n- two\n  - two and a half\n\n  more of it\n\n3. three\n4. four")
        if most > 1 and self.some(0.02):
            made.append(prose(self.rng, 700))
        return "\n\n".join(made)

    def running(self, words: int, *, notes: bool = True) -> str:
        made = prose(self.rng, words).split()
        for _ in range(self.rng.randint(0, 2)):
            made.insert(self.rng.randint(0, len(made)), self.piece() if notes else "plain")
        # Nothing at the beginning of a line may look like a block to Markdown.
        return " ".join(["So", *made])

    def piece(self) -> str:
        rng = self.rng
        match rng.randint(0, 12):
            case 0:
                return "**strong and *emphatic* words**"
            case 1:
                return "[the example](https://www.example.org/a?b=c)"
            case 2:
                return "[bien « entendu » : oui !]{lang=fr}"
            case 3:
                return f"`code {rng.randint(1, 9)}`"
            case 4:
                return f"word^[A note {prose(rng, rng.choice((2, 9, 60)))}]"
            case 5:
                name = f"n{rng.randint(1, 3)}"
                # A note of a section is set once only, whoever leads to it.
                self.notes.setdefault(
                    name, f"Named {prose(rng, rng.choice((3, 30, 120)))}\n\nAnd a second paragraph."
                )
                return f"word[^{name}]"
            case 6 | 7 if self.ids:
                return f"[[{rng.choice(self.ids)}]]"
            case 8 if self.ids:
                return f"[these *words*](#{rng.choice(self.ids)})"
            case 9:
                return rng.choice(tuple(GLOSSARY)) + rng.choice(("", "s", ",", "'s"))
            case _:
                return rng.choice([odd for odd in ODD if not odd.startswith(("#", "-", "3."))])

    # ----------------------------------------------------------------------- chance

    def some(self, share: float) -> bool:
        return self.rng.random() < share

    def maybe(self, node: Node, share: float, /, **makers: Callable[[], Any]) -> None:
        for key, make in makers.items():
            if self.some(share):
                node[key] = make()

    def several(self, make: Callable[[], Any], most: int = 5) -> list[Any]:
        return [make() for _ in range(self.rng.randint(1, most))]

    def named(self, share: float = 0.3) -> Node:
        """An id, at times. What is limited to some must not be referred to, so ids of such blocks are not learnt."""
        if not self.some(share):
            return {}
        name = f"b-{self.count}"
        self.count += 1
        return {"id": name}


_Make: TypeAlias = Callable[[_Maker, tuple[str, ...]], Node]


def _extra(maker: _Maker, node: Node, share: float, *keys: str) -> Node:
    maker.maybe(node, share, **dict.fromkeys(keys, maker.line))
    return node


def _beside(maker: _Maker, inside: tuple[str, ...]) -> Node:
    node = maker.image(width=False) | {"blocks": maker.blocks((*inside, "beside"), 1, 3)}
    maker.maybe(node, 0.5, side=lambda: "right", share=lambda: maker.rng.choice(("10%", "50%", "70%")))
    return {"beside": node}


def _columns(maker: _Maker, inside: tuple[str, ...]) -> Node:
    return {"columns": maker.blocks((*inside, "columns"), 1, 5), "count": maker.rng.choice((2, 2, 3))}


def _list(maker: _Maker, inside: tuple[str, ...]) -> Node:
    style = maker.rng.choice(("bullets", "dashes", "numbers"))
    node: Node = {"list": maker.items(0, inside), "style": style}
    if style == "numbers" and maker.some(0.4):
        node["start"] = maker.rng.choice((2, 98, 9990))
    return node


def _callout(maker: _Maker, inside: tuple[str, ...]) -> Node:
    node: Node = {"callout": maker.text()}
    if maker.some(0.5):
        node["blocks"] = maker.blocks((*inside, "box"), 1, 3)
    return _extra(maker, node, 0.5, "title")


def _pairs(maker: _Maker, key: str, label: str) -> Node:
    if maker.some(0.5):
        return {key: {f"{prose(maker.rng, 3)} {n}": maker.text(1) for n in range(maker.rng.randint(1, 4))}}
    return {key: maker.several(lambda: {label: maker.line(), "text": maker.text(1)})}


def _step(maker: _Maker) -> Node:
    word = maker.rng.choice(("drafted", "cleared", "approved", "step"))
    node: Node = {word: maker.line()}
    if word == "step":
        node["by"] = maker.line()
    maker.maybe(node, 0.5, contact=maker.line, date=lambda: "2025-04-01")
    return node


_KINDS: dict[str, _Make] = {
    "text": lambda maker, _: {"text": maker.text()},
    "heading": lambda maker, _: {"heading": maker.line(), "level": 2},
    "deep heading": lambda maker, _: {"heading": maker.line(), "level": maker.rng.choice((3, 4))},
    "list": _list,
    "numbered": lambda maker, _: {
        "numbered": maker.text() if maker.some(0.3) else maker.several(maker.numbered_item)
    },
    "table": lambda maker, inside: maker.table(inside),
    "more tables": lambda maker, inside: maker.table(inside),
    "matrix": lambda maker, _: maker.matrix(),
    "timeline": lambda maker, _: maker.timeline(),
    "image": lambda maker, _: maker.image(),
    "callout": _callout,
    "code": lambda maker, _: {
        "code": f"a: {maker.rng.choice(ODD)}\n\n   b: [c, d]  \n" + "x" * maker.rng.choice((1, 300))
    },
    "example": lambda maker, _: {
        "example": [maker.text(1), {"list": [maker.text(1), {"text": maker.line()}]}]
    },
    "agenda": lambda maker, _: {"agenda": maker.day(0) | {"gaps": False, "overlaps": False}},
    "points": lambda maker, inside: {"points": maker.points(inside)},
    "questions": lambda maker, _: {"questions": maker.several(maker.question)},
    "facts": lambda maker, _: _extra(maker, _pairs(maker, "facts", "label"), 0.4, "title", "source"),
    "key_figures": lambda maker, _: {
        "key_figures": maker.several(
            lambda: {
                "value": maker.rng.choice(("23", "4.12 %", "−1 000 000", maker.line())),
                "label": maker.line(),
            }
        )
    },
    "quote": lambda maker, _: _extra(maker, {"quote": maker.text()}, 0.5, "by", "source"),
    "definitions": lambda maker, _: _pairs(maker, "definitions", "term"),
    "signatures": lambda maker, _: {
        "signatures": maker.several(lambda: {"name": maker.line(), "office": maker.line()})
    },
    "clearance": lambda maker, _: {"clearance": maker.several(lambda: _step(maker))},
    "beside": _beside,
    "columns": _columns,
    "column_break": lambda *_: {"column_break": True},
    "landscape": lambda maker, inside: {"landscape": maker.blocks((*inside, "landscape"), 1, 3)},
    "keep": lambda maker, inside: {"keep": maker.blocks((*inside, "keep"), 1, 3)},
    "chart": lambda maker, _: maker.chart(),
    "qr": lambda maker, _: _extra(
        maker, {"qr": "https://www.example.org/" + "a" * maker.rng.randint(0, 80)}, 0.5, "caption"
    ),
    "page_break": lambda *_: {"page_break": True},
}

_REFUSED: dict[str, frozenset[str]] = {
    "landscape": frozenset({"landscape", "columns", "keep", *_TIGHT}),
    "columns": _TIGHT | {"columns", "keep"},
    "page_break": _TIGHT | {"columns", "keep"},
    "agenda": _TIGHT,
    "numbered": _TIGHT,
    "callout": frozenset({"box"}),
    "questions": frozenset({"box"}),
    "facts": frozenset({"box"}),
    "table": frozenset({"cell"}),
    "more tables": frozenset({"cell"}),
    "matrix": frozenset({"cell"}),
    "timeline": frozenset({"cell"}),
    "clearance": frozenset({"cell"}),
    "beside": frozenset({"beside", "cell"}),
}


def _may_stand(kind: str, inside: tuple[str, ...]) -> bool:
    if kind == "column_break":
        return False
    if len(inside) > 3:
        return kind in ("text", "heading", "list", "quote")
    return not _REFUSED.get(kind, frozenset()) & set(inside)
