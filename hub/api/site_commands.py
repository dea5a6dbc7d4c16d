"""Handlers of what keeps a site: its configuration, its units, the keys of its operators."""

from aiohttp import web

from hub import configuration_views, keys
from hub.api import replies
from hub.api.asking import asked, asked_nothing, obeyed
from hub.api.context import HUB
from hub.domain import checks
from hub.domain.clinic import Clinic
from hub.domain.commands import BindUnit, FollowClock, ForgetUnit
from hub.logo import MEDIA
from hub.service import Prepared
from smartqueue.errors import NoLogo, NotACaller, UnitAway
from smartqueue.terms import OperatorId, UnitKind, UnitName
from smartqueue.wire import BindBody, Configuration, DoneAnswer, KeyBody


async def logo(request: web.Request) -> web.Response:
    """Raises NoLogo."""
    found = request.app[HUB].logo
    if found is None:
        raise NoLogo
    known = request.if_none_match or ()
    if any(tag.value in ("*", found.digest) for tag in known):
        response = web.Response(status=web.HTTPNotModified.status_code)
    else:
        response = web.Response(body=found.body, content_type=MEDIA)
    response.etag = found.digest
    return response


async def configuration(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    return replies.view(configuration_views.view(service.published, service.private))


async def configure(request: web.Request) -> web.Response:
    given, service = await asked(request, Configuration), request.app[HUB].service
    private = configuration_views.rows(given.body, service.published)
    return await obeyed(request, configuration_views.command(given.body), given, private)


async def forget_unit(request: web.Request) -> web.Response:
    """Its key lets it in no more, and its feed ends."""
    unit = UnitName(request.match_info["unit"])
    return await obeyed(request, ForgetUnit(unit), await asked_nothing(request), keys.forgotten(unit))


async def bind_unit(request: web.Request) -> web.Response:
    """Its feed ends; it comes back and learns its room."""
    given = await asked(request, BindBody)
    return await obeyed(request, BindUnit(UnitName(request.match_info["unit"]), given.body.room), given)


async def identify_unit(request: web.Request) -> web.Response:
    """Nothing changes, so no event tells of it. Raises UnknownUnit, NotACaller, UnitAway."""
    await asked_nothing(request)
    name, hub = UnitName(request.match_info["unit"]), request.app[HUB]
    units = hub.service.published.units
    checks.unit(hub.service.published, name)
    if units[name].kind is not UnitKind.CALLER:
        raise NotACaller(unit=name, kind=units[name].kind)
    if not hub.feed.identify(name):
        raise UnitAway(unit=name)
    return replies.view(DoneAnswer())


async def admit_operator(request: web.Request) -> web.Response:
    """No event tells of keys; nothing but the key is new."""
    given, operator = await asked(request, KeyBody), OperatorId(request.match_info["operator"])

    def known(clinic: Clinic) -> FollowClock:
        checks.operator(clinic, operator)
        return FollowClock()

    private = keys.admitted(operator, bytes.fromhex(given.body.digest))
    response = await obeyed(request, Prepared(FollowClock, known), given, private)
    if response.status < web.HTTPBadRequest.status_code:
        request.app[HUB].feed.key_changed(operator)
    return response
