"""The source of the desk as syntax trees, for tests that read code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tree(file: Path) -> ast.Module:
    """One file, parsed once for all tests."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the checkout."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Each module that `file` imports by name, with its line; the ones for type checking only are left out."""
    only_types = {
        id(inner)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for part in node.body
        for inner in ast.walk(part)
    }
    for node in ast.walk(tree(file)):
        if id(node) in only_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno


def public_names(file: Path) -> Iterator[tuple[str, int]]:
    """Classes, functions, methods, arguments and fields that other files see, with their lines."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name, node.lineno
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                yield from ((one.arg, one.lineno) for one in arguments)
            else:
                fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
                yield from ((one.target.id, one.lineno) for one in fields if isinstance(one.target, ast.Name))
