"""`briefpack mail`: finished packs → messages to their readers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Allow, Json, OnePack, Quiet, Strict
from briefpack.cli.mail_login import login
from briefpack.cli.mail_options import Audiences, WhereBuilt
from briefpack.cli.mail_send import resend, retry, send
from briefpack.cli.mail_settle import settle
from briefpack.cli.mail_status import status
from briefpack.cli.terminal import RUN, counted, near, printable, say, size_in_words, table

if TYPE_CHECKING:
    from briefpack.distribute.parcel import Attachment
    from briefpack.distribute.posted import Posted
    from briefpack.distribute.series import Series
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
    audience: Audiences = None,
    output: WhereBuilt = None,
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
    """Write the messages as drafts, and a sheet of who gets what.

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


for command in (send, status, settle, retry, resend, login):
    mail.command()(command)


def _tell(drafted: Drafted) -> None:
    """A row for the messages that differ in their readers only; what was done so that they fit stands with their size."""
    from briefpack.distribute.credentials import HOST
    from briefpack.distribute.series import series_of

    all_series = series_of(drafted.posted)
    rows = [
        (
            each.name,
            each.letter.parcel.audience.name,
            each.letter.language,
            str(each.readers),
            ", ".join(_attachment(file) for file in each.letter.attachments),
            _sent(each) + (" !" if each.is_large else ""),
            each.letter.parcel.marking or "-",
        )
        for each in all_series
    ]
    heads = ("draft", "audience", "language", "readers", "attachments", "as sent", "marking")
    say(table(heads, rows, frozenset({"readers", "as sent"})))
    for line in dict.fromkeys(_fitted(each) for each in all_series):
        if line:
            say(printable(line))
    if drafted.nobody:
        say(printable(f"nobody gets the pack of: {', '.join(drafted.nobody)}"))
    if drafted.copies:
        say(f"copies: {counted(drafted.copies, 'file')} in the register {near(drafted.register)}")
    if drafted.letters:
        say(
            f"passwords: {counted(len(drafted.letters), 'letter')} to print, not to send: {near(drafted.letters[0].parent)}"
        )
    say(f"look at them before you send them: {near(drafted.folder / 'outbox.html')}")
    # Who sends from a mail program needs no server, and is not led to a command that asks for one.
    if drafted.names_server or os.environ.get(HOST, "").strip():
        say(printable(f"what would be sent, to whom: briefpack mail send {drafted.pack}"))
    else:
        say(
            "send them from your mail program; or name a mail server in the list, and let briefpack send them"
        )


def _fitted(series: Series) -> str:
    """What was done so that a message fits, the same for its parts and for all languages; "" for nothing."""
    from briefpack.distribute.posted import step_in_words

    letter = series.letter
    done = [step_in_words(step, letter.parcel.style) for step in letter.steps if step.after < step.before]
    return f"made to fit for {letter.parcel.audience.name}: {'; '.join(done)}" if done else ""


def _attachment(file: Attachment) -> str:
    told = [counted(file.pages, "page")] if file.pages else []
    told += ["locked"] if file.locked else []
    return f"{file.name} ({', '.join(told)})" if told else file.name


def _sent(series: Series) -> str:
    """Of the largest of them."""
    return size_in_words(max(each.sent for each in series.messages))


def _as_json(drafted: Drafted) -> dict[str, object]:
    return {
        "pack": drafted.pack,
        "outbox": near(drafted.folder),
        "messages": [_message(drafted, each) for each in drafted.posted],
        "nobody": list(drafted.nobody),
        "letters": [near(each) for each in drafted.letters],
    }


def _message(drafted: Drafted, each: Posted) -> dict[str, object]:
    letter = each.message.letter
    return {
        "name": each.name,
        "path": near(drafted.folder / f"{each.name}.eml"),
        "id": each.message.id,
        "audience": letter.parcel.audience.name,
        "language": letter.language,
        "subject": each.message.subject,
        "marking": letter.parcel.marking,
        "part": None if letter.part is None else letter.part.number,
        "parts": None if letter.part is None else letter.part.of,
        "readers": [
            {
                "name": reader.mailbox.name,
                "address": str(reader.mailbox.address),
                "line": reader.line.value,
                "copy": reader.copy,
            }
            for reader in letter.readers
        ],
        "attachments": [
            {
                "name": file.name,
                "pages": file.pages,
                "size": file.size,
                "sha256": file.sha256,
                "trace": file.trace,
                "locked": file.locked,
            }
            for file in letter.attachments
        ],
        "size": each.sent,
        "too_large": each.is_large,
        "tried": [
            {
                "step": step.fit.value,
                "before": step.before,
                "after": step.after,
                "why": step.why,
                "parts": step.parts,
            }
            for step in letter.steps
        ],
    }
