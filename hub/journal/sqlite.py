"""The embedded journal: SQLite in WAL mode with full synchronisation, one connection in one thread.

Every append is one transaction and one fsync; whatever waits meanwhile goes into the next one (group commit is the
service's). A failed append is never tried again: the process must end and replay.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from hub.journal import codec, schema, side_rows
from hub.journal.records import (
    CONTACTS_KEPT_MS,
    AppointmentCode,
    Batch,
    ConsultationNote,
    ContactNumber,
    Kept,
    Opened,
    PersonName,
    Recorded,
    StatusSecret,
    StoredAnswer,
    UnitKey,
)
from smartqueue.errors import JournalFault
from smartqueue.terms import AppointmentId, CommandId, ContactId, Day, Instant, OperatorId, TokenId, UnitName

FILE = "journal.db"
KEEP_ANSWERS_MS = 48 * 3600 * 1000
PAGE = 2000
"""Rows read at a time while replaying."""
PAGE_OF_PAST = 200
"""Events of past days read at a time: appends wait no longer than one of these takes."""
Given = TypeVar("Given")


def create(directory: Path, site: str, epoch: str) -> None:
    """An empty journal. Raises JournalFault when there is one already or the directory can't be written."""
    path = directory / FILE
    if path.exists():
        raise JournalFault(f"{path} exists already; a site is never overwritten. Choose another --data directory.")
    try:
        connection = _connect(path)
        with connection:
            connection.executescript(schema.TABLES)
            rows = [("schema", str(schema.SCHEMA)), ("site", site), ("epoch", epoch)]
            connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        connection.close()
    except (sqlite3.Error, OSError) as error:
        raise JournalFault(f"{path} can't be made: {error}. Check that the directory can be written.") from error


class SqliteJournal:
    """Open one at a time on a directory: the caller holds the directory's lock."""

    def __init__(self, directory: Path, wait_s: float = 5.0) -> None:
        """wait_s: how long another program may hold the file."""
        self._path, self._wait_s = directory / FILE, wait_s
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._connection: sqlite3.Connection | None = None
        self._closed = False

    async def open(self) -> Opened:
        """Checks integrity and schema, tells what it holds. Raises JournalFault, and then leaves no file open."""
        try:
            return await self._in_thread(self._open)
        except JournalFault:
            await self._in_thread(self._close)
            raise

    async def replay(self, take: Callable[[Recorded], None]) -> int:
        """Gives every event since the last day opened to `take`, in the journal's thread; tells how many."""
        return await self._in_thread(lambda: self._replay(take))

    async def append(self, batch: Batch) -> None:
        """Returns when the batch is on disk. Raises JournalFault; the process must not go on after that."""
        await self._in_thread(lambda: self._append(batch))

    async def find_answer(self, command_id: CommandId) -> StoredAnswer | None:
        return await self._in_thread(lambda: self._find_answer(command_id))

    async def command_ids(self) -> set[CommandId]:
        """Of all answers that are kept."""
        return await self._in_thread(self._command_ids)

    async def notes(self, token: TokenId) -> list[ConsultationNote]:
        """Oldest first."""
        return await self._in_thread(lambda: self._notes(token))

    async def contact(self, contact: ContactId) -> ContactNumber | None:
        return await self._in_thread(lambda: self._contact(contact))

    async def read_days(self, first: Day, last: Day) -> AsyncGenerator[list[Recorded], None]:
        """The events of these clinic days, both included, page by page in the order of `seq`, as far as there are any.

        Each page is a job of its own in the journal's thread: whatever is to be appended comes in between.
        """
        for first_seq, last_seq in await self._in_thread(partial(self._stretches, first, last)):
            for begin in range(first_seq, last_seq + 1, PAGE_OF_PAST):
                end = min(last_seq, begin + PAGE_OF_PAST - 1)
                yield await self._in_thread(partial(self._page, begin, end))

    async def close(self) -> None:
        """May be said again; a closed journal is not opened again."""
        if not self._closed:
            self._closed = True
            await self._in_thread(self._close)
            self._thread.shutdown()

    async def _in_thread(self, work: Callable[[], Given]) -> Given:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _open(self) -> Opened:
        if not self._path.exists():
            raise JournalFault(f"{self._path.parent} holds no site. Make one with: smartqueue setup --data DIR")
        self._close()
        try:
            self._connection = _connect(self._path, self._wait_s)
            self._check()
            self._try_to_write()
            self._upgrade()
            return self._opened()
        except sqlite3.Error as error:
            raise _fault(self._path, error) from error

    def _check(self) -> None:
        found = self._database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise _damaged(self._path, found)
        number = self._meta("schema")
        if number not in {str(schema.SCHEMA), *map(str, schema.UPGRADES)}:
            raise JournalFault(
                f"{self._path} has schema {number}, this version reads {schema.SCHEMA}. "
                "Install the version that it belongs to."
            )

    def _upgrade(self) -> None:
        """Whole or not at all: a hub that dies meanwhile finds the older journal."""
        number = int(self._meta("schema"))
        if number == schema.SCHEMA:
            return
        with self._database as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            for older in range(number, schema.SCHEMA):
                for statement in schema.UPGRADES[older]:
                    transaction.execute(statement)
            transaction.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(schema.SCHEMA),))

    def _try_to_write(self) -> None:
        """A journal that can only be read would fail at the first patient instead of now."""
        with self._database as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            transaction.execute("UPDATE meta SET value = value WHERE key = 'schema'")

    def _opened(self) -> Opened:
        rows = self._database.execute
        last_seq, last_at = rows("SELECT seq, at FROM events ORDER BY seq DESC LIMIT 1").fetchone() or (0, 0)
        return Opened(
            site=self._meta("site"),
            epoch=self._meta("epoch"),
            last_seq=last_seq,
            last_at=Instant(last_at),
            command_ids=self._command_ids(),
            unit_keys=[UnitKey(UnitName(unit), digest) for unit, digest in rows("SELECT unit, digest FROM unit_keys")],
            status_secrets=[
                StatusSecret(TokenId(token), secret, code)
                for token, secret, code in rows("SELECT token, secret, code FROM status_secrets")
            ],
            appointment_codes=[
                AppointmentCode(AppointmentId(appointment), code)
                for appointment, code in rows("SELECT appointment, code FROM appointment_codes")
            ],
            people=[
                PersonName(OperatorId(operator), name) for operator, name in rows("SELECT operator, name FROM people")
            ],
        )

    def _command_ids(self) -> set[CommandId]:
        return {CommandId(row[0]) for row in self._database.execute("SELECT id FROM commands")}

    def _meta(self, key: str) -> str:
        row = self._database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise _damaged(self._path, f"meta has no {key}")
        return str(row[0])

    def _replay(self, take: Callable[[Recorded], None]) -> int:
        expected, count = 0, 0
        for recorded in self._since_last_day():
            if expected and recorded.seq != expected:
                raise _damaged(self._path, f"event {expected} is missing")
            take(recorded)
            expected, count = recorded.seq + 1, count + 1
        return count

    def _since_last_day(self) -> Iterator[Recorded]:
        start = self._database.execute("SELECT coalesce(max(seq), 1) FROM events WHERE kind = 'day_opened'").fetchone()[
            0
        ]
        cursor = self._database.execute(
            "SELECT seq, at, day, kind, body, by, command_id FROM events WHERE seq >= ? ORDER BY seq", (start,)
        )
        while rows := cursor.fetchmany(PAGE):
            for row in rows:
                yield self._recorded(*row)

    def _stretches(self, first: Day, last: Day) -> list[tuple[int, int]]:
        """First and last `seq` of each of these days; a day that was opened twice has two."""
        rows = self._database.execute("SELECT seq, day FROM events WHERE kind = 'day_opened' ORDER BY seq").fetchall()
        newest = self._database.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
        ends = [*(seq - 1 for seq, _ in rows[1:]), newest]
        return [(seq, end) for (seq, day), end in zip(rows, ends, strict=True) if first <= day <= last]

    def _page(self, begin: int, end: int) -> list[Recorded]:
        rows = self._database.execute(
            "SELECT seq, at, day, kind, body, by, command_id FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq",
            (begin, end),
        ).fetchall()
        if len(rows) != end - begin + 1:
            raise _damaged(self._path, f"an event between {begin} and {end} is missing")
        return [self._recorded(*row) for row in rows]

    def _recorded(
        self, seq: int, at: int, day: str, kind: str, body: bytes, by: str, command_id: str | None
    ) -> Recorded:
        try:
            event = codec.decode(kind, body)
        except (KeyError, msgspec.DecodeError) as error:
            raise _damaged(self._path, f"event {seq} of kind {kind!r} can't be read: {error}") from error
        return Recorded(seq, Instant(at), Day(day), event, by, CommandId(command_id) if command_id else None)

    def _append(self, batch: Batch) -> None:
        try:
            with self._database as transaction:
                transaction.execute("BEGIN IMMEDIATE")
                if batch.new_day is not None:
                    _forget(transaction, batch.new_day, batch.kept)
                transaction.executemany(schema.INSERT_EVENT, [_event_row(recorded) for recorded in batch.events])
                transaction.executemany(schema.INSERT_ANSWER, [_answer_row(answer) for answer in batch.answers])
                for row in batch.side_rows:
                    transaction.execute(*side_rows.statement(row))
                transaction.executemany("DELETE FROM notes WHERE token = ? AND command = ?", batch.undone)
        except sqlite3.Error as error:
            raise _fault(self._path, error) from error

    def _find_answer(self, command_id: CommandId) -> StoredAnswer | None:
        row = self._database.execute(
            "SELECT id, actor, digest, status, answer, at FROM commands WHERE id = ?", (command_id,)
        ).fetchone()
        return StoredAnswer(*row) if row else None

    def _notes(self, token: TokenId) -> list[ConsultationNote]:
        rows = self._database.execute(
            "SELECT command, at, by, sealed FROM notes WHERE token = ? ORDER BY at, command", (token,)
        )
        return [
            ConsultationNote(token, CommandId(command), Instant(at), OperatorId(by), sealed)
            for command, at, by, sealed in rows
        ]

    def _contact(self, contact: ContactId) -> ContactNumber | None:
        row = self._database.execute("SELECT at, sealed FROM contacts WHERE contact = ?", (contact,)).fetchone()
        return ContactNumber(contact, Instant(row[0]), row[1]) if row else None

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            raise JournalFault(f"{self._path} is not open.")
        return self._connection


def _connect(path: Path, wait_s: float = 5.0) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=wait_s, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _damaged(path: Path, what: str) -> JournalFault:
    return JournalFault(f"{path} is damaged ({what}). Keep the directory as it is and restore the last backup.")


def _fault(path: Path, error: sqlite3.Error) -> JournalFault:
    """What went wrong, and what to do about it, by SQLite's primary result code."""
    match error.sqlite_errorcode & 0xFF:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return _damaged(path, str(error))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            what = f"can't be written ({error}). Give this user the right to write the directory and the files in it."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            what = f"is held by another program ({error}). End what reads or copies it, and start the hub again."
        case _:
            what = (
                f"did not take what it was given ({error}). Check the disk's free space and health; "
                "the hub starts again from what is on disk."
            )
    return JournalFault(f"{path} {what}")


def _event_row(recorded: Recorded) -> tuple[int, int, str, str, bytes, str, str | None]:
    event = recorded.event
    kind = codec.KINDS[type(event)]
    return recorded.seq, recorded.at, recorded.day, kind, codec.encode(event), recorded.by, recorded.command_id


def _answer_row(answer: StoredAnswer) -> tuple[str, str, bytes, int, bytes, int]:
    return answer.id, answer.actor, answer.digest, answer.status, answer.body, answer.at


def _forget(transaction: sqlite3.Connection, new_day: Instant, kept: Kept) -> None:
    """What is over when a day opens."""
    for table, column, living in (
        ("status_secrets", "token", kept.tokens),
        ("appointment_codes", "appointment", kept.appointments),
    ):
        known = [row[0] for row in transaction.execute(f"SELECT {column} FROM {table}")]  # noqa: S608 - our own names
        over = [(identifier,) for identifier in known if identifier not in living]
        transaction.executemany(f"DELETE FROM {table} WHERE {column} = ?", over)  # noqa: S608
    transaction.execute("DELETE FROM commands WHERE at < ?", (new_day - KEEP_ANSWERS_MS,))
    transaction.execute("DELETE FROM contacts WHERE at < ?", (new_day - CONTACTS_KEPT_MS,))
