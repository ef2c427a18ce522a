"""Which pages of a file are taken, in which order, and that nothing of the others is left."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import Deed, OutlineNode, PageRange, Remark, Treatment
from briefpack.annexes.cleaning import Cleaned, clean
from briefpack.annexes.cleaning.choosing import Choice, order_of
from briefpack.annexes.cleaning.opening import MOST_PAGES
from briefpack.annexes.cleaning.refusal import Refusal
from tests.annexes.cleaning.test_cleaning import everything
from tests.annexes.makers import add_page, composite, document, font, link, named, saved


def chosen(*ranges: tuple[int, int | None], **more: object) -> Treatment:
    return Treatment(pages=tuple(PageRange(first, last) for first, last in ranges), **more)  # type: ignore[arg-type]


def cleaned(pdf: Pdf, tmp_path: Path, treatment: Treatment) -> tuple[Path, Cleaned]:
    source, target = saved(pdf, tmp_path / "source.pdf"), tmp_path / "clean.pdf"
    return target, clean(source, target, treatment)


def words(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


# --------------------------------------------------------------------------- which pages


def ranges(pages: int) -> st.SearchStrategy[PageRange]:
    """Ranges as a reader of YAML lets them through, some of which such a file does not have."""
    page = st.integers(1, pages + 2)
    one = page.map(lambda number: PageRange(number, number))
    some = st.tuples(page, page).map(lambda pair: PageRange(min(pair), max(pair)))
    return one | some | page.map(lambda number: PageRange(number, None))


@given(st.integers(1, 30).flatmap(lambda pages: st.tuples(st.just(pages), st.lists(ranges(pages)))))
def test_a_choice_is_what_a_reader_counts_off(case: tuple[int, list[PageRange]]) -> None:
    pages, wanted = case
    file = list(range(1, pages + 1))
    counted = [
        file[number - 1 : number] or ["missing"]
        for asked in wanted
        for number in range(asked.first, (max(pages, asked.first) if asked.last is None else asked.last) + 1)
    ]
    flat = list(itertools.chain.from_iterable(counted)) if wanted else file
    if "missing" in flat:
        with pytest.raises(Refusal) as refusal:
            order_of(wanted, pages, 10_000)
        assert refusal.value.message.startswith(f"has {pages} page")
    else:
        order = order_of(wanted, pages, 10_000)
        assert [number + 1 for number in order] == flat
        choice = Choice(order, pages)
        assert choice.in_order == (all(a < b for a, b in itertools.pairwise(order)))
        assert set(choice.kept) == set(order)


FILE = 12


@given(st.lists(ranges(FILE - 2), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_the_clean_file_has_the_pages_that_were_counted_off(wanted: list[PageRange]) -> None:
    counted = [
        f"Page {number}" for asked in wanted for number in range(asked.first, (asked.last or FILE) + 1)
    ]
    with TemporaryDirectory() as folder:
        target, facts = cleaned(document(FILE), Path(folder), Treatment(pages=tuple(wanted)))
        assert words(target) == counted
        assert len(facts.sizes) == len(counted)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=9), st.sampled_from([1, 2]), st.data())
def test_a_remark_tells_of_the_authors_pages(wanted: list[int], sheet: int, data: st.DataObject) -> None:
    choice = Choice(tuple(number - 1 for number in wanted), 12)
    sheets = [wanted[first : first + sheet] for first in range(0, len(wanted), sheet)]
    picked = data.draw(st.lists(st.integers(1, len(sheets)), unique=True))
    (told,) = choice.as_authored([Remark(Deed.FOUND, "x", "x", pages=tuple(picked))], sheet)
    assert list(told.pages) == list(dict.fromkeys(page for number in picked for page in sheets[number - 1]))


@pytest.mark.parametrize(
    ("asked", "pages", "message", "hint"),
    [
        ([(4, 4)], 3, "has 3 pages, but `pages:` asks for 4", "choose from pages 1-3"),
        ([(2, 9), (1, 1), (5, None)], 3, "has 3 pages, but `pages:` asks for 2-9 and 5-", ""),
        ([(2, None)], 1, "has 1 page, but `pages:` asks for 2-", "choose page 1, or leave `pages:` out"),
        ([(n, n) for n in range(11, 18)], 10, "asks for 11, 12, 13, 14, 15 and …", "choose from pages 1-10"),
    ],
)
def test_pages_that_are_not_there_are_refused(
    asked: list[tuple[int, int | None]], pages: int, message: str, hint: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        order_of([PageRange(*each) for each in asked], pages, MOST_PAGES)
    assert message in refusal.value.message
    assert hint in refusal.value.hint


def test_pages_are_counted_as_they_are_chosen() -> None:
    assert len(order_of([PageRange(6_001, 11_000)], 20_000, MOST_PAGES)) == 5_000
    with pytest.raises(Refusal, match="has 20,000 pages, more than 5,000") as refusal:
        order_of([], 20_000, MOST_PAGES)
    assert "`pages:`" in refusal.value.hint
    with pytest.raises(Refusal, match="gives 10,000,000 pages by its `pages:`"):
        order_of([PageRange(1, None)] * 5_000, 2_000, MOST_PAGES)


# --------------------------------------------------------------------------- what is left


def test_pages_come_as_they_are_asked_for(tmp_path: Path) -> None:
    target, facts = cleaned(document(9), tmp_path, chosen((7, None), (2, 3), (2, 2)))
    assert words(target) == [f"Page {number}" for number in (7, 8, 9, 2, 3, 2)]
    assert len(facts.sizes) == 6
    (told,) = facts.remarks
    assert (told.deed, told.kind, told.pages) == (Deed.REMOVED, "pages", (1, 4, 5, 6))
    assert told.what == "has 9 pages, of which 5 are taken, some more than once"


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ([(1, None)], None),
        ([(1, 1)], "has 3 pages, of which 1 is taken"),
        ([(3, 3), (1, 2)], "has 3 pages, of which all are taken, in another order"),
    ],
)
def test_the_report_tells_of_the_choice(
    tmp_path: Path, asked: list[tuple[int, int | None]], what: str | None
) -> None:
    _, facts = cleaned(document(3), tmp_path, chosen(*asked))
    assert [remark.what for remark in facts.remarks] == ([] if what is None else [what])
    assert not any(remark.warn for remark in facts.remarks)


def test_a_page_that_comes_twice_is_kept_once(tmp_path: Path) -> None:
    pdf = document(0)
    add_page(pdf, b"BT (" + bytes(range(97, 123)) * 2_000 + b") Tj ET")
    (tmp_path / "one").mkdir()
    once, _ = cleaned(pdf, tmp_path / "one", chosen((1, 1)))
    twice, facts = cleaned(pdf, tmp_path, chosen((1, 1), (1, 1), (1, 1)))
    assert len(facts.sizes) == 3
    assert twice.stat().st_size < once.stat().st_size + 2_000


def secret(pdf: Pdf, word: str) -> dict[str, object]:
    """Something of every kind that a page can name, saying a word."""
    form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
    inside = pdf.make_stream(f"BT ({word} deep) Tj ET".encode(), **form)
    used, _ = composite(pdf, word)
    used.BaseFont = Name(f"/{word}-font")
    return {
        "XObject": pdf.make_stream(
            f"/I Do BT ({word} form) Tj ET".encode(),
            Resources=Dictionary(XObject=Dictionary(I=inside)),
            **form,
        ),
        "Font": used,
        "ExtGState": Dictionary(
            SMask=Dictionary(S=Name.Luminosity, G=pdf.make_stream(f"BT ({word} mask) Tj ET".encode(), **form))
        ),
        "Pattern": pdf.make_stream(
            f"BT ({word} tile) Tj ET".encode(),
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 9, 9]),
            XStep=9,
            YStep=9,
            Resources=Dictionary(),
        ),
        "Properties": Dictionary(ActualText=String(f"{word} property")),
    }


def paint(name: str) -> bytes:
    return (
        f"q /X{name} Do Q /G{name} gs /Pattern cs /P{name} scn 0 0 9 9 re f BT /F{name} 9 Tf ET "
        f"/Span /R{name} BDC EMC"
    ).encode()


def test_nothing_of_what_is_not_chosen_gets_in(tmp_path: Path) -> None:
    """All pages share their resources, as most writers have it; the first one is chosen, and the second one is not."""
    pdf = document(0)
    kinds = {"XObject": "X", "Font": "F", "ExtGState": "G", "Pattern": "P", "Properties": "R"}
    told = {name: secret(pdf, word) for name, word in (("1", "SAID"), ("2", "CANARY"))}
    shared = pdf.make_indirect(
        Dictionary(
            {
                f"/{kind}": Dictionary({f"/{letter}{name}": told[name][kind] for name in told})
                for kind, letter in kinds.items()
            }
        )
    )
    shared.ColorSpace = Dictionary(DefaultRGB=Array([Name.CalRGB, Dictionary(WhitePoint=Array([1, 1, 1]))]))
    first = add_page(pdf, paint("1"), Resources=shared)
    second = add_page(pdf, paint("2"), Resources=shared, Note=String("CANARY page"))
    # The form's own resources are those of the whole document, too.
    shared.XObject.X1.Resources = shared
    shared.XObject.X1.write(b"/X3 Do BT (SAID form) Tj ET")
    shared.XObject.X3 = pdf.make_stream(
        b"/X1 Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    shared.XObject.X1.Resources.XObject.X3 = shared.XObject.X3
    second.Annots = Array([link(pdf, A=Dictionary(S=Name.URI, URI=String("https://CANARY.example")))])
    named(pdf, CANARY=Array([second, Name.Fit]), SAID=Array([first, Name.Fit]))
    first.Annots = Array([link(pdf, Dest=String("CANARY")), link(pdf, Dest=String("SAID"))])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("CANARY", 1))
        outline.root.append(pikepdf.OutlineItem("SAID", 0))
    target, facts = cleaned(pdf, tmp_path, chosen((1, 1)))
    held = everything(target)
    assert b"CANARY" not in held
    for word in (b"SAID form", b"SAID-font", b"SAID mask", b"SAID tile", b"SAID property", b"/CalRGB"):
        assert word in held, word
    assert [node.title for node in facts.outline] == ["SAID"]


def test_names_count_where_they_are_lent_and_however_they_are_written(tmp_path: Path) -> None:
    """A form without resources uses the page's; a name may be written in numbers; a font of Type 3 paints as well."""
    pdf = document(0)
    form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 99, 99])}
    glyph = pdf.make_stream(b"9 0 d0 /X4 Do")
    drawn = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 9, 9]),
        FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([9]),
    )
    painted = [b"/X#32 Do", b"/X3 Do", b"BT (third) Tj ET", b"BT (fourth) Tj ET", b"BT (CANARY) Tj ET"]
    forms = {f"/X{n}": pdf.make_stream(content, **form) for n, content in enumerate(painted, 1)}
    resources = Dictionary(XObject=Dictionary(forms), Font=Dictionary(F2=font()))
    # No letter of UTF-8: pikepdf has a surrogate for it.
    resources.Font["/F\udce4"] = drawn
    add_page(pdf, b"/X1 Do BT /F#e4 1 Tf (a) Tj ET", Resources=resources)
    add_page(pdf, b"/X5 Do", Resources=resources)
    target, _ = cleaned(pdf, tmp_path, chosen((1, 1)))
    held = everything(target)
    assert b"third" in held
    assert b"fourth" in held
    assert b"CANARY" not in held
    assert b"Helvetica" not in held


def test_the_look_of_chosen_pages_is_theirs(tmp_path: Path) -> None:
    source = Path(__file__).parents[3] / "sources" / "foreign-ministers" / "annexes" / "action-plan.pdf"
    target = tmp_path / "clean.pdf"
    clean(source, target, chosen((2, 2), (1, 1)))
    assert pictures(target) == list(reversed(pictures(source)[:2]))


def pictures(path: Path) -> list[bytes]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=0.5).to_pil().convert("RGB").tobytes() for page in document]
    finally:
        document.close()


# --------------------------------------------------------------------------- what leads to them


def test_links_lead_to_where_the_pages_are_now(tmp_path: Path) -> None:
    pdf = document(5)
    first = pdf.pages[0].obj
    first.Annots = Array(
        [link(pdf, Dest=Array([pdf.pages[number].obj, Name.Fit])) for number in range(5)]
        # Counted, not named: as the author counted.
        + [link(pdf, Dest=Array([number, Name.Fit])) for number in (4, 1, 17)]
    )
    target, facts = cleaned(pdf, tmp_path, chosen((5, 5), (3, 3), (1, 1), (3, 3), (1, 1)))
    with pikepdf.open(target) as made:
        pages = [page.obj.objgen for page in made.pages]
        for page in (2, 4):
            led = [pages.index(annotation.Dest[0].objgen) for annotation in made.pages[page].obj.Annots]
            assert led == [2, 1, 0, 0]
    lost = next(remark for remark in facts.remarks if remark.kind == "links")
    assert (lost.count, lost.pages) == (6, (1,))
    assert lost.what == "has 6 links to pages that are not taken, without effect now"


def test_bookmarks_of_pages_that_are_not_taken_go_and_what_is_below_moves_up(tmp_path: Path) -> None:
    pdf = document(4)
    item = pikepdf.OutlineItem
    with pdf.open_outline() as outline:
        one, two = item("One", 0), item("Two", 1)
        group, empty, gone = item("Group"), item("Empty group"), item("Gone")
        one.children.extend([item("One a", 1), item("One b", 2)])
        two.children.extend([item("Two a", 2), item("Two b", 3)])
        group.children.append(item("In group", 3))
        empty.children.append(item("Lost", 1))
        outline.root.extend([one, two, group, empty, gone])
    _, facts = cleaned(pdf, tmp_path, chosen((1, 1), (3, None)))
    assert facts.outline == (
        OutlineNode("One", 0, (OutlineNode("One b", 1, ()),)),
        OutlineNode("Two a", 1, ()),
        OutlineNode("Two b", 2, ()),
        OutlineNode("Group", None, (OutlineNode("In group", 2, ()),)),
    )


def test_comments_are_told_of_with_the_authors_pages_and_only_where_they_are_chosen(tmp_path: Path) -> None:
    pdf = document(3)
    for page in pdf.pages:
        page.obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("x"))]
        )
    _, facts = cleaned(pdf, tmp_path, chosen((3, 3)))
    comments = next(remark for remark in facts.remarks if remark.kind == "comments")
    assert comments.count == 1
    assert set(comments.pages) <= {3}
