"""The hub with a journal that keeps nothing: the same handlers, for the ratio "durable / without a store".

Takes the words of `smartqueue hub`.
"""

import sys
from collections.abc import Callable

from hub.journal import sqlite
from hub.journal.records import Batch, Recorded
from smartqueue.cli import main


class ForgetfulJournal(sqlite.SqliteJournal):
    """Opens and replays as ever, then says yes without writing."""

    async def append(self, batch: Batch) -> None:
        return None

    async def replay(self, take: Callable[[Recorded], None]) -> int:
        return await super().replay(take)


if __name__ == "__main__":
    sqlite.SqliteJournal = ForgetfulJournal  # type: ignore[misc]
    import hub.run

    hub.run.SqliteJournal = ForgetfulJournal  # type: ignore[attr-defined]
    sys.exit(main())
