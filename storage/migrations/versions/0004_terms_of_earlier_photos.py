"""Terms of the photos that were looked at before there were any."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from storage.indexing import rows

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_PHOTOS: Final = 500
"""How many photos are worked on at once."""
_SHARE: Final = sa.table(
    "share",
    *(sa.column(name) for name in ("id", "workspace", "channel", "state")),
    *(sa.column(name, sa.DateTime()) for name in ("taken", "seen_at")),
)
_FINDING: Final = sa.table("finding", sa.column("share_id"), sa.column("found", sa.JSON()))
_TERM: Final = sa.table("photo_term", *map(sa.column, ("workspace", "term", "moment", "share_id", "channel")))


def upgrade() -> None:
    """Go forward."""
    for shares in _pages():
        found = _findings([share.id for share in shares])
        op.bulk_insert(_TERM, [row for share in shares for row in rows(share, found[share.id])])


def downgrade() -> None:
    """Go back."""
    op.execute(sa.delete(_TERM))


def _pages() -> Iterator[Sequence[sa.Row[Any]]]:
    last = 0
    newer = sa.select(_SHARE).where(_SHARE.c.state == "done", _SHARE.c.id > sa.bindparam("last"))
    while page := op.get_bind().execute(newer.order_by(_SHARE.c.id).limit(_PHOTOS), {"last": last}).all():
        yield page
        last = page[-1].id


def _findings(shares: Sequence[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in op.get_bind().execute(sa.select(_FINDING).where(_FINDING.c.share_id.in_(shares))):
        found[row.share_id] += row.found
    return found
