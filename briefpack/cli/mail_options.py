"""Options that the commands of `briefpack mail` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Audiences: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "-a",
        "--audience",
        metavar="AUDIENCE",
        help="Only to this audience. May be given several times.",
        show_default=False,
    ),
]
WhereBuilt: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        help="Where the pack was built to, if not the project's build/.",
        show_default=False,
    ),
]
Really: TypeAlias = Annotated[
    bool, typer.Option("--really", help="Send. Without it, you are told what would be sent.")
]
Confirm: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--confirm",
        metavar="N",
        min=1,
        help="How many messages you mean to send, for scripts: instead of being asked.",
        show_default=False,
    ),
]
Trust: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--trust-ledger",
        help="The ledger is gone, another one or an older copy: send to whoever it does not know to have it, as though nobody else had.",
    ),
]
Drafts: TypeAlias = Annotated[
    bool,
    typer.Option("--draft", help="Send packs that were built with --draft. Nobody audited them."),
]
Connect: TypeAlias = Annotated[
    bool,
    typer.Option("--connect", help="Try the server: connect, encrypt and log in, and send nothing."),
]
