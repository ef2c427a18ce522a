"""Makes a pack in which everything that is hard to tag stands where it is hardest: nested, broken over lines and pages, turned, cropped.

It is written into a folder of its own, with the project's styles beside it, for every style an audience.
"""

from __future__ import annotations

import io
import json
import random
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pikepdf
import typst

from tests.packs.torture_vocabulary import GLOSSARY_FILE, vocabulary_sections
from tests.samples import picture, prose

ROOT = Path(__file__).parents[2]
WOVEN = Path(__file__).with_name("woven.pdf")
"""Two pages that WeasyPrint 70 made with pdf_variant="pdf/ua-1": heading, lists, table, picture, links, a paragraph in French."""
NAME = "torture"
STYLES = ("base", "minister", "delegation", "staff", "press", "narrow")
"""Of the audiences, which are named alike."""

NARROW = """\
extends: base
description: A page on which every table is too wide
page:
  size: A5
  two_sided: true
  section_start: recto
  margins: {inside: 34mm, outside: 34mm}
contents: {depth: 3}
numbering: {headings: 3}
text: {body: {align: justify, hyphenate: true}}
"""

FRENCH = (
    "Les ministres ont réaffirmé leur attachement à la sécurité collective ; l’œuvre commune se poursuivra dès l’été, "
    "où qu’elle mène. « C’est là, dit-elle, que tout commence. »"
)
GREEK = "Οι υπουργοί επιβεβαίωσαν τη δέσμευσή τους για την ασφάλεια και τη συνεργασία στη Μεσόγειο."
CYRILLIC = (
    "Министрите потвърдиха ангажимента си; Північноатлантична рада зустрілася в Києві, Ђурђевдан у Њујорку."
)
LATIN = (
    "Zażółć gęślą jaźń; Příliš žluťoučký kůň; Şırınga; Ærøskøbing; Straße; ﬁne ofﬁce ﬂow; Łódź, Győr, Iași."
)


def write_torture(root: Path) -> Path:
    """Write the project into root and give the folder of its pack."""
    pack = root / "sources" / NAME
    (pack / "sections").mkdir(parents=True)
    shutil.copytree(ROOT / "styles", root / "styles")
    (root / "styles" / "narrow.yaml").write_text(NARROW, encoding="utf-8")
    for name, image in (("wide", picture(600, 200)), ("tall", picture(150, 300)), ("dot", picture(20, 20))):
        (pack / "pictures").mkdir(exist_ok=True)
        (pack / "pictures" / f"{name}.png").write_bytes(image.content)
    sections = _sections()
    for name, text in sections.items():
        (pack / "sections" / name).write_text(text, encoding="utf-8")
    annexes = write_annexes(pack / "annexes")
    (pack / "pack.yaml").write_text(_pack(list(sections), annexes), encoding="utf-8")
    return pack


def _pack(sections: Sequence[str], annexes: Iterable[tuple[str, str]]) -> str:
    lines = [
        "title: Torture & <b>tags</b>",
        f"subtitle: {_quoted('Everything at once, à la fois, ταυτόχρονα')}",
        "reference: T(25)/1",
        "organisation: Ministry of Tests",
        "owner: Conformance Desk",
        "meeting: {place: Everywhere, dates: 1–2 May 2025, chair: Nobody}",
        "language: en-GB",
        "version: 3",
        "as_of: 2025-05-01 09:30",
        "marking: SPECIMEN — TORTURE",
        "watermark: SPECIMEN",
        f"glossary: {GLOSSARY_FILE}",
        "sections:",
        *(f"  - sections/{name}" for name in sections),
        "annexes:",
        *(
            f"  - {{file: annexes/{file}, title: {_quoted(title)}, source: Conformance Desk, marking: SPECIMEN}}"
            for file, title in annexes
        ),
        "audiences:",
        *(f"  {style}: {{style: {style}}}" for style in STYLES),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML scalar that says exactly this."""
    return json.dumps(text, ensure_ascii=False)


def _sections() -> dict[str, str]:
    rng = random.Random(3)
    return {
        "01-agenda.yaml": AGENDA,
        "02-brief.yaml": _brief(rng),
        "03-lists.yaml": _lists(rng),
        "04-tables.yaml": _tables(rng),
        "05-pictures.yaml": _pictures(rng),
        "06-references.yaml": _references(rng),
        "07-langue.yaml": LANGUE,
        "08-alphabets.yaml": _alphabets(),
        "09-empty.yaml": "title: Nothing but a lead\nlead: The Desk\n",
        **vocabulary_sections(rng),
    }


AGENDA = """\
title: Agenda
kind: agenda
note: All times are local.
days:
  - date: 2025-05-01
    note: The first day, with [a link](https://example.org/day).
    items:
      - {time: "09:00", item: Opening, detail: "By **the host**, in public", lead: Host, brief: brief}
      - {time: "", item: "A long item that goes on for more than a line, so that it is broken", lead: "", brief: [lists, tables]}
      - {time: 12:30–14:30, item: "Lunch, [[pictures]]"}
  - date: 2025-05-02
    items:
      - {time: "10:00", item: Annexes, detail: None is left out, brief: [tagged, turned]}
"""


def _brief(rng: random.Random) -> str:
    points, others = ("".join(f"      - {_quoted(prose(rng, 2))}\n" for _ in range(4)) for _ in range(2))
    background = "".join(
        f"      - text: {_quoted(prose(rng, 3))}\n"
        "        items:\n"
        f"          - text: {_quoted(prose(rng, 1))}\n"
        f"            items: [{_quoted(prose(rng, 1))}, {_quoted('A third level with a [[tables]] in it.')}]\n"
        f"          - {_quoted(prose(rng, 2))}\n"
        for _ in range(4)
    )
    return (
        "title: Brief\n"
        "kind: brief\n"
        "lead: Test Desk\n"
        "cleared: 2025-04-30\n"
        f"objective: |\n  {prose(rng, 2)}\n\n  - {prose(rng, 1)}\n  - {prose(rng, 1)}\n"
        "points:\n"
        f"  - points:\n{points}"
        f"  - to: the *other* side\n    points:\n{others}"
        "if_raised:\n"
        "  - question: why so long\n"
        f"    line: |\n      {prose(rng, 12)}\n\n      - {prose(rng, 2)}\n      - {prose(rng, 2)}\n\n      {prose(rng, 6)}\n"
        "  - question: when it ends\n"
        f"    line: {_quoted(prose(rng, 2))}\n"
        "background:\n"
        f"  - numbered:\n{background}"
        "  - heading: A heading in between\n"
        "  - numbered:\n"
        f"      - {{text: {_quoted(prose(rng, 2))}, id: named-paragraph}}\n"
        f"  - text: {_quoted(prose(rng, 14))}\n"
    )


def _lists(rng: random.Random) -> str:
    def nested(depth: int) -> list[object]:
        items: list[object] = []
        for _ in range(2):
            item: dict[str, object] = {"text": prose(rng, 1)}
            if depth:
                item["items"] = nested(depth - 1)
            items.append(item)
        return items

    blocks = [
        {"heading": "Bullets", "level": 2},
        {"list": nested(3)},
        {"heading": "Dashes", "level": 3},
        {"list": nested(1), "style": "dashes"},
        {"heading": "Numbers from 7", "level": 4},
        {"list": nested(2), "style": "numbers", "start": 7},
        "Text before a list in Markdown:\n\n1. one\n   - nested\n     1. deeper\n\n   with a second paragraph\n2. two\n\nand after it.",
        {"heading": "Boxes", "level": 2},
        {"callout": prose(rng, 30), "title": "A box that is broken over *pages*"},
        {"callout": "- " + prose(rng, 2) + "\n- " + prose(rng, 2) + "\n\n" + prose(rng, 2)},
        {"page_break": True},
        f"After a break, a line  \nbroken by hand, and `code(1)` with **bold *and italic* words**. {prose(rng, 8)}",
    ]
    return _section(
        "Lists & boxes",
        blocks,
        note="A *note* with [a page of the web](https://example.org/a).",
        lead="The Desk",
    )


def _tables(rng: random.Random) -> str:
    long_rows = [
        [str(n), prose(rng, 1), f"{n * 1000}", "- one\n- two" if n % 9 == 0 else ""] for n in range(1, 46)
    ]
    tall = " ".join(prose(rng, 6) for _ in range(5))
    blocks: list[object] = [
        {
            "table": {
                "columns": [
                    "No.",
                    {"title": "What happened", "width": "50%"},
                    {"title": "Sum", "align": "right"},
                    "More",
                ],
                "rows": long_rows,
                "caption": "A table over **pages**",
                "source": "The desk, see [[references]]",
            },
            "id": "long-table",
        },
        "Between two tables.",
        {
            "table": {
                "columns": [{"title": "Narrow", "width": "12%"}, "Tall"],
                "rows": [["a", tall], ["b", tall], ["c", "end"]],
            }
        },
        {
            "table": {
                "columns": [{"width": "50%"}, {"width": "50%"}],
                "rows": [["No header", "at all"], ["second", "row"]],
            }
        },
        {
            "table": {
                "columns": ["A", "B", "C", "D", "E", "F", "G", "H"],
                "rows": [
                    [f"cell {row}{column} internationalisation" for column in "ABCDEFGH"]
                    for row in range(1, 4)
                ],
                "caption": "Eight columns",
            }
        },
        {
            "table": {
                "columns": ["Only a header", "and links"],
                "rows": [["[one](https://example.org/1)", "[[long-table]]"]],
            }
        },
    ]
    return _section("Tables", blocks)


def _pictures(rng: random.Random) -> str:
    blocks: list[object] = [
        {
            "image": "pictures/wide.png",
            "alt": "A gradient from dark to light",
            "caption": "With a *caption*",
            "source": "Us",
        },
        prose(rng, 5),
        {
            "image": "pictures/tall.png",
            "alt": "A tall gradient, “quoted” and (bracketed) \\ ü",
            "width": "30%",
        },
        {"image": "pictures/dot.png", "alt": ""},
        prose(rng, 5),
        {"image": "pictures/wide.png", "alt": "The same gradient again", "caption": "Twice"},
        {"image": "pictures/wide.png", "alt": "", "caption": "A decoration with a caption"},
    ]
    return _section("Pictures", blocks)


def _references(rng: random.Random) -> str:
    words = prose(rng, 1).rstrip(".")
    blocks: list[object] = [
        " ".join(
            f"{prose(rng, 1)} See [{words} and {words.lower()}](https://example.org/{n}?a=1&b=2) or [[tables]], [[long-table]], "
            f"[[named-paragraph]], [[tagged, p. 2]] and [words of the author’s own that are broken over lines](#lists)."
            for n in range(8)
        ),
        {
            "list": [
                f"[a link that fills an item and its lines, {words}](https://example.org/list)",
                "[[turned]] <https://example.org/auto>",
            ]
        },
        "Mail [the desk](mailto:desk@example.org). A soft\u00adhyphen, a non\u2011breaking hyphen, a no\u00a0break space, 5\u202f%.",
        "self-explanatory long-standing well-being " * 20,
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 3,
    ]
    return _section("References", blocks)


LANGUE = f"""\
title: Une section en français
language: fr
lead: Le bureau
note: Une remarque, « entre guillemets ».
blocks:
  - heading: L’été, où l’on commence
  - text: {_quoted(FRENCH + " " + FRENCH + " " + FRENCH)}
  - numbered: [{_quoted(FRENCH)}, {_quoted("Voir [[tables]] et [[tagged]].")}]
  - table: {{columns: [Où, Quand], rows: [[Bruxelles, en été]], caption: Le tableau}}
  - callout: {_quoted(FRENCH)}
    title: À noter
"""


def _alphabets() -> str:
    blocks: list[object] = [
        {"heading": GREEK, "level": 2},
        GREEK,
        {"heading": "Кирилица", "level": 3},
        CYRILLIC,
        LATIN,
        f"Mixed **{GREEK}** with *{CYRILLIC}* and `{LATIN}` in one paragraph, 1 000 €, ½, “quotes”, ‘single’, – and —, …",
        {"list": [GREEK, CYRILLIC, LATIN, FRENCH]},
    ]
    return _section("Alphabets: Ελληνικά, кирилица", blocks)


def _section(title: str, blocks: Sequence[object], **more: str) -> str:
    # JSON is YAML.
    return json.dumps({"title": title, **more, "blocks": blocks}, ensure_ascii=False, indent=1) + "\n"


# --------------------------------------------------------------------------- a small pack with one of each

SMALL = "small"

SMALL_PACK = """\
title: One of each
reference: O(25)
organisation: Ministry of Tests
as_of: 2025-05-01
marking: SPECIMEN
sections: [one.yaml, deux.yaml]
annexes:
  - {file: annexes/tagged.pdf, title: Tagged by Typst}
  - {file: annexes/untagged.pdf, title: Without tags}
audiences:
  reader: {style: base}
"""
ONE = """\
title: The first
id: first
lead: The Desk
blocks:
  - heading: A heading
  - text: "Some words with [a page of the web](https://example.org/page) and one to [[deux]], in **bold** too."
  - heading: Below it
    level: 3
  - list: [the first item, {text: the second item, items: [an inner item]}]
  - numbered: [A numbered paragraph., Another one.]
  - table:
      columns: [Name, {title: Sum, align: right}]
      rows: [[alpha, "1"], [beta, "2"]]
      caption: A small table
    id: small-table
  - image: pictures/wide.png
    alt: A gradient from dark to light
    caption: A small picture
  - callout: Mind the box.
    title: A box
  - text: See [[small-table]] and [[tagged, p. 2]].
  - text: A note^[It stands at the foot.] and another^[As this one.] have their marks.
  - matrix:
      corner: Who
      columns: [One, Two]
      rows:
        - {head: A partner, cells: [joint, apart]}
        - {head: Another, cells: [apart, joint]}
    caption: A small matrix
  - table:
      columns: [A, B, C]
      rows:
        - [{text: In two rows, rows: 2}, {text: In two columns, columns: 2}]
        - [left, right]
  - chart: bar
    values: {one: 1, two: 2}
    caption: A small chart
"""
DEUX = """\
title: Le deuxième
id: deux
language: fr
text: « C’est là que tout commence », dit-elle.
"""


def write_small(root: Path) -> Path:
    """Write a project with a pack of a few pages, one of each thing in it, and give the folder of its pack."""
    pack = root / "sources" / SMALL
    annexes = {
        "tagged": paper("A tagged annex", tags=True),
        "untagged": paper("An untagged annex", tags=False),
    }
    texts = {"pack.yaml": SMALL_PACK, "one.yaml": ONE, "deux.yaml": DEUX}
    for folder in ("annexes", "pictures"):
        (pack / folder).mkdir(parents=True)
    for name, text in texts.items():
        (pack / name).write_text(text, encoding="utf-8")
    for name, content in annexes.items():
        (pack / "annexes" / f"{name}.pdf").write_bytes(content)
    (pack / "pictures" / "wide.png").write_bytes(picture(300, 100).content)
    return pack


# --------------------------------------------------------------------------- annexes

PAPER = """\
#set document(title: "{title}")
#set text(lang: "{language}", font: "Carlito")
#set page(paper: "a4", numbering: "1", header: [A running head])
#show link: underline
#set heading(numbering: "1.")
= {title}
#lorem(60) See #link("https://example.org/annex")[a page of the web] and @second.
- one
- two
  - nested
+ first
+ second
#figure(table(columns: 2, table.header[Head][Other], [a], [b], [c], [d]), caption: [A table])
#figure(rect(width: 3cm, height: 1cm, fill: blue), alt: "A blue box", caption: [A picture])
#pagebreak()
== Second <second>
#lorem(80)#footnote[A note at the foot.]
#link(<second>)[Back].
"""


def write_annexes(folder: Path) -> list[tuple[str, str]]:
    """Annexes by (file, title): with and without tags, turned, cropped, with an odd origin, landscape and one twice."""
    folder.mkdir(parents=True, exist_ok=True)
    tagged = paper("A tagged annex", tags=True)
    untagged = paper("An annex without tags", tags=False)
    files = {
        "tagged": (tagged, "Tagged by Typst"),
        "untagged": (untagged, "Without tags"),
        "turned": (_posed(tagged, turned=90), "Tagged and turned"),
        "cropped": (_posed(untagged, crop=(100, 200, 500, 700)), "Without tags, cropped"),
        "odd": (
            _posed(tagged, crop=(50, 60, 560, 800), turned=180, shift=(-30, 40)),
            "Tagged, odd in every way",
        ),
        "upside": (_posed(untagged, turned=270), "Ohne Etiketten, gedreht ü"),
        "woven": (WOVEN.read_bytes(), "Tagged by WeasyPrint"),
        "french": (paper("Une annexe", tags=True, language="fr"), "Tagged, in French"),
    }
    for name, (content, _) in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return [(f"{name}.pdf", title) for name, (_, title) in files.items()]


def paper(title: str, *, tags: bool, language: str = "en") -> bytes:
    """Two pages set by Typst; with tags they pass PDF/UA-1."""
    source = PAPER.replace("{title}", title).replace("{language}", language)
    fonts = [ROOT / "briefpack" / "data" / "fonts"]
    standards = ["ua-1"] if tags else []
    made = typst.compile(
        source.encode(), font_paths=fonts, ignore_system_fonts=True, pdf_standards=standards, pdf_tags=tags,
        timestamp=0,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _posed(
    content: bytes,
    *,
    turned: int = 0,
    crop: Sequence[float] | None = None,
    shift: tuple[float, float] | None = None,
) -> bytes:
    """The same pages, stored turned, cropped, or with their origin elsewhere."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            if turned:
                page.obj.Rotate = turned
            if crop is not None:
                page.obj.CropBox = pikepdf.Array(list(crop))
            if shift is not None:
                left, bottom, right, top = (float(edge) for edge in page.obj.MediaBox)
                across, up = shift
                page.obj.MediaBox = pikepdf.Array([left + across, bottom + up, right + across, top + up])
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
