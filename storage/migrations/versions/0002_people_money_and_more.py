"""people money and more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "audit",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "number"),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("audit_subject", ["workspace", "subject"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("dropped_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace"),
    )
    op.create_table(
        "circuit",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("again", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "collection",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("find_me", sa.Boolean(), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("given_on", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("consent_person", ["workspace", "person"], unique=False)

    op.create_table(
        "dead_letter",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "job"),
    )
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.create_index("dead_letter_at", ["workspace", "at"], unique=False)

    op.create_table(
        "departure",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("left_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("team"),
    )
    op.create_table(
        "erasure",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person"),
    )
    op.create_table(
        "face_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("is_them", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("face_word", schema=None) as batch_op:
        batch_op.create_index("face_word_digest", ["workspace", "digest"], unique=False)
        batch_op.create_index("face_word_person", ["workspace", "person"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("detector", sa.String(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "reply", "user", "detector"),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index("feedback_day", ["workspace", "day"], unique=False)

    op.create_table(
        "find_me",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user"),
    )
    op.create_table(
        "install_state",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("state"),
    )
    op.create_table(
        "installation",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot_token", sa.String(), nullable=False),
        sa.Column("bot_user", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("installed_by", sa.String(), nullable=False),
        sa.Column("installed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("workspace"),
    )
    op.create_table(
        "invitation",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user"),
    )
    op.create_table(
        "large_photo",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "named_admin",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user"),
    )
    op.create_table(
        "past_share",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("thread_ts", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "ts", "file", "person"),
    )
    with op.batch_alter_table("past_share", schema=None) as batch_op:
        batch_op.create_index("past_share_file", ["workspace", "file"], unique=False)
        batch_op.create_index("past_share_person", ["workspace", "person"], unique=False)

    op.create_table(
        "person",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("find_me", sa.Boolean(), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            "person_user",
            ["workspace", "user"],
            unique=True,
            sqlite_where=sa.text("\"user\" <> '' and state <> 'forgotten'"),
            postgresql_where=sa.text("\"user\" <> '' and state <> 'forgotten'"),
        )

    op.create_table(
        "rate",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "name"),
    )
    op.create_table(
        "run",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("began", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("job"),
    )
    op.create_table(
        "spend_day",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "day", "channel", "operation"),
    )
    op.create_table(
        "template",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("face", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "face"),
    )
    with op.batch_alter_table("template", schema=None) as batch_op:
        batch_op.create_index("template_file", ["workspace", "file"], unique=False)
        batch_op.create_index("template_person", ["workspace", "person"], unique=False)

    op.create_table(
        "upload",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "channel", "ts", "about"),
    )
    op.create_table(
        "face_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("box", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("face_match", schema=None) as batch_op:
        batch_op.create_index("face_match_person", ["workspace", "person"], unique=False)
        batch_op.create_index(batch_op.f("ix_face_match_share_id"), ["share_id"], unique=False)

    op.create_table(
        "photo_term",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "term", "moment", "share_id", "channel"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("photo_term", schema=None) as batch_op:
        batch_op.create_index("photo_term_share", ["share_id", "term"], unique=False)

    with op.batch_alter_table("pace", schema=None) as batch_op:
        batch_op.add_column(sa.Column("share", sa.Double(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("slowed", sa.Double(), server_default="0", nullable=False))

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(), nullable=False))

    with op.batch_alter_table("runner", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("since", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False)
        )

    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.add_column(sa.Column("job", sa.String(), nullable=False))
        batch_op.add_column(sa.Column("likeness", sa.String(), nullable=False))
        batch_op.add_column(sa.Column("cost", sa.Integer(), nullable=False))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_column("cost")
        batch_op.drop_column("likeness")
        batch_op.drop_column("job")

    with op.batch_alter_table("runner", schema=None) as batch_op:
        batch_op.drop_column("since")

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_column("place")

    with op.batch_alter_table("pace", schema=None) as batch_op:
        batch_op.drop_column("slowed")
        batch_op.drop_column("share")

    with op.batch_alter_table("photo_term", schema=None) as batch_op:
        batch_op.drop_index("photo_term_share")

    op.drop_table("photo_term")
    with op.batch_alter_table("face_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_face_match_share_id"))
        batch_op.drop_index("face_match_person")

    op.drop_table("face_match")
    op.drop_table("upload")
    with op.batch_alter_table("template", schema=None) as batch_op:
        batch_op.drop_index("template_person")
        batch_op.drop_index("template_file")

    op.drop_table("template")
    op.drop_table("spend_day")
    op.drop_table("run")
    op.drop_table("rate")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(
            "person_user",
            sqlite_where=sa.text("\"user\" <> '' and state <> 'forgotten'"),
            postgresql_where=sa.text("\"user\" <> '' and state <> 'forgotten'"),
        )

    op.drop_table("person")
    with op.batch_alter_table("past_share", schema=None) as batch_op:
        batch_op.drop_index("past_share_person")
        batch_op.drop_index("past_share_file")

    op.drop_table("past_share")
    op.drop_table("named_admin")
    op.drop_table("large_photo")
    op.drop_table("invitation")
    op.drop_table("installation")
    op.drop_table("install_state")
    op.drop_table("find_me")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index("feedback_day")

    op.drop_table("feedback")
    with op.batch_alter_table("face_word", schema=None) as batch_op:
        batch_op.drop_index("face_word_person")
        batch_op.drop_index("face_word_digest")

    op.drop_table("face_word")
    op.drop_table("erasure")
    op.drop_table("departure")
    with op.batch_alter_table("dead_letter", schema=None) as batch_op:
        batch_op.drop_index("dead_letter_at")

    op.drop_table("dead_letter")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("consent_person")

    op.drop_table("consent")
    op.drop_table("collection")
    op.drop_table("circuit")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("audit_subject")

    op.drop_table("audit")
