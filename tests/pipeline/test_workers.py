"""Results and errors come back from other processes as they were there."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.pipeline.workers import Crew, Worker, WorkerFaultError, run_all


def double(n: int) -> int:
    return 2 * n


def fail(n: int) -> int:
    raise failure(f"no {n}", code=ExitCode.OUTPUT, hint="stop")


def crash(n: int) -> float:
    return n / 0


def die(n: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail_or_sleep(n: int) -> None:
    if n:
        fail(n)
    time.sleep(1000)


def test_every_task_gives_its_result() -> None:
    assert dict(run_all(double, [3, 4, 5], 2)) == {0: 6, 1: 8, 2: 10}


def test_a_user_error_comes_back_whole() -> None:
    with pytest.raises(BriefpackError) as caught:
        Worker(fail, 7).result()
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert [(found.message, found.hint) for found in caught.value.diagnostics] == [("no 7", "stop")]


def test_a_fault_comes_back_with_the_worker_s_traceback() -> None:
    with pytest.raises(WorkerFaultError, match=r"(?s)in crash.*ZeroDivisionError"):
        Worker(crash, 1).result()


@pytest.mark.skipif(os.name != "posix", reason="uses POSIX signals")
def test_a_killed_worker_is_an_error_with_a_remedy_and_not_a_hang() -> None:
    with pytest.raises(BriefpackError, match="signal 9") as caught:
        Worker(die, 1).result()
    assert caught.value.diagnostics[0].hint


def test_the_others_are_stopped_when_one_fails() -> None:
    started = time.monotonic()
    with pytest.raises(BriefpackError):
        list(run_all(fail_or_sleep, [0, 1], 2))
    assert time.monotonic() - started < 300


def test_a_crew_takes_more_while_it_works_and_ends_what_is_left() -> None:
    with Crew(2) as crew:
        for number in range(3):
            crew.add(number, double, number)
        crew.tend()
        found = {}
        for key, result in crew.results():
            found[key] = result
            if key in {0, 1, 2}:
                crew.add(f"{key}, again", double, result)
    assert found == {0: 0, 1: 2, 2: 4, "0, again": 0, "1, again": 4, "2, again": 8}

    started = time.monotonic()
    with Crew(1) as crew:
        crew.add("long", time.sleep, 1000)
        crew.add("never begun", die, 1)
        crew.tend()
    assert time.monotonic() - started < 300
    assert list(crew.results()) == []


FORKS = """
    import time
    from briefpack.pipeline.workers import can_fork, run_all
    secret = {}
    secret["inherited"] = 42
    if can_fork():
        assert list(run_all(lambda n: secret["inherited"] + n, [1], 1)) == [(0, 43)]
    print("ok")
"""


def test_where_forking_is_safe_a_worker_inherits_what_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FORKS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert done.stdout == "ok\n"
