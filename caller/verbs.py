"""The verb `smartqueue caller`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caller.settings import CallerSettings

_SETTINGS = ("hub", "insecure_lan", "key", "key_file", "data", "room", "size", "language", "simulate", "headless")


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "caller",
        help="run a caller unit: buttons and lamps in a room",
        description="Runs a caller unit. Its room comes from its key. What is given here wins over the settings file.",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--hub", metavar="URL", help="address of the hub; left out: found by mDNS")
    parser.add_argument("--insecure-lan", action="store_true", default=None, help="follow a hub on the LAN without TLS")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key", help="key of this unit, as `smartqueue setup` printed it")
    keys.add_argument("--key-file", metavar="FILE", help="file that holds the key, readable by its owner only")
    parser.add_argument("--data", metavar="DIR", help="directory of what this unit keeps")
    parser.add_argument("--room", metavar="ID", help="room that the key must belong to")
    parser.add_argument("--simulate", action="store_true", default=None, help="mock pins, and a panel on the screen")
    parser.add_argument("--headless", action="store_true", default=None, help="with --simulate: no panel on the screen")
    parser.add_argument("--size", metavar="WxH", help="size of that panel in pixels, such as 468x426")
    parser.add_argument("--language", metavar="CODE", help="language of that panel: en, hi, ar")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after a tidy end. Raises SettingsFault and StartFault, each with one clear text."""
    from caller.app import run as run_caller  # noqa: PLC0415
    from smartqueue.cli import run_async, service  # noqa: PLC0415

    return run_async(run_caller(_settings(args), service()))


def _settings(args: argparse.Namespace) -> "CallerSettings":
    from caller.settings import CallerSettings  # noqa: PLC0415
    from smartqueue.config import load  # noqa: PLC0415

    return load(CallerSettings, args.config, {name: getattr(args, name) for name in _SETTINGS})
