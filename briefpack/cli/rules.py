"""`briefpack rules`: what every warning means, by its name."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from briefpack.cli.arguments import Json
from briefpack.cli.terminal import BOLD, RUN, coloured, say, table


def _names(incomplete: str) -> list[str]:
    from briefpack.rules import RULES

    return [name for name in RULES if name.startswith(incomplete)]


def rules(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A rule: show what to do, and how it is silenced.",
            autocompletion=_names,
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> None:
    """List the rules that warnings come from, or explain one.

    With a name: what the rule warns of, what to do about it, and how it is silenced where it is meant.
    """
    from briefpack.errors import BriefpackError
    from briefpack.pipeline.project import suggestion, usage
    from briefpack.rules import RULES

    RUN.json = json
    if name is not None and name not in RULES:
        known = suggestion(name, RULES) or "see them all with: briefpack rules"
        raise BriefpackError([usage(f"there is no rule `{name}`", known)])
    chosen = [RULES[name]] if name is not None else list(RULES.values())
    if json:
        RUN.content["rules"] = [
            {
                "name": rule.name,
                "subject": rule.subject.value,
                "about": rule.about,
                "remedy": rule.remedy,
                "can_be_silenced": rule.can_be_silenced,
            }
            for rule in chosen
        ]
    elif name is None:
        say(
            table(
                ("rule", "of", "warns of"), [(rule.name, rule.subject.value, rule.about) for rule in chosen]
            )
        )
    else:
        (rule,) = chosen
        say(coloured(rule.name, BOLD, sys.stdout))
        say(f"  {rule.about}\n  {rule.remedy}")
        if rule.can_be_silenced:
            say(f'  Where it is meant, write beside it: silence: {{{rule.name}: "why"}}')
        else:
            say("  It cannot be silenced in a pack.")
