"""Markings that an author declares against those that are worked out, and what an audience may see against what it would get → findings."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.errors import Findings
from briefpack.marking import Marking
from briefpack.pack import Above, Audience, Pack
from briefpack.policy import Policy
from briefpack.select import Selection, survey
from briefpack.select.judging import above_in_words
from briefpack.verdict import Kind, Verdict

_SMALL = frozenset(
    {
        Kind.ITEM,
        Kind.ROW,
        Kind.POINTS,
        Kind.IF_RAISED,
        Kind.FACT,
        Kind.DEFINITION,
        Kind.ENTRY,
        Kind.PERSON,
        Kind.PARAGRAPH,
        Kind.AGENDA_ITEM,
    }
)
"""What stands in blocks: that it is marked higher than it need be is no news."""


def check_declared(pack: Pack, findings: Findings) -> None:
    """Of a pack with a policy: a marking that is lower than what it stands for is an error, one that is higher is worth a note."""
    if pack.policy is None:
        return
    found = survey(pack)
    for kind, where in found.vain:
        findings.error(
            where,
            f"this {_name(kind)} has no title apart from its words, and this would mark all of it",
            "write `marking:` alone, and mark what stands in it by itself",
        )
    for index, verdict in enumerate(found.verdicts):
        declared, whole = verdict.declared, verdict.marking
        if declared is None or whole is None:
            continue
        if not whole <= declared:
            _too_low(found.verdicts, index, pack.policy, findings)
        elif index in found.contents and verdict.kind not in _SMALL:
            inside = found.contents[index]
            if verdict.own is not None and verdict.own != declared:
                inside |= verdict.own
            if inside < declared:
                _too_high(verdict, inside, pack.policy, findings)


_NAMES = {
    Kind.AUDIENCE: "pack",
    Kind.POINTS: "group of points",
    Kind.IF_RAISED: "question",
    Kind.QUESTIONS: "block of questions",
    Kind.NUMBERED: "block of numbered paragraphs",
    Kind.FACTS: "box of facts",
    Kind.KEY_FIGURES: "block of key figures",
    Kind.DEFINITIONS: "block of definitions",
    Kind.SIGNATURES: "block of signatures",
    Kind.BESIDE: "picture with text beside it",
    Kind.COLUMNS: "block of columns",
    Kind.LANDSCAPE: "landscape block",
    Kind.KEEP: "keep block",
    Kind.PEOPLE: "list of people",
    Kind.ENTRY: "entry of the timeline",
}
"""Kinds that a message calls by more than the name they have in a list."""


def _name(kind: Kind) -> str:
    return _NAMES.get(kind, kind.value)


def _said(marking: Marking, policy: Policy) -> str:
    return policy.banner(marking, "en")


def _too_low(verdicts: Sequence[Verdict], index: int, policy: Policy, findings: Findings) -> None:
    verdict = verdicts[index]
    if verdict.declared is None or verdict.marking is None:
        return
    name, marked, whole = _name(verdict.kind), _said(verdict.declared, policy), _said(verdict.marking, policy)
    raiser = _raiser(verdicts, index, verdict.declared, policy)
    lacking = _lacking(verdict.declared, verdict.marking)
    if lacking is None:
        fact = f"this {name} is marked {marked}, and is {whole} with what is in it: {raiser}"
        wanted = verdict.marking
    else:
        fact = f"this {name} is marked {marked}, {lacking}: {raiser}"
        wanted = verdict.declared | verdict.marking
    remedy = f"mark the {name} {_said(wanted, policy)}"
    if wanted.releasable == frozenset():
        remedy += ", since nobody may have all of it"
    findings.error(
        verdict.declared_at,
        fact,
        f"{remedy}, or what raises it lower"
        + (", or limit that to audiences and let the others have a text of their own" if index else ""),
    )


def _lacking(declared: Marking, whole: Marking) -> str | None:
    """What a marking does not say that is no lower as a whole; None where it is lower in all it says."""
    if declared <= whole or declared.level < whole.level:
        return None
    missing = sorted(whole.caveats - declared.caveats)
    return f"without {' and '.join(missing)}" if missing else "for more than may have all of it"


def _raiser(verdicts: Sequence[Verdict], index: int, declared: Marking, policy: Policy) -> str:
    """The first part that is marked higher than all of it is said to be, with its place."""
    base = verdicts[index]
    own = base.own
    if own is not None and not own <= declared:
        return f"its own words are marked {_said(own, policy)}"
    for verdict in verdicts[index + 1 :]:
        if index and verdict.depth <= base.depth:
            break
        if verdict.kind is Kind.ABBREVIATION:
            continue
        marking = verdict.own if verdict.own is not None else verdict.declared
        if marking is not None and not marking <= declared:
            title = f" “{verdict.title}”" if verdict.title else ""
            return f"the {_name(verdict.kind)}{title} ({verdict.where}) is {_said(marking, policy)}"
    return "something in it is higher"


def _too_high(verdict: Verdict, inside: Marking, policy: Policy, findings: Findings) -> None:
    if verdict.declared is None:
        return
    name, marked = _name(verdict.kind), _said(verdict.declared, policy)
    if verdict.own is not None and verdict.own == verdict.declared:
        more = f"its own words are {marked} by this marking alone; `title_marking:` can say less of them"
    else:
        more = f"it is printed as {_said(inside, policy)}"
    findings.note(
        verdict.declared_at,
        f"this {name} is marked {marked}, and nothing that is in it is above {_said(inside, policy)}",
        more,
    )


# --------------------------------------------------------------------------- audiences


def is_for_nobody(audience: Audience, selection: Selection) -> bool:
    """Whether not even the pack's own words are for the audience, or nothing is left where nothing may be withheld: check_release has said why."""
    first, *others = selection.verdicts
    if not first.included:
        return True
    refused = audience.above is Above.REFUSE and any(verdict.above for verdict in others)
    return refused and not selection.pack.sections and not selection.pack.annexes


def check_release(pack: Pack, audience: Audience, selection: Selection, findings: Findings) -> None:
    """What stands between a selection and its audience: the pack's own words, what must not be withheld in silence, and a marking that the
    author declares for the audience."""
    policy = pack.policy
    if policy is None or audience.clearance is None:
        return
    first, *others = selection.verdicts
    if not first.included:
        own = _said(first.own, policy) if first.own is not None else ""
        findings.error(
            pack.limits.title_marked_at
            or pack.limits.default_marked_at
            or pack.limits.marked_at
            or pack.meta.where,
            f"the pack's own words (its title, reference and meeting) are {own}, which is more than {audience.name} may see",
            f"add `title_marking:` to pack.yaml with a marking that {audience.name} may see, or raise its clearance"
            if pack.limits.title_marked_at is None
            else f"lower `title_marking:`, or raise the clearance of {audience.name}",
        )
        return
    if audience.above is Above.REFUSE:
        for verdict in others:
            if verdict.above:
                title = f" “{verdict.title}”" if verdict.title else ""
                findings.error(
                    verdict.where,
                    f"the {_name(verdict.kind)}{title} is not for {audience.name}: {verdict.reason}",
                    f"limit it to the other audiences (`audiences: [not {audience.name}]`), mark it lower, or write `above: withhold`",
                )
    _check_spelled_out(pack, audience, selection, policy, findings)
    _check_wanted(audience, selection, policy, findings)


def _check_spelled_out(
    pack: Pack, audience: Audience, selection: Selection, policy: Policy, findings: Findings
) -> None:
    """An abbreviation that is spelled out for the audience raises the pack only there: the survey of all of it knows none that is."""
    declared, marking = pack.limits.marking, selection.marking
    if declared is None or marking is None or marking <= declared:
        return
    higher = [
        verdict
        for verdict in selection.verdicts[1:]
        if verdict.included and verdict.own is not None and not verdict.own <= declared
    ]
    if higher and all(verdict.kind is Kind.ABBREVIATION for verdict in higher):
        first, wanted = higher[0], _said(declared | marking, policy)
        findings.error(
            pack.limits.marked_at,
            f"this pack is marked {_said(declared, policy)}, and is {_said(marking, policy)} for {audience.name}: "
            f"the abbreviation “{first.title}” ({first.where}), which is spelled out there, is {_said(first.own or marking, policy)}",
            f"mark the pack {wanted}, or the abbreviation lower",
        )


def _check_wanted(audience: Audience, selection: Selection, policy: Policy, findings: Findings) -> None:
    wanted, computed = audience.declared, selection.marking
    if wanted is None or computed is None or audience.clearance is None:
        return
    name = audience.name
    own = selection.verdicts[0].own
    if not computed <= wanted:
        findings.error(
            audience.declared_at,
            f"the pack for {name} is marked {_said(wanted, policy)}, and is {_said(computed, policy)}: "
            f"{_raiser(selection.verdicts, 0, wanted, policy)}",
            f"mark it {_said(computed, policy)}, or "
            + (
                f"lower the clearance of {name} so that this is withheld"
                if own is None or own <= wanted
                else "the pack's own words lower, with `title_marking:` in pack.yaml"
            ),
        )
    elif not audience.clearance.admits(wanted):
        findings.error(
            audience.declared_at,
            f"the pack for {name} is marked so that {name} may not see it: "
            f"{above_in_words(wanted, audience.clearance, name, policy)}",
            f"write {_said(computed, policy)}, which is the marking of what {name} gets, or delete it",
        )
    elif computed < wanted:
        findings.note(
            audience.declared_at,
            f"nothing that {name} gets is above {_said(computed, policy)}; {_said(wanted, policy)} is printed, as it is written here",
            "delete it to print what is in the pack",
        )
