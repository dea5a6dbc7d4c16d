"""What a route says about itself: one entry serves router, policy, headers, metrics and the OpenAPI document."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from hub.api.policy import Allowed
from smartqueue.errors import Fault, Refusal
from smartqueue.wire import Message

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Errors = tuple[type[Refusal] | type[Fault], ...]

BODY_BYTES = 64 * 1024
LARGE_BODY_BYTES = 1024 * 1024
"""Of the few routes that take a whole list or a whole site at once."""
SAFE_HEADERS = {
    "Server": "SmartQueue",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
"""Of everything that is not a page."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method and path.

    allowed: who may ask; there is no default on purpose. command: needs an Idempotency-Key. status: of a success.
    media: content type of a success. query: name -> what it means. errors: its own, beside those that every route can
    give. failed: answers errors instead of a problem document, for pages that a person looks at. many: the body is a
    list of `body`. also: other content types that the body may have. body_bytes: how long it may be.
    """

    method: str
    path: str
    handler: Handler
    allowed: Allowed
    summary: str
    body: type[Message] | None = None
    answer: type[Message] | None = None
    status: int = 200
    media: str = "application/json"
    command: bool = False
    query: Mapping[str, str] = field(default_factory=dict)
    errors: Errors = ()
    headers: Mapping[str, str] = field(default_factory=lambda: SAFE_HEADERS)
    failed: Callable[[web.Request, Refusal | Fault], web.Response] | None = None
    many: bool = False
    also: tuple[str, ...] = ()
    body_bytes: int = BODY_BYTES

    @property
    def changes(self) -> bool:
        return self.method not in ("GET", "HEAD")


ROUTES: web.AppKey[dict[web.AbstractRoute, Route]] = web.AppKey("routes", dict)


def register(app: web.Application, routes: Iterable[Route]) -> None:
    """Adds routes to the router; GET answers HEAD too."""
    known: dict[web.AbstractRoute, Route] = {}
    for route in routes:
        resource = app.router.add_resource(route.path)
        for method in ("GET", "HEAD") if route.method == "GET" else (route.method,):
            known[resource.add_route(method, route.handler)] = route
    app[ROUTES] = known


def route_of(request: web.Request) -> Route | None:
    """None where the router found nothing."""
    return request.app[ROUTES].get(request.match_info.route)
