"""The verbs for what no event carries: `operator-key`, `erase-notes`."""

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from smartqueue.terms import Instant, OperatorId, TokenId

DAY_MS = 24 * 3600 * 1000


def register(subparsers: Any) -> None:
    key = subparsers.add_parser(
        "operator-key",
        help="make a new key for an operator",
        description="Makes a new key for an operator, whether the hub runs or not; the earlier one lets in no more.",
    )
    key.add_argument("--data", type=Path, required=True, metavar="DIR", help="directory of the site")
    key.add_argument("operator", metavar="ID", help="id of the operator, as in the site's configuration")
    key.add_argument("--json", action="store_true", help="print the answer as JSON")
    key.set_defaults(run=_operator_key)
    notes = subparsers.add_parser(
        "erase-notes",
        help="erase notes of consultations for good",
        description="Deletes the keys of notes, whether the hub runs or not: nobody can read those notes any more.",
    )
    notes.add_argument("--data", type=Path, required=True, metavar="DIR", help="directory of the site")
    which = notes.add_mutually_exclusive_group(required=True)
    which.add_argument("--token", metavar="ID", help="those of one token")
    which.add_argument("--older-than", type=_days, metavar="DAYS", help="those of tokens first noted so long ago")
    notes.add_argument("--json", action="store_true", help="print the answer as JSON")
    notes.set_defaults(run=_erase_notes)


def _operator_key(args: argparse.Namespace) -> int:
    from hub import operator_keys  # noqa: PLC0415

    path = asyncio.run(operator_keys.give(args.data, OperatorId(args.operator)))
    said = {"operator": args.operator, "key_file": str(path)}
    _say(args, said, f"The new key of {args.operator} lies in {path}, readable by you alone.")
    return 0


def _erase_notes(args: argparse.Namespace) -> int:
    from hub import notes  # noqa: PLC0415
    from hub.clock import HubClock  # noqa: PLC0415
    from smartqueue.errors import StartFault  # noqa: PLC0415

    if not args.data.is_dir():
        raise StartFault(f"{args.data} is not a directory. Give the site's with --data.")
    if args.token is not None:
        count = notes.erase(args.data, token=TokenId(args.token))
    else:
        count = notes.erase(args.data, before=Instant(HubClock().moment().at - args.older_than * DAY_MS))
    _say(args, {"tokens": count}, f"Tokens whose notes have been erased: {count}")
    return 0


def _say(args: argparse.Namespace, values: dict[str, str | int], text: str) -> None:
    sys.stdout.write((json.dumps(values) if args.json else text) + "\n")


def _days(text: str) -> int:
    """Raises ValueError, which argparse turns into a usage error."""
    days = int(text)
    if not 0 <= days <= 36_500:
        raise ValueError
    return days
