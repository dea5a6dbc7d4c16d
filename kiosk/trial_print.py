"""`smartqueue kiosk --test-print`: asks the printer, prints one ticket that is marked as a trial, says how it went."""

from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.machine import Machine
from kiosk.print_job import Limits
from kiosk.printer import Printer
from kiosk.printer_status import READY, PrintOutcome, PrintResult
from kiosk.printer_url import transport_from_url
from kiosk.profiles import Profile
from kiosk.ticket_facts import TicketFacts
from smartqueue.i18n import ENGLISH
from smartqueue.look import fonts
from smartqueue.terms import Label, Language, PrinterState

Say = Callable[[str], None]

STATES: dict[PrinterState, str] = {
    PrinterState.UNKNOWN: "it prints, but cannot tell how it is (this connection or this profile carries no answers)",
    PrinterState.OK: "ready",
    PrinterState.LOW_PAPER: "ready, but the roll ends soon: put a new one in",
    PrinterState.OUT_OF_PAPER: "there is no paper: put a roll in and close the cover",
    PrinterState.COVER_OPEN: "its cover is open: close it",
    PrinterState.OFFLINE: "it has been taken offline: press its button Feed or Online",
    PrinterState.SILENT: "connected, but it answers nothing: is it on, is the speed of the line right, "
    "and does this kind of printer answer at all (see profile in docs/printers.md)?",
    PrinterState.REFUSED: "there is no connection",
    PrinterState.CLOSED_MID_JOB: "the connection ended in the middle: look whether a ticket came out",
    PrinterState.ERROR: "it has a fault: switch it off and on, and look for paper in its cutter",
}
_OUTCOMES = {
    PrintOutcome.PRINTED: "printed",
    PrintOutcome.MAYBE_PRINTED: "maybe printed, maybe not: look",
    PrintOutcome.NOT_PRINTED: "not printed",
}


async def trial_print(
    url: str, profile: Profile, language: Language | None, now: datetime, say: Say, limits: Limits | None = None
) -> int:
    """Exit code: 0 when a ticket came out, 1 when not or when nobody knows. now: with its zone."""
    fonts.checked()
    printer = Printer(transport_from_url(url), profile, limits)
    machine = Machine(printer)
    try:
        paper = f"{profile.paper.name} paper, {profile.dpi} dpi"
        say(f"printer  {printer.transport.url}, profile {profile.name} ({paper})")
        before = await printer.check()
        say(f"before   {described(before.state, before.reason)}")
        if before.state not in READY:
            return 1
        result = await machine.print_facts(trial_facts(profile, language or ENGLISH, now), lambda _share: None)
        say(f"ticket   {_told(result)}")
        if result.outcome is PrintOutcome.PRINTED:
            after = await printer.check() if result.confirmed else printer.health()
            say(f"after    {described(after.state, after.reason)}")
        return 0 if result.outcome is PrintOutcome.PRINTED else 1
    finally:
        await machine.close()


def described(state: PrinterState, reason: str = "") -> str:
    """A state in plain words, with what is known of its cause where that says more."""
    more = f" ({reason})" if reason and state in (PrinterState.REFUSED, PrinterState.ERROR) else ""
    return f"{state.value.replace('_', ' ')}: {STATES[state]}{more}"


def _told(result: PrintResult) -> str:
    sure = "" if result.outcome is not PrintOutcome.PRINTED or result.confirmed else ", as far as it can be known"
    cause = f": {described(result.cause, result.reason)}" if result.cause else ""
    return f"{_OUTCOMES[result.outcome]}{sure}{cause} ({result.bytes_sent} bytes)"


def trial_facts(profile: Profile, language: Language, now: datetime) -> TicketFacts:
    """Everything that a real ticket may carry, so that all of it can be looked at; it leads nowhere."""
    return TicketFacts(
        label=Label("A000"),
        language=language,
        default_language=ENGLISH,
        site={ENGLISH: "SmartQueue"},
        department={ENGLISH: "Test ticket"},
        department_icon="ticket",
        area={ENGLISH: profile.name},
        taken_at=now,
        ahead=8,
        called_between=(now + timedelta(minutes=35), now + timedelta(minutes=65)),
        status_address="HTTPS://SMARTQUEUE.EXAMPLE/S/00000000000000000000000000",
        short_code="TEST0000",
        trial=True,
    )
