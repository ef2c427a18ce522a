from __future__ import annotations

from briefpack.document import Callout, CrossReference, List, ListKind, Paragraph, Quotation, SideBySide, Text
from tests.resolve.making import every
from tests.resolve.written import lowered, resolution, said, texts

# --------------------------------------------------------------------------- points, questions


def test_points_are_dashes_below_their_addressees(tmp_path):
    made = lowered(
        tmp_path,
        "  - points:\n      - One\n      - Two\n      - {to: the EU, points: [Three, {text: Four}]}\n",
    )
    assert texts(made)[0] == ("addressee", "To the table")
    assert texts(made)[2] == ("addressee", "To the EU")
    first, second = made[1], made[3]
    assert isinstance(first, List)
    assert isinstance(second, List)
    assert [first.kind, second.kind] == [ListKind.DASHES, ListKind.DASHES]
    assert [texts(item.blocks) for item in second.items] == [[("list", "Three")], [("list", "Four")]]


def test_points_without_any_addressee_have_no_line_for_one(tmp_path):
    (made,) = lowered(tmp_path, "  - points: [One, Two]\n")
    assert isinstance(made, List)


def test_a_point_says_first_how_much_it_matters(tmp_path):
    (made,) = lowered(
        tmp_path, "  - points:\n      - {text: One, priority: high}\n      - {text: Two, priority: low}\n"
    )
    assert isinstance(made, List)
    high, low = (item.blocks[0] for item in made.items)
    assert isinstance(high, Paragraph)
    assert isinstance(low, Paragraph)
    assert [said(high.spans), said(low.spans)] == ["Key point: One", "If time: Two"]
    assert high.spans[0] == Text("Key point:", strong=True)
    assert low.spans[0] == Text("If time:", secondary=True)


def test_points_that_an_audience_does_not_get_are_not_there(tmp_path):
    blocks = "  - points:\n      - One\n      - {to: the EU, audiences: staff, points: [Two]}\n"
    (made,) = lowered(tmp_path, blocks, "press")
    assert isinstance(made, List)
    assert len(made.items) == 1


def test_a_question_is_a_box_with_the_line_in_it(tmp_path):
    (made,) = lowered(
        tmp_path, "  - questions:\n      - {question: reducing KFOR, line: The posture follows.}\n    id: q\n"
    )
    assert isinstance(made, Callout)
    assert (made.look, said(made.title)) == ("question", "Reducing KFOR")
    assert texts(made.blocks) == [("line", "The posture follows.")]
    assert isinstance(made.blocks[0], Paragraph)
    assert made.blocks[0].anchor == "p_q"


# --------------------------------------------------------------------------- facts, definitions


def test_facts_are_terms_in_a_box_with_their_source(tmp_path):
    (made,) = lowered(
        tmp_path,
        "  - facts: {Capital: Sarajevo, Head of State: a presidency of three}\n"
        "    title: Bosnia\n    source: Statistics office.\n    as_of: 2025-04-03\n",
    )
    assert isinstance(made, Callout)
    assert (made.look, said(made.title)) == ("facts", "Bosnia")
    terms = made.blocks[0]
    assert isinstance(terms, List)
    assert terms.kind is ListKind.TERMS
    assert [(item.label, texts(item.blocks)) for item in terms.items] == [
        ("Capital", [("facts", "Sarajevo")]),
        ("Head of State", [("facts", "a presidency of three")]),
    ]
    assert 5 < (terms.hang or 0) < 10
    assert texts(made.blocks[1:]) == [("source", "Source: Statistics office, as of 3 April 2025")]


def test_facts_in_a_list_may_be_for_some_only(tmp_path):
    blocks = "  - facts:\n      - {label: a, text: b}\n      - {label: c, text: d, audiences: staff}\n"
    (made,) = lowered(tmp_path, blocks, "press")
    assert isinstance(made, Callout)
    assert [item.label for terms in every(made, List) for item in terms.items] == ["a"]


def test_a_term_that_is_too_long_stands_above_its_text(tmp_path):
    made = lowered(tmp_path, f"  - definitions:\n      - {{term: {'long ' * 12}words, text: x}}\n")
    assert [role for role, _ in texts(made)] == ["body", "body"]
    assert isinstance(made[0], Paragraph)
    assert made[0].keep_with_next


def test_a_term_with_a_link_stands_above_its_text_and_leads_there(tmp_path):
    made = lowered(
        tmp_path, "  - definitions:\n      - {term: 'see [there](#x)', text: y}\n  - {text: z, id: x}\n"
    )
    assert len(list(every(made, CrossReference))) == 1


def test_definitions_can_be_written_as_a_group(tmp_path):
    (made,) = lowered(tmp_path, "  - definitions:\n      KFOR: Kosovo Force\n      NALT: a team\n")
    assert isinstance(made, List)
    assert [(item.label, texts(item.blocks)) for item in made.items] == [
        ("KFOR", [("list", "Kosovo Force")]),
        ("NALT", [("list", "a team")]),
    ]


# --------------------------------------------------------------------------- key figures, signatures


def figures(count: int) -> str:
    return "  - key_figures:\n" + "".join(f"      - {{value: {n}, label: things}}\n" for n in range(count))


def test_key_figures_stand_beside_each_other_with_their_source(tmp_path):
    made = lowered(
        tmp_path,
        "  - key_figures:\n      - {value: 2.7 %, label: of GDP, source: NATO}\n      - {value: 32, label: Allies}\n"
        "    source: desk\n    as_of: 2025-04-03\n",
    )
    assert isinstance(made[0], SideBySide)
    assert (made[0].look, made[0].shares) == ("figures", (0.5, 0.5))
    assert [texts(part) for part in made[0].parts] == [
        [("key-value", "2.7 %"), ("key-label", "of GDP"), ("source", "Source: NATO")],
        [("key-value", "32"), ("key-label", "Allies")],
    ]
    assert texts(made[1:]) == [("source", "Source: desk, as of 3 April 2025")]


def test_more_than_four_key_figures_are_spread_over_rows_in_the_same_columns(tmp_path):
    for count, rows in ((4, [4]), (5, [3, 3]), (7, [4, 4]), (9, [3, 3, 3])):
        made = [block for block in lowered(tmp_path, figures(count)) if isinstance(block, SideBySide)]
        assert [len(block.parts) for block in made] == rows
        assert sum(1 for block in made for part in block.parts if part) == count


def test_fewer_key_figures_stand_beside_each_other_where_it_is_narrow(tmp_path):
    inside = figures(4).replace("\n", "\n    ").rstrip() + "\n"
    made = lowered(tmp_path, f"  - columns:\n    {inside}")
    assert [len(block.parts) for block in every(made, SideBySide)] == [2, 2]


def test_signatures_have_a_line_each_and_room_for_a_date(tmp_path):
    (made,) = lowered(
        tmp_path,
        "  - signatures:\n      - {name: A. Other, office: Director, date: 2025-04-03}\n      - name: P. Erson\n",
    )
    assert isinstance(made, SideBySide)
    assert made.look == "signatures"
    assert [texts(part) for part in made.parts] == [
        [("signature", "A. Other"), ("signature", "Director"), ("signature", "3 April 2025")],
        [("signature", "P. Erson"), ("signature", "Date:")],
    ]


def test_a_single_signature_takes_half_of_the_width(tmp_path):
    (made,) = lowered(tmp_path, "  - signatures: [{name: A}]\n")
    assert isinstance(made, SideBySide)
    assert made.shares == (0.5, 0.5)
    assert made.parts[1] == ()


# --------------------------------------------------------------------------- quotations


def test_a_quotation_says_who_where_and_when(tmp_path):
    (made,) = lowered(
        tmp_path,
        "  - quote: We stand together.\n    by: Secretary General\n    source: press conference\n    date: 2025-04-03\n",
    )
    assert isinstance(made, Quotation)
    assert texts(made.blocks) == [("quotation", "We stand together.")]
    assert said(made.attribution) == "Secretary General, press conference, 3 April 2025"


def test_a_quotation_of_nobody_has_no_attribution(tmp_path):
    (made,) = lowered(tmp_path, "  - quote: We stand together.\n")
    assert isinstance(made, Quotation)
    assert made.attribution is None


def test_blocks_are_referred_to_by_their_titles_and_others_in_own_words(tmp_path):
    made = resolution(
        tmp_path,
        "  - facts: {a: b}\n    title: Bosnia\n    id: f\n  - key_figures: [{value: 1, label: x}]\n    id: k\n"
        "  - see [[f]] and [numbers](#k), [[k]]\n",
    )
    assert [finding.message for finding in made.findings] == [
        "“k” has no number and no title that could be printed"
    ]
