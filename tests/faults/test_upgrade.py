"""F18: the program is replaced by a newer one that has other tables, while photos wait.

Tables only go forward, and a program refuses tables that are not its own (docs/operating.md): so nobody runs the old
program on new tables, and what is upgraded is what it left behind.
"""

from collections.abc import Callable
from contextlib import closing

import pytest
from alembic import command

from storage import Storage, migrations_of
from tests.faults.harness import Place

pytestmark = pytest.mark.soak

PHOTOS = 60


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_photos_that_wait_while_the_tables_change_are_answered(world: Callable[..., Place], kind: str) -> None:
    here = world(kind, seed=18)
    here.open_channels(PHOTOS)
    roles = ("web",) if kind == "sqlite" else ("web", "worker", "worker")
    old = [here.start(role) for role in roles]
    here.vision.seconds = 0.5
    with here.slack.shuffled(18, twice=0.3):
        here.drop(PHOTOS)
    here.wait_for(lambda: here.slack.pending == 0 and here.answered > 0, 60.0)
    for process in old:
        process.kill()
    _back(here)

    if kind == "postgresql":
        _refused(here)
        with closing(Storage(here.database)) as storage:
            storage.upgrade()
    for process in [here.begin(role) for role in roles]:  # at once
        process.ready()
    here.wait(120.0)

    assert here.figures(f"tables one version back, {kind}, and {len(roles)} started at once").is_clean


def _back(here: Place) -> None:
    """Leave the tables as the version before this one had them."""
    with closing(Storage(here.database)) as storage, storage.engine.begin() as connection:
        command.downgrade(migrations_of(connection), "-1")


def _refused(here: Place) -> None:
    worker = here.begin("worker")
    worker.wait_for_death()
    assert "Run: spotter db upgrade" in worker.log.read_text()
