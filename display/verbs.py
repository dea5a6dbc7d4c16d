"""The verb `smartqueue display`."""

import argparse
import tempfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smartqueue import unit_options

if TYPE_CHECKING:
    from display.settings import DisplaySettings

_SETTINGS = (
    *unit_options.NAMES,
    "size",
    "tv_inches",
    "farthest_m",
    "layout",
    "departments",
    "rooms",
    "pictures",
    "audio",
    "alsa_device",
    "speed",
)


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
    parser.add_argument("--layout", metavar="NAME", help="recent, call, departments or door")
    parser.add_argument("--departments", metavar="A,B", type=_names, help="show these departments only")
    parser.add_argument("--rooms", metavar="A,B", type=_names, help="show calls to these rooms")
    parser.add_argument("--pictures", metavar="DIR", help="pictures of the clinic for between calls")
    parser.add_argument("--audio", metavar="alsa|DIR", help="sound card, or a directory for WAV files")
    parser.add_argument("--alsa-device", metavar="NAME", help="device that aplay plays on")
    parser.add_argument("--speed", metavar="N", help="with --simulate: announcements pass so much faster")
    parser.add_argument(
        "--test-sound", action="store_true", help="play chime and voice, say what is wrong with them, and end"
    )
    parser.add_argument("--json", action="store_true", help="with --test-sound: one line of JSON for each sound")
    parser.set_defaults(run=run)


def _names(text: str) -> tuple[str, ...]:
    """`a,b` as two names."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after a tidy end. Raises SettingsFault, StartFault and SoundFault, each with one clear text."""
    if args.test_sound:
        return _test_sound(args)
    from smartqueue.cli import run_async, service

    settings = _settings(args)
    from display.app import run as run_display  # heavy, and only with good settings

    return run_async(run_display(settings, service()))


def _test_sound(args: argparse.Namespace) -> int:
    """0 when all was played as it should be, else 1. Needs neither a hub nor its key."""
    from smartqueue.cli import run_async, say

    with tempfile.TemporaryDirectory(prefix="smartqueue-sound-") as spare:
        alone = {"key": "none needed"} if args.key is None and args.key_file is None else {}
        if args.config is None and args.data is None:
            alone["data"] = spare
        settings = _settings(args, alone)
        from display.app import test_sound  # heavy, and only with good settings

        async def main() -> int:
            good = await test_sound(settings, lambda tried: say(tried.told(as_json=args.json)))
            return 0 if good else 1

        return run_async(main())


def _settings(args: argparse.Namespace, instead: Mapping[str, object] | None = None) -> "DisplaySettings":
    """instead: of what the command line may leave out."""
    from display.settings import DisplaySettings
    from smartqueue.config import load

    given = {name: getattr(args, name) for name in _SETTINGS}
    return load(DisplaySettings, args.config, {**given, **(instead or {})})
