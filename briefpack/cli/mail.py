"""`briefpack mail`: finished packs → messages to their readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Allow, Json, OnePack, Quiet, Strict
from briefpack.cli.mail_login import login
from briefpack.cli.mail_send import resend, retry, send
from briefpack.cli.mail_status import status
from briefpack.cli.terminal import RUN, counted, near, printable, say, size_in_words, table

if TYPE_CHECKING:
    from briefpack.pipeline.dispatch import Drafted

mail = typer.Typer(
    name="mail",
    help="Send finished packs to their readers. Drafts come first.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@mail.callback()
def _common(context: typer.Context) -> None:
    RUN.command = f"mail {context.invoked_subcommand or ''}".strip()


@mail.command()
def draft(
    pack: OnePack,
    audience: Annotated[
        list[str] | None,
        typer.Option(
            "-a",
            "--audience",
            metavar="AUDIENCE",
            help="Only for this audience. May be given several times.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Where the pack was built to, if not the project's build/.",
            show_default=False,
        ),
    ] = None,
    drafts: Annotated[
        bool,
        typer.Option(
            "--draft",
            help="Let packs through that were built with --draft. Nobody audited them; the subjects say DRAFT.",
        ),
    ] = False,
    allow: Allow = None,
    strict: Strict = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the messages as drafts, and a sheet that shows who gets what.

    Nothing is sent. The drafts are in build/PACK/outbox/; a mail program opens them. The packs must have been built from the sources as they are now.
    """
    RUN.json, RUN.quiet = json, quiet
    from briefpack.cli.progress import Bar
    from briefpack.pipeline.dispatch import draft as draft_pack
    from briefpack.pipeline.prepare import Order
    from briefpack.pipeline.project import find_packs

    order = Order(
        audiences=tuple(audience or ()),
        output=output.absolute() if output else None,
        allow=tuple(folder.absolute() for folder in allow or ()),
        strict=strict,
        draft=drafts,
    )
    (folder,) = find_packs([pack], Path.cwd())
    with Bar(folder.name, hidden=quiet or json) as bar:
        drafted = draft_pack(folder, order, bar.update)
    RUN.diagnostics += drafted.findings
    if json:
        RUN.content |= _as_json(drafted)
    elif not quiet:
        _tell(drafted)


for command in (send, status, retry, resend, login):
    mail.command()(command)


def _tell(drafted: Drafted) -> None:
    rows = [
        (
            each.name,
            each.message.letter.parcel.audience.name,
            each.message.letter.language,
            str(len(each.message.letter.readers)),
            ", ".join(
                f"{file.name} ({counted(file.pages, 'page')})" if file.pages else file.name
                for file in each.message.letter.attachments
            ),
            size_in_words(each.sent) + (" !" if each.is_large else ""),
            each.message.letter.parcel.marking or "-",
        )
        for each in drafted.posted
    ]
    heads = ("draft", "audience", "language", "readers", "attachments", "as sent", "marking")
    say(table(heads, rows, frozenset({"readers", "as sent"})))
    if drafted.nobody:
        say(printable(f"nobody gets the pack of: {', '.join(drafted.nobody)}"))
    say(f"look at them before you send them: {near(drafted.folder / 'outbox.html')}")


def _as_json(drafted: Drafted) -> dict[str, object]:
    return {
        "pack": drafted.pack,
        "outbox": near(drafted.folder),
        "messages": [
            {
                "name": each.name,
                "path": near(drafted.folder / f"{each.name}.eml"),
                "id": each.message.id,
                "audience": each.message.letter.parcel.audience.name,
                "language": each.message.letter.language,
                "subject": each.message.subject,
                "marking": each.message.letter.parcel.marking,
                "readers": [
                    {
                        "name": reader.mailbox.name,
                        "address": str(reader.mailbox.address),
                        "line": reader.line.value,
                        "copy": reader.copy,
                    }
                    for reader in each.message.letter.readers
                ],
                "attachments": [
                    {"name": file.name, "pages": file.pages, "size": file.size, "sha256": file.sha256}
                    for file in each.message.letter.attachments
                ],
                "size": each.sent,
                "too_large": each.is_large,
            }
            for each in drafted.posted
        ],
        "nobody": list(drafted.nobody),
    }
