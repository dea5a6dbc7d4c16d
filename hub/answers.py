"""Results and refusals as they go over the wire: status and encoded body."""

from collections.abc import Sequence
from typing import assert_never

import msgspec

from hub import projections
from hub.domain.clinic import Clinic, Moment
from hub.domain.results import Acknowledged, Called, Done, Issued, Result, RoomNow, TokenNow
from hub.journal.records import SideRow, StatusSecret
from smartqueue import wire
from smartqueue.errors import Fault, Refusal
from smartqueue.i18n import Words
from smartqueue.terms import Language

_ENCODE = msgspec.json.Encoder().encode


def encode(result: Result, clinic: Clinic, moment: Moment, private: Sequence[SideRow]) -> tuple[int, bytes]:
    """Status and body of a success. private: the command's side rows, where the patient's secret is found."""
    return (201 if isinstance(result, Issued) else 200), _ENCODE(_message(result, clinic, moment, private))


def problem(error: Refusal | Fault, language: Language) -> wire.Problem:
    """RFC 9457 problem document with the words of the locales; a Fault tells nothing of its insides."""
    values = error.values if isinstance(error, Refusal) else {}
    group = "refusal" if isinstance(error, Refusal) else "fault"
    filled = {key: ", ".join(value) or "-" if isinstance(value, list) else value for key, value in values.items()}
    words = Words(language)
    mistakes = values.get("errors", [])
    return wire.Problem(
        type=f"urn:smartqueue:problem:{error.code}",
        title=words.text(f"{group}.{error.code}.title", **filled),
        status=error.status,
        code=error.code,
        detail=words.text(f"{group}.{error.code}.detail", **filled),
        errors=list(mistakes) if isinstance(mistakes, list) else [],
        values={key: value for key, value in filled.items() if key != "errors"},
    )


def encode_problem(error: Refusal | Fault, language: Language) -> tuple[int, bytes]:
    return error.status, _ENCODE(problem(error, language))


def _message(result: Result, clinic: Clinic, moment: Moment, private: Sequence[SideRow]) -> wire.Message:
    match result:
        case Issued():
            return _issued(result, clinic, private)
        case Called():
            return wire.CalledAnswer(
                token=result.token,
                label=result.label,
                room=result.room,
                attempt=result.attempt,
                repeated=result.repeated,
            )
        case TokenNow():
            return wire.TokenAnswer(token=result.token, label=result.label, state=result.state, room=result.room)
        case RoomNow():
            return wire.RoomAnswer(room=result.room, state=result.state)
        case Acknowledged():
            return wire.AckAnswer(announcement=result.announcement)
        case Done():
            return wire.Message()
        case _:
            assert_never(result)


def _issued(result: Issued, clinic: Clinic, private: Sequence[SideRow]) -> wire.IssuedAnswer:
    secret = next((row for row in private if isinstance(row, StatusSecret)), None)
    base = clinic.configured().public_url or ""
    return wire.IssuedAnswer(
        token=result.token,
        label=result.label,
        department=result.department,
        issued_at=projections.when(result.issued_at),
        ahead=result.ahead,
        estimate=projections.estimate(result.wait, result.issued_at),
        status_url=f"{base.rstrip('/')}/S/{secret.secret}" if secret else "",
        short_code=secret.code if secret else "",
    )
