"""Answers as HTTP responses."""

import msgspec
from aiohttp import web

from hub import answers
from hub.api.route import SAFE_HEADERS
from hub.service import Answer
from smartqueue.errors import Fault, MethodNotAllowed, Refusal, TooManyRequests, UnsupportedEncoding, UpgradeRequired
from smartqueue.terms import Language
from smartqueue.wire import PROBLEM_TYPE, Message

JSON_TYPE = "application/json"
RETRY_S = 2
"""When somebody may try again what the hub can't do yet."""

_encoder = msgspec.json.Encoder()


class _Coded(msgspec.Struct):
    code: str


_codes = msgspec.json.Decoder(_Coded)


def reply(answer: Answer) -> web.Response:
    """What the service answered to a command."""
    kind = PROBLEM_TYPE if answer.problem else JSON_TYPE
    return web.Response(status=answer.status, body=answer.body, content_type=kind)


def view(message: Message) -> web.Response:
    return web.Response(body=_encoder.encode(message), content_type=JSON_TYPE)


def problem(error: Refusal | Fault, language: Language) -> web.Response:
    status, body = answers.encode_problem(error, language)
    return web.Response(
        status=status, body=body, content_type=PROBLEM_TYPE, headers={**SAFE_HEADERS, **_headers(error)}
    )


def code_of(response: web.Response) -> str:
    """The stable code inside a problem document."""
    return _codes.decode(response.body).code if isinstance(response.body, bytes) else ""


def _headers(error: Refusal | Fault) -> dict[str, str]:
    match error:
        case MethodNotAllowed():
            allowed = error.values["allowed"]
            return {"Allow": ", ".join(allowed) if isinstance(allowed, list) else str(allowed)}
        case TooManyRequests():
            return {"Retry-After": str(error.values["retry_s"])}
        case UpgradeRequired():
            return {"Upgrade": "websocket"}
        case UnsupportedEncoding():
            return {"Accept-Encoding": "identity"}
    if error.status == web.HTTPUnauthorized.status_code:
        return {"WWW-Authenticate": 'Bearer realm="smartqueue"'}
    return {"Retry-After": str(RETRY_S)} if error.status == web.HTTPServiceUnavailable.status_code else {}
