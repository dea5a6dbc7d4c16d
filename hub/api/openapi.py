"""The OpenAPI 3.1 document, made from the routes and from the message types of smartqueue/wire."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from hub.api.policy import ANYONE, Asker
from hub.api.route import Errors, Route
from smartqueue import errors, wire
from smartqueue.wire import BASE, IDEMPOTENCY_HEADER, PROBLEM_TYPE

PATH = f"{BASE}/openapi.json"
_PLACE = re.compile(r"\{(\w+)\}")
_REFERENCE = "#/components/schemas/{name}"
_EVERY: Errors = (
    errors.RepeatedHeader,
    errors.UnsupportedEncoding,
    errors.UnmetExpectation,
    errors.WrongHost,
    errors.HubStarting,
    errors.InternalFault,
)
_WITH_KEY: Errors = (errors.NotAuthenticated, errors.WrongKey, errors.InsecureConnection, errors.NotPermitted)
_COMMAND: Errors = (
    errors.WrongOrigin,
    errors.MissingCommandId,
    errors.BadCommandId,
    errors.CommandIdReused,
    errors.BodyTooLarge,
    errors.BrokenBody,
    errors.BadJson,
    errors.InvalidRequest,
    errors.JournalFault,
)
_IDEMPOTENCY = {
    "name": IDEMPOTENCY_HEADER,
    "in": "header",
    "required": True,
    "description": "One for each intent; the same again only to repeat the same command.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$"},
}


def route(routes: Sequence[Route], version: str) -> Route:
    """The route that serves the document of all these routes and of itself."""
    body = b""

    async def document(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    own = Route("GET", PATH, document, ANYONE, "This document.", media="application/json")
    body = msgspec.json.encode(make([*routes, own], version))
    return own


def make(routes: Sequence[Route], version: str) -> dict[str, Any]:
    """The document as plain JSON values."""
    kinds = {kind for one in routes for kind in (one.body, one.answer) if kind is not None}
    messages = sorted(kinds | set(_FEED) | {wire.Problem}, key=lambda kind: kind.__name__)
    _, schemas = msgspec.json.schema_components(messages, ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for one in routes:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "SmartQueue hub", "version": version, "description": _ABOUT},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "`NAME.SECRET` of set-up."}},
        },
    }


_FEED = (wire.Hello, wire.Snapshot, wire.Change, wire.Heartbeat)
_ABOUT = (
    "Times are RFC 3339 UTC. Readers ignore unknown keys. Errors are RFC 9457 problem documents with a stable `code`. "
    "`x-askers` says who may ask; messages of the feed are the schemas Hello, Snapshot, Change and Heartbeat."
)


def _operation(one: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": one.handler.__name__,
        "summary": one.summary,
        "x-askers": sorted(one.allowed),
        "parameters": _parameters(one),
        "responses": _responses(one),
    }
    if one.body is not None:
        operation["requestBody"] = {"content": _body(one, one.body)}
    if Asker.ANYONE not in one.allowed:
        operation["security"] = [{"key": []}]
    return operation


def _body(one: Route, kind: type[wire.Message]) -> dict[str, Any]:
    schema: dict[str, Any] = _reference(kind)
    if one.many:
        schema = {"type": "array", "items": schema}
    return {"application/json": {"schema": schema}, **{media: {"schema": {"type": "string"}} for media in one.also}}


def _parameters(one: Route) -> list[dict[str, Any]]:
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PLACE.findall(one.path)
    ]
    query = [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in one.query.items()
    ]
    return [*places, *query, *([_IDEMPOTENCY] if one.command else [])]


def _responses(one: Route) -> dict[str, Any]:
    responses: dict[str, Any] = {str(one.status): _success(one)}
    if one.status == 201:
        responses["200"] = {**_success(one), "description": "The first answer again, to a repeat."}
    by_status: dict[int, list[str]] = {}
    for error in _errors_of(one):
        by_status.setdefault(error.status, []).append(error.code)
    for status, codes in sorted(by_status.items()):
        responses[str(status)] = {
            "description": "Code " + " or ".join(f"`{code}`" for code in dict.fromkeys(codes)) + ".",
            "content": {PROBLEM_TYPE: {"schema": _reference(wire.Problem)}},
        }
    return responses


def _success(one: Route) -> dict[str, Any]:
    if one.status == 101:
        return {"description": "The WebSocket is open."}
    schema = _reference(one.answer) if one.answer is not None else {}
    return {"description": "Done.", "content": {one.media.partition(";")[0]: {"schema": schema}}}


def _errors_of(one: Route) -> Iterable[type[errors.Refusal] | type[errors.Fault]]:
    yield from one.errors
    yield from _COMMAND if one.command else ()
    yield from () if Asker.ANYONE in one.allowed else _WITH_KEY
    yield from _EVERY


def _reference(kind: type[wire.Message]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}
