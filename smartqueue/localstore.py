"""A unit's own store: TinyDB in one JSON file that survives power cuts. The only file that imports tinydb.

Each write makes a new file beside the old one, forces it to disk and puts it in the old one's place; the one before is
kept as `.previous`. A file that can't be read is never taken for an empty store: the previous one is used, and the
damage is reported. Each write costs time with the file's size: keep to a day and a few hundred records.
"""

import json
import logging
import os
import shutil
from asyncio import get_running_loop
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from tinydb import TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.storages import Storage

from smartqueue.errors import StartFault

log = logging.getLogger(__name__)

Data = dict[str, dict[str, Any]]
_TABLE = "entries"


class SafeStorage(Storage):
    """TinyDB storage whose file is whole at every moment: the old state or the new one.

    report: is told one line for each damaged file.
    """

    def __init__(self, path: Path, report: Callable[[str], None] = log.warning) -> None:
        self._path = path
        self._previous = path.with_name(path.name + ".previous")
        self._report = report
        self._good = False
        """The file at `path` was read or written by us and is whole."""

    def read(self) -> Data | None:
        """None only where nothing was ever stored. Raises StartFault when something was and no copy is good."""
        found = [path for path in (self._path, self._previous) if path.exists()]
        for path in found:
            try:
                data = _parsed(path.read_bytes())
            except ValueError as damage:
                self._report(f"{path} is damaged: {damage}")
                continue
            self._good = path == self._path
            if not self._good:
                self._report(f"{path}, the copy before, is used; what was stored last may be missing")
            return data
        if found:
            raise StartFault(f"{found[0]} is damaged and has no good copy: move it away to start with an empty store.")
        return None

    def write(self, data: Data) -> None:
        """Returns when the data is on disk. Raises OSError; the old state stands then."""
        fresh = self._path.with_name(self._path.name + ".new")
        _write_through(fresh, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
        if self._good:
            self._keep_previous()
        os.replace(fresh, self._path)
        _sync_directory(self._path.parent)
        self._good = True

    def _keep_previous(self) -> None:
        """The good file gets a second name; at no moment is there none."""
        spare = self._previous.with_name(self._previous.name + ".new")
        spare.unlink(missing_ok=True)
        try:
            os.link(self._path, spare)
        except OSError:  # a file system without links
            shutil.copyfile(self._path, spare)
        os.replace(spare, self._previous)


class LocalStore:
    """Named JSON values of one unit, used as `with`. Reads are from memory, writes run in a thread of its own.

    Raises StartFault when the file can't be used: damaged without a good copy, or a directory that can't be written.
    """

    def __init__(
        self, path: Path, report: Callable[[str], None] = log.warning, *, storage: type[SafeStorage] = SafeStorage
    ) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = TinyDB(path, report, storage=storage)
            self._entries = self._database.table(_TABLE)
            self._values: dict[str, Any] = {entry["name"]: entry["value"] for entry in self._entries}
        except OSError as trouble:
            raise StartFault(
                f"{path} can't be used: {trouble.strerror}. Check the directory and its owner."
            ) from trouble
        except (KeyError, TypeError, AttributeError) as trouble:
            raise StartFault(f"{path} is not a unit's store: move it away to start with an empty one.") from trouble
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="local-store")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, name: str, default: Any = None) -> Any:
        """The value that was stored last; None is none. Read only: change a copy."""
        value = self._values.get(name)
        return default if value is None else value

    async def put(self, name: str, value: Any) -> None:
        """Stores a JSON value; returns when it is on disk. Raises OSError (the old value stands) and TypeError.

        Puts are written in their order. A put that is cancelled is written all the same.
        """
        await self.put_all({name: value})

    async def put_all(self, values: Mapping[str, Any]) -> None:
        """The same for several names: after a power cut either all of them are stored, or none."""
        copies = json.loads(json.dumps(dict(values)))
        await get_running_loop().run_in_executor(self._writer, self._store, copies)

    def close(self) -> None:
        """Waits for what is being written."""
        self._writer.shutdown(wait=True)
        self._database.close()

    def _store(self, values: dict[str, Any]) -> None:
        """New names get their place first, so that all values come with one write."""
        if new := [name for name in values if name not in self._values]:
            self._entries.insert_multiple({"name": name, "value": None} for name in new)
            self._values.update(dict.fromkeys(new))
        self._entries.update_multiple([({"value": value}, _named(name)) for name, value in values.items()])
        self._values.update(values)


def _named(name: str) -> QueryInstance:
    found: QueryInstance = where("name") == name
    return found


def _parsed(text: bytes) -> Data:
    if not text:
        raise ValueError("it is empty")
    data = json.loads(text)
    if not isinstance(data, dict):
        raise ValueError("it is no JSON object")
    return data


def _write_through(path: Path, text: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _sync_directory(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
