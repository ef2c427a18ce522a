"""What the audit says of a file: leaks of every kind, and nothing of what the audience may have."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from briefpack.annex import Annex, AnnexFile
from briefpack.audit.auditor import Auditor
from briefpack.audit.case import Searched, auditor_of, weights_of
from briefpack.audit.expected import expect
from briefpack.audit.hits import Looked, gathered
from briefpack.audit.machine import Machine
from briefpack.audit.read_back import read_back
from briefpack.audit.seen import NAMELESS, Passage, Picture, Seat, Seen
from briefpack.audit.tree import tree_of
from briefpack.blocks import ImageBlock
from briefpack.document import ImageData
from briefpack.errors import Where
from briefpack.limits import Limits
from briefpack.pack import Abbreviation, Pack
from briefpack.reading.read_style import read_style
from tests.samples import picture
from tests.select.made import STAFF_ONLY, audience, pack, section, text

HERE = Where(Path("pack/pack.yaml"), 1, 1)
STYLE = read_style("base", ()).style
WITHHELD = "The Envoy would accept a shorter transition if the interim force stays in Naqoura."
QUOTED = "The High Contracting Parties shall refrain from any act aimed against the territorial integrity of Ruritania."
LONG = " ".join(f"clause{n} binds partner{n}" for n in range(40))
PICTURE = ImageData(b"\x89PNG secret", "png", 40, 20, 96.0)


def annex(name: str, limits: Limits | None = None, *, overlap: bool = False) -> Annex:
    file = AnnexFile(Path(f"pack/annexes/{name}.pdf"), HERE)
    given = Limits() if limits is None else limits
    return Annex(name, (file,), f"The {name}", None, None, HERE, given, overlap=overlap)


def whole(*blocks: object, annexes: tuple[Annex, ...] = ()) -> Pack:
    return pack(section(text("Everybody reads this."), *blocks), annexes=annexes)


def auditor(
    made: Pack, seen: dict[str, Seen] | None = None, machine: Machine | None = None
) -> tuple[Auditor, Searched]:
    tree = tree_of(made, HERE)
    expected = expect(made, tree, audience("press"))
    return auditor_of(
        made,
        expected,
        STYLE,
        machine=machine or Machine(),
        weights=weights_of(tree),
        read_annex=lambda name: [(seen or {}).get(name, Seen(f"{name}.pdf", ()))],
    )


def look(made: Pack, said: str, seat: Seat = Seat.PAGE, seen: dict[str, Seen] | None = None) -> Looked:
    file = Seen("pack-press.pdf", (Passage(seat, "page 1", said, 1),))
    return auditor(made, seen)[0].look(file, "press/pack-press.pdf")


# --------------------------------------------------------------------------- words


@pytest.mark.parametrize("seat", list(Seat))
def test_a_withheld_text_is_told_with_its_source_its_place_and_the_reason(seat):
    (hit,) = look(whole(text(WITHHELD, STAFF_ONLY)), f"Other words. {WITHHELD} And more.", seat).hits
    assert hit.where == Where(Path("pack/section.yaml"), 3, 1)
    assert "press does not get “The Envoy would accept a shorter transition" in hit.message
    assert hit.message.endswith("(paragraph; for staff only), but it stands in press/pack-press.pdf (page 1)")


def test_what_the_audience_gets_is_no_leak():
    assert look(whole(text(WITHHELD)), WITHHELD).passed


def test_the_same_words_in_an_allowed_place_are_no_leak():
    assert look(whole(text(WITHHELD, STAFF_ONLY), text(f"They say: {WITHHELD}")), WITHHELD).passed


def test_words_that_may_be_printed_for_allowed_words_are_no_leak():
    entry = Abbreviation("NAQ", "Naqoura Area Quartermaster", None, None, HERE)
    made = whole(
        text("Call the Naqoura Area Quartermaster (NAQ) about the interim force today.", STAFF_ONLY),
        text("Call the NAQ about the interim force today."),
    )
    made = replace(made, glossary=(entry,))
    assert look(made, "Call the Naqoura Area Quartermaster (NAQ) about the interim force today.").passed


def test_an_abbreviation_that_is_spelled_out_hides_nothing():
    entry = Abbreviation("NAQ", "Naqoura Area Quartermaster", None, None, HERE)
    made = replace(whole(text("Never trust the NAQ.", STAFF_ONLY)), glossary=(entry,))
    assert not look(made, "Never trust the Naqoura Area Quartermaster (NAQ).").passed


def test_texts_that_say_too_little_are_counted_and_not_searched():
    made = whole(text("Yes.", STAFF_ONLY), text("3 April", STAFF_ONLY), text(WITHHELD, STAFF_ONLY))
    _, searched = auditor(made)
    assert (searched.portions, searched.unsearched) == (1, 2)
    assert look(made, "Yes. 3 April").passed


def test_label_words_of_the_style_are_no_leak():
    label = STYLE.word("background_not_for_use", "en")
    assert look(whole(text(label, STAFF_ONLY)), label).passed


def test_several_places_are_told_in_one_message():
    made = whole(text(WITHHELD, STAFF_ONLY))
    file = Seen(
        "a.pdf",
        tuple(Passage(seat, seat.value, WITHHELD) for seat in (Seat.PAGE, Seat.HIDDEN, Seat.METADATA)),
    )
    (hit,) = auditor(made)[0].look(file, "a.pdf").hits
    assert {place for _, place in hit.at} == {"page", "hidden", "metadata"}


def test_the_end_of_an_allowed_text_before_the_beginning_of_another_is_no_leak():
    withheld = (
        "Nobody from Ulpelulro has yet answered our letter of last month. "
        "The office in Ulpelulro asked for a second meeting before the winter."
    )
    allowed = [
        text("Nobody from Kaliningrad has yet answered our letter of last month."),
        text("The office in Kaliningrad asked for a second meeting before the winter."),
    ]
    made = whole(text("It is quiet there."), *reversed(allowed), text(withheld, STAFF_ONLY))
    by_chance = (
        "Nobody from Kaliningrad has yet answered our letter of last month. The office in Kaliningrad asked."
    )
    assert look(made, by_chance).passed
    assert not look(made, withheld).passed
    lent = whole(*reversed(allowed), annexes=(annex("routes", STAFF_ONLY),))
    seen = {"routes": pages(f"{withheld} {LONG}")}
    assert look(lent, by_chance, seen=seen).passed
    assert not look(lent, f"{by_chance} {LONG}", seen=seen).passed


# --------------------------------------------------------------------------- annexes


def pages(*texts: str) -> Seen:
    return Seen(
        "annex.pdf", tuple(Passage(Seat.PAGE, f"page {n}", said, n) for n, said in enumerate(texts, 1))
    )


def test_the_pages_of_a_withheld_annex_are_searched_for():
    made = whole(annexes=(annex("routes", STAFF_ONLY),))
    (hit,) = look(made, f"Before. {LONG}", seen={"routes": pages("", LONG)}).hits
    assert "(annex, page 2 of annex.pdf; for staff only)" in hit.message


def test_an_annex_that_says_what_is_withheld_is_an_error_with_a_way_out():
    made = whole(text(QUOTED, STAFF_ONLY), annexes=(annex("treaty"),))
    (hit,) = look(made, QUOTED, seen={"treaty": pages(QUOTED)}).hits
    assert "the annex “The treaty” says so" in hit.message
    assert "`overlap: accept`" in hit.remedy


def test_an_overlap_that_its_author_accepts_is_none():
    made = whole(text(QUOTED, STAFF_ONLY), annexes=(annex("treaty", overlap=True),))
    assert look(made, QUOTED, seen={"treaty": pages(QUOTED)}).passed


def test_phrases_are_everybodys():
    made = whole(
        text("The High Contracting Parties disagree with Ruritania.", STAFF_ONLY), annexes=(annex("treaty"),)
    )
    seen = {"treaty": pages(f"{QUOTED} The High Contracting Parties disagree.")}
    assert look(made, "The High Contracting Parties disagree.", seen=seen).passed


def test_two_annexes_may_have_a_letterhead_in_common():
    head = "Ministry of External Affairs of Ruritania, Boulevard Leopold 12, Streslau, telephone 27384915"
    made = whole(annexes=(annex("routes", STAFF_ONLY), annex("map")))
    seen = {"routes": pages(f"{head} {LONG}"), "map": pages(f"{head} A map.")}
    assert look(made, f"{head} A map.", seen=seen).passed
    assert not look(made, f"{head} {LONG}", seen=seen).passed


# --------------------------------------------------------------------------- names, pictures, what cannot be read


def test_withheld_pictures_are_known_by_their_bytes_and_by_their_pixels():
    image = ImageBlock(Path("pack/x.png"), PICTURE, "", None, None, None, HERE, limits=STAFF_ONLY)
    made = whole(image)
    auditing = auditor(made)[0]
    (digest,) = auditing.pictures
    file = Seen("a.docx", (), (Picture("word/media/image1.png", digest, None),))
    (hit,) = auditing.look(file, "a.docx").hits
    assert hit.at == (("a.docx", "word/media/image1.png"),)
    assert hit.where == HERE


@pytest.mark.parametrize("withheld", [True, False])
def test_of_pictures_just_written_only_such_are_decoded_as_have_the_size_of_a_withheld_one(withheld):
    """They are found by their pixels in any encoding; those of other sizes cannot be theirs."""
    secret, other = picture(40, 20), picture(41, 20)
    image = ImageBlock(Path("pack/x.png"), secret, "", None, None, None, HERE, limits=STAFF_ONLY)
    auditing = auditor(whole(image) if withheld else whole())[0]
    assert auditing.sizes == ({(40, 20)} if withheld else set())
    recoded, packed = io.BytesIO(), io.BytesIO()
    Image.open(io.BytesIO(secret.content)).save(recoded, "BMP")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("secret.bmp", recoded.getvalue())
        archive.writestr("other.png", other.content)
    seen = read_back(packed.getvalue(), "a.zip", sizes=auditing.sizes)
    decoded = [one.name for one in seen.inside if one.pictures[0].pixels is not None]
    found = [hit.at for hit in auditing.look(seen, "a.zip").hits]
    assert decoded == ["secret.bmp"][:withheld]
    assert found == [(("a.zip", "secret.bmp"),)][:withheld]


def test_a_picture_that_is_given_elsewhere_is_no_leak():
    image = ImageBlock(Path("pack/x.png"), PICTURE, "", None, None, None, HERE)
    assert auditor(whole(image, replace(image, limits=STAFF_ONLY)))[0].pictures == {}


def test_the_machine_is_looked_for_where_nothing_is_withheld():
    auditing, searched = auditor(
        pack(section(text("All."))),
        machine=Machine((("the builder's account", "n.nowak"),), (("a path", "/home/n.nowak/packs/"),)),
    )
    assert searched.portions == 0
    file = Seen(
        "a.pdf",
        (Passage(Seat.METADATA, "the author", "n.nowak"), Passage(Seat.HIDDEN, "x", "/home/n.nowak/packs/a")),
    )
    assert {hit.fact for hit in auditing.look(file, "a.pdf").hits} == {
        "the builder's account, “n.nowak”, stands in",
        "a path, “/home/n.nowak/packs”, stands in",
    }


def test_another_audiences_name_is_a_leak_among_properties_unless_the_text_has_it():
    assert not look(whole(), "Minister", Seat.METADATA).passed
    assert look(whole(), "Press", Seat.METADATA).passed
    assert look(whole(text("The minister speaks.")), "Minister", Seat.METADATA).passed


def test_what_cannot_be_read_has_not_passed():
    file = Seen("a.pdf", (), (), (Seen("b.zip", (), (), (), (("b.zip", "is encrypted"),)),))
    (hit,) = auditor(whole())[0].look(file, "a.pdf").hits
    assert hit.message == "something is encrypted, so that nobody can tell what is in it: a.pdf (b.zip)"


def test_the_title_of_another_audience_is_a_leak_in_text_where_it_is_no_common_word():
    made = whole()
    titled = replace(made.audiences[0], title="Cabinet of Ms Ulrike Oxenstierna")
    made = replace(made, audiences=(titled, *made.audiences[1:]))
    assert not look(made, "For the Cabinet of Ms Ulrike Oxenstierna.").passed
    assert look(whole(), "For the Minister.").passed


def test_what_names_another_audience_is_told_without_a_riddle():
    (hit,) = look(whole(), "Minister", Seat.METADATA).hits
    assert hit.fact == "the name of another audience, “minister”, stands in"


def test_the_same_text_is_told_once_though_pages_break_elsewhere():
    made = whole(text(WITHHELD, STAFF_ONLY))
    auditing = auditor(made)[0]
    short, long = WITHHELD.partition(" if ")[0], WITHHELD
    hits = [
        hit
        for said, file in ((short, "a.pdf"), (long, "a.docx"))
        for hit in auditing.look(Seen(file, (Passage(Seat.PAGE, "page 1", said, 1),)), file).hits
    ]
    (hit,) = gathered(hits)
    assert [file for file, _ in hit.at] == ["a.pdf", "a.docx"]
    assert "if the interim force" in hit.fact


def test_messages_say_plainly_where_and_what_to_do():
    made = whole(annexes=(annex("routes", STAFF_ONLY),))
    note = Seen("routes.md", (Passage(Seat.PAGE, "its text", LONG),))
    auditing = auditor(made, {"routes": note})[0]
    seen = Seen("a.pdf", (Passage(Seat.PAGE, "page 1", LONG, 1), Passage(Seat.METADATA, "x", "annex routes")))
    (words, name) = auditing.look(seen, "a.pdf").hits
    assert "(annex, the text of routes.md; for staff only)" in words.fact
    assert words.remedy == (
        "take it out of the file, or let press have it: change its marking or its audiences at the place above, "
        "or the clearance of press"
    )
    assert name.fact == "the id of a withheld annex (for staff only), “routes”, stands in"


def test_a_page_of_an_annex_that_nobody_can_read_is_as_a_scan_and_one_of_ours_is_not() -> None:
    unread = f"{NAMELESS} (ABCDEF+Sans)"
    with_map = whole(annexes=(annex("map"),))
    theirs = {"map": Seen("map.pdf", (), opaque=(("page 1", unread),))}

    def passes(made: Pack, why: str) -> bool:
        return (
            auditor(made, theirs)[0].look(Seen("v.pdf", (), opaque=(("page 4", why),)), "press/v.pdf").passed
        )

    assert passes(with_map, unread)
    assert not passes(with_map, "is encrypted")
    assert not passes(whole(), unread)
