"""The program's door: the words of the command line, then the window or one command. Imported by nobody.

Nothing heavy is imported before the first paint; every command imports what it needs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``desk-app``; answers the exit code (0 well, 1 a case failed, 2 refused with plain words)."""
    options = _parser().parse_args(sys.argv[1:] if argv is None else list(argv))
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk-app", description="Một Cửa Desk: bàn tiếp nhận của xã, phường.")
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("--data", type=Path, help="data folder (default: the machine's own place for it)")
    commands = parser.add_subparsers(metavar="COMMAND")

    run = commands.add_parser("run", parents=[folder], help="open the desk (training commune unless --real)")
    _window_options(run)
    evaluate = commands.add_parser("evaluate", help="run catalogue cases through the real rules")
    evaluate.add_argument("file", type=Path, metavar="FILE")
    evaluate.set_defaults(run=_evaluate)
    rebuild = commands.add_parser("rebuild", parents=[folder], help="make the read tables again from the journal")
    rebuild.add_argument("--real", action="store_true", help="the enrolled desk, not the training commune")
    rebuild.add_argument("--officer", default="", help="who unlocks (default: the first)")
    rebuild.add_argument("--pin", default="", help="PIN; asked for when not given")
    rebuild.set_defaults(run=_rebuild)
    lifecycle = commands.add_parser("lifecycle", help="show the life of a dossier: states, moves, roles, papers, clock")
    lifecycle.add_argument("--dot", action="store_true", help="as a Graphviz drawing")
    lifecycle.set_defaults(run=_lifecycle)
    _window_options(parser)
    parser.set_defaults(data=None)
    return parser


def _window_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--real", action="store_true", help="the enrolled desk (first start: enrolment)")
    parser.add_argument("--smoke", type=Path, metavar="OUT.png", help="paint the first screen, save it, exit")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from desk_app.wiring.program import Program

    return Program(real=options.real, data=options.data).run(smoke=options.smoke)


def _evaluate(options: argparse.Namespace) -> int:
    from desk_app.services import evaluate

    return evaluate.main([str(options.file)])


def _rebuild(options: argparse.Namespace) -> int:
    from desk_app.wiring.commands import rebuild

    return rebuild(real=options.real, data=options.data, officer=options.officer, pin=options.pin)


def _lifecycle(options: argparse.Namespace) -> int:
    from desk_app.domain.lifecycle import drawing, listing

    sys.stdout.write(drawing() if options.dot else listing())
    return 0
