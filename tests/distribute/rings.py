"""A keyring of the tests' own, in memory, so that nobody's real one is asked."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest

# By name: it ships no types that are of use here.
keyring = importlib.import_module("keyring")
backend = importlib.import_module("keyring.backend")


class Ring(backend.KeyringBackend):  # type: ignore[misc,name-defined]
    """A keyring in memory. broken: it fails with what it was given among its words, as some do."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def _look(self, *words: str) -> None:
        if self.broken:
            raise keyring.errors.KeyringLocked(" ".join(words))

    def get_password(self, service: str, username: str) -> str | None:
        self._look(service, username)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look(service, username, password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look(service, username)
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)
