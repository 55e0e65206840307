"""A memory in which there is nothing; to empty one is much faster than to make one."""

from storage import Storage
from storage.models import Base


def emptied(storage: Storage) -> Storage:
    """Delete every row."""
    with storage.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    return storage
