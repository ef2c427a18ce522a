"""Annexes of a pack.yaml: what is asked of each, what holds for all of them, and what is refused."""

from pathlib import Path

import pytest

from briefpack.annex import Annex, Keep, PageRange, Treatment
from briefpack.document import Paper, Scale
from briefpack.reading.read_pack import PackReading, read_pack

HEAD = "title: T\nsections: [s.yaml]\naudiences: {press: }\n"


def reading(folder: Path, words: str) -> PackReading:
    (folder / "pack.yaml").write_text(HEAD + words, encoding="utf-8")
    (folder / "s.yaml").write_text("title: S\ntext: Words.\n", encoding="utf-8")
    for name in ("a.pdf", "b.pdf"):
        (folder / name).write_bytes(b"%PDF-")
    return read_pack(folder)


def annexes(folder: Path, words: str) -> tuple[Annex, ...]:
    found = reading(folder, words)
    assert found.pack is not None, list(found.findings)
    return found.pack.annexes


def messages(folder: Path, words: str) -> list[str]:
    return [f"{found.message} ({found.hint})" for found in reading(folder, words).findings]


def test_an_annex_that_asks_for_nothing_is_taken_in_as_usual(tmp_path: Path) -> None:
    (annex,) = annexes(tmp_path, "annexes: [{file: a.pdf, title: A}]")
    assert annex.files[0].treatment == Treatment()
    assert (annex.scale, annex.paper, annex.beside, annex.embed) == (None, None, False, False)
    assert annex.id == "a"


def test_everything_that_can_be_asked_of_an_annex(tmp_path: Path) -> None:
    digest = "AB" * 32
    (annex,) = annexes(
        tmp_path,
        f"""annexes:
- file: a.pdf
  title: A
  password_env: ANNEX_A
  sha256: {digest}
  damaged: accept
  keep: [comments, attachments]
  flatten: image
  pages: 1-3, 7, 10-
  rotate: 90
  n_up: 2
  ocr: eng + fra
  scale: original
  paper: pack
  beside: true
  embed: true
""",
    )
    assert annex.files[0].treatment == Treatment(
        password_env="ANNEX_A",  # noqa: S106  the name of a variable
        sha256=digest.lower(),
        damaged=True,
        keep=frozenset({Keep.COMMENTS, Keep.ATTACHMENTS}),
        flatten=True,
        pages=(PageRange(1, 3), PageRange(7, 7), PageRange(10, None)),
        rotate=90,
        n_up=2,
        ocr="eng+fra",
    )
    assert (annex.scale, annex.paper, annex.beside, annex.embed) == (Scale.ORIGINAL, Paper.PACK, True, True)


def test_what_holds_for_all_holds_where_an_annex_is_silent(tmp_path: Path) -> None:
    one, other = annexes(
        tmp_path,
        "intake: {keep: [], scale: original, n_up: 2}\n"
        "annexes: [{file: a.pdf, title: A}, {file: b.pdf, title: B, keep: links, scale: fit, n_up: 1}]",
    )
    assert one.files[0].treatment == Treatment(keep=frozenset(), n_up=2)
    assert one.scale is Scale.ORIGINAL
    assert other.files[0].treatment == Treatment()
    assert other.scale is Scale.FIT


def test_several_files_are_one_annex(tmp_path: Path) -> None:
    (annex,) = annexes(
        tmp_path,
        "annexes: [{files: [a.pdf, {file: b.pdf, pages: 2}], title: A, rotate: 180}]",
    )
    assert [file.path.name for file in annex.files] == ["a.pdf", "b.pdf"]
    assert annex.files[0].treatment == Treatment(rotate=180)
    assert annex.files[1].treatment == Treatment(rotate=180, pages=(PageRange(2, 2),))
    assert annex.id == "a"
    assert annex.file_name == "a.pdf, b.pdf"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{title: A}", "the annex names no file (add `file:`, or `files:` for several as one annex)"),
        (
            "{file: a.pdf, files: [b.pdf], title: A}",
            "an annex has either `file` or `files` (put the file into the list of `files:`)",
        ),
        (
            "{file: a.pdf, title: A, pages: 3-x}",
            "“3-x” is no page and no range of pages (write pages as in `1-3, 7, 10-`)",
        ),
        (
            "{file: a.pdf, title: A, pages: 5-3}",
            "“5-3” counts pages the wrong way (pages begin with 1, and a range begins with its smaller page)",
        ),
        (
            "{file: a.pdf, title: A, pages: 0}",
            "“0” counts pages the wrong way (pages begin with 1, and a range begins with its smaller page)",
        ),
        (
            f"{{file: a.pdf, title: A, pages: {10**40}}}",
            f"“{10**40}” is no page and no range of pages (write pages as in `1-3, 7, 10-`)",
        ),
        (
            "{file: a.pdf, title: A, pages: []}",
            "a list of pages is asked for here; it is empty (give at least 1)",
        ),
        (
            "{file: a.pdf, title: A, sha256: 12ab}",
            "“12ab” does not fit here (64 hexadecimal digits, as sha256sum prints them)",
        ),
    ],
)
def test_what_is_wrong_is_told(words: str, message: str, tmp_path: Path) -> None:
    assert messages(tmp_path, f"annexes: [{words}]") == [message]
