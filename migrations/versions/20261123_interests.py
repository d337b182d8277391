"""Somebody's conflicts of interest are found at once: every list leaves out their cases."""

from alembic import op

revision = "interests"
down_revision = "form_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_involvement_user_id_capacity", "involvement", ["user_id", "capacity"])


def downgrade() -> None:
    op.drop_index("ix_involvement_user_id_capacity", "involvement")
