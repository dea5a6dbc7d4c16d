"""What stands on a ticket, and how it follows from what the hub said. No drawing here."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from smartqueue.terms import Label, Language
from smartqueue.wire import DepartmentView, IssuedAnswer, Names, SiteView


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """One ticket. Times are of the site's zone. What is None or empty is left out.

    ahead: tokens before this one; called_between: range of the probable call; status_address: what the QR code holds,
    in capitals; short_code: the eight characters of the same page; return_within_min, return_after: the return rule;
    away: it was issued while the hub was away; logo: a picture that stands for the usual icon of a clinic.
    """

    label: Label
    language: Language
    default_language: Language
    site: Names
    department: Names
    department_icon: str
    area: Names
    taken_at: datetime
    ahead: int | None
    called_between: tuple[datetime, datetime] | None = None
    status_address: str | None = None
    short_code: str = ""
    return_within_min: int = 60
    return_after: int = 3
    copy: bool = False
    trial: bool = False
    away: bool = False
    logo: Path | None = None

    @property
    def host(self) -> str:
        """Where the short code is typed: `q.riverside.example`."""
        return (self.status_address or "").partition("://")[2].partition("/")[0].lower()


def ticket_facts(
    site: SiteView,
    department: DepartmentView,
    answer: IssuedAnswer,
    language: Language,
    *,
    copy: bool = False,
    trial: bool = False,
    away: bool = False,
) -> TicketFacts:
    """The ticket of a token that was just issued, or issued before and printed again (copy).

    away: the kiosk issued it alone, from its lease: how many are before it nobody knows, whatever the answer says.
    """
    zone = ZoneInfo(site.zone)
    estimate = answer.estimate
    return TicketFacts(
        label=answer.label,
        language=language,
        default_language=site.default_language,
        site=site.names,
        department=department.names,
        department_icon=department.icon,
        area=department.areas,
        taken_at=answer.issued_at.astimezone(zone),
        ahead=None if away else answer.ahead,
        called_between=(
            (estimate.earliest.astimezone(zone), estimate.latest.astimezone(zone)) if estimate and not away else None
        ),
        status_address=status_address(site, answer),
        short_code=answer.short_code,
        return_within_min=site.return_min,
        return_after=site.return_place,
        copy=copy,
        trial=trial,
        away=away,
    )


def status_address(site: SiteView, answer: IssuedAnswer) -> str | None:
    """The status page's address in capitals, which keep the QR code small; None where phones cannot reach it."""
    if not site.public_url or not answer.status_url:
        return None
    address = answer.status_url if "://" in answer.status_url else site.public_url.rstrip("/") + answer.status_url
    return address.upper()
