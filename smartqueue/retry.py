"""How long a unit waits for its hub, and how it spreads its retries."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Patience:
    """Times of the client in seconds."""

    silent_s: float = 3.0
    """A hub that was not heard for longer is away; units get a heartbeat every second."""
    attempt_s: float = 2.0
    """For one attempt: to connect, or to answer one request."""
    deadline_s: float = 6.0
    """For a request with all its attempts, when it says nothing else."""
    first_s: float = 0.2
    most_s: float = 1.0
    """Back-off between attempts of the feed: the first, and at most. A unit must show the right board within a second
    of the hub's return; a site has few units, so their knocking costs the hub nothing."""
    refused_s: float = 30.0
    """Until the next attempt after the hub refused the key or speaks another version."""


class Backoff:
    """Growing pauses with full jitter over their upper half, so that units don't come back all at once."""

    def __init__(self, first_s: float, most_s: float, chance: Random) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._chance = chance
        self._next_s = first_s

    def pause_s(self) -> float:
        """The pause before the next attempt; each is up to twice the one before."""
        pause, self._next_s = self._next_s, min(self._next_s * 2, self._most_s)
        return pause * self._chance.uniform(0.5, 1.0)

    def reset(self) -> None:
        self._next_s = self._first_s
