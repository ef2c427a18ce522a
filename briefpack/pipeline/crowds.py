"""What an audit found → errors; where it is very much, with what is to be said of all of it: how much it is, and whose pack it looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefpack.audit.expected import Expected
from briefpack.audit.hits import Hit
from briefpack.errors import Diagnostic, ExitCode, Severity

_NEARLY_ALL = 0.7
"""Share of what only one audience gets that must be found to say that the file is its pack; much of a pack says too little to be searched for."""
_LEAST = 12
"""Places of texts that only one audience gets; of fewer, nothing follows."""


def errors(
    hits: Iterable[Hit], audience: Callable[[str], str], others: Callable[[str], Iterable[Expected]]
) -> Iterator[Diagnostic]:
    """audience: whose a file is, by its name. others: what is expected of an audience, first, and of the others; asked where very much was found."""
    by_file: dict[str, list[Hit]] = {}
    for hit in hits:
        by_file.setdefault(hit.at[0][0], []).append(hit)
    for file, some in by_file.items():
        name = audience(file)
        crowd = f"{file} holds {len(some)} things that {name} does not get"
        if len(some) > _LEAST:
            like = looks_like(some, others(name))
            crowd += f"; it looks like the pack of {like}" if like else ""
        for hit in some:
            yield Diagnostic(Severity.ERROR, hit.where, hit.message, hit.remedy, ExitCode.LEAK, crowd=crowd)


def looks_like(hits: Iterable[Hit], everyone: Iterable[Expected]) -> str:
    """The audience of which nearly all was found that the first does not get; "" for none."""
    first, *others = everyone
    found = {hit.where for hit in hits}
    own = {said.where for said in first.allowed}
    withheld = {said.where for each in first.withheld for said in each.said}
    best, likest = _NEARLY_ALL, ""
    for other in others:
        theirs = {said.where for said in other.allowed} & withheld - own
        if len(theirs) >= _LEAST and len(found & withheld) >= _LEAST:
            # Neither may have much that the other lacks: a pack with still more in it is like the one that gets more.
            share = len(theirs & found) / len(theirs | (found & withheld))
            if share > best:
                best, likest = share, other.audience.name
    return likest
