"""Reading a request: body, Idempotency-Key, language. Everything that is wrong becomes a Refusal."""

import asyncio
import hashlib
import re
from typing import TypeVar

import msgspec
from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from hub.api.context import HUB
from hub.api.route import BODY_BYTES, route_of
from hub.mistakes import mistakes
from smartqueue.errors import (
    BadCommandId,
    BadJson,
    BodyTooLarge,
    BrokenBody,
    InvalidRequest,
    MissingCommandId,
    RepeatedHeader,
    UnsupportedEncoding,
)
from smartqueue.i18n import ENGLISH
from smartqueue.terms import LANGUAGES, CommandId, Language
from smartqueue.wire import IDEMPOTENCY_HEADER, Message

_COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_ONCE = (hdrs.AUTHORIZATION, IDEMPOTENCY_HEADER, hdrs.ORIGIN)
_ACCEPTED = 20
"""Languages of an Accept-Language that are looked at."""

M = TypeVar("M", bound=Message)


def check_head(request: web.Request) -> None:
    """What would make a request ambiguous or its body unreadable. Raises RepeatedHeader, UnsupportedEncoding."""
    for name in _ONCE:
        if len(request.headers.getall(name, ())) > 1:
            raise RepeatedHeader(header=str(name))
    encodings = request.headers.getall(hdrs.CONTENT_ENCODING, ())
    if any(encoding.strip().lower() not in ("", "identity") for encoding in encodings):
        raise UnsupportedEncoding()


def command_id(request: web.Request) -> CommandId:
    """Raises MissingCommandId, BadCommandId."""
    text = request.headers.get(IDEMPOTENCY_HEADER)
    if text is None:
        raise MissingCommandId()
    if not _COMMAND_ID.fullmatch(text):
        raise BadCommandId()
    return CommandId(text)


async def raw_body(request: web.Request) -> bytes:
    """Raises BodyTooLarge without reading more than the route allows, BrokenBody also when it does not come."""
    route = route_of(request)
    limit = route.body_bytes if route is not None else BODY_BYTES
    if (request.content_length or 0) > limit:
        raise BodyTooLarge(limit_bytes=limit)
    body = bytearray()
    try:
        async with asyncio.timeout(request.app[HUB].body_s):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > limit:
                    raise BodyTooLarge(limit_bytes=limit)
    except (web.RequestPayloadError, HttpProcessingError, ConnectionError, TimeoutError):
        raise BrokenBody() from None
    return bytes(body)


def decoded(raw: bytes, kind: type[M]) -> M:
    """An empty body stands for `{}`. Raises BadJson, InvalidRequest with every mistake."""
    try:
        try:
            return msgspec.json.decode(raw or b"{}", type=kind)
        except msgspec.ValidationError as first:
            raise InvalidRequest(errors=list(mistakes(msgspec.json.decode(raw), kind)) or [str(first)]) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadJson() from None


def digest(request: web.Request, raw: bytes) -> bytes:
    """Of route and body: tells a repeat from another command under the same id."""
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + raw).digest()


def language(request: web.Request) -> Language:
    """The first language of Accept-Language that we have words for; English without one."""
    header = request.headers.get(hdrs.ACCEPT_LANGUAGE)
    return accepted(header) if header else ENGLISH


def accepted(header: str, known: tuple[Language, ...] = LANGUAGES) -> Language:
    """By weight, then by order; a language that a region belongs to counts (`hi-IN` -> `hi`)."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:_ACCEPTED]):
        tag, _, weight = part.partition(";")
        wanted.append((-_weight(weight), place, tag.strip().lower().split("-")[0]))
    for negative, _, base in sorted(wanted):
        if negative < 0 and base in known:
            return Language(base)
    return ENGLISH


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
