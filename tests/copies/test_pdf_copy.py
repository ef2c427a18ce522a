"""Copies of a finished pack: what they say and where, what they share, and what of the pack is in them as it was."""

import hashlib
import io
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from briefpack.annexes.attachments import Attachment
from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.copies.copy_mark import CopyError
from briefpack.copies.pdf_copy import prepare
from briefpack.distribution import Place
from tests.annexes.makers import body_pdf
from tests.conftest import need_tool
from tests.copies.made import (
    EVERYWHERE,
    copied,
    mark,
    of_pages,
    opened,
    pack,
    plain,
    prepared,
    texts,
    whole,
)
from tests.pdf import looks

STYLES = ["base", "minister", "delegation", "staff", "press"]
LINE = "Copy 3 of 12 — Elena Marković"


@pytest.mark.parametrize("style", STYLES)
def test_every_page_says_whose_copy_it_is(style):
    pages = texts(whole(prepared(style), mark()))

    # On the cover, at the foot, and twice across: on either side of the pack's own watermark.
    assert [page.count(LINE) for page in pages] == [4, *[3] * (len(pages) - 1)]


@pytest.mark.parametrize(
    ("places", "first", "others"),
    [((Place.COVER,), 1, 0), ((Place.FOOTER,), 1, 1), ((Place.WATERMARK,), 2, 2), ((), 0, 0)],
)
def test_each_place_by_itself(places, first, others):
    pages = texts(whole(prepared("base", places), mark()))

    assert pages[0].count(LINE) == first
    assert {page.count(LINE) for page in pages[1:]} == {others}


def test_a_pack_without_a_cover_says_it_at_the_foot_of_its_first_page():
    style = looks.style()
    bare = replace(style, cover=replace(style.cover, show=False))

    pages = texts(copied(plain(3), places=[Place.COVER], style=bare))

    assert [page.count(LINE) for page in pages] == [1, 0, 0]


def test_copies_share_the_file_and_bring_little_along():
    made = prepared()
    one, other = made.copy(mark(1, "Anna")), made.copy(mark(2, "Bob"))

    assert one[0] is other[0]
    assert len(one) == len(other) == 2
    assert len(one[0]) <= len(pack())
    assert len(one[1]) < 30_000


def test_the_same_mark_gives_the_same_bytes_and_another_one_gives_others():
    one, other = (prepare(pack(), EVERYWHERE, looks.style()) for _ in range(2))

    assert one.copy(mark()) == other.copy(mark())
    assert one.copy(mark(1)) != one.copy(mark(2))


def test_no_copy_tells_of_another():
    made = prepared()
    made.copy(mark(1, "Quentin Żółw"))
    content = whole(made, mark(2, "Anna"))

    with opened(content) as pdf:
        form = next(iter(pdf.pages[-1].Resources.XObject.values()))
        letters = set()
        for font in form.Resources.Font.values():
            codes = font.ToUnicode.read_bytes()
            letters |= {
                chr(int(code, 16))
                for code in re.findall(rb"^<[0-9A-F]{4}> <([0-9A-F]{4})>$", codes, re.MULTILINE)
                if code != b"FFFF"
            }
        assert letters == set("Copy 2 of 12 — Anna")
        said = pdf.Root.Metadata.read_bytes().decode() + str(pdf.docinfo)
    assert "Żółw" not in said
    assert "TR4C-001" not in said


def test_there_is_one_state_of_the_file_and_no_older_one():
    content = whole(prepared(), mark())

    assert content.count(b"%%EOF") == content.count(b"startxref") == 1
    assert b"/Prev" not in content


def test_the_copy_is_named_in_the_metadata():
    with opened(pack()) as before, opened(whole(prepared(), mark())) as pdf:
        assert str(pdf.docinfo["/Copy"]) == LINE
        assert str(pdf.docinfo["/CopyTrace"]) == "TR4C-003"
        for key, value in before.docinfo.items():
            assert pdf.docinfo[key] == value
        with pdf.open_metadata() as metadata, before.open_metadata() as earlier:
            assert metadata["xmp:Identifier"] == {"TR4C-003"}
            assert metadata["xmp:Label"] == LINE
            assert metadata["xmpMM:InstanceID"] != metadata["xmpMM:DocumentID"]
            assert metadata.pdfa_status == earlier.pdfa_status == "2A"
            for key, value in earlier.items():
                assert metadata[key] == value


def test_entries_of_labels_keep_their_names():
    out = io.BytesIO()
    with opened(plain(1)) as pdf:
        pdf.docinfo["/MSIP Label (a)"] = pikepdf.String("Internal — ä")
        pdf.save(out, deterministic_id=True)

    with opened(copied(out.getvalue())) as pdf:
        assert str(pdf.docinfo["/MSIP Label (a)"]) == "Internal — ä"


def test_the_first_identifier_is_the_packs_and_the_second_the_copys():
    with opened(pack()) as before:
        own = bytes(before.trailer.ID[0])
    ids = []
    for number in (1, 2):
        with opened(whole(prepared(), mark(number))) as pdf:
            ids.append(tuple(map(bytes, pdf.trailer.ID)))

    assert ids[0][0] == ids[1][0] == own
    assert len({own, ids[0][1], ids[1][1]}) == 3


def test_marks_that_xml_and_pdf_would_stumble_over():
    said = mark(1, 'O\'Hara (<Desk> & Co.) \\ "x"')

    with opened(whole(prepared(), said)) as pdf:
        assert str(pdf.docinfo["/Copy"]) == said.line
        with pdf.open_metadata() as metadata:
            assert metadata["xmp:Label"] == said.line


@pytest.mark.parametrize("name", ["Ђорђе Јовановић", "Ελένη Παπαδοπούλου", "Łukasz Żółć", "Nguyễn Thị Ánh"])
@pytest.mark.parametrize("style", STYLES)
def test_names_in_letters_that_the_fonts_have_are_set_and_found(style, name):
    pages = texts(whole(prepared(style), mark(1, name)))

    assert all(page.count(f"Copy 1 of 12 — {name}") >= 2 for page in pages)


@pytest.mark.parametrize("name", ["محمود درويش", "דוד לוי", "王小明", "प्रिया", "Anna \U0001f600"])
def test_a_name_that_cannot_be_set_gives_way_to_the_address(name):
    with_address = mark(1, name, plain="Copy 1 of 12 — anna@example.int")

    content = whole(prepared(), with_address)

    assert all("Copy 1 of 12 — anna@example.int" in page for page in texts(content))
    assert all(name not in page for page in texts(content))
    with opened(content) as pdf:
        # What programs read has no need of fonts.
        assert str(pdf.docinfo["/Copy"]) == with_address.line


def test_it_can_be_asked_which_line_is_printed():
    assert prepared().printed(mark()) == LINE
    assert (
        prepared().printed(mark(1, "王小明", plain="Copy 1 — anna@example.int"))
        == "Copy 1 — anna@example.int"
    )
    assert prepared().printed(mark(1, "王小明")) == "1/12 · TR4C-001"


def test_where_there_is_no_address_the_number_and_the_trace_are_shown():
    assert all("1/12 · TR4C-001" in page for page in texts(whole(prepared(), mark(1, "王小明"))))


def test_a_name_without_end_is_never_cut():
    said = mark(1, "of the Department for " * 12)

    pages = texts(whole(prepared(), said))

    assert " ".join(pages[0].split()).count(said.line.split("—")[1].strip()) >= 1
    assert all("1/12 · TR4C-001" in page for page in pages)


def test_the_pack_is_in_it_as_it_was():
    with opened(pack()) as before, opened(whole(prepared(), mark())) as pdf:
        assert len(pdf.pages) == len(before.pages)
        for page, earlier in zip(pdf.pages, before.pages, strict=True):
            kept = b"".join(each.read_bytes() for each in page.Contents[1:-1])
            held = earlier.Contents
            own = held if isinstance(held, pikepdf.Array) else [held]
            assert kept == b"".join(each.read_bytes() for each in own)
            for key in earlier.obj.keys() - {"/Contents", "/Resources", "/Parent", "/Annots"}:
                assert str(page.obj[key]) == str(earlier.obj[key])
            assert len(page.obj.get("/Annots", [])) == len(earlier.obj.get("/Annots", []))
        for key in ("/Outlines", "/PageLabels", "/StructTreeRoot", "/Dests", "/Lang", "/ViewerPreferences"):
            assert (key in pdf.Root) == (key in before.Root)
        assert pdf.Root.keys() == before.Root.keys()


def test_files_inside_stay(tmp_path):
    (tmp_path / "plan.csv").write_text("a,b\n")
    inside = Attachment(
        "A-plan.csv",
        tmp_path / "plan.csv",
        "The plan",
        None,
        source=True,
        date=datetime(2025, 4, 2, tzinfo=UTC),
    )
    with_file = finish(body_pdf(2, 0), Claims(part=3), [inside])

    with opened(copied(with_file)) as pdf:
        assert pdf.attachments["A-plan.csv"].get_file().read_bytes() == b"a,b\n"
        assert len(pdf.Root.AF) == 1


def test_what_a_copy_paints_is_furniture_in_a_state_of_its_own():
    with opened(whole(prepared(), mark())) as pdf:
        for page in pdf.pages:
            first, *_, last = page.Contents
            assert first.read_bytes().strip() == b"q"
            painted = last.read_bytes().split()
            assert painted[0] == b"Q"
            assert painted.count(b"q") == painted.count(b"Q") - 1
            assert painted.count(b"EMC") == len(re.findall(rb"/Artifact<<[^>]*>>BDC", last.read_bytes()))


@pytest.mark.parametrize("name", ["qpdf", "mutool", "pdftotext"])
def test_other_programs_have_nothing_to_complain_of(tmp_path, name):
    file = tmp_path / "copy.pdf"
    file.write_bytes(whole(prepared("staff"), mark()))
    order = {
        "qpdf": ["qpdf", "--check", file],
        "mutool": ["mutool", "draw", "-F", "text", "-o", "-", file],
        "pdftotext": ["pdftotext", file, "-"],
    }[name]
    need_tool(name)

    ran = subprocess.run(order, capture_output=True, check=False)

    assert ran.returncode == 0, ran.stderr
    # This build of mutool has no colour management, and says so of any file with a profile.
    assert set(ran.stderr.splitlines()) <= {b"warning: ICC support is not available"}
    if name == "qpdf":
        assert b"WARNING" not in ran.stdout
    else:
        assert ran.stdout.decode().count(LINE) >= 6


@pytest.mark.parametrize("mode", ["disable", "preserve", "generate"])
@pytest.mark.parametrize("linear", [True, False])
def test_a_file_may_be_stored_in_any_way(mode, linear):
    out = io.BytesIO()
    with opened(pack()) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode[mode], linearize=linear)

    assert LINE in texts(copied(out.getvalue()))[1]


def refused(content: bytes) -> str:
    with pytest.raises(CopyError) as error:
        prepare(content, EVERYWHERE, looks.style())
    return error.value.fact


def test_what_is_no_pack_is_refused():
    out = io.BytesIO()
    with opened(pack()) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    bare = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(bare)

    assert refused(out.getvalue()) == "is encrypted"
    assert refused(bare.getvalue()) == "has no metadata as briefpack writes it"
    assert refused(whole(prepared(), mark())) == "is a copy already"
    assert refused(pack()[: len(pack()) // 2]) in {"is no PDF that can be read", "has no pages"}
    for content in (b"", b"no", b"%PDF-1.7\n"):
        assert refused(content) == "is no PDF that can be read"


def test_a_file_without_an_identifier_is_refused():
    out = io.BytesIO()
    with opened(pack()) as pdf:
        del pdf.trailer.ID
        pdf.save(out, static_id=False)
    content = re.sub(rb"/ID ?\[", b"/XD [", out.getvalue())

    assert refused(content) == "has no identifier"


def test_a_style_whose_fonts_lack_the_number_is_an_error(monkeypatch):
    made = prepare(plain(1), [Place.FOOTER], looks.style())
    monkeypatch.setattr(type(made._setter), "can_set", lambda *_: False)

    with pytest.raises(CopyError, match="3/12"):
        made.copy(mark())


def test_pages_may_share_resources_and_have_none_of_their_own():
    out = io.BytesIO()
    with opened(plain(3)) as pdf:
        shared = pdf.make_indirect(pdf.pages[0].Resources)
        pdf.Root.Pages.Resources = shared
        for page in pdf.pages:
            del page.obj.Resources
        pdf.save(out, deterministic_id=True)

    assert [
        LINE in page and f"Body {n}" in page for n, page in enumerate(texts(copied(out.getvalue())), 1)
    ] == [
        True,
        True,
        True,
    ]


def test_names_that_annexes_use_are_not_taken():
    content = of_pages({"content": b"/Copy0 Do"})
    out = io.BytesIO()
    with opened(content) as pdf:
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(
            Copy0=pdf.make_stream(
                b"BT /F1 24 Tf 72 700 Td (Theirs) Tj ET",
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Form,
                BBox=[0, 0, 600, 800],
                Resources=page.Resources.Font and pikepdf.Dictionary(Font=page.Resources.Font),
            )
        )
        pdf.save(out, deterministic_id=True)

    (page,) = texts(copied(out.getvalue()))

    assert "Theirs" in page
    assert LINE in page


def test_the_digest_of_a_copy_is_that_of_its_pieces():
    pieces = prepared().copy(mark())
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)

    assert digest.hexdigest() == hashlib.sha256(whole(prepared(), mark())).hexdigest()


def changed(key: str, value: object) -> bytes:
    out = io.BytesIO()
    with opened(plain(2)) as pdf:
        page = pdf.pages[1].obj
        if value is None:
            del page[key]
        else:
            page[key] = value
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def test_a_page_without_a_size_or_with_nothing_to_see_is_refused():
    assert refused(changed("/MediaBox", pikepdf.Array([0, 0, 0, 0]))) == "has a page without a size"
    beside = pikepdf.Array([7000, 7000, 7100, 7100])
    assert refused(changed("/CropBox", beside)) == "has a page that cannot be drawn: 2"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/Contents", None),
        ("/Contents", pikepdf.Array([])),
        ("/Resources", pikepdf.String("x")),
        ("/Resources", pikepdf.Dictionary(XObject=7)),
        ("/Rotate", pikepdf.String("x")),
        ("/MediaBox", None),
        ("/MediaBox", pikepdf.String("x")),
        ("/CropBox", pikepdf.Array([1])),
        ("/UserUnit", pikepdf.Name.X),
    ],
)
def test_a_page_that_is_empty_or_odd_is_named_all_the_same(key, value):
    assert LINE in texts(copied(changed(key, value)))[1]


def test_a_page_that_nobody_can_draw_is_refused():
    content = plain(2)
    with opened(content) as pdf:
        count = len(pdf.pages)
    out = io.BytesIO()
    with opened(content) as pdf:
        pdf.pages[1].obj.Type = pikepdf.Name.Nothing
        pdf.save(out, deterministic_id=True)

    assert count == 2
    with pytest.raises(CopyError):
        prepare(out.getvalue().replace(b"/Count 2", b"/Count 9"), EVERYWHERE, looks.style())
