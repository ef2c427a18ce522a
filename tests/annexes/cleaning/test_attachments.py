"""Files within a file: found, named safely, kept when they are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from briefpack.annex import Deed, Keep, Treatment
from briefpack.annexes.cache import recall
from briefpack.annexes.cleaning.attachments import attached_files
from briefpack.annexes.intake import take_in
from tests.annexes.makers import annex, document, saved


def file(pdf: Pdf, name: str, content: bytes = b"content") -> Object:
    held = pdf.make_stream(content, Type=Name.EmbeddedFile)
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), EF=Dictionary(F=held)))


def with_files(pdf: Pdf, *files: Object) -> Pdf:
    names = Array()
    for number, one in enumerate(files):
        names.extend([String(str(number)), one])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    return pdf


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("plan.xlsx", "plan.xlsx"),
        ("C:\\Users\\jane\\plan.xlsx", "plan.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n<c>.txt", "abc.txt"),
        ("..", "attachment"),
        ("", "attachment"),
        ("con.txt", "_con.txt"),
        ("x" * 300 + ".docx", "x" * 96 + ".docx"),
    ],
)
def test_names_are_bare_and_harm_no_disk(given: str, name: str) -> None:
    pdf = document(1)
    (found,) = attached_files(with_files(pdf, file(pdf, given)), [1])
    assert found.name == name


def test_files_are_found_wherever_they_hang_each_once_under_names_that_differ() -> None:
    pdf = document(2)
    one, two, three = file(pdf, "Plan.txt"), file(pdf, "plan.txt"), file(pdf, "note.txt")
    with_files(pdf, one, two)
    pdf.Root.AF = Array([one])
    pdf.pages[1].obj.Annots = Array([Dictionary(Subtype=Name.FileAttachment, FS=three)])
    assert [(found.name, found.page) for found in attached_files(pdf, [1, 2])] == [
        ("Plan.txt", None),
        ("plan-2.txt", None),
        ("note.txt", 2),
    ]


def test_what_is_no_file_is_none() -> None:
    pdf = document(1)
    with_files(pdf, String("x"), Dictionary(F=String("a"), EF=String("x")), Dictionary())
    pdf.Root.AF = 17
    assert attached_files(pdf, [1]) == []


def test_files_are_left_out_with_a_warning_that_names_them(tmp_path: Path) -> None:
    pdf = document(1)
    path = saved(with_files(pdf, file(pdf, "plan.xlsx")), tmp_path / "annex.pdf")
    facts, (warning,) = take_in([annex(path)], tmp_path / "work")
    assert "an attached file (“plan.xlsx”), left out" in warning.message
    assert warning.hint.startswith("write `keep: [attachments]`")
    assert facts["annex"].parts[0].embedded == ()


def test_files_that_are_kept_stand_beside_the_clean_file_and_are_found_again(tmp_path: Path) -> None:
    pdf = document(1)
    path = saved(
        with_files(pdf, file(pdf, "plan.xlsx", b"a plan"), file(pdf, "b.txt", b"b")), tmp_path / "annex.pdf"
    )
    keep = annex(path, treatment=Treatment(keep=frozenset({Keep.ATTACHMENTS})))
    work = tmp_path / "work"
    facts, found = take_in([keep], work)
    assert found == []
    (part,) = facts["annex"].parts
    assert [remark.deed for remark in part.remarks] == [Deed.KEPT]
    assert [(name, held.read_bytes()) for name, held in part.embedded] == [
        ("plan.xlsx", b"a plan"),
        ("b.txt", b"b"),
    ]
    assert {held.parent for _, held in part.embedded} == {work}
    assert recall(work, part.clean.stem) == part
    assert not [left for left in work.iterdir() if ".part" in left.suffixes]
    part.embedded[0][1].write_bytes(b"other")
    assert recall(work, part.clean.stem) is None
