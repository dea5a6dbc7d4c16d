"""Pictures of the clinic from a folder: looked for again and again, made ready off the screen's thread."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from smartqueue.look import photos
from smartqueue.look.theme import NIGHT

log = logging.getLogger(__name__)

EVERY_S: Final = 60.0
"""So often the folder is looked at."""
MOST: Final = 100
"""More are not shown: with 36 seconds for each, nobody waits an hour for the next one."""


class ClinicPictures:
    """ready: those that can be shown now, by the names of their files. on_change: is told when they are others.

    prepared: directory of our own, for the pictures made ready. size_px, radius_px: of their place on the screen.
    """

    def __init__(
        self, folder: Path, prepared: Path, place: Callable[[], tuple[int, int, int]], *, every_s: float = EVERY_S
    ) -> None:
        self.ready: tuple[Path, ...] = ()
        self.on_change: Callable[[], None] = lambda: None
        self._folder = folder
        self._prepared = prepared
        self._place = place
        self._every_s = every_s
        self._left_out: set[tuple[Path, int, int]] = set()
        self._no_folder = ""

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self._every_s)

    async def look(self) -> None:
        """Once: what is new is made ready, what is gone is forgotten."""
        place = self._place()
        found = await asyncio.to_thread(self._found)
        made = [await asyncio.to_thread(self._made_ready, *one, place) for one in found]
        ready = tuple(path for path in made if path is not None)
        await asyncio.to_thread(self._sweep, frozenset(ready))
        if ready != self.ready:
            log.info("pictures of the clinic: %d", len(ready))
            self.ready = ready
            self.on_change()

    def _found(self) -> list[tuple[Path, int, int]]:
        """Path, time of change and size of each file that may be a picture."""
        try:
            files = sorted(path for path in self._folder.iterdir() if path.suffix.lower() in photos.SUFFIXES)
            stats = [(path, path.stat()) for path in files if path.is_file()]
        except OSError as trouble:
            why = trouble.strerror or str(trouble)
            if why != self._no_folder:
                log.warning("no pictures of the clinic: %s: %s", self._folder, why)
            self._no_folder = why
            return []
        self._no_folder = ""
        return [(path, stat.st_mtime_ns, stat.st_size) for path, stat in stats[:MOST]]

    def _made_ready(self, path: Path, changed: int, size: int, place: tuple[int, int, int]) -> Path | None:
        """The picture as it will be shown; None for one that is left out, which is said once."""
        identity = (path, changed, size)
        if identity in self._left_out:
            return None
        name = hashlib.sha256(f"{identity}{place}".encode()).hexdigest()[:32]
        target = self._prepared / f"{name}.jpg"
        try:
            if not target.exists():
                photos.fit(path, target, place[:2], radius_px=place[2], ground=NIGHT.ground)
        except (photos.BrokenPhoto, OSError) as trouble:
            log.warning("picture left out: %s: %s", path.name, trouble)
            self._left_out.add(identity)
            return None
        return target

    def _sweep(self, kept: frozenset[Path]) -> None:
        """What no picture of the folder needs any more."""
        try:
            for path in self._prepared.glob("*.jpg"):
                if path not in kept:
                    path.unlink(missing_ok=True)
        except OSError as trouble:
            log.warning("old pictures are not removed: %s", trouble.strerror)
