"""How a mail server has to prove who it is under TLS, and what is to be done where it does not: each fault with its own remedy."""

from __future__ import annotations

import os
import ssl
from pathlib import Path

from briefpack.distribute.smtp_wire import cleaned

AUTHORITIES = "SSL_CERT_FILE"
"""The variable that names the file of other authorities than the system's."""
_OUT_OF_TIME = frozenset({9, 10})
_OTHER_NAME = frozenset({62, 63, 64})
_UNKNOWN = frozenset({2, 18, 19, 20, 21})
"""Of a certificate that is not valid yet or no more, of one for other names, and of one for which nobody vouches whom this machine knows: numbers of OpenSSL (X509_verify_cert_error_string)."""
_TOO_OLD = ("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "VERSION_TOO_LOW")


def context_of(*, verify: bool) -> ssl.SSLContext:
    """TLS 1.2 or later (RFC 8997), whatever the system would allow. verify: whether the certificate has to be one of the server's name, by an authority that this machine knows."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def fault_of(error: ssl.SSLError, host: str) -> tuple[str, str]:
    """What is wrong, and what is to be done about it. error: of a handshake with host."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = cleaned(error.verify_message)
        return f"its certificate does not prove that it is {cleaned(host)}: {why}", _remedy(error.verify_code)
    reason = cleaned(error.reason or str(error))
    if any(each in reason for each in _TOO_OLD):
        return (
            f"it speaks no TLS of today ({reason})",
            "have it brought up to date: TLS 1.2 is asked for, or later",
        )
    return (
        f"TLS cannot be agreed on: {reason}",
        "see that `security` and `port` belong together: 587 for starttls, 465 for tls",
    )


def _remedy(code: int) -> str:
    if code in _OUT_OF_TIME:
        return "see that the clock of this machine is right; then have the certificate renewed"
    if code in _OTHER_NAME:
        return "write `host` as the server is called in its certificate; where it is written so, somebody may be in the line"
    given = os.environ.get(AUTHORITIES, "")
    if given and not Path(given).is_file():
        return f"{AUTHORITIES} names a file that is not there: {cleaned(given)}"
    if code in _UNKNOWN:
        return f"an authority of your house is told by the environment variable {AUTHORITIES}; where it has none, somebody may be in the line"
    return f"see that `host` is the name in its certificate; an authority of your house is told by the environment variable {AUTHORITIES}"
