"""The verb `smartqueue caller`."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from smartqueue import unit_options

if TYPE_CHECKING:
    from caller.settings import CallerSettings

_SETTINGS = (*unit_options.NAMES, "room", "size")


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "caller",
        help="run a caller unit: buttons and lamps in a room",
        description="Runs a caller unit. Its room comes from its key. What is given here wins over the settings file.",
    )
    unit_options.add(
        parser, simulate="mock pins, and a panel on the screen", headless="with --simulate: no panel on the screen"
    )
    parser.add_argument("--room", metavar="ID", help="room that the key must belong to")
    parser.add_argument("--size", metavar="WxH", help="size of that panel in pixels, such as 468x426")
    trials = parser.add_mutually_exclusive_group()
    trials.add_argument("--test-lamps", action="store_true", help="light every lamp in turn and end; needs no hub")
    trials.add_argument(
        "--watch-pins", action="store_true", help="print what the buttons' contacts do until Ctrl-C; needs no hub"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after a tidy end. Raises SettingsFault and StartFault, each with one clear text."""
    from smartqueue.cli import run_async, service

    if args.test_lamps or args.watch_pins:
        from caller.trial import run as run_trial

        return run_async(run_trial(_settings(args, key="-"), _say, watch=args.watch_pins))
    from caller.app import run as run_caller

    return run_async(run_caller(_settings(args), service()))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _settings(args: argparse.Namespace, **instead: str) -> "CallerSettings":
    """instead: what is not asked for. Pins can be tried before the unit has a key."""
    from caller.settings import CallerSettings
    from smartqueue.config import load

    return load(CallerSettings, args.config, {name: getattr(args, name) for name in _SETTINGS} | instead)
