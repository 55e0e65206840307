"""collections of the embedded engine: galleries, their faces and users, answers by token."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "gallery",
        *_keys(),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection"),
    )
    op.create_table(
        "gallery_answer",
        *_keys(),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection", "token"),
    )
    op.create_table(
        "gallery_face",
        *_keys(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("image", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection", "id"),
    )
    op.create_index("gallery_face_image", "gallery_face", ["workspace", "collection", "external_id"])
    op.create_index("gallery_face_user", "gallery_face", ["workspace", "collection", "user"])
    op.create_table(
        "gallery_user",
        *_keys(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("updating", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection", "id"),
    )


def _keys() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("workspace", sa.String(), nullable=False), sa.Column("collection", sa.String(), nullable=False)


def downgrade() -> None:
    """Go back."""
    for table in ("gallery_user", "gallery_face", "gallery_answer", "gallery"):
        op.drop_table(table)
