"""A mail server on loopback that does to its clients what servers do: puts them off, refuses, hangs up at every step, answers late, torn or not at all. It writes down
what it has taken, on the disk, before it says so: `python -m tests.distribute.mail_server LOG --seed 1 --faults 0.2` prints its port.

What it does with a reader can be told by his address: `full-…` has no room, `none-…` does not exist, `grey-…` is put off the first time; all others are left to chance.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
from pathlib import Path

MOST_READERS = 5
"""Of one transaction: others are put off with 452, as servers may."""


class HungUpError(Exception):
    """The connection ends here."""


class MailServer:
    """log: a line of JSON for each message that was taken: its readers and its Message-ID."""

    def __init__(self, log: Path, seed: int, faults: float) -> None:
        """faults: how likely something goes wrong at a step, 0 to 1."""
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.random = random.Random(seed)
        self.faults = faults
        self.seen: set[str] = set()

    def take(self, readers: list[str], content: bytes) -> None:
        head = content.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
        (named,) = [line for line in head.split("\r\n") if line.lower().startswith("message-id:")]
        line = json.dumps({"to": readers, "id": named.partition("<")[2].partition(">")[0]})
        os.write(self.log, line.encode() + b"\n")
        os.fsync(self.log)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await Conversation(self, reader, writer).run()
        except (HungUpError, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort() if self.random.random() < 0.5 else writer.close()


class Conversation:
    def __init__(
        self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.readers: list[str] = []

    def likely(self, share: float = 1.0) -> bool:
        return self.server.random.random() < self.server.faults * share

    async def say(self, reply: str) -> None:
        self.writer.write(reply.encode() + b"\r\n")
        await self.writer.drain()

    async def run(self) -> None:
        if self.likely(0.3):
            raise HungUpError
        if self.likely(0.3):
            await self.say("421 4.3.2 too busy")
            raise HungUpError
        await self.say("220 mail.example.int ESMTP")
        while line := (await self.reader.readline()).decode().rstrip("\r\n"):
            verb = line.split(" ")[0].upper()
            if self.likely(0.2):
                raise HungUpError
            if self.likely(0.05):
                await self.say("421 4.4.2 shutting down")
                raise HungUpError
            if self.likely(0.05):
                await asyncio.sleep(self.server.random.random() * 0.05)
            match verb:
                case "EHLO":
                    await self.say("250-mail.example.int\r\n250-SIZE 1000000\r\n250-SMTPUTF8\r\n250 8BITMIME")
                case "RSET":
                    self.readers = []
                    await self.say("250 2.0.0 ok")
                case "MAIL":
                    self.readers = []
                    await self.say("451 4.3.0 later" if self.likely(0.2) else "250 2.1.0 ok")
                case "RCPT":
                    await self.rcpt(line.partition("<")[2].rstrip(">"))
                case "DATA":
                    await self.data()
                case "QUIT":
                    await self.say("221 2.0.0 bye")
                    raise HungUpError
                case _:
                    await self.say("500 5.5.1 what?")

    async def rcpt(self, address: str) -> None:
        if len(self.readers) >= MOST_READERS:
            await self.say("452 4.5.3 too many recipients")
        elif address.startswith("full-"):
            await self.say("452 4.2.2 mailbox full")
        elif address.startswith("none-"):
            await self.say("550 5.1.1 no such user")
        elif address.startswith("grey-") and address not in self.server.seen:
            self.server.seen.add(address)
            await self.say("450 4.7.1 greylisted")
        elif self.likely(0.2):
            await self.say(self.server.random.choice(["450 4.2.1 busy", "451 4.3.0 later"]))
        else:
            self.readers.append(address)
            await self.say("250 2.1.5 ok")

    async def data(self) -> None:
        if not self.readers:
            await self.say("554 5.5.1 no valid recipients")
            return
        if self.likely(0.2):
            await self.say(self.server.random.choice(["451 4.3.0 later", "421 4.3.2 shutting down"]))
            return
        await self.say("354 go on")
        if self.likely(0.3):
            await self.reader.read(self.server.random.randrange(1, 2000))
            raise HungUpError
        content = (await self.reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        await self.end(content)

    async def end(self, content: bytes) -> None:
        """What is taken is on the disk before anything is said."""
        if self.likely(0.2):
            # The same for the client as a reply that is lost; nothing was taken.
            raise HungUpError
        if self.likely(0.2):
            await self.say(
                self.server.random.choice(["451 4.3.0 later", "452 4.3.1 no room", "421 4.3.2 closing"])
            )
            return
        if self.likely(0.05):
            await self.say("554 5.6.0 not this one")
            return
        self.server.take(self.readers, content)
        if self.likely(0.3):
            raise HungUpError
        if self.likely(0.1):
            self.writer.write(self.server.random.choice([b"2", b"250", b"250 2.0.0 taken", b"250-taken\r\n"]))
            await self.writer.drain()
            raise HungUpError
        if self.likely(0.03):
            await self.say("good, taken")
            return
        if self.likely(0.01):
            await asyncio.sleep(30)
        if self.likely():
            # Taken, and nobody knows it yet.
            await asyncio.sleep(self.server.random.random() * 0.03)
        await self.say("250 2.0.0 taken")
        self.readers = []


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=float, default=0.0)
    asked = parser.parse_args()
    server = MailServer(asked.log, asked.seed, asked.faults)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=1 << 20)
    print(listening.sockets[0].getsockname()[1], flush=True)
    async with listening:
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
