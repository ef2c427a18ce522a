from dataclasses import replace

from briefpack.document import (
    Align,
    Callout,
    Caption,
    Cell,
    Column,
    CrossReference,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from briefpack.word.looks import box_excess
from tests.samples import WHERE, picture, sample_document, words
from tests.word.opened import W, faults, style_of, text_of, written


def _written(*blocks, style=None):
    section = Section("1", "Title", "sec_only", (), blocks, WHERE)
    document = replace(sample_document(annexes=()), sections=(section,), contents=())
    opened = written(document, style)
    assert faults(opened) == []
    return opened


def _say(text, role="body", **more):
    return Paragraph(words(text), WHERE, role, **more)


def _list(kind, labels, sequence=1, depth=0, start=1):
    items = tuple(ListItem(label, (_say(f"item {n}", "list"),)) for n, label in enumerate(labels))
    return List(kind, items, depth, sequence, WHERE, start)


def _table(rows=2, header=1, **more):
    def row(n):
        return Row(tuple(Cell((_say(f"r{n}c{c}", "table-cell"),)) for c in range(3)), WHERE)

    columns = (Column(0.3), Column(1 / 3, Align.CENTRE), Column(1 - 0.3 - 1 / 3, Align.RIGHT))
    return Table(
        columns,
        tuple(map(row, range(header))),
        tuple(map(row, range(10, 10 + rows))),
        "tbl_one",
        WHERE,
        **more,
    )


# --------------------------------------------------------------------------- spans


def test_spans_keep_their_looks():
    opened = _written(
        Paragraph(
            (
                Text("strong", strong=True),
                Text("emphasis", emphasis=True),
                Text("code", code=True),
                Text("quiet", secondary=True),
                Text("français", language="fr"),
                LineBreak(),
                Text("soft\u00adhyphen\tand tab"),
            ),
            WHERE,
        )
    )
    (paragraph,) = opened.paragraphs("Normal")

    looks = {
        text_of(run): [child.tag.removeprefix(W) for child in run.find(f"{W}rPr")]
        for run in paragraph.findall(f"{W}r")
        if run.find(f"{W}rPr") is not None
    }
    assert looks == {
        "strong": ["b", "bCs"],
        "emphasis": ["i", "iCs"],
        "code": ["rStyle", "noProof"],
        "quiet": ["rStyle"],
        "français": ["lang"],
    }
    assert text_of(paragraph).endswith("\nsoft\u00adhyphen and tab")


def test_links_out_of_the_pack_are_relationships_and_equal_ones_share_theirs():
    link = Link("https://example.org/?a=1&b=2", words("site"))
    opened = _written(Paragraph((link, Text(" "), link), WHERE))

    targets = [
        r.get("Target")
        for r in opened.root("word/_rels/document.xml.rels")
        if r.get("TargetMode") == "External"
    ]
    assert targets == ["https://example.org/?a=1&b=2"]
    assert len(opened.find("//w:hyperlink[@r:id]")) == 2


def test_a_reference_to_a_numbered_heading_is_a_field_with_its_result():
    opened = _written(
        Heading(2, "1.1", words("Here"), "h_here", WHERE),
        Paragraph((Text("See "), CrossReference("h_here", words("section 1.1"))), WHERE),
    )
    (paragraph,) = opened.paragraphs("Normal")

    assert text_of(paragraph) == "See section 1.1"
    assert [i.text.strip() for i in opened.find(".//w:instrText", paragraph)] == [r"REF h_here \n \h"]
    assert opened.find(".//w:hyperlink/@w:anchor", paragraph) == ["h_here"]


def test_an_authors_own_words_stay_as_they_are():
    opened = _written(
        Heading(2, "1.1", words("Here"), "h_here", WHERE),
        Paragraph((CrossReference("h_here", words("as in 1.1"), by_author=True),), WHERE),
    )

    assert opened.find("//w:body/w:p[w:pPr/w:pStyle/@w:val='Normal']//w:instrText") == []


def test_a_number_inside_a_longer_number_is_no_reference_to_it():
    opened = _written(Paragraph((CrossReference("sec_only", words("section 11")),), WHERE))

    assert opened.find("//w:body/w:p[w:pPr/w:pStyle/@w:val='Normal']//w:instrText") == []


def test_captions_are_counted_by_word_and_references_follow():
    opened = _written(
        _table(caption=Caption("Table 1", words("Visits"))),
        Paragraph((CrossReference("tbl_one", words("table 1")),), WHERE),
    )

    assert opened.texts("Caption") == ["Table 1: Visits"]
    instructions = [i.text.strip() for i in opened.find("//w:instrText")]
    assert r"SEQ Table \* ARABIC" in instructions
    assert r"REF _Ref000001 \h" in instructions


# --------------------------------------------------------------------------- numbers and lists


def _label_of(opened, paragraph):
    """(format, text, start) of the list level a paragraph is in."""
    numbering = opened.root("word/numbering.xml")
    instance = opened.find(".//w:numId/@w:val", paragraph)[0]
    level = opened.find(".//w:ilvl/@w:val", paragraph)[0]
    num = opened.find(f"//w:num[@w:numId='{instance}']", numbering)[0]
    abstract = num.find(f"{W}abstractNumId").get(f"{W}val")
    (found,) = opened.find(
        f"//w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']", numbering
    )
    start = opened.find(f"./w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val", num)
    return found.find(f"{W}numFmt").get(f"{W}val"), found.find(f"{W}lvlText").get(f"{W}val"), start


def test_numbered_paragraphs_run_through_a_brief_and_start_again_in_the_next():
    def numbered(index, sequence, level=0, label=None):
        return NumberedParagraph(level, label or f"{index}.", index, sequence, words("text"), None, WHERE)

    opened = _written(
        numbered(1, 1),
        numbered(1, 1, 1, "(a)"),
        _say("between"),
        numbered(2, 1),
        numbered(1, 2),
    )
    paragraphs = opened.paragraphs("NumberedParagraph")

    instances = [opened.find(".//w:numId/@w:val", p)[0] for p in paragraphs]
    assert instances[0] == instances[1] == instances[2] != instances[3]
    assert _label_of(opened, paragraphs[1])[:2] == ("lowerLetter", "(%2)")
    assert _label_of(opened, paragraphs[3]) == ("decimal", "%1.", ["1"])


def test_a_number_word_would_not_make_is_printed_by_a_list_of_its_own():
    far = NumberedParagraph(1, "(ab)", 28, 1, words("text"), "p_far", WHERE)
    opened = _written(
        far, _list(ListKind.NUMBERS, ["(aa)", "(ab)"], start=27), replace(far, anchor="p_further")
    )
    numbered, further = opened.paragraphs("NumberedParagraph")
    items = opened.paragraphs("ListParagraph")

    assert opened.texts("NumberedParagraph") == ["text", "text"]
    assert _label_of(opened, numbered) == _label_of(opened, further) == ("none", "(ab)", [])
    assert [_label_of(opened, item)[:2] for item in items] == [("none", "(aa)"), ("none", "(ab)")]
    assert faults(opened) == []


def test_a_number_that_word_cannot_print_at_all_is_set_as_text():
    opened = _written(NumberedParagraph(0, "1 %", 1, 1, words("text"), None, WHERE))

    assert opened.texts("NumberedParagraph") == ["1 %\ttext"]
    assert opened.find("//w:body//w:numPr") == []


def test_a_numbered_paragraph_that_skips_ahead_starts_there():
    opened = _written(NumberedParagraph(0, "7.", 7, 1, words("text"), None, WHERE))

    assert _label_of(opened, opened.paragraphs("NumberedParagraph")[0]) == ("decimal", "%1.", ["7"])


def test_numbered_lists_start_where_the_author_says():
    opened = _written(
        _list(ListKind.NUMBERS, ["3.", "4."], 1, start=3), _list(ListKind.NUMBERS, ["1.", "2."], 2)
    )
    first, _, third, _ = opened.paragraphs("ListParagraph")

    assert _label_of(opened, first) == ("decimal", "%1.", ["3"])
    assert _label_of(opened, third) == ("decimal", "%1.", ["1"])


def test_bullets_and_dashes_are_real_lists():
    opened = _written(_list(ListKind.BULLETS, ["•", "•"]), _list(ListKind.DASHES, ["—"], 2))
    labels = [_label_of(opened, p)[:2] for p in opened.paragraphs("ListParagraph")]

    assert labels == [("bullet", "•"), ("bullet", "•"), ("bullet", "—")]


def test_nested_lists_go_one_level_deeper():
    inner = _list(ListKind.BULLETS, ["–"], 2, depth=1)
    outer = List(ListKind.BULLETS, (ListItem("•", (_say("outer", "list"), inner)),), 0, 1, WHERE)
    opened = _written(outer)

    levels = [opened.find(".//w:ilvl/@w:val", p)[0] for p in opened.paragraphs("ListParagraph")]
    assert levels == ["0", "1"]


def test_the_second_paragraph_of_an_item_stands_under_the_first():
    item = ListItem("•", (_say("first", "list"), _say("second", "list")))
    opened = _written(List(ListKind.BULLETS, (item,), 0, 1, WHERE))
    _, second = opened.paragraphs("ListParagraph")

    assert second.find(f"{W}pPr/{W}numPr") is None
    assert opened.find(".//w:ind/@w:left", second) == [str(style_of().lists.indent.twips)]


# --------------------------------------------------------------------------- tables


def test_table_columns_add_up_to_the_width_of_the_text():
    opened = _written(_table())

    widths = [int(width) for width in opened.find("//w:gridCol/@w:w")]
    assert sum(widths) == style_of().page.text_width.twips


def test_header_rows_return_and_rows_stay_whole():
    opened = _written(_table(rows=3, header=2))

    rows = opened.find("//w:tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_row_higher_than_half_a_page_may_be_divided():
    tall = Row((Cell((_say("word " * 3000, "table-cell"),)),), WHERE)
    opened = _written(Table((Column(1.0),), (), (tall,), "tbl_tall", WHERE))

    assert opened.find("//w:cantSplit") == []


def test_cells_follow_the_alignment_of_their_column():
    opened = _written(_table(rows=1, header=0))

    assert [opened.find(".//w:jc/@w:val", cell) for cell in opened.find("//w:tc")] == [
        [],
        ["center"],
        ["right"],
    ]


def test_a_cell_may_hold_a_list_and_nothing_at_all():
    cells = (Cell((_list(ListKind.BULLETS, ["•"]),)), Cell((Paragraph((), WHERE, "table-cell"),)), Cell(()))
    opened = _written(
        Table((Column(0.4), Column(0.3), Column(0.3)), (), (Row(cells, WHERE),), "tbl_one", WHERE)
    )

    assert [text_of(cell) for cell in opened.find("//w:tc")] == ["item 0", "", ""]


def test_a_table_is_named_for_those_who_hear_it():
    opened = _written(_table(caption=Caption("Table 1", words("Visits"))))

    assert opened.find("//w:tblCaption/@w:val") == ["Table 1: Visits"]
    assert opened.find("//w:tblDescription/@w:val") == ["r0c0, r0c1, r0c2"]


def test_a_table_keeps_its_distance_to_its_neighbours():
    table = style_of().table
    opened = _written(_say("before", after_me := "body"), _table(), _say("after", after_me))
    before, after = opened.paragraphs("Normal")

    body = style_of().text["body"]
    assert opened.find(".//w:spacing/@w:after", before) in (
        [],
        [str(max(table.before.twips, body.after.twips))],
    )
    assert opened.find(".//w:spacing/@w:before", after) == [str(table.after.twips)]


# --------------------------------------------------------------------------- pictures, boxes, breaks


def test_pictures_say_what_they_show_and_decoration_says_that_it_is():
    opened = _written(
        Image(picture(), "A map", "fig_map", WHERE, 0.5), Image(picture(64, 64), "", "fig_none", WHERE)
    )

    assert opened.find("//wp:docPr/@descr") == ["A map", ""]
    assert len(opened.find("//wp:docPr[2]//adec:decorative | //wp:docPr[@id='2']//adec:decorative")) == 1


def test_the_same_picture_is_stored_once():
    opened = _written(Image(picture(), "One", "fig_one", WHERE), Image(picture(), "Two", "fig_two", WHERE))

    assert [name for name in opened.parts if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_a_picture_is_never_larger_than_the_page_and_keeps_its_proportions():
    opened = _written(Image(picture(300, 3000), "Tall", "fig_tall", WHERE, 1.0))

    (extent,) = opened.find("//wp:extent")
    wide, high = int(extent.get("cx")), int(extent.get("cy"))
    assert high <= style_of().page.text_height.emu
    assert abs(high / wide - 10) < 0.01


def test_neighbouring_callouts_are_two_boxes():
    def callout(title):
        return Callout(words(title), (_say("text", "callout"),), WHERE)

    opened = _written(callout("one"), callout("two"), callout("three"))
    boxes = [opened.find(".//w:pBdr", p) for p in opened.paragraphs("CalloutTitle")]

    assert [bool(box) for box in boxes] == [False, True, False]
    before = [opened.find(".//w:spacing/@w:before", p) for p in opened.paragraphs("CalloutTitle")]
    assert before == [[str(style_of().callout.before.twips - box_excess(style_of().callout))]] * 3


def test_a_list_in_a_callout_stays_in_its_box():
    box = Callout(None, (_say("text", "callout"), _list(ListKind.BULLETS, ["•"])), WHERE)
    opened = _written(box)

    (item,) = opened.paragraphs("ListParagraph")
    assert opened.find(".//w:pBdr/w:left", item)
    assert opened.find(".//w:shd/@w:fill", item) == [style_of().callout.fill.hex]


def test_an_objective_with_a_bar_is_one_box():
    style = style_of("minister")
    opened = _written(_say("first", "objective"), _say("second", "objective"), _say("after"), style=style)
    first, second = opened.paragraphs("Objective")

    assert style.objective.bar > 0
    assert opened.find(".//w:spacing/@w:before", second) == []
    assert opened.find(".//w:spacing/@w:after", first) == []


def test_a_page_break_is_a_property_of_what_follows():
    opened = _written(_say("before"), PageBreak(WHERE), _say("after"))

    assert [p.find(f"{W}pPr/{W}pageBreakBefore") is not None for p in opened.paragraphs("Normal")] == [
        False,
        True,
    ]


def test_a_page_break_before_a_table_still_breaks():
    opened = _written(_say("before"), PageBreak(WHERE), _table())

    (separator,) = [
        p for p in opened.paragraphs("Separator") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert separator.getnext().tag == f"{W}tbl"


def test_a_place_without_words_is_a_bookmark_on_what_follows():
    opened = _written(Paragraph((), WHERE, anchor="here"), _table(), Paragraph((), WHERE, anchor="there"))

    assert {"here", "there"} <= set(opened.find("//w:bookmarkStart/@w:name"))
    assert opened.paragraphs("Normal") == []
