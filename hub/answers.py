"""Results and refusals as they go over the wire: status and encoded body."""

from typing import assert_never

import msgspec

from hub import projections
from hub.domain import clinic_day
from hub.domain.clinic import Clinic
from hub.domain.results import (
    Acknowledged,
    Booked,
    Called,
    Done,
    Imported,
    Issued,
    IssuingNow,
    Leased,
    Merged,
    MergeDone,
    OperatorNow,
    Prioritised,
    Result,
    RoomNow,
    RoomStaffed,
    TokenNow,
    Undone,
)
from hub.journal.records import StatusSecret
from hub.private import Known
from smartqueue import capabilities, wire
from smartqueue.errors import Fault, Refusal
from smartqueue.i18n import Words
from smartqueue.terms import Language

_ENCODE = msgspec.json.Encoder().encode


def encode(result: Result, clinic: Clinic, known: Known) -> tuple[int, bytes]:
    """Status and body of a success. known: where secrets of pages and booking codes are found."""
    made = isinstance(result, Issued | Booked)
    return (201 if made else 200), _ENCODE(_message(result, clinic, known))


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


def _message(result: Result, clinic: Clinic, known: Known) -> wire.Message:  # noqa: PLR0911 - one line for each kind
    match result:
        case Issued():
            return _issued(result, clinic, known)
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
        case Prioritised():
            return wire.PriorityAnswer(token=result.token, label=result.label, priority=result.priority)
        case RoomNow():
            return wire.RoomAnswer(room=result.room, state=result.state)
        case RoomStaffed():
            return wire.StaffedAnswer(room=result.room, operator=result.operator, departments=list(result.departments))
        case Undone():
            return wire.UndoneAnswer(room=result.room, token=result.current, label=result.label)
        case Acknowledged():
            return wire.AckAnswer(announcement=result.announcement)
        case Done():
            return wire.DoneAnswer()
        case _:
            return _of_the_site(result, clinic, known)


SiteResult = OperatorNow | IssuingNow | Leased | MergeDone | Booked | Imported


def _of_the_site(result: SiteResult, clinic: Clinic, known: Known) -> wire.Message:
    match result:
        case OperatorNow():
            back_at = projections.when(result.back_at) if result.back_at is not None else None
            return wire.AvailabilityAnswer(operator=result.operator, available=result.available, back_at=back_at)
        case IssuingNow():
            return wire.IssuingAnswer(department=result.department, issuing=result.issuing, last=result.last)
        case Leased():
            return _leased(result, clinic)
        case MergeDone():
            return wire.MergeAnswer(lease=result.lease, tokens=[_merged(one, clinic, known) for one in result.tokens])
        case Booked():
            return wire.BookedAnswer(
                appointment=result.appointment,
                department=result.department,
                at=projections.when(result.at),
                code=known.code_of(result.appointment),
            )
        case Imported():
            return wire.ImportAnswer(booked=result.booked, changed=result.changed, unchanged=result.unchanged)
        case _:
            assert_never(result)


def _issued(result: Issued, clinic: Clinic, known: Known) -> wire.IssuedAnswer:
    secret = known.secret_of(result.token)
    return wire.IssuedAnswer(
        token=result.token,
        label=result.label,
        department=result.department,
        issued_at=projections.when(result.issued_at),
        ahead=result.ahead,
        estimate=projections.estimate(result.wait, result.issued_at),
        status_url=status_url(clinic, secret),
        short_code=secret.code if secret else "",
    )


def _leased(result: Leased, clinic: Clinic) -> wire.LeaseAnswer:
    site, department = clinic.configured(), clinic.departments[result.department]
    hours = clinic_day.hours_on(department, result.day, site)
    return wire.LeaseAnswer(
        lease=result.lease,
        department=result.department,
        day=result.day,
        letter=result.letter,
        first=result.first,
        last=result.last,
        skip=list(result.skip),
        used=list(result.used),
        begins=projections.when(clinic_day.start_of(result.day, site)),
        ends=projections.when(clinic_day.end_of(result.day, site)),
        hours=[wire.HoursView(begins=projections.when(first), ends=projections.when(last)) for first, last in hours],
    )


def _merged(merged: Merged, clinic: Clinic, known: Known) -> wire.MergedTicket:
    secret = known.secret_of(merged.token) if merged.token is not None else None
    return wire.MergedTicket(
        number=merged.number,
        command_id=merged.command_id,
        label=merged.label,
        token=merged.token,
        joined=merged.joined,
        repeated=merged.repeated,
        conflict=merged.conflict,
        status_url=status_url(clinic, secret),
        short_code=secret.code if secret else "",
    )


def status_url(clinic: Clinic, secret: StatusSecret | None) -> str:
    """Of the patient's page; empty without a secret."""
    base = clinic.configured().public_url or ""
    return base.rstrip("/") + capabilities.status_path(secret.secret) if secret else ""
