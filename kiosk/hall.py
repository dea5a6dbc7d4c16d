"""What the kiosk offers while it is alone: the departments as the hub told them last, open by their hours. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from msgspec.structs import replace

from kiosk import lease_book
from kiosk.lease_book import Book
from smartqueue.picture import Picture
from smartqueue.terms import Day, DepartmentId
from smartqueue.wire import DepartmentView, SiteView


class Hall(Struct, frozen=True, kw_only=True):
    """Site, day and departments, in the order in which they are shown."""

    day: Day
    site: SiteView
    departments: tuple[DepartmentView, ...]


def whole(picture: Picture) -> Hall:
    """As the hub tells it now."""
    return Hall(day=picture.day, site=picture.site, departments=tuple(picture.departments.values()))


def lasting(picture: Picture) -> Hall:
    """What is worth keeping: without all that every ticket changes."""
    views = (replace(view, waiting=0, estimate=None, emergency=False) for view in picture.departments.values())
    return replace(whole(picture), departments=tuple(views))


def alone(hall: Hall, book: Book, at: datetime) -> Hall:
    """What holds of it without the hub, by the hours that came with the blocks of numbers."""
    day = lease_book.day_at(book, at)
    if day is None:
        day = lease_book.day_after(hall.day) if lease_book.is_over(book, hall.day, at) else hall.day
    views = (_view(view, hall, book, at, same_day=day == hall.day) for view in hall.departments)
    return replace(hall, day=day, departments=tuple(views))


def numbers(hall: Hall, book: Book, at: datetime) -> frozenset[DepartmentId]:
    """Departments that can be had a number for, by the kiosk alone."""
    return lease_book.offered(book, at) & {view.id for view in alone(hall, book, at).departments if view.open}


def time_text(at: datetime, zone: str) -> str:
    """`09:42` there; empty where the zone is not known."""
    try:
        return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"
    except (ZoneInfoNotFoundError, ValueError):
        return ""


def _view(view: DepartmentView, hall: Hall, book: Book, at: datetime, *, same_day: bool) -> DepartmentView:
    """A last label of the day holds for that day only."""
    if not same_day:
        view = replace(view, issuing=True, last_label=None)
    is_open = lease_book.is_open(book, view.id, at)
    if is_open is None:
        return view
    opens_at = None if is_open else lease_book.opens_at(book, view.id, at)
    opens = time_text(opens_at, hall.site.zone) if opens_at is not None else ""
    return replace(view, open=is_open and view.issuing, opens_at=opens or None)
