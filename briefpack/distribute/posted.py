"""Messages with what there is to know of them before they are sent: their size as it is sent, and whether it is too large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.distribute.letters import Step
from briefpack.distribute.message import Message
from briefpack.distribution import Distribution
from briefpack.errors import Findings
from briefpack.fields import size_in_words
from briefpack.style import Style


@dataclass(frozen=True, slots=True)
class Posted:
    """sent: how many bytes it has as it is transmitted. is_large: more than the distribution allows."""

    message: Message
    sent: int
    is_large: bool

    @property
    def name(self) -> str:
        return self.message.letter.name

    @property
    def kind(self) -> tuple[str, int]:
        """The same for messages that differ in their readers only: the name of their series, and the part."""
        letter = self.message.letter
        return letter.series or letter.name, 0 if letter.part is None else letter.part.number


def post(messages: Sequence[Message], distribution: Distribution, findings: Findings) -> tuple[Posted, ...]:
    """Weigh the messages; those that are too large are warned of, all of an audience at once, with what was tried."""
    posted = [Posted(each, sent := each.weight(), sent > distribution.size) for each in messages]
    large: dict[str, list[Posted]] = {}
    for each in posted:
        if each.is_large:
            large.setdefault(each.message.letter.parcel.audience.name, []).append(each)
    for together in large.values():
        _warn(together, distribution, findings)
    return tuple(posted)


def _warn(large: Sequence[Posted], distribution: Distribution, findings: Findings) -> None:
    """large: messages to one audience. Readers with other files may have had other steps tried."""
    largest = max(large, key=lambda each: each.sent)
    style = largest.message.letter.parcel.style
    size, most = (size_in_words(each, style, "en") for each in (largest.sent, distribution.size))
    to = f"to “{largest.message.letter.parcel.audience.name}”"
    what = f"the message {to} ({largest.name}) has {size} as it is sent"
    if len(large) > 1:
        what = f"{len(large):,} messages {to} are too large: the largest ({largest.name}) has {size} as it is sent"
    steps = dict.fromkeys(each.message.letter.steps for each in (largest, *large))
    tried = "; for others: ".join(
        "; ".join(step_in_words(step, style) for step in each) for each in steps if each
    )
    findings.warning(
        distribution.size_where,
        f"{what}, and the limit is {most}" + (f"; tried: {tried}" if tried else ""),
        "ask for fewer `formats:`, leave annexes out of this audience's pack, or raise `size:` where the readers' servers take more"
        if tried or distribution.too_large
        else "say what is done with it: `too_large: [pdf-only, compress, split]`; or raise `size:` where the readers' servers take more",
        rule="large-message",
    )


def step_in_words(step: Step, style: Style) -> str:
    """What was tried and what came of it, in English: "compress (14.2 MB to 9.1 MB)", "split (46.3 MB to 8.6 MB, in 6 parts)"."""
    before, after = (size_in_words(each, style, "en") for each in (step.before, step.after))
    gained = f"{before} to {after}" if step.after < step.before else "nothing gained"
    gained += f", in {step.parts} parts" if step.parts > 1 else ""
    return f"{step.fit.value} ({gained}{f': {step.why}' if step.why else ''})"
