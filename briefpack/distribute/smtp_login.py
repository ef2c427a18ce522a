"""User and password → a login at a mail server (RFC 4954), by one of the ways that it offers, and once: a server that counts failures must not count three for one."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Collection

from briefpack.distribute.delivery import Login
from briefpack.distribute.smtp_wire import Reply, Wire

_GO_ON = 334


def log_in(wire: Wire, ways: Collection[str], login: Login) -> Reply | None:
    """The server's last reply; None where it offers no way that is known here. wire: protected, or within this machine. ways: in capitals.

    The replies may repeat what the server was sent, and are not to be shown. Texts go as UTF-8 (RFC 4616). Raises LostError.
    """
    if "PLAIN" in ways:
        return wire.command("AUTH PLAIN " + _coded(f"\0{login.user}\0{login.password}"))
    if "LOGIN" in ways:
        return _in_turn(wire, "AUTH LOGIN", login.user, login.password)
    if "CRAM-MD5" in ways:
        return _by_challenge(wire, login)
    return None


def _in_turn(wire: Wire, begin: str, *texts: str) -> Reply:
    reply = wire.command(begin)
    for text in texts:
        if reply.code != _GO_ON:
            break
        reply = wire.command(_coded(text))
    return reply


def _by_challenge(wire: Wire, login: Login) -> Reply:
    """RFC 2195: the password itself is not sent."""
    reply = wire.command("AUTH CRAM-MD5")
    if reply.code != _GO_ON:
        return reply
    try:
        challenge = base64.b64decode(b"".join(reply.lines), validate=True)
    except binascii.Error:
        # RFC 4954, 4: a line with an asterisk alone calls the login off.
        return wire.command("*")
    proof = hmac.new(login.password.encode(), challenge, "md5").hexdigest()
    return wire.command(_coded(f"{login.user} {proof}"))


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
