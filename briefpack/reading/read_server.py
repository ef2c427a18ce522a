"""What a list says of the mail server that takes its messages → Server, with a place."""

from __future__ import annotations

from briefpack.distribution import DEFAULT_RATE, DEFAULT_TIMEOUT, Security, Server
from briefpack.reading.checks import Report
from briefpack.reading.node import Node


def read_server(tree: Node, report: Report) -> Server | None:
    """As the list names it; what is wrong with its shape has been reported. One that would be spoken to in the clear over a wire is reported."""
    node = tree.group("server")
    host = None if node is None else node.scalar("host")
    if node is None or host is None:
        return None
    numbers = {
        key: int(written.text)
        for key in ("port", "rate", "timeout")
        if (written := node.scalar(key)) is not None and written.text.isdecimal()
    }
    security, verify = node.scalar("security"), node.scalar("verify")
    by_name = {each.value: each for each in Security}
    server = Server(
        host=host.text.strip(),
        port=numbers.get("port"),
        security=Security.STARTTLS if security is None else by_name.get(security.text, Security.STARTTLS),
        verify=verify is None or verify.text != "false",
        rate=numbers.get("rate", DEFAULT_RATE),
        timeout=numbers.get("timeout", DEFAULT_TIMEOUT),
        where=node.where,
    )
    if server.security is Security.NONE and not server.is_local:
        report.error(
            node.where if security is None else security.where,
            f"packs would go to {server.host} for everybody on the way to read",
            "write `security: starttls` or `security: tls`; `none` is for a server on the same machine",
        )
    return server
