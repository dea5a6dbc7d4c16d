"""Settings of the hub process; what a site decides about itself lies in its journal instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from smartqueue.config import Contradiction, setting


def public_address(text: str) -> str:
    """An `http://` or `https://` address without path, query or trailing slash. Raises ValueError."""
    parts = urlsplit(text.strip().rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must begin with http:// or https:// and name a host")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError("must be an address without path, query or user name")
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str) -> bool:
    """Whether listening there is heard by this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class HubSettings:
    """Hub.

    Read from the file given with `--config`, then from the command line, which wins.
    """

    data: Path = setting(doc="Directory of the site, made by `smartqueue setup`.")
    host: str = setting("127.0.0.1", low=1, high=253, doc="Address to listen on.")
    port: int = setting(8080, low=0, high=65535, doc="Port to listen on; 0 takes a free one and prints it.")
    insecure_lan: bool = setting(
        False,
        doc="Listen beyond this machine without TLS; every screen says so. Keys can be overheard on the way.",
    )
    public_url: str | None = setting(
        None, parse=public_address, doc="Where phones reach the status page; instead of what the site says."
    )
    mdns: bool = setting(True, doc="Announce the hub on the local network, so that units find it.")

    def contradictions(self) -> Iterable[Contradiction]:
        if not is_loopback(self.host) and not self.insecure_lan:
            yield Contradiction(
                ("host", "insecure_lan"),
                f"host {self.host} is heard beyond this machine, and this build has no TLS yet; "
                "use 127.0.0.1, or say insecure_lan (--insecure-lan) if you accept that",
            )
