"""Finished PDFs, looked at: what they claim and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from briefpack.annex import Against, AnnexFault
from briefpack.annexes import inspection
from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.annexes.inspection import FontSeen, Inspection, inspect
from briefpack.errors import BriefpackError, ExitCode
from tests.annexes.makers import document, link, saved, tagged, taken, wordless, written


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with a tagged and an untagged annex, without a fault."""
    facts = [
        taken(saved(pdf, tmp_path / f"{name}.pdf"), tmp_path / "work")
        for name, pdf in (("one", tagged(["Document", "H1", "P"])), ("two", written()))
    ]
    path = tmp_path / "pack.pdf"
    path.write_bytes(wordless(facts))
    return path


def changed(path: Path, change: Callable[[Pdf], None]) -> Inspection:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return inspect(path)


def broken(found: Inspection) -> dict[str, tuple[str, ...]]:
    return {fault.message: found.broken_by(fault) for fault in found.faults if found.broken_by(fault)}


def test_a_whole_pack_has_nothing_against_it(pack: Path) -> None:
    found = inspect(pack)
    assert found == Inspection(
        claims=("PDF/UA-1", "PDF/A-2a"),
        tagged=True,
        title="The pack",
        title_shown=True,
        language="en",
        labels=("i", "ii", "1", "2", "A-1", "3", "B-1"),
        fonts=(FontSeen("Carlito", embedded=True),),
        faults=(),
    )


# --------------------------------------------------------------------------- broken on purpose


def without_tags(pdf: Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def without_parents(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


def without_title(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


def without_title_shown(pdf: Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def without_language(pdf: Pdf) -> None:
    del pdf.Root["/Lang"]


def without_intent(pdf: Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def with_a_script(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action])))


def with_a_file(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))


def with_xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("x"))


def without_description(pdf: Pdf) -> None:
    (figure,) = [
        item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name.Figure
    ]
    del figure["/Alt"]


def with_a_loose_link(pdf: Pdf) -> None:
    pdf.pages[4].obj.Annots = Array([link(pdf, Dest=Array([pdf.pages[0].obj, Name.Fit]))])
    del pdf.pages[4].obj["/Tabs"]


def gap_in_headings(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") == Name.H1:
            item.S = Name.H3


def unmarked_text(pdf: Pdf) -> None:
    page = pdf.pages[6].obj
    page.Contents = pdf.make_stream(b"/Annex Do")


def with_cmyk(pdf: Pdf) -> None:
    pdf.pages[4].obj.Contents = pdf.make_stream(
        b"/H1 <</MCID 0>> BDC 0 0 0 1 k 0 0 9 9 re f EMC /P <</MCID 1>> BDC EMC"
    )


UA, A, BOTH = ("PDF/UA-1",), ("PDF/A-2a",), ("PDF/UA-1", "PDF/A-2a")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without_tags, {"it has no tags": BOTH}),
        (without_parents, {"its tags do not say all that its pages say": UA}),
        (without_title, {"it has no title": UA}),
        (without_title_shown, {"its title is not shown in the window": UA}),
        (without_language, {"it does not say its language": UA}),
        (without_intent, {"it does not say what its colours mean (no output intent)": A}),
        (with_a_script, {"it has scripts or actions of its own": A}),
        (with_a_file, {"it has other files in it": A}),
        (with_xfa, {"it has a form that only Adobe Reader can fill in (XFA)": A}),
        (without_description, {"a picture has no description": UA}),
        (gap_in_headings, {"a level of headings is passed over": UA}),
        (unmarked_text, {"its tags do not say all that its pages say": UA}),
        (with_cmyk, {"it has CMYK colours, which have no meaning beside sRGB": A}),
        (
            with_a_loose_link,
            {
                "it has links or remarks that are not printed": A,
                "a link has no tag": UA,
                "a link has no words": UA,
                "its links are not read in the order of its tags": UA,
            },
        ),
    ],
)
def test_what_stands_against_a_claim_is_found(
    pack: Path, change: Callable[[Pdf], None], told: dict[str, tuple[str, ...]]
) -> None:
    assert broken(changed(pack, change)) == told


def test_what_is_not_claimed_is_not_broken(pack: Path, tmp_path: Path) -> None:
    facts = taken(saved(document(), tmp_path / "loose.pdf"), tmp_path / "work")
    pack.write_bytes(wordless([facts]))
    found = inspect(pack)
    assert found.claims == ()
    assert [fault.message for fault in found.faults] == [
        "the font Helvetica is not embedded",
        "it does not say what its colours mean (no output intent)",
    ]
    assert broken(found) == {}
    assert found.fonts == (FontSeen("Helvetica", embedded=False),)


@pytest.mark.parametrize(
    ("claims", "archive", "is_broken"),
    [
        ("A", Against.STRUCTURE, True),
        ("U", Against.STRUCTURE, False),
        ("U", Against.UNICODE, True),
        ("B", Against.UNICODE, False),
        ("B", Against.ARCHIVE, True),
        ("A", Against.NOTHING, False),
    ],
)
def test_a_level_is_broken_by_what_stands_against_it_or_a_level_below(
    pack: Path, claims: str, archive: Against, is_broken: bool
) -> None:
    with pikepdf.open(pack) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["pdfaid:conformance"] = claims
        pdf.save(pack.with_name("other.pdf"))
    found = inspect(pack.with_name("other.pdf"))
    assert f"PDF/A-2{claims.lower()}" in found.claims
    assert bool(found.broken_by(AnnexFault("x", (), archive, True))) is is_broken


def test_a_file_printed_in_cmyk_may_have_such_colours(pack: Path) -> None:
    def change(pdf: Pdf) -> None:
        with_cmyk(pdf)
        pdf.Root.OutputIntents[0].DestOutputProfile.N = 4

    assert broken(changed(pack, change)) == {}


# --------------------------------------------------------------------------- what cannot be looked at


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("words.pdf", b"Just words", "words.pdf is no PDF"),
        ("empty.pdf", b"", "empty.pdf is no PDF"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "cut.pdf is damaged"),
    ],
)
def test_what_is_no_whole_pdf_is_told(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BriefpackError, match=message) as raised:
        inspect(path)
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert raised.value.diagnostics[0].hint


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BriefpackError, match=r"gone\.pdf cannot be read"):
        inspect(tmp_path / "gone.pdf")
    with pytest.raises(BriefpackError, match="cannot be read"):
        inspect(tmp_path)


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    path = saved(document(), tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(BriefpackError, match="needs a password"):
        inspect(path)


@pytest.mark.parametrize(
    ("program", "longest", "message"),
    [
        ("import time; time.sleep(1000)", 1, "takes more than 1 seconds"),
        ("raise SystemExit(9)", 60, "makes a PDF reader fail"),
        ("print('{\"swelled\": true}')", 60, "needs more memory"),
        (
            'print(\'{"fault": "KeyError in x.py:1"}\')',
            60,
            "holds something that no PDF reader here understands",
        ),
    ],
)
def test_a_file_that_is_the_readers_end_costs_a_message(
    pack: Path, monkeypatch: pytest.MonkeyPatch, program: str, longest: float, message: str
) -> None:
    monkeypatch.setattr(inspection, "COMMAND", (inspection.COMMAND[0], "-c", program))
    with pytest.raises(BriefpackError, match=message):
        inspect(pack, longest=longest)


def test_an_encrypted_file_that_opens_claims_too_much(pack: Path, tmp_path: Path) -> None:
    with pikepdf.open(pack) as pdf:
        pdf.save(tmp_path / "closed.pdf", encryption=pikepdf.Encryption(owner="y", user=""))
    assert "it is encrypted" in broken(inspect(tmp_path / "closed.pdf"))


def test_claims_written_by_the_last_save_are_read(tmp_path: Path, pack: Path) -> None:
    for claims in (Claims(), Claims(accessible=False, archive="U"), Claims(archive=""), Claims(False, "")):
        path = tmp_path / "claims.pdf"
        with pikepdf.open(pack) as pdf:
            # Without claims again.
            with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
                    del metadata[key]
            pdf.save(path)
        path.write_bytes(finish(path.read_bytes(), claims))
        assert inspect(path).claims == claims.names
