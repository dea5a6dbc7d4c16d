"""The verb `smartqueue fonts`."""

import argparse
import sys
from pathlib import Path

from smartqueue.errors import StartFault
from smartqueue.look import fonts


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `fonts` to the command line."""
    parser = subparsers.add_parser(
        "fonts",
        help="prepare the fonts for screens and tickets (once, at installation)",
        description=f"Merges Noto Sans with each script's face. Needs the Debian package {fonts.PACKAGE}.",
    )
    parser.add_argument("--sources", type=Path, default=fonts.SOURCES, help="where the Noto faces lie (%(default)s)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepares the fonts; says nothing new when they are there."""

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        made = fonts.prepare(sources=args.sources, report=say)
        fonts.check()
    except StartFault as fault:
        say(f"smartqueue: {fault}")
        return 1
    say(f"Fonts are {'prepared' if made else 'already prepared'} in {fonts.directory()}")
    return 0
