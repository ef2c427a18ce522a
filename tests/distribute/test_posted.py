"""Messages that are too large are warned of once for an audience, with what was tried."""

from __future__ import annotations

from dataclasses import replace

from briefpack.distribute.letters import Step
from briefpack.distribute.message import message_of
from briefpack.distribute.parcel import whole
from briefpack.distribute.posted import post, step_in_words
from briefpack.distribution import Fit
from briefpack.errors import Findings
from tests.distribute.made import DATE, FILES, HERE, base_style, distribution, made_letters, reader

READERS = [reader(f"r{n}@example.int", f"Reader {n}", copy=n) for n in range(1, 6)]


def warned(*steps: Step, too_large: tuple[Fit, ...] = ()) -> tuple[str, str]:
    letters = made_letters(READERS, subject={"": "Copy {copy}"})
    messages = [message_of(replace(each, steps=steps), "visit", DATE) for each in letters]
    findings = Findings()
    posted = post(messages, distribution(READERS, size=1000, too_large=too_large), findings)
    assert [each.is_large for each in posted] == [True] * 5
    (found,) = findings
    assert (found.rule, found.where) == ("large-message", HERE)
    return found.message, found.hint or ""


def test_an_audience_is_warned_of_once_and_the_rule_is_named_where_there_is_none() -> None:
    message, hint = warned()
    assert message.startswith("5 messages to “desk” are too large: the largest (desk_1) has ")
    assert "tried" not in message
    assert "too_large" in hint


def test_what_was_tried_is_told_with_what_came_of_it() -> None:
    message, hint = warned(
        Step(Fit.PDF_ONLY, 20_000_000, 20_000_000, "no Word file goes along"),
        Step(Fit.COMPRESS, 20_000_000, 14_200_000),
        too_large=(Fit.PDF_ONLY, Fit.COMPRESS),
    )
    assert (
        "tried: pdf-only (nothing gained: no Word file goes along); compress (20.0 MB to 14.2 MB)" in message
    )
    assert "too_large" not in hint


def test_each_audience_is_warned_of_by_its_largest_message_and_with_all_that_was_tried() -> None:
    readers = [*READERS, reader("press@example.com", audience="press", copy=6)]
    kept = (Step(Fit.PDF_ONLY, 9_000_000, 9_000_000, "no PDF goes along"),)
    gained = (Step(Fit.PDF_ONLY, 20_000_000, 14_200_000),)
    messages = []
    for each in made_letters(readers, subject={"": "Copy {copy}"}):
        files = (whole("visit.pdf", "pdf", b"large" * 9_000, 1),) if each.name == "desk_3" else FILES
        steps = gained if each.name == "desk_3" else kept
        messages.append(message_of(replace(each, steps=steps, attachments=files), "visit", DATE))
    findings = Findings()
    post(messages, distribution(readers, size=1000, too_large=(Fit.PDF_ONLY,)), findings)
    desk, press = (each.message for each in findings)
    assert desk.startswith("5 messages to “desk” are too large: the largest (desk_3) has 6")
    assert desk.endswith(
        "tried: pdf-only (20.0 MB to 14.2 MB); for others: pdf-only (nothing gained: no PDF goes along)"
    )
    assert press.startswith("the message to “press” (press_1) has ")


def test_a_step_in_words() -> None:
    step = Step(Fit.SPLIT, 30_000_000, 12_000_000, parts=3)
    assert step_in_words(step, base_style()) == "split (30.0 MB to 12.0 MB, in 3 parts)"
    step = Step(Fit.COMPRESS, 30_000_000, 12_000_000)
    assert step_in_words(step, base_style()) == "compress (30.0 MB to 12.0 MB)"
