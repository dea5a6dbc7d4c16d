"""Notes of consultations: each token's are sealed with a key of its own, which lies apart from the journal.

Whoever has the journal alone, or a copy of it, can't read them; without its key a note is gone for good.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from hub import key_file
from hub.journal.records import ConsultationNote
from hub.key_file import KeyFile
from smartqueue.terms import CommandId, Instant, OperatorId, TokenId

FILE = "note-keys.db"
_TABLE = "CREATE TABLE IF NOT EXISTS keys (token TEXT PRIMARY KEY, key BLOB NOT NULL, made_at INTEGER NOT NULL)"
Given = TypeVar("Given")


class NoteKeys:
    """The keys of one site. Nothing is made before the first note; the file is for its owner alone."""

    def __init__(self, directory: Path) -> None:
        self._file = _file(directory)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notes")

    async def seal(
        self, token: TokenId, text: str, *, command: CommandId, by: OperatorId, at: Instant
    ) -> ConsultationNote:
        """A note as the journal may keep it; when this returns, its key is on disk. Raises JournalFault."""
        sealed = await self._in_thread(lambda: key_file.seal(self._key(token, at), text, _bound_to(token, command)))
        return ConsultationNote(token, command, at, by, sealed)

    async def unseal(self, note: ConsultationNote) -> str | None:
        """The text; None when its key has been erased. Raises JournalFault."""
        return await self._in_thread(lambda: self._unseal(note))

    def close(self) -> None:
        self._thread.shutdown()

    async def _in_thread(self, work: Callable[[], Given]) -> Given:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _key(self, token: TokenId, at: Instant) -> bytes:
        """The token's key; a new one where it has none."""
        made = key_file.new_key()
        self._file.make()
        return self._file.use(lambda database: _kept(database, token, made, at))

    def _unseal(self, note: ConsultationNote) -> str | None:
        """Where its own key was erased, the token may have got another one for a later note."""
        if not self._file.exists:
            return None
        key = self._file.use(lambda database: _found(database, note.token))
        return key_file.unseal(key, note.sealed, _bound_to(note.token, note.command)) if key is not None else None


def erase(directory: Path, *, token: TokenId | None = None, before: Instant | None = None) -> int:
    """Deletes the keys of one token, or all that were made before an instant; tells how many. Raises JournalFault.

    The hub may run meanwhile. Nobody can read those notes any more, not even from an older copy of the journal.
    """
    file = _file(directory)
    if not file.exists:
        return 0
    if token is not None:
        return file.use(lambda database: database.execute("DELETE FROM keys WHERE token = ?", (token,)).rowcount)
    return file.use(lambda database: database.execute("DELETE FROM keys WHERE made_at < ?", (before,)).rowcount)


def _file(directory: Path) -> KeyFile:
    return KeyFile(directory / FILE, (_TABLE,), "Notes")


def _bound_to(token: TokenId, command: CommandId) -> bytes:
    """What a note can't be taken away from."""
    return f"{token}\n{command}".encode()


def _kept(database: sqlite3.Connection, token: TokenId, made: bytes, at: Instant) -> bytes:
    database.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", (token, made, at))
    return _found(database, token) or made


def _found(database: sqlite3.Connection, token: TokenId) -> bytes | None:
    row = database.execute("SELECT key FROM keys WHERE token = ?", (token,)).fetchone()
    return bytes(row[0]) if row else None
