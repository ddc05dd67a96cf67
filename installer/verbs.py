"""The verbs of the installer: what each of them needs, and what it starts.

To add a verb: a function with the docstring that is shown in the help, and its line in `VERBS`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import debian
import environment
import words

ROOT = environment.ROOT
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("lint", ("-m", "ruff", "check", ".")),
    ("types", ("-m", "mypy")),
    ("layers", ("-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())")),
    ("fast tests", ("-m", "pytest", "-m", "not slow")),
)


def run(rest: list[str]) -> int:
    """open the desk with a training commune; after `--`: --smoke OUT.png, --data DIR, evaluate FILE, rebuild"""
    debian.ensure(debian.WINDOW)
    debian.ensure(debian.PRINTING, needed=False)
    interpreter = environment.ensure("centre")
    # A word after `--` is a command of the desk itself; options belong to the command `run`.
    command = rest if rest and not rest[0].startswith("-") else ["run", *rest]
    return _become(interpreter, ["-P", "-m", "desk_app", *command], offscreen="--smoke" in rest or _no_screen())


def test(rest: list[str]) -> int:
    """run every test; after `--`: arguments for pytest"""
    return _become(_prepare_tests(), ["-m", "pytest", *rest], offscreen=_no_screen(), at_root=True)


def check(_rest: list[str]) -> int:
    """format, lint, types, layer contracts and the fast tests: what a change must pass"""
    interpreter = _prepare_tests()
    failed = []
    for name, arguments in CHECKS:
        print(f"── {name}", flush=True)
        done = subprocess.run([str(interpreter), *arguments], cwd=ROOT, env=_surroundings(_no_screen()), check=False)
        if done.returncode != 0:
            failed.append(name)
    print(f"── {'all checks passed' if not failed else 'failed: ' + ', '.join(failed)}", flush=True)
    return 1 if failed else 0


def bench(rest: list[str]) -> int:
    """measure each budget against its floor in the same run; --json prints one row a line"""
    debian.ensure(debian.MEASURING)
    return _become(_prepare_tests(), ["-m", "tests.bench", *rest], offscreen=_no_screen(), at_root=True)


def gallery(rest: list[str]) -> int:
    """paint the screens into the folder OUT, with an index page"""
    arguments = [str(Path(part).absolute()) if not part.startswith("-") else part for part in rest]
    return _become(_prepare_tests(), ["-m", "tests.gallery", *arguments], offscreen=True, at_root=True)


def soak(rest: list[str]) -> int:
    """thousands of rounds of kill, power cut and bad network; takes long"""
    return _become(_prepare_tests(), ["-m", "tests.soak", *rest], offscreen=_no_screen(), at_root=True)


def centre(rest: list[str]) -> int:
    """start the centre on this machine; after `--`: arguments for desk-centre (default: serve)"""
    return _become(environment.ensure("centre"), ["-P", "-m", "sync.centre.main", *(rest or ["serve"])])


def lock(rest: list[str]) -> int:
    """resolve the dependencies anew and write installer/locks (needs uv)"""
    extras = {"dev": ["--extra", "centre", "--extra", "dev"], "centre": ["--extra", "centre"], "desk": []}
    dev = environment.LOCKS / "dev.txt"
    for level, chosen in extras.items():
        target = environment.LOCKS / f"{level}.txt"
        agree = [] if target == dev else ["--constraint", str(dev.relative_to(ROOT))]
        command = [
            *("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"),
            *("--python-version", "3.11", *chosen, *agree, *rest),
            *("pyproject.toml", "--output-file", str(target.relative_to(ROOT))),
        ]
        try:
            done = subprocess.run(command, cwd=ROOT, check=False)
        except FileNotFoundError:
            raise words.Stop(
                "Cần chương trình uv để khóa phiên bản: cài bằng `pip install uv` rồi chạy lại.",
                "uv is needed to lock: pip install uv, then run again",
            ) from None
        if done.returncode != 0:
            return done.returncode
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    verb.__name__: verb for verb in (run, test, check, bench, gallery, soak, centre, lock)
}


def main(arguments: Sequence[str]) -> int:
    """Do one verb; returns the exit code of what it started."""
    words.speak_utf8()
    listed = "\n".join(f"  {name:8} {verb.__doc__}" for name, verb in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="bootstrap.py", epilog=f"verbs:\n{listed}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=VERBS, metavar="VERB")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="[--] ARGS", help="passed on to what the verb starts")
    chosen = parser.parse_args(list(arguments))
    rest = chosen.rest[1:] if chosen.rest[:1] == ["--"] else chosen.rest
    try:
        return VERBS[chosen.verb](rest)
    except words.Stop as stop:
        print(f"\n{stop.vietnamese}\n\n{stop.english}", file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print("\nĐã dừng. Chạy lại lệnh này để làm tiếp.  (stopped; run again to go on)", file=sys.stderr)
        return 130


def _prepare_tests() -> Path:
    debian.ensure((*debian.WINDOW, *debian.PRINTING, *debian.TESTING))
    return environment.ensure("dev")


def _no_screen() -> bool:
    return sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _surroundings(offscreen: bool) -> dict[str, str]:
    """The environment of a child: the checkout importable from any folder, no window system asked for where none is."""
    surroundings = {**environment.clean_environment(), "PYTHONPATH": str(ROOT)}
    if offscreen:
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    return surroundings


def _become(interpreter: Path, arguments: list[str], *, offscreen: bool = False, at_root: bool = False) -> int:
    """Run in place of this process, so that signals and the exit code are the program's own."""
    surroundings = _surroundings(offscreen)
    if at_root:
        os.chdir(ROOT)
    command = [str(interpreter), *arguments]
    if sys.platform == "win32":  # exec on Windows detaches the child from the console
        return subprocess.run(command, env=surroundings, check=False).returncode
    sys.stdout.flush()
    sys.stderr.flush()
    return os.execve(command[0], command, surroundings)
