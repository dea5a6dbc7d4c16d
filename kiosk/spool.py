"""What a kiosk must not forget when power goes while it is alone: its book of numbers, and the hall as it was last."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from kiosk import lease_book
from kiosk.hall import Hall
from kiosk.lease_book import Book, Touch
from kiosk.pendings import Pendings, Store
from kiosk.terms import Pending, Phase

log = logging.getLogger(__name__)

T = TypeVar("T")

_BOOK, _HALL = "leases", "hall"
_ODD = "leases-not-understood"


class Spool:
    """`book` and `hall` are as they are on disk; each change returns when it is there. One change at a time."""

    def __init__(self, store: Store, pendings: Pendings) -> None:
        book = _read(store.get(_BOOK), Book)
        self.book: Book = book or Book()
        self.hall: Hall | None = _read(store.get(_HALL), Hall)
        self._store = store
        self._pendings = pendings
        self._odd = {_ODD: store.get(_BOOK)} if book is None and store.get(_BOOK) else {}
        self._one = asyncio.Lock()

    async def change(self, how: Callable[[Book], Book]) -> None:
        """Raises OSError; the book stands as it was then."""
        async with self._one:
            book = how(self.book)
            if book != self.book:
                await self._store.put_all(self._values(book))
                self.book = book

    async def keep_hall(self, hall: Hall) -> None:
        """Raises OSError; the one before stands then."""
        if hall != self.hall:
            await self._store.put_all({_HALL: msgspec.to_builtins(hall)})
            self.hall = hall

    async def issue(self, pending: Pending, touch: Touch) -> Pending | None:
        """The pending issue with a number of its own, both on disk together; None where there is no number.

        Raises OSError: then no number was taken.
        """
        async with self._one:
            taken = lease_book.taken(self.book, touch)
            if taken is None:
                return None
            book, ticket = taken
            answer = lease_book.answer_of(ticket, pending.department.id)
            issued = replace(pending, phase=Phase.ANSWERED, answer=answer, away=True, day=ticket.day)
            await self._pendings.remember(issued, together=self._values(book))
            self.book = book
        return issued

    def _values(self, book: Book) -> dict[str, Any]:
        """A book that was not understood is kept aside: there may be tickets in it."""
        return {_BOOK: msgspec.to_builtins(book), **self._odd}


def _read(stored: Any, kind: type[T]) -> T | None:
    """What another build wrote differently is left out, and said."""
    if stored is None:
        return None
    try:
        return msgspec.convert(stored, kind)
    except msgspec.ValidationError as trouble:
        log.error("what the store holds of the %s was not understood and is left out: %s", kind.__name__, trouble)
        return None
