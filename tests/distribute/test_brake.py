"""Ctrl-C: at once, or after what is under way."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import pytest

from briefpack.distribute.brake import Brake

pytestmark = pytest.mark.skipif(os.name != "posix", reason="uses POSIX signals")


def pull(how: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), how)


def hold(brake: Brake, *steps: Callable[[], None]) -> None:
    with brake.held():
        for step in steps:
            step()


def test_it_comes_at_once_where_nothing_is_held() -> None:
    told: list[str] = []
    with Brake(lambda: told.append("later")):
        with pytest.raises(KeyboardInterrupt):
            pull()
        with pytest.raises(KeyboardInterrupt):
            pull()
    assert told == []


def test_it_is_kept_until_what_is_held_is_done_and_a_second_one_is_let_through() -> None:
    told: list[str] = []
    done: list[str] = []
    with Brake(lambda: told.append("later")) as brake:
        with pytest.raises(KeyboardInterrupt):
            hold(brake, pull, lambda: done.append("all"))
        assert (told, done) == (["later"], ["all"])
        with pytest.raises(KeyboardInterrupt):
            hold(brake, pull, lambda: done.append("more"))
        assert done == ["all"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_is_told_to_die_does_what_is_held_before(name: str) -> None:
    how: int = getattr(signal, name)
    done: list[str] = []

    def gone() -> None:
        raise OSError(5, "the terminal is gone")

    former = signal.getsignal(how)
    with Brake(gone) as brake:
        with pytest.raises(KeyboardInterrupt):
            hold(brake, lambda: pull(how), lambda: done.append("all"))
        with pytest.raises(KeyboardInterrupt):
            pull(how)
    assert done == ["all"]
    assert signal.getsignal(how) is former


def test_what_is_ignored_stays_so() -> None:
    former = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Brake(lambda: None) as brake:
            hold(brake, lambda: pull(signal.SIGHUP))
            pull(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, former)


def test_nothing_comes_where_nobody_pulled() -> None:
    with Brake(lambda: None) as brake, brake.held():
        pass


def test_a_fault_in_what_is_held_is_told_rather_than_that_somebody_pulled() -> None:
    def fails() -> None:
        raise ValueError("a fault")

    with Brake(lambda: None) as brake, pytest.raises(ValueError, match="fault"):
        hold(brake, pull, fails)


def test_the_former_way_comes_back_and_other_threads_are_left_alone() -> None:
    former = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def elsewhere() -> None:
        with Brake(lambda: None):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert seen == [former]
    with Brake(lambda: None):
        assert signal.getsignal(signal.SIGINT) is not former
    assert signal.getsignal(signal.SIGINT) is former
