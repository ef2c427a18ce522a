from __future__ import annotations

import json

import pytest

from briefpack.audit_record import AudienceAudit, AuditedFile, Sought, has_passed, read_audits, render

FILE = AuditedFile("press/pack-press.pdf", 10, "ab" * 32, passed=True, passages=3, pictures=1, hits=0)
AUDIT = AudienceAudit((FILE,), Sought(7, 2, 5, 0, 1))
DRAFT = AudienceAudit(
    (AuditedFile("staff/a.pdf", 10, "cd" * 32, passed=False, passages=0, pictures=0, hits=0),),
    None,
    draft=True,
)


def test_what_was_written_is_read_again(tmp_path):
    path = tmp_path / "audit.json"
    path.write_bytes(render("pack", {"staff": DRAFT, "press": AUDIT}))
    assert read_audits(path) == {"press": AUDIT, "staff": DRAFT}


def test_the_record_says_who_has_passed_and_what_is_a_draft():
    content = json.loads(render("pack", {"staff": DRAFT, "press": AUDIT}))
    assert list(content["audiences"]) == ["press", "staff"]
    assert content["audiences"]["press"]["passed"] is True
    assert content["audiences"]["press"]["searched_for"]["portions"] == 7
    assert content["audiences"]["staff"] == content["audiences"]["staff"] | {
        "audited": False,
        "draft": True,
        "passed": False,
    }


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": 99}', '{"schema": 1, "audiences": {"press": {}}}']
)
def test_a_record_that_cannot_be_read_says_that_nothing_was_audited(tmp_path, content):
    path = tmp_path / "audit.json"
    path.write_text(content)
    assert read_audits(path) == {}


def test_a_file_has_passed_only_as_it_was_audited():
    assert has_passed(AUDIT, FILE.sha256)
    assert not has_passed(AUDIT, "00" * 32)
    assert not has_passed(DRAFT, DRAFT.files[0].sha256)
    assert not has_passed(None, FILE.sha256)
