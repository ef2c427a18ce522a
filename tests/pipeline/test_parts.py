"""A built pack in parts: what is in them, how large they are, and what keeps them from being made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from briefpack.distribute.parcel import BESIDE, Attachment, Parcel, whole
from briefpack.errors import BriefpackError, ExitCode, Findings
from briefpack.fields import size_in_words
from briefpack.pipeline import build, no_progress
from briefpack.pipeline.divider import Change
from briefpack.pipeline.gate import parcels
from briefpack.pipeline.parts import parts
from briefpack.pipeline.prepare import Order, output_folder, read, styles_of
from tests.conftest import Project

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sources" / "foreign-ministers"
AUDIENCES = ("minister", "delegation", "staff", "press")
ROMAN = re.compile(r"[ivx]+")

Parts = Sequence[Sequence[Attachment]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Order:
    """The sample pack, built for all audiences."""
    order = Order(output=tmp_path_factory.mktemp("parts"), jobs=2)
    build(SAMPLE, order)
    return order


def parcel_of(folder: Path, order: Order, audience: str, *formats: str) -> Parcel:
    findings = Findings()
    pack = read(folder, order, findings, no_progress)
    styles = styles_of(folder, pack.audiences, findings)
    found = parcels(pack, output_folder(folder, order), {audience: formats or ("pdf",)}, styles, findings)
    findings.raise_if_errors()
    (parcel,) = found
    return parcel


def divided(
    folder: Path,
    order: Order,
    parcel: Parcel,
    most: int,
    *,
    findings: Findings | None = None,
    change: Change | None = None,
) -> Parts:
    told = Findings() if findings is None else findings
    return parts(folder, order, parcel, most, told, progress=no_progress, change=change)


def pages(content: bytes) -> Iterator[tuple[str, str]]:
    """Printed number and text of every page."""
    pdf = pypdfium2.PdfDocument(content)
    for number, page in enumerate(pdf):
        yield pdf.get_page_label(number), page.get_textpage().get_text_bounded()
    pdf.close()


def behind_front(content: bytes) -> list[tuple[str, str]]:
    return [(label, text) for label, text in pages(content) if not ROMAN.fullmatch(label)]


# --------------------------------------------------------------------------- what is in them


@pytest.mark.parametrize("share", [0.4, 0.6, 0.9])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_is_in_one_part_with_its_text_and_number(
    built: Order, audience: str, share: float
) -> None:
    parcel = parcel_of(SAMPLE, built, audience)
    (pack,) = parcel.attachments
    most, findings = int(share * pack.size), Findings()
    made = divided(SAMPLE, built, parcel, most, findings=findings)

    assert len(made) > 1
    assert [page for (file,) in made for page in behind_front(file.content)] == behind_front(pack.content)
    names = [f"foreign-ministers-{audience}-part-{n}-of-{len(made)}.pdf" for n in range(1, len(made) + 1)]
    assert [file.name for (file,) in made] == names
    for (file,) in made:
        assert (file.of, file.format) == (pack.sha256, "pdf")
        assert file.pages == len(list(pages(file.content)))
        assert file == whole(file.name, "pdf", file.content, file.pages, pack.sha256, extent=file.extent)
    # Each goes on where the one before it ended: a pack that is divided elsewhere has other extents.
    ends = [0, *(int(file.extent.partition("-")[2]) for (file,) in made)]
    assert [file.extent for (file,) in made] == [f"{ends[n] + 1}-{ends[n + 1]}" for n in range(len(made))]
    assert [len(behind_front(file.content)) for (file,) in made] == [b - a for a, b in pairwise(ends)]
    large = [file for (file,) in made if file.size > most]
    assert [found.rule for found in findings] == ["large-part"] * bool(large)
    if len(large) > 1:
        assert f"{len(large)} parts of “{audience}”" in findings.items[0].message


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_part_claims_what_the_pack_does_and_nothing_leads_out_of_it(built: Order, audience: str) -> None:
    parcel = parcel_of(SAMPLE, built, audience)
    for (file,) in divided(SAMPLE, built, parcel, parcel.attachments[0].size // 2):
        with pikepdf.open(io.BytesIO(file.content)) as pdf:
            assert pdf.check_pdf_syntax() == []
            with pdf.open_metadata() as said:
                assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == (
                    "1",
                    "2",
                    "A",
                )
                assert re.search(r"Part \d of \d$", str(said["dc:title"]))
            known = {page.objgen for page in pdf.pages}
            named = pdf.Root.get("/Dests", {})
            with pdf.open_outline() as outline:
                waiting = list(outline.root)
                assert waiting
                while waiting:
                    entry = waiting.pop()
                    assert entry.destination is not None
                    assert entry.destination[0].objgen in known
                    waiting += entry.children
            for page in pdf.pages:
                for link in page.get("/Annots", []):
                    if "/Dest" in link:
                        to = link.Dest if isinstance(link.Dest, pikepdf.Array) else named[str(link.Dest)]
                        assert to[0].objgen in known


def test_what_fits_stays_whole(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "press")
    assert divided(SAMPLE, built, parcel, parcel.attachments[0].size) == (parcel.attachments,)


def test_what_cannot_be_divided_is_told_with_its_place_and_size(built: Order) -> None:
    parcel, findings = parcel_of(SAMPLE, built, "staff"), Findings()
    made = divided(SAMPLE, built, parcel, 1_000, findings=findings)
    assert all(len(part) == 1 for part in made)
    # Of however many, the largest is told whole, and others with their places.
    (found,) = findings
    assert len(made) > 5
    assert found.where.path.is_relative_to(SAMPLE)
    largest = max(file.size for (file,) in made)
    has = size_in_words(largest, parcel.style, "en")
    assert found.message.startswith(f"{len(made)} parts of “staff” are too large and cannot be divided: ")
    assert re.search(rf", has {has}, and it may have 1 kB; too large as well: .+\.yaml:\d+\)", found.message)
    places = re.findall(r"\((\S+\.yaml):\d+\)", found.message)
    assert len(places) == 3
    assert all(Path(each).is_file() for each in places)


def test_the_same_pack_gives_the_same_parts(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "delegation")
    first, second = (divided(SAMPLE, built, parcel, 150_000) for _ in range(2))
    assert first == second


def test_made_files_can_be_changed_and_are_weighed_then(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "press")
    asked: list[str] = []

    def pad(kind: str, content: bytes) -> bytes:
        asked.append(kind)
        return content + b"\n" * 100_000

    plain = divided(SAMPLE, built, parcel, 250_000)
    padded = divided(SAMPLE, built, parcel, 250_000, change=pad)
    assert set(asked) == {"pdf"}
    assert len(padded) > len(plain)
    assert all(file.content.endswith(b"\n" * 100_000) for (file,) in padded)


# --------------------------------------------------------------------------- Word


def test_word_files_are_divided_with_the_pdf(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "delegation", "pdf", "docx")
    made = divided(SAMPLE, built, parcel, 200_000)
    word = [file for part in made for file in part if file.format == "docx"]
    assert len(word) > 1
    assert [file.name for file in word] == [
        f"foreign-ministers-delegation-part-{n}-of-{len(made)}.docx" for n in range(1, len(word) + 1)
    ]
    assert {file.of for file in word} == {parcel.attachments[1].sha256}
    starts = []
    for number, file in enumerate(word):
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            body = archive.read("word/document.xml").decode()
        targets = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body))
        assert targets <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body))
        starts.append(int(re.findall(r'w:fmt="decimal" w:start="(\d+)"', body)[0]))
        assert f"Part {number + 1} of {len(made)}" in body
        # The annexes are listed behind the last section, as in the whole file.
        assert ("Schedule of annexes" in body) is (number == len(word) - 1)
    assert starts[0] == 1
    assert starts == sorted(set(starts))


def test_contents_in_word_have_the_numbers_of_other_parts_and_the_marking_of_all_titles(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "delegation", "docx")
    made = divided(SAMPLE, built, parcel, 60_000)
    (file,) = made[1]
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        body = archive.read("word/document.xml").decode()
        # Of the part's own titles all are public.
        marking = banners(archive, body)[1]
    assert "INTERNAL" in marking
    contents = body[body.index("In part 3 of 3") : body.index("</w:sdtContent>")]
    assert "webHidden" not in contents
    entry = next(line for line in contents.split("</w:p>") if "Western Balkans" in line)
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", entry) == ["3", "Western Balkans", "5"]


def banners(archive: zipfile.ZipFile, body: str) -> list[str]:
    """The text of the header of each section's right-hand pages."""
    relations = archive.read("word/_rels/document.xml.rels").decode()
    targets = {
        **dict(re.findall(r'Id="([^"]+)"[^>]*Target="([^"]+)"', relations)),
        **{name: target for target, name in re.findall(r'Target="([^"]+)"[^>]*Id="([^"]+)"', relations)},
    }
    found = []
    for section in body.split("<w:sectPr>")[1:]:
        names = re.findall(r'<w:headerReference [^>]*w:type="default"[^>]*r:id="([^"]+)"', section)
        names += re.findall(r'<w:headerReference [^>]*r:id="([^"]+)"[^>]*w:type="default"', section)
        header = archive.read(f"word/{targets[names[0]]}").decode()
        found.append(" ".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", header)))
    return found


def test_a_word_file_that_shows_annexes_is_not_divided(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "delegation", "pdf", "docx")
    annexes = replace(parcel.style.annexes, word=type(parcel.style.annexes.word)("pictures"))
    shown = replace(parcel, style=replace(parcel.style, annexes=annexes))
    with pytest.raises(BriefpackError, match="shows its annexes") as raised:
        divided(SAMPLE, built, shown, 100_000)
    assert raised.value.diagnostics[0].where == parcel.audience.style_where


def test_without_a_pdf_the_parts_are_those_of_the_text(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "delegation", "docx")
    made = divided(SAMPLE, built, parcel, 60_000)
    assert len(made) > 1
    assert [file.format for part in made for file in part] == ["docx"] * len(made)
    with zipfile.ZipFile(io.BytesIO(made[-1][0].content)) as archive:
        assert "Schedule of annexes" in archive.read("word/document.xml").decode()


# --------------------------------------------------------------------------- small packs


def test_a_pack_of_one_section_stays_what_it_is(project: Project) -> None:
    project.change("pack.yaml", "  - {file: sections/02-notes.yaml, audiences: [desk]}\n", "")
    order, findings = Order(), Findings()
    build(project.pack, order)
    parcel = parcel_of(project.pack, order, "desk")
    assert divided(project.pack, order, parcel, 1_000, findings=findings) == (parcel.attachments,)
    assert [found.message.partition(" has ")[0] for found in findings] == [
        "a part of “desk” with nothing but the section “The programme”"
    ]
    small = divided(project.pack, order, parcel, 1_000, change=lambda _, content: content + b"\n")
    assert small[0][0].content == parcel.attachments[0].content + b"\n"
    assert small[0][0].of == parcel.attachments[0].sha256


def test_files_beside_the_pack_go_with_their_annex(project: Project) -> None:
    for name in ("one", "two"):
        (project.pack / f"{name}.pdf").write_bytes((SAMPLE / "annexes" / "action-plan.pdf").read_bytes())
    listed = "annexes: [{file: one.pdf, title: The first, beside: true}, {file: two.pdf, title: The second, beside: true}]\n"
    path = project.pack / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8") + listed, encoding="utf-8")
    order = Order()
    build(project.pack, order)
    parcel = parcel_of(project.pack, order, "desk")
    beside = [whole(name, BESIDE, b"file" * 10_000, 0) for name in ("A-one.pdf", "B-two.pdf", "other.txt")]
    made = divided(project.pack, order, replace(parcel, attachments=(*parcel.attachments, *beside)), 230_000)
    where = {file.name: n for n, part in enumerate(made) for file in part if file.format == BESIDE}
    bound = {
        label[0]: n
        for n, part in enumerate(made)
        for file in part
        if file.format == "pdf"
        for label, _ in behind_front(file.content)
    }
    assert len(made) > 1
    assert where == {"A-one.pdf": bound["A"], "B-two.pdf": bound["B"], "other.txt": 0}


def test_a_french_pack_says_it_in_french(project: Project) -> None:
    path = project.pack / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "language: fr\n", encoding="utf-8")
    order = Order()
    build(project.pack, order)
    parcel = parcel_of(project.pack, order, "desk")
    (first,), (second,) = divided(project.pack, order, parcel, parcel.attachments[0].size * 19 // 20)
    assert (first.name, second.name) == ("visit-desk-partie-1-sur-2.pdf", "visit-desk-partie-2-sur-2.pdf")
    said = " ".join(text for _, text in pages(first.content))
    assert "Partie 1 sur 2" in said
    assert "dans la partie 2 sur 2" in said.casefold()


# --------------------------------------------------------------------------- what must not leave


def test_parts_are_audited_as_the_pack_was(built: Order) -> None:
    parcel = parcel_of(SAMPLE, built, "press")
    staff = parcel_of(SAMPLE, built, "staff")

    def swap(kind: str, content: bytes) -> bytes:
        return content + staff.attachments[0].content

    with pytest.raises(BriefpackError) as raised:
        divided(SAMPLE, built, parcel, 150_000, change=swap)
    assert {found.code for found in raised.value.diagnostics} == {ExitCode.LEAK}


def test_parts_of_a_draft_are_drafts_and_not_audited(built: Order, tmp_path: Path) -> None:
    order = replace(built, output=tmp_path, draft=True, audiences=("press",))
    build(SAMPLE, order)
    parcel = parcel_of(SAMPLE, built, "press")
    content = next((tmp_path / "foreign-ministers" / "press").glob("*.pdf")).read_bytes()
    draft = replace(parcel, draft=True, attachments=(whole("draft.pdf", "pdf", content, 17),))
    made = divided(SAMPLE, order, draft, len(content) // 2)
    assert [page for (file,) in made for page in behind_front(file.content)] == behind_front(content)
