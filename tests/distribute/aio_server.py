"""A mail server that others wrote (aiosmtpd), with STARTTLS and a login, in a process of its own: `python -m tests.distribute.aio_server FOLDER CHAIN` prints its port and puts what it
takes into the folder: 1.eml with 1.json, its envelope, and so on."""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from itertools import count
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "anna@example.int", "pässword"
LIMIT = 20_000


class Box:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        number = next(self.numbers)
        (self.folder / f"{number}.eml").write_bytes(envelope.original_content)
        told = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "options": envelope.mail_options,
            "tls": session.ssl is not None,
            "hello": session.host_name,
        }
        (self.folder / f"{number}.json").write_text(json.dumps(told), encoding="utf-8")
        return "250 2.0.0 taken"


def known(_server: Any, _session: Any, _envelope: Any, _way: str, told: Any) -> AuthResult:
    right = (told.login, told.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


async def main(folder: Path, chain: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    box = Box(folder)

    def server() -> SMTP:
        return SMTP(
            box,
            hostname="mail.example.int",
            data_size_limit=LIMIT,
            enable_SMTPUTF8=True,
            tls_context=context,
            require_starttls=True,
            authenticator=known,
            auth_required=True,
        )

    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
