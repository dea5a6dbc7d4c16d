"""The verb `smartqueue kiosk`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiosk.settings import KioskSettings

_SETTINGS = (
    "hub",
    "insecure_lan",
    "key",
    "key_file",
    "data",
    "printer",
    "paper",
    "size",
    "width_mm",
    "language",
    "simulate",
    "headless",
)


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "kiosk",
        help="run a kiosk: a touch screen that prints tickets",
        description="Runs a kiosk. What is given here wins over the settings file.",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--hub", metavar="URL", help="address of the hub; left out: found by mDNS")
    parser.add_argument("--insecure-lan", action="store_true", default=None, help="follow a hub on the LAN without TLS")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key", help="key of this unit, as `smartqueue setup` printed it")
    keys.add_argument("--key-file", metavar="FILE", help="file that holds the key, readable by its owner only")
    parser.add_argument("--data", metavar="DIR", help="directory of what this unit keeps")
    parser.add_argument("--printer", metavar="URL", help="the printer, such as tcp://192.168.1.50:9100 or virtual:DIR")
    parser.add_argument("--paper", metavar="WIDTH", help="width of its paper: 80mm or 58mm")
    parser.add_argument("--size", metavar="WxH", help="size of the panel in pixels, such as 1280x800")
    parser.add_argument("--width-mm", metavar="N", help="width of the panel's picture in millimetres")
    parser.add_argument("--language", metavar="CODE", help="language that the kiosk returns to: en, hi, ar")
    parser.add_argument("--simulate", action="store_true", default=None, help="a window, and remote control by stdin")
    parser.add_argument("--headless", action="store_true", default=None, help="draw into memory, without a screen")
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
