"""The house is in order: tests mirror the package, every module says what it is for, nothing lies about."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "briefpack"
TESTS = ROOT / "tests"
MODULES = sorted(
    path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"
)

ONLY_TYPES = {
    "audit/seen.py",
    "annex.py",
    "annex_text.py",
    "blocks.py",
    "body.py",
    "distribute/delivery.py",
    "distribute/parcel.py",
    "distribution.py",
    "document.py",
    "drawing.py",
    "errors.py",
    "inscription.py",
    "label.py",
    "limits.py",
    "pack.py",
    "policy_terms.py",
}
"""Contracts: types that pass between stages; every test of a stage uses them."""

TESTED_THROUGH = {
    "__main__.py": "cli/test_main.py",
    "verdict.py": "test_select.py",
    "judging.py": "test_select_markings.py",
    "pipeline/withheld.py": "pipeline/test_markings.py",
    "pipeline/pdf_file.py": "pipeline/test_build.py",
    "pipeline/divider.py": "pipeline/test_parts.py",
    "pipeline/pieces.py": "pipeline/test_parts.py",
    "banner_lines.py": "pdf/test_banners.py",
    "jpeg.py": "test_images.py",
    "distribute/sheet.py": "distribute/test_sheet_html.py",
    "distribute/sheet_article.py": "distribute/test_sheet_html.py",
    "distribute/sheet_look.py": "distribute/test_sheet_html.py",
    "copies/pdf_pictures.py": "copies/test_compress_pdf.py",
    "copies/resampling.py": "copies/test_compress_pdf.py",
    "copies/shown_sizes.py": "copies/test_compress_pdf.py",
    "copies/word_foot.py": "copies/test_word_copy.py",
    "copies/word_marks.py": "copies/test_word_copy.py",
    "copies/word_parts.py": "copies/test_word_copy.py",
    "audit/allowed.py": "audit/test_auditor.py",
    "audit/case.py": "audit/test_auditor.py",
    "audit/needles.py": "audit/test_search.py",
    "audit/stream.py": "audit/test_search.py",
    "audit/tree.py": "audit/test_expected.py",
    "pipeline/audit_files.py": "cli/test_audit.py",
    "libreoffice.py": "word/test_pages_from_libreoffice.py",
    "reading/read_marking.py": "reading/test_read_policy.py",
    "reading/schema_policy.py": "reading/test_read_policy.py",
    "reading/policy_build.py": "reading/test_read_policy.py",
    "reading/policy_shelf.py": "reading/test_read_policy.py",
    "reading/policy_checks.py": "reading/test_wrong_policies.py",
    "reading/policy_wording.py": "reading/test_wrong_policies.py",
    "marking_reader.py": "test_policy.py",
    "marking_writer.py": "test_policy.py",
    "policy_names.py": "test_policy.py",
    "policy_rules.py": "test_policy.py",
    # Readers of the audit: a text is planted in every place, and must be found.
    "audit/gathering.py": "audit/test_read_back_hostile.py",
    "audit/read_strings.py": "audit/test_read_back_hostile.py",
    "audit/read_xml.py": "audit/test_read_back_hostile.py",
    "audit/read_font.py": "audit/test_read_pdf.py",
    "audit/read_pdf_content.py": "audit/test_read_pdf.py",
    "audit/read_pdf_file.py": "audit/test_read_pdf.py",
    "audit/read_pdf_filters.py": "audit/test_read_pdf.py",
    "audit/read_pdf_fonts.py": "audit/test_read_pdf.py",
    "audit/read_pdf_glyphs.py": "audit/test_read_pdf.py",
    "audit/read_pdf_pages.py": "audit/test_read_pdf.py",
    "audit/read_pdf_pictures.py": "audit/test_read_pdf.py",
    "audit/read_pdf_streams.py": "audit/test_read_pdf.py",
    "audit/read_pdf_syntax.py": "audit/test_read_pdf.py",
    "audit/read_pdf_tree.py": "audit/test_read_pdf.py",
    "audit/read_pdf_words.py": "audit/test_read_pdf.py",
    "audit/read_html.py": "audit/test_read_word.py",
    "audit/read_office_text.py": "audit/test_read_word.py",
    "audit/read_other.py": "audit/test_read_word.py",
    "audit/read_zip.py": "audit/test_read_word.py",
    "audit/read_picture.py": "audit/test_read_word.py",
    "audit/read_ole.py": "audit/test_read_word.py",
    # Commands are tested as their users meet them.
    "cli/app.py": "cli/test_main.py",
    "cli/arguments.py": "cli/test_main.py",
    "cli/build.py": "pipeline/test_build.py",
    "cli/check.py": "pipeline/test_build.py",
    "cli/mail.py": "pipeline/test_dispatch.py",
    "cli/mail_trace.py": "pipeline/test_recognising.py",
    "cli/verify.py": "pipeline/test_verifying.py",
    "cli/explain.py": "cli/test_main.py",
    "cli/new.py": "cli/test_main.py",
    "cli/schema.py": "cli/test_main.py",
    "cli/styles.py": "cli/test_main.py",
    # The steps of one story.
    "pipeline/audience.py": "pipeline/test_build.py",
    "pipeline/prepare.py": "pipeline/test_build.py",
    "pipeline/gate.py": "pipeline/test_dispatch.py",
    "pipeline/drafted_faults.py": "pipeline/test_verifying.py",
    "pipeline/outbox_inputs.py": "pipeline/test_dispatch.py",
    "pipeline/set_sheet.py": "pipeline/test_dispatch.py",
    "pipeline/shown.py": "pipeline/test_pictured.py",
    "pipeline/record.py": "pipeline/test_build.py",
    "pipeline/set_kept.py": "pipeline/test_set_annexes.py",
    "pipeline/set_kinds.py": "pipeline/test_set_annexes.py",
    "pipeline/set_one.py": "pipeline/test_set_annexes.py",
    "pipeline/set_text.py": "pipeline/test_set_annexes.py",
    # Rooms behind one door: the test goes through the door.
    "copies/forms.py": "copies/test_pdf_copy.py",
    "copies/ink.py": "copies/test_spots.py",
    "copies/pdf_base.py": "copies/test_pdf_copy.py",
    "copies/set_line.py": "copies/test_pdf_copy.py",
    "annexes/adopt.py": "annexes/test_bind.py",
    "annexes/bookmarks.py": "annexes/test_bind.py",
    "annexes/cache.py": "annexes/test_intake.py",
    "annexes/converting/answers.py": "annexes/converting/test_steps.py",
    "annexes/converting/coding.py": "annexes/converting/test_pictures.py",
    "annexes/converting/office_words.py": "annexes/converting/test_office_look.py",
    "annexes/cleaning/actions.py": "annexes/cleaning/test_report.py",
    "annexes/cleaning/hidden_words.py": "annexes/cleaning/test_hidden.py",
    "annexes/cleaning/damage.py": "annexes/cleaning/test_cleaning.py",
    "annexes/cleaning/resources.py": "annexes/cleaning/test_choosing.py",
    "annexes/cleaning/drawn.py": "annexes/cleaning/test_opening.py",
    "annexes/cleaning/losses.py": "annexes/test_damage.py",
    "annexes/cleaning/pypdf_reader.py": "annexes/cleaning/test_opening.py",
    "annexes/cleaning/readers.py": "annexes/cleaning/test_opening.py",
    "annexes/cleaning/verifying.py": "annexes/cleaning/test_opening.py",
    "annexes/cleaning/write_tags.py": "annexes/test_structure.py",
    "annexes/examine.py": "annexes/test_inspection.py",
    "annexes/process.py": "annexes/test_intake.py",
    "annexes/cleaning/refusal.py": "annexes/cleaning/test_cleaning.py",
    "annexes/objects.py": "annexes/test_bind.py",
    "pipeline/preflight.py": "cli/test_annex.py",
    "cli/annex_report.py": "cli/test_annex.py",
    "annexes/labels.py": "pipeline/test_labels.py",
    "resolve/labelling.py": "pipeline/test_labels.py",
    "word/labels.py": "pipeline/test_labels.py",
    "reading/schema_labels.py": "reading/test_read_labels.py",
    "annexes/asking.py": "annexes/test_picturing.py",
    "annexes/rendering.py": "annexes/test_picturing.py",
    "annexes/surveying.py": "annexes/test_picturing.py",
    "annexes/worker.py": "annexes/test_intake.py",
    "lint/case.py": "lint/test_lint.py",
    "lint/words.py": "lint/test_names.py",
    "pdf/blocks.py": "pdf/test_layout.py",
    "pdf/arranged_blocks.py": "pdf/test_arranged.py",
    "pdf/boxes.py": "pdf/test_layout.py",
    "pdf/columned.py": "pdf/test_arranged.py",
    "pdf/list_blocks.py": "pdf/test_layout.py",
    "pdf/table_blocks.py": "pdf/test_table.py",
    "pdf/table_grid.py": "pdf/test_table.py",
    "pdf/table_paint.py": "pdf/test_table.py",
    "pdf/contents.py": "pdf/test_layout.py",
    "pdf/cover.py": "pdf/test_layout.py",
    "pdf/fields.py": "pdf/test_writer.py",
    "pdf/flow.py": "pdf/test_layout.py",
    "pdf/furniture.py": "pdf/test_writer.py",
    "fields.py": "pdf/test_writer.py",
    "pdf/pages.py": "pdf/test_layout.py",
    "figures/axes.py": "figures/test_charts.py",
    "figures/bars.py": "figures/test_charts.py",
    "figures/inks.py": "figures/test_charts.py",
    "figures/legend.py": "figures/test_charts.py",
    "figures/lines.py": "figures/test_charts.py",
    "figures/pies.py": "figures/test_charts.py",
    "figures/sheet.py": "figures/test_charts.py",
    "pdf/framed.py": "pdf/test_drawings.py",
    "distribute/ledger_file.py": "distribute/test_ledger.py",
    "distribute/ledger_schema.py": "distribute/test_ledger.py",
    "distribute/posted.py": "distribute/test_outbox.py",
    "distribute/smtp_login.py": "distribute/test_smtp.py",
    "distribute/transaction.py": "distribute/test_sender.py",
    "reading/distribution_checks.py": "reading/test_read_distribution.py",
    "reading/schema_distribution.py": "reading/test_read_distribution.py",
    "reading/chart_checks.py": "reading/test_read_chart.py",
    "reading/chart_data.py": "reading/test_read_chart.py",
    "reading/chart_numbers.py": "reading/test_read_chart.py",
    "reading/schema_chart.py": "reading/test_read_chart.py",
    "reading/schema_annex.py": "reading/test_read_annex.py",
    "reading/checks.py": "reading/test_read_pack.py",
    "reading/context.py": "reading/test_read_pack.py",
    "reading/html_tables.py": "reading/test_html_blocks.py",
    "reading/inline_rules.py": "reading/test_inline.py",
    "reading/node.py": "reading/test_yaml_tree.py",
    "reading/csv_file.py": "reading/test_read_pack.py",
    "reading/places.py": "reading/test_wrong_blocks.py",
    "reading/read_arranged.py": "resolve/test_lower_arranged.py",
    "reading/read_parts.py": "reading/test_kinds.py",
    "reading/read_records.py": "reading/test_kinds.py",
    "reading/schema_parts.py": "reading/test_schema.py",
    "reading/read_blocks.py": "reading/test_read_pack.py",
    "reading/read_brief_blocks.py": "resolve/test_lower_brief.py",
    "reading/read_csv.py": "reading/test_read_pack.py",
    "reading/read_image.py": "reading/test_read_pack.py",
    "reading/read_numbered.py": "reading/test_read_pack.py",
    "reading/read_table_notes.py": "reading/test_wrong_blocks.py",
    "reading/read_timeline.py": "resolve/test_lower_timeline.py",
    "reading/schema_arranged.py": "reading/test_schema.py",
    "reading/schema_brief.py": "reading/test_schema.py",
    "reading/schema_table.py": "reading/test_schema.py",
    "reading/schema_words.py": "reading/test_schema.py",
    "reading/read_section.py": "reading/test_read_pack.py",
    "reading/read_table.py": "reading/test_read_pack.py",
    "reading/scalars.py": "reading/test_read_pack.py",
    "reading/schema_blocks.py": "reading/test_schema.py",
    "reading/schema_glossary.py": "reading/test_read_glossary.py",
    "reading/shape.py": "reading/test_schema.py",
    "reading/source.py": "reading/test_inline.py",
    "reading/text_file.py": "reading/test_read_pack.py",
    "reading/yaml_words.py": "reading/test_yaml_tree.py",
    "resolve/agenda.py": "resolve/test_section.py",
    "resolve/agenda_times.py": "resolve/test_section_kinds.py",
    "resolve/generated.py": "resolve/test_section_kinds.py",
    "resolve/lower_people.py": "resolve/test_section_kinds.py",
    "resolve/people.py": "resolve/test_section_kinds.py",
    "resolve/records.py": "resolve/test_section_kinds.py",
    "resolve/speech.py": "resolve/test_section_kinds.py",
    "resolve/timetable.py": "resolve/test_section_kinds.py",
    "resolve/lower.py": "resolve/test_resolve.py",
    "resolve/lower_verbatim.py": "reading/test_verbatim.py",
    "resolve/manners.py": "resolve/test_typography.py",
    "resolve/setting.py": "resolve/test_lower_arranged.py",
    "resolve/walk.py": "resolve/test_resolve.py",
    "word/chart_data.py": "word/test_pictures.py",
    "word/charts.py": "word/test_pictures.py",
    "word/fields.py": "word/test_writer.py",
    "word/flow.py": "word/test_writer.py",
    "word/images.py": "word/test_blocks.py",
    "word/looks.py": "word/test_writer.py",
    "word/numbering.py": "word/test_blocks.py",
    "word/package.py": "word/test_writer.py",
    "word/place.py": "word/test_boxes.py",
    "word/properties.py": "word/test_writer.py",
    "word/sections.py": "word/test_writer.py",
    "word/settings.py": "word/test_writer.py",
    "word/sheet.py": "word/test_beside.py",
    "word/style_xml.py": "word/test_stylesheet.py",
    "word/tables.py": "word/test_blocks.py",
    "word/targets.py": "word/test_writer.py",
    "word/theme.py": "word/test_writer.py",
    "word/together.py": "word/test_beside.py",
    "word/watermark.py": "word/test_writer.py",
}
"""Modules without a test file of their own → the test file that covers them."""


def own_test(module: str) -> bool:
    path = TESTS / module
    return any(path.parent.glob(f"test_{path.stem}*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_tests(module: str) -> None:
    if module in ONLY_TYPES:
        return
    assert own_test(module) or (TESTS / TESTED_THROUGH[module]).is_file()


def test_no_line_above_outlives_its_module() -> None:
    assert (ONLY_TYPES | set(TESTED_THROUGH)) - set(MODULES) == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_module_opens_with_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(ast.parse((PACKAGE / module).read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", MODULES)
def test_no_room_is_named_after_nothing(module: str) -> None:
    assert not {"utils", "helpers", "common", "misc", "shared"} & set(Path(module).with_suffix("").parts)


def test_the_top_level_holds_what_it_should() -> None:
    allowed = {
        *("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"),
        *("briefpack", "sources", "styles", "build", "tests", "docs"),
    }
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert {name for name in visible - allowed if not name.endswith(".egg-info") and name != "dist"} == set()
