"""Wrong style files: every fault is found at its line and column, with a fact and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.errors import ExitCode, Severity
from briefpack.reading.read_style import StyleReading, read_style

HERE = "¤"
"""Stands before the place that a message must point at."""

# name: (style file, words of the message, words of the remedy)
ERRORS: dict[str, tuple[str, str, str]] = {
    "unknown key": ("¤colurs: {accent: '#123456'}", "unknown key `colurs`", "did you mean `colours`?"),
    "american spelling": ("text:\n  body:\n    ¤color: ink", "unknown key `color`", "did you mean `colour`?"),
    "unknown nested key": (
        "page:\n  margins:\n    ¤insid: 30mm",
        "unknown key `insid`",
        "did you mean `inside`?",
    ),
    "unknown role": (
        "text:\n  ¤heading2: {bold: true}",
        "unknown key `heading2`",
        "did you mean `heading-2`?",
    ),
    "role of no kind": ("text:\n  ¤zzz: {bold: true}", "unknown key `zzz`", "known keys: body, secondary"),
    "list for a group": ("page:\n  ¤- A4", "a group of keys (page) is asked for", "its keys: size"),
    "style is a list": ("¤- extends: base", "a group of keys (style) is asked for", "extends"),
    "style is a word": ("¤base", "a group of keys (style) is asked for", "extends"),
    "length without unit": ("page:\n  margins: {top: ¤30}", "“30” has no unit", "write 30pt"),
    "unknown unit": ("page: {margins: {top: ¤30px}}", "`px` is not a unit", "units: pt, mm, cm, in"),
    "em where it means nothing": ("page: {margins: {top: ¤3em}}", "`em` is not a unit", "units: pt, mm"),
    "percent of nothing": ("text: {list: {after: ¤10%}}", "`%` is not a unit", "em"),
    "no length at all": ("page: {margins: {top: ¤wide}}", "a length such as 4mm is asked for", ""),
    "decimal comma": ("page: {margins: {top: ¤'2,5cm'}}", "a length such as 4mm is asked for", ""),
    "negative margin": ("page: {margins: {top: ¤-5mm}}", "“-5mm” is out of range", "from 0pt"),
    "tracking in points": ("text: {banner: {tracking: ¤1pt}}", "`pt` is not a unit", "units: em"),
    "size too small": ("text: {body: {size: ¤2pt}}", "“2pt” is out of range", "from 4pt to 400pt"),
    "line too wide": ("table: {top: ¤2cm}", "“2cm” is out of range", "to 12pt"),
    "size as a bare number": ("text: {body: {size: ¤14}}", "“14” has no unit", "write 14pt"),
    "body in percent": ("text: {body: {size: ¤120%}}", "percentage of itself", "such as 11pt"),
    "absurd percentage": ("text: {caption: {size: ¤5%}}", "“5%” is out of range", "from 10% to 1000%"),
    "colour with too few digits": ("colours: {accent: ¤'#12345'}", "a colour such as", "three or six"),
    "colour as rgb()": ("colours: {accent: ¤'rgb(1, 2, 3)'}", "a colour such as", ""),
    "unknown colour name": ("text: {body: {colour: ¤inc}}", "no colour named `inc`", "did you mean `ink`?"),
    "unknown colour of a fill": ("callout: {fill: ¤tnt}", "no colour named `tnt`", "did you mean `tint`?"),
    "colour swallowed by #": ("colours:\n  accent:¤ #1b365d", "`accent` has no value", "into quotes"),
    "colours in a circle": ("colours: {one: two, two: ¤one}", "names itself", "#rrggbb"),
    "colour named after nothing": (
        "colours: {accent: ¤navy}",
        "no colour named `navy`",
        "named colours: accent",
    ),
    "colour with a strange name": (
        "colours: {¤My Blue: '#123456'}",
        "`My Blue` cannot be a name",
        "lower-case",
    ),
    "yes for true": ("page: {two_sided: ¤yes}", "true or false is asked for", "write true"),
    "true in quotes": ("page: {two_sided: ¤'true'}", "true or false is asked for", ""),
    "unknown sheet": ("page: {size: ¤A6}", "none of the choices", "A4"),
    "half a sheet": ("page: {size: ¤{width: 200mm}}", "the key `height` is missing", "height"),
    "sheet too large": ("page: {size: {width: ¤2000mm, height: 200mm}}", "out of range", "1584pt"),
    "unknown alignment": ("text: {body: {align: ¤center}}", "none of the choices", "did you mean `centre`?"),
    "justified picture": ("image: {align: ¤justify}", "none of the choices", "left, centre, right"),
    "leading as a length": ("text: {body: {leading: ¤14pt}}", "a number from 0.8 to 4", ""),
    "contents too deep": ("contents: {depth: ¤4}", "a whole number from 0 to 3", ""),
    "share above one": ("cover: {top: ¤120%}", "a share such as 27%", "from 0% to 100%"),
    "unknown field": ("header: {left: ¤'{titel}'}", "unknown field {titel}", "did you mean `title`?"),
    "page number on the cover": (
        "cover: {title: ¤'{page}'}",
        "unknown field {page}",
        "did you mean `place`?",
    ),
    "field of no kind": ("divider: {line: ¤'{x9}'}", "unknown field {x9}", "used here: label, title, source"),
    "unknown label word": (
        "footer: {left: ¤'{word:vresion}'}",
        "unknown label word {word:vresion}",
        "`version`",
    ),
    "stray brace": ("footer: {left: ¤'{page'}", "a stray {", "as in {title}; write {{"),
    "unquoted template": ("footer: {left: ¤{page}}", "text is asked for", "quotes"),
    "template of two lines": ("footer:\n  left: ¤|\n    one\n    two", "several lines", "one line"),
    "unknown label on the cover": (
        "cover: {fields: {¤refrence: x}}",
        "`refrence` cannot be a name",
        "label words",
    ),
    "number pattern without a digit": (
        "numbering: {paragraphs: ['1.', ¤'(x)', '(i)']}",
        "number pattern",
        "1, a, A",
    ),
    "two numbers in a pattern": (
        "numbering: {paragraphs: [¤'1.a', '(a)', '(i)']}",
        "number pattern",
        "exactly one",
    ),
    "two patterns": ("numbering: {paragraphs: ¤['1.', '(a)']}", "a list of three", ""),
    "unknown annex labels": ("numbering: {annexes: ¤a}", "none of the choices", "A, 1, I"),
    "no bullets": ("lists: {bullets: ¤[]}", "a list of labels is asked for here; it is empty", "at least 1"),
    "unknown family": (
        "text: {body: {font: ¤Carlitto}}",
        "no font family “Carlitto”",
        "did you mean `Carlito`?",
    ),
    "family of no kind": ("text: {body: {font: ¤Zapfino}}", "no font family “Zapfino”", "Liberation Serif"),
    "body like another": ("text: {body: {like: ¤list}}", "body cannot be like", "write its keys out"),
    "like itself": (
        "text: {caption: {like: source}, source: {like: ¤caption}}",
        "is like itself",
        "take one `like`",
    ),
    "like an unknown role": (
        "text: {caption: {like: ¤sauce}}",
        "none of the choices",
        "did you mean `source`?",
    ),
    "unknown style": ("extends: ¤bass", "there is no style `bass`", "did you mean `base`?"),
    "one unknown style of two": (
        "extends: [base, ¤nobody]",
        "there is no style `nobody`",
        "styles: base, house",
    ),
    "style by its file": (
        "extends: ¤base.yaml",
        "there is no style `base.yaml`",
        "without folder and ending: `base`",
    ),
    "style by a path": ("extends: ¤../styles/base", "there is no style", "without folder and ending"),
    "extends itself": ("extends: ¤house", "extends itself: house → house", "take one of these names away"),
    "group of styles": ("extends: ¤{a: b}", "the name of a style", ""),
    "a required key taken away": (
        "page: {margins: {top: ¤~}}",
        "needs `page.margins.top`, which ~ takes away",
        "value",
    ),
    "a required group taken away": ("table: ¤~", "needs `table`, which ~ takes away", "value"),
    "a role taken away": ("text: {caption: ¤~}", "needs `text.caption`, which ~ takes away", "value"),
    "an attribute of body taken away": ("text: {body: {size: ¤~}}", "needs `text.body.size`", "value"),
    "an English word taken away": ("words: {en: {contents: ¤~}}", "needs `words.en.contents`", "value"),
    "no room across": (
        "page: {margins: {inside: ¤100mm, outside: 100mm}}",
        "leave a text 10mm wide",
        "at least 40mm",
    ),
    "less than no room": ("page: {margins: {inside: ¤300mm}}", "leave a text -114mm wide", "smaller"),
    "no room down": ("page: {margins: {top: ¤250mm}}", "leave a text 19mm high", "smaller"),
    "word with an unknown field": ("words: {en: {many_pages: ¤'{m} pages'}}", "unknown field {m}", "n"),
    "word without its field": ("words: {en: {many_pages: ¤pages}}", "lacks the field {n}", "put {n}"),
    "unknown word": (
        "words: {en: {¤contentz: Contents}}",
        "unknown key `contentz`",
        "did you mean `contents`?",
    ),
    "strange language": ("words: {¤englisch!: {contents: Inhalt}}", "cannot be a name", "language tag"),
    "a key twice": ("banner: a\n¤banner: b", "key `banner` is given twice", "keep one"),
    "a tab": ("page:\n¤\tsize: A4", "a tab is used", "spaces"),
    "an unclosed quotation mark": ("banner: ¤'abc", "never closed", "close it"),
    "font without file": ("fonts: {Brand: ¤{bold: x.ttf}}", "the key `regular` is missing", "add `regular:`"),
    "font file that is not there": (
        "fonts: {Brand: {regular: ¤no.ttf}}",
        "there is no font no.ttf",
        "looked for in",
    ),
    "font outside": ("fonts: {Brand: {regular: ¤../../x.ttf}}", "leads out of the project", "copy the font"),
    "font by absolute path": (
        "fonts: {Brand: {regular: ¤/x.ttf}}",
        "not a path inside the project",
        "relative",
    ),
    "font by Windows path": (
        r"fonts: {Brand: {regular: ¤fonts\x.ttf}}",
        "not a path inside the project",
        "/",
    ),
    "font from the net": (
        "fonts: {Brand: {regular: ¤'https://x.org/x.ttf'}}",
        "nothing is ever fetched",
        "save",
    ),
    "font that is text": ("fonts: {Brand: {regular: ¤text.ttf}}", "is not a font file", "TrueType"),
    "OpenType CFF": ("fonts: {Brand: {regular: ¤cff.otf}}", "PostScript outlines", ".ttf"),
    "web font": ("fonts: {Brand: {regular: ¤web.woff}}", "is a web font", ".ttf"),
    "web font, second kind": ("fonts: {Brand: {regular: ¤web.woff2}}", "is a web font", ".ttf"),
    "font collection": ("fonts: {Brand: {regular: ¤all.ttc}}", "collection of several fonts", "single .ttf"),
    "logo that is not there": ("cover: {logo: ¤no.png}", "there is no picture no.png", "looked for in"),
    "logo that is no picture": ("cover: {logo: ¤text.ttf}", "text.ttf: this is no", "PNG or JPEG"),
    "logo from the net": (
        "cover: {logo: ¤'http://x.org/a.png'}",
        "nothing is ever fetched",
        "save the picture",
    ),
}

WARNINGS: dict[str, tuple[str, str, str]] = {
    "pale text": (
        "text: {body: {colour: ¤'#999999'}}",
        "#999999 on #eef2f7 is hard to read: contrast 2.5:1",
        "4.5:1",
    ),
    "pale named colour": ("colours: {grey: ¤'#aaaaaa'}", "#aaaaaa on #eef2f7 is hard to read", "darker"),
    "pale large text": ("text: {cover-title: {colour: ¤'#bbbbbb'}}", "hard to read: contrast 1.9:1", "3:1"),
    "text on a dark box": ("callout: {fill: ¤'#333333'}", "on #333333 is hard to read", "lighter"),
    "dark header row": ("table: {header_fill: ¤accent}", "#1b365d on #1b365d", "(table-header)"),
    "banded rows": ("table: {band_fill: ¤'#888888'}", "#5a6270 on #888888", "take a lighter colour"),
    "size between half points": ("text: {body: {size: ¤11.3pt}}", "11.3pt becomes 11.5pt", "write 11.5pt"),
    "header in the text": ("page: {margins: {top: ¤15mm}}", "the header reaches", "larger"),
    "footer in the text": ("page: {footer: ¤30mm}", "the footer reaches", "smaller"),
    "half a language": ("words: {de: {contents: ¤Inhalt}}", "language `de` are not complete", "annexes"),
}


def read(tmp_path: Path, text: str) -> StyleReading:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "house.yaml").write_text(text, encoding="utf-8")
    (folder / "text.ttf").write_text("this is not a font", encoding="utf-8")
    (folder / "cff.otf").write_bytes(b"OTTO" + bytes(60))
    (folder / "web.woff").write_bytes(b"wOFF" + bytes(60))
    (folder / "web.woff2").write_bytes(b"wOF2" + bytes(60))
    (folder / "all.ttc").write_bytes(b"ttcf" + bytes(60))
    return read_style("house", [folder])


def place(text: str) -> tuple[str, int, int]:
    """The file without its mark, and the line and column of the mark, 1-based."""
    before, _, after = text.partition(HERE)
    return before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_has_its_place_its_fact_and_its_remedy(name: str, tmp_path: Path) -> None:
    marked, message, hint = ERRORS[name]
    text, line, column = place(marked)
    reading = read(tmp_path, text)
    assert reading.style is None
    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    assert [(error.where.line, error.where.column) for error in errors if error.where] == [(line, column)], (
        errors
    )
    assert message in errors[0].message
    assert hint in (errors[0].hint or "")
    assert errors[0].code is ExitCode.STYLE
    assert errors[0].where is not None
    assert errors[0].where.path == tmp_path / "styles" / "house.yaml"


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_has_its_place_and_lets_the_style_pass(name: str, tmp_path: Path) -> None:
    marked, message, hint = WARNINGS[name]
    text, line, column = place(marked)
    reading = read(tmp_path, text)
    assert reading.style is not None
    warnings = list(reading.findings)
    assert [(w.severity, w.where.line, w.where.column) for w in warnings if w.where] == [
        (Severity.WARNING, line, column)
    ], warnings
    assert message in warnings[0].message
    assert hint in f"{warnings[0].message} {warnings[0].hint}"


def test_all_errors_of_a_file_are_found_in_one_run(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "page: {size: A6, two_sided: yes}\ncolours: {accent: '#12'}\ntext: {body: {colour: inc, font: Nix}}\n",
    )
    assert [(e.where.line, e.where.column) for e in reading.findings if e.where] == [
        (1, 14),
        (1, 29),
        (2, 19),
        (3, 34),
        (3, 23),
    ]


def test_a_wrong_value_is_not_reported_as_missing_too(tmp_path: Path) -> None:
    reading = read(tmp_path, "extends: []\npage: {size: A4, margins: {top: wide, inside: 2cm}}")
    told = [finding.message for finding in reading.findings]
    assert any("a length such as" in message for message in told)
    assert "the style lacks `page.margins.top`" not in told
    assert "the style lacks `page.margins.bottom`" in told
    assert "the style lacks `table`" in told


def test_faults_of_a_parent_are_reported_in_the_parent(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "parent.yaml").write_text("banner: '{nix}'", encoding="utf-8")
    (folder / "child.yaml").write_text("extends: parent", encoding="utf-8")
    (finding,) = read_style("child", [folder]).findings
    assert str(finding.where) == f"{folder / 'parent.yaml'}:1:9"


def test_a_cycle_over_three_files_shows_the_way(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        (folder / f"{name}.yaml").write_text(f"extends: {parent}", encoding="utf-8")
    (finding,) = read_style("a", [folder]).findings
    assert finding.message == "the style `a` extends itself: a → b → c → a"
    assert str(finding.where) == f"{folder / 'c.yaml'}:1:10"


def test_an_unknown_style_is_reported_where_it_was_asked_for(tmp_path: Path) -> None:
    from briefpack.errors import Where

    asked = Where(Path("pack.yaml"), 7, 12)
    reading = read_style("ministre", [Path("styles")], asked)
    (finding,) = reading.findings
    assert (finding.where, finding.message) == (asked, "there is no style `ministre`")
    assert finding.hint == "did you mean `minister`?"
    assert reading.style is None
