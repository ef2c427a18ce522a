"""The mark that a sending leaves: a ledger and its copies know it as far as they go, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefpack.distribute.delivery import Change, Delivery, Outcome, State
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.ledger_look import Look, look
from briefpack.distribute.sent_mark import last_begun, mark_of, read_mark, render_mark, unknown_to


def delivery(key: str) -> Delivery:
    return Delivery(key, "m@x", "desk", "c", "desk", f"{key}@x")


def sending(path: Path, *keys: str) -> None:
    with Ledger(path) as ledger:
        ledger.queue([delivery(each) for each in keys])
        for each in keys:
            ledger.begin([each])
            ledger.end({each: Outcome(State.SENT, 250, "ok")})


def seen(path: Path) -> tuple[str, Look]:
    found = look(path)
    assert found is not None
    assert found.identity is not None
    return found.identity, found


def test_a_mark_is_read_as_it_was_written(tmp_path: Path) -> None:
    sending(tmp_path / "ledger", "a", "b")
    identity, found = seen(tmp_path / "ledger")
    begun = last_begun(found.journal)
    assert begun is not None
    assert (begun.key, begun.after) == ("b", State.SENDING)
    with Ledger(tmp_path / "ledger") as ledger:
        assert ledger.last_begun() == begun
    mark = mark_of(identity, begun)
    assert read_mark(render_mark(mark)) == mark
    assert b"b@x" not in render_mark(mark)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"schema": 1}',
        b'{"schema": 2, "ledger": "a", "line": 1, "checksum": "c", "at": "d"}',
        b'{"schema": 1, "ledger": 7, "line": 1, "checksum": "c", "at": "d"}',
        b'{"schema": 1, "ledger": "a", "line": true, "checksum": "c", "at": "d"}',
        b'{"schema": 1, "ledger": "a", "line": 1, "checksum": "c", "at": "d", "more": 1}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_mark_is_not_taken_for_one(raw: bytes) -> None:
    assert read_mark(raw) is None


def test_a_ledger_where_nothing_has_begun_has_no_line_to_tell_of(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger") as ledger:
        ledger.queue([delivery("a")])
        assert last_begun(ledger.journal()) is None


def test_a_ledger_knows_a_mark_from_its_line_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    sending(path, "a")
    older = path.read_bytes()
    sending(path, "b")
    identity, found = seen(path)
    begun = last_begun(found.journal)
    assert begun is not None
    mark = mark_of(identity, begun)
    assert unknown_to(identity, found.journal, mark) is None
    sending(path, "c")
    assert unknown_to(*two(path), mark) is None
    path.write_bytes(older)
    assert "an older copy" in str(unknown_to(*two(path), mark))
    # What is written into the older copy does not make it the right one, however much that is.
    sending(path, "d", "e", "f")
    assert "an older copy" in str(unknown_to(*two(path), mark))
    other = tmp_path / "other"
    sending(other, "a", "b")
    assert "another one" in str(unknown_to(*two(other), mark))
    assert "an older copy" in str(unknown_to(None, found.journal, mark))
    changed = json.loads(render_mark(mark))
    for line in (0, -1, 10**9):
        wrong = read_mark(json.dumps(changed | {"line": line}).encode())
        assert wrong is not None
        assert unknown_to(identity, found.journal, wrong) is not None


def two(path: Path) -> tuple[str, tuple[Change, ...]]:
    identity, found = seen(path)
    return identity, found.journal
