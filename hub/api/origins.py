"""Host and Origin: a page of somewhere else must not speak to the hub through a visitor's browser."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from smartqueue.errors import WrongHost, WrongOrigin


class Origins:
    """names: host names that lead to this hub; addresses are always fine, since nobody can rebind those."""

    def __init__(self, names: frozenset[str], public_url: str | None) -> None:
        self._names = {*names, "localhost"}
        self._origins: set[str] = set()
        self.also(public_url)

    def also(self, public_url: str | None) -> None:
        """The address that phones use leads here too, through whatever stands before the hub."""
        if public_url:
            parts = urlsplit(public_url.lower())
            self._names.add(parts.hostname or "")
            self._origins.add(f"{parts.scheme}://{parts.netloc}")

    def check_host(self, request: web.Request) -> None:
        """Against DNS rebinding. Raises WrongHost."""
        if not self._is_ours(_name(request.headers.get(hdrs.HOST, ""))):
            raise WrongHost()

    def check_origin(self, request: web.Request) -> None:
        """A browser names the page that asks; anything else sends no Origin. Raises WrongOrigin."""
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is None:
            return
        own = f"{request.scheme}://{request.headers.get(hdrs.HOST, '')}".lower()
        if origin.lower() not in (own, *self._origins):
            raise WrongOrigin()

    def _is_ours(self, host: str) -> bool:
        if host.lower().rstrip(".") in self._names:
            return True
        try:
            return bool(ip_address(host))
        except ValueError:
            return False


def _name(host: str) -> str:
    """Of `name:port` or `[address]:port`; empty for nonsense."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
