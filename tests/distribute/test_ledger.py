"""The ledger: what it remembers, what it refuses to forget, and that it is never two runs' at once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefpack.distribute.delivery import Delivery, Outcome, State
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.ledger_look import look
from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.folder_lock import holder
from tests.distribute.moments import WiredDatabase

NOON = datetime(2025, 4, 2, 12, tzinfo=UTC)
ANNA = Delivery("k1", "m1@example.int", "desk", "c1", "desk", "anna@example.int", copy=3)
KWAME = Delivery("k2", "m2@example.int", "desk_2", "c2", "desk", "kwame@example.int", 1, 2)
TAKEN = Outcome(State.SENT, 250, "ok")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sent" / "visit" / "ledger.sqlite3"


def states(path: Path) -> list[str]:
    with Ledger(path) as ledger:
        return [each.state.value for each in ledger.entries()]


def refusal(path: Path) -> tuple[ExitCode, str, str]:
    """Of opening it: code, place and fact; the file is then as it was."""
    before = path.read_bytes()
    with pytest.raises(BriefpackError) as caught, Ledger(path):
        pass
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.hint
    assert path.read_bytes() == before
    with pytest.raises(BriefpackError) as looked:
        look(path)
    assert looked.value.diagnostics[0].message == diagnostic.message
    return diagnostic.code, str(diagnostic.where), diagnostic.message


# --------------------------------------------------------------------------- what is remembered


def test_a_delivery_goes_from_queued_through_sending_to_sent_and_the_journal_says_when(path: Path) -> None:
    time = [NOON]

    def now() -> datetime:
        time[0] += timedelta(seconds=1)
        return time[0]

    with Ledger(path, now) as ledger:
        ledger.queue([ANNA])
        ledger.begin(["k1"])
        ledger.end({"k1": TAKEN})
    with Ledger(path) as ledger:
        entry = ledger.entry("k1")
        assert entry is not None
        assert entry.delivery == ANNA
        assert (entry.state, entry.attempts, entry.code, entry.reply) == (State.SENT, 1, 250, "ok")
        steps = [(each.before, each.after, each.attempts) for each in ledger.journal()]
        assert steps == [
            (None, State.QUEUED, 0),
            (State.QUEUED, State.SENDING, 1),
            (State.SENDING, State.SENT, 1),
        ]
        moments = [each.at for each in ledger.journal()]
        assert moments == sorted(moments)
        assert all(NOON < each <= time[0] and each.tzinfo for each in moments)
        assert entry.since == moments[-1]
        assert ledger.entry("k2") is None


def test_what_was_sent_is_not_queued_again_by_a_new_draft_of_the_same_files(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA, KWAME])
        ledger.begin(["k1"])
        ledger.end({"k1": TAKEN})
        ledger.queue([replace(ANNA, message="new@x", checksum="new"), replace(KWAME, checksum="new")])
        anna, kwame = ledger.entries()
    assert (anna.state, anna.delivery) == (State.SENT, ANNA)
    assert (kwame.state, kwame.delivery.checksum) == (State.QUEUED, "new")


def test_what_is_uncertain_stays_so_until_somebody_says_that_it_is_sent_again(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        ledger.begin(["k1"])
        ledger.end({"k1": Outcome(State.UNCERTAIN, None, "the connection was lost")})
        ledger.queue([ANNA])
        ledger.retry(["k1"])
        ledger.withdraw(["k1"], "drafted again")
        assert [each.state for each in ledger.entries()] == [State.UNCERTAIN]
        ledger.resend(["k1"])
        (entry,) = ledger.entries()
        assert (entry.state, entry.attempts) == (State.QUEUED, 1)
        last = ledger.journal()[-1]
        assert (last.before, last.after) == (State.UNCERTAIN, State.QUEUED)
        assert "may have arrived" in last.reply


def test_what_was_sent_is_sent_again_only_where_somebody_said_so(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        ledger.begin(["k1"])
        ledger.end({"k1": TAKEN})
        ledger.resend(["k1"])
        assert [each.state for each in ledger.entries()] == [State.QUEUED]
        assert ledger.journal()[-1].reply == "to be sent again, although it was sent"


def test_a_message_keeps_its_date_until_it_is_another_draft_or_meant_to_be_sent_once_more(path: Path) -> None:
    time = [NOON]

    def dated() -> datetime:
        (entry,) = ledger.entries()
        return entry.dated

    with Ledger(path, lambda: time[0]) as ledger:
        ledger.queue([ANNA])
        time[0] += timedelta(seconds=90, milliseconds=7)
        ledger.queue([ANNA])
        ledger.answer({"k1": Outcome(State.QUEUED, 451, "later")})
        ledger.answer({"k1": Outcome(State.REFUSED, 550, "no")})
        ledger.retry(["k1"])
        assert dated() == NOON
        ledger.queue([replace(ANNA, checksum="new")])
        assert dated() == NOON + timedelta(seconds=90)
        time[0] += timedelta(hours=1)
        ledger.begin(["k1"])
        ledger.end({"k1": Outcome(State.UNCERTAIN, None, "")})
        assert dated() == NOON + timedelta(seconds=90)
        ledger.resend(["k1"])
        assert dated() == NOON + timedelta(hours=1, seconds=90)
        ledger.withdraw(["k1"], "")
        time[0] += timedelta(hours=1)
        ledger.queue([replace(ANNA, checksum="new")])
        assert dated() == NOON + timedelta(hours=2, seconds=90)


def test_what_was_refused_is_queued_again_on_request_and_what_was_sent_is_not(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA, KWAME])
        ledger.answer({"k1": Outcome(State.REFUSED, 550, "no such user")})
        ledger.begin(["k2"])
        ledger.end({"k2": TAKEN})
        ledger.resend(["k1"])
        assert [each.state for each in ledger.entries()] == [State.REFUSED, State.SENT]
        ledger.retry(["k1", "k2"])
        assert [each.state for each in ledger.entries()] == [State.QUEUED, State.SENT]


def test_an_answer_of_later_is_kept_with_the_time_of_the_next_attempt(path: Path) -> None:
    later = NOON + timedelta(minutes=5)
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        ledger.answer({"k1": Outcome(State.QUEUED, 451, "greylisted", later)})
        (entry,) = ledger.entries()
        assert (entry.state, entry.attempts, entry.code, entry.not_before) == (State.QUEUED, 1, 451, later)
        ledger.note(["k1"], "the draft changed")
        (entry,) = ledger.entries()
        assert (entry.attempts, entry.code, entry.reply) == (1, None, "the draft changed")


def test_what_is_withdrawn_is_queued_again_when_it_is_drafted_again(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA, KWAME])
        ledger.withdraw(["k1"], "no longer in the outbox")
        assert [each.state for each in ledger.entries()] == [State.WITHDRAWN, State.QUEUED]
        ledger.queue([replace(ANNA, checksum="new")])
        assert [each.delivery.checksum for each in ledger.entries()] == ["new", "c2"]
    assert states(path) == ["queued", "queued"]


def test_all_of_a_message_begins_or_nothing_of_it(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA, KWAME])
        ledger.begin(["k2"])
        with pytest.raises(BriefpackError) as caught:
            ledger.begin(["k1", "k2"])
        assert caught.value.exit_code is ExitCode.BUSY
        assert [each.state for each in ledger.entries()] == [State.QUEUED, State.SENDING]


# --------------------------------------------------------------------------- what a person says


def uncertain(ledger: Ledger, *deliveries: Delivery) -> None:
    ledger.queue(deliveries)
    keys = [each.key for each in deliveries]
    ledger.begin(keys)
    ledger.end(dict.fromkeys(keys, Outcome(State.UNCERTAIN, None, "the connection was lost")))


def test_what_somebody_says_to_have_arrived_is_sent_and_told_from_what_a_server_said(path: Path) -> None:
    with Ledger(path) as ledger:
        uncertain(ledger, ANNA)
        ledger.queue([KWAME])
        ledger.begin(["k2"])
        ledger.end({"k2": TAKEN})
        ledger.settle(["k1"], [])
        anna, kwame = ledger.entries()
        assert (anna.state, anna.on_word, anna.code, anna.attempts) == (State.SENT, True, None, 1)
        assert (kwame.state, kwame.on_word) == (State.SENT, False)
        last = ledger.journal()[-1]
        assert (last.key, last.before, last.after) == ("k1", State.UNCERTAIN, State.SENT)
        assert (last.reply, last.at) == ("somebody said that it has arrived", anna.since)
        # It may be sent again on purpose; then a server says what becomes of it.
        ledger.resend(["k1"])
        ledger.begin(["k1"])
        ledger.end({"k1": TAKEN})
        assert [each.on_word for each in ledger.entries()] == [False, False]


def test_what_somebody_says_to_be_lost_is_queued_with_a_new_date(path: Path) -> None:
    time = [NOON]
    with Ledger(path, lambda: time[0]) as ledger:
        uncertain(ledger, ANNA)
        time[0] += timedelta(hours=1)
        ledger.settle([], ["k1"])
        (entry,) = ledger.entries()
        assert (entry.state, entry.on_word, entry.attempts) == (State.QUEUED, False, 1)
        assert entry.dated == NOON + timedelta(hours=1)
        assert ledger.journal()[-1].reply == "somebody said that it has not arrived"


def test_who_was_said_to_lack_it_may_find_it(path: Path) -> None:
    with Ledger(path) as ledger:
        uncertain(ledger, ANNA)
        ledger.queue([KWAME])
        ledger.settle([], ["k1"])
        ledger.settle(["k1", "k2"], [])
        anna, kwame = ledger.entries()
    assert (anna.state, anna.on_word) == (State.SENT, True)
    # Whom nobody was asked to take it for, cannot have it.
    assert (kwame.state, kwame.on_word) == (State.QUEUED, False)


@pytest.mark.parametrize("state", [each for each in State if each is not State.UNCERTAIN])
def test_nothing_is_settled_but_what_is_uncertain(path: Path, state: State) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        if state is State.WITHDRAWN:
            ledger.withdraw(["k1"], "")
        elif state is State.REFUSED:
            ledger.answer({"k1": Outcome(state, 550, "")})
        elif state is not State.QUEUED:
            ledger.begin(["k1"])
        if state is State.SENT:
            ledger.end({"k1": TAKEN})
        before = ledger.entries(), ledger.journal()
        ledger.settle(["k1"], ["k1"])
        assert (ledger.entries(), ledger.journal()) == before


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE delivery SET state = 'sent', on_word = 0",
        "UPDATE delivery SET state = 'queued', on_word = 1",
    ],
)
def test_only_a_word_leads_from_uncertain_to_sent_and_to_nothing_else(path: Path, order: str) -> None:
    with Ledger(path) as ledger:
        uncertain(ledger, ANNA)
        ledger.end({"k1": TAKEN})
        ledger.answer({"k1": TAKEN})
    with sqlite3.connect(path) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(order)
    database.close()
    assert states(path) == ["uncertain"]


# --------------------------------------------------------------------------- which ledger it is


def test_a_ledger_is_told_from_others_and_not_from_its_copies(path: Path, tmp_path: Path) -> None:
    other, copy = tmp_path / "other" / path.name, tmp_path / "copy" / path.name
    with Ledger(path) as ledger:
        identity = ledger.identity
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    with Ledger(other) as one, Ledger(copy) as two:
        assert one.identity != identity == two.identity
    seen = look(path)
    assert seen is not None
    assert (seen.identity, len(identity)) == (identity, 32)


def test_before_a_byte_goes_it_is_said_that_something_has_begun_and_nothing_goes_where_that_fails(
    path: Path,
) -> None:
    told: list[tuple[str, State]] = []

    def begun(ledger: Ledger) -> None:
        last = ledger.last_begun()
        assert last is not None
        told.append((last.key, last.after))
        if len(told) == 2:
            raise failure("no room left", code=ExitCode.OUTPUT)

    with Ledger(path, begun=begun) as ledger:
        assert ledger.last_begun() is None
        ledger.queue([ANNA, KWAME])
        ledger.begin(["k1"])
        ledger.end({"k1": TAKEN})
        with pytest.raises(BriefpackError):
            ledger.begin(["k2"])
        assert told == [("k1", State.SENDING), ("k2", State.SENDING)]
        kwame = ledger.entries()[1]
        assert (kwame.state, kwame.reply) == (State.QUEUED, "no room left")


# --------------------------------------------------------------------------- ledgers of form 1


FORM_1 = """
CREATE TABLE way (before TEXT NOT NULL, after TEXT NOT NULL);
CREATE TABLE delivery (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, message TEXT NOT NULL, draft TEXT NOT NULL, checksum TEXT NOT NULL,
    audience TEXT NOT NULL, address TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL, copy INTEGER, state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, code INTEGER, reply TEXT NOT NULL DEFAULT '', since TEXT NOT NULL, not_before TEXT, dated TEXT NOT NULL);
CREATE TABLE journal (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, at TEXT NOT NULL, before TEXT, after TEXT NOT NULL,
    attempts INTEGER NOT NULL, code INTEGER, reply TEXT NOT NULL, message TEXT NOT NULL, checksum TEXT NOT NULL);
CREATE TRIGGER delivery_goes_its_way BEFORE UPDATE OF state ON delivery
WHEN NOT EXISTS (SELECT 1 FROM way WHERE before = old.state AND after = new.state)
BEGIN SELECT RAISE(ABORT, 'that state does not follow that one'); END;
CREATE TRIGGER journal_knows_new AFTER INSERT ON delivery
BEGIN INSERT INTO journal (key, at, before, after, attempts, code, reply, message, checksum)
VALUES (new.key, new.since, NULL, new.state, new.attempts, new.code, new.reply, new.message, new.checksum); END;
CREATE TRIGGER journal_knows_change AFTER UPDATE OF state ON delivery
BEGIN INSERT INTO journal (key, at, before, after, attempts, code, reply, message, checksum)
VALUES (new.key, new.since, old.state, new.state, new.attempts, new.code, new.reply, new.message, new.checksum); END;
INSERT INTO way VALUES ('queued', 'sending'), ('sending', 'sent'), ('sending', 'uncertain'), ('sent', 'queued'), ('uncertain', 'queued');
INSERT INTO delivery (key, message, draft, checksum, audience, address, part, parts, copy, state, since, dated)
VALUES ('k1', 'm1@example.int', 'desk', 'c1', 'desk', 'anna@example.int', 0, 0, 3, 'queued', '2025-04-02T12:00:00.000+00:00', '2025-04-02T12:00:00+00:00'),
    ('k2', 'm2@example.int', 'desk_2', 'c2', 'desk', 'kwame@example.int', 1, 2, NULL, 'queued', '2025-04-02T12:00:00.000+00:00', '2025-04-02T12:00:00+00:00');
UPDATE delivery SET state = 'sending', attempts = 1;
UPDATE delivery SET state = 'sent', code = 250, reply = 'ok' WHERE key = 'k1';
PRAGMA application_id = 1651534700;
PRAGMA user_version = 1;
"""


@pytest.fixture
def older(path: Path) -> Path:
    """A ledger as the first form had it, whose run was killed with its second message under way."""
    path.parent.mkdir(parents=True)
    database = sqlite3.connect(path)
    database.executescript(FORM_1)
    database.close()
    return path


def test_a_ledger_of_the_first_form_is_read_as_it_is_and_opened_as_one_of_this_form(older: Path) -> None:
    before = older.read_bytes()
    seen = look(older)
    assert seen is not None
    assert (seen.identity, older.read_bytes()) == (None, before)
    assert [(each.state.value, each.on_word) for each in seen.entries] == [
        ("sent", False),
        ("uncertain", False),
    ]
    with Ledger(older) as ledger:
        assert [each.state for each in ledger.entries()] == [State.SENT, State.UNCERTAIN]
        assert [each.delivery for each in ledger.entries()] == [ANNA, KWAME]
        assert len(ledger.journal()) == 6
        ledger.settle(["k2"], [])
        identity = ledger.identity
    with Ledger(older) as ledger:
        assert (ledger.identity, len(identity)) == (identity, 32)
        assert [each.on_word for each in ledger.entries()] == [False, True]


def test_who_is_killed_while_it_gets_its_new_form_leaves_it_in_one_of_both(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefpack.distribute import ledger as ledger_module

    kept: list[Path] = []

    def keep() -> None:
        folder = tmp_path / f"kept-{len(kept)}"
        folder.mkdir()
        for name in (older.name, f"{older.name}-wal"):
            if (older.parent / name).exists():
                (folder / name).write_bytes((older.parent / name).read_bytes())
        kept.append(folder / older.name)

    opened = ledger_module.open_database
    monkeypatch.setattr(ledger_module, "open_database", lambda path: WiredDatabase(opened(path), keep))
    with Ledger(older):
        pass
    monkeypatch.undo()
    assert len(kept) > 20
    forms = set()
    for each in kept:
        seen = look(each)
        assert seen is not None
        forms.add(seen.identity is None)
        assert states(each) == ["sent", "uncertain"]
    assert forms == {True, False}


# --------------------------------------------------------------------------- what the file itself refuses


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE delivery SET state = 'sending' WHERE key = 'k1'",
        "UPDATE delivery SET state = 'sent' WHERE key = 'k2'",
        "UPDATE delivery SET key = 'k3' WHERE key = 'k1'",
        "DELETE FROM delivery",
        "DELETE FROM journal",
        "UPDATE journal SET reply = 'never'",
        "INSERT INTO delivery SELECT 9, 'k9', message, draft, checksum, audience, address, part, parts, copy, state, attempts, code, reply, since, not_before, dated, on_word FROM delivery WHERE key = 'k1'",
        "UPDATE delivery SET on_word = 1 WHERE key = 'k1'",
        "UPDATE delivery SET state = 'queued', on_word = 1 WHERE key = 'k1'",
        "UPDATE delivery SET state = 'sent', on_word = 1 WHERE key = 'k2'",
        "DELETE FROM identity",
        "UPDATE identity SET id = 'another'",
        "INSERT INTO identity VALUES ('another')",
    ],
)
def test_the_database_itself_lets_nothing_be_taken_back(path: Path, order: str) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA, KWAME])
        ledger.begin(["k1"])
        ledger.end({"k1": TAKEN})
    with sqlite3.connect(path) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(order)
    database.close()
    assert states(path) == ["sent", "queued"]


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_a_run_of_sending_changes_only_what_is_queued_or_under_way(
    path: Path, before: State, after: State
) -> None:
    outcome = Outcome(after, None, "")
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        if before is State.REFUSED:
            ledger.answer({"k1": Outcome(before, 550, "")})
        elif before is State.WITHDRAWN:
            ledger.withdraw(["k1"], "")
        elif before is not State.QUEUED:
            ledger.begin(["k1"])
        if before in {State.SENT, State.UNCERTAIN}:
            ledger.end({"k1": Outcome(before, None, "")})
        for told in (ledger.end, ledger.answer):
            if (before, told) not in {(State.SENDING, ledger.end), (State.QUEUED, ledger.answer)}:
                told({"k1": outcome})
                (entry,) = ledger.entries()
                assert entry.state is before


# --------------------------------------------------------------------------- how it is written


def test_every_commit_is_flushed_to_the_disk_and_goes_to_a_log_first(path: Path) -> None:
    with Ledger(path) as ledger:
        assert ledger._open.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ledger._open.execute("PRAGMA synchronous").fetchone() == (2,)
        ledger.queue([ANNA])
        # Somebody else sees it at once.
        seen = look(path)
        assert seen is not None
        assert [each.key for each in seen.entries] == ["k1"]
        assert seen.holder == os.getpid()
    assert sorted(each.name for each in path.parent.iterdir()) == [".ledger.lock", "ledger.sqlite3"]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere folders cannot be flushed")
def test_a_new_ledger_is_on_the_disk_with_the_folders_that_lead_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[int] = set()
    done = os.fsync

    def fsync(handle: int) -> None:
        flushed.add(os.fstat(handle).st_ino)
        done(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / "project" / "sent" / "visit" / "ledger.sqlite3"
    (tmp_path / "project").mkdir()
    with Ledger(path):
        pass
    assert {each.stat().st_ino for each in (path, *path.parents[:3])} <= flushed


def test_what_is_committed_is_in_the_files_and_in_no_memory_of_the_process(
    path: Path, tmp_path: Path
) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA, KWAME])
        ledger.begin(["k1"])
        copy = tmp_path / "copy" / path.name
        copy.parent.mkdir()
        for name in (path.name, f"{path.name}-wal"):
            (copy.parent / name).write_bytes((path.parent / name).read_bytes())
    assert states(copy) == ["uncertain", "queued"]


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "a#b?mode=ro&c%20d é" / "ledger.sqlite3"
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
    seen = look(path)
    assert seen is not None
    assert len(seen.entries) == 1


def test_others_cannot_read_who_the_readers_are(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        for name in (path.name, f"{path.name}-wal"):
            assert os.name != "posix" or (path.parent / name).stat().st_mode & 0o077 == 0


def test_looking_leaves_nothing_behind_and_changes_nothing(path: Path) -> None:
    assert states(path) == []
    before = path.read_bytes()
    assert look(path) is not None
    assert sorted(each.name for each in path.parent.iterdir()) == [".ledger.lock", "ledger.sqlite3"]
    assert path.read_bytes() == before


def test_what_an_interruption_left_open_does_not_keep_the_next_change_out(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        ledger._open.execute("BEGIN IMMEDIATE")
        ledger._open.execute("UPDATE delivery SET reply = 'half'")
        ledger.note(["k1"], "whole")
        (entry,) = ledger.entries()
        assert (entry.reply, len(ledger.journal())) == ("whole", 2)


def test_a_ledger_that_somebody_made_meanwhile_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on another machine, to which the lock of a shared folder may not reach."""
    from briefpack.distribute import ledger as ledger_module

    made = ledger_module.make

    first: list[str] = []

    def noted(where: Path) -> None:
        made(where)
        seen = look(where)
        assert seen is not None
        first.append(seen.identity or "")
        made(where)

    monkeypatch.setattr(ledger_module, "make", noted)
    with Ledger(path) as ledger:
        assert [ledger.identity] == first
    assert sorted(each.name for each in path.parent.iterdir()) == [".ledger.lock", "ledger.sqlite3"]


def test_a_ledger_that_is_not_there_is_looked_at_in_vain_and_not_made(path: Path) -> None:
    assert look(path) is None
    assert not path.parent.exists()


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from briefpack.distribute.delivery import Delivery
    from briefpack.distribute.ledger import Ledger
    with Ledger(Path(sys.argv[1])) as ledger:
        ledger.queue([Delivery(f"k{n}", "m", "d", "c", "desk", f"r{n}@example.int") for n in (1, 2, 3)])
        ledger.begin(["k2"])
        print("begun", flush=True)
        if sys.argv[2] == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdin.read()
"""


def start(path: Path, how: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(path), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


@pytest.mark.skipif(os.name != "posix", reason="uses POSIX signals")
def test_what_was_under_way_when_a_run_was_killed_is_uncertain_and_named(path: Path) -> None:
    with start(path, "kill") as process:
        assert process.wait(timeout=300) == -signal.SIGKILL
    seen = look(path)
    assert seen is not None
    assert seen.holder is None
    assert [each.state.value for each in seen.entries] == ["queued", "uncertain", "queued"]
    with Ledger(path) as ledger:
        assert [each.key for each in ledger.interrupted] == ["k2"]
        assert ledger.interrupted[0].state is State.UNCERTAIN
        assert "ended before" in ledger.interrupted[0].reply
        last = ledger.journal()[-1]
        assert (last.key, last.before, last.after) == ("k2", State.SENDING, State.UNCERTAIN)
    with Ledger(path) as ledger:
        assert ledger.interrupted == ()


def test_a_second_run_is_told_who_has_it_and_one_who_looks_is_not_kept_out(path: Path) -> None:
    with start(path, "wait") as process:
        with pytest.raises(BriefpackError) as caught, Ledger(path):
            pass
        (diagnostic,) = caught.value.diagnostics
        assert diagnostic.code is ExitCode.BUSY
        assert diagnostic.message == f"another sending of visit is running (process {process.pid})"
        assert diagnostic.hint == "wait until it has finished, then send again"
        seen = look(path)
        assert seen is not None
        assert seen.holder == process.pid
        assert [each.state.value for each in seen.entries] == ["queued", "sending", "queued"]
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=300) == 0
    with Ledger(path) as ledger:
        assert [each.key for each in ledger.interrupted] == ["k2"]


def test_a_run_that_begins_while_somebody_looks_is_not_taken_for_one_that_ended(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not there yet when he asks for it first."""
    answers: list[int | None] = []

    def late(folder: Path, name: str) -> int | None:
        answers.append(None if not answers else holder(folder, name))
        return answers[-1]

    monkeypatch.setattr("briefpack.distribute.ledger_look.holder", late)
    with start(path, "wait") as process:
        seen = look(path)
        assert answers == [None, process.pid]
        assert process.stdin is not None
        process.stdin.close()
    assert seen is not None
    assert seen.holder == process.pid
    assert [each.state.value for each in seen.entries] == ["queued", "sending", "queued"]


def test_the_same_process_does_not_open_it_twice(path: Path) -> None:
    with Ledger(path):
        with pytest.raises(BriefpackError) as caught, Ledger(path):
            pass
        assert caught.value.exit_code is ExitCode.BUSY
    assert states(path) == []


# --------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (b"", "the ledger is damaged: it is no database"),
        (b"who got what\n", "the ledger is damaged: it is no database"),
        (b"SQLite format 3\0" + bytes(84), "the ledger is damaged: file is not a database"),
    ],
)
def test_a_file_that_is_no_ledger_is_an_error_and_stays_as_it_is(
    path: Path, content: bytes, fact: str
) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert refusal(path) == (ExitCode.OUTPUT, str(path), fact)


def test_a_page_of_a_ledger_that_is_overwritten_is_found(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.queue([replace(ANNA, key=f"k{n}") for n in range(300)])
    whole = path.read_bytes()
    for begin in range(4096, len(whole), 4096):
        path.write_bytes(whole[:begin] + b"\xff" * 4096 + whole[begin + 4096 :])
        code, where, fact = refusal(path)
        assert (code, where) == (ExitCode.OUTPUT, str(path))
        assert fact.startswith("the ledger is damaged: ")
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path)[2].startswith("the ledger is damaged: ")
    path.write_bytes(whole)
    assert states(path) == ["queued"] * 300


def test_the_database_of_another_program_and_that_of_a_newer_one_are_refused(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE delivery (key)")
    database.close()
    assert refusal(path)[2] == "the ledger is damaged: it is another program's"
    path.unlink()
    assert states(path) == []
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 3")
    database.close()
    assert "has form 3" in refusal(path)[2]


def test_a_log_without_its_ledger_is_not_taken_for_a_new_one(path: Path) -> None:
    with start(path, "kill") as process:
        process.wait(timeout=300)
    path.unlink()
    with pytest.raises(BriefpackError) as caught, Ledger(path):
        pass
    assert "only its log is left" in caught.value.diagnostics[0].message
    assert not path.exists()
    with pytest.raises(BriefpackError) as caught:
        look(path)
    assert caught.value.exit_code is ExitCode.OUTPUT


def test_a_link_that_leads_nowhere_is_not_taken_for_a_new_one(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "a disk that is away" / path.name)
    with pytest.raises(BriefpackError) as caught, Ledger(path):
        pass
    assert "the ledger cannot be read: No such file" in caught.value.diagnostics[0].message
    with pytest.raises(BriefpackError, match="cannot be read"):
        look(path)
    assert path.is_symlink()


def as_somebody_else(work: Callable[[], str]) -> str:
    """What it gives in a process whom permissions bind, also where they do not bind who runs the tests."""
    heard, said = os.pipe()
    process = os.fork()
    if not process:
        try:
            if os.geteuid() == 0:
                os.setuid(65_534)
            os.write(said, work().encode())
        finally:
            os._exit(0)
    os.close(said)
    with os.fdopen(heard, "rb") as answer:
        found = answer.read().decode()
    os.waitpid(process, 0)
    return found


@pytest.fixture
def shown() -> Iterator[Path]:
    """A ledger with one entry that everybody may read, in a folder that nobody may write to; pytest's own folders are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "visit" / "ledger.sqlite3"
        with Ledger(path) as ledger:
            ledger.queue([ANNA])
        path.chmod(0o444)
        path.parent.chmod(0o555)
        yield path
        path.parent.chmod(0o755)


def told(work: Callable[[], object]) -> str:
    try:
        return f"well: {work()}"
    except BriefpackError as error:
        (diagnostic,) = error.diagnostics
        return f"{diagnostic.code.name}: {diagnostic.message}: {diagnostic.hint}"


@pytest.mark.skipif(os.name != "posix", reason="uses POSIX permissions")
def test_a_ledger_can_be_looked_at_where_nothing_can_be_written(shown: Path) -> None:
    def looked() -> list[str]:
        seen = look(shown)
        return [] if seen is None else [each.key for each in seen.entries]

    assert as_somebody_else(lambda: told(looked)) == "well: ['k1']"
    assert as_somebody_else(lambda: told(lambda: Ledger(shown).__enter__())).startswith(
        "OUTPUT: no permission"
    )
    assert sorted(each.name for each in shown.parent.iterdir()) == [".ledger.lock", "ledger.sqlite3"]


@pytest.mark.skipif(os.name != "posix", reason="uses POSIX permissions")
def test_who_may_not_read_a_ledger_is_not_told_to_bring_back_another(shown: Path) -> None:
    shown.chmod(0)
    found = as_somebody_else(lambda: told(lambda: look(shown)))
    assert found.startswith("OUTPUT: the ledger cannot be read: Permission denied: ")
    assert "mend the permissions" in found


@pytest.mark.skipif(os.name != "posix", reason="uses POSIX limits")
def test_a_full_disk_is_an_error_and_nothing_is_half_written(path: Path) -> None:
    import resource

    with Ledger(path) as ledger:
        ledger.queue([ANNA])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
        try:
            with pytest.raises(BriefpackError) as caught:
                ledger.queue([replace(ANNA, key=f"k{n}", message="m" * 500) for n in range(2, 300)])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        (diagnostic,) = caught.value.diagnostics
        assert (diagnostic.code, str(diagnostic.where)) == (ExitCode.OUTPUT, str(path))
        assert [each.key for each in ledger.entries()] == ["k1"]
        ledger.begin(["k1"])
    assert states(path) == ["uncertain"]
