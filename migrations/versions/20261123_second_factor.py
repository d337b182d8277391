"""A second factor: its secret, the last half minute that was taken, and recovery codes."""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "second_factor"
down_revision = "signing_in"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user") as user:
        user.add_column(sa.Column("tf_primary_method", sa.String(), nullable=True))
        user.add_column(sa.Column("tf_totp_secret", sa.String(), nullable=True))
        user.add_column(sa.Column("tf_last_step", WHOLE, nullable=True))
        user.create_check_constraint(
            op.f("ck_user_second_factor_whole"), "(tf_totp_secret IS NULL) = (tf_primary_method IS NULL)"
        )
    op.create_table(
        "recovery_code",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("user_id", "digest", name=op.f("uq_recovery_code_user_id_digest")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"])


def downgrade() -> None:
    op.drop_table("recovery_code")
    with op.batch_alter_table("user") as user:
        user.drop_constraint(op.f("ck_user_second_factor_whole"), type_="check")
        for name in ("tf_primary_method", "tf_totp_secret", "tf_last_step"):
            user.drop_column(name)
