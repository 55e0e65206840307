"""Organizations that install the app in all their workspaces at once, and those workspaces."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MINE: Final = "(select current_setting('spotter.workspace', true)) in (workspace, '*')"
"""The inner select is asked once a statement, not once a row."""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "organization_workspace",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("organization", sa.String(), nullable=False),
        sa.Column("joined_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("workspace"),
    )
    op.add_column("installation", sa.Column("is_organization", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("alter table organization_workspace enable row level security")
        op.execute("alter table organization_workspace force row level security")
        op.execute(f"create policy own_workspace on organization_workspace using ({_MINE})")


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("installation") as installation:
        installation.drop_column("is_organization")
    op.drop_table("organization_workspace")
