"""The machine on which a pack is built, as far as it might betray itself in a file: who uses it, what it is called, where the project lies."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_THOUSANDS = """
root user users admin administrator ubuntu debian fedora runner docker localhost localdomain nobody guest test build builder vscode codespace jenkins
gitlab github desktop laptop server windows linux macbook home work office default system local
"""
_NOISE = frozenset(_THOUSANDS.split())
"""Names that thousands of machines have, and that say nothing of this one."""
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Machine:
    """names: (what it is, the name): of its user and of the machine itself. folders: (what it is, absolute path)."""

    names: tuple[tuple[str, str], ...] = ()
    folders: tuple[tuple[str, str], ...] = ()


def this_machine(project: Path) -> Machine:
    """The machine that this runs on. project: the folder of the pack's project."""
    names: dict[str, str] = {}
    with contextlib.suppress(OSError, KeyError, ImportError):
        names.setdefault(getpass.getuser(), "the name of the builder's account")
    with contextlib.suppress(OSError, KeyError, ImportError):
        names.setdefault(_real_name(), "the builder's name")
    for host in (platform.node(), socket.gethostname()):
        names.setdefault(host, "the name of the builder's machine")
        names.setdefault(host.partition(".")[0], "the name of the builder's machine")
    folders: dict[str, str] = {}
    with contextlib.suppress(RuntimeError):
        folders.setdefault(_folder(Path.home()), "a path in the builder's home folder")
    folders.setdefault(_folder(project), "a path in the project's folder")
    folders.setdefault(_folder(project.resolve()), "a path in the project's folder")
    folders.setdefault(_folder(Path(tempfile.gettempdir())), "a path in the folder for temporary files")
    return Machine(
        tuple((what, name) for name, what in names.items() if _is_own(name)),
        tuple((what, path) for path, what in folders.items() if len(path) > _SHORTEST),
    )


if sys.platform == "win32":

    def _real_name() -> str:
        """Not told by the system's own means."""
        return ""

else:
    import pwd

    def _real_name() -> str:
        return pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()


def _is_own(name: str) -> bool:
    plain = name.strip().casefold()
    return len(plain) >= _SHORTEST and plain not in _NOISE and not plain.isdecimal()


def _folder(path: Path) -> str:
    return path.as_posix().rstrip("/") + "/"


def spellings(path: str) -> tuple[str, ...]:
    """The ways in which a path may be written in a file."""
    bare = path.rstrip("/")
    return tuple(dict.fromkeys((bare, quote(bare), bare.replace("/", "\\"), bare.replace("/", "\\\\"))))
