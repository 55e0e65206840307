"""A million photos with three million bibs in 100 channels of three workspaces, the same on every database."""

from random import Random
from typing import Final

from sqlalchemy import Connection, text

from storage import Storage
from storage.models import BibRow, RunnerRow, ShareRow

PHOTOS: Final = 1_000_000
CHANNELS: Final = {"T0": range(70), "T1": range(70, 90), "T2": range(90, 100)}
"""Which channels belong to which workspace; 10,000 photos lie in each."""

_SHARES: Final = """
    INSERT INTO share (id, workspace, channel, ts, file, thread_ts, "user", name, permalink, state, digest, width,
        height, lines, failures, remarks, refusal, seen_at, people, unnumbered, machine_bibs)
    WITH RECURSIVE photo(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM photo WHERE i + 1 < :photos)
    SELECT i, CASE WHEN i % 100 < 70 THEN 'T0' WHEN i % 100 < 90 THEN 'T1' ELSE 'T2' END, 'C' || (i % 100),
        (1750000000 + i) || '.000100', 'F' || i, (1750000000 + i) || '.000100', 'U' || (i % 50), 'IMG_' || i || '.jpg',
        'https://example.com/F' || i, 'done', 'digest' || i, 2048, 1365, '[]', '[]', '[]', '', '2026-05-17 10:00:00',
        i % 5, i % 20 = 7, '[]'
    FROM photo
"""
_BIBS: Final = """
    INSERT INTO bib (workspace, share_id, number, confidence, state, box, channel, moment, corrected_by)
    WITH RECURSIVE runner(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM runner WHERE k < 2),
    event(c, size, letter) AS (
        SELECT DISTINCT id % 100, CASE id % 4 WHEN 0 THEN 997 WHEN 1 THEN 2999 WHEN 2 THEN 8999 ELSE 19997 END,
            CASE WHEN id % 10 = 9 THEN 'A' ELSE '' END
        FROM share WHERE id < 100
    )
    SELECT workspace, id, letter || (1 + (id / 100 * 7919 + k * 104729 + c) % size), 55 + (id * 37 + k * 11) % 450 / 10.0,
        CASE WHEN (id + k) % 25 < 18 THEN 'read' WHEN (id + k) % 25 < 21 THEN 'listed' WHEN (id + k) % 25 < 23 THEN 'partial'
            WHEN (id + k) % 25 = 23 THEN 'suggested' ELSE 'refused' END,
        '[0.4, 0.5, 0.1, 0.05]', channel, seen_at, ''
    FROM share, runner, event WHERE c = id % 100
"""
_RUNNERS: Final = """
    INSERT INTO runner (workspace, channel, number, name, name_key, more)
    WITH RECURSIVE runner(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM runner WHERE i < 2000)
    SELECT workspace, channel, CAST(i AS VARCHAR), 'Runner ' || i || ' Müller', ' runner ' || i || ' muller', '{}'
    FROM runner, share WHERE id < 100
"""
