"""How often somebody may try, and how many may be here at once."""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from smartqueue.errors import TooManyRequests

_REMEMBERED = 10_000
_LATER_S = 30


class Limiter:
    """A bucket of tries for each address. tries: at once. refill_s: until one try comes back."""

    def __init__(self, tries: int, refill_s: float) -> None:
        self._tries = tries
        self._refill_s = refill_s
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def check(self, who: str, now: float) -> None:
        """Raises TooManyRequests with the seconds to wait. now: monotonic seconds."""
        missing_s = self._full_at.get(who, now) - now
        if missing_s > (self._tries - 1) * self._refill_s:
            wait_s = missing_s - (self._tries - 1) * self._refill_s
            raise TooManyRequests(retry_s=max(1, round(wait_s + 0.5)))

    def failed(self, who: str, now: float) -> None:
        """Takes one try away."""
        self._full_at[who] = max(self._full_at.get(who, now), now) + self._refill_s
        self._full_at.move_to_end(who)
        while len(self._full_at) > _REMEMBERED:
            self._full_at.popitem(last=False)


class Places:
    """most: in all. each: from one address."""

    def __init__(self, most: int, each: int) -> None:
        self._most = most
        self._each = each
        self._all = 0
        self._by_address: Counter[str] = Counter()

    @contextmanager
    def taken(self, who: str | None) -> Iterator[None]:
        """One place, until the end of `with`. who: an address; None where many share one. Raises TooManyRequests."""
        if self._all >= self._most or (who is not None and self._by_address[who] >= self._each):
            raise TooManyRequests(retry_s=_LATER_S)
        self._all += 1
        if who is not None:
            self._by_address[who] += 1
        try:
            yield
        finally:
            self._all -= 1
            if who is not None:
                self._by_address.subtract([who])
                if not self._by_address[who]:
                    del self._by_address[who]
