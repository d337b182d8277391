"""Years of sources say how much of them is capital; grants taken over from published papers know their round.

Years of a source for capital alone count as capital whole. A grant taken over has its round's code in its reference.
"""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROUND_OF_HISTORY = "(SELECT id FROM round WHERE award.ref LIKE round.code || '-%')"

revision = "capital_by_year"
down_revision = "words_of_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("source_year", sa.Column("capital_pence", WHOLE, nullable=False, server_default="0"))
    op.execute(
        "UPDATE source_year SET capital_pence = pence WHERE source_id IN (SELECT id FROM source WHERE spending = 'capital')"
    )
    with op.batch_alter_table("source_year") as batch:
        batch.alter_column("capital_pence", existing_type=WHOLE, server_default=None)
        batch.create_check_constraint(
            op.f("ck_source_year_capital_within_amount"), "capital_pence >= 0 AND capital_pence <= pence"
        )
    with op.batch_alter_table("award") as batch:
        batch.add_column(sa.Column("round_id", WHOLE, nullable=True))
        batch.create_foreign_key(op.f("fk_award_round_id"), "round", ["round_id"], ["id"])
        batch.create_index(op.f("ix_award_round_id"), ["round_id"])
    op.execute(f"UPDATE award SET round_id = {ROUND_OF_HISTORY} WHERE is_history")


def downgrade() -> None:
    with op.batch_alter_table("award") as batch:
        batch.drop_index(op.f("ix_award_round_id"))
        batch.drop_constraint(op.f("fk_award_round_id"), type_="foreignkey")
        batch.drop_column("round_id")
    with op.batch_alter_table("source_year") as batch:
        batch.drop_constraint(op.f("ck_source_year_capital_within_amount"), type_="check")
        batch.drop_column("capital_pence")
