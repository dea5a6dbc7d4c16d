"""The verb `smartqueue kiosk`."""

import argparse
import tempfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

from smartqueue import unit_options

if TYPE_CHECKING:
    from kiosk.settings import KioskSettings

_SETTINGS = (*unit_options.NAMES, "printer", "profile", "paper", "size", "width_mm", "reader", "audio", "alsa_device")


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "kiosk",
        help="run a kiosk: a touch screen that prints tickets",
        description="Runs a kiosk. What is given here wins over the settings file.",
    )
    unit_options.add(
        parser, simulate="a window, and remote control by stdin", headless="draw into memory, without a screen"
    )
    parser.add_argument("--printer", metavar="URL", help="the printer, such as tcp://192.168.1.50:9100 or virtual:DIR")
    parser.add_argument("--profile", metavar="NAME", help="what kind of printer it is, such as epson-tm-t20")
    parser.add_argument("--paper", metavar="WIDTH", help="width of its paper: 80mm or 58mm")
    parser.add_argument("--size", metavar="WxH", help="size of the panel in pixels, such as 1280x800")
    parser.add_argument("--width-mm", metavar="N", help="width of the panel's picture in millimetres")
    parser.add_argument("--reader", metavar="keyboard|URL", help="code reader that types, or one on a serial line")
    parser.add_argument("--audio", metavar="alsa|DIR", help="sound card, or a directory for WAV files")
    parser.add_argument("--alsa-device", metavar="NAME", help="device that aplay plays on")
    parser.add_argument(
        "--test-print",
        action="store_true",
        help="print one ticket marked as a trial, say how the printer is, and end: 0 when it came out, else 1",
    )
    parser.add_argument(
        "--test-sound",
        action="store_true",
        help="play each tone and a sentence in each language, say what is wrong with them, and end: 0 when all was "
        "played, else 1",
    )
    parser.add_argument("--json", action="store_true", help="with --test-sound: one line of JSON for each sound")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after a tidy end. Raises SettingsFault and StartFault, each with one clear text."""
    from smartqueue.cli import run_async, service

    if args.test_print:
        return _test_print(args)
    if args.test_sound:
        return _test_sound(args)
    settings = _settings(args)
    from kiosk.app import run as run_kiosk  # heavy, and only with good settings

    return run_async(run_kiosk(settings, service()))


def _test_print(args: argparse.Namespace) -> int:
    """Needs neither hub nor key: a printer is tried before anything is paired, and by whoever may not read the key."""
    settings = _settings(args, key="unused", key_file=None, data=".")
    from kiosk.trial_print import trial_print  # draws with Pillow
    from smartqueue.cli import run_async, say

    now = datetime.now().astimezone()
    return run_async(trial_print(settings.printer, settings.printer_profile, settings.language, now, say))


def _test_sound(args: argparse.Namespace) -> int:
    """Needs neither hub, key nor printer; what is said is kept nowhere where there is no directory for it."""
    from smartqueue.cli import run_async, say

    with tempfile.TemporaryDirectory(prefix="smartqueue-sound-") as spare:
        alone: dict[str, object] = {"key": "unused", "key_file": None}
        if args.config is None:
            alone |= {"data": args.data or spare, "printer": args.printer or f"virtual:{spare}"}
        settings = _settings(args, **alone)
        from kiosk.app import test_sound  # heavy, and only with good settings

        async def main() -> int:
            good = await test_sound(settings, lambda tried: say(tried.told(as_json=args.json)))
            return 0 if good else 1

        return run_async(main())


def _settings(args: argparse.Namespace, **instead: object) -> "KioskSettings":
    from kiosk.settings import KioskSettings
    from smartqueue.config import load

    return load(KioskSettings, args.config, {name: getattr(args, name) for name in _SETTINGS} | instead)
