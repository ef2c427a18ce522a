"""A glossary is read from pack.yaml or from a file of its own; what is wrong in it is told where."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.blocks import Reference
from briefpack.errors import Severity
from briefpack.limits import EVERYBODY, Limits
from briefpack.pack import Abbreviation, Pack
from briefpack.reading.read_pack import PackReading, read_pack

PACK = "title: x\nsections: [a.yaml]\naudiences:\n  press:\n  staff:\nglossary: "


def read(folder: Path, glossary: str, file: str | None = None) -> PackReading:
    (folder / "a.yaml").write_text("title: y\ntext: z\n", encoding="utf-8")
    (folder / "pack.yaml").write_text(PACK + glossary, encoding="utf-8")
    if file is not None:
        (folder / "glossary.yaml").write_text(file, encoding="utf-8")
    return read_pack(folder)


def good(folder: Path, glossary: str, file: str | None = None) -> Pack:
    reading = read(folder, glossary, file)
    assert reading.pack is not None, list(reading.findings)
    assert not reading.findings.items, reading.findings.items
    return reading.pack


def test_abbreviations_stand_in_the_pack_with_what_they_stand_for(tmp_path: Path):
    nmi, c_ied = good(tmp_path, "{NMI: NATO Mission  Iraq, C-IED: countering devices}").glossary
    assert (nmi.short, nmi.long, nmi.plural, nmi.explanation) == ("NMI", "NATO Mission Iraq", None, None)
    assert nmi.limits is EVERYBODY
    assert (nmi.where.line, nmi.where.column) == (6, 12)
    assert c_ied.short == "C-IED"


def test_an_abbreviation_may_have_more_than_a_long_form(tmp_path: Path):
    (entry,) = good(
        tmp_path,
        """
  MOU:
    long: memorandum of understanding
    plural: memoranda of understanding
    explanation: See [[a]].
    audiences: [staff]
""",
    ).glossary
    assert isinstance(entry, Abbreviation)
    assert entry.plural == "memoranda of understanding"
    assert entry.explanation is not None
    assert isinstance(entry.explanation[1], Reference)
    assert entry.limits == Limits(("staff",))


def test_a_glossary_may_be_a_file_below_the_pack(tmp_path: Path):
    pack = good(tmp_path, "glossary.yaml", "KFOR: Kosovo Force\n")
    (entry,) = pack.glossary
    assert entry.where.path == tmp_path / "glossary.yaml"
    assert tmp_path / "glossary.yaml" in pack.inputs


# name: (glossary, its file or None, words of the message, words of the remedy); ¤ stands before the place of the message
WRONG = {
    "nothing behind it": ("{NMI: ¤}", None, "text or an abbreviation", ""),
    "empty text": ('{¤NMI: ""}', None, "“NMI” stands for nothing", "write what it stands for"),
    "no long form": ("{NMI: ¤{explanation: x}}", None, "the key `long` is missing", "What it stands for"),
    "unknown key": ("{NMI: {long: x, ¤lang: y}}", None, "unknown key `lang`", "known keys"),
    "spaces": ("{¤N M I: x}", None, "`N M I` cannot be a name", "no spaces"),
    "list": ("¤[NMI]", None, "a glossary is asked for", ""),
    "no file": ("¤gloss.yaml", None, "there is no glossary", ""),
    "outside the pack": ("¤../glossary.yaml", None, "leads out of the pack", "--allow"),
    "list in a file": ("glossary.yaml", "¤- NMI: x\n", "a group of abbreviations is asked for", ""),
    "unknown key in a file": ("glossary.yaml", "NMI:\n  long: x\n  ¤foo: y\n", "unknown key `foo`", "known keys"),
    "unknown audience": ("glossary.yaml", "NMI: {long: x, audiences: [¤pres]}\n", "no audience “pres”", "`press`"),
    "note in an explanation": ("{NMI: {long: x, explanation: 'y¤^[z]'}}", None, "a note cannot stand", "parentheses"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_glossary_is_told_where_and_what_to_do(tmp_path: Path, case: str):
    glossary, file, words, remedy = WRONG[case]
    name, text = (
        ("glossary.yaml", file) if file is not None and "¤" in file else ("pack.yaml", PACK + glossary)
    )
    reading = read(tmp_path, glossary.replace("¤", ""), None if file is None else file.replace("¤", ""))
    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    assert len(errors) == 1, errors
    before = text.partition("¤")[0].split("\n")
    where = errors[0].where
    assert where is not None
    assert (where.path.name, where.line, where.column) == (name, len(before), len(before[-1]) + 1), errors[0]
    assert words in errors[0].message
    assert remedy in (errors[0].hint or "")


def test_an_abbreviation_that_stands_for_itself_is_warned_about(tmp_path: Path):
    (warning,) = read(tmp_path, "{NMI: NMI}").findings
    assert warning.severity is Severity.WARNING
    assert "stand for itself" in warning.message
