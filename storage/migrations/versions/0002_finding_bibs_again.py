"""finding bibs again: the search's columns, start lists, corrections, watches."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHANNEL = "UPDATE bib SET channel = (SELECT channel FROM share WHERE share.id = bib.share_id)"
_MOMENT = "UPDATE bib SET moment = (SELECT coalesce(taken, seen_at) FROM share WHERE share.id = bib.share_id)"
_ASSERTED = "UPDATE bib SET asserted = state IN ('listed', 'read')"
_PEOPLE = """
    UPDATE share SET people = coalesce((
        SELECT max(json_array_length(found)) FROM finding WHERE share_id = share.id AND detector = 'faces'
    ), 0)
"""
_UNNUMBERED = """
    UPDATE share SET unnumbered = true
    WHERE people > 0 AND NOT EXISTS (SELECT 1 FROM bib WHERE share_id = share.id AND state != 'refused')
"""
_MACHINE_BIBS = {
    "sqlite": """
        UPDATE share SET machine_bibs = (
            SELECT json_group_array(json_object(
                'number', number, 'confidence', confidence, 'state', bib.state, 'box', json(box)
            )) FROM bib WHERE share_id = share.id
        )
    """,
    "postgresql": """
        UPDATE share SET machine_bibs = read.bibs FROM (
            SELECT share_id, json_agg(json_build_object(
                'number', number, 'confidence', confidence, 'state', state, 'box', box
            )) AS bibs FROM bib GROUP BY share_id
        ) AS read WHERE read.share_id = share.id
    """,
}


def upgrade() -> None:
    """Go forward; what was read before is found, too."""
    _make_tables()
    op.add_column("bib", sa.Column("channel", sa.String(), nullable=False, server_default=""))
    op.add_column("bib", sa.Column("moment", sa.DateTime(), nullable=False, server_default="1970-01-01 00:00:00"))
    op.add_column("bib", sa.Column("asserted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("bib", sa.Column("why", sa.String(), nullable=False, server_default=""))
    op.add_column("bib", sa.Column("corrected_by", sa.String(), nullable=False, server_default=""))
    op.add_column("share", sa.Column("format", sa.String(), nullable=False, server_default=""))
    op.add_column("share", sa.Column("people", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("share", sa.Column("unnumbered", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("share", sa.Column("machine_bibs", sa.JSON(), nullable=False, server_default="[]"))
    for statement in (_CHANNEL, _MOMENT, _ASSERTED, _PEOPLE, _UNNUMBERED, _MACHINE_BIBS[op.get_bind().dialect.name]):
        op.execute(statement)
    op.drop_index("bib_number", "bib")
    found = ["workspace", "number", "channel", "state", "asserted", "confidence", "moment", "share_id", "id"]
    op.create_index("bib_found", "bib", found)
    op.create_index("share_unnumbered", "share", ["workspace", "unnumbered", "seen_at", "id", "channel"])


def _make_tables() -> None:
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
    op.create_index("correction_digest", "correction", ["workspace", "digest"])
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
        "told",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user", "number", "digest"),
    )
    op.create_index("told_digest", "told", ["workspace", "digest"])
    op.create_table(
        "watch",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), server_default=sa.text("(CURRENT_TIMESTAMP)"), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user", "number"),
    )
    op.create_index("watch_number", "watch", ["workspace", "number"])


def downgrade() -> None:
    """Go back. Not in batches: those make `share` anew on SQLite, and its bibs would go with the old one."""
    op.drop_index("share_unnumbered", "share")
    op.drop_index("bib_found", "bib")
    op.create_index("bib_number", "bib", ["workspace", "number"])
    for column in ("machine_bibs", "unnumbered", "people", "format"):
        op.drop_column("share", column)
    for column in ("corrected_by", "why", "asserted", "moment", "channel"):
        op.drop_column("bib", column)
    for table in ("watch", "told", "runner", "correction"):
        op.drop_table(table)
