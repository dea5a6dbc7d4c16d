"""The verb `smartqueue virtual-printer`: a printer without paper as a process of its own.

Out, one JSON line each: {"event":"ready","port":...}, {"event":"job","bytes":...,"first_byte":...,"last_byte":...,
"cut":...,"file":...,"picture":...}, {"event":"faults",...}. In, when stdin is a pipe: {"do":"faults","faults":[...]}
(all that it has from now on), {"do":"quit"}; the end of stdin ends it too.
"""

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartqueue.line_control import Command, LineControl, stdin_is_pipe

if TYPE_CHECKING:
    from kiosk.printer_model import Faults

_WIDTHS = {"80mm": 576, "58mm": 384}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `virtual-printer` to the command line."""
    parser = subparsers.add_parser(
        "virtual-printer",
        help="a printer without paper: keeps and draws the tickets it is sent",
        description="Speaks ESC/POS over TCP, writes each ticket as NNNN.bin and NNNN.png, and can have faults.",
    )
    parser.add_argument("--listen", type=_address, default=("127.0.0.1", 9100), metavar="HOST:PORT")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the tickets are kept")
    parser.add_argument("--paper", choices=sorted(_WIDTHS), default="80mm", help="width of the paper (%(default)s)")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="FAULT",
        type=_fault,
        help="may be repeated: refuse silent mute unordered out-of-paper low-paper cover-open offline error "
        "close:BYTES runs-out:BYTES slow:BYTES-PER-S",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from smartqueue.cli import run_async  # the command line itself imports this file

    host, port = args.listen
    return run_async(serve(args.out, host, port, _WIDTHS[args.paper], args.fault))


async def serve(out: Path, host: str, port: int, width_dots: int, faults: list[str]) -> None:
    """Until it is told to stop, by stdin if that is a pipe, or else by a signal. Raises StartFault."""
    from kiosk.printer_model import parse_faults  # draws with Pillow
    from kiosk.virtual_printer import VirtualPrinter

    async def set_faults(command: Command) -> None:
        await printer.set_faults(_asked(command, parse_faults))

    control = LineControl({"faults": set_faults})
    printer = VirtualPrinter(out, host, port, width_dots, parse_faults(faults), lambda line: _tell(control, line))
    async with printer:
        control.report("ready", host=host, port=printer.port, url=printer.url, out=str(out))
        if stdin_is_pipe():
            await control.serve()
        else:
            await asyncio.Event().wait()


def _asked(command: Command, parse: "Callable[[list[str]], Faults]") -> "Faults":
    words = command.get("faults", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError('faults is a list of words, e.g. ["low-paper", "close:2000"]; an empty one mends everything')
    return parse(words)


def _tell(control: LineControl, line: dict[str, Any]) -> None:
    event = line.pop("event")
    control.report(event, **line)


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not HOST:PORT, e.g. 127.0.0.1:9100")
    return host.strip("[]"), int(port)


def _fault(text: str) -> str:
    from kiosk.printer_model import parse_faults

    try:
        parse_faults([text])
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text
