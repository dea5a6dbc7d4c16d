"""The one middleware: who asks, may they, how long did it take. Every error becomes a problem document."""

import asyncio
import logging
from http import HTTPStatus

from aiohttp import web

from hub.api import policy, replies, requests
from hub.api.context import ACTOR, HUB, Hub
from hub.api.reading import healthz
from hub.api.route import BODY_BYTES, SAFE_HEADERS, Handler, Route, route_of
from smartqueue.errors import BodyTooLarge, Fault, InternalFault, MethodNotAllowed, NoSuchRoute, Refusal
from smartqueue.wire import PROBLEM_TYPE

log = logging.getLogger(__name__)

_NO_ROUTE = "none"


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    clock = asyncio.get_running_loop().time
    started = clock()
    hub, route = request.app[HUB], route_of(request)
    try:
        _check(request, hub, route)
        response = await handler(request)
    except Exception as error:  # this is the top of every request
        response = _failed(request, route, _said(error, route))
    _count(hub, route, response, clock() - started)
    if not response.prepared:
        is_problem = response.content_type == PROBLEM_TYPE
        response.headers.update(SAFE_HEADERS if route is None or is_problem else route.headers)
    return response


def _check(request: web.Request, hub: Hub, route: Route | None) -> None:
    """Raises the refusal of whoever may not ask this. Where there is no route the router says so itself."""
    hub.origins.check_host(request)
    requests.check_head(request)
    if route is None or route.handler is healthz:
        return
    if route.changes or "Upgrade" in request.headers:
        hub.origins.check_origin(request)
    actor = policy.authenticated(request, hub.service, insecure_lan=hub.insecure_lan)
    policy.permit(request, actor, route.allowed)
    request[ACTOR] = actor


def _failed(request: web.Request, route: Route | None, error: Refusal | Fault) -> web.Response:
    if route is not None and route.failed is not None:
        return route.failed(request, error)
    return replies.problem(error, requests.language(request))


def _said(error: Exception, route: Route | None) -> Refusal | Fault:
    """Of what nobody expected, the log learns the route but not the address: that may be a patient's."""
    match error:
        case Refusal() | Fault():
            return error
        case web.HTTPMethodNotAllowed():
            return MethodNotAllowed(allowed=sorted(error.allowed_methods))
        case web.HTTPNotFound():
            return NoSuchRoute()
        case web.HTTPRequestEntityTooLarge():
            return BodyTooLarge(limit_bytes=BODY_BYTES)
        case _:
            log.error("unexpected error while answering %s", _name(route), exc_info=error)
            return InternalFault()


def _count(hub: Hub, route: Route | None, response: web.StreamResponse, seconds: float) -> None:
    hub.metrics.requests.add(_name(route), str(response.status))
    if response.status != HTTPStatus.SWITCHING_PROTOCOLS:
        hub.metrics.request_seconds.observe(seconds)
    if response.content_type == PROBLEM_TYPE and isinstance(response, web.Response):
        hub.metrics.refusals.add(replies.code_of(response))


def _name(route: Route | None) -> str:
    return f"{route.method} {route.path}" if route else _NO_ROUTE
