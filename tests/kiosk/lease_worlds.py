"""Blocks of numbers and touches for the tests of a kiosk that is alone: as the hub would grant them."""

from datetime import UTC, datetime, timedelta

from kiosk_worlds import AT, DAY, EN

from kiosk import lease_book
from kiosk.lease_book import Book, Ticket, Touch
from smartqueue.terms import CommandId, Day, DepartmentId, Label, LeaseId
from smartqueue.wire import HoursView, IssueBody, LeaseAnswer

MEDICINE, CARDIOLOGY = DepartmentId("general-medicine"), DepartmentId("cardiology")
EPOCH = "e1"
MORNING = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
"""04:00 of DAY in Kolkata: the clinic day begins."""
EVENING = MORNING + timedelta(days=1)
TOMORROW = Day("2026-03-03")


def block(department=MEDICINE, day=DAY, first=501, size=50, lease="", **changes) -> LeaseAnswer:
    """Open from 8 to 18 o'clock of its day."""
    begins = MORNING if day == DAY else EVENING
    values = {
        "lease": LeaseId(lease or f"lease-{department}-{day}-{first}"),
        "department": department,
        "day": day,
        "letter": {MEDICINE: "A", CARDIOLOGY: "R"}.get(department, "X"),
        "first": first,
        "last": first + size - 1,
        "skip": [],
        "used": [],
        "begins": begins,
        "ends": begins + timedelta(days=1),
        "hours": [HoursView(begins=begins + timedelta(hours=4), ends=begins + timedelta(hours=14))],
    }
    return LeaseAnswer(**(values | changes))


def book(*answers: LeaseAnswer, epoch: str = EPOCH, at: datetime = AT) -> Book:
    """Of a kiosk that heard its hub at that time, and got these blocks."""
    return lease_book.granted(lease_book.heard(Book(), epoch, at), answers or (block(),), epoch)


def touch(number: int = 1, department=MEDICINE, at: datetime = AT, **changes) -> Touch:
    values = {
        "command_id": CommandId(f"touch-{number:04}"),
        "body": IssueBody(department=department, language=EN),
        "at": at,
        "last_contact": AT,
        "secret": f"{number:026}",
        "short_code": f"{number:08}",
        "asked": False,
    }
    return Touch(**(values | changes))


def taken(known: Book, *touches: Touch) -> tuple[Book, list[Ticket]]:
    """Everybody gets one."""
    tickets = []
    for one in touches:
        made = lease_book.taken(known, one)
        assert made is not None, f"there is no number for {one.command_id}"
        known, ticket = made
        tickets.append(ticket)
    return known, tickets


def labels(tickets: list[Ticket]) -> list[Label]:
    return [ticket.label for ticket in tickets]
