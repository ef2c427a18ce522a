"""The validator itself: it passes what another program made for these standards, and sees what is wrong with anything else."""

from typing import Any

import pikepdf
import pytest
import typst

from tests.conformance.vera import validate

SOURCE = """\
#set document(title: "A paper")
#set text(lang: "en", font: "Carlito")
= A heading
Some words.
"""


@pytest.fixture(scope="module")
def verdicts(once: Any) -> dict[tuple[str, str], Any]:
    """By flavour and name of the file; all in one run of Java."""

    def fill(folder):
        from tests.conformance.packs import ROOT

        source = folder / "paper.typ"
        source.write_text(SOURCE)
        fonts = [ROOT / "briefpack" / "data" / "fonts"]
        for standard in ("ua-1", "a-2a"):
            typst.compile(
                source, output=folder / f"{standard}.pdf", font_paths=fonts, pdf_standards=[standard]
            )
        with pikepdf.new() as empty:
            empty.add_blank_page()
            empty.save(folder / "untagged.pdf")
        (folder / "no.pdf").write_text("This is no PDF.")

    folder = once("vera", fill)
    orders = [
        ("ua1", folder / "ua-1.pdf"),
        ("2a", folder / "a-2a.pdf"),
        ("2b", folder / "a-2a.pdf"),
        *((flavour, folder / name) for name in ("untagged.pdf", "no.pdf") for flavour in ("ua1", "2a")),
    ]
    found = validate(orders)
    assert [(each.flavour, each.path) for each in found] == orders
    return {(each.flavour, each.path.name): each for each in found}


@pytest.mark.parametrize(("flavour", "name"), [("ua1", "ua-1.pdf"), ("2a", "a-2a.pdf"), ("2b", "a-2a.pdf")])
def test_it_passes_a_good_file(verdicts, flavour, name):
    verdict = verdicts[flavour, name]

    assert verdict.passed, verdict
    assert verdict.checks > 50
    assert verdict.broken == []


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_it_says_which_rules_a_bad_file_breaks(verdicts, flavour):
    verdict = verdicts[flavour, "untagged.pdf"]

    assert not verdict.passed
    assert {"ua1": "7.1-11", "2a": "6.7.3.3-1"}[flavour] in {broken.rule for broken in verdict.broken}
    assert all(broken.times and broken.what and broken.where for broken in verdict.broken)


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_file_that_cannot_be_read_does_not_pass(verdicts, flavour):
    assert not verdicts[flavour, "no.pdf"].passed
    assert verdicts[flavour, "no.pdf"].broken[0].rule == ""


@pytest.mark.parametrize(("ci", "ending"), [(None, pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_java_a_user_goes_on_and_ci_stops(monkeypatch, tmp_path, ci, ending):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    if ci:
        monkeypatch.setenv("CI", ci)

    with pytest.raises(ending, match="java is not installed"):
        validate([("ua1", tmp_path / "any.pdf")])
