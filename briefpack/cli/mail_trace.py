"""`briefpack mail trace`: a copy that turned up → whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefpack.cli.arguments import Json, PasswordEnv, Quiet, password_in
from briefpack.cli.mail_options import WhereBuilt
from briefpack.cli.terminal import RUN, printable, say

if TYPE_CHECKING:
    from briefpack.pipeline.copy_fates import Fate, Way
    from briefpack.pipeline.recognising import Known, Traced
    from briefpack.pipeline.sites import Site


def trace(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file that turned up.", show_default=False)
    ] = None,
    packs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PACK",
            help="The packs that it may be of; all of the project when absent.",
            show_default=False,
        ),
    ] = None,
    typed: Annotated[
        str | None,
        typer.Option(
            "--id", metavar="ID", help="The id or the number of a copy, read off it.", show_default=False
        ),
    ] = None,
    password_env: PasswordEnv = None,
    output: WhereBuilt = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Find out whose copy a file is.

    By its checksum, which is certain; where it was saved anew, by the id that stands in its properties; at last by the words of the copy on its pages. Of paper, give the number of the copy: --id 3. Says as well whether and when briefpack sent it.
    """
    RUN.json, RUN.quiet = json, quiet
    from briefpack.errors import BriefpackError, ExitCode, Where, failure
    from briefpack.pipeline.project import usage
    from briefpack.pipeline.recognising import Sure, by_id
    from briefpack.pipeline.recognising import trace as trace_file

    place = output.absolute() if output else None
    if typed is not None:
        # Without a file, what stands first is a pack.
        sites = _sites((*([] if file is None else [str(file)]), *(packs or ())), place)
        traced, what, file = by_id(typed, sites), f"the id {typed}", None
    elif file is not None:
        sites = _sites(packs or (), place)
        password = password_in(password_env)
        traced, what = trace_file(file, sites, () if password is None else (password,)), file.name
    else:
        raise BriefpackError(
            [
                usage(
                    "neither a file nor an id was given", "name the file that turned up, or give the id: --id"
                )
            ]
        )
    _tell(traced, what, sites)
    if traced.sure is Sure.NONE:
        where = None if file is None else Where(file)
        raise failure(
            f"{what} is no copy that is known here" + _why(traced),
            code=ExitCode.OUTPUT,
            where=where,
            hint=_advice(traced, sites, paper=typed is not None),
        )


def _sites(packs: Sequence[str], output: Path | None) -> tuple[Site, ...]:
    from briefpack.pipeline.sites import find_sites, project_sites

    here = Path.cwd()
    return find_sites(packs, output, here) if packs else project_sites(here, output)


def _tell(traced: Traced, what: str, sites: Sequence[Site]) -> None:
    from briefpack.cli.verify import known_as_json, told_of
    from briefpack.pipeline.copy_fates import fates_of

    fates = fates_of(traced.found, sites)
    if RUN.json:
        RUN.content |= {
            "sure": traced.sure.value,
            "found": [
                known_as_json(each) | _fate_as_json(fate)
                for each, fate in zip(traced.found, fates, strict=True)
            ],
            "where": list(traced.where),
            "unread": list(traced.unread),
        }
    else:
        for known, files, sent in _together(traced.found, fates):
            say(printable(f"{what}: {traced.sure.value}: {told_of(known, files)}"))
            if sent:
                say(printable(f"  {sent}"))
        if traced.found and not RUN.quiet:
            say(printable(_reason(traced)))


def _together(
    found: Sequence[Known], fates: Sequence[Fate | None]
) -> Iterator[tuple[Known, Sequence[str], str]]:
    """What was found, the files of a reader's copy in one: a pack has several, in parts and formats, and drafting again makes other files of locked ones, which are all registered."""
    from briefpack.cli.verify import file_of

    together: dict[tuple[object, ...], tuple[Known, list[str], str]] = {}
    for known, fate in zip(found, fates, strict=True):
        copy, sent = known.copy, "" if fate is None else _fate(fate)
        who = known if copy is None else (copy.number, copy.of, copy.name, copy.address, copy.date)
        _, files, _ = together.setdefault((known.pack, known.audience, who, sent), (known, [], sent))
        files.append(file_of(known))
    for known, files, sent in together.values():
        yield known, tuple(dict.fromkeys(files)), sent


def _fate(fate: Fate) -> str:
    if fate.unknown:
        return f"nobody knows whether it was sent: {fate.unknown}"
    if not fate.ways:
        return "drafted, and not sent by briefpack"
    ways = "; ".join(map(_way, fate.ways))
    return f"one of {len(fate.ways)} deliveries: {ways}" if len(fate.ways) > 1 else ways


def _way(way: Way) -> str:
    from briefpack.cli.mail_report import when
    from briefpack.distribute.delivery import State

    told = {
        State.QUEUED: "to be sent, and not sent yet",
        State.SENDING: "being sent",
        State.SENT: "sent",
        State.REFUSED: "not sent, since the server refused it",
        State.UNCERTAIN: "nobody knows whether it was sent",
        State.WITHDRAWN: "drafted, and given up before it was sent",
    }[way.entry.state]
    said = ", as somebody said that it has arrived" if way.entry.on_word else ""
    before = "" if way.before is None else f"sent ({when(way.before)}), and once more: "
    return f"{before}{told} ({when(way.entry.since)}{said})"


def _fate_as_json(fate: Fate | None) -> dict[str, object]:
    """sent: None for nobody's own copy; [] where it was drafted and not sent, unless sent_unknown says why nobody knows."""
    from briefpack.cli.mail_report import entry_as_json

    if fate is None:
        return {"sent": None, "sent_unknown": ""}
    return {
        "sent": [
            entry_as_json(each.entry)
            | {"sent_before": None if each.before is None else each.before.isoformat()}
            for each in fate.ways
        ],
        "sent_unknown": fate.unknown,
    }


def _reason(traced: Traced) -> str:
    from briefpack.pipeline.recognising import Sure

    places = ", ".join(traced.where[:3])
    match traced.sure:
        case Sure.CERTAIN:
            return "It has the same bytes."
        case Sure.LIKELY:
            stands = f" It stands in {places}." if places else ""
            several = " It has the ids of several copies: somebody may have put them together." * (
                len({each.copy.trace for each in traced.found if each.copy is not None}) > 1
            )
            return f"It was saved anew, or printed: the id of the copy is what tells.{stands}{several}"
        case Sure.PERHAPS:
            return f"Only the words of the copy tell ({places}), and anybody can write them."
        case Sure.NONE:
            return ""


def _why(traced: Traced) -> str:
    return f", and parts of it cannot be read: it {'; it '.join(traced.unread[:3])}" if traced.unread else ""


def _advice(traced: Traced, sites: tuple[Site, ...], *, paper: bool) -> str:
    if not any(site.register is not None and site.register.is_file() for site in sites):
        return "no copies are registered here: they are in sent/PACK/copies.csv of the project that sent them"
    if paper:
        return (
            "read it again: an id has three groups of four letters and digits, a number stands behind “Copy”"
        )
    if traced.unread:
        return "where it is locked, give its --password-env; of a picture, read the number of the copy off the page: --id 3"
    return "of a picture or of paper, read the number of the copy off the page: --id 3; what is nobody's own copy cannot be traced"
