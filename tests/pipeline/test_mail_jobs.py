"""What the ledger is told of drafts, and what the sender is handed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefpack.distribute.outbox_record import OutboxRecord, recorded
from briefpack.distribute.plan import Going
from briefpack.distribute.posted import Posted
from briefpack.errors import BriefpackError, ExitCode
from briefpack.pipeline.mail_jobs import delivery_of, jobs_of
from tests.distribute.made import made_message, reader

MESSAGE = made_message(
    [reader("anna@example.int", copy=7), reader("ben@example.int"), reader("carl@example.int")]
)
RECORD: OutboxRecord = recorded("visit", [Posted(MESSAGE, 100, is_large=False)], {}, {"desk.eml": "5" * 64})
(TOLD,) = RECORD.messages
NOW = datetime(2025, 4, 3, 7, 30, tzinfo=UTC)


def test_a_delivery_is_known_by_what_the_record_says() -> None:
    found = delivery_of(RECORD, TOLD, TOLD.readers[0])
    assert (found.key, found.message, found.draft) == (TOLD.readers[0].key, MESSAGE.id, "desk")
    assert (found.address, found.audience, found.checksum, found.copy) == (
        "anna@example.int",
        "desk",
        "5" * 64,
        7,
    )


def test_readers_who_were_queued_at_the_same_moment_go_together(tmp_path: Path) -> None:
    (tmp_path / "desk.eml").write_bytes(MESSAGE.draft())
    deliveries = [delivery_of(RECORD, TOLD, each) for each in TOLD.readers]
    dated = {each.key: NOW for each in deliveries}
    dated[deliveries[1].key] = NOW + timedelta(hours=1)
    first, second = jobs_of(tmp_path, Going(TOLD, TOLD.readers), deliveries, dated)
    assert [each.address for each in first.deliveries] == ["anna@example.int", "carl@example.int"]
    assert [each.address for each in second.deliveries] == ["ben@example.int"]
    assert first.sender == "desk@example.int"
    assert first.form(first.read()) == replace(MESSAGE, date=NOW).transmitted()
    assert second.form(second.read()) != first.form(first.read())


def test_what_is_no_draft_is_an_error_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "desk.eml").write_bytes(b"no head at all")
    deliveries = [delivery_of(RECORD, TOLD, TOLD.readers[0])]
    (job,) = jobs_of(tmp_path, Going(TOLD, TOLD.readers[:1]), deliveries, {deliveries[0].key: NOW})
    with pytest.raises(
        BriefpackError, match=r"desk\.eml is no draft that can be sent: it has no end of a head"
    ) as error:
        job.form(job.read())
    assert error.value.exit_code is ExitCode.OUTPUT
