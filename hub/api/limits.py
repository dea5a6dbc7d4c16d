"""How often somebody may try: a bucket of tries for each address, refilled slowly."""

from collections import OrderedDict

from smartqueue.errors import TooManyRequests

_REMEMBERED = 10_000


class Limiter:
    """tries: at once. refill_s: until one try comes back."""

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
