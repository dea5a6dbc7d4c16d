"""Keys that lie apart from the journal, each for one thing that is sealed with it: without its key that is gone.

A file is for its owner alone, and not there before the first key. A key that is deleted is overwritten.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from smartqueue.errors import JournalFault

KEY_BYTES = 32
NONCE_BYTES = 12
WAIT_S = 5.0
"""How long another program, which erases keys, may hold the file."""
Given = TypeVar("Given")


class KeyFile(NamedTuple):
    """tables: as SQL, made where they are missing. of: whose keys these are, e.g. `Notes`."""

    path: Path
    tables: tuple[str, ...]
    of: str

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def make(self) -> None:
        """An empty file that only its owner may read, before anything is written into it. Raises JournalFault."""
        if self.path.exists():
            return
        try:
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
            descriptor = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise JournalFault(
                f"{self.path} can't be made: {error}. Check that the directory can be written."
            ) from error

    def use(self, work: Callable[[sqlite3.Connection], Given]) -> Given:
        """One transaction, on disk when this returns. Raises JournalFault."""
        try:
            database = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)
            try:
                for pragma in ("journal_mode = TRUNCATE", "synchronous = FULL", "secure_delete = ON"):
                    database.execute(f"PRAGMA {pragma}")
                with database:
                    database.execute("BEGIN IMMEDIATE")
                    for table in self.tables:
                        database.execute(table)
                    return work(database)
            finally:
                database.close()
        except sqlite3.Error as error:
            raise JournalFault(
                f"{self.path} can't be used ({error}). {self.of} can be neither written nor read until it can: "
                "check the disk."
            ) from error


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def new_name() -> str:
    """Opaque: 128 random bits."""
    return secrets.token_hex(16)


def seal(key: bytes, text: str, bound_to: bytes) -> bytes:
    """AES-256-GCM. bound_to: what the text can't be taken away from."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - few hubs ever need it

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> str | None:
    """None where it was sealed with another key, or bound to something else."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - few hubs ever need it
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - few hubs ever need it

    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to).decode()
    except InvalidTag:
        return None
