"""Messages with what there is to know of them before they are sent: their size as it is sent, and whether it is too large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.distribute.message import Message
from briefpack.distribution import Distribution
from briefpack.errors import Findings
from briefpack.fields import size_in_words


@dataclass(frozen=True, slots=True)
class Posted:
    """sent: how many bytes it has as it is transmitted. is_large: more than the distribution allows."""

    message: Message
    sent: int
    is_large: bool

    @property
    def name(self) -> str:
        return self.message.letter.name


def post(messages: Sequence[Message], distribution: Distribution, findings: Findings) -> tuple[Posted, ...]:
    """Weigh the messages; one that is too large is warned of."""
    posted = []
    for message in messages:
        sent = message.weight()
        large = sent > distribution.size
        posted.append(Posted(message, sent, large))
        if large:
            style = message.letter.parcel.style
            size, most = (size_in_words(each, style, "en") for each in (sent, distribution.size))
            findings.warning(
                distribution.size_where,
                f"the message to “{message.letter.parcel.audience.name}” ({message.letter.name}) has {size} as it is sent, and the limit is {most}",
                "ask for fewer `formats:`, leave annexes out of this audience's pack, or raise `size:` where the readers' servers take more",
                rule="large-message",
            )
    return tuple(posted)
