"""Measures SmartQueue and prints a table: `make bench`, or `make bench ARGS="issue fanout"` for some of it.

Writes build/bench.json. Absolute figures are this machine's; ratios are taken in one run, both sides in turn.
"""

import argparse
import asyncio
import importlib
import sys
import tempfile
from pathlib import Path

import figures

BENCHES = ("domain", "service", "issue", "fanout", "hub", "announcer", "units", "caller")
LONG = ("display_day", "tickets")
"""Take so long that they run only when they are asked for."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"some of: {' '.join((*BENCHES, *LONG))}")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), help="where the figures go")
    args = parser.parse_args()
    if unknown := set(args.benches) - {*BENCHES, *LONG}:
        parser.error(f"no bench {', '.join(sorted(unknown))}; there are: {' '.join((*BENCHES, *LONG))}")
    measured: list[figures.Figure] = []
    for name in args.benches or BENCHES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="smartqueue-bench-") as directory:
            measured += asyncio.run(importlib.import_module(f"bench_{name}").run(Path(directory)))
    print(figures.table(measured))
    figures.write(measured, args.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
