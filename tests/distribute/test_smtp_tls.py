"""A server that does not prove who it is is told of with what is to be done about it."""

from __future__ import annotations

import ssl
import warnings
from pathlib import Path

import pytest

from briefpack.distribute.smtp import ServerError, connect
from briefpack.distribute.smtp_tls import context_of
from briefpack.distribution import Security
from tests.distribute.scripted import Authority, Scripted, authority


def refusal(known: Authority, *, verify: bool = True) -> tuple[str, str]:
    """Fact and remedy, of a server that would take a login."""
    with Scripted("TLS", known.context) as server:
        with pytest.raises(ServerError) as caught:
            connect(server.server(Security.TLS, host="localhost", verify=verify), None)
        assert server.heard == []
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.hint is not None
    return diagnostic.message, diagnostic.hint


@pytest.mark.parametrize(
    ("days", "name", "fact", "remedy"),
    [
        (-3, "localhost", "certificate has expired", "have the certificate renewed"),
        (3, "localhost", "certificate is not yet valid", "the clock of this machine"),
        (0, "mail.example.int", "Hostname mismatch", "write `host` as the server is called"),
    ],
)
def test_each_fault_of_a_certificate_has_its_own_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, days: int, name: str, fact: str, remedy: str
) -> None:
    known = authority(tmp_path, days, name)
    monkeypatch.setenv("SSL_CERT_FILE", str(known.file))
    found = refusal(known)
    assert fact in found[0]
    assert remedy in found[1]
    assert "SSL_CERT_FILE" not in found[1]


def test_an_authority_that_nobody_knows_can_be_made_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = authority(tmp_path)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert "told by the environment variable SSL_CERT_FILE" in refusal(known)[1]
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    assert refusal(known)[1] == f"SSL_CERT_FILE names a file that is not there: {tmp_path / 'gone.pem'}"


@pytest.mark.parametrize("verify", [True, False])
def test_tls_of_former_times_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, verify: bool
) -> None:
    """Also where this machine would allow it."""
    assert context_of(verify=verify).minimum_version is ssl.TLSVersion.TLSv1_2
    known = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(known.file))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        known.context.minimum_version = ssl.TLSVersion.TLSv1
        known.context.maximum_version = ssl.TLSVersion.TLSv1_1
    known.context.set_ciphers("ALL:@SECLEVEL=0")
    fact, remedy = refusal(known, verify=verify)
    assert "it speaks no TLS of today" in fact
    assert "TLS 1.2" in remedy
