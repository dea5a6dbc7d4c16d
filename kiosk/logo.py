"""The clinic's logo on a kiosk: fetched when it is another one, kept as a file for screens and tickets."""

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from smartqueue.errors import Fault, Refusal

log = logging.getLogger(__name__)

AGAIN_S = 30.0
"""Until a picture that could not be had is asked for again."""


class Logo:
    """`run` never returns; cancel it to stop. Without a picture, screens and tickets show ours.

    fetch: the hub's present one. Raises Fault and Refusal. directory: of the files, one for each digest.
    """

    def __init__(self, fetch: Callable[[], Awaitable[bytes]], directory: Path, again_s: float = AGAIN_S) -> None:
        self._fetch = fetch
        self._directory = directory
        self._again_s = again_s
        self._there: dict[str, Path] = {}
        self._wanted: str | None = None
        self._news = asyncio.Event()

    def file(self, digest: str | None) -> Path | None:
        """The picture of this digest, as a file that never changes under its name; None while there is none.

        It is fetched then, and here the next time that somebody asks.
        """
        if digest is None:
            return None
        if digest in self._there:
            return self._there[digest]
        path = self._path(digest)
        if path.exists():
            self._there[digest] = path
            return path
        if digest != self._wanted:
            self._wanted = digest
            self._news.set()
        return None

    async def run(self) -> None:
        while True:
            self._news.clear()
            done = self._wanted is None or await self._get(self._wanted)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(None if done else self._again_s):
                    await self._news.wait()

    async def _get(self, digest: str) -> bool:
        try:
            picture = await self._fetch()
        except (Fault, Refusal) as trouble:
            log.info("the clinic's logo could not be fetched: %s", trouble.code)
            return False
        if not hashlib.sha256(picture).hexdigest().startswith(digest):
            log.info("the hub has another logo by now")
            return False
        try:
            await asyncio.to_thread(self._keep, self._path(digest), picture)
        except OSError as trouble:
            log.warning("the clinic's logo could not be kept: %s", trouble.strerror)
            return False
        if self._wanted == digest:
            self._wanted = None
        return True

    def _path(self, digest: str) -> Path:
        name = "".join(char for char in digest if char.isascii() and char.isalnum())
        return self._directory / f"logo-{name}.png"

    def _keep(self, path: Path, picture: bytes) -> None:
        """Whole or not at all; those before are not needed any more."""
        waiting = path.with_suffix(".new")
        waiting.write_bytes(picture)
        waiting.replace(path)
        for old in self._directory.glob("logo-*.png"):
            if old != path:
                old.unlink(missing_ok=True)
