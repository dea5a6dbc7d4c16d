"""Telephone numbers that people left for messages: sealed one by one, their keys apart from the journal.

The same number is the same contact for as long as it is kept: it is recognised by a digest with a secret key, which
lies beside the contacts' keys and in no other place. Whoever has the journal alone, or a copy of it, has no number and
can't find one by trying either.
"""

import asyncio
import hashlib
import hmac
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from hub import key_file
from hub.journal.records import CONTACTS_KEPT_MS, ContactNumber
from hub.key_file import KeyFile
from smartqueue.errors import JournalFault
from smartqueue.terms import ContactId, Instant

log = logging.getLogger(__name__)

FILE = "contact-keys.db"
ERASING_S: Final = 3600.0
"""How often the hub looks for contacts whose time is over."""
_ONE_TABLE = "CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL)"
_TABLE = """CREATE TABLE IF NOT EXISTS contacts (
    contact TEXT PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    key BLOB NOT NULL,
    used_at INTEGER NOT NULL
)"""
Given = TypeVar("Given")


class Contacts:
    """The contacts of one site. The file is for its owner alone."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file = _file(directory)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="contacts")

    async def keep(self, phone: str, at: Instant) -> ContactNumber:
        """What the journal may keep of a number (E.164); when this returns, its key is on disk. Raises JournalFault."""
        return await self._in_thread(lambda: self._keep(phone, at))

    async def phone_of(self, contact: ContactNumber) -> str | None:
        """The number; None when it has been erased. Raises JournalFault."""
        return await self._in_thread(lambda: self._phone_of(contact))

    async def keyed(self, digest: bytes) -> bytes:
        """A digest of what holds a number, so that nobody finds the number by trying all. Raises JournalFault."""
        return await self._in_thread(lambda: hmac.digest(self._secret(), digest, hashlib.sha256))

    async def keep_erasing(self, now: Callable[[], Instant]) -> None:
        """Those that were given too long ago, now and once an hour; until cancelled."""
        while True:
            try:
                await self._in_thread(lambda: erase(self._directory, before=Instant(now() - CONTACTS_KEPT_MS)))
            except JournalFault as fault:
                log.error("old contacts could not be erased: %s", fault)
            await asyncio.sleep(ERASING_S)

    def close(self) -> None:
        self._thread.shutdown()

    async def _in_thread(self, work: Callable[[], Given]) -> Given:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _keep(self, phone: str, at: Instant) -> ContactNumber:
        digest = _digest(self._secret(), phone)
        contact, key = self._file.use(lambda database: _kept(database, digest, at))
        return ContactNumber(contact, at, key_file.seal(key, phone, contact.encode()))

    def _phone_of(self, known: ContactNumber) -> str | None:
        if not self._file.exists:
            return None
        key = self._file.use(lambda database: _key(database, known.contact))
        return key_file.unseal(key, known.sealed, known.contact.encode()) if key is not None else None

    def _secret(self) -> bytes:
        self._file.make()
        return self._file.use(_secret)


def erase(directory: Path, *, phone: str | None = None, before: Instant | None = None) -> int:
    """Deletes one number, or all that were given for the last time before an instant; tells how many.

    The hub may run meanwhile. Nobody can read those numbers any more, not even from an older copy of the journal, and
    the same number would be another contact. Raises JournalFault.
    """
    file = _file(directory)
    if not file.exists:
        return 0
    if phone is not None:
        return file.use(lambda database: _deleted(database, "digest = ?", _digest(_secret(database), phone)))
    return file.use(lambda database: _deleted(database, "used_at < ?", before))


def _file(directory: Path) -> KeyFile:
    return KeyFile(directory / FILE, (_ONE_TABLE, _TABLE), "Telephone numbers")


def _digest(secret: bytes, phone: str) -> bytes:
    return hmac.digest(secret, phone.encode(), hashlib.sha256)


def _secret(database: sqlite3.Connection) -> bytes:
    database.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (key_file.new_key(),))
    return bytes(database.execute("SELECT key FROM secret").fetchone()[0])


def _kept(database: sqlite3.Connection, digest: bytes, at: Instant) -> tuple[ContactId, bytes]:
    """Contact and key of a number; new ones where it is not known."""
    database.execute(
        "INSERT INTO contacts VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET used_at = excluded.used_at",
        (key_file.new_name(), digest, key_file.new_key(), at),
    )
    contact, key = database.execute("SELECT contact, key FROM contacts WHERE digest = ?", (digest,)).fetchone()
    return ContactId(contact), bytes(key)


def _key(database: sqlite3.Connection, contact: ContactId) -> bytes | None:
    row = database.execute("SELECT key FROM contacts WHERE contact = ?", (contact,)).fetchone()
    return bytes(row[0]) if row else None


def _deleted(database: sqlite3.Connection, which: str, value: bytes | int | None) -> int:
    return database.execute(f"DELETE FROM contacts WHERE {which}", (value,)).rowcount  # noqa: S608 - our own words
