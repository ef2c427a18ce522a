"""The commands and what they have in common; only names and help texts, so that --help is there at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefpack import __version__
from briefpack.cli.annex import annex
from briefpack.cli.audit import audit
from briefpack.cli.build import build
from briefpack.cli.check import check
from briefpack.cli.explain import explain
from briefpack.cli.mail import mail
from briefpack.cli.mail_trace import trace
from briefpack.cli.new import new
from briefpack.cli.policies import policies
from briefpack.cli.rules import rules
from briefpack.cli.schema import schema
from briefpack.cli.styles import styles
from briefpack.cli.terminal import RUN, say
from briefpack.cli.verify import verify
from briefpack.errors import ExitCode, failure

app = typer.Typer(
    name="briefpack",
    help="Briefing packs for every audience, in Word and PDF, from YAML sections and annex PDFs.",
    epilog="Exit codes: 0 well, 1 fault of briefpack, 2 command line, 3 source file, 4 style, 5 annex, 6 output, "
    "7 pack is being built, 8 tool missing, 9 warnings under --strict, 10 leak, 11 mail not sent, 130 stopped.",
    no_args_is_help=True,
    # Rich help is pretty, and takes longer to load than all the rest.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"briefpack {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    RUN.command = context.invoked_subcommand or ""
    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise failure(
            "the folder you are in is no longer there",
            code=ExitCode.USAGE,
            hint="it was deleted or moved; change to your project's folder: cd PROJECT",
        ) from error


for command in (build, check, audit, verify, annex, new, explain, styles, policies, schema, rules):
    app.command()(command)
mail.command()(trace)
app.add_typer(mail)
