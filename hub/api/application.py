"""The web application and its server."""

import asyncio
from collections.abc import Sequence

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from hub.api import feed_socket, openapi, replies, routes
from hub.api.context import HUB, Hub
from hub.api.guard import guard
from hub.api.requests import BODY_BYTES
from hub.api.route import Route, register
from smartqueue.errors import BadHttp, InternalFault
from smartqueue.i18n import ENGLISH

KEEP_ALIVE_S = 75.0
STOP_S = 3.0
"""How long running requests may take when the hub stops."""


def make_app(hub: Hub, pages: Sequence[Route] = ()) -> web.Application:
    """pages: what hub/web adds to the wire contract."""
    app = web.Application(middlewares=[guard], client_max_size=BODY_BYTES + 1)
    app[HUB] = hub
    app[feed_socket.PIPES] = set()
    register(app, [*routes.ROUTES, openapi.route(routes.ROUTES, hub.version), *pages])
    app.on_shutdown.append(feed_socket.say_goodbye)
    return app


class Runner(web.AppRunner):
    """Serves an application; even what is no HTTP at all gets a problem document."""

    def __init__(self, app: web.Application) -> None:
        super().__init__(app, access_log=None, shutdown_timeout=STOP_S)

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            made.request_handler,
            request_factory=made.request_factory,
            loop=asyncio.get_running_loop(),
            access_log=None,
            keepalive_timeout=KEEP_ALIVE_S,
        )


class _Server(web.Server):
    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Connection(RequestHandler):
    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What the HTTP parser did not understand, or what broke outside the middleware."""
        if status >= web.HTTPInternalServerError.status_code:
            self.log_exception("unexpected error outside a handler", exc_info=exc)
        response = replies.problem(BadHttp() if status < 500 else InternalFault(), ENGLISH)
        response.force_close()
        return response
