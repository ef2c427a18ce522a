"""Files that must be repaired, opened with a password, or taken damaged; seen through intake, as their authors see them."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Name

from briefpack.annex import Deed, Treatment
from briefpack.annexes.chain import Engine
from briefpack.annexes.cleaning import clean, opening, verifying
from briefpack.annexes.cleaning.drawn import pictures_of
from briefpack.annexes.cleaning.refusal import Unable
from briefpack.annexes.intake import take_in
from briefpack.errors import Severity
from tests.annexes.makers import add_page, annex, document, refused, saved, taken


def plain(path: Path, pages: int = 3) -> bytes:
    """A file whose objects are written one by one, as text."""
    saved(document(pages), path, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return path.read_bytes()


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "no startxref": lambda c: c[: c.rindex(b"startxref")] + b"%%EOF\n",
    "no end mark": lambda c: c[: c.rindex(b"%%EOF")],
    "a wrong startxref": lambda c: c[: c.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n",
    "no endobj": lambda c: c.replace(b"endobj\n", b"", 1),
    "offsets that were never right": lambda c: c.replace(b" 00000 n", b" 00000 n").replace(
        b"xref\n0 ", b"xref\n1 "
    ),
    "a length that was never right": lambda c: re.sub(rb"/Length \d+", b"/Length 12", c),
    "no lengths": lambda c: c.replace(b"/Length", b"/Lxxxxx"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_lost_nothing_is_repaired_and_told_of(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    content = plain(path)
    changed = FAULTS[fault](content)
    assert changed != content
    path.write_bytes(changed)
    facts, found = take_in([annex(path)], tmp_path / "work")
    assert [d.severity for d in found] in ([], [Severity.WARNING])
    (part,) = facts["plan"].parts
    assert not part.damaged
    assert text_of(part.clean) == ["Page 1", "Page 2", "Page 3"]
    if found:
        assert re.search("had to be (repaired|written anew)", found[0].message)
        assert part.remarks[0].deed is Deed.REPAIRED


def test_a_damaged_file_is_taken_when_its_author_says_so_and_the_loss_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    content = plain(path, 30)
    path.write_bytes(content[: len(content) * 2 // 3])
    message = refused(path, tmp_path / "work")
    assert "is damaged: it" in message.message
    assert "damaged: accept" in message.hint
    facts, (warning,) = take_in([annex(path, treatment=Treatment(damaged=True))], tmp_path / "work")
    assert facts["plan"].damaged
    assert 0 < facts["plan"].pages <= 30
    assert "taken as accepted" in warning.message
    assert text_of(facts["plan"].parts[0].clean)[0] == "Page 1"


def test_a_forged_page_tree_is_refused_also_when_damaged_files_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(plain(path).replace(b"/Count 3", b"/Count 1"))
    facts, (error,) = take_in([annex(path, treatment=Treatment(damaged=True))], tmp_path / "work")
    assert not facts
    assert "1 pages, but 3" in error.message
    assert "accept" not in error.hint


# --------------------------------------------------------------------------- passwords

KINDS = {
    "RC4, 40 bits": {"R": 2, "aes": False, "metadata": False},
    "RC4, 128 bits": {"R": 3, "aes": False, "metadata": False},
    "AES, 128 bits": {"R": 4},
    "AES, 256 bits": {"R": 6},
}
ASKED = Treatment(password_env="ANNEX_PASSWORD")  # noqa: S106 - the name of a variable


def locked(path: Path, kind: str = "AES, 256 bits", password: str = "Kies wählen") -> Path:  # noqa: S107
    return saved(document(2), path, encryption=pikepdf.Encryption(user=password, owner="else", **KINDS[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_password_from_the_environment_opens_every_kind(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNEX_PASSWORD", "geheim")
    path = locked(tmp_path / "plan.pdf", kind, "geheim")
    facts = taken(path, tmp_path / "work", treatment=ASKED)
    assert facts.pages == 2
    assert [remark.kind for remark in facts.parts[0].remarks] == ["encrypted"]
    for kept in (tmp_path / "work").iterdir():
        assert b"geheim" not in kept.read_bytes()
        assert "geheim" not in kept.name


def test_a_password_may_have_letters_of_any_alphabet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNEX_PASSWORD", "Kies wählen")
    assert taken(locked(tmp_path / "plan.pdf"), tmp_path / "work", treatment=ASKED).pages == 2


def test_every_way_a_password_can_be_missing_has_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, work = locked(tmp_path / "plan.pdf"), tmp_path / "work"
    monkeypatch.delenv("ANNEX_PASSWORD", raising=False)
    assert "password_env: NAME" in refused(path, work).hint
    _, (unset,) = take_in([annex(path, treatment=ASKED)], work)
    assert "the environment variable ANNEX_PASSWORD is not set" in unset.message
    monkeypatch.setenv("ANNEX_PASSWORD", "wrong one")
    _, (wrong,) = take_in([annex(path, treatment=ASKED)], work)
    assert "cannot be opened with the password in the environment variable ANNEX_PASSWORD" in wrong.message
    assert "wrong one" not in wrong.message + wrong.hint


def test_a_password_that_is_not_needed_does_no_harm(tmp_path: Path) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    assert taken(path, tmp_path / "work", treatment=ASKED).pages == 2


# --------------------------------------------------------------------------- digest


def test_another_file_than_the_one_asked_for_is_refused(tmp_path: Path) -> None:
    path = saved(document(2), tmp_path / "plan.pdf")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert taken(path, tmp_path / "work", treatment=Treatment(sha256=digest)).pages == 2
    _, (error,) = take_in([annex(path, treatment=Treatment(sha256="ab" * 32))], tmp_path / "work")
    assert digest[:12] in error.message
    assert "abababababab" in error.message
    assert digest in error.hint


# --------------------------------------------------------------------------- engines


@pytest.mark.parametrize("engine", Engine)
def test_every_engine_makes_a_right_copy(engine: Engine, tmp_path: Path) -> None:
    pdf = document(2)
    add_page(pdf, b"1 0 0 rg 50 50 100 300 re f", box=(0, 0, 400, 500), Rotate=90)
    path = saved(pdf, tmp_path / "plan.pdf")
    cleaned = clean(path, tmp_path / "clean.pdf", Treatment(), engine)
    assert [tuple(map(round, size)) for size in cleaned.sizes] == [(595, 842), (595, 842), (500, 400)]
    told = [remark.kind for remark in cleaned.remarks]
    assert ("pictures" in told) == (engine is Engine.PICTURES)
    if engine is not Engine.PICTURES:
        assert text_of(tmp_path / "clean.pdf")[:2] == ["Page 1", "Page 2"]


def test_pictures_show_fields_and_no_comments(tmp_path: Path) -> None:
    pdf = document(1)
    looks = pdf.make_stream(
        b"0 g 0 0 200 200 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200])
    )
    for kind, x in (("/Stamp", 50), ("/FreeText", 350)):
        note = pikepdf.Dictionary(
            Type=Name.Annot,
            Subtype=Name(kind),
            F=4,
            Rect=Array([x, 100, x + 200, 300]),
            AP=pikepdf.Dictionary(N=looks),
        )
        pdf.pages[0].obj.Annots = Array([*(pdf.pages[0].obj.get("/Annots") or []), pdf.make_indirect(note)])
    path = saved(pdf, tmp_path / "noted.pdf")
    with pictures_of(path, "") as made:
        made.save(tmp_path / "made.pdf")
    shown = pypdfium2.PdfDocument(tmp_path / "made.pdf")
    bitmap = shown[0].render(grayscale=True)
    row = bytes(bitmap.buffer)[bitmap.stride * (842 - 200) :][: bitmap.stride]
    assert row[150] < 50
    assert row[450] > 200
    shown.close()


def test_layers_that_would_be_laid_open_are_not_imported(tmp_path: Path) -> None:
    pdf = document(1)
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=Name.OCG, Name=pikepdf.String("internal")))
    pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=Array([layer]), D=pikepdf.Dictionary(OFF=Array([layer])))
    path = saved(pdf, tmp_path / "layered.pdf")
    with pytest.raises(Unable, match="layers"):
        opening.open_annex(path, Treatment(), Engine.IMPORTED)


def test_a_copy_that_looks_another_way_or_has_other_pages_is_not_right(tmp_path: Path) -> None:
    first, second = document(2), document(2)
    second.pages[1].obj.Contents = second.make_stream(b"0 g 100 100 300 60 re f")
    was, now = saved(first, tmp_path / "was.pdf"), saved(second, tmp_path / "now.pdf")
    verifying.verify(was, "", was, range(2), looks=True, thorough=True)
    with pytest.raises(Unable, match="page 2 comes out with another look"):
        verifying.verify(was, "", now, range(2), looks=True, thorough=True)
    with pytest.raises(Unable):
        verifying.verify(was, "", now, range(3), looks=False, thorough=False)
    third = document(1)
    add_page(third, box=(0, 0, 300, 300))
    with pytest.raises(Unable, match="another size"):
        verifying.verify(was, "", saved(third, tmp_path / "third.pdf"), range(2), looks=True, thorough=True)


# --------------------------------------------------------------------------- side by side


def test_files_taken_in_side_by_side_come_out_in_order_and_alike(tmp_path: Path) -> None:
    annexes = []
    for number in range(8):
        path = tmp_path / f"f{number}.pdf"
        content = plain(path, 1 + number)
        if number % 3 == 1:
            path.write_bytes(content[: len(content) // 2])
        annexes.append(annex(path, 3 + number))
    one, told = take_in(annexes, tmp_path / "one", jobs=1)
    four, told_too = take_in(annexes, tmp_path / "four", jobs=4)
    assert list(one) == list(four) == ["f0", "f2", "f3", "f5", "f6"]
    assert [str(d) for d in told] == [str(d) for d in told_too]
    assert {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "four").iterdir()
    }
