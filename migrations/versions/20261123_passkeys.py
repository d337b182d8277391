"""Passkeys, which sign-ins were made with one, and the last link to a new password."""

import sqlalchemy as sa
from alembic import op

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = sa.DateTime(timezone=True)

revision = "passkeys"
down_revision = "work_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("user_id", WHOLE, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", WHOLE, nullable=False),
        sa.Column("added_at", AT, nullable=False),
        sa.Column("used_at", AT, nullable=True),
        sa.Column("asked_at", AT, nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkey_sign_count_not_negative")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_passkey_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_passkey_user_id_name")),
    )
    op.create_index(op.f("ix_passkey_user_id"), "passkey", ["user_id"])
    with op.batch_alter_table("user") as user:
        user.add_column(sa.Column("reset_digest", sa.String(), nullable=True))
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.add_column(sa.Column("with_passkey", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.alter_column("with_passkey", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.drop_column("with_passkey")
    with op.batch_alter_table("user") as user:
        user.drop_column("reset_digest")
    op.drop_table("passkey")
