"""Reading a request: body, Idempotency-Key, language. Everything that is wrong becomes a Refusal."""

import asyncio
import hashlib
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from hub.api.context import HUB
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

BODY_BYTES = 64 * 1024
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
    """Raises BodyTooLarge without reading more than allowed, BrokenBody also when it does not come."""
    if (request.content_length or 0) > BODY_BYTES:
        raise BodyTooLarge(limit_bytes=BODY_BYTES)
    try:
        async with asyncio.timeout(request.app[HUB].body_s):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise BodyTooLarge(limit_bytes=BODY_BYTES) from None
    except (web.RequestPayloadError, HttpProcessingError, ConnectionError, TimeoutError):
        raise BrokenBody() from None


def decoded(raw: bytes, kind: type[M]) -> M:
    """An empty body stands for `{}`. Raises BadJson, InvalidRequest with every mistake."""
    try:
        try:
            return msgspec.json.decode(raw or b"{}", type=kind)
        except msgspec.ValidationError as first:
            raise InvalidRequest(errors=_mistakes(raw, kind) or [_line("", first)]) from None
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


def _mistakes(raw: bytes, kind: type[Message]) -> list[str]:
    """One line for each field: msgspec alone stops at the first. Raises what `decode` raises."""
    plain = msgspec.json.decode(raw)
    return list(_wrong_fields(plain, kind)) if isinstance(plain, dict) else []


def _wrong_fields(plain: dict[str, Any], kind: type[Message]) -> Iterator[str]:
    for field in msgspec.structs.fields(kind):
        if field.encode_name not in plain:
            if field.required:
                yield f"$.{field.encode_name}: is missing"
            continue
        try:
            msgspec.convert(plain[field.encode_name], field.type)
        except msgspec.ValidationError as mistake:
            yield _line(f".{field.encode_name}", mistake)


def _line(field: str, mistake: msgspec.ValidationError) -> str:
    """`$.needs[1]: invalid enum value 'tall'` of msgspec's own words, which end in ` - at `$[1]``."""
    text, _, path = str(mistake).partition(" - at `")
    inside = path.rstrip("`").removeprefix("$")
    return f"${field}{inside}: {text[:1].lower()}{text[1:]}"
