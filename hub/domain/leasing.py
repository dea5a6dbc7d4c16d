"""GrantLease and MergeTokens: blocks of numbers for kiosks that are alone (queue-rules, Numbering, Lease)."""

from collections.abc import Iterator

from hub.domain import checks, clinic_day, issuing, numbering, visits
from hub.domain.clinic import Clinic, Lease, Moment
from hub.domain.commands import ForgetUnit, GrantLease, MergeTokens, OfflineToken
from hub.domain.events import Event, LateTokensReported, LeaseGranted, LeaseRevoked, TokenIssued, UnitForgotten
from hub.domain.results import Decision, Done, Leased, Merged, MergeDone
from smartqueue import errors
from smartqueue.terms import Instant, Label, TokenId


def grant(clinic: Clinic, command: GrantLease) -> Decision:
    """The kiosk's own block again while at least half of it is left, else another one.

    Raises UnknownUnit, UnknownDepartment, DepartmentFull.
    """
    checks.unit(clinic, command.kiosk)
    department = checks.department(clinic, command.department)
    day = clinic_day.day_after(clinic.day) if command.tomorrow else clinic.day
    for lease in clinic.leases.values():
        own = (lease.kiosk, lease.department, lease.day) == (command.kiosk, department.id, day)
        if own and not lease.revoked and len(lease.used) * 2 <= lease.last - lease.first + 1:
            return Decision((), leased(clinic, lease))
    block = numbering.free_block(clinic, department.id)
    if block is None:
        raise errors.DepartmentFull(department=department.id, limit=numbering.LAST_NUMBER)
    event = LeaseGranted(command.lease, command.kiosk, department.id, day, *block)
    new = Lease(command.lease, command.kiosk, department.id, day, *block, granted_at=Instant(0))
    return Decision((event,), leased(clinic, new))


def leased(clinic: Clinic, lease: Lease) -> Leased:
    letter = clinic.departments[lease.department].letter
    skip, used = numbering.unusable(clinic, lease), tuple(sorted(lease.used))
    return Leased(lease.id, lease.department, lease.day, letter, lease.first, lease.last, skip, used)


def merge(clinic: Clinic, command: MergeTokens, moment: Moment) -> Decision:
    """Each token joins once, by the kiosk's time of issue clamped to [last contact, now].

    One whose day is over ends unserved and is reported; one that can't be taken over is told, and holds up no other.
    Raises UnknownLease, WrongLease, LeaseRevoked.
    """
    lease = clinic.leases.get(command.lease)
    if lease is None:
        raise errors.UnknownLease()
    if lease.kiosk != command.kiosk:
        raise errors.WrongLease()
    if lease.revoked:
        raise errors.LeaseRevoked()
    new = _new(lease, command)
    joins = lease.day >= clinic.day or clinic.departments[lease.department].always_open
    events = tuple(_joining(clinic, lease, list(new.values()), command, moment)) if joins else _late(lease, new)
    merged = tuple(_merged(clinic, lease, token, new, joins=joins) for token in command.tokens)
    return Decision(events, MergeDone(lease.id, merged))


def forget(clinic: Clinic, command: ForgetUnit) -> Decision:
    """Raises UnknownUnit."""
    checks.unit(clinic, command.unit)
    leases = (lease for lease in clinic.leases.values() if lease.kiosk == command.unit and not lease.revoked)
    return Decision((*(LeaseRevoked(lease.id) for lease in leases), UnitForgotten(command.unit)), Done())


def _new(lease: Lease, command: MergeTokens) -> dict[int, OfflineToken]:
    """What has not been taken over yet, by number; of two with one number the first."""
    new: dict[int, OfflineToken] = {}
    for token in command.tokens:
        if lease.first <= token.number <= lease.last and token.number not in lease.used:
            new.setdefault(token.number, token)
    return new


def _joining(
    clinic: Clinic, lease: Lease, new: list[OfflineToken], command: MergeTokens, moment: Moment
) -> Iterator[Event]:
    earliest = max(min(command.last_contact, moment.at), lease.granted_at)
    for token in sorted(new, key=lambda one: (one.issued_at, one.number)):
        issued_at = Instant(min(max(token.issued_at, earliest), moment.at))
        priority, reason = issuing.priority_of(token.needs)
        yield TokenIssued(
            token=token.token,
            department=lease.department,
            label=_label(clinic, lease, token),
            number=token.number,
            language=issuing.language_of(clinic, token.language),
            needs=token.needs,
            priority=priority,
            priority_reason=reason,
            trial=False,
            ahead=0,
            low_s=None,
            high_s=None,
            base=issued_at,
            entered_at=issued_at,
            plan=visits.of_known_type(clinic, lease.department, token.visit_type),
            visit_type=token.visit_type,
            lease=lease.id,
            offline_id=token.command_id,
        )


def _late(lease: Lease, new: dict[int, OfflineToken]) -> tuple[Event, ...]:
    if not new:
        return ()
    commands = tuple(token.command_id for token in new.values())
    return (LateTokensReported(lease.id, lease.day, lease.department, tuple(new), commands),)


def _merged(clinic: Clinic, lease: Lease, token: OfflineToken, new: dict[int, OfflineToken], *, joins: bool) -> Merged:
    """What became of one token, now or when it was sent before."""
    label = _label(clinic, lease, token)
    taken = new.get(token.number)
    if taken is not None and taken.command_id == token.command_id:
        known = taken.token if joins else None
        return Merged(token.number, token.command_id, label, known, joined=joins, repeated=taken is not token)
    command, before = lease.used.get(token.number, ("", TokenId("")))
    if command != token.command_id:
        return Merged(token.number, token.command_id, label, None, joined=False, repeated=False, conflict=True)
    return Merged(token.number, token.command_id, label, before or None, joined=bool(before), repeated=True)


def _label(clinic: Clinic, lease: Lease, token: OfflineToken) -> Label:
    return numbering.label(clinic.departments[lease.department].letter, token.number)
