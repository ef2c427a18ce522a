"""Makes a pack in which every kind of node is withheld from one of its audiences, each with a word that is nowhere else: by name, or by its marking."""

from __future__ import annotations

import re
from pathlib import Path

from tests.samples import picture

NAME = "secrets"
OPEN, HALF, CLOSED = "outside", "halfway", "inside"
"""The audience that gets the rest, one that may see a little more (in the pack with markings), and the one that gets everything."""

PRINTED = re.compile(r"zq\w+")
"""Words that the inner audience reads or hears."""
UNPRINTED = re.compile(r"zx\w+")
"""Words that nobody gets: reasons, comments, names of files, what nothing uses."""

_PACK = """\
title: Kept back
as_of: 2025-04-02
organisation: Ministry of Tests
silence: {no-source: zxreasonpack}  # zxcommentpack
glossary:
  OPN: An open abbreviation
  ZQL: {long: zqlimitedlong, explanation: zqexplained, audiences: [inside]}
  ZQU: {long: zqusedlong, explanation: zqwithheldtext}
  ZXN: zxneverused
sections:
  - sections/open.yaml
  - {file: sections/zxfilename.yaml, audiences: [inside]}
  - {file: sections/limited.yaml, silence: {unaddressed-points: zxreasonentry}}
  - sections/brief.yaml
  - sections/agenda.yaml
  - sections/people.yaml
  - sections/contacts.yaml
  - sections/distribution.yaml
  - sections/qa.yaml
  - sections/statement.yaml
  - sections/read-ahead.yaml
  - {file: sections/shown.yaml, show: true}
  - sections/changes.yaml
  - sections/abbreviations.yaml
  - sections/lists.yaml
audiences:
  outside: {title: Outside, parts: [objective, points], style: shown}
  inside: {title: Inside, style: shown}
"""

_SECTIONS = {
    "open": """\
title: Open
blocks:
  - text: Everybody reads this, with OPN in it^[And this note.].
  - text: "zqtext with ZQL and ZQU^[zqnote] and more[^named], see [zqlinkwords](https://zqlinkaddress.example.org/) and [[zqsection]]."
    audiences: [inside]
  - heading: zqheading
    audiences: [inside]
notes:
  named: |
    zqnamednote

    zqnamednotesecond
""",
    "zxfilename": "title: zqsectiontitle\nid: zqsection\nlead: zqlead\nnote: zqnotewords\ntext: zqsectiontext\n",
    "limited": """\
title: Limited  # zxcomment
blocks:
  - list:
      - An item
      - {text: zqitem, items: [zqinneritem], audiences: [inside]}
  - list: [zqlist]
    audiences: [inside]
  - numbered:
      - A paragraph.
      - {text: zqnumbered, audiences: [inside]}
  - table:
      columns: [A, {title: B, decimal: true}]
      rows:
        - ["One", "1.5"]
        - {cells: [zqrow, "765431.75"], audiences: [inside]}
        - {group: zqgroup, audiences: [inside]}
        - {total: [zqtotal, "765432.25"], audiences: [inside]}
        - [{text: Cell, blocks: [{text: zqincell, audiences: [inside]}]}, "2"]
  - table:
      columns: [zqcolumn, zqcolumntoo]
      rows: [[zqcell, {text: zqwide, rows: 2}], [zqbelow]]
      notes: {a: zqtablenote}
      caption: zqtablecaption ^a^
      source: zqtablesource
    audiences: [inside]
  - table: {csv: data/zxtable.csv, caption: zqcsvcaption}
    audiences: [inside]
  - matrix:
      columns: [One]
      rows:
        - {head: Partner, cells: [x]}
        - {head: zqpartner, cells: [zqmatrixcell], audiences: [inside]}
  - timeline:
      - {when: now, text: An entry}
      - {when: zqwhen, text: zqentry, audiences: [inside]}
  - points:
      - {text: A point, silence: {long-point: zxreasonpoint}}
      - {text: zqpoint, audiences: [inside]}
      - {to: zqaddressee, points: [zqgrouped], audiences: [inside]}
  - questions:
      - {question: A question?, line: A line.}
      - {question: zqquestion, line: zqline, audiences: [inside]}
  - facts:
      - {label: A fact, text: Known}
      - {label: zqfact, text: zqfacttext, audiences: [inside]}
  - key_figures:
      - {value: "1", label: A figure}
      - {value: zqvalue, label: zqlabel, source: zqfiguresource, audiences: [inside]}
  - definitions:
      - {term: A term, text: Its meaning}
      - {term: zqterm, text: zqmeaning, audiences: [inside]}
  - quote: zqquote
    by: zqspeaker
    source: zqquotesource
    audiences: [inside]
  - signatures:
      - {name: A signature}
      - {name: zqsigner, office: zqoffice, audiences: [inside]}
  - clearance:
      - {drafted: A desk}
      - {cleared: zqclearer, contact: zqclearercontact, audiences: [inside]}
  - chart: bar
    categories: [one, two]
    series:
      - {name: Kept, values: [1, 2]}
      - {name: zqseries, values: [765433.25, 765434.25], audiences: [inside]}
    caption: A chart
    labels: true
    silence: {no-source: zxreasonchart}
  - chart: line
    csv: data/zxchart.csv
    alt: zqchartalt
    caption: zqchartcaption
    unit: zqunit
    audiences: [inside]
  - image: pictures/zxpicture.png
    alt: zqalt
    caption: zqcaption
    credit: zqcredit
    audiences: [inside]
  - qr: https://zqqr.example.org/
    audiences: [inside]
  - callout: zqbox
    title: zqboxtitle
    audiences: [inside]
  - callout: A box
    blocks: [{text: zqinbox, audiences: [inside]}]
  - columns: [Text in a column, {text: zqincolumn, audiences: [inside]}]
  - keep: [Kept, {text: zqinkeep, audiences: [inside]}]
  - landscape: [On its side, {text: zqonitsside, audiences: [inside]}]
  - beside: {image: pictures/open.png, alt: A picture, blocks: [Beside, {text: zqbeside, audiences: [inside]}]}
  - code: zqcode
    audiences: [inside]
  - example: [zqexample]
    audiences: [inside]
""",
    "brief": """\
title: Brief
kind: brief
objective: To be brief.
points: [{to: the table, points: [A point]}]
if_raised: [{question: zqraised, line: zqraisedline}]
their_objectives: [zqtheirs]
red_lines: [zqredline]
background: {use_freely: zqfreely, not_for_use: zqnotforuse}
recent: zqrecent
contact: {name: zqcontact, phone: "765436", email: zqcontactmail@example.org, cleared_by: zqclearedby}
""",
    "agenda": """\
title: Agenda
kind: agenda
gaps: false
timetable: true
days:
  - date: 2025-04-03
    items:
      - {time: "09:00", duration: 1 h, item: An item}
      - {time: "10:00", duration: 1 h, item: zqagendaitem, detail: zqdetail, lead: zqleader, room: zqroom, participants: zqparticipants,
         press: zqpress, role: zqrole, audiences: [inside]}
  - date: 2025-04-04
    note: zqdaynote
    items: [{time: "09:00", duration: 1 h, item: zqdayitem}]
    audiences: [inside]
""",
    "people": """\
title: People
kind: biographies
people:
  - {name: A person, text: Known to all.}
  - {name: zqperson, office: zqpersonoffice, pronunciation: zqpronounced, languages: zqlanguage, last_met: zqlastmet,
     portrait: pictures/zxpicture.png, alt: zqportrait, text: zqlife, audiences: [inside]}
""",
    "contacts": """\
title: Contacts
kind: contacts
movements:
  - {date: 2025-04-03, time: "08:00", what: A movement}
  - {date: 2025-04-05, time: "09:59", what: zqmovement, from: zqfrom, to: zqto, vehicle: zqvehicle, audiences: [inside]}
contacts:
  - {name: A contact, phone: "1"}
  - {name: zqcontactrow, role: zqcontactrole, phone: "765435", email: zqmail@example.org, audiences: [inside]}
""",
    "distribution": """\
title: Distribution
kind: distribution
recipients:
  - {recipient: A recipient}
  - {recipient: zqrecipient, organisation: zqrecipientdesk, audiences: [inside]}
""",
    "qa": """\
title: Questions
kind: qa
questions:
  - {question: Asked?, answer: Answered.}
  - {question: zqasked, answer: zqanswer, audiences: [inside]}
""",
    "statement": """\
title: Statement
kind: statement
paragraphs: [One., {text: zqparagraph, audiences: [inside]}, Two.]
""",
    "read-ahead": """\
title: Read-ahead
kind: read-ahead
purpose: To read ahead.
objectives: [One., {text: zqreadobjective, audiences: [inside]}]
attendees:
  - {name: An attendee}
  - {name: zqattendee, office: zqattendeeoffice, why: zqwhy, audiences: [inside]}
""",
    "shown": """\
title: Shown with its source
blocks:
  - text: Shown to all.
  - text: zqinshown
    audiences: [inside]
""",
    "changes": """\
title: Changes
kind: changes
changes:
  - {section: open, what: A change}
  - {section: zqsection, what: zqchangewithheldplace}
  - {what: zqchange, audiences: [inside]}
""",
    "abbreviations": "title: Abbreviations\nkind: abbreviations\n",
    "lists": "title: Figures and tables\nkind: lists\n",
}
_FILES = {
    "data/zxtable.csv": "zqcsvhead,zqcsvheadtoo\nzqcsvcell,1\n",
    "data/zxchart.csv": "year,zqchartseries\nzqchartcategory,765437.5\nzqchartcategorytoo,2\n",
}
_STYLE = """\
extends: base
description: For what is kept back
charts: {word: CHARTS}
"""


_MARKED = """\
policy: plain
marking: RESTRICTED
default_marking: PUBLIC
audiences:
  outside: {title: Outside, parts: [objective, points], style: shown, clearance: PUBLIC}
  halfway: {title: Halfway, parts: [objective, points], style: shown, clearance: INTERNAL}
  inside: {title: Inside, style: shown, clearance: RESTRICTED}
"""
_ONLY_MARKED = """\
title: Marked in parts
kind: read-ahead
purpose: {text: To be read., marking: PUBLIC}
objectives: {items: [zqmarkedobjective], marking: RESTRICTED}
attendees: {items: [{name: zqmarkedattendee}], marking: RESTRICTED}
background:
  use_freely: {text: "Free[^kept][^gone]."}
  not_for_use: {blocks: [zqmarkedbackground], marking: RESTRICTED}
points: [{to: zqmarkedto, points: [{text: zqmarkedpoint}], marking: RESTRICTED}, An open point]
blocks:
  - text: 'Ask the desk on [[zqsection | the desk]], [zqreferred](#zqsection "another")[[zqsection | ]].'
  - callout: zqmarkedbox
    title: Kept until its box is empty
    marking: RESTRICTED
    title_marking: PUBLIC
  - callout: Open words in a box
    blocks: [{text: zqmarkedinbox, marking: RESTRICTED}]
    title: zqmarkedboxtitle
    title_marking: RESTRICTED
  - table:
      columns: [A, B]
      rows:
        - [One^b^, "1"]
        - {cells: [zqmarkedrow^a^, "2"], marking: RESTRICTED}
        - {total: [Three^c^, "3"]}
      notes: {a: zqnoteofwithheldrow, b: A note, c: {text: zqmarkedtablenote, marking: RESTRICTED}}
    silence: {withheld-total: it is known}
  - chart: bar
    categories: [one, two]
    series:
      - {name: Kept, values: [1, 2]}
      - {name: zqmarkedseries, values: [765439.25, 765439.75], marking: RESTRICTED}
    caption: A chart
    labels: true
notes:
  kept: A kept note.
  gone: {text: zqmarkednote, marking: RESTRICTED}
"""


def _marked(text: str) -> str:
    """What is for the inner audience by name, by its marking instead."""
    return text.replace("audiences: [inside]", "marking: RESTRICTED")


def write_marked(root: Path, charts: str) -> Path:
    """The same with a policy: what is withheld is so for its marking."""
    pack = write_secrets(root, charts)
    for path in (pack / "sections").glob("*.yaml"):
        path.write_text(_marked(path.read_text(encoding="utf-8")), encoding="utf-8")
    (pack / "sections" / "marked.yaml").write_text(_ONLY_MARKED, encoding="utf-8")
    head, _, _ = _marked(_PACK).partition("audiences:\n  outside:")
    head = head.replace(
        "  - sections/changes.yaml\n", "  - sections/marked.yaml\n  - sections/changes.yaml\n"
    )
    (pack / "pack.yaml").write_text(head + _MARKED, encoding="utf-8")
    return pack


def write_secrets(root: Path, charts: str) -> Path:
    """Write the project into root and give the folder of its pack. charts: how Word gets them, "picture" or "native"."""
    pack = root / "sources" / NAME
    for folder in ("sections", "data", "pictures"):
        (pack / folder).mkdir(parents=True)
    (root / "styles").mkdir()
    (root / "styles" / "shown.yaml").write_text(_STYLE.replace("CHARTS", charts), encoding="utf-8")
    (pack / "pack.yaml").write_text(_PACK, encoding="utf-8")
    for name, text in _SECTIONS.items():
        (pack / "sections" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in _FILES.items():
        (pack / name).write_text(text, encoding="utf-8")
    for name in ("zxpicture", "open"):
        (pack / "pictures" / f"{name}.png").write_bytes(picture(40, 40).content)
    return pack


def secrets(*, marked: bool = False) -> tuple[frozenset[str], frozenset[str]]:
    """The words that only the inner audience gets, and those that nobody gets. marked: of the pack with markings."""
    sources = "\n".join((_PACK, *_SECTIONS.values(), *_FILES.values(), *([_ONLY_MARKED] if marked else [])))
    numbers = frozenset(re.findall(r"7654\d\d(?:\.\d+)?", sources))
    return frozenset(PRINTED.findall(sources)) | numbers, frozenset(UNPRINTED.findall(sources))
