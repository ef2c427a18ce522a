"""One message to some readers, through a session: asked for each, written down, sent, written down. The order of these steps is what keeps a message from being sent twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from briefpack.distribute.brake import Brake
from briefpack.distribute.delivery import BEYOND_ASCII, BEYOND_LIMIT, Delivery, Outcome, State
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.smtp import Session
from briefpack.distribute.smtp_wire import LostError, Reply
from briefpack.errors import BriefpackError, Diagnostic, ExitCode, Severity, Where

_GO_ON = 354
_NEEDS_LOGIN = frozenset({530, 534, 535, 538})
"""RFC 4954, 6: the server wants to know who sends; no message will be taken."""
_FULL = 552
_OTHERS = frozenset({211, 214, 220, 221, 235})
"""Answers to other commands (RFC 5321, 4.2.3; RFC 4954, 6): none of them says that a message was taken."""
_MAILBOX_FULL = "5.2.2"
_TOO_MANY = ".5.3"
"""The end of the status of a message with too many readers."""
_MOST_IN_LINE = 998
_NO_ADDRESS = re.compile(r"[\s<>\x00-\x1f\x7f]")


class End(Enum):
    """How a transaction ended. STALE: the server had hung up since the last message; nothing was asked. SENDER: it would not take one from this sender.
    LOGIN: it takes none without a login, or without another one."""

    ORDERLY = "orderly"
    STALE = "stale"
    LOST = "lost"
    SENDER = "sender"
    LOGIN = "login"


@dataclass(slots=True)
class Result:
    """later: keys of those that are to be tried again some time later. at_once: of those that are to be asked for again at once. alone: of those that are to be asked
    for again at once, without the others. why: of an end that is not orderly."""

    end: End = End.ORDERLY
    later: list[str] = field(default_factory=list)
    at_once: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    why: str = ""


def unfit(message: bytes) -> str | None:
    """Why a message must not be sent in any case; None where it may.

    A line end of another kind is one for some servers and none for others: the message could end early for one of them, and another begin.
    """
    ends = message.count(b"\r\n")
    alike = ends == message.count(b"\r") == message.count(b"\n")
    if not alike or b"\0" in message or not message.endswith(b"\r\n"):
        return "the message has line ends that servers understand differently"
    if max(map(len, message.split(b"\r\n"))) > _MOST_IN_LINE:
        return f"the message has a line of more than {_MOST_IN_LINE} bytes"
    return None


class Transaction:
    """message: fit, and as it is transmitted. not_before: when those that the server puts off are worth another try."""

    def __init__(
        self,
        session: Session,
        ledger: Ledger,
        brake: Brake,
        *,
        sender: str,
        message: bytes,
        not_before: datetime,
    ) -> None:
        self._session, self._ledger, self._brake = session, ledger, brake
        self._sender, self._message, self._not_before = sender, message, not_before
        self._international = not (message.isascii() and sender.isascii())
        self._result = Result()
        self._answers: dict[str, Outcome] = {}

    def run(self, deliveries: Sequence[Delivery]) -> Result:
        """All of these are queued; what became of them is in the ledger then. Raises BriefpackError where it cannot be written there, and KeyboardInterrupt."""
        possible = self._without_impossible(deliveries)
        if not possible:
            return self._result
        try:
            accepted = self._ask(possible)
        except LostError as lost:
            accepted = []
            self._lose(possible, str(lost))
        self._ledger.answer(self._answers)
        if accepted:
            with self._brake.held():
                self._hand_over(accepted)
        if self._session.is_over and self._result.end is End.ORDERLY:
            self._result.end = End.LOST
        return self._result

    def _without_impossible(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Those that the server can be asked for; it has said itself that it cannot take the others."""
        limit = self._session.limit
        refused: dict[str, Outcome] = {}
        for each in deliveries:
            why = ""
            if limit is not None and len(self._message) > limit:
                why = f"{BEYOND_LIMIT}: {len(self._message)} bytes, and it takes {limit} at most"
            elif not self._session.smtputf8 and not each.address.isascii():
                why = BEYOND_ASCII
            elif not self._session.smtputf8 and self._international:
                why = f"{BEYOND_ASCII}, and the message names one"
            elif _NO_ADDRESS.search(each.address) or not each.address.isprintable():
                why = "this is no address"
            if why:
                refused[each.key] = Outcome(State.REFUSED, None, why)
        if refused:
            self._ledger.answer(refused, asked=False)
        return [each for each in deliveries if each.key not in refused]

    # ----------------------------------------------------------------------- asking

    def _ask(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Those whom the server will take the message for. Raises LostError."""
        international = self._international or any(not each.address.isascii() for each in deliveries)
        was_used = self._session.is_used
        try:
            reply = self._session.mail(self._sender, len(self._message), international=international)
        except LostError:
            if not was_used:
                raise
            return self._stale(deliveries)
        if reply.is_closing and was_used:
            return self._stale(deliveries)
        if not reply.is_good:
            for each in deliveries:
                self._put(each, self._meaning(reply))
            if reply.code in _NEEDS_LOGIN:
                self._result.end = End.LOGIN
            elif reply.is_foreign:
                self._session.close()
            elif not reply.is_later and reply.code != _FULL:
                self._result.end = End.SENDER
            return []
        accepted: list[Delivery] = []
        for each in deliveries:
            reply = self._session.rcpt(each.address)
            if reply.is_good:
                accepted.append(each)
            elif accepted and _is_crowded(reply):
                self._result.at_once.append(each.key)
            else:
                self._put(each, self._meaning(reply))
                if reply.code in _NEEDS_LOGIN:
                    self._result.end = End.LOGIN
            if reply.is_foreign:
                self._session.close()
                self._lose(
                    deliveries, f"the server answered what it was not asked: {reply.code} {reply.text}"
                )
                return []
            if self._session.is_over:
                self._lose(deliveries, f"the server ended the connection: {reply.code} {reply.text}")
                return []
        return accepted

    def _stale(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        self._result.end = End.STALE
        self._result.at_once = [each.key for each in deliveries]
        return []

    def _lose(self, deliveries: Sequence[Delivery], why: str) -> None:
        """The connection is gone, and no content was sent: those who were not refused are asked for again later."""
        self._result.end, self._result.why = End.LOST, why
        self._result.at_once.clear()
        for each in deliveries:
            if each.key not in self._answers:
                self._put(each, Outcome(State.QUEUED, None, why, self._not_before))

    def _put(self, delivery: Delivery, outcome: Outcome) -> None:
        self._answers[delivery.key] = outcome
        if outcome.state is State.QUEUED:
            self._result.later.append(delivery.key)

    def _meaning(self, reply: Reply) -> Outcome:
        """Of an answer that is not an acceptance. One that is neither "later" nor "no" says nothing: it is asked again later."""
        self._result.why = f"{reply.code} {reply.text}"
        if reply.code // 100 == 5 and reply.code not in _NEEDS_LOGIN:
            return Outcome(State.REFUSED, reply.code, reply.text)
        return Outcome(State.QUEUED, reply.code, reply.text, self._not_before)

    # ----------------------------------------------------------------------- handing over

    def _hand_over(self, accepted: Sequence[Delivery]) -> None:
        keys = [each.key for each in accepted]
        self._ledger.begin(keys)
        cut_off = False
        is_handed = False
        try:
            reply = self._session.data()
            if reply.code == _GO_ON:
                self._session.content(self._message)
                is_handed = True
                outcome = self._fate(self._session.dot())
            else:
                outcome = self._meaning(reply)
                if reply.code in _NEEDS_LOGIN:
                    self._result.end = End.LOGIN
                if not reply.is_later and outcome.state is State.QUEUED:
                    # It answers something else than it was asked.
                    self._session.close()
        except (LostError, KeyboardInterrupt) as error:
            cut_off = isinstance(error, KeyboardInterrupt)
            self._session.close()
            why = "it was cut off with Ctrl-C" if cut_off else str(error)
            outcome = (
                Outcome(State.UNCERTAIN, None, f"{why}, after the whole message had been sent")
                if is_handed
                else Outcome(State.QUEUED, None, f"{why}, before the message was complete", self._not_before)
            )
            self._result.end, self._result.why = End.LOST, why
        if outcome.state is State.REFUSED and self._result.at_once:
            # Some servers refuse a message with too many readers as a whole, those included whom they have accepted: they may still have it by themselves.
            outcome = Outcome(State.QUEUED, outcome.code, outcome.reply, self._not_before)
            self._result.alone += keys
        elif outcome.state is State.QUEUED:
            self._result.later += keys
        self._write_down(accepted, outcome)
        if cut_off:
            raise KeyboardInterrupt

    def _fate(self, reply: Reply) -> Outcome:
        """What the answer to a whole message says. One that is neither yes nor no leaves it open."""
        if reply.is_good and reply.code not in _OTHERS:
            return Outcome(State.SENT, reply.code, reply.text)
        if reply.is_later or reply.code // 100 == 5:
            return self._meaning(reply)
        self._session.close()
        self._result.end, self._result.why = End.LOST, f"{reply.code} {reply.text}"
        return Outcome(State.UNCERTAIN, reply.code, reply.text)

    def _write_down(self, accepted: Sequence[Delivery], outcome: Outcome) -> None:
        try:
            self._ledger.end({each.key: outcome for each in accepted})
        except BriefpackError as error:
            readers = ", ".join(each.address for each in accepted)
            lost = Diagnostic(
                Severity.ERROR,
                Where(self._ledger.path),
                f"what became of the message to {readers} could not be written down: it is {outcome.state.value}; the ledger will call it uncertain",
                "make a note of it before you send again",
                ExitCode.OUTPUT,
            )
            raise BriefpackError((*error.diagnostics, lost)) from error


def _is_crowded(reply: Reply) -> bool:
    """Whether the server has readers enough for one transaction: 452, and 552 of old servers (RFC 5321, 4.5.3.1.10), unless it says that a mailbox is full;
    or whatever says so in its status (RFC 3463, X.5.3), as OpenSMTPD does with 451."""
    if reply.code == _FULL:
        return reply.enhanced != _MAILBOX_FULL
    return reply.code == 452 or reply.enhanced[1:] == _TOO_MANY
