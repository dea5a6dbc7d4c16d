"""The data directory's lock: one process holds a site, and says where it can be reached."""

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from smartqueue.errors import StartFault

FILE = "hub.lock"


class SiteLock:
    """Held from `with` to its end, or until the process dies. Raises StartFault when another one holds it."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._descriptor = -1

    def __enter__(self) -> Self:
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise StartFault(f"{self._path.parent} is in use: {_holder(self._path)}. Stop it first.") from None
        except OSError as trouble:
            raise StartFault(
                f"{self._path.parent} can't be written: {trouble.strerror}. Check its owner and permissions."
            ) from trouble
        self._write({})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write(None)
        os.close(self._descriptor)

    def reachable_at(self, url: str) -> None:
        """The hub is ready there."""
        self._write({"url": url})

    def _write(self, what: dict[str, str] | None) -> None:
        text = b"" if what is None else json.dumps({"pid": os.getpid(), **what}).encode()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text, 0)


def running_hub(directory: Path) -> str | None:
    """Address of the hub that runs on this directory; None when none runs. Raises StartFault when it still starts."""
    path = directory / FILE
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as trouble:
        raise StartFault(
            f"{path} can't be read: {trouble.strerror}. Use the account that the hub runs as."
        ) from trouble
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        url = _said(path).get("url")
        if not isinstance(url, str):
            raise StartFault(f"the hub on {directory} is starting. Try again in a few seconds.") from None
        return url
    finally:
        os.close(descriptor)
    return None


def _holder(path: Path) -> str:
    said = _said(path)
    where = f" at {said['url']}" if "url" in said else ""
    return f"process {said['pid']}{where}" if "pid" in said else "another process"


def _said(path: Path) -> dict[str, object]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
