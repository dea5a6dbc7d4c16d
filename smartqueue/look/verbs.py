"""The verb `smartqueue fonts`."""

import argparse
import sys
from pathlib import Path

from smartqueue.errors import StartFault
from smartqueue.look import fonts
from smartqueue.terms import LANGUAGES


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `fonts` to the command line."""
    parser = subparsers.add_parser(
        "fonts",
        help="prepare the fonts for screens and tickets (once, at installation)",
        description=(
            f"Merges Noto Sans with each script's face. Needs the Debian package {fonts.PACKAGE}; for Chinese also "
            f"{fonts.SCRIPT_FACES['chinese'].package}, and only where it is asked for with --language zh."
        ),
    )
    parser.add_argument(
        "--language",
        action="append",
        default=[],
        choices=LANGUAGES,
        help="a language of the site, besides those that every machine is prepared for; may be repeated",
    )
    parser.add_argument("--installed", action="store_true", help="every language whose faces are on this machine")
    parser.add_argument(
        "--signs",
        default="",
        metavar="TEXT",
        help="names with rare Chinese signs; the 6,763 of GB 2312 are always there",
    )
    parser.add_argument("--sources", type=Path, help="directory with the Noto faces (where Debian puts them)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepares the fonts; says nothing new when they are there."""
    from smartqueue.look import font_making  # only for this verb

    def say(line: str) -> None:
        sys.stderr.write(line + "\n")

    try:
        scripts = font_making.scripts_for([*args.language, *(["zh"] if args.signs else [])])
        if args.installed:
            scripts = tuple(dict.fromkeys((*scripts, *font_making.installed(args.sources))))
        made = font_making.prepare(sources=args.sources, scripts=scripts, signs=args.signs, report=say)
        fonts.check(languages=args.language)
    except StartFault as fault:
        say(f"smartqueue: {fault}")
        return 1
    say(f"Fonts are {'prepared' if made else 'already prepared'} in {fonts.directory()}")
    return 0
