"""However the selection is broken, the audit stops the build: nothing of what got through is published, and the message says what it is and where it
was written."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

import briefpack.pipeline.audience as worker
from briefpack.errors import BriefpackError, ExitCode
from briefpack.files import stage
from briefpack.pack import Format
from briefpack.pipeline import CACHE_NAME, build
from briefpack.pipeline.prepare import Order
from tests.conformance.conftest import Once
from tests.conformance.mutants import MUTANTS, Mutant
from tests.packs.kinds_maker import INNER, NAME, OUTER, Kinds, write_kinds
from tests.packs.leaks import parts_of, squeezed


@pytest.fixture(scope="session")
def kinds(once: Once) -> Kinds:
    """The pack of all kinds; what is made of its annexes is kept from one build to the next."""

    def fill(folder: Path) -> None:
        made = write_kinds(folder)
        build(made.folder, Order(output=folder / "build"))
        (folder / "kinds").write_bytes(pickle.dumps(made))

    made = pickle.loads((once(NAME, fill) / "kinds").read_bytes())  # noqa: S301  # written above
    assert isinstance(made, Kinds)
    return made


def _words(kinds: Kinds, audience: str) -> str:
    path = kinds.folder.parents[1] / "build" / NAME / audience / f"{NAME}-{audience}.docx"
    return _squeezed_parts(path.read_bytes())


def _squeezed_parts(content: bytes) -> str:
    return squeezed(" ".join(parts_of(content)))


def test_the_selection_withholds_every_kind_and_the_audit_lets_it_pass(kinds: Kinds) -> None:
    outer, inner = _words(kinds, OUTER), _words(kinds, INNER)

    assert len(kinds.secrets) > 80
    assert [kind for kind, text in kinds.secrets.items() if squeezed(text) in outer] == []
    # A page of an annex is in the PDF alone.
    assert {kind for kind, text in kinds.secrets.items() if squeezed(text) not in inner} == {
        "page of an annex"
    }


def test_there_are_more_than_fifty_mutants() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) > 50


@pytest.mark.parametrize("mutant", MUTANTS, ids=[mutant.name for mutant in MUTANTS])
def test_a_broken_selection_is_stopped(
    kinds: Kinds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: Mutant
) -> None:
    output = tmp_path / "build" / NAME
    # Annexes are cleaned once for all.
    shutil.copytree(kinds.folder.parents[1] / "build" / NAME / CACHE_NAME, output / CACHE_NAME)
    mutant.breaks(monkeypatch, kinds.secrets)
    made: list[bytes] = []

    def staged(target: Path, content: bytes) -> object:
        made.append(content)
        return stage(target, content)

    monkeypatch.setattr(worker, "stage", staged)

    with pytest.raises(BriefpackError) as stopped:
        build(kinds.folder, Order(audiences=(OUTER,), formats=(Format.DOCX,), output=tmp_path / "build"))

    errors = [found for found in stopped.value.diagnostics if found.code is ExitCode.LEAK]
    assert errors, [found.message for found in stopped.value.diagnostics]
    assert stopped.value.exit_code is ExitCode.LEAK
    # The mutant is alive: what it lets through is in the file that was made.
    (content,) = made
    words = _squeezed_parts(content)
    leaked = {kind for kind in mutant.leaks if squeezed(kinds.secrets[kind]) in words}
    assert leaked == set(mutant.leaks)
    for kind in leaked:
        told = [found.message for found in errors if _tells(found.message, kinds.secrets[kind])]
        assert told, (kind, [found.message for found in errors])
    published = [path.relative_to(output) for path in output.rglob("*") if path.is_file()]
    assert [path for path in published if path.parts[0] not in {CACHE_NAME, ".lock"}] == []


def _tells(message: str, secret: str) -> bool:
    """Whether a message shows a secret, or a part of it."""
    words = secret.split()
    if secret.startswith("RESTRICTED") and f"marking “{words[0]}" in message:
        return True
    runs = (squeezed(" ".join(words[at : at + 4])) for at in range(len(words) - 3))
    return any(run in squeezed(message) for run in runs)
