"""Command-line options that every kind of unit has. Light: nothing heavy is imported to build the parser."""

import argparse
from pathlib import Path

NAMES = ("hub", "insecure_lan", "key", "key_file", "data", "language", "simulate", "headless")
"""Settings that these options stand for."""


def add(parser: argparse.ArgumentParser, *, simulate: str, headless: str) -> None:
    """simulate, headless: what these two mean for this kind of unit."""
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings file (TOML)")
    parser.add_argument("--hub", metavar="URL", help="address of the hub; left out: found by mDNS")
    parser.add_argument("--insecure-lan", action="store_true", default=None, help="follow a hub on the LAN without TLS")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key", help="key of this unit, as `smartqueue setup` printed it")
    keys.add_argument("--key-file", metavar="FILE", help="file that holds the key, readable by its owner only")
    parser.add_argument("--data", metavar="DIR", help="directory of what this unit keeps")
    parser.add_argument("--language", metavar="CODE", help="language of its words: en, hi, ar")
    parser.add_argument("--simulate", action="store_true", default=None, help=simulate)
    parser.add_argument("--headless", action="store_true", default=None, help=headless)
