"""A ledger that is lost, another one, or an older copy: noticed before anybody is sent anything twice, and at whatever moment a run was killed before."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefpack.distribute import ledger as ledger_module
from briefpack.distribute.delivery import Outcome, Pace, State
from briefpack.distribute.ledger_look import Look, look
from briefpack.distribute.sent_mark import MARK_NAME, Mark, read_mark, unknown_to
from briefpack.distribute.smtp_wire import Wire
from briefpack.errors import ExitCode
from briefpack.pipeline import sent_marks
from tests.conftest import Project, Ran
from tests.distribute.moments import wire
from tests.pipeline.mail_house import House
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
)

__all__ = ["drafted", "house", "model", "nobody_else", "ring"]
REALLY = ("--really", "--confirm", "3")


@pytest.fixture
def sent(drafted: Project, cli: Run, house: House) -> Project:
    """All have theirs."""
    assert cli("mail", "send", "visit", *REALLY).code == 0
    assert house.reached() == ALL
    return drafted


def mark(project: Project) -> Path:
    return project.build / MARK_NAME


def forget(project: Project) -> None:
    shutil.rmtree(project.root / "sent")


def refused(cli: Run, house: House, fact: str) -> Ran:
    """Nothing goes, however it is asked for, and it is told why. The refusal of `send`."""
    before = house.connections
    for words in (
        ["send"],
        ["retry"],
        ["retry", "--refused", *REALLY],
        ["resend", "--to", "anna@example.int", *REALLY],
        ["send", *REALLY],
    ):
        ran = cli("mail", words[0], "visit", *words[1:])
        assert ran.code == ExitCode.OUTPUT
        assert fact in ran.err
        assert "sent/visit/ledger.sqlite3: error: messages were sent from visit on 20" in ran.err
        assert "bring ledger.sqlite3 back to sent/visit" in ran.err
        assert "--trust-ledger" in ran.err
    assert (house.connections, house.reached()) == (before, ALL)
    return ran


# --------------------------------------------------------------------------- what is noticed


def test_a_ledger_that_is_gone_keeps_everything_back_and_none_is_made(
    sent: Project, cli: Run, house: House
) -> None:
    forget(sent)
    refused(cli, house, "and the ledger is gone")
    assert not ledger(sent).exists()
    # Drafting again makes nothing of it, nor does building again.
    sent.change("list.yaml", "Protocol <", "The Protocol <")
    assert cli("mail", "draft", "visit", "-q").code == 0
    refused(cli, house, "and the ledger is gone")
    shutil.rmtree(sent.build / "outbox")
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    refused(cli, house, "and the ledger is gone")


def test_what_was_sent_from_the_projects_own_folder_is_noticed_elsewhere(
    sent: Project, cli: Run, house: House, tmp_path: Path
) -> None:
    elsewhere = ("-o", str(tmp_path / "elsewhere"))
    assert cli("build", "visit", "-q", *elsewhere).code == 0
    assert cli("mail", "draft", "visit", "-q", *elsewhere).code == 0
    assert "there is nothing to send" in cli("mail", "send", "visit", *elsewhere).out
    shutil.rmtree(tmp_path / "elsewhere")
    forget(sent)
    assert cli("build", "visit", "-q", *elsewhere).code == 0
    assert cli("mail", "draft", "visit", "-q", *elsewhere).code == 0
    ran = cli("mail", "send", "visit", *elsewhere, *REALLY)
    assert (ran.code, house.reached()) == (ExitCode.OUTPUT, ALL)
    assert "messages were sent from visit on" in ran.err
    assert (
        cli(
            "mail", "send", "visit", *elsewhere, "-a", "desk", "--really", "--confirm", "1", "--trust-ledger"
        ).code
        == 0
    )
    # Once somebody has said so, the folder has a mark of its own.
    assert cli("mail", "send", "visit", *elsewhere, "--really", "--confirm", "2").code == 0


def test_another_ledger_is_none(sent: Project, cli: Run, house: House) -> None:
    forget(sent)
    with ledger_module.Ledger(ledger(sent)):
        pass
    refused(cli, house, "and the ledger is another one than the one that it was written into")


def test_an_older_copy_is_none(drafted: Project, cli: Run, house: House) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == 0
    older = ledger(drafted).read_bytes()
    assert cli("mail", "send", "visit", "--really", "--confirm", "2").code == 0
    ledger(drafted).write_bytes(older)
    refused(cli, house, "and the ledger is an older copy, and does not know all of it")


def test_an_older_copy_is_none_either_where_less_was_sent_from(
    drafted: Project, cli: Run, house: House, tmp_path: Path
) -> None:
    """Its own mark is in order there; the other folder's is not."""
    elsewhere = ("-o", str(tmp_path / "elsewhere"))
    assert cli("build", "visit", "-q", *elsewhere).code == 0
    assert cli("mail", "draft", "visit", "-q", *elsewhere).code == 0
    assert cli("mail", "send", "visit", *elsewhere, "--really", "--confirm", "2", "-a", "press").code == 0
    older = ledger(drafted).read_bytes()
    assert cli("mail", "send", "visit", "--really", "--confirm", "1").code == 0
    ledger(drafted).write_bytes(older)
    ran = cli("mail", "send", "visit", *elsewhere, "--really", "--confirm", "1")
    assert (ran.code, house.reached()) == (ExitCode.OUTPUT, ALL)
    assert "is an older copy, and does not know all of it" in ran.err
    # Whoever says that it is right has said so for both folders.
    trusted = (*elsewhere, "--trust-ledger", "--really", "--confirm", "1")
    assert cli("mail", "send", "visit", *trusted).code == 0
    assert len(house.reached()) == len(ALL) + 2
    for words in (elsewhere, ()):
        ran = cli("mail", "send", "visit", *words)
        assert (ran.code, ran.err) == (0, "")


def test_status_and_verify_tell_of_it(sent: Project, cli: Run) -> None:
    assert cli("mail", "status", "visit").err == ""
    found = cli("verify", "visit")
    assert MARK_NAME not in found.out + found.err
    forget(sent)
    ran = cli("mail", "status", "visit")
    assert ran.code == 0
    assert "warning[doubtful-ledger]: messages were sent from visit on 20" in ran.err
    assert "the ledger here knows of nothing of visit that has been sent" in ran.out
    found_as_json = json.loads(cli("mail", "status", "visit", "--json").out)
    assert [each["rule"] for each in found_as_json["diagnostics"]] == ["doubtful-ledger"]
    assert "warning[doubtful-ledger]: messages were sent from visit on 20" in cli("verify", "visit").err


def test_new_passwords_are_told_of_when_the_letters_are_gone_and_the_register_is_not(
    drafted: Project, cli: Run
) -> None:
    drafted.change("list.yaml", "groups:", "audiences: {press: {password: letter}}\ngroups:")
    assert "new-passwords" not in cli("mail", "draft", "visit").err
    assert "new-passwords" not in cli("mail", "draft", "visit").err
    shutil.rmtree(drafted.build)
    assert cli("build", "visit", "-q").code == 0
    ran = cli("mail", "draft", "visit")
    assert ran.code == 0
    assert "warning[new-passwords]" in ran.err
    assert "2 (lena@tidings.example, layla@sahifa.example)" in ran.err
    assert "new-passwords" not in cli("mail", "draft", "visit").err


@pytest.mark.parametrize("content", [b"", b"{}", b"no mark"])
def test_a_mark_that_cannot_be_understood_keeps_everything_back(
    sent: Project, cli: Run, house: House, content: bytes
) -> None:
    mark(sent).write_bytes(content)
    ran = cli("mail", "send", "visit", *REALLY)
    assert ran.code == ExitCode.OUTPUT
    assert "build/visit/sent.json: error: sent.json" in ran.err
    assert "no mark that this version understands" in ran.err
    ran = cli("mail", "send", "visit", *REALLY, "--trust-ledger")
    assert (ran.code, "there is nothing to send" in ran.out, house.reached()) == (0, True, ALL)


# --------------------------------------------------------------------------- the way on


def test_who_says_so_sends_by_what_the_ledger_knows(drafted: Project, cli: Run, house: House) -> None:
    assert cli("mail", "send", "visit", "--really", "--confirm", "1", "-a", "desk").code == 0
    older = ledger(drafted).read_bytes()
    assert cli("mail", "send", "visit", "--really", "--confirm", "2").code == 0
    ledger(drafted).write_bytes(older)
    before = mark(drafted).read_bytes()
    ran = cli("mail", "send", "visit", "--trust-ledger")
    assert ran.code == 0
    assert "warning[doubtful-ledger]" in ran.err
    assert "whoever it does not know to have it is sent it" in ran.err
    assert "2 messages to 2 readers (press 2)" in ran.out
    assert cli("mail", "send", "visit", "--trust-ledger", "--strict").code == ExitCode.STRICT
    # Who does not go through with it has changed nothing.
    assert cli("mail", "send", "visit", "--trust-ledger", "--really", "--confirm", "9").code == ExitCode.USAGE
    assert mark(drafted).read_bytes() == before
    assert cli("mail", "send", "visit", "--trust-ledger", "--really", "--confirm", "2").code == 0
    assert house.reached() == sorted([*ALL, "lena@tidings.example", "layla@sahifa.example"])
    # From now on the ledger is the right one.
    ran = cli("mail", "send", "visit")
    assert (ran.code, ran.err) == (0, "")
    assert "there is nothing to send" in ran.out


def test_without_a_ledger_it_is_as_though_nothing_had_been_sent(
    sent: Project, cli: Run, house: House
) -> None:
    forget(sent)
    assert cli("mail", "send", "visit", "--trust-ledger", *REALLY).code == 0
    assert house.reached() == sorted([*ALL, *ALL])
    assert cli("mail", "status", "visit").err == ""


# --------------------------------------------------------------------------- what is in order


def test_a_copy_of_the_project_goes_on_where_it_was(
    sent: Project, cli: Run, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "another machine"
    shutil.copytree(sent.root, elsewhere)
    monkeypatch.chdir(elsewhere)
    ran = cli("mail", "send", "visit", *REALLY)
    assert (ran.code, ran.err) == (0, "")
    assert "there is nothing to send" in ran.out
    # The copy sends more, and its ledger comes back.
    path = elsewhere / "sources" / "visit" / "list.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[lena@", "[new@tidings.example, lena@"), encoding="utf-8"
    )
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert cli("mail", "send", "visit", "--really", "--confirm", "1").code == 0
    shutil.copytree(elsewhere / "sent", sent.root / "sent", dirs_exist_ok=True)
    monkeypatch.chdir(sent.root)
    ran = cli("mail", "send", "visit", *REALLY)
    assert (ran.code, ran.err) == (0, "")
    # The other way round, the ledger of before does not know what the copy sent.
    monkeypatch.chdir(elsewhere)
    assert cli("mail", "send", "visit").code == 0
    assert len(house.reached()) == 5


def test_sources_alone_and_a_ledger_alone_are_in_order(sent: Project, cli: Run, house: House) -> None:
    shutil.rmtree(sent.build)
    assert cli("build", "visit", "-q").code == 0
    assert not mark(sent).exists()
    # The draft brings the mark along, since the ledger knows of a sending.
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert mark(sent).exists()
    assert "there is nothing to send" in cli("mail", "send", "visit", *REALLY).out
    mark(sent).unlink()
    # So does a sending that has nothing to send.
    assert "there is nothing to send" in cli("mail", "send", "visit", *REALLY).out
    forget(sent)
    refused(cli, house, "and the ledger is gone")
    shutil.rmtree(sent.build)
    assert cli("build", "visit", "-q").code == 0
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert cli("mail", "send", "visit").code == 0


def test_where_nothing_was_sent_there_is_no_mark(drafted: Project, cli: Run, house: House) -> None:
    house.refuses = dict.fromkeys(ALL, "550 5.1.1 nobody of that name")
    assert cli("mail", "send", "visit", *REALLY).code == ExitCode.MAIL
    assert not mark(drafted).exists()
    forget(drafted)
    assert cli("mail", "send", "visit").code == 0


def test_a_draft_beside_a_ledger_that_is_damaged_is_drafted(sent: Project, cli: Run) -> None:
    before = mark(sent).read_bytes()
    ledger(sent).write_bytes(b"no ledger")
    assert cli("mail", "draft", "visit", "-q").code == 0
    assert mark(sent).read_bytes() == before
    found = cli("verify", "visit")
    assert (found.code, "the ledger is damaged" in found.err) == (ExitCode.OUTPUT, True)


def test_where_no_mark_can_be_left_nothing_goes(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(drafted).mkdir()
    ran = cli("mail", "send", "visit", *REALLY)
    assert ran.code == ExitCode.OUTPUT
    assert "sent.json is a folder" in ran.err
    assert states(cli_without_mark(cli, drafted)) == {}
    publish = sent_marks.publish

    def full(*_: object) -> None:
        raise sent_marks.output_error(OSError(28, "No space left on device"), mark(drafted))

    monkeypatch.setattr(sent_marks, "publish", full)
    ran = cli("mail", "send", "visit", *REALLY)
    assert ran.code == ExitCode.OUTPUT
    assert "no room left on the disk for" in ran.err
    assert (house.offered, set(states(cli).values())) == ([], {"queued"})
    monkeypatch.setattr(sent_marks, "publish", publish)
    assert cli("mail", "send", "visit", *REALLY).code == 0
    assert house.reached() == ALL


def cli_without_mark(cli: Run, project: Project) -> Run:
    mark(project).rmdir()
    return cli


# --------------------------------------------------------------------------- whenever it is killed


@dataclass(frozen=True)
class Moment:
    """What is on the disk at a moment, and how often who has been sent it by then."""

    known: Look | None
    mark: Mark | None
    reached: Counter[str]


class _MarksLate(ledger_module.Ledger):
    """It has the mark left when the answer is there, and not before a byte goes."""

    def begin(self, keys: Iterable[str]) -> None:
        self._late, self._begun = self._begun, None
        super().begin(keys)

    def end(self, outcomes: Mapping[str, Outcome]) -> None:
        super().end(outcomes)
        if outcomes and self._late is not None:
            self._begun = self._late
            self._late(self)


@pytest.mark.parametrize("broken", [False, True])
def test_at_no_moment_is_somebody_sent_it_whom_a_ledger_and_its_mark_would_forget(
    drafted: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, broken: bool
) -> None:
    """Whenever a run is killed, and whatever copy of the ledger was made at any moment before and is put back then: whoever may have been sent it and is not known to, is doubted."""
    if broken:
        monkeypatch.setattr("briefpack.pipeline.sending.Ledger", _MarksLate)
    moments = every_moment(drafted, cli, house, monkeypatch, tmp_path)
    assert len(moments) > 200
    dangerous = forgotten = 0
    for number, killed in enumerate(moments):
        # The right ledger is never doubted.
        assert not _is_doubted(killed.known, killed.mark)
        for copy in {id(each.known): each.known for each in moments[: number + 1]}.values():
            if killed.reached - _known_to(copy):
                dangerous += 1
                forgotten += not _is_doubted(copy, killed.mark)
    assert dangerous > 1000
    assert bool(forgotten) is broken


def every_moment(
    project: Project, cli: Run, house: House, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> list[Moment]:
    """Of a run that is put off, one that tries again, and one that sends once more: before and after each order to the database, each line to and from the server, and each mark."""
    for owner, name in ((ledger_module, "open_database"), (Wire, "send"), (Wire, "reply")):
        # They are put back at the end.
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr("briefpack.pipeline.sending.Pace", lambda rate: Pace(rate=rate, tries=1))
    moments: list[Moment] = []
    seen: dict[tuple[bytes | None, ...], Look | None] = {}

    def keep() -> None:
        path = ledger(project)
        raw = tuple(
            each.read_bytes() if each.exists() else None
            for each in (path, path.with_name(f"{path.name}-wal"))
        )
        if raw not in seen:
            seen[raw] = _looked_at(folder / f"kept-{len(seen)}", path.name, raw)
        written = read_mark(mark(project).read_bytes()) if mark(project).exists() else None
        moments.append(Moment(seen[raw], written, Counter(house.reached())))

    publish = sent_marks.publish

    def kept_before_and_after(*given: object) -> None:
        keep()
        publish(*given)  # type: ignore[arg-type]
        keep()

    wire(keep)
    monkeypatch.setattr(sent_marks, "publish", kept_before_and_after)
    house.answers = ["451 4.3.0 later"] * 3
    assert cli("mail", "send", "visit", *REALLY).code == ExitCode.MAIL
    assert cli("mail", "retry", "visit", *REALLY).code == 0
    again = ("--to", "anna@example.int", "--really", "--confirm", "1")
    assert cli("mail", "resend", "visit", *again).code == 0
    keep()
    return moments


def _looked_at(folder: Path, name: str, raw: tuple[bytes | None, ...]) -> Look | None:
    folder.mkdir()
    for each, content in zip((name, f"{name}-wal"), raw, strict=True):
        if content is not None:
            (folder / each).write_bytes(content)
    return look(folder / name)


def _known_to(known: Look | None) -> Counter[str]:
    """Address → how often a ledger knows that somebody may have been sent it; without limit for those whom it leaves out of a sending."""
    found: Counter[str] = Counter()
    if known is not None:
        addresses = {each.key: each.delivery.address for each in known.entries}
        taken = {State.SENT, State.UNCERTAIN}
        found.update(addresses[each.key] for each in known.journal if each.after in taken)
        found.update({each.delivery.address: 10**6 for each in known.entries if each.state in taken})
    return found


def _is_doubted(known: Look | None, written: Mark | None) -> bool:
    if written is None:
        return False
    return known is None or unknown_to(known.identity, known.journal, written) is not None
