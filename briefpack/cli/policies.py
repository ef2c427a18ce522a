"""`briefpack policies`: the marking policies there are, or one of them: what it knows, and how it writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.terminal import RUN, near, say, table

if TYPE_CHECKING:
    from briefpack.policy import Policy
    from briefpack.policy_terms import Caveat
    from briefpack.reading.policy_shelf import PolicyShelf


def _names(incomplete: str) -> list[str]:
    return [name for name in _shelf().names() if name.startswith(incomplete)]


def policies(
    name: Annotated[
        str | None,
        typer.Argument(
            help="A policy, or the file of one: check it, and show its levels, caveats, groups and samples.",
            autocompletion=_names,
        ),
    ] = None,
) -> None:
    """List the marking policies, or show one.

    With a name, or the file of one: whether it is all right, its levels, caveats and groups, and how banners and portions are written in each language.
    """
    from briefpack.errors import BriefpackError, Findings
    from briefpack.pipeline.project import suggestion, usage
    from briefpack.reading.checks import Report
    from briefpack.reading.read_policy import read_policy_file

    shelf = _shelf()
    if name is None:
        _list(shelf)
        return
    path = shelf.find(name)
    if path is None and Path(name).is_file():
        path = Path(name).absolute()
    if path is None:
        known = shelf.names()
        listed = f"policies here: {', '.join(known)}"
        raise BriefpackError([usage(f"there is no policy `{name}`", suggestion(name, known) or listed)])
    findings = Findings()
    policy, _ = read_policy_file(path, shelf, Report(findings))
    findings.raise_if_errors()
    RUN.diagnostics += findings
    if policy is not None:
        say("\n\n".join(_shown(policy)))


def _shelf() -> PolicyShelf:
    """Of the pack one stands in, if any, and of the project around."""
    from briefpack.pipeline.project import PACK_FILE, project_around
    from briefpack.reading.policy_shelf import PolicyShelf, policy_folder

    here = Path.cwd()
    packs = [folder for folder in (here, *here.parents) if (folder / PACK_FILE).is_file()][:1]
    return PolicyShelf([policy_folder(folder) for folder in (*packs, project_around(here))])


def _list(shelf: PolicyShelf) -> None:
    from briefpack.errors import Findings
    from briefpack.reading.checks import Report
    from briefpack.reading.policy_shelf import PACKAGED
    from briefpack.reading.read_policy import read_policy_file

    rows = []
    for name in shelf.names():
        path = shelf.find(name)
        if path is None:
            continue
        findings = Findings()
        policy, _ = read_policy_file(path, shelf, Report(findings))
        RUN.diagnostics += findings
        rows.append(
            (
                name,
                "(cannot be read)" if policy is None else ", ".join(level.name for level in policy.levels),
                "(comes with briefpack)" if path.is_relative_to(PACKAGED) else near(path),
            )
        )
    say(table(("policy", "levels, the lowest first", "file"), rows))


def _shown(policy: Policy) -> Iterator[str]:
    """The parts of what is shown of a policy."""
    yield f"{policy.title}: {policy.about}" if policy.about else policy.title
    yield _levels(policy)
    if policy.caveats:
        rows = [_caveat(policy, caveat) for caveat in policy.caveats]
        yield table(("caveat", "portion", "at", "what it does"), rows)
    groups = [
        (group.name, "(a group by itself)" if group.members is None else " ".join(sorted(group.members)))
        for group in policy.release.groups
    ]
    if groups:
        yield table(("group", "members"), groups)
    if policy.release.open:
        yield "Any other name is a group by itself."
    yield _mail(policy)
    yield table(("language", "banner", "portion"), list(_samples(policy)))


def _mail(policy: Policy) -> str:
    """What messages with a pack tell of its marking."""
    subject = {
        "marking": "the subject tells the marking",
        "level": "the subject tells the level",
        "portion": "the subject tells how high its own words are, and not the marking of the pack",
        "none": "the subject does not tell the marking",
        "list": "the subject tells what the list of readers says",
    }[policy.mail.subject.value]
    text = {
        "first": "the text begins with the marking",
        "both": "the text begins and ends with the marking",
        "list": "the text is as the list says",
    }[policy.mail.text.value]
    return f"Messages: {subject}; {text}."


def _levels(policy: Policy) -> str:
    base = ", ".join(policy.release.base)
    rows = [
        (
            level.name,
            level.portion,
            "; ".join(f"{language}: {word}" for language, word in level.words.items()),
            "everybody, and nothing may stand with it"
            if level.public
            else base
            if level.based
            else "everybody",
            level.colour or "",
        )
        for level in policy.levels
    ]
    return table(("level", "portion", "in other languages", "unmarked, it is for", "colour"), rows)


def _caveat(policy: Policy, caveat: Caveat) -> tuple[str, str, str, str]:
    does = [
        *([f"raises to {policy.levels[caveat.at_least].name}"] if caveat.at_least else []),
        *([f"implies {', '.join(caveat.implies)}"] if caveat.implies else []),
        *([f"releasable to {', '.join(sorted(caveat.narrows))} only"] if caveat.narrows is not None else []),
        *([f"not beside {', '.join(caveat.excludes)}"] if caveat.excludes else []),
        *(["not beside a release"] if caveat.excludes_release else []),
        *(["higher levels contain it"] if caveat.contained else []),
        *([f"printed for {policy.levels[caveat.stands_for].name}"] if caveat.stands_for is not None else []),
        *(["every audience is entitled to it"] if caveat.for_all else []),
    ]
    lowest, highest = policy.levels[caveat.lowest].name, policy.levels[caveat.highest].name
    at = lowest if lowest == highest else f"{lowest} to {highest}"
    return caveat.name, caveat.portion, at, "; ".join(does)


def _samples(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Every level, every caveat at the first level that bears it, and a release, in each language."""
    from briefpack.policy import MarkingError

    named: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        *((level.name, (), ()) for level in policy.levels),
        *(
            (policy.levels[max(caveat.lowest, caveat.at_least)].name, (), (caveat.name,))
            for caveat in policy.caveats
        ),
        (policy.levels[-1].name, ("JPN", "CHE"), ()),
    ]
    for language in policy.languages:
        for level_name, releasable, caveats in named:
            try:
                marking = policy.marking(level_name, releasable, caveats)
            except MarkingError:
                continue
            yield language, policy.banner(marking, language), policy.portion(marking, language)
