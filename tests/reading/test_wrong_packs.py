"""Wrong pack and section files: every fault is found once, at its line and column, with a fact and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import Diagnostic, ExitCode, Severity
from briefpack.reading.read_pack import read_pack

HERE = "¤"
"""Stands before the place that a message must point at."""

PACK = """title: Visit
sections: [a.yaml]
audiences:
  minister: {tags: [core]}
  press: {tags: [public]}
"""
SECTION = "title: First\ntext: Words.\n"

# name: (section file, words of the message, words of the remedy)
SECTIONS: dict[str, tuple[str, str, str]] = {
    # --- what is no YAML
    "tab for indentation": ("title: x\nblocks:\n¤\t- text: y", "a tab is used", "use spaces"),
    "tab behind spaces": ("title: x\nblocks:\n  ¤\t- y", "a tab is used", "use spaces"),
    "colon in a title": ("title: Ukraine¤: the way on", "a colon with a space", "put the text into quotes"),
    "colon in curly quotes": ("title: “Ukraine¤: on”", "a colon with a space", "straight quotes only"),
    "colon at the end": ("title: x\ntext: Three things¤:\n  one", "a colon with a space", "under `|`"),
    "half a character": (
        'title: "x \\u¤d83d\\ude00"',
        "stands for no character",
        "write the character itself",
    ),
    "open double quote": ('title: ¤"x\ntext: y', "never closed", "close it"),
    "open single quote": ("title: ¤'x\ntext: y", "never closed", "close it"),
    "words behind a quotation": (
        'title: "Ukraine" ¤first',
        "goes on behind its closing",
        "all of it into quotes",
    ),
    "apostrophe in single quotes": ("title: 'it'¤s here'", "goes on behind its closing", "write ''"),
    "reference at the beginning": (
        "title: x\ntext: ¤[[ukraine]] says",
        "begins with [",
        "put the text into quotes",
    ),
    "link at the beginning": (
        "title: x\ntext: ¤[see](#u) there",
        "begins with [",
        "put the text into quotes",
    ),
    "braces at the beginning": ("title: x\ntext: ¤{{page}} of", "begins with {", "put the text into quotes"),
    "bold at the beginning": ("title: x\ntext: ¤**bold** words", "cannot begin with *", "into quotes"),
    "emphasis at the beginning": ("title: x\ntext: ¤*fine* words", "cannot begin with *", "into quotes"),
    "ampersand at the beginning": ("title: x\ntext: ¤& words", "cannot begin with &", "into quotes"),
    "percent at the beginning": ("title: x\ntext: ¤%s words", "cannot begin with %", "into quotes"),
    "at sign at the beginning": ("title: x\ntext: ¤@nato words", "cannot begin with @", "into quotes"),
    "backtick at the beginning": ("title: x\ntext: ¤`code` words", "cannot begin with `", "into quotes"),
    "question mark and space": ("title: ¤? why", "cannot begin with ?", "into quotes"),
    "comma at the beginning": ("title: ¤, x", "cannot begin with ,", "into quotes"),
    "percent first in the file": ("¤%TITLE x", "cannot begin with %", "into quotes"),
    "text behind a bar": ("title: x\ntext: ¤| words here", "begins on the next line", "into quotes"),
    "more than": ("title: x\ntext: ¤> 5 people", "begins on the next line", "into quotes"),
    "list behind a key": ("title: x\nblocks: ¤- y", "a list cannot begin behind a key", "next line"),
    "no space behind a colon": (
        "title: x\ntext¤:y\nnote: z",
        "a space is missing behind the colon",
        "`text: …`",
    ),
    "no space in the first line": ("title¤:x\ntext: y", "a space is missing behind the colon", "`title: …`"),
    "no space behind a dash": (
        "title: x\nblocks:\n  - a\n  ¤-b",
        "a space is missing behind the dash",
        "`- b",
    ),
    "line without a key": ("title: x\n¤and more\ntext: y", "neither `key: value` nor", "indent the line"),
    "key too deep": ("title: x\n  ¤text: y", "`text` is indented as if", "indent it like"),
    "key too shallow": (
        "title: x\nblocks:\n   - text: y\n  ¤- text: z",
        "among keys",
        "in line with its other items",
    ),
    "text too shallow": (
        "title: x\ntext: |\n    one\n  ¤two",
        "indentation of this line fits nothing",
        "same column",
    ),
    "key among items": ("title: x\nblocks:\n  - y\n  ¤text: z", "among list items", "begin it with `- `"),
    "open list": ("title: x\ntags: ¤[a, b\ntext: y", "opened with [ here and not closed", "close it with ]"),
    "open group": (
        "title: x\nblocks:\n  - ¤{text: y\n",
        "opened with { here and not closed",
        "close it with }",
    ),
    "comma missing in a list": ('title: x\ntags: [a, "b" ¤c]', "a comma, or the ]", "in quotes as a whole"),
    "bracket never opened": ("title: x\n¤]", "nothing is open", "delete it"),
    "unknown escape": ('title: "C:¤\\docs"', "a backslash in double quotes", "write it twice"),
    "second document": ("title: x\n¤---\ntext: y", "a second document", "file of its own"),
    "text behind the end": ("title: x\n...\n¤text: y", "goes on behind its end", "delete the line"),
    "own tag": ("title: ¤!secret x", "the tag “!secret” is not allowed", "begins with !"),
    "python tag": ("title: ¤!!python/name:os.system x", "the tag “!!python/name:os.system”", "delete it"),
    "exclamation mark": ("title: ¤! x", "the tag “!” is not allowed", "begins with !"),
    "merge key": (
        "title: x\nnote: &n y\nblocks:\n  - ¤<<: *n\n    text: z",
        "merge keys",
        "write the keys out",
    ),
    "merge key alone": (
        "title: x\nkind: brief\nif_raised: [&n {question: a, line: b}, {¤<<: *n}]",
        "merge keys",
        "write the keys out",
    ),
    "alias for a key": ("title: x\n¤*nobody : y", "no “&nobody” names", "begins with *"),
    "colon in a flow text": ("title: x\ntags: [a:¤:]", "a colon stands in a text", "into quotes"),
    "unknown alias": ("title: ¤*nobody", "no “&nobody” names", "begins with *"),
    "key twice": ("title: x\ntext: y\n¤title: z", "given twice; the first is on line 1", "keep one"),
    "key of a block twice": ("title: x\nblocks:\n  - text: y\n    ¤text: z", "given twice", "keep one"),
    "list as a key": ("title: x\n? ¤[a]\n: b", "a key must be a word", "into quotes"),
    "no key": ("title: x\n¤: y", "no key before this colon", "write `key: value`"),
    "hard space for indentation": (
        "title: x\nblocks:\n¤\xa0\xa0text: y",
        "invisible character (U+00A0)",
        "ordinary spaces",
    ),
    "nothing at all": ("¤", "the file is empty", "briefpack new"),
    "comments only": ("¤# nothing", "the file is empty", "briefpack new"),
    "control character": ("title: x¤\x07y", "U+0007 is not allowed", "delete it"),
    "escaped control character": (
        'title: ¤"x\\x07y"',
        "a character that is not allowed",
        "delete the escape",
    ),
    "turned direction": ("title: x¤\u202ey", "U+202E is not allowed", "direction of the text"),
    "too deep": ("title: " + "[" * 39 + HERE + "[", "nested deeper than 40", "flatter"),
    # --- what is no section
    "a list for a section": ("¤- title: x", "a group of keys (section) is asked for", "its keys: title"),
    "a word for a section": ("¤words", "a group of keys (section) is asked for", "its keys: title"),
    "title glued to its colon": ("¤title:x", "a group of keys (section) is asked for", "write `title: …`"),
    "misspelt key": ("¤titel: x", "unknown key `titel`", "did you mean `title`?"),
    "key in capitals": ("¤Title: x", "unknown key `Title`", "did you mean `title`?"),
    "unknown key": ("title: x\n¤zzz: y", "unknown key `zzz`", "known keys: title"),
    "no title": ("¤text: y", "the key `title` is missing", "add `title:`"),
    "null for a title": ("title:¤\ntext: y", "`title` has no value", "text is asked for"),
    "empty title": ('title: ¤""', "`title` is empty", "text is asked for"),
    "list for a title": ("title: ¤[x, y]", "text is asked for here; found a list", "into quotes"),
    "group for a title": ("title: ¤{x: y}", "text is asked for here; found a group of keys", "into quotes"),
    "unknown kind": ("title: x\nkind: ¤breif", "“breif” is none of the choices", "did you mean `brief`?"),
    "date not in the calendar": ("title: x\ncleared: ¤2025-02-30", "not in the calendar", "check day"),
    "date in words": ("title: x\ncleared: ¤2 April 2025", "a date such as 2025-04-03 is asked for", ""),
    "date without zeros": ("title: x\ncleared: ¤2025-4-2", "a date such as", "write 2025-04-02"),
    "date with a time": ("title: x\ncleared: ¤2025-04-02 18:00", "a date such as", "write 2025-04-02;"),
    "language in words": ("title: x\nlanguage: ¤English please", "does not fit here", "such as en, fr"),
    "id with a space": ("title: x\nid: ¤my id", "“my id” does not fit here", "no spaces"),
    "objective outside a brief": (
        "title: x\n¤objective: y\npoints: [z]",
        "`objective`, `points` belong to a brief",
        "add `kind: brief`",
    ),
    "days outside an agenda": (
        "title: x\nkind: brief\n¤days:\n  - items: [{time: 9, item: x}]",
        "`days` belongs to an agenda, and this section is a brief",
        "write `kind: agenda`",
    ),
    "text for blocks": (
        "title: x\nblocks: ¤words",
        "a list of blocks is asked for",
        "begin each item with `- `",
    ),
    # --- blocks
    "misspelt block": (
        "title: x\nblocks:\n  - ¤hedding: y\n    level: 3",
        "unknown key `hedding`",
        "`heading`",
    ),
    "block without a kind": (
        "title: x\nblocks:\n  - ¤id: y",
        "does not say what it is",
        "begin it with one of: text",
    ),
    "block of two kinds": (
        "title: x\nblocks:\n  - text: y\n    ¤heading: z",
        "cannot be both",
        "`- heading:`",
    ),
    "block that is a list": ("title: x\nblocks:\n  - ¤- y", "text or a block is asked for", "kinds: text"),
    "empty block": ("title: x\nblocks:\n  -¤\n  - y", "this block is empty", "or delete it"),
    "text with a colon": (
        "title: x\nblocks:\n  - ¤Our line: nothing new",
        "the colon behind “Our line”",
        'put it into quotes: "Our line: nothing new"',
    ),
    "item with a colon": (
        "title: x\nblocks:\n  - list:\n      - ¤Two things: this and that",
        "the colon behind “Two things”",
        '"Two things: this and that"',
    ),
    "point with a colon": (
        "title: x\nkind: brief\npoints:\n  - ¤KFOR matters: always",
        "the colon behind “KFOR matters”",
        "into quotes",
    ),
    "numbered text with a colon": (
        "title: x\nblocks:\n  - numbered:\n      - ¤One thing: this",
        "the colon behind",
        "into quotes",
    ),
    "key of another block": (
        "title: x\nblocks:\n  - text: y\n    ¤level: 3",
        "unknown key `level`",
        "known keys",
    ),
    "level out of range": ("title: x\nblocks:\n  - heading: y\n    level: ¤5", "from 2 to 4", ""),
    "level in words": (
        "title: x\nblocks:\n  - heading: y\n    level: ¤two",
        "a whole number from 2 to 4",
        "",
    ),
    "level in quotes": (
        "title: x\nblocks:\n  - heading: y\n    level: ¤'2'",
        "a whole number from 2 to 4",
        "",
    ),
    "start of bullets": (
        "title: x\nblocks:\n  - list: [y]\n    ¤start: 3",
        "only a numbered list",
        "style: numbers",
    ),
    "start at nothing": (
        "title: x\nblocks:\n  - list: [y]\n    style: numbers\n    start: ¤0",
        "a whole number from 1",
        "",
    ),
    "unknown list style": (
        "title: x\nblocks:\n  - list: [y]\n    style: ¤dots",
        "none of the choices",
        "bullets",
    ),
    "empty list": ("title: x\nblocks:\n  - list: ¤[]", "it is empty", "at least 1"),
    "text for a list": ("title: x\nblocks:\n  - list: ¤one, two", "a list of items is asked for", "`- `"),
    "page break without yes": ("title: x\nblocks:\n  - page_break: ¤yes", "true or false", "write true"),
    "quoted true": ("title: x\nblocks:\n  - page_break: ¤'true'", "true or false", "write true"),
    "callout as a group": ("title: x\nblocks:\n  - callout: ¤{text: y}", "text is asked for", ""),
    "two paragraphs in a heading": (
        "title: x\nblocks:\n  - heading: ¤|\n      one\n\n      two",
        "must be one paragraph",
        "delete the blank lines",
    ),
    "list in a numbered paragraph": (
        "title: x\nblocks:\n  - numbered:\n      - |\n        one\n\n        ¤- two\n",
        "a numbered paragraph is one paragraph",
        "begin a new item",
    ),
    # --- tables
    "table without rows": (
        "title: x\nblocks:\n  - table: ¤{columns: [a]}",
        "this table has no rows",
        "add `rows:`",
    ),
    "table without columns": ("title: x\nblocks:\n  - table: ¤{rows: [[a]]}", "no columns", "add `columns:"),
    "table with both": (
        "title: x\nblocks:\n  - table: {columns: [a], rows: [[b]], ¤csv: t.csv}",
        "not both",
        "delete one",
    ),
    "short row": (
        "title: x\nblocks:\n  - table:\n      columns: [a, b]\n      rows:\n        - [c, d]\n        - ¤[e]",
        "this row has 1 cell, the table has 2 columns",
        'write "" for an empty cell',
    ),
    "long row": (
        "title: x\nblocks:\n  - table: {columns: [a], rows: [¤[b, c]]}",
        "this row has 2 cells, the table has 1 column",
        "quotes",
    ),
    "row that is text": (
        "title: x\nblocks:\n  - table: {columns: [a], rows: [¤b]}",
        "a list of cells is asked",
        "",
    ),
    "cell that is a list": (
        "title: x\nblocks:\n  - table: {columns: [a], rows: [[¤[b]]]}",
        "text or a cell is asked for",
        "",
    ),
    "too wide": (
        "title: x\nblocks:\n  - table: {columns: [{title: a, width: 60%}, {title: b, width: ¤50%}], rows: []}",
        "add up to 110 %",
        "at most 100%",
    ),
    "no room left": (
        "title: x\nblocks:\n  - table: {columns: [{title: a, width: 100%}, ¤b], rows: []}",
        "nothing is left",
        "make the others narrower",
    ),
    "width in points": (
        "title: x\nblocks:\n  - table: {columns: [{title: a, width: ¤30pt}], rows: []}",
        "a share such as 30%",
        "shares of the text width",
    ),
    "width of nothing": (
        "title: x\nblocks:\n  - table: {columns: [{title: a, width: ¤0%}], rows: []}",
        "a share such as 30%",
        "above 0%",
    ),
    "align american": (
        "title: x\nblocks:\n  - table: {columns: [{title: a, align: ¤center}], rows: []}",
        "“center” is none of the choices",
        "did you mean `centre`?",
    ),
    "missing CSV": (
        "title: x\nblocks:\n  - table: {csv: ¤t.csv}",
        "there is no CSV file “t.csv”",
        "good.csv",
    ),
    "delimiter without CSV": (
        "title: x\nblocks:\n  - table: {columns: [a], rows: [], ¤delimiter: ';'}",
        "only a CSV file has a delimiter",
        "delete it",
    ),
    "long delimiter": (
        "title: x\nblocks:\n  - table: {csv: good.csv, delimiter: ¤semicolon}",
        "does not fit here",
        "one of , ;",
    ),
    "columns unlike the CSV": (
        "title: x\nblocks:\n  - table:\n      csv: good.csv\n      columns: ¤[a]",
        "1 columns here, and 2 in the first line",
        "leave `columns` out",
    ),
    "misspelt columns": (
        "title: x\nblocks:\n  - table: {¤colums: [a], rows: [[b]]}",
        "unknown key `colums`",
        "did you mean `columns`?",
    ),
    # --- pictures
    "picture without alt": (
        "title: x\nblocks:\n  - ¤image: p.png",
        "the key `alt` is missing",
        "do not see it",
    ),
    "picture with null alt": ("title: x\nblocks:\n  - image: p.png\n    alt:¤", "`alt` has no value", "text"),
    "picture that is none": (
        "title: x\nblocks:\n  - image: ¤a.yaml\n    alt: y",
        "no picture that can be read",
        "PNG",
    ),
    "missing picture": ("title: x\nblocks:\n  - image: ¤q.png\n    alt: y", "there is no picture", "p.png"),
    "picture from the web": (
        "title: x\nblocks:\n  - image: ¤https://example.org/p.png\n    alt: y",
        "nothing is ever fetched",
        "save the picture",
    ),
    "picture from elsewhere": (
        "title: x\nblocks:\n  - image: ¤../../p.png\n    alt: y",
        "leads out of",
        "--allow",
    ),
    "absolute picture": (
        "title: x\nblocks:\n  - image: ¤/etc/passwd\n    alt: y",
        "an absolute path",
        "--allow",
    ),
    "picture with backslashes": (
        "title: x\nblocks:\n  - image: ¤pics\\p.png\n    alt: y",
        "a Windows path",
        "write “pics/p.png”",
    ),
    "picture in another case": ("title: x\nblocks:\n  - image: ¤P.PNG\n    alt: y", "“P.PNG”", "“p.png”"),
    "wide picture": (
        "title: x\nblocks:\n  - image: p.png\n    alt: y\n    width: ¤120%",
        "a share such",
        "up to 100%",
    ),
    # --- agendas
    "item without a time": (
        "title: x\nkind: agenda\ndays:\n  - items:\n      - ¤item: y",
        "the key `time` is missing",
        "14:30",
    ),
    "agenda item with a colon": (
        "title: x\nkind: agenda\ndays:\n  - items:\n      - ¤14:30 lunch",
        "a group of keys (agenda item)",
        "its keys: time",
    ),
    "day without items": (
        "title: x\nkind: agenda\ndays:\n  - ¤date: 2025-04-03",
        "`items` is missing",
        "in order",
    ),
    "agenda date": (
        "title: x\nkind: agenda\ndays:\n  - date: ¤2025-13-03\n    items: [{time: 9, item: y}]",
        "not in the calendar",
        "check day",
    ),
    "misspelt key of an item": (
        "title: x\nkind: agenda\ndays:\n  - items: [{time: 9, ¤itme: y}]",
        "unknown key `itme`",
        "did you mean `item`?",
    ),
    # --- briefs
    "question without a line": (
        "title: x\nkind: brief\nif_raised:\n  - ¤question: y",
        "`line` is missing",
        "line to take",
    ),
    "group without points": (
        "title: x\nkind: brief\npoints:\n  - ¤to: y",
        "does not say what it is",
        "points",
    ),
    "points as text": ("title: x\nkind: brief\npoints: ¤all", "a list of points is asked for", "`- `"),
    # --- who gets it
    "unknown audience": (
        "title: x\naudiences: [¤pres]",
        "there is no audience “pres”",
        "did you mean `press`?",
    ),
    "audience far off": ("title: x\naudiences: [¤zzz]", "there is no audience “zzz”", "minister, press"),
    "not an unknown audience": ("title: x\naudiences: [¤not pres]", "there is no audience “pres”", "`press`"),
    "named and excluded": (
        "title: x\naudiences: ¤[minister, not press]",
        "either named or excluded",
        "`not`",
    ),
    "nobody at all": ("title: x\naudiences: ¤[]", "it is empty", "at least 1"),
    "audiences as a group": ("title: x\naudiences: ¤{press: true}", "a list of names is asked for", ""),
    "id twice": (
        "title: x\nblocks:\n  - text: y\n    id: one\n  - text: z\n    id: ¤one",
        "the id “one” is given twice; the first is at ",
        "another `id:`",
    ),
    "id of the section": (
        "title: x\nblocks:\n  - text: y\n    id: ¤a",
        "the id “a” is given twice",
        "another `id:`",
    ),
    # --- Markdown
    "block quote": ("title: x\ntext: |\n  one\n\n  ¤> two", "a block quote", "write \\>"),
    "code block": ("title: x\ntext: |\n  one\n\n  ¤```\n  two\n  ```", "a code block", "paragraph"),
    "rule": ("title: x\ntext: |\n  one\n\n  ¤* * *", "a rule", "page_break"),
    "Markdown table": (
        "title: x\ntext: |\n  ¤| a | b |\n  |---|---|\n  | c | d |",
        "a Markdown table",
        "table block",
    ),
    "Markdown picture": (
        "title: x\ntext: |\n  one\n  two ¤![alt](p.png)",
        "a picture cannot stand",
        "image block",
    ),
    "heading too deep": ("title: x\ntext: |\n  one\n\n  ¤##### two", "down to level 4", "at most four #"),
    "link to a file": (
        "title: x\ntext: see [this¤](file:///etc/passwd)",
        "no web or mail address",
        "https://",
    ),
    "link with a script": ("title: x\ntext: see [this¤](javascript:alert(1))", "no web or mail", "https://"),
    "link without a scheme": (
        "title: x\ntext: see [this¤](www.nato.int)",
        "no whole address",
        "https://www.nato.int",
    ),
    "mail without a scheme": (
        "title: x\ntext: see [us¤](desk@example.org)",
        "no whole address",
        "mailto:desk@",
    ),
    "relative link": ("title: x\ntext: see [this¤](annex.pdf)", "no web or mail address", "(#name)"),
    "empty reference": ("title: x\ntext: see ¤[[]] there", "this reference names nothing", "[[name, p. 12]]"),
    "reference to page zero": (
        "title: x\ntext: see ¤[[a, p. 0]]",
        "“a, p. 0” is no reference",
        "[[name, p. 12]]",
    ),
    "reference to a wrong page": ("title: x\ntext: see ¤[[a, page x]]", "is no reference", "[[name, p. 12]]"),
    "reference without words": ("title: x\ntext: see [¤](#a)", "has no words", "write [[a]]"),
    "list that begins too high": ("title: x\ntext: |\n  ¤123456. one", "not with 123456", "write 123456\\."),
}

# name: (pack.yaml, words of the message, words of the remedy)
PACKS: dict[str, tuple[str, str, str]] = {
    "no title": ("¤sections: [a.yaml]\naudiences: {press: {}}", "the key `title` is missing", "add `title:`"),
    "no sections": ("¤title: x\naudiences: {press: {}}", "the key `sections` is missing", "add `sections:`"),
    "empty sections": ("title: x\nsections: ¤[]\naudiences: {press: {}}", "it is empty", "at least 1"),
    "sections as text": ("title: x\nsections: ¤a.yaml\naudiences: {press: {}}", "a list of section files", "`- `"),
    "no audiences": ("¤title: x\nsections: [a.yaml]", "the key `audiences` is missing", "add `audiences:`"),
    "empty audiences": ("title: x\nsections: [a.yaml]\naudiences: ¤{}", "it is empty", "at least 1"),
    "audiences as a list": ("title: x\nsections: [a.yaml]\naudiences: ¤[press]", "a group of audiences", ""),
    "name in capitals": (
        "title: x\nsections: [a.yaml]\naudiences: {¤Press: {}}",
        "`Press` cannot be a name here",
        "lower-case",
    ),
    "unknown key of an audience": (
        "title: x\nsections: [a.yaml]\naudiences: {press: {¤stile: press}}",
        "unknown key `stile`",
        "did you mean `style`?",
    ),
    "unknown format": (
        "title: x\nsections: [a.yaml]\naudiences: {press: {formats: [¤word]}}",
        "“word” is none of the choices",
        "pdf, docx",
    ),
    "no format": ("title: x\nsections: [a.yaml]\naudiences: {press: {formats: ¤[]}}", "it is empty", "at least 1"),
    "unknown part": (
        "title: x\nsections: [a.yaml]\naudiences: {press: {parts: [¤point]}}",
        "“point” is none of the choices",
        "did you mean `points`?",
    ),
    "missing section": (
        "title: x\nsections: [¤b.yaml]\naudiences: {press: {}}",
        "there is no section file “b.yaml”",
        "there are: a.yaml",
    ),
    "missing folder": (
        "title: x\nsections: [¤section/a.yaml]\naudiences: {press: {}}",
        "there is no folder “section”",
        "did you mean the folder “sections”?",
    ),
    "a folder for a section": (
        "title: x\nsections: [a.yaml, ¤sections]\naudiences: {press: {}}",
        "“sections” is a folder",
        "name a file in it",
    ),
    "section twice": (
        "title: x\nsections: [a.yaml, ¤./a.yaml]\naudiences: {press: {}}",
        "“./a.yaml” is listed twice; the first is on line 2",
        "delete one",
    ),
    "section without a file": ("title: x\nsections: [a.yaml, ¤{tags: [x]}]\naudiences: {press: {}}", "`file` is missing", ""),
    "empty path": ('title: x\nsections: [a.yaml, ¤""]\naudiences: {press: {}}', "found nothing", "write the path of the section"),
    "annex without a title": (
        "title: x\nsections: [a.yaml]\nannexes:\n  - ¤file: good.csv\naudiences: {press: {}}",
        "the key `title` is missing",
        "add `title:`",
    ),
    "annex id of a section": (
        "title: x\nsections: [a.yaml]\nannexes:\n  - {file: good.csv, title: t, id: ¤a}\naudiences: {press: {}}",
        "the id “a” is given twice",
        "another `id:`",
    ),
    "annexes with equal names": (
        ("title: x\nsections: [a.yaml]\nannexes:\n  - {file: good.csv, title: t}\n"
        "  - {file: ¤sections/good.csv, title: u}\naudiences: {press: {}}"),
        "the id “good” is given twice",
        "another `id:`",
    ),
    "unknown audience of a section": (
        "title: x\nsections:\n  - {file: a.yaml, audiences: [¤pres]}\naudiences: {press: {}}",
        "there is no audience “pres”",
        "did you mean `press`?",
    ),
    "as_of with seconds": (
        "title: x\nas_of: ¤2025-04-02 18:00:30\nsections: [a.yaml]\naudiences: {press: {}}",
        "or 2025-04-03 18:00 is asked for",
        "",
    ),
    "as_of at no hour": (
        "title: x\nas_of: ¤2025-04-02 25:00\nsections: [a.yaml]\naudiences: {press: {}}",
        "not in the calendar",
        "hour",
    ),
    "meeting as text": (
        "title: x\nmeeting: ¤Brussels\nsections: [a.yaml]\naudiences: {press: {}}",
        "a group of keys (meeting)",
        "place, dates, chair",
    ),
}  # fmt: skip

# name: (CSV file, words of the message, words of the remedy)
CSVS: dict[str, tuple[str, str, str]] = {
    "short line": ("a,b\n1,2\n¤3\n", "this row has 1 cell, the table has 2 columns", "as many cells"),
    "long line": ("a,b\n¤1,2,3\n", "this row has 3 cells, the table has 2 columns", "as many cells"),
    "long line behind a long cell": ('a,b\n"1\n1",2\n¤3,4,5\n', "this row has 3 cells", "as many cells"),
    "open quotation mark": ('a,b\n¤"1,2\n3,4\n', "never closed", "whole cell into quotes"),
    "text behind a quotation": ('a,b\n¤"1"x,2\n', "goes on behind its closing", "whole cell into quotes"),
    "nothing": ("¤", "the CSV file is empty", "its first line"),
    "control character": ("a,b\n1,¤\x1b2\n", "U+001B is not allowed", "delete it"),
    "bad reference in a cell": ("a,b\n1,¤[[]]\n", "names nothing", "[[name"),
}


@pytest.fixture
def folder(tmp_path: Path, png: bytes) -> Path:
    pack = tmp_path / "pack"
    (pack / "sections").mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK, encoding="utf-8")
    (pack / "a.yaml").write_text(SECTION, encoding="utf-8")
    (pack / "p.png").write_bytes(png)
    (pack / "good.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (pack / "sections" / "good.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return pack


def errors_of(folder: Path) -> list[Diagnostic]:
    reading = read_pack(folder)
    errors = [found for found in reading.findings if found.severity is Severity.ERROR]
    assert (reading.pack is None) == bool(errors)
    return errors


def check(folder: Path, name: str, wrong: str, words: str, remedy: str) -> None:
    before, _, after = wrong.partition(HERE)
    (folder / name).write_text(before + after, encoding="utf-8", newline="")
    errors = errors_of(folder)
    assert len(errors) == 1, errors
    where = errors[0].where
    assert where is not None
    lines = before.split("\n")
    assert (where.path, where.line, where.column) == (folder / name, len(lines), len(lines[-1]) + 1), errors[
        0
    ]
    assert words in errors[0].message
    assert errors[0].hint or not remedy, errors[0]
    assert remedy in (errors[0].hint or "")
    assert errors[0].code is ExitCode.SOURCE


@pytest.mark.parametrize("case", SECTIONS)
def test_a_wrong_section_file_is_told_where_and_what_to_do(folder: Path, case: str) -> None:
    check(folder, "a.yaml", *SECTIONS[case])


@pytest.mark.parametrize("case", PACKS)
def test_a_wrong_pack_file_is_told_where_and_what_to_do(folder: Path, case: str) -> None:
    check(folder, "pack.yaml", *PACKS[case])


@pytest.mark.parametrize("case", CSVS)
def test_a_wrong_csv_file_is_told_where_and_what_to_do(folder: Path, case: str) -> None:
    (folder / "a.yaml").write_text("title: x\nblocks:\n  - table: {csv: t.csv}\n", encoding="utf-8")
    check(folder, "t.csv", *CSVS[case])


@pytest.mark.parametrize(
    ("raw", "place", "words", "remedy"),
    [
        (b"title: caf\xe9\n", (1, 11), "byte 0xE9 is not UTF-8", "reads “é”"),
        ("title: naïve\ntext: ".encode() + b"\x93x\x94", (2, 7), "byte 0x93 is not UTF-8", "reads ““”)"),
        (b"title: \x81\n", (1, 8), "byte 0x81 is not UTF-8", "save the file as UTF-8"),
        ("title: x".encode("utf-16"), (1, 1), "UTF-16", "UTF-8"),
        ("title: x".encode("utf-16-le"), (1, 1), "UTF-16", "UTF-8"),
        ("title: x".encode("utf-16-be"), (1, 1), "UTF-16", "UTF-8"),
        ("title: x".encode("utf-32"), (1, 1), "UTF-16", "UTF-8"),
        (b"PK\x03\x04\x14\x00", (1, 1), "a ZIP, Word or Excel file", "text file"),
        (b"%PDF-1.7\n", (1, 1), "a PDF file", "text file"),
        (b"title: " + b"x" * 2_100_000, (0, 0), "the limit is 2,097,152", "divide"),
    ],
)
def test_a_file_that_is_no_utf8_text_says_so(
    folder: Path, raw: bytes, place: tuple[int, int], words: str, remedy: str
) -> None:
    (folder / "a.yaml").write_bytes(raw)
    errors = errors_of(folder)
    assert len(errors) == 1
    where = errors[0].where
    assert where is not None
    assert (where.line, where.column) == place
    assert words in errors[0].message
    assert remedy in (errors[0].hint or "")


def test_a_missing_annex_has_its_own_exit_code(folder: Path) -> None:
    wrong = "title: x\nsections: [a.yaml]\nannexes:\n  - {file: no.pdf, title: t}\naudiences: {press: {}}\n"
    (folder / "pack.yaml").write_text(wrong, encoding="utf-8")
    (error,) = errors_of(folder)
    assert (error.code, str(error.where)) == (ExitCode.ANNEX, f"{folder / 'pack.yaml'}:4:12")


def test_all_faults_of_all_files_are_found_in_one_run(folder: Path) -> None:
    (folder / "pack.yaml").write_text(
        "titel: x\nsections: [a.yaml, b.yaml, c.yaml]\nzzz: 1\naudiences: {press: {style: [x]}}\n",
        encoding="utf-8",
    )
    (folder / "a.yaml").write_text("title: x\ncleared: never\ntags: {}\n", encoding="utf-8")
    (folder / "b.yaml").write_text("title: 'x\n", encoding="utf-8")
    places = [(w.path.name, w.line) for error in errors_of(folder) if (w := error.where) is not None]
    assert sorted(places) == [
        ("a.yaml", 2),
        ("a.yaml", 3),
        ("b.yaml", 1),
        ("pack.yaml", 1),
        ("pack.yaml", 2),
        ("pack.yaml", 3),
        ("pack.yaml", 4),
    ]


def test_a_folder_without_pack_file_and_no_folder_at_all_are_told_apart(tmp_path: Path) -> None:
    for path, code in ((tmp_path, ExitCode.SOURCE), (tmp_path / "no", ExitCode.USAGE)):
        reading = read_pack(path)
        (error,) = reading.findings
        assert reading.pack is None
        assert error.code is code
        assert error.hint
