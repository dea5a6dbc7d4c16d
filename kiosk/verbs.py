"""The verb `smartqueue kiosk`."""

import argparse
from typing import TYPE_CHECKING, Any

from smartqueue import unit_options

if TYPE_CHECKING:
    from kiosk.settings import KioskSettings

_SETTINGS = (*unit_options.NAMES, "printer", "paper", "size", "width_mm")


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
    parser.add_argument("--paper", metavar="WIDTH", help="width of its paper: 80mm or 58mm")
    parser.add_argument("--size", metavar="WxH", help="size of the panel in pixels, such as 1280x800")
    parser.add_argument("--width-mm", metavar="N", help="width of the panel's picture in millimetres")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 after a tidy end. Raises SettingsFault and StartFault, each with one clear text."""
    from smartqueue.cli import run_async, service  # noqa: PLC0415

    settings = _settings(args)
    from kiosk.app import run as run_kiosk  # noqa: PLC0415 - heavy, and only with good settings

    return run_async(run_kiosk(settings, service()))


def _settings(args: argparse.Namespace) -> "KioskSettings":
    from kiosk.settings import KioskSettings  # noqa: PLC0415
    from smartqueue.config import load  # noqa: PLC0415

    return load(KioskSettings, args.config, {name: getattr(args, name) for name in _SETTINGS})
