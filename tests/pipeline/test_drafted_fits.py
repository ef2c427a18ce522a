"""From a built pack to an outbox whose messages were made to fit: what each step does, what is told, and what becomes of copies."""

from __future__ import annotations

import email
import io
import json
import shutil
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from briefpack.errors import ExitCode
from briefpack.pipeline import build
from briefpack.pipeline.prepare import Order
from tests.conftest import Ran

Run = Callable[..., Ran]
ROOT = Path(__file__).parents[2]
LIST = """\
sender: Protocol <protocol@example.int>
size: {size}
too_large: {steps}
resolution: 50
audiences:
  staff: {{{more}}}
groups:
  staff:
    audience: staff
    people: [{people}]
"""
TWO = "Anna Example <anna@example.int>, Ben Example <ben@example.int>"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the sample pack, built for its staff."""
    root = tmp_path_factory.mktemp("fits")
    for name in ("sources/foreign-ministers", "styles"):
        shutil.copytree(ROOT / name, root / name)
    build(root / "sources" / "foreign-ministers", Order(audiences=("staff",)))
    return root


@pytest.fixture
def drafted(project: Path, cli: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Draft the messages of a list."""
    monkeypatch.chdir(project)
    shutil.rmtree(project / "build" / "foreign-ministers" / "outbox", ignore_errors=True)

    def run(size: str, steps: str, *options: str, more: str = "", people: str = TWO) -> Ran:
        path = project / "sources" / "foreign-ministers" / "distribution.yaml"
        path.write_text(LIST.format(size=size, steps=steps, more=more, people=people), encoding="utf-8")
        return cli("mail", "draft", "foreign-ministers", *options)

    return run


def outbox(project: Path) -> dict[str, EmailMessage]:
    """Drafts by name."""
    folder = project / "build" / "foreign-ministers" / "outbox"
    found = {}
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.strict)
        assert isinstance(message, EmailMessage)
        found[path.stem] = message
    return found


def attached(message: EmailMessage) -> dict[str, bytes]:
    return {str(part.get_filename()): part.get_content() for part in message.iter_attachments()}


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def sheet(project: Path) -> tuple[str, str]:
    """The words of both."""
    folder = project / "build" / "foreign-ministers" / "outbox"
    with pypdfium2.PdfDocument(folder / "outbox.pdf") as document:
        paper = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    return (folder / "outbox.html").read_text(encoding="utf-8"), paper


def told(ran: Ran) -> list[tuple[str, list[dict[str, object]]]]:
    return [(each["name"], each["tried"]) for each in json.loads(ran.out)["messages"]]


def test_the_word_file_is_left_out_where_a_pdf_goes_along(project: Path, drafted: Callable[..., Ran]) -> None:
    ran = drafted("750 kB", "[pdf-only, compress, split]")
    assert (ran.code, ran.err) == (0, "")
    (message,) = outbox(project).values()
    assert list(attached(message)) == ["foreign-ministers-staff.pdf"]
    assert "docx" not in body(message)
    assert "made to fit for staff: pdf-only (796 kB to " in ran.out
    assert all("without the Word file" in each for each in sheet(project))


def test_readers_of_the_word_file_alone_keep_it(project: Path, drafted: Callable[..., Ran]) -> None:
    ran = drafted(
        "100 kB", "[pdf-only]", people="{address: anna@example.int, formats: docx}, ben@example.int"
    )
    assert ran.code == 0
    assert {name: list(attached(message)) for name, message in outbox(project).items()} == {
        "staff_docx": ["foreign-ministers-staff.docx"],
        "staff_pdf-docx": ["foreign-ministers-staff.pdf"],
    }
    assert "; for others: pdf-only (nothing gained: no PDF goes along)" in ran.err
    assert "tried: pdf-only (796 kB to " in ran.err


def test_pictures_are_made_smaller(project: Path, drafted: Callable[..., Ran]) -> None:
    ran = drafted("790 kB", "[compress]", "--json")
    assert ran.code == 0
    ((name, (step,)),) = told(ran)
    assert (name, step["step"]) == ("staff", "compress")
    (message,) = outbox(project).values()
    originals = project / "build" / "foreign-ministers" / "staff"
    files = attached(message)
    assert len(files) == 2
    assert any(len(content) < (originals / each).stat().st_size for each, content in files.items())
    for each in files:
        assert each in body(message)
    assert all("with smaller pictures" in each for each in sheet(project))


def test_a_pack_goes_in_parts_and_every_message_says_which(
    project: Path, drafted: Callable[..., Ran]
) -> None:
    ran = drafted("260 kB", "[pdf-only, split]")
    assert (ran.code, ran.err) == (0, "")
    messages = outbox(project)
    count = len(messages)
    assert count > 1
    assert list(messages) == [f"staff_part-{n}" for n in range(1, count + 1)]
    for number, message in enumerate(messages.values(), 1):
        assert f"part {number} of {count}" in str(message["Subject"])
        assert f"Part {number} of {count}" in body(message).splitlines()
        ((name, content),) = attached(message).items()
        assert name == f"foreign-ministers-staff-part-{number}-of-{count}.pdf"
        assert name in body(message)
        assert len(message.as_bytes()) < 262_000
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) > 1
    assert f", in {count} parts)" in ran.out
    assert len({message["Message-ID"] for message in messages.values()}) == count
    assert all(f"part 1 of {count}" in each for each in sheet(project))
    record = json.loads((project / "build" / "foreign-ministers" / "outbox" / "outbox.json").read_bytes())
    assert [(each["part"], each["parts"]) for each in record["messages"]] == [
        (n, count) for n in range(1, count + 1)
    ]
    assert len({each["readers"][0]["key"] for each in record["messages"]}) == count


def test_a_pack_that_another_version_built_goes_whole_or_not_at_all(
    project: Path, drafted: Callable[..., Ran]
) -> None:
    path = project / "build" / "foreign-ministers" / "manifest.json"
    manifest = path.read_bytes()
    told = json.loads(manifest)
    told["tools"]["reportlab"] = "3.0"
    path.write_text(json.dumps(told))
    try:
        assert drafted("10 MB", "[pdf-only, split]").code == 0
        before = outbox(project).keys()
        ran = drafted("260 kB", "[pdf-only, split]")
    finally:
        path.write_bytes(manifest)
    assert ran.code == ExitCode.OUTPUT
    assert "cannot go in parts: it was built with another version of reportlab" in ran.err
    assert "briefpack build foreign-ministers" in ran.err
    assert outbox(project).keys() == before


def test_a_part_with_other_pages_is_another_thing_to_send(project: Path, drafted: Callable[..., Ran]) -> None:
    def parts(size: str) -> list[tuple[str, str]]:
        """Pages and key of each."""
        assert drafted(size, "[pdf-only, split]").code == 0
        record = json.loads((project / "build" / "foreign-ministers" / "outbox" / "outbox.json").read_bytes())
        return [(each["attachments"][0]["extent"], each["readers"][0]["key"]) for each in record["messages"]]

    before, after = parts("330 kB"), parts("350 kB")
    # Who has part 2 of the one and gets part 3 of the other would lack what is between them.
    assert len(before) == len(after) == 3
    assert [one[0] == other[0] for one, other in zip(before, after, strict=True)] == [True, False, False]
    assert [one[1] == other[1] for one, other in zip(before, after, strict=True)] == [True, False, False]


def test_parts_are_copies_too(project: Path, drafted: Callable[..., Ran]) -> None:
    ran = drafted("260 kB", "[pdf-only, split]", "--json", more="copies: [cover, footer, watermark]")
    assert ran.code == 0
    messages = outbox(project)
    assert all(f"staff_{n}_part-1" in messages for n in (1, 2))
    for name, message in messages.items():
        number, person = (1, "Anna") if name.startswith("staff_1") else (2, "Ben")
        (content,) = attached(message).values()
        with pypdfium2.PdfDocument(content) as document:
            for page in document:
                said = " ".join(page.get_textpage().get_text_bounded().split())
                assert f"Copy {number} of 2 — {person} Example" in said
    found = json.loads(ran.out)["messages"]
    assert not any(each["too_large"] for each in found)
    assert {step["step"]: step["parts"] for each in found for step in each["tried"]} == {
        "pdf-only": 1,
        "split": len(messages) // 2,
    }
    register = (project / "sent" / "foreign-ministers" / "copies.csv").read_text(encoding="utf-8-sig")
    assert len({line.split(",")[8] for line in register.splitlines()[1:]}) == len(messages)


def test_what_stays_too_large_is_drafted_and_told_with_what_was_tried(
    project: Path, drafted: Callable[..., Ran]
) -> None:
    ran = drafted("50 kB", "[pdf-only, compress, split]")
    assert ran.code == 0
    # However many there are.
    count = len(outbox(project))
    assert count > 3
    assert ran.err.count("warning[large-message]") == 1
    assert ran.err.count("warning[large-part]") == 1
    assert f"{count} messages to “staff” are too large: the largest (staff_part-" in ran.err
    assert "parts of “staff” are too large and cannot be divided: the largest, with nothing but " in ran.err
    assert "tried: pdf-only" in ran.err
    assert outbox(project)
    ran = drafted("50 kB", "[pdf-only, compress, split]", "--strict")
    assert ran.code == ExitCode.STRICT


def test_a_part_that_a_later_step_makes_fit_is_not_called_too_large(
    project: Path, drafted: Callable[..., Ran]
) -> None:
    assert "warning[large-part]" in drafted("240 kB", "[split]").err
    ran = drafted("240 kB", "[split, pdf-only]", "--strict")
    assert (ran.code, ran.err) == (0, "")
    assert len(outbox(project)) > 1


def test_the_same_list_gives_the_same_bytes(project: Path, drafted: Callable[..., Ran]) -> None:
    folder = project / "build" / "foreign-ministers" / "outbox"

    def state() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    assert drafted("260 kB", "[pdf-only, compress, split]", more="copies: true").code == 0
    first = state()
    assert drafted("260 kB", "[pdf-only, compress, split]", more="copies: true").code == 0
    assert state() == first
