"""Scans of zips: the file, and the thread that they are told in."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NEW: Final = ("zip", "thread")


def upgrade() -> None:
    """Go forward."""
    for name in _NEW:
        op.add_column("scan", sa.Column(name, sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("scan") as scan:
        for name in _NEW:
            scan.drop_column(name)
