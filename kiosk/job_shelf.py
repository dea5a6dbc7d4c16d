"""Where simulated printers put what they printed: the bytes as `NNNN.bin`, the paper as `NNNN.png`."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.printer_model import Job
from smartqueue.errors import StartFault

_NUMBERED = re.compile(r"(\d{4,})\.(?:bin|png)")


@dataclass(frozen=True, slots=True)
class SavedJob:
    """A job and its two files."""

    job: Job
    data_file: Path
    picture_file: Path

    def report(self) -> dict[str, object]:
        """As a line for whoever watches this process; times are `time.monotonic()`, the same in all processes."""
        return {
            "event": "job",
            "bytes": len(self.job.data),
            "first_byte": self.job.first_byte,
            "last_byte": self.job.last_byte,
            "cut": self.job.printed.cut,
            "problems": list(self.job.printed.problems),
            "file": str(self.data_file),
            "picture": str(self.picture_file),
        }


class JobShelf:
    """A directory of jobs, numbered on from what lies there. Raises StartFault when it cannot be made or written."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        try:
            directory.mkdir(parents=True, exist_ok=True)
            found = [_NUMBERED.fullmatch(path.name) for path in directory.iterdir()]
        except OSError as error:
            raise StartFault(f"cannot keep printed tickets in {directory}: {error.strerror}") from error
        if not os.access(directory, os.W_OK | os.X_OK):
            raise StartFault(f"cannot keep printed tickets in {directory}: not writable")
        self._last = max((int(match[1]) for match in found if match), default=0)

    def put(self, job: Job) -> SavedJob:
        """Keep a job. Whoever sees a file sees all of it, and the bytes before the picture. Raises OSError."""
        self._last += 1
        saved = SavedJob(job, self._path("bin"), self._path("png"))
        _write_whole(saved.data_file, job.data)
        _save_picture(saved.picture_file, job.picture)
        return saved

    def _path(self, ending: str) -> Path:
        return self._directory / f"{self._last:04d}.{ending}"


def _write_whole(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _save_picture(path: Path, picture: Image.Image) -> None:
    part = path.with_name(path.name + ".part")
    picture.save(part, format="PNG", dpi=(203.2, 203.2))
    part.replace(path)
