"""A million photos with three million bibs in 100 channels of three workspaces, the same on every database."""

from random import Random
from typing import Final

from sqlalchemy import text

from storage import Storage

PHOTOS: Final = 1_000_000
CHANNELS: Final = {"T0": range(70), "T1": range(70, 90), "T2": range(90, 100)}
"""Which channels belong to which workspace; 10,000 photos lie in each."""
RUNNERS: Final = (997, 2999, 8999, 19997)
"""How many runners the events have, one event a channel."""

_SHARES: Final = """
    INSERT INTO share (id, workspace, channel, ts, file, thread_ts, "user", name, permalink, format, state, digest,
        width, height, lines, failures, remarks, refusal, seen_at, people, unnumbered, job, likeness, cost,
        machine_bibs)
    WITH RECURSIVE photo(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM photo WHERE i + 1 < :photos)
    SELECT i, CASE WHEN i % 100 < 70 THEN 'T0' WHEN i % 100 < 90 THEN 'T1' ELSE 'T2' END, 'C' || (i % 100),
        (1750000000 + i) || '.000100', 'F' || i, (1750000000 + i) || '.000100', 'U' || (i % 50), 'IMG_' || i || '.jpg',
        'https://example.com/F' || i, 'jpg', 'done', 'digest' || i, 2048, 1365, '[]', '[]', '[]', '',
        '2026-05-17 10:00:00', i % 5, i % 20 = 7, '', '', 0, '[]'
    FROM photo
"""
_BIBS: Final = """
    INSERT INTO bib (workspace, share_id, number, confidence, state, box, channel, moment, asserted, why,
        corrected_by, name, instead_of)
    WITH RECURSIVE place(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM place WHERE k < 2),
    event(c, runners, letter) AS (
        SELECT id, CASE id % 4 WHEN 0 THEN 997 WHEN 1 THEN 2999 WHEN 2 THEN 8999 ELSE 19997 END,
            CASE WHEN id % 10 = 9 THEN 'A' ELSE '' END
        FROM share WHERE id < 100
    )
    SELECT workspace, id, letter || (1 + (id / 100 * 7919 + k * 104729 + c) % runners),
        55 + (id * 37 + k * 11) % 450 / 10.0,
        CASE WHEN (id + k) % 25 < 18 THEN 'read' WHEN (id + k) % 25 < 21 THEN 'listed'
            WHEN (id + k) % 25 < 23 THEN 'partial' WHEN (id + k) % 25 = 23 THEN 'suggested' ELSE 'refused' END,
        '[0.4, 0.5, 0.1, 0.05]', channel, seen_at, (id + k) % 25 < 21, '', '', '', ''
    FROM share JOIN event ON c = id % 100 CROSS JOIN place
"""
_RUNNERS: Final = """
    INSERT INTO runner (workspace, channel, number, name, name_key, more)
    WITH RECURSIVE place(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM place WHERE i < 2000)
    SELECT workspace, channel, CAST(i AS VARCHAR), 'Runner ' || i || ' Müller', ' runner ' || i || ' muller', '{}'
    FROM place CROSS JOIN share WHERE id < 100
"""


def fill(storage: Storage, photos: int = PHOTOS) -> int:
    """Make the tables and their rows, on PostgreSQL with what autovacuum would do soon after; how many photos."""
    storage.upgrade()
    with storage.engine.begin() as connection:
        connection.execute(text(_SHARES), {"photos": photos})
        connection.execute(text(_BIBS))
        connection.execute(text(_RUNNERS))
    if storage.engine.dialect.name == "postgresql":
        with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))
    return photos


class Asker:
    """Somebody who asks: of a workspace, and of the channels that they can open there."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.workspace = random.choices(tuple(CHANNELS), weights=[len(there) for there in CHANNELS.values()])[0]
        there = CHANNELS[self.workspace]
        self.channels = frozenset(f"C{c}" for c in random.sample(there, random.randint(1, len(there))))

    def number(self) -> str:
        """A number that somebody wears, though perhaps where the asker may not look."""
        return str(self._random.randint(1, self._random.choice(RUNNERS)))

    def numbers(self) -> tuple[str, ...]:
        """Eleven numbers in a row."""
        first = self._random.randint(1, RUNNERS[-1])
        return tuple(str(first + more) for more in range(11))

    def pattern(self) -> str:
        """A number of three or four digits of which one is not known."""
        digits = list(str(self._random.randint(100, 9999)))
        digits[self._random.randrange(len(digits))] = "?"
        return "".join(digits)

    def name(self) -> str:
        """A runner's name, without its accent."""
        return f"muller {self._random.randint(1, 2000)}"
