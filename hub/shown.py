"""The ranges that people have been shown: each goes on from what its person saw last, so that it does not creep."""

from hub.domain import estimates
from hub.domain.clinic import Clinic, Token
from hub.domain.shown_range import ShownRange, shown_range, steady
from smartqueue.terms import Instant, TokenId


class ShownRanges:
    """In the hub's memory only: after a restart they start from the promises again."""

    def __init__(self) -> None:
        self._last: dict[TokenId, tuple[int, ShownRange]] = {}

    def of(self, clinic: Clinic, token: Token, at: Instant) -> tuple[int | None, ShownRange | None]:
        """How many are before it and the range to show now; None for what can't be said."""
        ahead, wait = estimates.of_token(clinic, token, at)
        if wait is None:
            return ahead, None
        shown = steady(self._before(token), shown_range(wait.q20, wait.q85, at), at)
        self._last[token.id] = token.entry, shown
        return ahead, shown

    def forget(self, clinic: Clinic) -> None:
        """All but the tokens that there are: a new clinic day has begun."""
        self._last = {token: last for token, last in self._last.items() if token in clinic.tokens}

    def _before(self, token: Token) -> ShownRange | None:
        """What was shown since it entered this queue; what was promised, where nothing was."""
        entry, shown = self._last.get(token.id, (0, None))
        if shown is not None and entry == token.entry:
            return shown
        promise = token.promise
        return shown_range(promise.q20, promise.q85, token.issued_at) if promise is not None else None
