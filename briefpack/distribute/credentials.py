"""The list's mail server and what the environment says of it → where it is, and who logs in there; never from a file of a pack or from the command line.

The one room of keyring, which need not be installed: without it, the environment is asked alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Final

from briefpack.distribute.delivery import Login
from briefpack.distribution import DEFAULT_RATE, DEFAULT_TIMEOUT, Security, Server
from briefpack.errors import BriefpackError, ExitCode, Where, failure

HOST: Final = "BRIEFPACK_SMTP_HOST"
PORT: Final = "BRIEFPACK_SMTP_PORT"
SECURITY: Final = "BRIEFPACK_SMTP_SECURITY"
USER: Final = "BRIEFPACK_SMTP_USER"
PASSWORD: Final = "BRIEFPACK_SMTP_PASSWORD"  # noqa: S105  the name of a variable
SERVICE: Final = "briefpack"
"""Under which the keyring keeps, by the server's name, who logs in there, and by "user@server" the password."""
INSTALL: Final = "pip install 'briefpack[keyring]'"


def server_of(listed: Server | None, environ: Mapping[str, str], where: Where) -> Server:
    """The server that messages are handed to. where: of the list.

    A host of the environment is another server: of what the list says then only pace and patience hold. Raises BriefpackError where no server is named, or
    a variable is wrong (USAGE).
    """
    host, port, security = (environ.get(name, "").strip() for name in (HOST, PORT, SECURITY))
    if not host and listed is None:
        raise failure(
            "the list names no mail server",
            code=ExitCode.SOURCE,
            where=where,
            hint=f"add `server: {{host: …}}`, or set {HOST}",
        )
    if host or listed is None:
        if not all(each.isalnum() or each in ".-_:" for each in host):
            # It is not said what it is: somebody may have put a whole login into it.
            raise failure(
                f"{HOST} is no name of a server",
                code=ExitCode.USAGE,
                hint="set it to a name such as smtp.example.int, without port and login",
            )
        listed = Server(
            host,
            None,
            Security.STARTTLS,
            verify=True,
            rate=DEFAULT_RATE if listed is None else listed.rate,
            timeout=DEFAULT_TIMEOUT if listed is None else listed.timeout,
            where=where,
        )
    if port:
        if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65_536):
            raise _wrong(PORT, port, "a number from 1 to 65535")
        listed = replace(listed, port=int(port))
    if security:
        by_name = {each.value: each for each in Security}
        if security not in by_name:
            raise _wrong(SECURITY, security, ", ".join(by_name))
        listed = replace(listed, security=by_name[security])
    if listed.security is Security.NONE and not listed.is_local:
        raise failure(
            f"packs would go to {listed.host} for everybody on the way to read",
            code=ExitCode.USAGE,
            hint=f"set {SECURITY} to starttls or tls; none is for a server on the same machine",
        )
    return listed


def login_of(server: Server, environ: Mapping[str, str]) -> Login | None:
    """Who logs in: the environment's user, else the keyring's; None where neither names one, for servers that let their own people in without.

    Raises BriefpackError where there is a user without a password, or the reverse (USAGE), or where the keyring fails (MAIL).
    """
    user, password = environ.get(USER, ""), environ.get(PASSWORD, "")
    if password and not user:
        raise failure(
            f"{PASSWORD} is set, and {USER} is not", code=ExitCode.USAGE, hint=f"set {USER} as well"
        )
    if not user:
        user = _kept(server.host)
    if not user:
        return None
    if not password:
        password = _kept(f"{user}@{server.host}")
    if not password:
        raise failure(
            f"there is no password for {user} at {server.host}",
            code=ExitCode.USAGE,
            hint=f"set {PASSWORD}, or keep it in the keyring with: briefpack mail login PACK",
        )
    return Login(user, password)


def keep(server: Server, login: Login) -> None:
    """Put a login into the keyring. Raises BriefpackError: USAGE where keyring is not installed, MAIL where it keeps nothing."""
    keyring = _keyring()
    if keyring is None:
        raise _not_installed()
    try:
        # The name last: it is what the password is looked up by.
        keyring.set_password(SERVICE, f"{login.user}@{server.host}", login.password)
        keyring.set_password(SERVICE, server.host, login.user)
    except keyring.errors.KeyringError as error:
        raise _broken(error) from None


def forget(server: Server) -> bool:
    """Take the login for a server out of the keyring; False where there was none. Raises BriefpackError as keep does."""
    keyring = _keyring()
    if keyring is None:
        raise _not_installed()
    user = _kept(server.host)
    if not user:
        return False
    try:
        keyring.delete_password(SERVICE, server.host)
        if _kept(f"{user}@{server.host}"):
            keyring.delete_password(SERVICE, f"{user}@{server.host}")
    except keyring.errors.KeyringError as error:
        raise _broken(error) from None
    return True


def _kept(name: str) -> str:
    """What the keyring has under a name; "" for nothing, or where there is no keyring."""
    keyring = _keyring()
    if keyring is None:
        return ""
    try:
        return keyring.get_password(SERVICE, name) or ""
    except keyring.errors.NoKeyringError:
        return ""
    except keyring.errors.KeyringError as error:
        raise _broken(error) from None


def _keyring() -> ModuleType | None:
    try:
        import keyring  # noqa: PLC0415  it need not be there
        import keyring.errors  # noqa: PLC0415
    except ImportError:
        return None
    return keyring


def _wrong(name: str, value: str, asked: str) -> BriefpackError:
    return failure(f"{name} is {value!r}", code=ExitCode.USAGE, hint=f"what is asked for: {asked}")


def _not_installed() -> BriefpackError:
    return failure(
        "there is no keyring to keep a login in",
        code=ExitCode.USAGE,
        hint=f"{INSTALL}, or set {USER} and {PASSWORD}",
    )


def _broken(error: Exception) -> BriefpackError:
    """Its kind and not its words: those of some keyrings say what they were given."""
    return failure(
        f"the keyring fails ({type(error).__name__})",
        code=ExitCode.MAIL,
        hint=f"unlock it, or set {USER} and {PASSWORD}",
    )
