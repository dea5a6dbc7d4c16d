"""The numbers that a kiosk may give out while its hub is away, and what became of them. Pure; times are arguments.

A number that was given out once is never given out again on its day, whichever block it comes from: not after the hub
was restored from a backup, and not after an older memory card was put back.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from smartqueue.capabilities import status_path
from smartqueue.terms import CommandId, Day, DepartmentId, Label, LeaseId, TokenId
from smartqueue.wire import HoursView, IssueBody, IssuedAnswer, LeaseAnswer, MergeBody, OfflineTicket


class Lease(Struct, frozen=True, kw_only=True):
    """A block of numbers, first and last included. epoch: of the hub that granted it. skip: never on a label.

    begins, ends: of its clinic day. hours: when its department is open on that day.
    """

    id: LeaseId
    epoch: str
    department: DepartmentId
    day: Day
    letter: str
    first: int
    last: int
    skip: tuple[int, ...]
    begins: datetime
    ends: datetime
    hours: tuple[HoursView, ...]

    @property
    def size(self) -> int:
        return self.last - self.first + 1


class Spent(Struct, frozen=True, kw_only=True):
    """Numbers of a department that are gone on one day. until: the day's end."""

    department: DepartmentId
    day: Day
    numbers: tuple[int, ...]
    until: datetime


class Ticket(Struct, frozen=True, kw_only=True):
    """What was issued alone and has not joined yet, with all that the hub must be told of it.

    asked: what the hub had been asked for the same touch, and may have obeyed; None: it can't have been reached.
    last_contact: the hub's time that was heard last before it was issued. day: of its block; until: that day's end.
    """

    lease: LeaseId
    day: Day
    label: Label
    printed: OfflineTicket
    asked: IssueBody | None
    last_contact: datetime
    until: datetime

    @property
    def command_id(self) -> CommandId:
        return self.printed.command_id

    @property
    def body(self) -> MergeBody:
        """The same whenever it is sent."""
        return MergeBody(last_contact=self.last_contact, tokens=[self.printed])


class Astray(Struct, frozen=True, kw_only=True):
    """A ticket that has no place: somebody must look after the person. until: its day's end."""

    label: Label
    until: datetime


class Book(Struct, frozen=True, kw_only=True):
    """All of it. epoch: of the hub that was heard last. tickets: oldest first. last_contact: with that hub.

    last_issue: time on the last ticket; the next one never says an earlier one.
    """

    epoch: str = ""
    leases: tuple[Lease, ...] = ()
    spent: tuple[Spent, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    astray: tuple[Astray, ...] = ()
    last_contact: datetime | None = None
    last_issue: datetime | None = None


class Touch(Struct, frozen=True, kw_only=True):
    """What a ticket is made of. at: of the issue. secret, short_code: new ones. asked: as in Ticket."""

    command_id: CommandId
    body: IssueBody
    at: datetime
    last_contact: datetime
    secret: str
    short_code: str
    asked: bool


# --- what the hub says --------------------------------------------------------------------------------


def heard(book: Book, epoch: str, at: datetime) -> Book:
    """The hub was heard: blocks that another one gave out, or it itself before it was restored, are void."""
    leases = book.leases if epoch == book.epoch else ()
    last_issue = None if book.last_issue is None else min(book.last_issue, at)
    return tidy(replace(book, epoch=epoch, leases=leases, last_contact=at, last_issue=last_issue), at)


def granted(book: Book, answers: Iterable[LeaseAnswer], epoch: str) -> Book:
    """With these blocks, or what is new of them. A grant from another epoch than the present one is left out."""
    if epoch != book.epoch:
        return book
    for answer in answers:
        new = _lease(answer, epoch)
        leases = tuple(_agreeing(known, new) for known in book.leases)
        leases = leases if new in leases else (*leases, new)
        book = _spend(replace(book, leases=leases), answer.department, answer.day, answer.used, answer.ends)
    return book


def tidy(book: Book, at: datetime) -> Book:
    """Without what belongs to days that are over. Tickets stay until the hub has them."""
    return replace(
        book,
        leases=tuple(one for one in book.leases if at < one.ends),
        spent=tuple(one for one in book.spent if at < one.until),
        astray=tuple(one for one in book.astray if at < one.until),
    )


def wanting(book: Book, departments: Iterable[DepartmentId], today: Day) -> list[tuple[DepartmentId, bool]]:
    """Departments of which at least half of a block is gone, or that have none; True = for tomorrow."""
    days = ((today, False), (day_after(today), True))
    return [(one, tomorrow) for one in departments for day, tomorrow in days if _is_short(book, one, day)]


def day_after(day: Day) -> Day:
    return Day((date.fromisoformat(day) + timedelta(days=1)).isoformat())


# --- what a kiosk alone may do ------------------------------------------------------------------------


def day_at(book: Book, at: datetime) -> Day | None:
    """The clinic day, as far as blocks tell; None where none is for this day."""
    return next((lease.day for lease in book.leases if lease.begins <= at < lease.ends), None)


def is_over(book: Book, day: Day, at: datetime) -> bool:
    """Whether the clinic day has ended, as far as its blocks tell."""
    return any(lease.day == day and lease.ends <= at for lease in book.leases)


def is_open(book: Book, department: DepartmentId, at: datetime) -> bool | None:
    """By the hours that came with its block; None where there is none for this day."""
    lease = next(_today(book, department, at), None)
    return None if lease is None else any(span.begins <= at < span.ends for span in lease.hours)


def opens_at(book: Book, department: DepartmentId, at: datetime) -> datetime | None:
    """When it opens later on this day."""
    later = [span.begins for lease in _today(book, department, at) for span in lease.hours if at < span.begins]
    return min(later, default=None)


def offered(book: Book, at: datetime) -> frozenset[DepartmentId]:
    """Departments that are open and have a number left."""
    known = {lease.department for lease in book.leases}
    return frozenset(one for one in known if _next(book, one, at) is not None)


def left(book: Book, at: datetime) -> tuple[tuple[str, int], ...]:
    """How many numbers there are in today's blocks, by department's letter."""
    counts: dict[str, int] = {}
    for lease in book.leases:
        if lease.begins <= at < lease.ends:
            counts[lease.letter] = counts.get(lease.letter, 0) + sum(1 for _ in _left(book, lease))
    return tuple(sorted(counts.items()))


def taken(book: Book, touch: Touch) -> tuple[Book, Ticket] | None:
    """The next number of its department, gone from now on; None where there is none or it is closed."""
    department = touch.body.department
    at = max(touch.at, book.last_issue or touch.at)
    found = _next(book, department, at)
    if found is None:
        return None
    lease, number = found
    ticket = Ticket(
        lease=lease.id,
        day=lease.day,
        label=Label(f"{lease.letter}{number:03}"),
        printed=OfflineTicket(
            command_id=touch.command_id,
            number=number,
            issued_at=at,
            secret=touch.secret,
            short_code=touch.short_code,
            language=touch.body.language,
            needs=touch.body.needs,
            visit_type=touch.body.visit_type,
        ),
        asked=touch.body if touch.asked else None,
        last_contact=min(touch.last_contact, at),
        until=lease.ends,
    )
    book = _spend(book, department, lease.day, (number,), lease.ends)
    return replace(book, tickets=(*book.tickets, ticket), last_issue=at), ticket


def answer_of(ticket: Ticket, department: DepartmentId) -> IssuedAnswer:
    """What the hub would have said, but for what nobody knows now: how many are before, and the hub's id."""
    return IssuedAnswer(
        token=TokenId(""),
        label=ticket.label,
        department=department,
        issued_at=ticket.printed.issued_at,
        ahead=0,
        estimate=None,
        status_url=status_path(ticket.printed.secret),
        short_code=ticket.printed.short_code,
    )


# --- what becomes of tickets --------------------------------------------------------------------------


def joined(book: Book, command_id: CommandId) -> Book:
    """The hub has it, or has told that its day is over."""
    return replace(book, tickets=tuple(one for one in book.tickets if one.command_id != command_id))


def lost(book: Book, command_id: CommandId) -> Book:
    """The hub has no place for it."""
    found = [one for one in book.tickets if one.command_id == command_id]
    astray = tuple(Astray(label=one.label, until=one.until) for one in found)
    return replace(joined(book, command_id), astray=book.astray + astray)


# --- inside -------------------------------------------------------------------------------------------


def _lease(answer: LeaseAnswer, epoch: str) -> Lease:
    return Lease(
        id=answer.lease,
        epoch=epoch,
        department=answer.department,
        day=answer.day,
        letter=answer.letter,
        first=answer.first,
        last=answer.last,
        skip=tuple(answer.skip),
        begins=answer.begins,
        ends=answer.ends,
        hours=tuple(answer.hours),
    )


def _agreeing(known: Lease, new: Lease) -> Lease:
    """Letter and hours are the same in all blocks of a department and day."""
    if known.id == new.id or (known.department, known.day) != (new.department, new.day):
        return new if known.id == new.id else known
    return replace(known, letter=new.letter, begins=new.begins, ends=new.ends, hours=new.hours)


def _spend(book: Book, department: DepartmentId, day: Day, numbers: Iterable[int], until: datetime) -> Book:
    gone = _gone(book, department, day)
    spent = Spent(department=department, day=day, numbers=tuple(sorted(gone.union(numbers))), until=until)
    others = tuple(one for one in book.spent if (one.department, one.day) != (department, day))
    return replace(book, spent=(*others, spent) if spent.numbers else others)


def _gone(book: Book, department: DepartmentId, day: Day) -> frozenset[int]:
    found = (one.numbers for one in book.spent if (one.department, one.day) == (department, day))
    return frozenset(next(found, ()))


def _left(book: Book, lease: Lease) -> Iterator[int]:
    gone = _gone(book, lease.department, lease.day).union(lease.skip)
    return (number for number in range(lease.first, lease.last + 1) if number not in gone)


def _is_short(book: Book, department: DepartmentId, day: Day) -> bool:
    leases = [lease for lease in book.leases if (lease.department, lease.day) == (department, day)]
    left = sum(1 for lease in leases for _ in _left(book, lease))
    return not leases or left * 2 <= max(lease.size for lease in leases)


def _today(book: Book, department: DepartmentId, at: datetime) -> Iterator[Lease]:
    return (one for one in book.leases if one.department == department and one.begins <= at < one.ends)


def _next(book: Book, department: DepartmentId, at: datetime) -> tuple[Lease, int] | None:
    """The lowest number of the oldest block that has one."""
    for lease in _today(book, department, at):
        if any(span.begins <= at < span.ends for span in lease.hours):
            for number in _left(book, lease):
                return lease, number
    return None
