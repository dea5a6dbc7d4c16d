"""The verb `smartqueue display`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from display.settings import DisplaySettings

_SETTINGS = (
    "hub",
    "insecure_lan",
    "key",
    "key_file",
    "data",
    "size",
    "tv_inches",
    "farthest_m",
    "language",
    "audio",
    "alsa_device",
    "simulate",
    "headless",
    "speed",
)


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "display",
        help="run a display: the board of a waiting room, with chime and voice",
        description="Runs a display. What is given here wins over the settings file.",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--hub", metavar="URL", help="address of the hub; left out: found by mDNS")
    parser.add_argument("--insecure-lan", action="store_true", default=None, help="follow a hub on the LAN without TLS")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key", help="key of this unit, as `smartqueue setup` printed it")
    keys.add_argument("--key-file", metavar="FILE", help="file that holds the key, readable by its owner only")
    parser.add_argument("--data", metavar="DIR", help="directory of what this unit keeps")
    parser.add_argument("--size", metavar="WxH", help="size of the screen in pixels, such as 1920x1080")
    parser.add_argument("--tv-inches", metavar="N", help="diagonal of the screen")
    parser.add_argument("--farthest-m", metavar="N", help="metres to the farthest seat")
    parser.add_argument("--language", metavar="CODE", help="language of words and voice: en, hi, ar")
    parser.add_argument("--audio", metavar="alsa|DIR", help="sound card, or a directory for WAV files")
    parser.add_argument("--alsa-device", metavar="NAME", help="device that aplay plays on")
    parser.add_argument("--simulate", action="store_true", default=None, help="a window, and remote control by stdin")
    parser.add_argument("--headless", action="store_true", default=None, help="draw into memory, without a screen")
    parser.add_argument("--speed", metavar="N", help="with --simulate: announcements pass so much faster")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after a tidy end. Raises SettingsFault, StartFault and SoundFault, each with one clear text."""
    from smartqueue.cli import run_async, service  # noqa: PLC0415

    settings = _settings(args)
    from display.app import run as run_display  # noqa: PLC0415 - heavy, and only with good settings

    return run_async(run_display(settings, service()))


def _settings(args: argparse.Namespace) -> "DisplaySettings":
    from display.settings import DisplaySettings  # noqa: PLC0415
    from smartqueue.config import load  # noqa: PLC0415

    return load(DisplaySettings, args.config, {name: getattr(args, name) for name in _SETTINGS})
