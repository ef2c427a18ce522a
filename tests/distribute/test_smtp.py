"""A session is protected, with the server that was meant, or there is none."""

from __future__ import annotations

import base64
import hmac
import os
import select
import socket
from collections.abc import Callable
from typing import Any

import pytest

from briefpack.distribute.delivery import Login
from briefpack.distribute.smtp import PORTS, ServerError, UnreachableError, connect
from briefpack.distribute.smtp_wire import LostError
from briefpack.distribution import Security
from briefpack.errors import ExitCode
from tests.distribute.scripted import LIST, Authority, Scripted, authority

PLAIN = """
    S: 220 mail.example.int ESMTP
    C: EHLO [127.0.0.1]
    S: 250 mail.example.int
"""
ANNA = Login("anna@example.int", "pässword")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(known: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    monkeypatch.setenv("SSL_CERT_FILE", str(known.file))
    return known


def refusal(work: Callable[[], Any]) -> str:
    """The fact of an error about the server, which has a place and a remedy."""
    with pytest.raises(ServerError) as caught:
        work()
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.where, diagnostic.code) == (LIST, ExitCode.MAIL)
    assert diagnostic.hint
    return diagnostic.message


# --------------------------------------------------------------------------- protection


def test_starttls_protects_what_is_said_and_what_was_said_before_does_not_count(trusted: Authority) -> None:
    script = """
        S: 220 mail.example.int ESMTP
        C: EHLO [127.0.0.1]
        S: 250-mail.example.int
        S: 250-SIZE 5
        S: 250-AUTH PLAIN
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go on
        TLS
        C: EHLO [127.0.0.1]
        S: 250-mail.example.int
        S: 250-SIZE 1000
        S: 250 AUTH LOGIN
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: YW5uYUBleGFtcGxlLmludA==
        S: 334 UGFzc3dvcmQ6
        C: cMOkc3N3b3Jk
        S: 235 in
        C: QUIT
        S: 221 bye
    """
    with Scripted(script, trusted.context) as server:
        session = connect(server.server(Security.STARTTLS), ANNA)
        assert session.limit == 1000
        assert not session.smtputf8
        assert session.offers_login
        session.quit()
        assert session.is_over


def test_tls_from_the_start(trusted: Authority) -> None:
    with Scripted(f"TLS\n{PLAIN}\nC: QUIT\nS: 221 bye", trusted.context) as server:
        session = connect(server.server(Security.TLS, host="localhost"), None)
        assert not session.offers_login
        session.quit()


def test_a_server_that_waits_for_tls_from_the_start_is_known_by_its_silence() -> None:
    with Scripted("WAIT 1.5\nCLOSE") as server, pytest.raises(UnreachableError) as caught:
        connect(server.server(Security.STARTTLS, timeout=1), None)
    assert "no answer within 1 s; where it speaks TLS from the start, as on port 465" in str(caught.value)


def test_a_server_that_does_not_offer_starttls_is_told_nothing_more() -> None:
    with Scripted(PLAIN) as server:
        fact = refusal(lambda: connect(server.server(Security.STARTTLS), ANNA))
    assert "does not offer STARTTLS" in fact
    assert [each[:4] for each in server.heard] == ["EHLO"]


@pytest.mark.parametrize("refused", ["454 not now", "502 what"])
def test_a_server_that_takes_back_its_offer_is_told_nothing_more(refused: str) -> None:
    script = f"""
        S: 220 hello
        C: EHLO
        S: 250-mail
        S: 250 STARTTLS
        C: STARTTLS
        S: {refused}
    """
    with Scripted(script) as server, pytest.raises((ServerError, UnreachableError)) as caught:
        connect(server.server(Security.STARTTLS), ANNA)
    assert refused[4:] in str(caught.value)
    assert len(server.heard) == 2


def test_replies_that_were_put_in_before_tls_begins_are_an_attack(trusted: Authority) -> None:
    script = """
        S: 220 hello
        C: EHLO
        S: 250-mail
        S: 250 STARTTLS
        C: STARTTLS
        RAW: 220 go on\\r\\n250-mail\\r\\n250 AUTH PLAIN\\r\\n
    """
    with Scripted(script, trusted.context) as server:
        fact = refusal(lambda: connect(server.server(Security.STARTTLS), ANNA))
    assert "went on speaking unprotected" in fact


def test_what_is_said_unasked_is_found_under_tls_as_well(trusted: Authority) -> None:
    script = f"TLS\n{PLAIN}\nC: MAIL\nS: 250 ok\nC: RCPT\nS: 250 ok\nS: 354 go on\nWAIT 0.3\nS: 250 taken"
    with Scripted(script, trusted.context) as server:
        session = connect(server.server(Security.TLS), None)
        assert session.mail("desk@example.int", 1, international=False).is_good
        assert session.rcpt("anna@example.int").is_good
        select.select([session._wire._socket], [], [], 10)
        with pytest.raises(LostError, match=r"spoke before it was asked \(354\)"):
            session.data()
    assert server.heard[-1].startswith("RCPT")


def test_a_server_whose_authority_nobody_knows_is_refused_and_told_nothing(known: Authority) -> None:
    with Scripted("TLS", known.context) as server:
        fact = refusal(lambda: connect(server.server(Security.TLS), ANNA))
    assert "its certificate does not prove that it is 127.0.0.1" in fact
    assert "unable to get local issuer certificate" in fact
    assert server.heard == []


def test_a_server_of_another_name_is_refused(trusted: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda address, timeout: opened(("127.0.0.1", address[1]), timeout)
    )
    with Scripted("TLS", trusted.context) as server:
        fact = refusal(lambda: connect(server.server(Security.TLS, host="mail.example.int"), None))
    assert "Hostname mismatch" in fact


def test_the_certificate_is_not_checked_where_the_list_says_so(known: Authority) -> None:
    with Scripted(f"TLS\n{PLAIN}\nC: QUIT\nS: 221 bye", known.context) as server:
        connect(server.server(Security.TLS, verify=False), None).quit()


def test_a_port_that_does_not_speak_tls_is_told_from_one_that_does() -> None:
    with Scripted("S: 220 hello") as server:
        fact = refusal(lambda: connect(server.server(Security.TLS), None))
    assert "TLS cannot be agreed on" in fact


def test_only_a_server_on_this_machine_may_go_unprotected(monkeypatch: pytest.MonkeyPatch) -> None:
    with Scripted("CLOSE") as server:
        monkeypatch.setattr("briefpack.distribute.smtp._is_here", lambda address: address != "127.0.0.1")
        fact = refusal(lambda: connect(server.server(), None))
    assert "is not on this machine" in fact


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.0.2.1", False),
        ("::ffff:192.0.2.1", False),
        ("fe80::1%eth0", False),
    ],
)
def test_addresses_of_this_machine(address: str, here: bool) -> None:
    from briefpack.distribute.smtp import _is_here, _literal

    assert _is_here(address) is here
    assert _literal(address).startswith("[IPv6:" if ":" in address else "[1")
    assert "%" not in _literal(address)


# --------------------------------------------------------------------------- a server that is not there


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Scripted("CLOSE") as server:
        with pytest.raises(UnreachableError, match=f"127.0.0.1:{port}: Connection refused"):
            connect(server.server(port=port), None)
        socket.create_connection(("127.0.0.1", server.port)).close()


@pytest.mark.parametrize(
    ("number", "kind"), [(socket.EAI_NONAME, ServerError), (socket.EAI_AGAIN, UnreachableError)]
)
def test_a_name_that_nobody_has_and_one_that_nobody_can_look_up_now(
    number: int, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise socket.gaierror(number, "what the system says")

    monkeypatch.setattr(socket, "create_connection", fails)
    with Scripted("CLOSE") as server:
        with pytest.raises(kind, match="mail"):
            connect(server.server(host="mail.example.int"), None)
        monkeypatch.undo()
        socket.create_connection(("127.0.0.1", server.port)).close()


@pytest.mark.parametrize(
    ("script", "timeout", "code", "why"),
    [
        ("S: 421 4.3.2 too busy", 60, 421, "4.3.2 too busy"),
        ("S: 220 hello\nC: EHLO\nS: 451 later", 60, 451, "later"),
        ("CLOSE", 60, None, "closed the connection"),
        ("S: 220 hello\nC: EHLO\nCLOSE", 60, None, "closed the connection"),
        ("RAW: 220", 1, None, "no answer within 1 s"),
    ],
)
def test_a_server_that_may_be_there_later(script: str, timeout: int, code: int | None, why: str) -> None:
    with Scripted(script) as server:
        with pytest.raises(UnreachableError) as caught:
            connect(server.server(timeout=timeout), None)
        assert why in str(caught.value)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("S: 554 5.7.1 not from here\x1b[1m", "does not take messages: 554 5.7.1 not from here [1m"),
        ("S: 220 hello\nC: EHLO\nS: 502 what", "does not speak ESMTP"),
    ],
)
def test_a_server_that_will_not_be_there_later_either(script: str, why: str) -> None:
    with Scripted(script) as server:
        assert why in refusal(lambda: connect(server.server(), None))


def test_ports_are_the_usual_ones() -> None:
    assert {each.value: port for each, port in PORTS.items()} == {"starttls": 587, "tls": 465, "none": 25}


# --------------------------------------------------------------------------- logging in


def offering(ways: str) -> str:
    return f"S: 220 hello\nC: EHLO\nS: 250-mail\nS: 250 {ways}\n"


def test_plain_goes_in_one_line_as_utf_8() -> None:
    with Scripted(offering("AUTH CRAM-MD5 LOGIN plain") + "C: AUTH PLAIN\nS: 235 in") as server:
        connect(server.server(), ANNA).close()
    coded = server.heard[-1].split(" ")[2]
    assert base64.b64decode(coded).decode() == "\0anna@example.int\0pässword"


def test_the_old_way_of_offering_a_login_is_understood() -> None:
    with Scripted(offering("AUTH=PLAIN") + "C: AUTH PLAIN\nS: 235 in") as server:
        connect(server.server(), ANNA).close()


def test_cram_md5_does_not_send_the_password() -> None:
    challenge = base64.b64encode(b"<1.2@mail>").decode()
    with Scripted(
        offering("AUTH CRAM-MD5") + f"C: AUTH CRAM-MD5\nS: 334 {challenge}\nC: \nS: 235 in"
    ) as server:
        connect(server.server(), ANNA).close()
    user, proof = base64.b64decode(server.heard[-1]).decode().split(" ")
    assert user == ANNA.user
    assert proof == hmac.new("pässword".encode(), b"<1.2@mail>", "md5").hexdigest()


def test_a_challenge_that_is_none_ends_the_login() -> None:
    with Scripted(offering("AUTH CRAM-MD5") + "C: AUTH CRAM-MD5\nS: 334 §\nC: *\nS: 501 off") as server:
        assert "refused the login (501)" in refusal(lambda: connect(server.server(), ANNA))


def test_a_refused_login_is_tried_once_and_its_words_are_not_repeated() -> None:
    with Scripted(
        offering("AUTH PLAIN LOGIN CRAM-MD5") + "C: AUTH PLAIN\nS: 535 5.7.8 wrong: anna pässword"
    ) as server:
        fact = refusal(lambda: connect(server.server(), ANNA))
    assert fact.endswith("it refused the login (535)")
    assert [each.split(" ")[0] for each in server.heard] == ["EHLO", "AUTH"]


def test_a_login_that_is_not_possible_now_may_be_later() -> None:
    with (
        Scripted(offering("AUTH PLAIN") + "C: AUTH PLAIN\nS: 454 pässword") as server,
        pytest.raises(UnreachableError) as caught,
    ):
        connect(server.server(), ANNA)
    assert caught.value.code == 454
    assert "pässword" not in str(caught.value)


@pytest.mark.parametrize("ways", ["AUTH XOAUTH2 GSSAPI", "SIZE 5"])
def test_a_server_without_a_way_to_log_in_that_is_known(ways: str) -> None:
    with Scripted(offering(ways)) as server:
        fact = refusal(lambda: connect(server.server(), ANNA))
    assert "no way to log in that is known here" in fact
    assert ("XOAUTH2 GSSAPI" in fact) is ("GSSAPI" in ways)


@pytest.mark.parametrize(
    ("login", "why"),
    [
        (Login("anna", "a\0b"), "ends a text"),
        # As the environment has bytes of another encoding.
        (Login("anna", os.fsdecode(b"p\xe4ss")), "not in UTF-8"),
        (Login(os.fsdecode(b"\xe4"), "secret"), "not in UTF-8"),
    ],
)
def test_a_login_that_cannot_be_said_is_not_said_at_all_and_in_no_word(login: Login, why: str) -> None:
    with Scripted(offering("AUTH PLAIN")) as server:
        fact = refusal(lambda: connect(server.server(), login))
    assert why in fact
    assert login.password not in fact
    assert [each[:4] for each in server.heard] == ["EHLO"]


def test_a_login_is_in_no_representation() -> None:
    assert repr(ANNA) == "Login()"


# --------------------------------------------------------------------------- messages


def test_a_message_says_its_size_and_what_it_needs_and_the_next_one_begins_anew() -> None:
    script = """
        S: 220 hello
        C: EHLO
        S: 250-mail
        S: 250-SIZE 100
        S: 250-8BITMIME
        S: 250 SMTPUTF8
        C: MAIL FROM:<desk@example.int> SIZE=7
        S: 250 ok
        C: RCPT TO:<анна@example.int>
        S: 550 no
        C: RSET
        S: 250 ok
        C: MAIL FROM:<desk@example.int> SIZE=7 SMTPUTF8 BODY=8BITMIME
        S: 250 ok
        C: RCPT TO:<anna@example.int>
        S: 251 forwarded
        C: DATA
        S: 354 go on
        BODY
        S: 250 taken
        C: QUIT
        S: 221 bye
    """
    with Scripted(script) as server:
        session = connect(server.server(), None)
        assert (session.limit, session.smtputf8, session.is_used) == (100, True, False)
        assert session.mail("desk@example.int", 7, international=False).is_good
        assert session.rcpt("анна@example.int").code == 550
        assert session.mail("desk@example.int", 7, international=True).is_good
        assert session.rcpt("anna@example.int").is_good
        assert session.data().code == 354
        session.content(b".\r\n..a\r\nb.\r\n")
        assert session.dot().text == "taken"
        session.quit()
    assert server.heard[1] == "MAIL FROM:<desk@example.int> SIZE=7"
    assert server.bodies == [b"..\r\n...a\r\nb.\r\n.\r\n"]


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("SIZE", None),
        ("SIZE 0", None),
        ("SIZE x", None),
        ("SIZE -5", None),
        ("size 9", 9),
        ("SIZE 99999999999999999999", 10**20 - 1),
        (f"SIZE {'9' * 5000}", None),
    ],
)
def test_a_size_that_says_nothing_is_no_limit(said: str, limit: int | None) -> None:
    with Scripted(offering(said)) as server:
        session = connect(server.server(), None)
        assert session.limit == limit
        session.close()


def test_a_server_that_closes_ends_the_session_and_quitting_it_is_silent() -> None:
    with Scripted(PLAIN + "C: MAIL\nS: 421 bye\nCLOSE") as server:
        session = connect(server.server(), None)
        assert session.mail("desk@example.int", 1, international=False).code == 421
        assert session.is_over
        session.quit()
        with pytest.raises(LostError):
            session.data()


def test_a_server_that_will_not_begin_anew_ends_the_session() -> None:
    with Scripted(PLAIN + "C: MAIL\nS: 250 ok\nC: RSET\nS: 500 what") as server:
        session = connect(server.server(), None)
        session.mail("desk@example.int", 1, international=False)
        with pytest.raises(LostError, match="would not begin anew"):
            session.mail("desk@example.int", 1, international=False)
        assert session.is_over


def test_a_server_that_does_not_say_goodbye_is_left_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefpack.distribute.smtp._FAREWELL", 0.2)
    with Scripted(PLAIN + "C: QUIT") as server:
        session = connect(server.server(), None)
        session.quit()
        assert session.is_over
