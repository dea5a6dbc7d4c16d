"""Notes of consultations: each token's are sealed with a key of its own, which lies apart from the journal.

Whoever has the journal alone, or a copy of it, can't read them; without its key a note is gone for good.
"""

import asyncio
import os
import secrets
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from hub.journal.records import ConsultationNote
from smartqueue.errors import JournalFault
from smartqueue.terms import CommandId, Instant, OperatorId, TokenId

FILE = "note-keys.db"
KEY_BYTES = 32
NONCE_BYTES = 12
WAIT_S = 5.0
"""How long another program, which erases keys, may hold the file."""
_TABLE = "CREATE TABLE IF NOT EXISTS keys (token TEXT PRIMARY KEY, key BLOB NOT NULL, made_at INTEGER NOT NULL)"
Given = TypeVar("Given")


class NoteKeys:
    """The keys of one site. Nothing is made before the first note; the file is for its owner alone."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="notes")

    async def seal(
        self, token: TokenId, text: str, *, command: CommandId, by: OperatorId, at: Instant
    ) -> ConsultationNote:
        """A note as the journal may keep it; when this returns, its key is on disk. Raises JournalFault."""
        sealed = await self._in_thread(lambda: _seal(self._key(token, at), text, _bound_to(token, command)))
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
        made = secrets.token_bytes(KEY_BYTES)
        _make_private(self._path)
        return _with(self._path, lambda database: _kept(database, token, made, at))

    def _unseal(self, note: ConsultationNote) -> str | None:
        if not self._path.exists():
            return None
        row = _with(self._path, lambda database: _found(database, note.token))
        return _unseal(row, note.sealed, _bound_to(note.token, note.command)) if row is not None else None


def erase(directory: Path, *, token: TokenId | None = None, before: Instant | None = None) -> int:
    """Deletes the keys of one token, or all that were made before an instant; tells how many. Raises JournalFault.

    The hub may run meanwhile. Nobody can read those notes any more, not even from an older copy of the journal.
    """
    path = directory / FILE
    if not path.exists():
        return 0
    if token is not None:
        return _with(path, lambda database: database.execute("DELETE FROM keys WHERE token = ?", (token,)).rowcount)
    return _with(path, lambda database: database.execute("DELETE FROM keys WHERE made_at < ?", (before,)).rowcount)


def _seal(key: bytes, text: str, bound_to: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - few hubs ever need it

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), bound_to)


def _unseal(key: bytes, sealed: bytes, bound_to: bytes) -> str | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to).decode()
    except InvalidTag:
        return None  # its own key was erased, the token got another one for a later note


def _bound_to(token: TokenId, command: CommandId) -> bytes:
    """What a note can't be taken away from."""
    return f"{token}\n{command}".encode()


def _kept(database: sqlite3.Connection, token: TokenId, made: bytes, at: Instant) -> bytes:
    database.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", (token, made, at))
    return _found(database, token) or made


def _found(database: sqlite3.Connection, token: TokenId) -> bytes | None:
    row = database.execute("SELECT key FROM keys WHERE token = ?", (token,)).fetchone()
    return bytes(row[0]) if row else None


def _with(path: Path, work: Callable[[sqlite3.Connection], Given]) -> Given:
    """One transaction, on disk when this returns. Deleted keys are overwritten. Raises JournalFault."""
    try:
        database = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
        try:
            for pragma in ("journal_mode = TRUNCATE", "synchronous = FULL", "secure_delete = ON"):
                database.execute(f"PRAGMA {pragma}")
            with database:
                database.execute("BEGIN IMMEDIATE")
                database.execute(_TABLE)
                return work(database)
        finally:
            database.close()
    except sqlite3.Error as error:
        raise JournalFault(
            f"{path} can't be used ({error}). Notes can be neither written nor read until it can: check the disk."
        ) from error


def _make_private(path: Path) -> None:
    """An empty file that only its owner may read, before anything is written into it."""
    if path.exists():
        return
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise JournalFault(f"{path} can't be made: {error}. Check that the directory can be written.") from error
