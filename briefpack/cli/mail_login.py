"""`briefpack mail login`: who logs in at a pack's mail server, asked here and kept in the keyring."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from briefpack.cli.arguments import Allow, OnePack, Quiet
from briefpack.cli.terminal import RUN, printable, say


def login(
    pack: OnePack,
    forget: Annotated[bool, typer.Option("--forget", help="Take it out of the keyring again.")] = False,
    allow: Allow = None,
    quiet: Quiet = False,
) -> None:
    """Keep user and password for the pack's mail server in the keyring. You are asked for both.

    They are in no file of the pack, and on no command line. BRIEFPACK_SMTP_USER and BRIEFPACK_SMTP_PASSWORD in the environment go before them.
    """
    RUN.quiet, RUN.stopped = quiet, "nothing was kept"
    from getpass import getpass

    from briefpack.distribute.credentials import forget as forget_login
    from briefpack.distribute.credentials import keep
    from briefpack.distribute.delivery import Login
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.mail_server import listed_server
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs, usage

    (folder,) = find_packs([pack], Path.cwd())
    order = Order(allow=tuple(each.absolute() for each in allow or ()))
    server = listed_server(folder, order, os.environ)
    if forget:
        gone = forget_login(server)
        _say(
            f"the keyring {'has' if gone else 'had'} no login for {server.host}{' any more' if gone else ''}"
        )
        return
    if not sys.stdin.isatty():
        raise BriefpackError(
            [
                usage(
                    "there is nobody to ask for user and password",
                    "set BRIEFPACK_SMTP_USER and BRIEFPACK_SMTP_PASSWORD instead",
                )
            ]
        )
    sys.stdout.write(f"user at {printable(server.host)}: ")
    sys.stdout.flush()
    user = sys.stdin.readline().strip()
    password = getpass(f"password of {printable(user)}: ") if user else ""
    if not password:
        raise BriefpackError([usage("no user or no password was given; nothing was kept")])
    keep(server, Login(user, password))
    _say(f"kept for {user} at {server.host}")


def _say(text: str) -> None:
    if not RUN.quiet:
        say(printable(text))
