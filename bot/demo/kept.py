"""A workspace kept in a folder, so that the demo goes on where it ended."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any, Final

from bot.demo.records import Change, Channel, File, Message, View
from bot.demo.workspace import Workspace

_WRITTEN_AT: Final = frozenset({"message", "edit", "delete", "home", "channel"})
_QUIET_SECONDS: Final = 0.3
"""How long changes are gathered before they are written."""


@contextmanager
def kept(workspace: Workspace, folder: Path) -> Iterator[bool]:
    """Read a workspace from a folder, and write it there at every change until left.

    Yields:
        Whether there was something to go on with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = _read(workspace, folder)
    changes, over = workspace.subscribe(), Event()
    writer = Thread(target=_follow, args=(workspace, folder, changes, over), name="kept", daemon=True)
    writer.start()
    try:
        yield known
    finally:
        over.set()
        writer.join()
        workspace.unsubscribe(changes)
        _write(workspace, folder)


def _follow(workspace: Workspace, folder: Path, changes: Queue[Change], over: Event) -> None:
    while not over.wait(_QUIET_SECONDS):
        if any(change.kind in _WRITTEN_AT for change in _taken(changes)):
            _write(workspace, folder)


def _taken(changes: Queue[Change]) -> list[Change]:
    taken: list[Change] = []
    try:
        while True:
            taken.append(changes.get_nowait())
    except Empty:
        return taken


def _write(workspace: Workspace, folder: Path) -> None:
    with workspace.changed:
        state = {
            "next": workspace.new_id(""),
            "channels": [_row(channel) for channel in workspace.channels.values()],
            "files": [_row(file) for file in workspace.files.values()],
            "homes": [_row(view) for view in workspace.homes.values()],
            "messages": [_row(each) for place in workspace.channels for each in workspace.everything_in(place)],
        }
        bytes_of = {file.id: file.data for file in workspace.files.values() if not file.is_deleted}
    for name, data in bytes_of.items():
        if not (path := folder / name).exists():
            path.write_bytes(data)
    for path in folder.glob("F*"):
        if path.name not in bytes_of:
            path.unlink()
    new = folder / "workspace.new"
    new.write_text(json.dumps(state))
    new.replace(folder / "workspace.json")


def _row(record: Any) -> dict[str, Any]:
    row = asdict(record)
    row.pop("data", None)
    return {name: sorted(value) if isinstance(value, set) else value for name, value in row.items()}


def _read(workspace: Workspace, folder: Path) -> bool:
    path = folder / "workspace.json"
    if not path.exists():
        return False
    state = json.loads(path.read_text())
    channels = [Channel(**{**row, "members": set(row["members"])}) for row in state["channels"]]
    files = [_file(row, folder) for row in state["files"]]
    homes = [View(**row) for row in state["homes"]]
    workspace.restore(channels, files, homes, [_message(row) for row in state["messages"]], int(state["next"]))
    return True


def _file(row: Mapping[str, Any], folder: Path) -> File:
    data = b"" if row["is_deleted"] else (folder / row["id"]).read_bytes()
    return File(**{**row, "data": data, "shares": [], "size": tuple(row["size"]), "ready_at": time.monotonic()})


def _message(row: Mapping[str, Any]) -> Message:
    reactions = {name: tuple(users) for name, users in row["reactions"].items()}
    return Message(**{**row, "files": tuple(row["files"]), "reactions": reactions})
