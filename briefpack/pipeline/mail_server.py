"""The mail server of a pack by itself, with nothing to send: where it is named, and whether it lets one in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefpack.distribute.credentials import login_of, server_of
from briefpack.distribute.smtp import UnreachableError, connect
from briefpack.distribution import Server
from briefpack.errors import ExitCode, Findings, failure
from briefpack.pipeline.gate import distribution_of
from briefpack.pipeline.prepare import Order, read
from briefpack.pipeline.progress import no_progress


def listed_server(folder: Path, order: Order, environ: Mapping[str, str]) -> Server:
    """The server of a pack, wherever it is named. Raises BriefpackError where the pack cannot be read, or names none."""
    findings = Findings()
    distribution = distribution_of(read(folder, order, findings, no_progress))
    findings.raise_if_errors()
    return server_of(distribution.server, environ, distribution.where)


@dataclass(frozen=True, slots=True)
class Tried:
    """user: who was let in, "" where nobody logs in. offers_login: whether the server would let somebody in."""

    user: str
    offers_login: bool


def try_server(server: Server, environ: Mapping[str, str]) -> Tried:
    """Connect, encrypt and log in, and no more. Raises BriefpackError with what keeps it from working."""
    login = login_of(server, environ)
    try:
        session = connect(server, login)
    except UnreachableError as error:
        raise failure(
            f"the mail server cannot be reached: {error}",
            code=ExitCode.MAIL,
            where=server.where,
            hint="see that it is the right one and that this machine may speak to it, or try later",
        ) from error
    session.quit()
    return Tried("" if login is None else login.user, session.offers_login)
