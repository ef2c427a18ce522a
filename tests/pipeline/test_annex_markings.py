"""An annex that says more than its own marking stops a build, unless the author gives a reason or builds a draft."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from briefpack.annex import Annex, AnnexFacts, AnnexFile, CleanPart, Deed
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Findings, Severity, Where
from briefpack.inscription import Inscription, Spot
from briefpack.limits import Limits
from briefpack.marking import Marking
from briefpack.pipeline import HeldError, Report, StrictError, build, check, combined
from briefpack.pipeline.annex_markings import check_annex_markings, marking_remarks
from briefpack.pipeline.prepare import Order
from briefpack.rules import RULES
from tests.conftest import Project, Ran
from tests.test_marking_phrases import NATO, PLAIN, US

Cli = Callable[..., Ran]

PACK = """\
    title: Visit of the Ambassador
    policy: plain
    marking: RESTRICTED
    title_marking: PUBLIC
    as_of: 2025-04-02
    sections: [sections/01-programme.yaml]
    annexes:
      - file: annexes/plan.pdf
        title: The plan
        {extra}
    audiences:
      desk: {{title: Desk, clearance: RESTRICTED, formats: [pdf]}}
      press: {{title: Press, clearance: {press}, formats: [pdf]}}
"""


def paper(path: Path, *banners: str, scan: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for banner in banners:
        canvas.drawCentredString(300, 815, banner)
        canvas.drawString(72, 500, "The plan for the winter.")
        canvas.showPage()
    if scan:
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def marked(
    project: Project,
    *banners: str,
    extra: str = "marking: PUBLIC",
    press: str = "INTERNAL",
    scan: bool = False,
) -> Project:
    project.write("pack.yaml", PACK.format(extra=extra, press=press))
    project.write(
        "sections/01-programme.yaml", "title: The programme\nmarking: PUBLIC\nblocks: [text: He comes.]\n"
    )
    paper(project.pack / "annexes" / "plan.pdf", *banners, scan=scan)
    return project


def warned(report: Report) -> list[str | None]:
    return [found.rule for found in report.findings if found.severity is not Severity.NOTE]


def test_an_annex_that_says_more_stops_the_build_where_its_marking_is_written(project: Project) -> None:
    marked(project, "RESTRICTED", "RESTRICTED", "RESTRICTED", extra="marking: INTERNAL")
    with pytest.raises(HeldError) as caught:
        build(project.pack, Order())
    (found,) = (each for each in caught.value.diagnostics if each.rule == "annex-marking")
    assert found.message == "plan.pdf says “RESTRICTED” on pages 1–3, and the annex is marked INTERNAL"
    assert found.hint is not None
    assert "mark it `RESTRICTED`" in found.hint
    assert "silence: {annex-marking: why}" in found.hint
    assert found.where is not None
    line = (project.pack / "pack.yaml").read_text(encoding="utf-8").splitlines()[found.where.line - 1]
    assert line.strip() == "marking: INTERNAL"
    assert caught.value.exit_code is ExitCode.ANNEX
    assert project.outputs() == {}


def test_one_without_a_marking_is_told_of_at_its_entry(project: Project) -> None:
    marked(project, "RESTRICTED", extra="source: The desk")
    project.change("pack.yaml", "marking: RESTRICTED\n", "marking: INTERNAL\n")
    with pytest.raises(HeldError) as caught:
        check(project.pack, Order())
    (found,) = (each for each in caught.value.diagnostics if each.rule == "annex-marking")
    assert "and the annex is marked INTERNAL" in found.message
    assert found.where is not None
    text = (project.pack / "pack.yaml").read_text(encoding="utf-8").splitlines()[found.where.line - 1]
    assert text.strip() == "- file: annexes/plan.pdf"


def test_one_that_says_no_more_is_built(project: Project) -> None:
    report = build(marked(project, "RESTRICTED", "INTERNAL", extra="marking: RESTRICTED").pack, Order())
    assert warned(report) == []
    assert "desk/visit-desk.pdf" in project.outputs()


def test_a_draft_is_built_with_the_warning(project: Project) -> None:
    report = build(marked(project, "RESTRICTED").pack, Order(draft=True))
    assert warned(report) == ["annex-marking"]
    assert "desk/visit-desk.pdf" in project.outputs()


def test_a_strict_draft_is_still_strict(project: Project) -> None:
    with pytest.raises(StrictError):
        build(marked(project, "RESTRICTED").pack, Order(draft=True, strict=True))


def test_a_reason_lets_it_through(project: Project) -> None:
    reason = "marking: PUBLIC\n        silence: {annex-marking: It is a paper about markings.}"
    report = build(marked(project, "RESTRICTED", extra=reason).pack, Order())
    assert warned(report) == []
    assert report.silenced == 1


def test_an_annex_that_nobody_gets_is_not_looked_at(project: Project) -> None:
    marked(project, "RESTRICTED", extra="audiences: [press]\n        marking: INTERNAL", press="PUBLIC")
    assert warned(build(project.pack, Order())) == []
    assert not any(b"plan" in content for name, content in project.outputs().items() if name.endswith("pdf"))


def test_a_pack_without_a_policy_knows_no_order_of_markings(project: Project) -> None:
    marked(project, "RESTRICTED")
    for line in ("policy: plain\n", "title_marking: PUBLIC\n"):
        project.change("pack.yaml", line, "")
    project.change("sections/01-programme.yaml", "marking: PUBLIC\n", "")
    project.change("pack.yaml", "clearance: RESTRICTED, ", "")
    project.change("pack.yaml", "clearance: INTERNAL, ", "")
    assert warned(build(project.pack, Order())) == []


def test_chosen_pages_count_and_the_others_do_where_the_whole_file_is_handed_out(project: Project) -> None:
    marked(project, "RESTRICTED", "PUBLIC", extra='pages: "2"\n        marking: PUBLIC')
    assert warned(build(project.pack, Order())) == []
    project.change("pack.yaml", 'pages: "2"', 'pages: "2"\n    beside: true')
    with pytest.raises(HeldError) as caught:
        build(project.pack, Order())
    (found,) = (each for each in caught.value.diagnostics if each.rule == "annex-marking")
    assert "on page 1, not bound, though the file is handed out whole" in found.message


def test_pages_without_text_are_told_of_and_stop_nothing(project: Project) -> None:
    report = build(marked(project, "PUBLIC", scan=True).pack, Order(strict=True))
    told = [found.message for found in report.findings if found.severity is Severity.NOTE]
    assert any(each.startswith("plan.pdf has no text that can be read on page 2") for each in told)


def test_nothing_can_be_above_the_highest_level(project: Project) -> None:
    report = build(marked(project, "PUBLIC", scan=True, extra="marking: RESTRICTED").pack, Order())
    assert not any("no text" in found.message for found in report.findings)


def test_what_was_read_is_still_known_when_the_marking_changes(project: Project) -> None:
    build(marked(project, "RESTRICTED", extra="marking: RESTRICTED").pack, Order())
    project.change("pack.yaml", "marking: RESTRICTED", "marking: INTERNAL")
    with pytest.raises(HeldError):
        build(project.pack, Order())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.md", "RESTRICTED\n\n# The plan\n\nFor the winter.\n"),
        ("plan.txt", "RESTRICTED\n\nThe plan for the winter.\n"),
        ("plan.eml", "From: a@example.org\nSubject: [RESTRICTED] The plan\nDate: Wed, 2 Apr 2025 10:00:00 +0000\n\nText.\n"),
        (
            "plan.eml",
            ("From: a@example.org\nSubject: The plan\nDate: Wed, 2 Apr 2025 10:00:00 +0000\n"
            "msip_labels: MSIP_Label_0a_Enabled=true; MSIP_Label_0a_Name=Restricted; MSIP_Label_0a_SiteId=1\n\nText.\n"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("again", [False, True])
def test_files_that_are_set_are_looked_at_as_well(
    project: Project, name: str, content: str, again: bool
) -> None:
    marked(project, "PUBLIC")
    project.write(f"annexes/{name}", content)
    project.change("pack.yaml", "annexes/plan.pdf", f"annexes/{name}")
    for _ in range(1 + again):
        # The second time, what was kept says it.
        with pytest.raises(HeldError) as caught:
            build(project.pack, Order())
    assert any("“R" in found.message.replace("r", "R") for found in caught.value.diagnostics)


def test_the_command_line_ends_as_for_any_annex(project: Project, cli: Cli) -> None:
    marked(project, "RESTRICTED")
    ran = cli("build", "visit")
    assert ran.code == ExitCode.ANNEX
    assert "warning[annex-marking]" in ran.err
    assert cli("check", "visit").code == ExitCode.ANNEX


def test_the_command_that_examines_files_tells_of_markings_of_every_policy(
    project: Project, cli: Cli
) -> None:
    path = paper(project.root / "a.pdf", "RESTRICTED")
    ran = cli("annex", str(path))
    assert ran.code == 0
    assert "it says “RESTRICTED” on page 1, a marking of the polic" in ran.out
    assert "plain" in ran.out


# --------------------------------------------------------------------------- without files


def found_of(
    *inscriptions: Inscription, level: int = 0, unread: tuple[int, ...] = (), policy: object = US, others: object = ()
) -> list[Diagnostic]:  # fmt: skip
    where = Where(Path("pack.yaml"), 3, 5)
    annex = Annex(
        "a", (AnnexFile(Path("a.pdf"), where),), "A", None, None, where, Limits(marking=Marking(level))
    )
    part = CleanPart("0", Path("c.pdf"), ((1.0, 1.0),), (), inscriptions=inscriptions, unread=unread)
    findings = Findings()
    check_annex_markings([(annex, AnnexFacts((part,)))], policy, others, "en", findings)  # type: ignore[arg-type]  # as told
    return list(findings)


def test_a_marking_of_another_policy_is_told_of_without_an_order() -> None:
    says = Inscription(Spot.EDGE, "NATO SECRET", (1,))
    (found,) = found_of(says, policy=PLAIN, others=(NATO, PLAIN))
    assert found.message == (
        "a.pdf says “NATO SECRET” on page 1, which is a marking of the policy nato; plain has no such level, and the annex is marked PUBLIC"
    )
    assert found.rule == "annex-marking"
    for low in ("NATO UNCLASSIFIED", "NATO RESTRICTED"):
        assert found_of(Inscription(Spot.EDGE, low, (1,)), policy=US, others=(NATO,)) == []
    assert found_of(Inscription(Spot.PORTION, "NS", (1,), 9), policy=PLAIN, others=(NATO,)) == []


def test_a_marking_that_the_policy_knows_by_another_owner_is_its_own() -> None:
    says = Inscription(Spot.EDGE, "NATO SECRET", (1,))
    (found,) = found_of(says, policy=US, others=(NATO,))
    assert found.hint is not None
    assert found.hint.startswith("mark it `SECRET`")
    assert found_of(says, policy=US, others=(NATO,), level=3) == []


def test_many_words_are_counted_and_the_highest_come_first() -> None:
    lines = ["CONFIDENTIAL", "SECRET", "TOP SECRET", "SECRET//NOFORN", "CONFIDENTIAL//NOFORN"]
    every = [Inscription(Spot.LINE, line, (n,)) for n, line in enumerate(lines, 1)]
    (found,) = found_of(*every, Inscription(Spot.PORTION, "S//NF", (2, 3)))
    assert found.message == (
        "a.pdf says “TOP SECRET” on page 3, “SECRET” on pages 2 and 4, “(S//NF)” on pages 2 and 3 and 1 more, "
        "and the annex is marked UNCLASSIFIED"
    )


def test_properties_and_portions_are_told_by_their_place() -> None:
    (found,) = found_of(Inscription(Spot.PROPERTY, "SECRET - plan", name="title"))
    assert "says “SECRET” in its property “title”" in found.message


def test_remarks_name_the_policies_that_know_the_words() -> None:
    part = CleanPart(
        "0", Path("c.pdf"), ((1.0, 1.0),), (), inscriptions=(Inscription(Spot.EDGE, "SECRET", (1, 2)),)
    )
    (remark,) = marking_remarks(part, (US, NATO))
    assert remark.deed is Deed.FOUND
    assert remark.what == "says “SECRET” on pages 1 and 2, a marking of the policy us"
    assert not remark.warn


def test_failures_of_several_packs_end_in_one_that_says_so() -> None:
    held, strict, wrong = HeldError([]), StrictError([]), BriefpackError([])
    assert type(combined([held, strict])) is HeldError
    assert type(combined([strict])) is StrictError
    assert type(combined([held, wrong])) is BriefpackError


def test_the_rule_stops_and_can_be_silenced() -> None:
    assert [rule.name for rule in RULES.values() if rule.stops] == ["annex-marking"]
    assert RULES["annex-marking"].can_be_silenced
