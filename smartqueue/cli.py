"""The command `smartqueue VERB`: collects the verbs of every folder and turns errors into one line and an exit code.

0 done, 1 refused or failed, 2 misused, 130 stopped by Ctrl-C. A verb's module must be light: heavy parts are imported
only when the verb runs. The process's environment is read here and nowhere else.
"""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from importlib import metadata
from typing import Any

from smartqueue.errors import Fault, Refusal
from smartqueue.i18n import ENGLISH, Words
from smartqueue.service_notify import ServiceNotify, from_environment

GROUP = "smartqueue.verbs"
DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130
_OURS = frozenset({"hub", "kiosk", "caller", "display", "fleet", "smartqueue"})


def main(arguments: Sequence[str] | None = None, verbs: Iterable[metadata.EntryPoint] | None = None) -> int:
    """Runs one verb. verbs: entry points to use instead of the installed ones."""
    try:
        parser = build_parser(metadata.entry_points(group=GROUP) if verbs is None else verbs)
        args, rest = parser.parse_known_args(arguments)
        if rest and not args.unavailable:
            parser.error(f"unrecognized arguments: {' '.join(rest)}")
        set_up_logging(verbose=args.verbose)
        if args.run is None:
            parser.print_help(sys.stderr)
            return MISUSED
        return _run(args)
    except KeyboardInterrupt:
        return STOPPED


def build_parser(verbs: Iterable[metadata.EntryPoint]) -> argparse.ArgumentParser:
    """The parser with every verb; one whose module can't be imported says why when it is asked for."""
    parser = argparse.ArgumentParser(prog="smartqueue", description="A patient-queue appliance on a clinic's network.")
    parser.add_argument("--version", action="version", version=f"smartqueue {version()}")
    parser.add_argument("-v", "--verbose", action="store_true", help="log every step to stderr")
    parser.set_defaults(run=None, verb="", unavailable=False)
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB")
    for entry in sorted(verbs, key=lambda one: one.name):
        try:
            entry.load()(subparsers)
        except ImportError as trouble:
            _add_unavailable(subparsers, entry.name, trouble)
    return parser


def version() -> str:
    return metadata.version("smartqueue")


def run_async(main: Coroutine[Any, Any, int | None]) -> int:
    """Runs the coroutine until it ends. SIGTERM and SIGINT cancel it; its clean-up is awaited.

    Gives its result (None = 0); 0 after SIGTERM, 130 after SIGINT.
    """
    return asyncio.run(_until_signal(main))


def service() -> ServiceNotify:
    """The way to the service manager, if this process runs under one."""
    return from_environment(os.environ, os.getpid())


def set_up_logging(*, verbose: bool = False) -> None:
    """Everything to stderr; with priorities instead of times where the journal adds its own."""
    journal = "JOURNAL_STREAM" in os.environ
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JournalFormatter() if journal else logging.Formatter(_LINE))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True)
    for noisy in ("asyncio", "aiohttp.access", "PIL", "zeroconf"):
        logging.getLogger(noisy).setLevel(logging.INFO if verbose else logging.WARNING)


_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _JournalFormatter(logging.Formatter):
    """sd-daemon(3): `<4>` before a line is its priority."""

    _PRIORITIES = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6))

    def __init__(self) -> None:
        super().__init__("%(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        priority = next((number for level, number in self._PRIORITIES if record.levelno >= level), 7)
        return "\n".join(f"<{priority}>{line}" for line in super().format(record).splitlines())


def _run(args: argparse.Namespace) -> int:
    try:
        done: int | None = args.run(args)
        sys.stdout.flush()
    except Refusal as refusal:
        words = Words(ENGLISH)
        return _failed(args.verb, f"{words.title(refusal)} {words.detail(refusal)}")
    except Fault as fault:
        return _failed(args.verb, str(fault) or Words(ENGLISH).title(fault))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except ModuleNotFoundError as missing:
        if _is_ours(missing):
            raise
        return _failed(args.verb, _unavailable(missing))
    return DONE if done is None else done


def say(text: str) -> None:
    """A line of what a verb was asked for, at once."""
    print(text, flush=True)  # noqa: T201 - this is where a command talks


def _failed(verb: str, text: str) -> int:
    print(f"smartqueue {verb}: {text}", file=sys.stderr)  # noqa: T201 - this is where a command talks
    return FAILED


def _add_unavailable(subparsers: Any, name: str, trouble: ImportError) -> None:
    reason = _unavailable(trouble)
    parser = subparsers.add_parser(name, help=f"not available: {reason}", add_help=False)
    parser.set_defaults(run=_say(name, reason), unavailable=True)


def _say(name: str, reason: str) -> Callable[[argparse.Namespace], int]:
    return lambda _args: _failed(name, reason)


def _unavailable(trouble: ImportError) -> str:
    if isinstance(trouble, ModuleNotFoundError) and not _is_ours(trouble):
        return f"the package {trouble.name} is not installed; install smartqueue with the extra for this unit"
    return f"can't be loaded: {trouble}"


def _is_ours(missing: ModuleNotFoundError) -> bool:
    return (missing.name or "").partition(".")[0] in _OURS


async def _until_signal(main: Coroutine[Any, Any, int | None]) -> int:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(main)
    caught: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        caught.append(number)
        task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop, number)
    try:
        return await task or DONE
    except asyncio.CancelledError:
        if not caught:
            raise
        return STOPPED if caught[0] is signal.SIGINT else DONE
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
