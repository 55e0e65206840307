"""the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "answer",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "digest", "operation", "options", "model"),
    )
    op.create_table(
        "channel",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel"),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index("correction_digest", ["workspace", "digest", "channel"], unique=False)

    op.create_table(
        "gallery",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection"),
    )
    op.create_table(
        "gallery_answer",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection", "token"),
    )
    op.create_table(
        "gallery_face",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("image", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection", "id"),
    )
    with op.batch_alter_table("gallery_face", schema=None) as batch_op:
        batch_op.create_index("gallery_face_image", ["workspace", "collection", "external_id"], unique=False)
        batch_op.create_index("gallery_face_user", ["workspace", "collection", "user"], unique=False)

    op.create_table(
        "gallery_user",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("updating", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "collection", "id"),
    )
    op.create_table(
        "notice",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key"),
    )
    op.create_table(
        "pace",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "process",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seen", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "reply",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("written_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "key"),
    )
    op.create_table(
        "runner",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "number"),
    )
    op.create_table(
        "scan",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("thread_ts", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("permalink", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken", sa.DateTime(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("unnumbered", sa.Boolean(), nullable=False),
        sa.Column("machine_bibs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("workspace", "channel", "ts", "file"),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index("share_digest", ["workspace", "digest"], unique=False)
        batch_op.create_index("share_file", ["workspace", "file"], unique=False)
        batch_op.create_index("share_thread", ["workspace", "channel", "thread_ts"], unique=False)
        batch_op.create_index("share_unnumbered", ["workspace", "unnumbered", "seen_at", "id", "channel"], unique=False)

    op.create_table(
        "spend",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "month"),
    )
    op.create_table(
        "watch",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user", "number"),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index("watch_number", ["workspace", "number"], unique=False)

    op.create_table(
        "bib",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.Column("asserted", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("instead_of", sa.String(), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("bib", schema=None) as batch_op:
        batch_op.create_index(
            "bib_found",
            ["workspace", "number", "channel", "state", "asserted", "confidence", "moment", "share_id", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_bib_share_id"), ["share_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("detector", sa.String(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_share_id"), ["share_id"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_share_id"))

    op.drop_table("finding")
    with op.batch_alter_table("bib", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bib_share_id"))
        batch_op.drop_index("bib_found")

    op.drop_table("bib")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index("watch_number")

    op.drop_table("watch")
    op.drop_table("spend")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index("share_unnumbered")
        batch_op.drop_index("share_thread")
        batch_op.drop_index("share_file")
        batch_op.drop_index("share_digest")

    op.drop_table("share")
    op.drop_table("scan")
    op.drop_table("runner")
    op.drop_table("reply")
    op.drop_table("process")
    op.drop_table("pace")
    op.drop_table("notice")
    op.drop_table("gallery_user")
    with op.batch_alter_table("gallery_face", schema=None) as batch_op:
        batch_op.drop_index("gallery_face_user")
        batch_op.drop_index("gallery_face_image")

    op.drop_table("gallery_face")
    op.drop_table("gallery_answer")
    op.drop_table("gallery")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index("correction_digest")

    op.drop_table("correction")
    op.drop_table("channel")
    op.drop_table("answer")
