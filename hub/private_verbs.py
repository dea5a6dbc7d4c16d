"""The verbs for what no event carries: `operator-key`, `erase-notes`, `erase-contacts`."""

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
    contacts = subparsers.add_parser(
        "erase-contacts",
        help="erase telephone numbers for good",
        description="Deletes telephone numbers that people left for messages, whether the hub runs or not.",
    )
    contacts.add_argument("--data", type=Path, required=True, metavar="DIR", help="directory of the site")
    which = contacts.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--phone", metavar="NUMBER", help="this one, with country prefix; `-` reads it from the standard input"
    )
    which.add_argument("--older-than", type=_days, metavar="DAYS", help="those given for the last time so long ago")
    contacts.add_argument("--json", action="store_true", help="print the answer as JSON")
    contacts.set_defaults(run=_erase_contacts)


def _operator_key(args: argparse.Namespace) -> int:
    from hub import operator_keys

    path = asyncio.run(operator_keys.give(args.data, OperatorId(args.operator)))
    said = {"operator": args.operator, "key_file": str(path)}
    _say(args, said, f"The new key of {args.operator} lies in {path}, readable by you alone.")
    return 0


def _erase_notes(args: argparse.Namespace) -> int:
    from hub import notes

    _check_directory(args.data)
    if args.token is not None:
        count = notes.erase(args.data, token=TokenId(args.token))
    else:
        count = notes.erase(args.data, before=_days_ago(args.older_than))
    _say(args, {"tokens": count}, f"Tokens whose notes have been erased: {count}")
    return 0


def _erase_contacts(args: argparse.Namespace) -> int:
    from hub import contacts, phone_numbers
    from smartqueue.errors import StartFault

    _check_directory(args.data)
    if args.phone is None:
        count = contacts.erase(args.data, before=_days_ago(args.older_than))
    else:
        typed = sys.stdin.readline() if args.phone == "-" else args.phone
        phones = phone_numbers.forms(typed)
        if not phones:
            raise StartFault(
                "that is no whole telephone number. Write it with its country prefix, e.g. +91 98765 43210."
            )
        count = sum(contacts.erase(args.data, phone=phone) for phone in phones)
    _say(args, {"contacts": count}, f"Telephone numbers that have been erased: {count}")
    return 0


def _check_directory(data: Path) -> None:
    from smartqueue.errors import StartFault

    if not data.is_dir():
        raise StartFault(f"{data} is not a directory. Give the site's with --data.")


def _days_ago(days: int) -> Instant:
    from hub.clock import HubClock

    return Instant(HubClock().moment().at - days * DAY_MS)


def _say(args: argparse.Namespace, values: dict[str, str | int], text: str) -> None:
    sys.stdout.write((json.dumps(values) if args.json else text) + "\n")


def _days(text: str) -> int:
    """Raises ValueError, which argparse turns into a usage error."""
    days = int(text)
    if not 0 <= days <= 36_500:
        raise ValueError
    return days
