"""The verb `smartqueue demo`."""

import argparse
import os
from pathlib import Path
from typing import Any

LIMIT_S = 300.0


def register(subparsers: Any) -> None:
    """Adds the verb; nothing heavy is imported before it runs."""
    parser = subparsers.add_parser(
        "demo",
        help="the whole appliance on this machine: hub, kiosk, two callers and a display",
        description="Runs hub, kiosk, two callers and a display as separate processes. "
        "With a screen: windows to touch. "
        "Headless: simulated patients and doctors, a table at the end, pictures and sound in a directory.",
    )
    parser.add_argument("--headless", action="store_true", help="without windows; of itself where there is no screen")
    parser.add_argument("--seconds", type=float, metavar="N", help="limit of the run (headless: 300; windows: none)")
    parser.add_argument("--patients", type=_count, default=6, metavar="N", help="simulated patients (6)")
    parser.add_argument(
        "--out", type=Path, default=Path("demo-out"), metavar="DIR", help="pictures, tickets, sound, logs"
    )
    parser.add_argument("--port", type=int, default=0, metavar="N", help="port of the hub (a free one)")
    parser.add_argument("--faults", action="store_true", help="kill the hub and stop the printer in the middle")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when every patient got one ticket and one announced call; 1 otherwise, with what is wrong."""
    from smartqueue.cli import run_async  # the command line itself imports this file
    from smartqueue.demo.options import Options
    from smartqueue.demo.run import demo

    headless = args.headless or args.faults or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    seconds = args.seconds if args.seconds is not None else (LIMIT_S if headless else 0.0)
    out = args.out.absolute()
    return run_async(demo(Options(headless, seconds, args.patients, out, args.port, args.faults)))


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 200:
        raise argparse.ArgumentTypeError("1 to 200 patients")
    return number
