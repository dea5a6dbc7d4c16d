"""`smartqueue setup --logo FILE` and `--no-logo`: with a new site, or alone for a site that there is."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.logo import Logo

_OF_A_NEW_SITE = ("name", "demo_data", "unit", "public_url", "zone", "language", "configuration")


def given(path: Path | None) -> "tuple[Logo | None, tuple[str, ...]]":
    """The logo, and what is wrong with it."""
    from hub import logo  # noqa: PLC0415 - as a verb: imported for every command line

    if path is None:
        return None, ()
    try:
        return logo.read(path), ()
    except logo.NoPicture as wrong:
        return None, (f"--logo {path}: {wrong}",)


def is_all(args: argparse.Namespace) -> bool:
    """Whether nothing but the logo of a site that there is shall be another."""
    from hub.journal import sqlite  # noqa: PLC0415 - as above

    alone = not any(getattr(args, name) for name in _OF_A_NEW_SITE)
    there = (args.data / sqlite.FILE).exists()
    return args.no_logo or (args.logo is not None and alone and there)


def change(args: argparse.Namespace, picture: "Logo | None", mistakes: tuple[str, ...]) -> int:
    """Raises StartFault."""
    from hub import logo  # noqa: PLC0415 - as above
    from hub.journal import sqlite  # noqa: PLC0415 - as above
    from smartqueue.errors import StartFault  # noqa: PLC0415 - as above

    if not (args.data / sqlite.FILE).exists():
        raise StartFault(f"{args.data} holds no site whose logo could be taken away.")
    if any(getattr(args, name) for name in _OF_A_NEW_SITE):
        raise StartFault("--no-logo is for a site that there is; leave everything else out but --data.")
    if mistakes:
        raise StartFault("; ".join(mistakes))
    logo.change(args.data, picture)
    digest = picture.digest if picture is not None else None
    said = f"The logo is that of {args.logo} now" if picture is not None else "There is no logo any more"
    text = json.dumps({"logo": digest}) if args.json else f"{said}. A hub that runs shows it after a restart."
    sys.stdout.write(text + "\n")
    return 0
