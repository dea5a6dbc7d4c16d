"""From a printer's address to the way there. Every mistake in it is told with what was probably meant."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kiosk.link import Transport
from kiosk.raster import DEFAULT_WIDTH_DOTS
from kiosk.transports import FileTransport, TcpTransport, VirtualTransport

RAW_PORT = 9100
_EXAMPLES = {
    "tcp": "tcp://192.168.1.50:9100",
    "serial": "serial:///dev/ttyUSB0?baud=115200",
    "usb": "usb://04b8:0e15",
    "file": "file:///dev/usb/lp0",
    "virtual": "virtual:tickets",
}
_OTHER_NAMES = {"socket": "tcp", "network": "tcp", "ip": "tcp", "raw": "tcp", "tty": "serial", "dir": "virtual"}
_HOST_AND_PORT = re.compile(r"[\w.-]+:\d+|\d+\.\d+\.\d+\.\d+")
_HEX = re.compile(r"(?:0x)?([0-9a-fA-F]{1,4})")


def transport_from_url(url: str, width_dots: int = DEFAULT_WIDTH_DOTS) -> Transport:
    """The way to this printer; nothing is opened yet. width_dots: of a virtual one. Raises ValueError."""
    scheme, colon, _ = url.partition(":")
    if not colon or scheme not in _EXAMPLES:
        raise ValueError(_no_scheme(url, scheme))
    if scheme == "virtual":
        return _virtual(url, width_dots)
    try:
        parts = urlsplit(url)
        port = parts.port if scheme == "tcp" else None
    except ValueError as error:
        raise ValueError(f"{url!r}: {error}; {_like(scheme)}") from error
    match scheme:
        case "tcp":
            return _tcp(url, parts, port)
        case "serial":
            return _serial(url, parts)
        case "usb":
            return _usb(url, parts)
        case _:
            return _file(url, parts)


def _tcp(url: str, parts: SplitResult, port: int | None) -> Transport:
    if not parts.hostname:
        raise ValueError(f"{url!r} names no host; {_like('tcp')}")
    if parts.path.strip("/"):
        raise ValueError(f"{url!r}: nothing may follow the port; {_like('tcp')}")
    _options(url, parts.query, ())
    if port == 0:
        raise ValueError(f"{url!r}: port must be 1 to 65535")
    return TcpTransport(parts.hostname, port or RAW_PORT)


def _serial(url: str, parts: SplitResult) -> Transport:
    from kiosk.serial_port import Flow, SerialTransport  # noqa: PLC0415 - a driver

    device = _path(url, parts, "serial")
    options = _options(url, parts.query, ("baud", "flow"))
    baud, flow = options.get("baud", "115200"), options.get("flow", "none")
    if not baud.isdecimal() or not 300 <= int(baud) <= 4_000_000:
        raise ValueError(f"{url!r}: baud must be a number from 300 to 4000000, not {baud!r}")
    if flow not in list(Flow):
        raise ValueError(f"{url!r}: unknown flow {flow!r}{_meant(flow, list(Flow))} (known: {', '.join(Flow)})")
    return SerialTransport(device, int(baud), Flow(flow))


def _usb(url: str, parts: SplitResult) -> Transport:
    from kiosk.usb_port import UsbTransport  # noqa: PLC0415 - a driver

    numbers = [_HEX.fullmatch(part) for part in parts.netloc.split(":")]
    if len(numbers) != 2 or not numbers[0] or not numbers[1] or parts.path.strip("/"):
        raise ValueError(f"{url!r}: vendor and product must be hexadecimal numbers as `lsusb` shows; {_like('usb')}")
    _options(url, parts.query, ())
    return UsbTransport(int(numbers[0][1], 16), int(numbers[1][1], 16))


def _file(url: str, parts: SplitResult) -> Transport:
    _options(url, parts.query, ())
    return FileTransport(Path(_path(url, parts, "file")))


def _virtual(url: str, width_dots: int) -> Transport:
    directory = url.removeprefix("virtual:")
    if directory.startswith("//"):
        directory = directory[2:]
    if not directory:
        raise ValueError(f"{url!r} names no directory; {_like('virtual')}")
    return VirtualTransport(Path(directory).expanduser(), width_dots)


def _path(url: str, parts: SplitResult, scheme: str) -> str:
    if parts.netloc:
        raise ValueError(f"{url!r}: did you mean {scheme}:///{parts.netloc}{parts.path} (three slashes)?")
    if len(parts.path) < 2 or not parts.path.startswith("/"):
        raise ValueError(f"{url!r} names no device; {_like(scheme)}")
    return unquote(parts.path)


def _options(url: str, query: str, known: tuple[str, ...]) -> Mapping[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    for name in options:
        if name not in known:
            can = f" (known: {', '.join(known)})" if known else " (it has none)"
            raise ValueError(f"{url!r}: unknown option {name!r}{_meant(name, known)}{can}")
    return options


def _no_scheme(url: str, scheme: str) -> str:
    if not url.strip():
        return f"no printer address; {_like('tcp')}"
    if url.startswith("/dev/tty"):
        return f"{url!r}: did you mean serial://{url}?"
    if url.startswith("/"):
        return f"{url!r}: did you mean {'file://' if url.startswith('/dev/') else 'virtual:'}{url}?"
    if _HOST_AND_PORT.fullmatch(url):
        return f"{url!r}: did you mean tcp://{url}?"
    near = _OTHER_NAMES.get(scheme.lower()) or next(iter(difflib.get_close_matches(scheme.lower(), _EXAMPLES)), None)
    if near:
        return f"unknown kind of printer {scheme!r} in {url!r}; did you mean {near}: as in {_EXAMPLES[near]}?"
    return f"unknown kind of printer in {url!r}; known are {', '.join(_EXAMPLES.values())}"


def _meant(word: str, known: tuple[str, ...] | list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else ""


def _like(scheme: str) -> str:
    return f"write it like {_EXAMPLES[scheme]}"
