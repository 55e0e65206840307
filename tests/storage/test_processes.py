"""Who lives is known to all."""

from sqlalchemy import update

from storage import Storage
from storage.models import ProcessRow


def test_whoever_shows_itself_is_alive(storage: Storage) -> None:
    assert storage.processes.alive("web", 8.0) == {"web"}
    assert storage.processes.alive("worker", 8.0) == {"web", "worker"}
    assert storage.processes.alive("web", 8.0) == {"web", "worker"}


def test_whoever_was_not_seen_for_a_while_is_not_alive_until_it_shows_itself_again(storage: Storage) -> None:
    storage.processes.alive("worker", 8.0)
    _seen_earlier(storage, "worker", 9.0)

    assert storage.processes.alive("web", 8.0) == {"web"}
    assert storage.processes.alive("worker", 8.0) == {"web", "worker"}


def test_whoever_was_seen_before_the_clock_was_set_back_is_not_alive_until_it_shows_itself_again(
    storage: Storage,
) -> None:
    storage.processes.alive("worker", 8.0)
    _seen_earlier(storage, "worker", -3600.0)

    assert storage.processes.alive("web", 8.0) == {"web"}
    assert storage.processes.alive("worker", 8.0) == {"web", "worker"}


def test_whoever_was_not_seen_for_long_is_forgotten(storage: Storage) -> None:
    storage.processes.alive("worker", 8.0)
    _seen_earlier(storage, "worker", 4000.0)
    storage.processes.alive("web", 8.0)

    assert storage.processes.alive("web", 1e9) == {"web"}


def _seen_earlier(storage: Storage, name: str, seconds: float) -> None:
    with storage.engine.begin() as connection:
        connection.execute(update(ProcessRow).where(ProcessRow.name == name).values(seen=ProcessRow.seen - seconds))
