"""Where the server is and who logs in: list, environment, keyring, and what is wrong with each; a password is never told."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace

import pytest

from briefpack.distribute import credentials
from briefpack.distribute.credentials import (
    HOST,
    PASSWORD,
    PORT,
    SECURITY,
    USER,
    forget,
    keep,
    login_of,
    server_of,
)
from briefpack.distribute.delivery import Login
from briefpack.distribution import Security, Server
from briefpack.errors import BriefpackError, ExitCode
from tests.distribute.made import HERE
from tests.distribute.rings import Ring, ring

__all__ = ["ring"]

keyring = importlib.import_module("keyring")
LISTED = Server("smtp.example.int", None, Security.TLS, verify=False, rate=7, timeout=9, where=HERE)
SECRET = "pass word ü"  # noqa: S105  of nobody


def refused(error: pytest.ExceptionInfo[BriefpackError]) -> str:
    (found,) = error.value.diagnostics
    assert found.hint
    return found.message


# --------------------------------------------------------------------------- the server


def test_the_list_names_the_server_and_the_environment_may_name_another() -> None:
    assert server_of(LISTED, {}, HERE) == LISTED
    other = server_of(LISTED, {HOST: "relay.example.int"}, HERE)
    # Another server: neither its port nor that its certificate is not checked is the list's to say.
    assert other == Server(
        "relay.example.int", None, Security.STARTTLS, verify=True, rate=7, timeout=9, where=HERE
    )
    assert server_of(None, {HOST: "relay.example.int", PORT: "2525", SECURITY: "tls"}, HERE) == Server(
        "relay.example.int", 2525, Security.TLS, verify=True, rate=60, timeout=60, where=HERE
    )
    assert server_of(LISTED, {PORT: "2525"}, HERE) == replace(LISTED, port=2525)


def test_no_server_at_all_is_told_of_at_the_list() -> None:
    with pytest.raises(BriefpackError) as error:
        server_of(None, {}, HERE)
    assert refused(error) == "the list names no mail server"
    assert error.value.diagnostics[0].where == HERE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (PORT, "0"),
        (PORT, "65536"),
        (PORT, "smtp"),
        (PORT, "٢٥"),
        (SECURITY, "ssl"),
        (HOST, "smtp.example.int\r\nQUIT"),
        (HOST, "smtp://example.int"),
        (HOST, "user:pass@example.int"),
        (SECURITY, "none"),
    ],
)
def test_a_wrong_variable_is_refused(name: str, value: str) -> None:
    with pytest.raises(BriefpackError) as error:
        server_of(LISTED, {name: value}, HERE)
    assert "pass@" not in refused(error)
    assert error.value.exit_code is ExitCode.USAGE


# --------------------------------------------------------------------------- the login


def test_the_environment_names_user_and_password(ring: Ring) -> None:
    ring.broken = True
    assert login_of(LISTED, {USER: "desk", PASSWORD: SECRET}) == Login("desk", SECRET)


def test_a_login_is_kept_and_forgotten(ring: Ring) -> None:
    assert login_of(LISTED, {}) is None
    assert forget(LISTED) is False
    keep(LISTED, Login("desk", SECRET))
    assert login_of(LISTED, {}) == Login("desk", SECRET)
    assert login_of(LISTED, {USER: "desk"}) == Login("desk", SECRET)
    assert login_of(LISTED, {PASSWORD: "other", USER: "desk"}) == Login("desk", "other")
    assert login_of(replace(LISTED, host="relay.example.int"), {}) is None
    assert set(ring.kept) == {("briefpack", "smtp.example.int"), ("briefpack", "desk@smtp.example.int")}
    assert forget(LISTED) is True
    assert ring.kept == {}


def test_half_a_login_is_refused(ring: Ring) -> None:
    with pytest.raises(BriefpackError) as error:
        login_of(LISTED, {PASSWORD: SECRET})
    assert SECRET not in refused(error)
    with pytest.raises(BriefpackError) as error:
        login_of(LISTED, {USER: "desk"})
    assert refused(error) == "there is no password for desk at smtp.example.int"


def test_a_keyring_that_fails_says_so_and_nothing_of_what_it_was_given(ring: Ring) -> None:
    ring.broken = True
    with pytest.raises(BriefpackError) as error:
        login_of(LISTED, {})
    assert refused(error) == "the keyring fails (KeyringLocked)"
    with pytest.raises(BriefpackError) as error:
        keep(LISTED, Login("desk", SECRET))
    assert SECRET not in refused(error)
    assert error.value.__cause__ is None
    assert error.value.__suppress_context__
    assert error.value.exit_code is ExitCode.MAIL


def test_without_a_keyring_the_environment_is_asked_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert login_of(LISTED, {}) is None
    with pytest.raises(BriefpackError) as error:
        keep(LISTED, Login("desk", SECRET))
    assert refused(error) == "there is no keyring to keep a login in"
    with pytest.raises(BriefpackError):
        forget(LISTED)


def test_a_machine_whose_keyring_keeps_nothing_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    fail = importlib.import_module("keyring.backends.fail")
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    try:
        assert login_of(LISTED, {}) is None
    finally:
        keyring.set_keyring(before)


def test_a_login_shows_nothing_of_itself() -> None:
    login = Login("desk", SECRET)
    assert SECRET not in repr(login)
    assert SECRET not in f"{login} {login!r}"
    assert credentials.SERVICE == "briefpack"
