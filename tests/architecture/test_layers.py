"""The layer rule holds, and the rule itself is able to see a breach."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files, imports

_RUN = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"

# Pure code: what it knows comes in as arguments. No clock, chance, disk, threads, network, log, process, machine.
PURE_LIBRARY = frozenset(
    (
        *(
            "__future__",
            "abc",
            "base64",
            "binascii",
            "bisect",
            "calendar",
            "collections",
            "collections.abc",
            "contextlib",
        ),
        *(
            "dataclasses",
            "datetime",
            "difflib",
            "enum",
            "fractions",
            "functools",
            "hashlib",
            "heapq",
            "hmac",
            "itertools",
            "json",
        ),
        *("math", "numbers", "operator", "re", "string", "struct", "textwrap", "types", "typing", "unicodedata"),
    )
)
PURE_EXCEPTIONS = {
    "sync/protocol/sign.py": "cryptography",
    "sync/protocol/wire.py": "zstandard",
    "sync/protocol/parcels.py": "zlib",
    "sync/protocol/lockbox.py": "pyrage",
}
_IMPURE_CALLS = re.compile(r"\b(?:open|input|print)\(|datetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\bsleep\(")


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _RUN],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_layer_contract_is_kept() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " 0 broken" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("desk_app/domain/breach.py", "import PySide6.QtCore"),
        ("desk_app/domain/breach.py", "import desk_app.storage"),
        ("desk_app/ui/breach.py", "import desk_app.system.paths"),
        ("desk_app/ui/breach.py", "import sqlalchemy"),
        ("desk_app/storage/breach.py", "import desk_app.documents"),
        ("desk_app/storage/breach.py", "import reportlab"),
        ("desk_app/services/breach.py", "import PySide6.QtWidgets"),
        ("desk_app/services/breach.py", "import keyring"),
        ("desk_app/documents/breach.py", "import yaml"),
        ("desk_app/system/breach.py", "import requests"),
        ("desk_app/authoring/breach.py", "import desk_app.services"),
        ("desk_app/services/breach.py", "import sync.desk"),
        ("sync/protocol/breach.py", "import requests"),
        ("sync/desk/breach.py", "import sync.centre"),
        ("sync/centre/breach.py", "import desk_app.domain"),
        ("sync/checker/breach.py", "import sync.protocol"),
        ("desk_app/utils/__init__.py", ""),
        ("sync/common/__init__.py", ""),
    ],
)
def test_a_planted_breach_is_caught(tmp_path: Path, file: str, line: str) -> None:
    for folder in ("desk_app", "sync"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    breach = tmp_path / file
    breach.parent.mkdir(exist_ok=True)
    breach.write_text(line + "\n", encoding="utf-8")
    assert _lint(tmp_path).returncode != 0


def test_rules_and_protocol_import_nothing_but_pure_library() -> None:
    strangers = [
        f"{file.relative_to(ROOT)}:{line} imports {module}"
        for file in files("desk_app/domain", "sync/protocol")
        for module, line in imports(file)
        if module not in PURE_LIBRARY
        and not module.startswith(("desk_app.domain", "sync.protocol"))
        and module.split(".")[0] != PURE_EXCEPTIONS.get(file.relative_to(ROOT).as_posix())
    ]
    assert not strangers, "\n".join(strangers)


def test_rules_and_protocol_ask_neither_clock_nor_disk() -> None:
    asked = [
        f"{file.relative_to(ROOT)}:{number} {line.strip()}"
        for file in files("desk_app/domain", "sync/protocol")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if _IMPURE_CALLS.search(line.split("#")[0])
    ]
    assert not asked, "\n".join(asked)


def test_resources_hold_no_code() -> None:
    assert files("resources") == []
