"""The verb `smartqueue display`."""

import argparse
from typing import TYPE_CHECKING, Any

from smartqueue import unit_options

if TYPE_CHECKING:
    from display.settings import DisplaySettings

_SETTINGS = (*unit_options.NAMES, "size", "tv_inches", "farthest_m", "audio", "alsa_device", "speed")


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "display",
        help="run a display: the board of a waiting room, with chime and voice",
        description="Runs a display. What is given here wins over the settings file.",
    )
    unit_options.add(
        parser, simulate="a window, and remote control by stdin", headless="draw into memory, without a screen"
    )
    parser.add_argument("--size", metavar="WxH", help="size of the screen in pixels, such as 1920x1080")
    parser.add_argument("--tv-inches", metavar="N", help="diagonal of the screen")
    parser.add_argument("--farthest-m", metavar="N", help="metres to the farthest seat")
    parser.add_argument("--audio", metavar="alsa|DIR", help="sound card, or a directory for WAV files")
    parser.add_argument("--alsa-device", metavar="NAME", help="device that aplay plays on")
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
