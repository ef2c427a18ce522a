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
        for pack in sorted({pack for pack, _ in CASES})
        for path in sorted((folder / pack).rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def test_a_build_elsewhere_gives_the_same_bytes(output, tmp_path):
    """Another folder, user, home, time zone, language, umask and order of sets; annexes taken in afresh, one process."""
    project = tmp_path / "Ein anderer Ort" / "projet é"
    project.mkdir(parents=True)
    for name in ("sources", "styles"):
        shutil.copytree(ROOT / name, project / name)
    # The paths of inputs in the manifest are relative to the project.
    shutil.copy(ROOT / "pyproject.toml", project)
    surroundings = {
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "USER": "somebody-else",
        "LOGNAME": "somebody-else",
        "HOSTNAME": "elsewhere",
        "COLUMNS": "40",
    }
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TMPDIR") if name in os.environ}
    paths = [str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    ran = subprocess.run(
        [sys.executable, "-m", "briefpack", "build", "--jobs", "1", "--quiet"],
        cwd=project,
        env={**kept, **surroundings, "PYTHONPATH": os.pathsep.join(paths)},
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr

    here = _digests(output)
    assert len(here) > 2 * len(CASES)
    assert _digests(project / "build") == here
