"""Results and errors come back from other processes as they were there."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from briefpack.errors import BriefpackError, ExitCode, failure
from briefpack.pipeline.workers import Crew, Worker, WorkerFaultError, run_all
from tests.annexes.converting.processes import alive


def double(n: int) -> int:
    return 2 * n


def fail(n: int) -> int:
    raise failure(f"no {n}", code=ExitCode.OUTPUT, hint="stop")


def crash(n: int) -> float:
    return n / 0


def large(n: int) -> bytes:
    return bytes(n)


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


@pytest.mark.skipif(os.name != "posix", reason="uses POSIX signals")
def test_a_worker_that_is_killed_in_the_middle_of_its_answer_is_the_same_error() -> None:
    worker = Worker(large, 1 << 20)
    assert worker.results.poll(300)  # it has begun to answer, and waits for somebody to take more
    worker._process.kill()
    with pytest.raises(BriefpackError, match="signal 9"):
        worker.result()


ORPHANS = """
    import os, signal, sys, time
    from pathlib import Path
    from briefpack.pipeline.workers import Worker, can_fork
    assert can_fork()
    def answer(parent, number):
        Path(sys.argv[1], str(os.getpid())).touch()
        while os.getppid() == parent:
            time.sleep(0.01)
        return bytes(1 << 20)
    workers = [Worker(answer, os.getpid(), number) for number in range(3)]
    while len(os.listdir(sys.argv[1])) < 3:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")
def test_workers_whose_parent_was_killed_end_however_much_they_have_to_tell(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ORPHANS), str(tmp_path)], check=False, timeout=300
    )
    assert done.returncode == -signal.SIGKILL
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 3
    until = time.monotonic() + 60
    try:
        while any(map(alive, workers)):
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        for worker in filter(alive, workers):
            os.kill(worker, signal.SIGKILL)


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
