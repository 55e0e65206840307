"""What the doctor looks at in the database: whether it is there, up to date, writable; and the keys to its tokens."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from bot import entrance
from bot.doctor.finding import Finding, tried
from bot.doctor.slack import scopes
from bot.settings import Settings
from storage import Storage
from storage.health import Health

_SKEWED_SECONDS: Final = 60


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at the database, and change nothing in it."""
    file = _sqlite_file(settings)
    if file is not None and not file.exists():
        yield Finding("ok", "database", f"{file} is made at the first start.")
    else:
        yield from tried("database", lambda: _database(settings))


def _database(settings: Settings) -> Iterator[Finding]:
    with closing(Storage(settings.database)) as storage:
        yield from _tables(settings, storage)


def _tables(settings: Settings, storage: Storage) -> list[Finding]:
    on_file = settings.database.startswith("sqlite")
    late = tried("database", lambda: _up_to_date(storage), state="warn" if on_file else "bad")
    if late[0].state != "ok":
        return late
    return [
        *late,
        *tried("database", lambda: _writable(storage), mend="Give Spotter's user the right to, or room."),
        *(() if on_file else _server(storage)),
        *tried("keys", lambda: _keys(settings, storage)),
    ]


def _up_to_date(storage: Storage) -> Iterator[Finding]:
    storage.check()
    yield Finding("ok", "database", "its tables are up to date.")


def _writable(storage: Storage) -> Iterator[Finding]:
    Health(storage.engine).check_writing()
    yield Finding("ok", "database", "it lets me write.")


def _server(storage: Storage) -> Iterator[Finding]:
    health = Health(storage.engine)
    if abs(ahead := health.clock_ahead()) > _SKEWED_SECONDS:
        mend = "Let both machines set their clocks by NTP."
        yield Finding("warn", "database", f"its clock is {abs(ahead):.0f} s apart from this machine's.", mend)
    if health.second_wall():
        yield Finding("ok", "database", "row-level security holds for its user.")
    else:
        mend = "Use a user that is no superuser and has no BYPASSRLS."
        yield Finding("warn", "database", "row-level security does not hold for its user.", mend)


def _keys(settings: Settings, storage: Storage) -> Iterator[Finding]:
    """Open every token, as each request will."""
    if not settings.many_workspaces:
        return
    kept = entrance.installations(settings, storage)
    installed = kept.all()
    yield Finding("ok", "keys", f"they open the tokens of {len(installed)} workspaces.")
    for one in installed:
        if (found := scopes(frozenset(one.scopes))).state != "ok":
            yield Finding(found.state, f"{found.what} of {one.workspace}", found.told, found.mend)


def _sqlite_file(settings: Settings) -> Path | None:
    told = settings.database
    return Path(told.removeprefix("sqlite:///")) if told.startswith("sqlite:///") else None
