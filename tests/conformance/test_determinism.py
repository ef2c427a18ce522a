"""Equal inputs give equal bytes, wherever, whenever and in whatever surroundings they are built."""

import hashlib
import os
import shutil
import subprocess
import sys

from tests.conformance.packs import CASES, ROOT


def _digests(folder):
    """SHA-256 of every published file of the packs by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for manifest in sorted(folder.glob("*/manifest.json"))
        for path in sorted(manifest.parent.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _built_elsewhere(project, *options):
    """Another folder, user, home, time zone, language, umask and order of sets; annexes taken in afresh, one process."""
    surroundings = {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "C",
        "HOME": str(project),
        "USER": "somebody-else",
        "LOGNAME": "somebody-else",
        "HOSTNAME": "elsewhere",
        "COLUMNS": "40",
    }
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TMPDIR") if name in os.environ}
    paths = [str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    ran = subprocess.run(
        [sys.executable, "-m", "briefpack", "build", "--jobs", "1", "--quiet", *options],
        cwd=project,
        env={**kept, **surroundings, "PYTHONPATH": os.pathsep.join(paths)},
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return _digests(project / "build")


def _copied(root, to):
    project = to / "Ein anderer Ort" / "projet é"
    project.mkdir(parents=True)
    for name in ("sources", "styles"):
        shutil.copytree(root / name, project / name)
    return project


def test_a_build_elsewhere_gives_the_same_bytes(output, tmp_path):
    project = _copied(ROOT, tmp_path)
    # The paths of inputs in the manifest are relative to the project.
    shutil.copy(ROOT / "pyproject.toml", project)

    here = _digests(output)
    assert len(here) > 2 * len(CASES)
    assert _built_elsewhere(project) == here


def test_so_does_one_of_everything_that_is_hard_to_tag(torture, tmp_path):
    """PDF and Word; the manifest and the records of annexes and of the audit of one audience are others."""
    found = _built_elsewhere(_copied(torture, tmp_path), "--audience", "narrow")
    here = _digests(torture / "build")
    files = [name for name in found if not name.endswith(("manifest.json", "annexes.json", "audit.json"))]

    assert {name.rsplit(".", 1)[1] for name in files} == {"pdf", "docx"}
    assert {name: found[name] for name in files} == {name: here[name] for name in files}
