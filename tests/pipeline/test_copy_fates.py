"""Of a copy that turned up it is told whether and when it was sent: by its own delivery, not by that of another reader, number or build."""

from __future__ import annotations

import email
import json
from collections.abc import Callable
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest

from briefpack.distribute.delivery import Delivery, Outcome, State
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.outbox_record import read_record
from briefpack.pipeline.mail_jobs import delivery_of
from briefpack.pipeline.sent_marks import leave_mark
from tests.conftest import Project, Ran

Run = Callable[..., Ran]
NOT_SENT = "drafted, and not sent by briefpack"
SENT = Outcome(State.SENT, 250, "2.0.0 taken")


@pytest.fixture
def drafted(built: Project, cli: Run) -> Project:
    """Two readers with copies of their own; one of the addresses is not written as servers know it."""
    built.change("list.yaml", "groups:", "audiences: {desk: {copies: true}}\ngroups:")
    built.change(
        "list.yaml",
        "[Anna Example <anna@example.int>]",
        "[Anna Example <anna@bücher.example>, Ben <ben@example.int>]",
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    return built


def found(project: Project, name: str = "desk_1", kind: str = ".pdf") -> Path:
    """A copy as its reader has it."""
    message = email.message_from_bytes(
        (project.build / "outbox" / f"{name}.eml").read_bytes(), policy=policy.default
    )
    path = project.root / f"{name}{kind}"
    for part in message.iter_attachments():  # type: ignore[attr-defined]
        if part.get_filename().endswith(kind):
            path.write_bytes(part.get_content())
    return path


def delivery(project: Project, name: str = "desk_1") -> Delivery:
    record = read_record((project.build / "outbox" / "outbox.json").read_bytes())
    assert record is not None
    (message,) = [each for each in record.messages if each.name == name]
    return delivery_of(record, message, message.readers[0])


def path_of(project: Project) -> Path:
    return project.root / "sent" / "visit" / "ledger.sqlite3"


def ended(project: Project, new: Delivery, outcome: Outcome | None) -> None:
    """The ledger of a run that sent one message; outcome: None where it was not begun."""
    with Ledger(path_of(project)) as ledger:
        ledger.queue([new])
        if outcome is not None:
            ledger.begin([new.key])
            ledger.end({new.key: outcome})


def told(cli: Run, path: Path) -> str:
    ran = cli("mail", "trace", path)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()[1].strip()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (None, "to be sent, and not sent yet (2"),
        (SENT, "sent (2"),
        (Outcome(State.REFUSED, 550, "no"), "not sent, since the server refused it (2"),
        (Outcome(State.UNCERTAIN, None, "cut"), "nobody knows whether it was sent (2"),
    ],
)
def test_what_became_of_a_copy_is_told_of_each_of_its_files_and_of_no_other(
    drafted: Project, cli: Run, outcome: Outcome | None, words: str
) -> None:
    assert told(cli, found(drafted)) == NOT_SENT
    ended(drafted, delivery(drafted), outcome)
    assert told(cli, found(drafted)).startswith(words)
    assert told(cli, found(drafted, kind=".docx")).startswith(words)
    assert told(cli, found(drafted, "desk_2")) == NOT_SENT


def test_a_program_is_told_the_deliveries(drafted: Project, cli: Run) -> None:
    ended(drafted, delivery(drafted), SENT)

    def sent(path: Path) -> object:
        (one,) = json.loads(cli("mail", "trace", path, "--json").out)["found"]
        assert one["sent_unknown"] == ""
        return one["sent"]

    (way,) = sent(found(drafted))  # type: ignore[misc]
    assert (way["state"], way["address"], way["copy"]) == ("sent", "anna@xn--bcher-kva.example", 1)
    assert way["sent_before"] is None
    assert sent(found(drafted, "desk_2")) == []
    assert sent(drafted.build / "press" / "visit-press.pdf") is None


def test_what_was_sent_stays_sent_when_it_is_to_go_once_more_or_when_somebody_said_so(
    drafted: Project, cli: Run
) -> None:
    one, other = delivery(drafted), delivery(drafted, "desk_2")
    ended(drafted, one, SENT)
    ended(drafted, other, Outcome(State.UNCERTAIN, None, "cut"))
    with Ledger(path_of(drafted)) as ledger:
        ledger.resend([one.key])
        ledger.settle([other.key], [])
    assert "), and once more: to be sent, and not sent yet (" in told(cli, found(drafted))
    assert told(cli, found(drafted, "desk_2")).endswith(", as somebody said that it has arrived)")
    with Ledger(path_of(drafted)) as ledger:
        ledger.withdraw([one.key], "gone")
    assert "drafted, and given up before it was sent" in told(cli, found(drafted))


def test_another_build_is_another_delivery(drafted: Project, cli: Run) -> None:
    first, key = found(drafted), delivery(drafted).key
    ended(drafted, delivery(drafted), SENT)
    drafted.change("sections/01-programme.yaml", "Room 2", "Room 9")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    old = first.rename(first.with_name("old.pdf"))
    assert delivery(drafted).key != key
    assert told(cli, found(drafted)) == NOT_SENT
    assert told(cli, old).startswith("sent (")
    # Sent both: of the one the outbox tells, so the other is that of the first build.
    ended(drafted, delivery(drafted), Outcome(State.REFUSED, 550, "no"))
    assert told(cli, found(drafted)).startswith("not sent, since")
    assert told(cli, old).startswith("sent (")
    # Without an outbox nobody can tell them apart.
    (drafted.build / "outbox" / "outbox.json").unlink()
    assert told(cli, old).startswith("one of 2 deliveries: sent (")


def test_another_number_is_another_copy(drafted: Project, cli: Run) -> None:
    ended(drafted, replace(delivery(drafted), copy=7), SENT)
    assert told(cli, found(drafted)) == NOT_SENT


def test_a_ledger_that_is_damaged_or_lost_knows_nothing_and_whose_it_is_is_told(
    drafted: Project, cli: Run
) -> None:
    path, words = path_of(drafted), "nobody knows whether it was sent: messages were sent from visit on 20"
    ended(drafted, delivery(drafted), SENT)
    with Ledger(path) as ledger:
        leave_mark(drafted.build, ledger)
    for each in path.parent.glob("ledger.sqlite3*"):
        each.unlink()
    assert told(cli, found(drafted)).startswith(words)
    # An empty one says no more, and what one knows is told, whatever it lacks.
    ended(drafted, delivery(drafted, "desk_2"), SENT)
    assert told(cli, found(drafted)).startswith(words)
    assert told(cli, found(drafted, "desk_2")).startswith("sent (")
    path.write_bytes(b"no database " * 100)
    ran = cli("mail", "trace", found(drafted))
    assert ran.code == 0
    assert "certain: visit, for “desk”: copy 1 of 2 of Anna Example" in ran.out
    assert "nobody knows whether it was sent: " in ran.out


def test_a_part_is_found_again_by_its_own_number(drafted: Project, cli: Run) -> None:
    whole, register = delivery(drafted), drafted.root / "sent" / "visit" / "copies.csv"
    ended(drafted, replace(whole, key="1" * 40, part=1, parts=3), Outcome(State.REFUSED, 552, "large"))
    ended(drafted, replace(whole, key="2" * 40, part=2, parts=3), SENT)
    assert told(cli, found(drafted)) == NOT_SENT
    text = register.read_text(encoding="utf-8-sig").replace("visit-desk.pdf,,", "visit-desk.pdf,2 of 3,")
    register.write_text(text, encoding="utf-8-sig")
    assert told(cli, found(drafted)).startswith("sent (")
    ran = cli("mail", "trace", "--id", "1", "visit")
    assert ran.code == 0
    assert [line.strip()[:6] for line in ran.out.splitlines()[1:4:2]] == ["sent (", "drafte"]
