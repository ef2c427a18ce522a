"""The part /word/styles.xml: every text role of a Style as a real Word style.

A style says only what differs from Normal, so that a reader who changes Normal changes all.
"""

from __future__ import annotations

from briefpack.style import Style, TextStyle
from briefpack.word.looks import (
    border,
    box_borders,
    box_insets,
    indent,
    leader,
    paragraph_look,
    run_look,
    tab,
)
from briefpack.word.place import ROLE_BOXES, box_look
from briefpack.word.style_xml import style_element
from briefpack.word.styles import (
    ANNEX_TITLE,
    CODE,
    COVER_LABEL,
    COVER_RULE,
    FIGURE,
    FOOTNOTE_MARK,
    HEADINGS,
    HYPERLINK,
    LIST_CONTINUE,
    PAGE_NUMBER,
    PARAGRAPHS,
    SECONDARY,
    SEPARATOR,
    TERM,
    Name,
    hang,
    is_numbered,
)
from briefpack.word.table_styles import table_styles
from briefpack.word.xml import EMPTY, Xml, element, join, part, value


def _difference(own: dict[str, Xml], base: dict[str, Xml]) -> Xml:
    return join(piece for key, piece in own.items() if piece != base.get(key))


def _wrapped(name: str, content: Xml) -> Xml:
    return element(name, None, content) if content else EMPTY


def _contents_look(style: Style, level: int, look: dict[str, Xml]) -> None:
    """The columns of a contents line: number, words, leader, page number at the right edge of the text.

    No right indent: LibreOffice drops page numbers that stand right of one.
    """
    widths = style.contents.number_width
    text = style.text[f"contents-{level}"]
    left = text.left.twips + widths[level - 1].twips
    stops = (tab("left", left), tab("right", style.page.text_width.twips, leader(style)))
    look["tabs"] = element("w:tabs", None, *stops)
    look["ind"] = indent(left, 0, -widths[level - 1].twips)


def _adapt(style: Style, role: str, text: TextStyle, look: dict[str, Xml]) -> None:
    """What a role adds to its TextStyle: numbers, boxes, columns."""
    width = style.page.text_width.twips
    if role in HEADINGS:
        level = HEADINGS.index(role) + 1
        if is_numbered(style, level):
            look["numPr"] = element("w:numPr", None, value("ilvl", level - 1), value("numId", 1))
        hanging = hang(style, level).twips
        if hanging:
            look["ind"] = indent(text.left.twips + hanging, text.right.twips, -hanging)
        look["keepNext"] = Xml("<w:keepNext/>")
        look["keepLines"] = Xml("<w:keepLines/>")
    elif role == "section-lead":
        look["keepNext"] = Xml("<w:keepNext/>")
    elif role in ROLE_BOXES:
        box = box_look(style, ROLE_BOXES[role])
        left, right = box_insets(box)
        look["pBdr"], look["shd"] = box_borders(box)
        look["ind"] = indent(text.left.twips + left, text.right.twips + right, text.first.twips)
    elif role in {"contents-1", "contents-2", "contents-3"}:
        _contents_look(style, int(role[-1]), look)
    elif role in {"header", "footer"}:
        stops = (tab("center", width // 2), tab("right", width))
        look["tabs"] = element("w:tabs", None, *stops)
    elif role == "note":
        # The mark hangs in front of the words.
        step = style.notes.indent.twips
        look["ind"] = indent(text.left.twips + step, text.right.twips, -step)
    elif role == "listing":
        look["tabs"] = element("w:tabs", None, tab("right", width, leader(style)))
        look["ind"] = indent(text.left.twips, 0, text.first.twips)
    elif role == "table-group":
        look["keepNext"] = Xml("<w:keepNext/>")
    elif role == "cover-value":
        column = style.cover.label_width.twips
        look["tabs"] = element("w:tabs", None, tab("left", text.left.twips + column))
        look["ind"] = indent(text.left.twips + column, text.right.twips, -column)


def _paragraph_styles(style: Style) -> list[Xml]:
    normal_paragraph = paragraph_look(style.text["body"])
    normal_run = run_look(style, style.text["body"])
    styles: list[Xml] = []
    for priority, (role, name) in enumerate(PARAGRAPHS.items(), 1):
        text = style.text[role]
        look = paragraph_look(text)
        _adapt(style, role, text, look)
        if name.outline is not None:
            look["outlineLvl"] = value("outlineLvl", name.outline)
        if role == "body":
            own = (_wrapped("w:pPr", join(look.values())), _wrapped("w:rPr", join(normal_run.values())))
            styles.append(style_element("paragraph", name, *own, base=None, priority=0, default=True))
            continue
        content = (
            _wrapped("w:pPr", _difference(look, normal_paragraph)),
            _wrapped("w:rPr", _difference(run_look(style, text), normal_run)),
        )
        styles.append(style_element("paragraph", name, *content, base="Normal", priority=priority))
    return styles


def _structural_styles(style: Style) -> list[Xml]:
    """Paragraph styles for what is not text: pictures, the cover's rule, the least paragraph Word cannot do without."""
    image, cover = style.image, style.cover
    picture: dict[str, str | int] = {
        "w:before": image.before.twips,
        "w:after": image.after.twips,
        "w:line": 240,
        "w:lineRule": "auto",
    }
    # An exact line pitch would cut the picture down to one line.
    figure = element(
        "w:pPr",
        None,
        Xml('<w:keepNext w:val="0"/>'),
        element("w:spacing", picture),
        indent(0, 0, 0),
        value(
            "jc", {"left": "left", "centre": "center", "right": "right", "justify": "left"}[image.align.value]
        ),
    )
    rule = element(
        "w:pPr",
        None,
        element("w:pBdr", None, border("top", cover.rule, cover.rule_colour.hex)),
        element("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 20, "w:lineRule": "exact"}),
        indent(0, max(0, style.page.text_width.twips - cover.rule_length.twips), 0),
    )
    least = element(
        "w:pPr",
        None,
        element("w:spacing", {"w:before": 0, "w:after": 0, "w:line": 20, "w:lineRule": "exact"}),
        indent(0, 0, 0),
    )
    listed = style.text["list"]
    further = element(
        "w:pPr", None, indent(listed.left.twips + style.lists.indent.twips, listed.right.twips, 0)
    )
    names = (
        (Name(FIGURE, "Picture", "Caption"), figure, "Normal"),
        (Name(COVER_RULE, "Cover Rule"), rule, "Normal"),
        (Name(SEPARATOR, "Separator"), least, "Normal"),
        (Name(LIST_CONTINUE, "List Continue"), further, "ListParagraph"),
        # The outline level, below that of the schedule's heading, lets readers jump from annex to annex, and puts the
        # annexes into a contents that Word makes anew.
        (Name(ANNEX_TITLE, "Annex Title"), element("w:pPr", None, value("outlineLvl", 1)), "TableCell"),
    )
    return [
        style_element("paragraph", name, content, base=base, priority=50) for name, content, base in names
    ]


def _character_styles(style: Style) -> list[Xml]:
    link, code, quiet = style.text["link"], style.text["code"], style.text["secondary"]
    number, label = style.text["page-number"], style.text["cover-label"]
    base = "DefaultParagraphFont"
    link_look = run_look(style, link)
    code_look = run_look(style, code)
    number_look, label_look = run_look(style, number), run_look(style, label)
    styles = (
        (Name(HYPERLINK, "Hyperlink"), join((link_look["color"], link_look["u"]))),
        (Name(CODE, "Inline Code"), code_look["rFonts"]),
        (Name(SECONDARY, "Secondary Text"), run_look(style, quiet)["color"]),
        (
            Name(TERM, "Term"),
            _difference(run_look(style, style.text["term"]), run_look(style, style.text["list"])),
        ),
        (Name(FOOTNOTE_MARK, "footnote reference"), value("vertAlign", "superscript")),
        (Name(PAGE_NUMBER, "page number"), _difference(number_look, run_look(style, style.text["footer"]))),
        (
            Name(COVER_LABEL, "Cover Label"),
            _difference(label_look, run_look(style, style.text["cover-value"])),
        ),
    )
    default = style_element(
        "character", Name(base, "Default Paragraph Font"), base=None, priority=1, default=True
    )
    return [default] + [
        style_element("character", name, _wrapped("w:rPr", look), base=base, priority=51)
        for name, look in styles
    ]


def styles_part(style: Style, language: str) -> bytes:
    """The whole of /word/styles.xml. language: BCP 47 tag of the pack, the language of all text that says nothing else.

    The look of text is Normal's alone: what is a default of the document LibreOffice sets in tables against the styles of links and other words.
    """
    tongue = element("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": language})
    defaults = element(
        "w:docDefaults",
        None,
        element(
            "w:rPrDefault",
            None,
            element("w:rPr", None, tongue),
        ),
        element("w:pPrDefault", None, element("w:pPr", None, Xml("<w:widowControl/>"))),
    )
    latent = element(
        "w:latentStyles",
        {
            "w:defLockedState": 0,
            "w:defUIPriority": 99,
            "w:defSemiHidden": 0,
            "w:defUnhideWhenUsed": 0,
            "w:defQFormat": 0,
            "w:count": 376,
        },
    )
    no_list = style_element("numbering", Name("NoList", "No List"), base=None, priority=99, default=True)
    return part(
        "w:styles",
        ("w",),
        defaults,
        latent,
        *_paragraph_styles(style),
        *_structural_styles(style),
        *_character_styles(style),
        *table_styles(style),
        no_list,
    )
