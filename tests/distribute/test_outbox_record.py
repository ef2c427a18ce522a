"""The record of an outbox: everything in it comes back, and what is no record is none."""

from __future__ import annotations

import hashlib
import json

import pytest

from briefpack.distribute.outbox import files_of
from briefpack.distribute.outbox_record import SCHEMA_VERSION, delivery_key, read_record, recorded, render
from briefpack.distribute.posted import post
from briefpack.errors import Findings
from tests.distribute.made import FILES, distribution, made_message, reader

READERS = [reader("anna@example.int", "Anna"), reader("ben@example.int", copy=4)]


def test_the_record_tells_what_is_there_and_what_it_was_made_of() -> None:
    (one,) = post([made_message(READERS)], distribution(READERS), Findings())
    files = {name: hashlib.sha256(raw).hexdigest() for name, raw in files_of([one])}
    record = recorded("visit", [one], {"sources/visit/pack.yaml": "0"}, files)
    assert read_record(render(record)) == record
    assert json.loads(render(record))["schema"] == SCHEMA_VERSION
    (message,) = record.messages
    assert message.id == one.message.id
    assert [each.address for each in message.readers] == [each.wire for each in one.message.envelope]
    assert message.attachments[0].sha256 == message.attachments[0].of == FILES[0].sha256
    assert message.readers[1].copy == 4
    assert record.files == files


def test_a_delivery_is_known_by_files_and_reader_whoever_else_gets_them() -> None:
    (one,) = post([made_message(READERS)], distribution(READERS), Findings())
    (alone,) = post([made_message(READERS[:1])], distribution(READERS[:1]), Findings())
    first = recorded("visit", [one], {}, {}).messages[0].readers[0]
    second = recorded("visit", [alone], {}, {}).messages[0].readers[0]
    assert first.key == second.key
    keys = {
        delivery_key("visit", "desk", "a@b", [("1", ""), ("2", "")], (0, 0)),
        delivery_key("visit", "desk", "a@b", [("1", "")], (0, 0)),
        delivery_key("visit", "staff", "a@b", [("1", ""), ("2", "")], (0, 0)),
        delivery_key("tour", "desk", "a@b", [("1", ""), ("2", "")], (0, 0)),
        delivery_key("visit", "desk", "c@b", [("1", ""), ("2", "")], (0, 0)),
        delivery_key("visit", "desk", "a@b", [("1", ""), ("2", "")], (1, 2)),
        delivery_key("visit", "desk", "a@b", [("1", "1-9"), ("2", "1-9")], (1, 2)),
        delivery_key("visit", "desk", "a@b", [("1", "1-8"), ("2", "1-8")], (1, 2)),
    }
    assert len(keys) == 8
    assert delivery_key("visit", "desk", "a@b", [("2", ""), ("1", "")], (0, 0)) in keys


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"\xff", b'{"schema": 99, "files": {"a.eml": ""}}', b'{"schema": 2, "files": null}'],
)
def test_what_is_no_record_is_none(raw: bytes) -> None:
    assert read_record(raw) is None


def test_no_path_of_a_record_leads_out_of_the_outbox() -> None:
    paths = ["../../pack.yaml", "..", ".", "", "a\\b", "/etc/hosts", "a/../b", "letters/3.txt", "a.eml"]
    raw = {"schema": SCHEMA_VERSION, "pack": "p", "draft": False, "inputs": {}, "messages": []}
    record = read_record(json.dumps({**raw, "files": dict.fromkeys(paths, "0")}).encode())
    assert record is not None
    assert list(record.files) == ["letters/3.txt", "a.eml"]
