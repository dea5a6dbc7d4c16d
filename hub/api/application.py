"""The web application and its server."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError, InvalidURLError
from aiohttp.log import ws_logger
from aiohttp.web_protocol import RequestHandler

from hub.api import feed_socket, openapi, replies, requests, routes
from hub.api.context import HUB, Hub
from hub.api.guard import guard
from hub.api.route import LARGE_BODY_BYTES, Route, register
from smartqueue.errors import BadAddress, BadHttp, InternalFault, Refusal, UnmetExpectation
from smartqueue.i18n import ENGLISH

KEEP_ALIVE_S = 75.0
STOP_S = 3.0
"""How long running requests may take when the hub stops."""


def make_app(hub: Hub, pages: Sequence[Route] = ()) -> web.Application:
    """pages: what hub/web adds to the wire contract."""
    app = web.Application(middlewares=[guard], client_max_size=LARGE_BODY_BYTES + 1)
    app[HUB] = hub
    app[feed_socket.PIPES] = set()
    register(app, [*routes.ROUTES, openapi.route(routes.ROUTES, hub.version), *pages])
    app.on_shutdown.append(feed_socket.say_goodbye)
    return app


class Runner(web.AppRunner):
    """Serves an application; even what is no HTTP at all gets a problem document."""

    def __init__(self, app: web.Application) -> None:
        super().__init__(app, access_log=None, shutdown_timeout=STOP_S)
        ws_logger.setLevel(logging.ERROR)  # its warnings are about readers, and anybody may be one

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(
            _expecting(made.request_handler),
            request_factory=made.request_factory,
            loop=asyncio.get_running_loop(),
            access_log=None,
            keepalive_timeout=KEEP_ALIVE_S,
            auto_decompress=False,
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
        response = replies.problem(_not_understood(exc) if status < 500 else InternalFault(), ENGLISH)
        response.force_close()
        return response

    def log_exception(self, *args: Any, **more: Any) -> None:
        """What anybody could cause by sending nonsense or leaving must not fill the log."""
        if isinstance(more.get("exc_info"), (web.RequestPayloadError, HttpProcessingError, ConnectionError)):
            self.logger.debug(*args, **more)
        else:
            self.logger.error(*args, **more)


def _not_understood(exc: BaseException | None) -> Refusal:
    return BadAddress() if isinstance(exc, InvalidURLError) else BadHttp()


def _expecting(handler: Callable[..., Awaitable[web.StreamResponse]]) -> Callable[..., Awaitable[web.StreamResponse]]:
    """aiohttp looks at Expect before it asks the middleware."""

    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPExpectationFailed:
            return replies.problem(UnmetExpectation(), requests.language(request))

    return answered
