"""What readers say of messages that are uncertain: into the ledger, and nowhere else."""

from __future__ import annotations

import json

import pytest

from briefpack.distribute.ledger import Ledger
from briefpack.errors import ExitCode
from tests.conftest import Project
from tests.pipeline.mail_house import HANG_UP, House
from tests.pipeline.test_sending import (
    ALL,
    Run,
    drafted,
    house,
    ledger,
    model,
    nobody_else,
    ring,
    states,
    told,
)

__all__ = ["drafted", "house", "model", "nobody_else", "ring"]


@pytest.fixture
def open_(drafted: Project, cli: Run, house: House) -> Project:
    """Of the desk's message nobody knows whether it arrived; the press has not been sent to."""
    house.answers = [HANG_UP]
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == ExitCode.MAIL
    assert set(states(cli).values()) == {"uncertain"}
    return drafted


def test_who_has_it_is_not_sent_it_again_and_who_lacks_it_is(open_: Project, cli: Run, house: House) -> None:
    before = house.connections
    ran = cli("mail", "settle", "visit", "--arrived", "Anna@example.int", "--lost", "zoya@example.int")
    assert (ran.code, ran.err) == (0, "")
    assert "arrived, as somebody said:\n  anna@example.int (desk)" in ran.out
    assert "briefpack mail retry visit --really\n  zoya@example.int (desk)" in ran.out
    assert "uncertain" not in ran.out
    assert states(cli) == {"anna@example.int": "sent", "zoya@example.int": "queued"}
    assert house.connections == before
    assert cli("mail", "retry", "visit", "--really", "--confirm", "1").code == 0
    assert house.reached() == ["zoya@example.int"]
    assert cli("mail", "send", "visit", "--really", "--confirm", "2").code == 0
    assert house.reached() == [each for each in ALL if each != "anna@example.int"]
    assert open_.build.is_dir()


def test_readers_are_named_as_people_write_their_addresses(drafted: Project, cli: Run, house: House) -> None:
    drafted.change("list.yaml", "anna@example.int", "anna@bücher.example")
    assert cli("mail", "draft", "visit", "-q").code == 0
    house.answers = [HANG_UP]
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == ExitCode.MAIL
    wire, typed = "anna@xn--bcher-kva.example", "Anna@BÜCHER.example"
    assert cli("mail", "settle", "visit", "--lost", typed).code == 0
    assert states(cli)[wire] == "queued"
    assert cli("mail", "settle", "visit", "--arrived", wire).code == 0
    assert states(cli)[wire] == "sent"
    ran = cli("mail", "resend", "visit", "--to", typed)
    assert (ran.code, wire in ran.out) == (0, True)


def test_who_finds_it_after_all_is_not_sent_it(open_: Project, cli: Run, house: House) -> None:
    assert cli("mail", "settle", "visit", "--lost", "anna@example.int").code == 0
    assert cli("mail", "settle", "visit", "--lost", "anna@example.int").code == ExitCode.USAGE
    assert cli("mail", "settle", "visit", "--arrived", "anna@example.int").code == 0
    assert states(cli)["anna@example.int"] == "sent"
    assert "there is nothing to send" in cli("mail", "retry", "visit", "--really").out
    # And who does not have it after all, on purpose.
    assert cli("mail", "resend", "visit", "--to", "anna@example.int", "--really", "--confirm", "1").code == 0
    assert house.reached() == ["anna@example.int"]
    assert open_.build.is_dir()


def test_what_a_person_said_is_told_from_what_a_server_said(open_: Project, cli: Run) -> None:
    assert cli("mail", "settle", "visit", "--arrived", "anna@example.int", "-q").out == ""
    assert cli("mail", "send", "visit", "--really", "--confirm", "2").code == 0
    out = cli("mail", "status", "visit").out
    servers, _, word = out.partition("these have theirs, as somebody said; no server did:\n")
    assert word.startswith("  anna@example.int (desk, 20")
    assert "these have theirs:\n  lena@tidings.example" in servers
    assert "anna@example.int" not in servers
    found = json.loads(cli("mail", "status", "visit", "--json").out)
    by_address = {each["address"]: each for each in found["deliveries"]}
    anna, lena = by_address["anna@example.int"], by_address["lena@tidings.example"]
    assert (anna["state"], anna["on_word"], anna["code"]) == ("sent", True, None)
    assert (lena["state"], lena["on_word"], lena["code"]) == ("sent", False, 250)
    (said,) = [each for each in found["journal"] if each["before"] == "uncertain"]
    assert (said["address"], said["after"], said["reply"]) == (
        "anna@example.int",
        "sent",
        "somebody said that it has arrived",
    )
    assert said["at"] == anna["since"]
    assert open_.build.is_dir()


def test_it_can_be_had_as_json(open_: Project, cli: Run) -> None:
    found = told(cli("mail", "settle", "visit", "--lost", "zoya@example.int", "--json"))
    assert (found["command"], found["arrived"]) == ("mail settle", [])
    for name, address, state in (
        ("lost", "zoya@example.int", "queued"),
        ("uncertain", "anna@example.int", "uncertain"),
    ):
        listed = found[name]
        assert isinstance(listed, list)
        assert [(each["address"], each["state"]) for each in listed] == [(address, state)]
    assert open_.build.is_dir()


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ([], ["say who has it or has not"]),
        (
            ["--arrived", "ana@example.int"],
            ["nothing is uncertain of ana@", "did you mean `anna@example.int`?"],
        ),
        (["--lost", "lena@tidings.example"], ["nothing is uncertain of lena@", "mail status visit"]),
        (
            ["--arrived", "anna@example.int", "--lost", "ANNA@example.int"],
            ["anna@example.int is said to have it and to lack it"],
        ),
        (["--arrived", "anna@example.int", "-a", "press"], ["nothing is uncertain of anna@"]),
        (
            ["--arrived", "anna@example.int", "--message", "dusk"],
            ["no message dusk is uncertain", "did you mean `desk`?"],
        ),
        (
            ["--arrived", "anna@example.int", "--arrived", "x@example.int", "--lost", "y@example.int"],
            ["uncertain of x@", "uncertain of y@"],
        ),
    ],
)
def test_who_says_what_cannot_be_changes_nothing(
    open_: Project, cli: Run, words: list[str], facts: list[str]
) -> None:
    ran = cli("mail", "settle", "visit", *words)
    assert ran.code == ExitCode.USAGE
    for fact in facts:
        assert fact in ran.err
    assert set(states(cli).values()) == {"uncertain"}
    assert open_.build.is_dir()


def test_a_message_may_be_named_where_a_reader_has_several(open_: Project, cli: Run, house: House) -> None:
    open_.change("sections/02-notes.yaml", "A good visit", "A very good visit")
    open_.change(
        "list.yaml",
        "- Anna Example <anna@example.int>",
        "- {name: Anna Example, address: anna@example.int, language: fr}",
    )
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    house.answers = [HANG_UP, HANG_UP]
    assert cli("mail", "send", "visit", "-a", "desk", "--really", "--confirm", "2").code == ExitCode.MAIL
    named = ("--arrived", "anna@example.int", "--message", "desk_fr")
    found = told(cli("mail", "settle", "visit", *named, "--json"))
    assert [each["message"] for each in found["arrived"]] == ["desk_fr"]  # type: ignore[attr-defined]
    # The older one is no longer drafted; it can be settled all the same, and is given up where it is lost.
    ran = cli("mail", "settle", "visit", "--lost", "anna@example.int")
    assert "  anna@example.int (desk)\n" in ran.out
    ran = cli("mail", "send", "visit", "-a", "desk", "--really", "--confirm", "1")
    assert "1 of an earlier draft are given up" in ran.out
    assert "anna@example.int" not in house.reached()


def test_nothing_is_settled_where_nothing_was_sent_or_while_something_is(
    drafted: Project, cli: Run, house: House
) -> None:
    ran = cli("mail", "settle", "visit", "--lost", "anna@example.int")
    assert ran.code == ExitCode.USAGE
    assert "nothing of visit has been sent" in ran.err
    assert not ledger(drafted).exists()
    house.answers = [HANG_UP]
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == ExitCode.MAIL
    with Ledger(ledger(drafted)):
        assert cli("mail", "settle", "visit", "--lost", "anna@example.int").code == ExitCode.BUSY
    assert set(states(cli).values()) == {"uncertain"}


def test_the_ledger_of_another_sending_is_not_settled(open_: Project, cli: Run) -> None:
    ledger(open_).unlink()
    ran = cli("mail", "settle", "visit", "--lost", "anna@example.int")
    assert ran.code == ExitCode.OUTPUT
    assert "the ledger is gone" in ran.err
    assert not ledger(open_).exists()
