"""The two trees of errors: a Refusal means the rules say no and nothing changed; a Fault means something broke.

Each Refusal has a stable `code` and an HTTP status. Its words are in the locales under `refusal.<code>`;
`values` fill the places in them. Standard library only.
"""

from typing import ClassVar

Value = str | int | list[str]


class Refusal(Exception):
    """The rules say no; nothing has changed. Sub-classes are listed in docs/protocol.md."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **values: Value) -> None:
        super().__init__(self.code, values)
        self.values = values
        self.detail = ""
        """The hub's own sentence, when the refusal came over the wire."""


# --- the request itself -------------------------------------------------------------------------------


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
    """room: the one the caller unit is bound to."""

    code, status = "wrong_room", 403


class InsecureConnection(Refusal):
    """A key came over a connection on which others could have read it."""

    code, status = "insecure_connection", 403


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


class UpgradeRequired(Refusal):
    """The feed is a WebSocket."""

    code, status = "upgrade_required", 426


class MethodNotAllowed(Refusal):
    """allowed: list of methods."""

    code, status = "method_not_allowed", 405


# --- the rules ----------------------------------------------------------------------------------------


class UnknownDepartment(Refusal):
    """department; known: ids."""

    code, status = "unknown_department", 404


class UnknownRoom(Refusal):
    """room; known: ids."""

    code, status = "unknown_room", 404


class UnknownToken(Refusal):
    code, status = "unknown_token", 404


class UnknownAnnouncement(Refusal):
    code, status = "unknown_announcement", 404


class DepartmentClosed(Refusal):
    """department."""

    code = "department_closed"


class DepartmentFull(Refusal):
    """department; limit: how many tokens a day its series can number."""

    code = "department_full"


class RoomPaused(Refusal):
    """room."""

    code = "room_paused"


class RoomClosed(Refusal):
    """room."""

    code = "room_closed"


class ConfirmNoShow(Refusal):
    """label; room. Press again to say that nobody came."""

    code = "confirm_no_show"


class NothingToConfirm(Refusal):
    """room. An outcome was sent, but the room's token is not one that was called and awaited."""

    code = "nothing_to_confirm"


class PressTooOld(Refusal):
    """limit_s."""

    code = "press_too_old"


class ImpossibleTransition(Refusal):
    """label; state: the token is in; verb; possible: verbs that are possible now."""

    code = "impossible_transition"


class TokenElsewhere(Refusal):
    """label; room: where the token was called to."""

    code, status = "token_elsewhere", 403


class BadReturnTime(Refusal):
    """hours: how far ahead an expected return may lie."""

    code, status = "bad_return_time", 422


class InvalidConfiguration(Refusal):
    """errors: every mistake, one line each."""

    code, status = "invalid_configuration", 422


# --- what breaks --------------------------------------------------------------------------------------


class Fault(Exception):
    """Something broke. `str()` of it is one clear line that says what to do."""

    code: ClassVar[str] = "fault"
    status: ClassVar[int] = 500


class InternalFault(Fault):
    code = "internal_fault"


class HubStarting(Fault):
    """The hub still replays its journal."""

    code, status = "hub_starting", 503


class JournalFault(Fault):
    """The journal can't be opened, read or appended to."""

    code, status = "journal_fault", 503


class HubAway(Fault):
    """The hub did not answer in time. sent: it may have obeyed; False = it can't have, nothing has reached it."""

    code, status = "hub_away", 503

    def __init__(self, text: str = "", *, sent: bool = True) -> None:
        super().__init__(text)
        self.sent = sent


class SettingsFault(Fault):
    """A unit's settings can't be used; the text lists every mistake."""

    code = "settings_fault"


class StartFault(Fault):
    """The process can't start: a port in use, a directory not writable, a part missing."""

    code = "start_fault"


class PrinterFault(Fault):
    """The printer did not take a job. `state` says what is known about it."""

    code = "printer_fault"


class SoundFault(Fault):
    """The player or the voice did not work."""

    code = "sound_fault"
