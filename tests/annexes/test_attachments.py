"""Files that go with a pack: their names, how they are embedded, and that the pack keeps what it claims."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf, String

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart
from briefpack.annexes.attachments import Attachment, Given, beside, embedded
from briefpack.annexes.claims import Claims
from briefpack.annexes.finish import finish
from briefpack.annexes.inspection import inspect
from briefpack.document import AnnexEntry
from briefpack.errors import BriefpackError, ExitCode, Where
from tests.annexes.makers import body_pdf, taken, wordless, written
from tests.annexes.makers import saved as save
from tests.conformance.vera import validate

WHEN = datetime(2025, 4, 2, 18, 30)
WHERE = Where(Path("pack.yaml"), 1, 1)


def given(folder: Path, *annexes: dict[str, object]) -> Given:
    """Annexes A, B … : files: name → content, kept: names of files embedded in the first of them, and fields of Annex."""
    found = []
    for number, fields in enumerate(annexes):
        label = chr(ord("A") + number)
        files, parts = [], []
        kept = fields.get("kept", ())
        for name, content in dict(fields["files"]).items():
            path = folder / label / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            files.append(AnnexFile(path, WHERE))
            inside = tuple((each, path) for each in kept) if not parts else ()
            digest = hashlib.sha256(content).hexdigest()
            parts.append(CleanPart(digest, path, ((595, 842),), (), embedded=inside))
        more = {key: value for key, value in fields.items() if key not in {"files", "kept"}}
        annex = Annex(label, tuple(files), f"Title {label}", None, None, WHERE, **more)
        entry = AnnexEntry(label, f"Title {label}", f"annex_{label}", len(parts), "x", "0" * 64, WHERE)
        found.append((entry, annex, AnnexFacts(tuple(parts))))
    return found


def opened(content: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(content))


# --------------------------------------------------------------------------- which, and under which names


def test_only_what_is_asked_for_goes_with_the_pack(tmp_path: Path) -> None:
    annexes = given(
        tmp_path,
        {"files": {"one.docx": b"1"}, "embed": True},
        {"files": {"two.xlsx": b"2"}, "beside": True},
        {"files": {"three.pdf": b"3"}},
        {"files": {"four.pdf": b"4"}, "kept": ("data.csv",)},
    )
    assert [(file.name, file.source, file.about) for file in embedded(annexes, WHEN)] == [
        ("A-one.docx", True, "Title A"),
        ("D-data.csv", False, "Title D"),
    ]
    assert [(file.name, file.content()) for file in beside(annexes, WHEN)] == [("B-two.xlsx", b"2")]


def test_files_with_the_same_name_are_told_apart(tmp_path: Path) -> None:
    annexes = given(
        tmp_path,
        {"files": {"plan.pdf": b"1"}, "embed": True, "kept": ("plan.pdf", "PLAN.pdf", "plan")},
        {"files": {"plan.pdf": b"2"}, "embed": True},
    )
    assert [file.name for file in embedded(annexes, WHEN)] == [
        "A-plan.pdf",
        "A-plan (2).pdf",
        "A-PLAN (3).pdf",
        "A-plan",
        "B-plan.pdf",
    ]


@pytest.mark.parametrize(
    "harm", [lambda path: path.write_bytes(b"else"), Path.unlink], ids=["changed", "gone"]
)
def test_a_file_that_has_changed_meanwhile_stops_the_build(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    (file,) = embedded(given(tmp_path, {"files": {"one.docx": b"1"}, "embed": True}), WHEN)
    harm(file.path)
    with pytest.raises(
        BriefpackError, match=r"one\.docx has changed while the pack was being built"
    ) as failed:
        file.content()
    assert failed.value.exit_code is ExitCode.SOURCE


# --------------------------------------------------------------------------- embedded


def test_an_embedded_file_is_associated_with_the_pack(tmp_path: Path) -> None:
    annexes = given(
        tmp_path, {"files": {"Büro.docx": b"word " * 99}, "embed": True, "kept": ("old.unknown",)}
    )
    files = embedded(annexes, WHEN)
    with opened(finish(body_pdf(2, 0), Claims(part=3), files)) as pdf:
        first, second = pdf.Root.AF
        names = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles)
        assert {name: spec.objgen for name, spec in names.items()} == {
            "A-Büro.docx": first.objgen,
            "A-old.unknown": second.objgen,
        }
        assert (first.AFRelationship, second.AFRelationship) == (Name.Source, Name.Unspecified)
        assert str(first.UF) == "A-Büro.docx"
        assert "/F" in first
        assert str(first.Desc) == "Title A"
        stream = first.EF.F
        assert stream.read_bytes() == b"word " * 99
        assert str(stream.Subtype).endswith("wordprocessingml.document")
        assert str(second.EF.F.Subtype) == "/application/octet-stream"
        assert str(stream.Params.ModDate) == "D:20250402183000Z"
        assert int(stream.Params.Size) == 5 * 99
        assert "/CreationDate" not in stream.Params


def test_files_that_the_body_has_stay(tmp_path: Path) -> None:
    body = tmp_path / "body.pdf"
    with opened(body_pdf(2, 0)) as pdf:
        spec = pikepdf.AttachedFileSpec(pdf, b"own", filename="own.txt", mime_type="text/plain")
        pdf.attachments["own.txt"] = spec
        pdf.save(body)
    files = embedded(given(tmp_path, {"files": {"one.docx": b"1"}, "embed": True}), WHEN)
    with opened(finish(body.read_bytes(), Claims(part=3), files)) as pdf:
        assert sorted(pdf.attachments) == ["A-one.docx", "own.txt"]
        assert len(pdf.Root.AF) == 2


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    files = embedded(given(tmp_path, {"files": {"a.docx": b"1", "b.docx": b"2"}, "embed": True}), WHEN)
    assert finish(body_pdf(2, 0), Claims(part=3), files) == finish(body_pdf(2, 0), Claims(part=3), files)


def test_a_pack_without_files_says_nothing_of_any() -> None:
    with opened(finish(body_pdf(2, 0), Claims())) as pdf:
        assert "/AF" not in pdf.Root
        assert "/Names" not in pdf.Root


def with_files(facts: AnnexFacts, files: tuple[Attachment, ...]) -> bytes:
    """A pack without words of its own, that claims all it can."""
    plain = io.BytesIO(wordless([facts]))
    bare = io.BytesIO()
    with pikepdf.open(plain) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
                del metadata[key]
        packet = pdf.Root.Metadata.read_bytes()
        start, end = packet.index(b"<pdfaExtension:schemas>"), packet.index(b"</pdfaExtension:schemas>")
        pdf.Root.Metadata = pdf.make_stream(
            packet[:start] + packet[end + 24 :], Type=Name.Metadata, Subtype=Name.XML
        )
        pdf.save(bare)
    return finish(bare.getvalue(), Claims(part=3), files)


def test_verapdf_passes_a_pack_with_files_as_pdf_a_3(tmp_path: Path) -> None:
    facts = taken(save(written(), tmp_path / "annex.pdf"), tmp_path / "work")
    files = embedded(
        given(tmp_path, {"files": {"one.docx": b"1" * 99}, "embed": True, "kept": ("data.csv",)}), WHEN
    )
    path = tmp_path / "pack.pdf"
    path.write_bytes(with_files(facts, files))
    found = inspect(path)
    assert found.claims == ("PDF/UA-1", "PDF/A-3a")
    assert [fault for fault in found.faults if found.broken_by(fault)] == []
    assert [str(verdict) for verdict in validate([("ua1", path), ("3a", path)])] == ["passed", "passed"]
    # It is the third part that files of any type may be embedded in.
    (second,) = validate([("2a", path)])
    assert not second.passed


def test_a_file_without_a_relation_to_the_pack_is_found(tmp_path: Path) -> None:
    facts = taken(save(written(), tmp_path / "annex.pdf"), tmp_path / "work")
    path = tmp_path / "pack.pdf"
    with opened(with_files(facts, ())) as pdf:
        loose = Dictionary(
            Type=Name.Filespec, F=String("x"), UF=String("x"), EF=Dictionary(F=pdf.make_stream(b"x"))
        )
        tree = pikepdf.NameTree.new(pdf)
        tree["x"] = pdf.make_indirect(loose)
        pdf.Root.Names = Dictionary(EmbeddedFiles=tree.obj)
        pdf.save(path)
    found = inspect(path)
    broken = [fault.message for fault in found.faults if "PDF/A-3a" in found.broken_by(fault)]
    assert "it does not say what the files in it are to it" in broken


def test_only_the_part_of_pdf_a_changes_with_files() -> None:
    assert Claims(part=3).names == ("PDF/UA-1", "PDF/A-3a")
    assert replace(Claims(), archive="", part=3).names == ("PDF/UA-1",)
