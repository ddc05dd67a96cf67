"""Only a key store that keeps secrets is a key store."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringError

from desk_app.domain.errors import Failed
from desk_app.system.keystore import FileSecrets, OsSecrets, os_keystore

Choose = Callable[..., None]


class _Memory(KeyringBackend):
    """Keeps secrets in memory; `trusted` lets it pass for the store of the system, `mood` for a bad one."""

    priority = 5

    def __init__(self, mood: str = "good") -> None:
        super().__init__()
        self.mood = mood
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return None if self.mood == "forgets" else self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.mood == "locked":
            raise KeyringError
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    def chosen(backend: KeyringBackend, module: str | None = None) -> None:
        if module:
            monkeypatch.setattr(type(backend), "__module__", module)
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)

    return chosen


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring(), _Memory()])
def test_a_missing_a_forgetting_and_an_unknown_store_are_none(choose: Choose, backend: KeyringBackend) -> None:
    choose(backend)
    assert os_keystore() is None


@pytest.mark.parametrize("mood", ["forgets", "locked"])
def test_the_system_store_must_prove_itself(choose: Choose, mood: str) -> None:
    choose(_Memory(mood), "keyring.backends.SecretService")
    assert os_keystore() is None


def test_a_working_system_store_is_taken_and_left_clean(choose: Choose) -> None:
    backend = _Memory()
    choose(backend, "keyring.backends.Windows")
    store = os_keystore()
    assert store is not None
    assert backend.kept == {}
    store.set("máy", b"\x00\xff")
    assert store.get("máy") == b"\x00\xff"
    store.delete("máy")
    assert store.get("máy") is None


def test_a_locked_store_is_told_with_its_code() -> None:
    with pytest.raises(Failed) as failed:
        OsSecrets(_Memory("locked")).set("a", b"b")
    assert failed.value.code == "HT-08"


def test_this_machine_is_asked_for_real() -> None:
    store = os_keystore()
    if store is not None:
        store.set("thử", b"1")
        assert store.get("thử") == b"1"
        store.delete("thử")


def test_training_secrets_are_files_only_this_user_reads(tmp_path: Path) -> None:
    store = FileSecrets(tmp_path / "khóa")
    assert store.get("máy") is None
    store.set("máy", b"\x00\xff")
    store.set("máy", b"\x01")
    assert store.get("máy") == b"\x01"
    (file,) = (tmp_path / "khóa").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    store.delete("máy")
    store.delete("máy")
    assert store.get("máy") is None
