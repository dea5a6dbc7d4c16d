"""Handlers that only read: from the published state, never waiting for anything."""

import asyncio

import msgspec
from aiohttp import web

from hub import projections, staff_views, status_pages
from hub.api import policy, replies, sound_routes, unit_health
from hub.api.context import HUB, Hub, actor, known_actor
from hub.api.metrics import CONTENT_TYPE, Figure
from hub.domain.clinic import Token
from smartqueue.errors import UnknownDepartment, UnknownToken
from smartqueue.terms import Audience, DepartmentId, TokenId
from smartqueue.wire import DepartmentsAnswer, Health


async def healthz(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    if not hub.ready:
        health = replies.view(Health(status="starting", version=hub.version, seq=0))
        health.set_status(503)
        return health
    return replies.view(Health(status="ok", version=hub.version, seq=hub.service.seq))


async def metrics(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    return web.Response(body=hub.metrics.text(_figures(hub)).encode(), headers={"Content-Type": CONTENT_TYPE})


async def departments(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    views = projections.departments(service.published, service.moment().at)
    return replies.view(DepartmentsAnswer(departments=views))


async def queue(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    department = DepartmentId(request.match_info["department"])
    if department not in service.published.departments:
        raise UnknownDepartment(department=department, known=sorted(service.published.departments))
    return replies.view(projections.queue(service.published, department, service.moment().at))


async def board(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    audience = Audience.UNIT if actor(request) is not None else Audience.PUBLIC
    now = hub.service.moment().at
    return replies.view(projections.board(hub.service.published, now, audience, **hub.about))


async def token(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    found = service.published.tokens.get(TokenId(request.match_info["token"]))
    if found is None:
        raise UnknownToken()
    clinic, at = service.published, service.moment().at
    detail = projections.token_detail(clinic, found, at, request.app[HUB].shown)
    if policy.is_staff(known_actor(request)):
        detail = msgspec.structs.replace(detail, staff=staff_views.token(clinic, found, at))
    return replies.view(detail)


async def status(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    found = patients_token(request, request.match_info["secret"])
    return replies.view(projections.status(service.published, found, service.moment().at, request.app[HUB].shown))


def patients_token(request: web.Request, presented: str) -> Token:
    """The token that a secret or a short code shows. Raises UnknownToken; TooManyRequests after wrong short codes."""
    hub, who, now = request.app[HUB], request.remote or "", asyncio.get_running_loop().time()
    typed = status_pages.is_code(presented)
    if typed:
        hub.code_tries.check(who, now)
    identifier = status_pages.find(presented, hub.service.private)
    found = hub.service.published.tokens.get(identifier) if identifier is not None else None
    if found is None:
        if typed:
            hub.code_tries.failed(who, now)
        raise UnknownToken()
    return found


def _figures(hub: Hub) -> list[Figure]:
    """What is read when it is asked for."""
    figures = [Figure("smartqueue_ready", "1 when the journal has been replayed.", "gauge", {"": int(hub.ready)})]
    if hub.ready:
        readers = {f'audience="{audience}"': float(count) for audience, count in hub.feed.readers().items()}
        closed = {"": hub.feed.closed_slow}
        figures += [
            Figure("smartqueue_seq", "Number of the last published event.", "gauge", {"": hub.service.seq}),
            Figure("smartqueue_feed_readers", "Live readers of the feed.", "gauge", readers),
            Figure("smartqueue_feed_closed_slow_total", "Readers closed for falling behind.", "counter", closed),
            *sound_routes.figures(hub),
            *unit_health.figures(hub),
        ]
    return figures
