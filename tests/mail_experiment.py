"""The experiment: many deliveries to a server that fails in every way, by senders that are killed at random moments, until all is done; then what the ledger says is held
against what the server took.

    python -m tests.mail_experiment --deliveries 1200 --seed 1

prints figures and what was wrong, as JSON, and ends with 1 where anything was. `--mutant` breaks the sender in one of the ways that such programs are broken; the experiment
must then find something, or it proves nothing. `--moments 1` kills a sender at each of its writes, commits and lines, one after the other.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from briefpack.distribute.delivery import State
from briefpack.distribute.ledger import Ledger
from briefpack.distribute.ledger_look import look
from tests.distribute.judging import Figures, judge
from tests.distribute.mailings import (
    BUSY,
    DONE,
    EARLY,
    Mailing,
    made_mailing,
    made_pack,
    mail_server,
    start,
    taken,
    wait_for,
)
from tests.distribute.moments import every_moment
from tests.distribute.mutants import MUTANTS

MOST_RUNS = 3000
ROUNDS = 3
"""How often somebody says that some of what is uncertain is to be sent again."""


def experiment(folder: Path, deliveries: int, seed: int, faults: float, *, whole: bool = False) -> Figures:
    """folder: empty. faults: as the server has them. whole: a pack is sent, with all that `mail send` does."""
    chance = random.Random(seed)
    mailing: Mailing = (made_pack if whole else made_mailing)(folder, deliveries, chance)
    began = time.monotonic()
    figures = Figures(deliveries)
    resent: Counter[str] = Counter()
    log = folder / "taken.jsonl"
    with mail_server(log, seed, faults) as port:
        for number in range(ROUNDS):
            _run_until_done(mailing, port, chance, figures)
            if number + 1 < ROUNDS:
                _say_again(mailing, chance, resent)
        # The server may still be writing down what the last sender did not hear of.
        time.sleep(0.2)
    figures.resent = resent.total()
    figures.wrong += judge(mailing, taken(log), resent)
    counts = taken(log)
    figures.taken = counts.total()
    figures.doubled_on_purpose = sum(1 for each in counts.values() if each > 1)
    seen = look(mailing.ledger)
    assert seen is not None
    figures.states = dict(Counter(each.state.value for each in seen.entries))
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def _run_until_done(mailing: Mailing, port: int, chance: random.Random, figures: Figures) -> None:
    for number in range(MOST_RUNS):
        figures.runs += 1
        heard, said = os.pipe()
        process = start(lambda said=said: mailing.send(port, lambda: _said(said)))  # type: ignore[misc]
        os.close(said)
        # On a machine that has other things to do it takes its time to begin. Some die before.
        if chance.random() < 0.8:
            os.read(heard, 1)
        os.close(heard)
        # On a machine that is slow they get longer and longer, or none would ever come to an end.
        time.sleep(chance.uniform(0.0, 0.1 + number / 500))
        if chance.random() < 0.15:
            # A second one, while the first may be at work.
            code = wait_for(start(lambda: mailing.send(port, lambda: None))) if _is_running(process) else DONE
            figures.kept_out += code == BUSY
        how = signal.SIGINT if chance.random() < 0.1 else signal.SIGKILL
        if _is_running(process):
            os.kill(process, how)
        code = wait_for(process)
        figures.killed += code == -signal.SIGKILL
        figures.interrupted += how == signal.SIGINT and code == EARLY
        figures.stopped += how == signal.SIGKILL and code == EARLY
        if code not in {DONE, EARLY, BUSY, -signal.SIGKILL, -signal.SIGINT}:
            figures.wrong.append(f"a sender ended with {code}")
        if code == DONE:
            return
    figures.wrong.append("the senders came to no end")


def _said(pipe: int) -> None:
    # Whoever does not listen any more has heard it.
    with contextlib.suppress(BrokenPipeError):
        os.write(pipe, b".")


def _is_running(process: int) -> bool:
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def _say_again(mailing: Mailing, chance: random.Random, resent: Counter[str]) -> None:
    """Half of what is uncertain is to be sent again, and all that was refused or put off is to be tried again."""
    with Ledger(mailing.ledger) as ledger:
        uncertain = [each for each in ledger.entries() if each.state is State.UNCERTAIN]
        chosen = [each for each in uncertain if chance.random() < 0.5]
        resent.update(each.delivery.address for each in chosen)
        ledger.resend(each.key for each in chosen)
        ledger.retry(each.key for each in ledger.entries() if each.state is State.REFUSED)


def calm(folder: Path, deliveries: int) -> Figures:
    """One sender, in this process, that nobody kills, and a server that fails nobody: for who watches what it does."""
    mailing = made_mailing(folder, deliveries, random.Random(0))
    with mail_server(folder / "taken.jsonl", 0, 0.0) as port:
        code = mailing.send(port, lambda: None)
    figures = Figures(deliveries, runs=1, taken=taken(folder / "taken.jsonl").total())
    figures.wrong = judge(mailing, taken(folder / "taken.jsonl"), Counter()) + (
        [] if code == DONE else [f"ended with {code}"]
    )
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deliveries", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.1)
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="")
    parser.add_argument("--moments", type=int, default=0, help="1: all, 5: every fifth")
    parser.add_argument("--whole", action="store_true", help="a pack is sent, with all that `mail send` does")
    parser.add_argument("--calm", action="store_true", help="no kills, no faults")
    parser.add_argument("--folder", type=Path, help="where drafts and ledger go; a temporary one when absent")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        if asked.mutant:
            MUTANTS[asked.mutant](Ledger)
        if asked.moments:
            figures = every_moment(Path(folder), asked.moments)
        elif asked.calm:
            figures = calm(Path(folder), asked.deliveries)
        else:
            figures = experiment(Path(folder), asked.deliveries, asked.seed, asked.faults, whole=asked.whole)
    print(json.dumps(vars(figures), indent=2))
    return 1 if figures.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
