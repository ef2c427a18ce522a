"""What each audience did not get → the builder's record of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefpack import withheld_record
from briefpack.manifest import public_name
from briefpack.pack import Audience
from briefpack.pipeline.prepare import Prepared
from briefpack.policy import Policy
from briefpack.select import Selection
from briefpack.verdict import Verdict
from briefpack.withheld_record import AudienceRecord, Withheld


def rendered_withheld(prepared: Prepared) -> bytes | None:
    """The record to publish; None where the pack has no policy. Audiences that were not built now keep what an earlier build said of them."""
    pack = prepared.pack
    if pack.policy is None:
        return None
    records = [
        _record(job.audience, prepared.selections[job.audience.name], pack.policy, prepared)
        for job in prepared.jobs
    ]
    built = {record.name for record in records}
    former = withheld_record.read_entries(prepared.folder / withheld_record.RECORD_NAME)
    kept = {name: entry for name, entry in former.items() if name not in built}
    return withheld_record.render(pack.name, records, kept, [audience.name for audience in pack.audiences])


def _record(audience: Audience, selection: Selection, policy: Policy, prepared: Prepared) -> AudienceRecord:
    clearance = audience.clearance
    return AudienceRecord(
        audience.name,
        selection.pack.meta.marking,
        "" if clearance is None else policy.levels[clearance.level].name,
        tuple(_withheld(selection.verdicts, policy, prepared)),
    )


def _withheld(verdicts: Sequence[Verdict], policy: Policy, prepared: Prepared) -> Iterator[Withheld]:
    """Each node that is out by itself, once for each place."""
    seen = set()
    for index, verdict in enumerate(verdicts):
        if verdict.included or verdict.inherited or (verdict.kind, verdict.where) in seen:
            continue
        seen.add((verdict.kind, verdict.where))
        inside = 0
        while index + inside + 1 < len(verdicts) and verdicts[index + inside + 1].depth > verdict.depth:
            inside += 1
        marking = verdict.own or verdict.declared
        yield Withheld(
            verdict.kind.value,
            verdict.title,
            public_name(verdict.where.path, prepared.project),
            verdict.where.line,
            verdict.where.column,
            verdict.reason,
            "" if marking is None else policy.banner(marking, "en"),
            verdict.above,
            inside,
        )
