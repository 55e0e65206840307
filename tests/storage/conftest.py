"""One memory of each kind for all tests of this folder, emptied before each."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from storage import Storage
from tests.conftest import DATABASES
from tests.storage.emptied import emptied


@pytest.fixture(scope="session", params=DATABASES)
def used(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Storage]:
    """A memory that other tests have used."""
    with closing(Storage(new_database(request.param))) as storage:
        yield storage


@pytest.fixture
def storage(used: Storage) -> Storage:
    """A memory in which there is nothing."""
    return emptied(used)
