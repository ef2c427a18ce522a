"""From an outbox to a mail server, which is a real one: it has what the drafts say, nobody has it twice, and whatever is not as it was drafted keeps back all of it."""

from __future__ import annotations

import email
import email.utils
import hashlib
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import pytest

from briefpack.distribute.delivery import Delivery, Pace
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.transmitted import transmitted
from briefpack.errors import ExitCode
from briefpack.pipeline import build, no_progress
from briefpack.pipeline.dispatch import draft
from briefpack.pipeline.prepare import Order
from tests.conftest import NOTES, PACK, PROGRAMME, Project, Ran
from tests.distribute.rings import Ring, ring
from tests.pipeline.mail_house import HANG_UP, House, papers

__all__ = ["ring"]
Run = Callable[..., Ran]
LIST = """\
    server: {host: localhost, port: 25, security: none, rate: 100000, timeout: 5}
    sender: Protocol <protocol@example.int>
    groups:
      desk:
        audience: desk
        people:
          - Anna Example <anna@example.int>
          - {name: "Петренко, Зоя", address: zoya@example.int, as: cc}
      press:
        audience: press
        people: [lena@tidings.example, {name: ليلى حداد, address: layla@sahifa.example, language: fr}]
"""
PARTED = """\
server: {host: localhost, security: none, rate: 100000, timeout: 5}
sender: Protocol <protocol@example.int>
size: 260 kB
too_large: [pdf-only, split]
groups: {staff: {audience: staff, people: [Anna <anna@example.int>, Ben <ben@example.int>]}}
"""
ROOT = Path(__file__).parents[2]
ALL = ["anna@example.int", "layla@sahifa.example", "lena@tidings.example", "zoya@example.int"]
PASSWORD = "correct horse ü"  # noqa: S105  of nobody


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch, ring: Ring) -> None:
    """The environment and the keyring of whoever runs the tests name no server and no login."""
    assert ring.kept == {}
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD"):
        monkeypatch.delenv(f"BRIEFPACK_SMTP_{name}", raising=False)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose pack has readers, built and drafted."""
    made = Project(root := tmp_path_factory.mktemp("model"), root / "sources" / "visit")
    made.write("pack.yaml", PACK + "    distribution: list.yaml\n")
    made.write("sections/01-programme.yaml", PROGRAMME)
    made.write("sections/02-notes.yaml", NOTES)
    made.write("list.yaml", LIST)
    (root / "styles").mkdir()
    build(made.pack, Order())
    draft(made.pack, Order(), no_progress)
    return root


@pytest.fixture
def drafted(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of it; its list names a port where nobody listens."""
    root = tmp_path / "project"
    shutil.copytree(model, root)
    monkeypatch.chdir(root)
    return Project(root, root / "sources" / "visit")


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A server that takes everything from everybody on this machine."""
    with House() as opened:
        monkeypatch.setenv("BRIEFPACK_SMTP_PORT", str(opened.port))
        yield opened


def outbox(project: Project) -> Path:
    return project.build / "outbox"


def ledger(project: Project) -> Path:
    return project.root / "sent" / "visit" / "ledger.sqlite3"


def told(ran: Ran) -> dict[str, object]:
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def running(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "briefpack", "mail", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def states(cli: Run) -> dict[str, str]:
    found = json.loads(cli("mail", "status", "visit", "--json").out)
    return {each["address"]: each["state"] for each in found["deliveries"]}


# --------------------------------------------------------------------------- a dry run


def test_without_a_word_nothing_is_sent_and_nobody_is_connected_to(
    drafted: Project, cli: Run, house: House
) -> None:
    ran = cli("mail", "send", "visit")
    assert (ran.code, ran.err) == (0, "")
    assert "3 messages to 4 readers (desk 2, press 2)" in ran.out
    assert f"by localhost:{house.port} (unencrypted)" in ran.out
    assert "nothing was sent: --really sends it" in ran.out
    assert "nobody has been sent anything of this pack yet" in ran.out
    for words in ("desk", "press_en", "press_fr", "visit-desk.pdf", "lena@tidings.example"):
        assert words in ran.out
    assert (house.connections, house.taken) == (0, [])
    assert not (drafted.root / "sent").exists()


def test_a_dry_run_can_be_had_as_json(drafted: Project, cli: Run, house: House) -> None:
    found = told(cli("mail", "send", "visit", "--json"))
    assert found["command"] == "mail send"
    assert found["really"] is False
    assert found["first"] is True
    assert found["server"] == {
        "host": "localhost",
        "port": house.port,
        "security": "none",
        "verify": True,
    }
    messages = found["messages"]
    assert isinstance(messages, list)
    assert [each["name"] for each in messages] == ["desk", "press_en", "press_fr"]
    assert [reader["address"] for each in messages for reader in each["readers"]] == [
        "anna@example.int",
        "zoya@example.int",
        "lena@tidings.example",
        "layla@sahifa.example",
    ]
    for key in ("left_out", "earlier", "elsewhere", "taken", "overtaken", "gone"):
        assert found[key] == []


def test_the_server_can_be_tried(drafted: Project, cli: Run, house: House) -> None:
    ran = cli("mail", "send", "visit", "--connect")
    assert (ran.code, house.connections, house.taken) == (0, 1, [])
    assert "localhost answers, and nobody logs in" in ran.out
    # It offers a login to whoever wants one.
    assert "briefpack mail login visit" in ran.out
    assert cli("mail", "send", "visit", "--connect", "--really").code == ExitCode.USAGE


def test_a_server_that_is_not_there_is_told_of(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with House() as gone:
        monkeypatch.setenv("BRIEFPACK_SMTP_PORT", str(gone.port))
    ran = cli("mail", "send", "visit", "--connect")
    assert ran.code == ExitCode.MAIL
    assert "the mail server cannot be reached" in ran.err
    assert "list.yaml:1:" in ran.err


# --------------------------------------------------------------------------- really


def test_the_server_has_what_the_drafts_say(drafted: Project, cli: Run, house: House) -> None:
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert (ran.code, ran.err) == (0, "")
    assert "4 of 4 handed over" in ran.out
    assert house.reached() == ALL
    by_readers = {frozenset(each.readers): each for each in house.taken}
    record = json.loads((outbox(drafted) / "outbox.json").read_text(encoding="utf-8"))
    for message in record["messages"]:
        taken = by_readers[frozenset(reader["address"] for reader in message["readers"])]
        assert taken.sender == "protocol@example.int"
        draft = (outbox(drafted) / f"{message['name']}.eml").read_bytes()
        parsed = email.message_from_bytes(taken.content, policy=policy.default)
        date = email.utils.parsedate_to_datetime(str(parsed["Date"]))
        assert taken.content == transmitted(draft, date)
        assert str(parsed["Message-ID"]) == f"<{message['id']}>"
        for reader in message["readers"]:
            if reader["line"] == "bcc":
                assert reader["address"].encode() not in taken.content
        attached = {part.get_filename(): part.get_content() for part in parsed.iter_attachments()}  # type: ignore[attr-defined]
        for name, content in attached.items():
            assert content == (drafted.build / message["audience"] / name).read_bytes()
    assert set(states(cli).values()) == {"sent"}


def test_every_run_has_the_same_keys(drafted: Project, cli: Run, house: House) -> None:
    first, second = (
        json.loads(cli("mail", "send", "visit", "--really", "--confirm", "3", "--json").out) for _ in range(2)
    )
    assert first.keys() == second.keys()
    assert (len(first["sent"]), second["sent"], second["interrupted"]) == (4, [], False)


def test_a_second_sending_sends_nothing(drafted: Project, cli: Run, house: House) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    before = house.connections
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == 0
    assert "there is nothing to send" in ran.out
    assert "4 left out, sent already:" in ran.out
    assert re.search(r"anna@example\.int \(desk, \d{4}-\d\d-\d\d \d\d:\d\d\)", ran.out)
    # Nor when it is drafted again, with other words.
    drafted.change("list.yaml", "Protocol <", "The Protocol <")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "there is nothing to send" in cli("mail", "send", "visit", "--really", "--confirm", "3").out
    # Nor when all of build/ is made anew.
    for path in sorted(drafted.build.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "there is nothing to send" in cli("mail", "send", "visit", "--really", "--confirm", "3").out
    assert (house.connections, house.reached()) == (before, ALL)


def test_a_reader_who_is_added_gets_his_and_the_others_nothing(
    drafted: Project, cli: Run, house: House
) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    drafted.change("list.yaml", "people: [lena@", "people: [new@tidings.example, lena@")
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit", "--really", "--confirm", "1")
    assert ran.code == 0
    assert "1 message to 1 reader (press 1)" in ran.out
    assert "other files" not in ran.out
    assert house.reached() == sorted([*ALL, "new@tidings.example"])
    assert house.taken[-1].readers == ("new@tidings.example",)
    # Both stand in one message, hidden from each other.
    assert b"tidings.example" not in house.taken[-1].content


def test_the_ledger_is_the_same_wherever_the_pack_is_built_to(
    drafted: Project, cli: Run, house: House, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "out"
    assert cli("build", "visit", "-q", "-o", elsewhere).code == 0
    assert cli("mail", "draft", "visit", "-q", "-o", elsewhere).code == 0
    assert cli("mail", "send", "visit", "-o", elsewhere, "--really", "--confirm", "3").code == 0
    assert "there is nothing to send" in cli("mail", "send", "visit").out
    assert house.reached() == ALL
    assert ledger(drafted).is_file()


def test_who_was_a_reader_of_another_audience_is_told_of(drafted: Project, cli: Run, house: House) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    drafted.change("list.yaml", "people: [lena@", "people: [anna@example.int, lena@")
    drafted.change(
        "list.yaml", "      - Anna Example <anna@example.int>", "      - Ben Example <ben@example.int>"
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit")
    assert "1 of 2 were sent the pack of another audience before:" in ran.out
    assert "anna@example.int (desk, " in ran.out
    (moved,) = json.loads(cli("mail", "send", "visit", "--json").out)["elsewhere"]
    assert (moved["address"], moved["audience"], moved["before"]) == ("anna@example.int", "press", "desk")


def test_a_number_that_another_reader_was_sent_is_told_of(drafted: Project, cli: Run, house: House) -> None:
    drafted.change("list.yaml", "groups:\n", "audiences: {desk: {copies: true}}\ngroups:\n")
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit", "--really", "--confirm", "4")
    assert "numbers of copies" not in ran.out
    drafted.change(
        "list.yaml",
        "      - Anna Example <anna@example.int>",
        "      - Ben Example <ben@example.int>\n      - Anna Example <anna@example.int>",
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit")
    assert "numbers of copies that other readers were sent before" in ran.out
    assert "  1: ben@example.int now, anna@example.int before (" in ran.out
    (taken,) = json.loads(cli("mail", "send", "visit", "--json").out)["taken"]
    assert (taken["copy"], taken["address"], taken["before"]) == (1, "ben@example.int", "anna@example.int")
    shown = cli("mail", "status", "visit").out
    assert "these have theirs:" in shown
    assert "  anna@example.int (desk_1, copy 1, " in shown


def test_who_has_an_earlier_build_is_told_of_and_gets_the_new_one(
    drafted: Project, cli: Run, house: House
) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    drafted.change("sections/02-notes.yaml", "A good visit", "A very good visit")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit")
    assert "1 message to 2 readers (desk 2)" in ran.out
    assert "2 of 2 were sent other files of this pack before" in ran.out
    assert "2 left out, sent already:" in ran.out
    assert "nobody has been sent anything" not in ran.out
    found = json.loads(cli("mail", "send", "visit", "--json").out)
    assert found["first"] is False
    assert {each["state"] for each in found["earlier"]} == {"sent"}
    assert cli("mail", "send", "visit", "--really", "--confirm", "1").code == 0
    assert len(house.reached()) == 6


def test_one_audience_can_be_sent_to_alone(drafted: Project, cli: Run, house: House) -> None:
    assert cli("mail", "send", "visit", "-a", "press", "--really", "--confirm", "2").code == 0
    assert house.reached() == ["layla@sahifa.example", "lena@tidings.example"]
    assert "did you mean `press`?" in cli("mail", "send", "visit", "-a", "pres").err
    assert cli("mail", "draft", "visit", "-q", "-a", "press").code == 0
    ran = cli("mail", "send", "visit", "-a", "desk")
    assert (ran.code, "nothing is drafted for “desk”" in ran.err) == (ExitCode.USAGE, True)
    assert cli("mail", "draft", "visit", "-q").code == 0
    found = json.loads(cli("mail", "status", "visit", "--json").out)
    assert [each["address"] for each in found["not_sent_to"]] == ["anna@example.int", "zoya@example.int"]


# --------------------------------------------------------------------------- the confirmation


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("options", [["--confirm", "2"], ["--confirm", "4"], [], ["--json"]])
def test_who_does_not_give_the_number_sends_nothing(
    drafted: Project, cli: Run, house: House, options: list[str]
) -> None:
    ran = cli("mail", "send", "visit", "--really", *options)
    assert ran.code == ExitCode.USAGE
    assert "nothing was sent" in ran.err + ran.out
    assert "--confirm 3" in ran.err + ran.out
    assert (house.connections, states(cli)) == (0, {})
    assert cli("mail", "send", "visit", "--confirm", "3").code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("typed", "goes"), [("3\n", True), (" 3 \n", True), ("y\n", False), ("4\n", False), ("", False)]
)
def test_the_number_is_asked_for_on_a_terminal(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch, *, typed: str, goes: bool
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    ran = cli("mail", "send", "visit", "--really", "-q")
    assert "type 3 to send 3 messages to 4 readers (desk 2, press 2)" in ran.out
    assert ran.code == (0 if goes else ExitCode.USAGE)
    assert house.reached() == (ALL if goes else [])
    assert len(states(cli)) == (4 if goes else 0)


def test_a_list_that_changes_while_somebody_is_asked_stops_it(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(Terminal):
        def readline(self, _size: int | None = -1, /) -> str:
            drafted.change("list.yaml", "lena@", "lina@")
            return "3\n"

    monkeypatch.setattr("sys.stdin", Slow())
    ran = cli("mail", "send", "visit", "--really")
    assert ran.code == ExitCode.OUTPUT
    assert "it was drafted before its sources changed: sources/visit/list.yaml" in ran.err
    assert (house.connections, states(cli)) == (0, {})


# --------------------------------------------------------------------------- the server


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_goes_protected_and_with_a_login(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, security: str
) -> None:
    own = papers(tmp_path / "ca")
    with House(security=security, papers=own, user="desk", password=PASSWORD) as house:
        protect(monkeypatch, house, own.authority)
        monkeypatch.setenv("BRIEFPACK_SMTP_USER", "desk")
        monkeypatch.setenv("BRIEFPACK_SMTP_PASSWORD", PASSWORD)
        tried = cli("mail", "send", "visit", "--connect")
        assert (tried.err, house.taken) == ("", [])
        assert "localhost answers, and lets desk in" in tried.out
        ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert (ran.code, ran.err) == (0, "")
    assert house.reached() == ALL
    assert {each.user for each in house.taken} == {"desk"}


def test_the_login_may_come_from_the_keyring(
    drafted: Project, cli: Run, ring: Ring, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = papers(tmp_path / "ca")
    with House(security="starttls", papers=own, user="desk", password=PASSWORD) as house:
        protect(monkeypatch, house, own.authority)
        ring.kept = {
            ("briefpack", "localhost"): "desk",
            ("briefpack", "desk@localhost"): PASSWORD,
        }
        assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    assert {each.user for each in house.taken} == {"desk"}


def protect(monkeypatch: pytest.MonkeyPatch, house: House, authority: Path | None) -> None:
    """Speak to a server as it wants it. authority: whom this machine believes; None for those of the system."""
    monkeypatch.setenv("BRIEFPACK_SMTP_PORT", str(house.port))
    monkeypatch.setenv("BRIEFPACK_SMTP_SECURITY", house.security)
    if authority is not None:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))


def nothing_goes(drafted: Project, cli: Run, house: House, fact: str) -> None:
    for options in (["--connect"], ["--really", "--confirm", "3"]):
        ran = cli("mail", "send", "visit", *options)
        assert ran.code == ExitCode.MAIL
        assert fact in ran.err
        assert "list.yaml:1:" in ran.err
    assert house.taken == []
    assert set(states(cli).values()) == {"queued"}


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("fault", ["nobody vouches", "another name"])
def test_a_certificate_that_proves_nothing_stops_it(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, security: str, fault: str
) -> None:
    own = papers(tmp_path / "ca", "mail.example.int" if fault == "another name" else "localhost")
    with House(security=security, papers=own) as house:
        protect(monkeypatch, house, own.authority if fault == "another name" else None)
        nothing_goes(drafted, cli, house, "its certificate does not prove that it is localhost")


def test_a_server_without_starttls_is_told_nothing(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with House(security="starttls", offers=False) as house:
        protect(monkeypatch, house, None)
        nothing_goes(drafted, cli, house, "it does not offer STARTTLS")


@pytest.mark.parametrize("echoes", [False, True])
def test_a_wrong_password_is_refused_and_in_no_word_of_it(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, echoes: bool
) -> None:
    own = papers(tmp_path / "ca")
    with House(security="tls", papers=own, user="desk", password="another", echoes=echoes) as house:  # noqa: S106
        protect(monkeypatch, house, own.authority)
        monkeypatch.setenv("BRIEFPACK_SMTP_USER", "desk")
        monkeypatch.setenv("BRIEFPACK_SMTP_PASSWORD", PASSWORD)
        nothing_goes(drafted, cli, house, "it refused the login (535)")
        every = [cli("mail", *words, "visit", "--json") for words in (["send"], ["status"], ["retry"])]
        every.append(cli("mail", "retry", "visit", "--really", "--confirm", "3"))
        every.append(cli("mail", "retry", "visit", "--really", "--confirm", "3", "--json"))
    assert house.taken == []
    for ran in every:
        assert PASSWORD not in ran.out + ran.err
    for path in (drafted.root / "sent").rglob("*"):
        assert PASSWORD.encode() not in (path.read_bytes() if path.is_file() else b"")


def test_a_server_that_wants_a_login_and_gets_none_refuses_nobody_in_particular(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = papers(tmp_path / "ca")
    with House(security="tls", papers=own, user="desk", password=PASSWORD) as house:
        protect(monkeypatch, house, own.authority)
        ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
        assert ran.code == ExitCode.MAIL
        assert "530" in ran.err
        assert set(states(cli).values()) == {"queued"}
        monkeypatch.setenv("BRIEFPACK_SMTP_USER", "desk")
        monkeypatch.setenv("BRIEFPACK_SMTP_PASSWORD", PASSWORD)
        assert cli("mail", "retry", "visit", "--really", "--confirm", "3").code == 0
    assert house.reached() == ALL


def test_a_fault_of_ours_shows_no_password(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefpack.distribute import smtp

    def broken(*_given: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(smtp, "log_in", broken)
    monkeypatch.setenv("BRIEFPACK_SMTP_USER", "desk")
    monkeypatch.setenv("BRIEFPACK_SMTP_PASSWORD", PASSWORD)
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.BUG
    assert "out of order" in ran.err
    assert PASSWORD not in ran.out + ran.err


def test_half_a_login_stops_it_before_anything_is_queued(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFPACK_SMTP_PASSWORD", PASSWORD)
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.USAGE
    assert PASSWORD not in ran.out + ran.err
    assert (house.connections, states(cli)) == (0, {})


def test_whose_certificate_is_not_checked_is_warned_of_each_time(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drafted.change("list.yaml", "security: none", "security: tls, verify: false")
    assert cli("mail", "draft", "visit", "-q").code == 0
    with House(security="tls", papers=papers(tmp_path / "ca", "mail.example.int")) as house:
        protect(monkeypatch, house, None)
        for options in ([], ["--connect"], ["--really", "--confirm", "3"]):
            ran = cli("mail", "send", "visit", *options)
            assert ran.code == 0
            assert "warning[unchecked-server]" in ran.err
            assert "its certificate is not checked" in ran.out
        assert house.reached() == ALL
        assert cli("mail", "send", "visit", "--strict").code == ExitCode.STRICT


def test_notes_stop_nothing_not_even_where_nothing_is_passed_over(drafted: Project, cli: Run) -> None:
    (outbox(drafted) / "stray.txt").write_text("stray", encoding="utf-8")
    ran = cli("mail", "send", "visit", "--strict")
    assert "note: stray.txt is in no record of the outbox" in ran.err
    assert ran.code == 0


def test_a_list_without_a_server_needs_one_from_elsewhere(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drafted.pack / "list.yaml"
    path.write_text(path.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit")
    assert ran.code == ExitCode.SOURCE
    assert "the list names no mail server" in ran.err
    monkeypatch.setenv("BRIEFPACK_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("BRIEFPACK_SMTP_SECURITY", "none")
    assert cli("mail", "send", "visit", "--really", "--confirm", "3", "-a", "desk").code == ExitCode.USAGE
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == 0
    assert house.reached() == ["anna@example.int", "zoya@example.int"]


# --------------------------------------------------------------------------- what is kept back


def kept_back(
    drafted: Project, cli: Run, house: House, *facts: str, code: ExitCode = ExitCode.OUTPUT
) -> None:
    """Nothing goes, to nobody, and nothing is written down."""
    for options in ([], ["--really", "--confirm", "3"]):
        ran = cli("mail", "send", "visit", "--json", *options)
        assert ran.code == code
        found = json.loads(ran.out)["diagnostics"]
        for fact in facts:
            assert any(fact in each["message"] for each in found), "\n".join(
                each["message"] for each in found
            )
        assert all(each["hint"] for each in found if each["severity"] == "error")
        assert all(each["path"] for each in found if each["severity"] == "error")
    assert (house.connections, states(cli)) == (0, {})


def test_nothing_was_drafted(drafted: Project, cli: Run, house: House) -> None:
    (outbox(drafted) / "outbox.json").unlink()
    kept_back(drafted, cli, house, "nothing has been drafted for visit")


def test_what_was_never_built_is_told_of_and_leaves_no_folder(
    drafted: Project, cli: Run, house: House
) -> None:
    shutil.rmtree(drafted.root / "build")
    for options in ([], ["--really", "--confirm", "3"]):
        ran = cli("mail", "send", "visit", *options)
        assert ran.code == ExitCode.OUTPUT
        assert "nothing has been drafted for visit" in ran.err
    assert not (drafted.root / "build").exists()
    assert not (drafted.root / "sent").exists()


def test_a_record_that_is_none(drafted: Project, cli: Run, house: House) -> None:
    (outbox(drafted) / "outbox.json").write_text("{}")
    kept_back(drafted, cli, house, "outbox.json is no record")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sections/01-programme.yaml", "14:30", "15:30"),
        ("list.yaml", "anna@example.int", "anne@example.int"),
        ("list.yaml", "Anna Example", "Anna Sample"),
    ],
)
def test_a_source_or_a_list_that_changed(
    drafted: Project, cli: Run, house: House, *, file: str, old: str, new: str
) -> None:
    drafted.change(file, old, new)
    kept_back(drafted, cli, house, f"it was drafted before its sources changed: sources/visit/{file}")


def test_a_style_that_changed(drafted: Project, cli: Run, house: House) -> None:
    (drafted.root / "styles" / "base.yaml").write_text("text: {body: {size: 12pt}}\n", encoding="utf-8")
    kept_back(drafted, cli, house, "it was drafted before its sources changed: styles/base.yaml")


def test_an_imported_list_that_changed(drafted: Project, cli: Run, house: House) -> None:
    drafted.write("more.csv", "name,address\nMira,mira@tidings.example\n")
    drafted.change("list.yaml", "audience: press", "audience: press\n    import: more.csv")
    assert cli("mail", "draft", "visit", "-q").code == 0
    drafted.change("more.csv", "mira@", "eve@")
    kept_back(
        drafted,
        cli,
        house,
        "its sources changed: sources/visit/more.csv",
        "mira@tidings.example does not stand",
    )


def test_a_pack_that_was_built_anew(drafted: Project, cli: Run, house: House) -> None:
    drafted.change("sections/01-programme.yaml", "14:30", "15:30")
    assert cli("build", "visit", "-q").code == 0
    kept_back(
        drafted,
        cli,
        house,
        "it was drafted before its sources changed",
        "visit-press.pdf for “press” (press_en, press_fr), which was made of another build",
    )


def test_a_draft_that_was_edited_and_one_that_is_gone(drafted: Project, cli: Run, house: House) -> None:
    path = outbox(drafted) / "desk.eml"
    path.write_bytes(path.read_bytes().replace(b"To: ", b"To: x@example.int,\r\n ", 1))
    (outbox(drafted) / "press_en.eml").unlink()
    kept_back(drafted, cli, house, "desk.eml", "press_en.eml")


def test_a_record_that_was_edited(drafted: Project, cli: Run, house: House) -> None:
    path = outbox(drafted) / "outbox.json"
    whole = path.read_text(encoding="utf-8")
    for old, new, fact in (
        ('"address": "anna@example.int"', '"address": "eve@example.int"', "eve@example.int"),
        ('"sender": "protocol@example.int"', '"sender": "eve@example.int"', "is sent by another"),
        ('"pack": "visit"', '"pack": "other"', "this outbox is of the pack other"),
        ('"audience": "press"', '"audience": "desk"', "lena@tidings.example"),
        ('"audience": "press"', '"audience": "none"', "no audience “none” any more"),
        ('"name": "desk"', '"name": "../desk"', "../desk"),
        ('"name": "desk"', '"name": "press_en"', "press_en"),
    ):
        assert old in whole
        path.write_text(whole.replace(old, new), encoding="utf-8")
        kept_back(drafted, cli, house, fact)
    record = json.loads(whole)
    record["messages"][0]["readers"][0]["key"] = "0" * 40
    path.write_text(json.dumps(record), encoding="utf-8")
    kept_back(drafted, cli, house, "it does not say rightly what anna@example.int gets")


def test_a_file_that_is_not_the_one_that_was_built(drafted: Project, cli: Run, house: House) -> None:
    """Draft and record agree with each other, and the record still names what was built; the file is another."""
    path, draft_path = outbox(drafted) / "outbox.json", outbox(drafted) / "desk.eml"
    before, record = draft_path.read_bytes(), json.loads(path.read_text(encoding="utf-8"))
    message = email.message_from_bytes(before, policy=policy.SMTP)
    part = next(message.iter_attachments())
    content = part.get_content() + b"% more\n"
    name = part.get_filename()
    part.set_content(content, "application", "pdf", filename=name, disposition="attachment")
    after = message.as_bytes()
    draft_path.write_bytes(after)
    file = next(each for each in record["messages"][0]["attachments"] if each["name"] == name)
    file["sha256"], file["size"] = hashlib.sha256(content).hexdigest(), len(content)
    told = json.dumps(record, ensure_ascii=False)
    told = told.replace(hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest())
    path.write_text(told, encoding="utf-8")
    kept_back(drafted, cli, house, f"{name} in desk.eml is another file than what was built and audited")


@pytest.mark.parametrize(
    "address",
    ["anna@example.int\r\nBcc: eve@example.int", "anna@example.int>\r\nDATA", "anna@example.int eve@x"],
)
def test_nobody_gets_a_line_of_his_own_into_the_conversation(
    drafted: Project, cli: Run, house: House, address: str
) -> None:
    path = outbox(drafted) / "outbox.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["messages"][0]["readers"][0]["address"] = address
    path.write_text(json.dumps(record), encoding="utf-8")
    kept_back(drafted, cli, house)
    drafted.change("list.yaml", "Anna Example <anna@example.int>", json.dumps(address))
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.SOURCE
    assert house.connections == 0


def test_a_file_that_no_audit_passed(drafted: Project, cli: Run, house: House) -> None:
    (drafted.build / "audit.json").unlink()
    kept_back(
        drafted, cli, house, "visit-desk.pdf for “desk” (desk), which was made of a file that passed no audit"
    )


def test_a_domain_that_is_no_longer_allowed(drafted: Project, cli: Run, house: House) -> None:
    drafted.change(
        "list.yaml",
        "    groups:".removeprefix("    "),
        'audiences: {press: {only: ["@tidings.example"]}}\ngroups:',
    )
    kept_back(drafted, cli, house, "may not go to @sahifa.example", code=ExitCode.SOURCE)


def test_a_build_that_is_a_draft_goes_on_purpose_only(drafted: Project, cli: Run, house: House) -> None:
    assert cli("build", "visit", "-q", "--draft").code == 0
    kept_back(drafted, cli, house, "visit-desk.pdf for “desk” (desk), which was made of another build")
    assert cli("mail", "draft", "visit", "-q", "--draft").code == 0
    kept_back(drafted, cli, house, "its packs were built as drafts, and nobody audited them")
    ran = cli("mail", "send", "visit", "--draft", "--really", "--confirm", "3")
    assert ran.code == 0
    assert "warning[unaudited-draft]" in ran.err
    assert house.reached() == ALL


def test_two_senders_keep_each_other_out(drafted: Project, cli: Run, house: House) -> None:
    with Ledger(ledger(drafted)):
        ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
        assert ran.code == ExitCode.BUSY
        assert cli("mail", "status", "visit").code == 0
    assert house.connections == 0
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0


def test_of_several_at_the_same_moment_one_sends(drafted: Project, house: House) -> None:
    runs = [running("send", "visit", "--really", "--confirm", "3") for _ in range(4)]
    ends = []
    for run in runs:
        run.communicate(timeout=300)
        ends.append(run.returncode)
    assert house.reached() == ALL
    # Who came too late for the lock had nothing left to send.
    assert 0 in ends
    assert set(ends) <= {0, ExitCode.BUSY}


# --------------------------------------------------------------------------- what does not arrive


def test_who_is_refused_is_named_and_the_others_get_theirs(drafted: Project, cli: Run, house: House) -> None:
    house.refuses = {"zoya@example.int": "550 5.1.1 nobody of that name"}
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.MAIL
    assert "3 of 4 handed over, 1 refused" in ran.out
    assert "the message desk to zoya@example.int was refused: 550 5.1.1 nobody of that name" in ran.err
    assert "list.yaml:8:" in ran.err
    assert states(cli)["zoya@example.int"] == "refused"
    shown = cli("mail", "status", "visit").out
    assert "briefpack mail retry visit --refused --really" in shown
    assert "zoya@example.int (desk): 550 5.1.1 nobody of that name" in shown
    # It is not tried again until somebody says so.
    assert "there is nothing to send" in cli("mail", "send", "visit", "--really", "--confirm", "1").out
    assert "there is nothing to send" in cli("mail", "retry", "visit", "--really", "--confirm", "1").out
    house.refuses = {}
    assert cli("mail", "retry", "visit", "--refused", "--really", "--confirm", "1").code == 0
    assert house.reached() == ALL
    assert house.taken[-1].readers == ("zoya@example.int",)


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ("550 5.1.1 nobody of that name", "correct the list and draft again"),
        ("554 5.7.1 relay access denied", "that somebody logs in (BRIEFPACK_SMTP_USER"),
        # Exim gives no status.
        ("550 relay not permitted", "that somebody logs in (BRIEFPACK_SMTP_USER"),
        ("550 Authentication is required", "that somebody logs in (BRIEFPACK_SMTP_USER"),
        ("552 5.3.4 too large", "`size: 5 MB`"),
        ("552 5.2.3 too large for this mailbox", "`size: 5 MB`"),
    ],
)
def test_the_remedy_is_that_of_the_refusal(
    drafted: Project, cli: Run, house: House, *, answer: str, remedy: str
) -> None:
    assert outbox(drafted).is_dir()
    house.refuses = {"zoya@example.int": answer}
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.MAIL
    assert remedy in ran.err


def test_a_run_as_json_tells_every_fate(drafted: Project, cli: Run, house: House) -> None:
    house.refuses = {"zoya@example.int": "550 5.1.1 nobody of that name"}
    found = json.loads(cli("mail", "send", "visit", "--really", "--confirm", "3", "--json").out)
    assert found["exit_code"] == ExitCode.MAIL
    assert len(found["sent"]) == 3
    (refused,) = found["refused"]
    assert (refused["address"], refused["code"], refused["state"]) == ("zoya@example.int", 550, "refused")
    assert found["diagnostics"][0]["code"] == ExitCode.MAIL
    assert found["interrupted"] is False


def test_what_may_have_arrived_is_sent_again_on_purpose_only(
    drafted: Project, cli: Run, house: House
) -> None:
    house.answers = [HANG_UP]
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3", "-a", "desk")
    assert ran.code == ExitCode.USAGE
    ran = cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk")
    assert ran.code == ExitCode.MAIL
    assert "2 uncertain" in ran.out
    assert "nobody knows whether anna@example.int has the message desk" in ran.err
    assert "briefpack mail resend visit --uncertain --really" in ran.err
    shown = cli("mail", "status", "visit").out
    assert "anna@example.int (desk)" in shown
    for words in (["send", "-a", "desk"], ["retry"], ["retry", "--refused"]):
        ran = cli("mail", words[0], "visit", *words[1:], "--really", "--confirm", "1")
        assert "there is nothing to send" in ran.out
        assert "2 left out, uncertain" in ran.out
    assert house.reached() == []
    ran = cli("mail", "resend", "visit", "--uncertain")
    assert "each of these readers may have it twice then" in ran.out
    assert cli("mail", "resend", "visit", "--uncertain", "--really", "--confirm", "1").code == 0
    assert house.reached() == ["anna@example.int", "zoya@example.int"]


def test_one_reader_can_be_sent_it_once_more(drafted: Project, cli: Run, house: House) -> None:
    ran = cli("mail", "resend", "visit", "--to", "anna@example.int", "--really", "--confirm", "1")
    assert ran.code == ExitCode.USAGE
    assert "anna@example.int has not been sent it yet" in ran.err
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    assert cli("mail", "resend", "visit", "--to", "eve@example.int").code == ExitCode.USAGE
    assert cli("mail", "resend", "visit").code == ExitCode.USAGE
    assert cli("mail", "resend", "visit", "--uncertain", "--to", "anna@example.int").code == ExitCode.USAGE
    first = next(each for each in house.taken if "anna@example.int" in each.readers)
    ran = cli("mail", "resend", "visit", "--to", "Anna@Example.int", "--really", "--confirm", "1")
    assert ran.code == 0
    assert house.taken[-1].readers == ("anna@example.int",)
    assert house.reached() == sorted([*ALL, "anna@example.int"])
    ids = [re.search(rb"^Message-ID: .*$", each.content, re.MULTILINE) for each in (first, house.taken[-1])]
    assert ids[0] is not None
    assert ids[1] is not None
    assert ids[0][0] == ids[1][0]
    journal = json.loads(cli("mail", "status", "visit", "--json").out)["journal"]
    assert [each["after"] for each in journal if each["address"] == "anna@example.int"][-3:] == [
        "queued",
        "sending",
        "sent",
    ]


def test_another_try_sends_the_same_bytes_and_the_same_date(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.answers = ["451 4.3.0 later"]
    monkeypatch.setattr("briefpack.pipeline.sending.Pace", lambda rate: Pace(rate=rate, tries=1))
    ran = cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk")
    assert ran.code == ExitCode.MAIL
    assert "the message desk to anna@example.int was not sent: 451 4.3.0 later" in ran.err
    assert "briefpack mail retry visit --really" in ran.err
    time.sleep(1.1)
    assert cli("mail", "retry", "visit", "--really", "--confirm", "1").code == 0
    first, second = house.offered
    assert first == second
    assert house.reached() == ["anna@example.int", "zoya@example.int"]


def test_what_is_corrected_in_the_list_is_given_up_and_sent_to_the_right_one(
    drafted: Project, cli: Run, house: House
) -> None:
    house.refuses = {"lena@tidings.example": "550 5.1.1 nobody of that name"}
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == ExitCode.MAIL
    drafted.change("list.yaml", "lena@", "lina@")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "lena@tidings.example (press_en): 550" in cli("mail", "status", "visit").out
    assert "; its draft is gone" in cli("mail", "status", "visit").out
    ran = cli("mail", "send", "visit", "--really", "--confirm", "1")
    assert ran.code == 0
    assert "1 of an earlier draft are given up" in ran.out
    assert "  lena@tidings.example (refused)" in ran.out
    found = states(cli)
    assert (found["lena@tidings.example"], found["lina@tidings.example"]) == ("withdrawn", "sent")


def test_status_tells_who_has_an_earlier_draft_and_who_left_the_list(
    drafted: Project, cli: Run, house: House
) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    drafted.change("list.yaml", "lena@tidings.example, ", "")
    drafted.change("sections/02-notes.yaml", "A good visit", "A very good visit")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    older = "these have other files, of an earlier draft, and not yet what is drafted now:\n"
    gone = "these have it, and are no readers of the drafts any more:\n"
    out = cli("mail", "status", "visit").out
    assert "these have theirs:\n  layla@sahifa.example (press_fr, " in out
    assert f"{older}  anna@example.int (desk, " in out
    assert f"{gone}  lena@tidings.example (press_en, " in out
    assert "anna@" not in cli("mail", "status", "visit", "-a", "press").out

    assert cli("mail", "send", "visit", "-a", "desk", "--really", "--confirm", "1").code == 0
    out = cli("mail", "status", "visit", "-a", "desk").out
    assert older not in out
    assert [line.split()[:3] for line in out.splitlines()[:2]] == [
        ["audience", "sent", "sent"],
        ["desk", "2", "2"],
    ]
    # Of what is gone altogether, nobody can say whether there is a newer one.
    shutil.rmtree(drafted.build / "outbox")
    assert "these have theirs:\n  anna@example.int (desk, " in cli("mail", "status", "visit").out


def test_who_is_taken_off_the_list_is_given_up_though_nobody_is_sent_anything(
    drafted: Project, cli: Run, house: House
) -> None:
    house.refuses = {"lena@tidings.example": "550 5.1.1 nobody of that name"}
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == ExitCode.MAIL
    drafted.change("list.yaml", "lena@tidings.example, ", "")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "there is nothing to send" in cli("mail", "send", "visit").out
    assert states(cli)["lena@tidings.example"] == "refused"
    ran = cli("mail", "send", "visit", "--really")
    assert "there is nothing to send" in ran.out
    assert "1 of an earlier draft are given up" in ran.out
    assert states(cli)["lena@tidings.example"] == "withdrawn"


def test_what_is_left_of_an_audience_that_nobody_is_in_any_more_is_given_up(
    drafted: Project, cli: Run, house: House
) -> None:
    house.refuses = {"lena@tidings.example": "550 5.1.1 nobody of that name"}
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == ExitCode.MAIL
    path = drafted.pack / "list.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("  press:")[0], encoding="utf-8")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert states(cli)["lena@tidings.example"] == "refused"
    ran = cli("mail", "send", "visit", "--really")
    assert "1 of an earlier draft are given up" in ran.out
    assert states(cli)["lena@tidings.example"] == "withdrawn"


def test_a_run_that_was_killed_before_it_came_to_somebody_says_so(
    drafted: Project, cli: Run, house: House
) -> None:
    with Ledger(ledger(drafted)) as opened:
        opened.queue([Delivery("k1", "m@x", "desk", "0", "desk", "anna@example.int")])
    shown = cli("mail", "status", "visit").out
    assert "anna@example.int (desk): no run has come to it yet; 0 attempts" in shown


def test_what_is_uncertain_and_no_longer_drafted_is_named(drafted: Project, cli: Run, house: House) -> None:
    house.answers = [HANG_UP]
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == ExitCode.MAIL
    drafted.change("sections/02-notes.yaml", "A good visit", "A very good visit")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "resend", "visit", "--uncertain", "--really", "--confirm", "1")
    assert "there is nothing to send" in ran.out
    assert "2 uncertain of an earlier draft cannot be sent" in ran.out
    ran = cli("mail", "send", "visit", "-a", "desk")
    assert "2 of 2 were sent other files of this pack before" in ran.out
    assert ran.out.count(", uncertain)") == 2
    assert house.reached() == []


def test_many_who_are_refused_are_told_of_in_short_and_all_of_them_as_json(
    drafted: Project, cli: Run, house: House
) -> None:
    many = [f"r{number}@tidings.example" for number in range(30)]
    drafted.change("list.yaml", "people: [lena@tidings.example, ", f"people: [{', '.join(many)}, ")
    assert cli("mail", "draft", "visit", "-q").code == 0
    house.refuses = dict.fromkeys(many, "550 5.7.1 no mail from outside")
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3", "-q")
    assert ran.code == ExitCode.MAIL
    assert "30 messages, counted by their readers, were refused" in ran.err
    assert "18 more like these" in ran.err
    assert ran.out == ""
    status = cli("mail", "status", "visit")
    lines = status.out.splitlines()
    begin = lines.index("  550 5.7.1 no mail from outside") + 1
    assert [line.split()[0] for line in lines[begin : begin + 30]] == many
    assert status.out.count("no mail from outside") == 1
    found = json.loads(cli("mail", "status", "visit", "--json").out)
    assert (found["numbers"]["refused"], found["numbers"]["sent"]) == (30, 3)
    ran = cli("mail", "send", "visit")
    assert "30 left out, refused, see `briefpack mail status visit`:" in ran.out
    assert "and 18 more: --json names all" in ran.out


def test_a_draft_that_changes_under_the_senders_hands_stays_where_it_is(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefpack.pipeline import sending as story

    path = outbox(drafted) / "press_en.eml"

    def late(*given: object, **named: object) -> object:
        path.write_bytes(path.read_bytes().replace(b"lena@", b"evil@"))
        return deliver(*given, **named)  # type: ignore[arg-type]

    deliver = story.deliver
    monkeypatch.setattr(story, "deliver", late)
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.MAIL
    assert "3 of 4 handed over, 1 left" in ran.out
    assert "the draft has changed since it was made" in ran.err
    assert "lena@tidings.example" not in house.reached()
    assert states(cli)["lena@tidings.example"] == "queued"


def test_a_run_that_cannot_go_on_says_so_once(
    drafted: Project, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with House() as gone:
        monkeypatch.setenv("BRIEFPACK_SMTP_PORT", str(gone.port))
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.MAIL
    assert "0 of 4 handed over, 4 left" in ran.out
    assert "the mail server cannot be reached" in ran.err
    assert ran.err.count("error:") == 1
    assert set(states(cli).values()) == {"queued"}
    assert "these are left: briefpack mail retry visit --really" in cli("mail", "status", "visit").out


def test_a_long_list_is_shown_in_part(drafted: Project, cli: Run, house: House) -> None:
    people = "".join(f"      - Reader {number} <r{number}@example.int>\n" for number in range(60))
    drafted.change("list.yaml", "      - Anna Example <anna@example.int>\n", people)
    drafted.change("list.yaml", "groups:", 'audiences: {desk: {body: "{name}"}}\ngroups:')
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit")
    assert "and 23 messages more: --json names all" in ran.out
    assert "63 messages to 63 readers (desk 61, press 2)" in ran.out
    assert len(json.loads(cli("mail", "send", "visit", "--json").out)["messages"]) == 63


def test_a_ledger_that_is_damaged_stops_everything_and_stays_as_it_is(
    drafted: Project, cli: Run, house: House
) -> None:
    ledger(drafted).parent.mkdir(parents=True)
    ledger(drafted).write_bytes(b"no database at all, though long enough to be taken for one" * 40)
    before = ledger(drafted).read_bytes()
    for words in (["send", "--really", "--confirm", "3"], ["send"], ["status"]):
        ran = cli("mail", words[0], "visit", *words[1:])
        assert ran.code == ExitCode.OUTPUT
        assert "ledger.sqlite3" in ran.err
    assert ledger(drafted).read_bytes() == before
    assert house.connections == 0


def test_nothing_sent_has_a_status_too(drafted: Project, cli: Run) -> None:
    ran = cli("mail", "status", "visit")
    assert ran.code == 0
    assert "nothing of visit has been sent" in ran.out
    assert "4 readers of the drafts not sent to" in ran.out
    assert json.loads(cli("mail", "status", "visit", "--json").out)["deliveries"] == []
    assert not (drafted.root / "sent").exists()


# --------------------------------------------------------------------------- being stopped


def test_who_stops_before_anything_was_sent_is_told_so(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(Terminal):
        def readline(self, _size: int | None = -1, /) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())
    ran = cli("mail", "send", "visit", "--really")
    assert ran.code == ExitCode.INTERRUPTED
    assert "stopped; nothing was sent" in ran.err
    assert (house.connections, states(cli)) == (0, {})


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_who_is_asked_to_stop_finishes_the_message_under_way_and_tells_what_stands(
    drafted: Project, cli: Run, house: House, how: int
) -> None:
    house.waits = True
    run = running("send", "visit", "--really", "--confirm", "3")
    assert house.busy.wait(300)
    run.send_signal(how)
    house.go_on.set()
    out, err = run.communicate(timeout=300)
    assert run.returncode == ExitCode.INTERRUPTED
    assert "2 of 4 handed over, 2 left" in out
    assert err == "stopped; 2 of 4 handed over, 2 left: briefpack mail status visit\n"
    assert states(cli) == {
        "anna@example.int": "sent",
        "zoya@example.int": "sent",
        "lena@tidings.example": "queued",
        "layla@sahifa.example": "queued",
    }
    assert cli("mail", "retry", "visit", "--really", "--confirm", "2").code == 0
    assert house.reached() == ALL


def test_who_presses_it_again_and_again_is_not_told_that_nothing_was_sent(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefpack.pipeline import sending as story

    def cut_off(*given: object, **named: object) -> None:
        deliver(*given, **named)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    deliver = story.deliver
    monkeypatch.setattr(story, "deliver", cut_off)
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.INTERRUPTED
    assert ran.err == "stopped; what was sent is in the ledger: briefpack mail status visit\n"
    assert house.reached() == ALL


def test_a_run_that_is_killed_leaves_one_message_uncertain_and_the_others_queued(
    drafted: Project, cli: Run, house: House
) -> None:
    house.waits = True
    run = running("send", "visit", "--really", "--confirm", "3")
    assert house.busy.wait(300)
    assert f"it is being sent just now (process {run.pid})" in cli("mail", "status", "visit").out
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == ExitCode.BUSY
    assert cli("mail", "draft", "visit").code == ExitCode.BUSY
    run.kill()
    run.communicate(timeout=300)
    house.go_on.set()
    found = states(cli)
    assert (found["anna@example.int"], found["zoya@example.int"]) == ("uncertain", "uncertain")
    assert cli("mail", "send", "visit", "--really", "--confirm", "2").code == 0
    # The server had taken it: nobody sends it again unawares.
    assert "briefpack mail resend visit --uncertain --really" in cli("mail", "status", "visit").out
    assert "there is nothing to send" in cli("mail", "retry", "visit", "--really", "--confirm", "1").out
    assert {"lena@tidings.example", "layla@sahifa.example"} <= set(house.reached())
    assert len(house.reached()) == len(set(house.reached()))


@pytest.mark.parametrize("international", [True, False])
def test_an_address_beyond_ascii_goes_where_servers_take_it(
    drafted: Project, cli: Run, house: House, *, international: bool
) -> None:
    house.international = international
    drafted.change("list.yaml", "lena@tidings.example", "лена@tidings.example")
    drafted.change("list.yaml", "layla@sahifa.example", "layla@bücher.example")
    assert cli("mail", "draft", "visit", "-q").code == 0
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    others = ["anna@example.int", "layla@xn--bcher-kva.example", "zoya@example.int"]
    if international:
        assert (ran.code, house.reached()) == (0, [*others, "лена@tidings.example"])
    else:
        assert (ran.code, house.reached()) == (ExitCode.MAIL, others)
        assert "the message press_en to лена@tidings.example was refused" in ran.err
        assert "SMTPUTF8" in ran.err
        assert "give an address without such letters to whoever has one" in ran.err


# --------------------------------------------------------------------------- copies, locks and parts


def test_each_reader_is_sent_his_own_copy_and_never_twice(drafted: Project, cli: Run, house: House) -> None:
    drafted.change("list.yaml", "groups:", "audiences: {press: {copies: true, password: letter}}\ngroups:")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert cli("mail", "send", "visit", "--really", "--confirm", "3").code == 0
    assert house.reached() == ALL
    files = {}
    for each in house.taken:
        parsed = email.message_from_bytes(each.content, policy=policy.default)
        for part in parsed.iter_attachments():  # type: ignore[attr-defined]
            files[each.readers[0], part.get_filename()] = part.get_content()
    copies = [content for (reader, _), content in files.items() if reader.endswith(("example", "tidings"))]
    assert len(set(copies)) == 2
    found = json.loads(cli("mail", "status", "visit", "--json").out)
    assert sorted(each["copy"] for each in found["deliveries"] if each["copy"]) == [1, 2]
    # Drafted again, each file has other bytes; it is the same copy all the same.
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert "there is nothing to send" in cli("mail", "send", "visit", "--really", "--confirm", "1").out


def test_a_copy_that_the_register_does_not_know_is_kept_back(
    drafted: Project, cli: Run, house: House
) -> None:
    drafted.change("list.yaml", "groups:", "audiences: {press: {copies: true}}\ngroups:")
    assert cli("mail", "draft", "visit", "-q").code == 0
    register = drafted.root / "sent" / "visit" / "copies.csv"
    lines = register.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    register.write_text("".join(lines[:-1]), encoding="utf-8-sig")
    ran = cli("mail", "send", "visit", "--really", "--confirm", "3")
    assert ran.code == ExitCode.OUTPUT
    assert "that copies.csv does not know" in ran.err
    assert house.connections == 0


def test_a_pack_in_parts_is_sent_part_by_part(
    tmp_path: Path, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("sources/foreign-ministers", "styles"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources" / "foreign-ministers" / "distribution.yaml").write_text(PARTED, encoding="utf-8")
    assert cli("build", "foreign-ministers", "-q", "-a", "staff").code == 0
    assert cli("mail", "draft", "foreign-ministers", "-q", "-a", "staff").code == 0
    path = tmp_path / "build" / "foreign-ministers" / "outbox" / "outbox.json"
    number = len(json.loads(path.read_bytes())["messages"])
    assert number > 1
    really = ("--really", "-q", "--confirm", str(number))
    house.refuses = {"ben@example.int": "552 5.2.2 mailbox full"}
    assert cli("mail", "send", "foreign-ministers", "-a", "staff", *really).code == ExitCode.MAIL
    lines = cli("mail", "status", "foreign-ministers").out.splitlines()
    begin = lines.index("  552 5.2.2 mailbox full") + 1
    assert [line.split(":")[0].strip() for line in lines[begin : begin + number]] == [
        f"ben@example.int (staff_part-{part}, part {part} of {number})" for part in range(1, number + 1)
    ]
    house.refuses = {}
    assert cli("mail", "retry", "foreign-ministers", "--refused", *really).code == 0
    assert house.reached() == ["anna@example.int"] * number + ["ben@example.int"] * number
    assert "there is nothing to send" in cli("mail", "send", "foreign-ministers").out
    # The same pack in one piece is told of as what it is: something that they have in another form.
    list_ = tmp_path / "sources" / "foreign-ministers" / "distribution.yaml"
    list_.write_text(PARTED.replace("260 kB", "10 MB"), encoding="utf-8")
    assert cli("mail", "draft", "foreign-ministers", "-q", "-a", "staff").code == 0
    assert "2 of 2 were sent other files of this pack before" in cli("mail", "send", "foreign-ministers").out
