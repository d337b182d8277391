"""Bids know what the panel said of them; returns why they came early; returns, offers and documents of what people were reminded.

Going down again needs no bid to be in reserve: what was asked and which place it had would be lost.
"""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STAMPS = ("at_panel_at", "deferred_at", "reserve_at")
REMINDED = ("return", "award", "paper")

revision = "ends"
down_revision = "rounds_in_full"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in STAMPS:
        op.add_column("application", sa.Column(name, INSTANT, nullable=True))
    op.add_column("application", sa.Column("panel_note", sa.String(), nullable=False, server_default=""))
    op.add_column("application", sa.Column("reserve_place", WHOLE, nullable=True))
    with op.batch_alter_table("application") as batch:
        batch.alter_column("panel_note", existing_type=sa.String(), server_default=None)
        batch.create_check_constraint(op.f("ck_application_placed_while_in_reserve"), "stage <> 'reserve' OR reserve_place > 0")
    op.add_column("return", sa.Column("early_reason", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("return") as batch:
        batch.alter_column("early_reason", existing_type=sa.String(), server_default=None)
    for table in REMINDED:
        op.add_column(table, sa.Column("reminded_days", WHOLE, nullable=True))


def downgrade() -> None:
    for table in REMINDED:
        op.drop_column(table, "reminded_days")
    op.drop_column("return", "early_reason")
    with op.batch_alter_table("application") as batch:
        batch.drop_constraint(op.f("ck_application_placed_while_in_reserve"), type_="check")
        for name in ("reserve_place", "panel_note", *STAMPS):
            batch.drop_column(name)
