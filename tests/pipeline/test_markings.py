"""Markings that are declared against those that are worked out, clearances against what would be handed out: the findings, and the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity
from briefpack.pipeline import StrictError, build, check
from briefpack.pipeline.prepare import Order

HEAD = "title: Visit\nas_of: 2025-04-02\npolicy: plain\n"
PACK = "marking: RESTRICTED\ntitle_marking: PUBLIC\nsections: [a.yaml, b.yaml, c.yaml]\n"
AUDIENCES = "audiences:\n  press: {clearance: PUBLIC}\n  staff: {clearance: RESTRICTED}\n"
A = "title: A\nmarking: PUBLIC\ntext: Words.\n"
C = "title: C\nmarking: PUBLIC\ntext: Words for all.\n"
B = "title: B\nid: bee\ntext: More words.\n"


class Project:
    """A pack of three sections, of which the last is for everybody."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "sources" / "visit"
        self.output = folder / "build"
        self.folder.mkdir(parents=True)
        self.write()

    def write(self, *, pack: str = PACK, audiences: str = AUDIENCES, a: str = A, b: str = B) -> None:
        for name, text in (("pack", HEAD + pack + audiences), ("a", a), ("b", b), ("c", C)):
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def found(self, *, strict: bool = False) -> list[str]:
        """What is found, each as "severity file:line message"; the output is left as it was."""
        try:
            report = check(self.folder, Order(strict=strict))
        except BriefpackError as error:
            if isinstance(error, StrictError):
                raise
            return [_told(each) for each in error.diagnostics]
        return [_told(each) for each in report.findings]

    def build(self) -> None:
        build(self.folder, Order(output=self.output))


def _told(found: Diagnostic) -> str:
    assert found.where is not None
    assert found.hint
    text = found.message.replace(str(found.where.path.parent) + "/", "")
    return f"{found.severity.value} {found.where.path.name}:{found.where.line} {text}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


# --------------------------------------------------------------------------- declared and worked out


def test_a_pack_whose_markings_agree_has_nothing_to_tell(project: Project) -> None:
    assert project.found(strict=True) == []


def test_a_pack_that_is_marked_lower_than_what_is_in_it_is_an_error_that_names_what_raises_it(
    project: Project,
) -> None:
    project.write(pack=PACK.replace("RESTRICTED", "INTERNAL"), b=B + "marking: RESTRICTED\n")
    assert project.found() == [
        (
            "error pack.yaml:4 this pack is marked INTERNAL, and is RESTRICTED with what is in it: "
            "the section “B” (b.yaml:1:8) is RESTRICTED"
        )
    ]


def test_so_is_a_section_and_whatever_stands_around_the_part(project: Project) -> None:
    project.write(
        a="title: A\nmarking: PUBLIC\nblocks:\n  - list: [One, {text: Two, marking: INTERNAL}]\n    marking: PUBLIC\n"
    )
    raised = "the item “Two” (a.yaml:4:17) is INTERNAL"
    assert project.found() == [
        f"error a.yaml:2 this section is marked PUBLIC, and is INTERNAL with what is in it: {raised}",
        f"error a.yaml:5 this list is marked PUBLIC, and is INTERNAL with what is in it: {raised}",
    ]


def test_a_title_may_raise_what_it_stands_on(project: Project) -> None:
    project.write(a=A + "title_marking: INTERNAL\n")
    assert project.found() == [
        "error a.yaml:2 this section is marked PUBLIC, and is INTERNAL with what is in it: its own words are marked INTERNAL"
    ]


def test_a_note_is_a_text_of_its_own(project: Project) -> None:
    note = "notes: {n: {text: A note., marking: INTERNAL}}\n"
    text = "blocks:\n  - {text: 'Words[^n].', marking: PUBLIC}\n"
    project.write(a=f"title: A\nmarking: INTERNAL\ntitle_marking: PUBLIC\n{text}{note}")
    assert project.found() == []
    project.write(a=f"title: A\nmarking: PUBLIC\n{text}{note}")
    assert project.found() == [
        (
            "error a.yaml:2 this section is marked PUBLIC, and is INTERNAL with what is in it: "
            "the note “A note.” (a.yaml:4:18) is INTERNAL"
        )
    ]


@pytest.mark.parametrize(
    ("title", "note"),
    [("", "INTERNAL"), ("title_marking: PUBLIC\n", "INTERNAL")],
)
def test_a_section_that_is_marked_higher_is_a_note_that_stops_nothing(
    project: Project, title: str, note: str
) -> None:
    project.write(
        a=f"title: A\nmarking: RESTRICTED\n{title}blocks:\n  - {{text: Words., marking: INTERNAL}}\n"
    )
    told = f"note a.yaml:2 this section is marked RESTRICTED, and nothing that is in it is above {note}"
    assert project.found(strict=True) == [told]
    project.build()


def test_a_pack_that_is_marked_higher_is_a_note(project: Project) -> None:
    project.write(b=B + "marking: INTERNAL\n")
    assert project.found() == [
        "note pack.yaml:4 this pack is marked RESTRICTED, and nothing that is in it is above INTERNAL"
    ]


def test_the_title_of_what_is_all_title_cannot_be_marked_lower(project: Project) -> None:
    project.write(b="title: B\nblocks:\n  - {text: Words., marking: RESTRICTED, title_marking: PUBLIC}\n")
    assert project.found() == [
        "error b.yaml:3 this text has no title apart from its words, and this would mark all of it"
    ]


def test_a_default_marks_what_says_nothing_and_leaves_the_whole_as_declared(project: Project) -> None:
    project.write(
        b="title: B\nmarking: RESTRICTED\ndefault_marking: PUBLIC\nblocks:\n  - Words.\n  - {text: No., marking: RESTRICTED}\n"
    )
    assert project.found(strict=True) == []
    project.build()
    record = json.loads((project.output / "visit" / "withheld.json").read_text(encoding="utf-8"))
    assert [each["title"] for each in record["audiences"]["press"]["withheld"]] == ["No."]


# --------------------------------------------------------------------------- clearances


def test_words_of_the_pack_above_a_clearance_are_an_error_with_the_remedy(project: Project) -> None:
    project.write(pack=PACK.replace("title_marking: PUBLIC\n", ""))
    with pytest.raises(BriefpackError) as caught:
        project.build()
    (found,) = caught.value.diagnostics
    assert _told(found) == (
        "error pack.yaml:4 the pack's own words (its title, reference and meeting) are RESTRICTED, which is more than press may see"
    )
    assert "title_marking:" in str(found.hint)
    assert caught.value.exit_code is ExitCode.SOURCE


def test_a_pack_for_nobody_but_its_title_ends_in_one_error(project: Project) -> None:
    project.write(
        pack=PACK.replace("title_marking: PUBLIC\n", ""),
        audiences="audiences:\n  press: {clearance: PUBLIC}\n",
    )
    assert len(project.found()) == 1


def test_what_may_not_be_withheld_in_silence_is_an_error_each(project: Project) -> None:
    refusing = AUDIENCES.replace("PUBLIC}", "PUBLIC, above: refuse}")
    project.write(audiences=refusing)
    assert project.found() == [
        "error b.yaml:1 the section “B” is not for press: RESTRICTED is above the clearance of press"
    ]
    project.write(audiences=refusing, b=B + "audiences: [staff]\n")
    assert project.found() == []


def test_where_nothing_is_left_and_nothing_may_be_withheld_only_the_cause_is_told(project: Project) -> None:
    pack = PACK.replace("a.yaml, b.yaml, c.yaml", "b.yaml")
    for audiences in (AUDIENCES, "audiences:\n  press: {clearance: PUBLIC}\n"):
        project.write(pack=pack, audiences=audiences.replace("PUBLIC}", "PUBLIC, above: refuse}"))
        assert project.found() == [
            "error b.yaml:1 the section “B” is not for press: RESTRICTED is above the clearance of press"
        ]
    project.write(pack=pack, audiences=AUDIENCES)
    assert project.found() == ["error pack.yaml:8 nothing of the pack is for press"]


@pytest.mark.parametrize(
    ("rows", "called"),
    [
        (
            "kind: distribution\nrecipients:\n  - {recipient: Desk, copies: 1}\n  - {recipient: Office, copies: 2, marking: INTERNAL}\n",
            "Office",
        ),
        (
            "kind: changes\nchanges:\n  - {section: bee, what: A word., marking: INTERNAL}\n",
            "A word.",
        ),
        ("kind: distribution\nrecipients:\n  - {recipient: 12, marking: INTERNAL}\n", "1"),
    ],
)
def test_a_row_is_named_by_what_tells_most(project: Project, rows: str, called: str) -> None:
    project.write(a=f"title: A\nmarking: PUBLIC\n{rows}")
    (found,) = project.found()
    assert f"the row “{called}” (" in found


def test_an_abbreviation_whose_explanation_is_withheld_is_told_of_with_its_entry(project: Project) -> None:
    glossary = "glossary: {ZQX: {long: Zone Quiet, marking: RESTRICTED}}\n"
    project.write(pack=PACK + glossary, a=A.replace("Words.", "ZQX is here."))
    (found,) = project.found()
    assert found == (
        "warning a.yaml:3 “ZQX” is used, and the entry of the glossary that explains it "
        "(pack.yaml:7:12) is withheld from press"
    )


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("PUBLIC", []),
        ("INTERNAL", ["error"]),
        ("RESTRICTED", ["error"]),
    ],
)
def test_the_marking_of_an_audience_is_no_more_than_it_may_see(
    project: Project, wanted: str, told: list[str]
) -> None:
    project.write(audiences=AUDIENCES.replace("PUBLIC}", f"PUBLIC, marking: {wanted}}}"))
    assert [each.split()[0] for each in project.found()] == told


def test_the_marking_of_an_audience_that_is_lower_than_what_it_gets_is_an_error(project: Project) -> None:
    project.write(audiences=AUDIENCES.replace("RESTRICTED}", "RESTRICTED, marking: INTERNAL}"))
    assert project.found() == [
        (
            "error pack.yaml:9 the pack for staff is marked INTERNAL, and is RESTRICTED: "
            "the section “B” (b.yaml:1:8) is RESTRICTED"
        )
    ]


def test_a_higher_one_is_printed_with_a_note(project: Project) -> None:
    project.write(audiences=AUDIENCES.replace("PUBLIC}", "INTERNAL, marking: INTERNAL}"))
    assert [each.split()[0] for each in project.found(strict=True)] == ["note"]
    project.build()
    record = json.loads((project.output / "visit" / "withheld.json").read_text(encoding="utf-8"))
    assert record["audiences"]["press"]["marking"] == "INTERNAL"


# --------------------------------------------------------------------------- references


@pytest.mark.parametrize("limit", ["", "audiences: [staff]\nmarking: PUBLIC\n"])
def test_a_reference_to_what_is_withheld_is_an_error_unless_something_is_said_instead(
    project: Project, limit: str
) -> None:
    project.write(a=A.replace("Words.", "See [[bee]]."), b=B + limit)
    (told,) = (each for each in project.found() if each.startswith("error"))
    assert told == "error a.yaml:3 “bee” is withheld from press, whose pack cannot refer to it"
    project.write(a=A.replace("Words.", "See [[bee | the desk]]."), b=B + limit)
    assert not any(each.startswith("error") for each in project.found())


def test_words_instead_of_a_reference_that_leads_nowhere_are_no_excuse(project: Project) -> None:
    project.write(a=A.replace("Words.", "See [[wasp | the desk]]."))
    assert project.found() == [
        "error a.yaml:3 there is no section, annex or block with the id “wasp”",
    ]


# --------------------------------------------------------------------------- the record


def test_a_record_of_what_was_withheld_goes_when_the_pack_has_no_policy_any_more(project: Project) -> None:
    project.build()
    record = project.output / "visit" / "withheld.json"
    assert record.is_file()
    (project.folder / "pack.yaml").write_text(
        "title: Visit\nas_of: 2025-04-02\nsections: [b.yaml]\naudiences: {press: }\n", encoding="utf-8"
    )
    project.build()
    assert not record.exists()


def test_the_policy_is_among_the_inputs_of_every_audience(project: Project) -> None:
    project.build()
    manifest = json.loads((project.output / "visit" / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["audiences"].values():
        assert "briefpack:data/policies/plain.yaml" in [each["path"] for each in entry["inputs"]]
    paths = [each["path"] for each in manifest["audiences"]["press"]["inputs"]]
    assert "sources/visit/b.yaml" not in paths


def test_severities_of_findings_are_counted_apart() -> None:
    from briefpack.cli.diagnostics import counts_of

    found = [Diagnostic(each, None, "x") for each in (Severity.NOTE, Severity.ERROR, Severity.NOTE)]
    assert counts_of(found) == "1 error, 2 notes"


@pytest.mark.parametrize(
    ("pack", "b", "fact", "remedy"),
    [
        (
            "RESTRICTED",
            "INTERNAL - PERSONAL",
            "this pack is marked RESTRICTED, without PERSONAL: ",
            "mark the pack RESTRICTED - PERSONAL, or what raises it lower",
        ),
        (
            "RESTRICTED for FINANCE, PROTOCOL",
            "INTERNAL for FINANCE",
            "this pack is marked RESTRICTED for FINANCE, PROTOCOL, for more than may have all of it: ",
            "mark the pack RESTRICTED for FINANCE, or what raises it lower",
        ),
        (
            "RESTRICTED for FINANCE",
            "INTERNAL for PROTOCOL",
            "this pack is marked RESTRICTED for FINANCE, for more than may have all of it: ",
            "mark the pack RESTRICTED for nobody, since nobody may have all of it, or what raises it lower",
        ),
    ],
)
def test_a_marking_that_is_higher_and_leaves_something_out_keeps_its_level(
    project: Project, pack: str, b: str, fact: str, remedy: str
) -> None:
    head = f"marking: {pack}\ntitle_marking: PUBLIC\ndefault_marking: PUBLIC\nsections: [a.yaml, b.yaml, c.yaml]\n"
    audiences = (
        "audiences: {staff: {clearance: {level: RESTRICTED, groups: [FINANCE], caveats: [PERSONAL]}}}\n"
    )
    project.write(pack=head, audiences=audiences, b=f"title: B\nmarking: {b}\ntext: Words.\n")
    with pytest.raises(BriefpackError) as caught:
        check(project.folder, Order())
    (error,) = [each for each in caught.value.diagnostics if each.severity is Severity.ERROR]
    assert error.message.startswith(fact)
    assert error.hint == remedy

    marking = (
        remedy.removeprefix("mark the pack ")
        .partition(", since")[0]
        .removesuffix(", or what raises it lower")
    )
    project.write(
        pack=head.replace(f"marking: {pack}", f"marking: {marking}", 1),
        audiences=audiences,
        b=f"title: B\nmarking: {b}\ntext: Words.\n",
    )
    assert not [each for each in project.found() if each.startswith("error")]


def test_what_is_too_high_of_the_packs_own_words_has_a_remedy_that_works(project: Project) -> None:
    head = "marking: RESTRICTED\ndefault_marking: INTERNAL\nsections: [a.yaml]\n"
    project.write(pack=head, audiences="audiences: {staff: {clearance: RESTRICTED, marking: PUBLIC}}\n")
    with pytest.raises(BriefpackError) as caught:
        check(project.folder, Order())
    (error,) = [each for each in caught.value.diagnostics if each.severity is Severity.ERROR]
    assert error.hint == "mark it INTERNAL, or the pack's own words lower, with `title_marking:` in pack.yaml"


def test_an_abbreviation_that_is_spelled_out_is_not_above_the_pack_either(project: Project) -> None:
    head = (
        "marking: INTERNAL\ntitle_marking: PUBLIC\ndefault_marking: PUBLIC\nsections: [a.yaml]\n"
        "glossary: {ZQK: {long: Zone Quiet, marking: RESTRICTED}}\n"
    )
    project.write(pack=head, a="title: A\nmarking: PUBLIC\ntext: The ZQK is open.\n")
    (error,) = [each for each in project.found() if each.startswith("error")]
    assert error == (
        "error pack.yaml:4 this pack is marked INTERNAL, and is RESTRICTED for staff: "
        "the abbreviation “ZQK” (pack.yaml:8:12), which is spelled out there, is RESTRICTED"
    )
    project.write(pack=head, a="title: A\nmarking: PUBLIC\ntext: Nothing short.\n")
    assert not [each for each in project.found() if each.startswith("error")]
