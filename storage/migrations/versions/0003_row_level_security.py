"""Row-level security on PostgreSQL: the second wall between workspaces.

It holds for every role that is neither a superuser nor has BYPASSRLS, the tables' owner included. A transaction names
its workspace in the setting `spotter.workspace`; one that names none reads nothing. `*` names all of them: the
operator's own way, for migrations, backups and keys.
"""

from typing import Final

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES: Final = (
    "answer",
    "audit",
    "audit_head",
    "bib",
    "channel",
    "collection",
    "consent",
    "correction",
    "dead_letter",
    "erasure",
    "face_match",
    "face_word",
    "feedback",
    "find_me",
    "finding",
    "gallery",
    "gallery_answer",
    "gallery_face",
    "gallery_user",
    "installation",
    "invitation",
    "named_admin",
    "notice",
    "past_share",
    "person",
    "photo_term",
    "rate",
    "reply",
    "runner",
    "scan",
    "share",
    "spend",
    "spend_day",
    "template",
    "upload",
    "watch",
)
_MINE: Final = "(select current_setting('spotter.workspace', true)) in (workspace, '*')"
"""The inner select is asked once a statement, not once a row."""


def upgrade() -> None:
    """Go forward."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own_workspace on {table} using ({_MINE})")


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _TABLES:
        op.execute(f"drop policy own_workspace on {table}")
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"alter table {table} disable row level security")
