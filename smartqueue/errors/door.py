"""What is refused before the rules are asked: the request itself, who asks, from where."""

from smartqueue.errors.base import Refusal


class BadHttp(Refusal):
    code, status = "bad_http", 400


class BadAddress(Refusal):
    """The address in the request line has characters that must be percent-encoded."""

    code, status = "bad_address", 400


class RepeatedHeader(Refusal):
    """header: one that may be there only once."""

    code, status = "repeated_header", 400


class UnmetExpectation(Refusal):
    """An Expect header asks for something else than 100-continue."""

    code, status = "unmet_expectation", 417


class UnsupportedEncoding(Refusal):
    """The body is compressed or otherwise encoded."""

    code, status = "unsupported_encoding", 415


class UnsupportedMedia(Refusal):
    """kind: content type that was sent; known: those that are read here."""

    code, status = "unsupported_media", 415


class BrokenBody(Refusal):
    """The body ended before its announced length, or its chunks make no sense."""

    code, status = "broken_body", 400


class BadJson(Refusal):
    code, status = "bad_json", 400


class InvalidRequest(Refusal):
    """errors: one line for each field that is wrong."""

    code, status = "invalid_request", 422


class BodyTooLarge(Refusal):
    """limit_bytes."""

    code, status = "body_too_large", 413


class MissingCommandId(Refusal):
    code, status = "missing_idempotency_key", 400


class BadCommandId(Refusal):
    code, status = "bad_idempotency_key", 400


class CommandIdReused(Refusal):
    """The same id came from another actor or with other content; the first answer is not shown."""

    code, status = "idempotency_key_reused", 409


class BadSince(Refusal):
    code, status = "bad_since", 400


class NotAuthenticated(Refusal):
    code, status = "not_authenticated", 401


class WrongKey(Refusal):
    code, status = "wrong_key", 401


class NotPermitted(Refusal):
    """kind: of the asker; action: what was asked."""

    code, status = "not_permitted", 403


class WrongRoom(Refusal):
    """room: the only one that this caller unit, or somebody who works there, acts for."""

    code, status = "wrong_room", 403


class NoOwnRoom(Refusal):
    """operator: who may act only for the room they work in, and works in none."""

    code, status = "no_own_room", 403


class InsecureConnection(Refusal):
    """A key came over a connection on which others could have read it."""

    code, status = "insecure_connection", 403


class InsecureContact(Refusal):
    """A telephone number came over a connection on which others could have read it."""

    code, status = "insecure_contact", 403


class WrongHost(Refusal):
    """The Host header names something that is not this hub (DNS rebinding)."""

    code, status = "wrong_host", 421


class WrongOrigin(Refusal):
    """A page of another site asks."""

    code, status = "wrong_origin", 403


class TooManyRequests(Refusal):
    """retry_s."""

    code, status = "too_many_requests", 429


class NoSuchRoute(Refusal):
    code, status = "no_such_route", 404


class NoLogo(Refusal):
    """The site has no logo."""

    code, status = "no_logo", 404


class UpgradeRequired(Refusal):
    """The feed is a WebSocket."""

    code, status = "upgrade_required", 426


class MethodNotAllowed(Refusal):
    """allowed: list of methods."""

    code, status = "method_not_allowed", 405
